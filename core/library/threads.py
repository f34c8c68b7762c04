"""Threads and captures as the library lists them, and how a writer may name them."""

import json
import time
from typing import Any

from core.errors import NoSuchPost, NoSuchThread
from core.library.captures.capture_threads import problems_from
from core.library.database import Library
from core.models import Capture, Thread, Verdict
from core.reasons import reasons_from
from core.text.storable import storable
from core.text.x_posts import linked_id

_THREAD = """
SELECT t.id, t.root_id, t.url, t.root_author, r.text, t.claimed, t.verdict, t.reasons,
       t.posts - (r.seq IS NOT NULL),
       (SELECT count(*) FROM mark m CROSS JOIN post p ON p.seq = m.post
        WHERE m.state = 'starred' AND p.thread_id = t.id),
       (SELECT count(*) FROM mark m CROSS JOIN post p ON p.seq = m.post
        WHERE m.state IN ('starred', 'rejected') AND p.thread_id = t.id),
       (SELECT max(c.captured_at) FROM capture c WHERE c.thread_id = t.id)
FROM thread t LEFT JOIN post r ON r.thread_id = t.id AND r.id = t.root_id
"""
_NAMED_AT_MOST = 5


def threads(library: Library) -> list[Thread]:
    """All threads, the newest captured first."""
    found = [_thread(row) for row in library.connection.execute(_THREAD)]
    return sorted(found, key=lambda thread: (thread.captured_at or 0, thread.id), reverse=True)


def thread(library: Library, thread_id: int) -> Thread:
    """One thread by the library's own number."""
    row = library.connection.execute(_THREAD + "WHERE t.id = ?", (thread_id,)).fetchone()
    if row is None:
        raise NoSuchThread(f"The library has no thread number {thread_id}.")
    return _thread(row)


def count_starred(library: Library, thread_id: int) -> int:
    """How many posts of the thread are starred."""
    (count,) = library.connection.execute(
        "SELECT count(*) FROM mark m CROSS JOIN post p ON p.seq = m.post WHERE m.state = 'starred' AND p.thread_id = ?",
        (thread_id,),
    ).fetchone()
    return int(count)


def find_thread(library: Library, name: str) -> Thread:
    """The thread that `name` means: a root post's id, a link to it, or the only one that begins so.

    Raises NoSuchThread where none does, or several do, and names them.
    """
    wanted = _wanted(name)
    if not wanted:
        raise NoSuchThread("A thread wants a name: its root post's id, a link to it, or a beginning of the id.")
    rows = library.connection.execute(
        "SELECT id, root_id FROM thread WHERE substr(root_id, 1, length(?1)) = ?1 OR url = ?2 OR id IN "
        "(SELECT thread_id FROM capture WHERE source NOT NULL AND json_extract(asked, '$.link') = ?2) ORDER BY root_id",
        (wanted, storable(name.strip())),
    ).fetchall()
    exact = [id for id, root_id in rows if root_id == wanted]
    if exact or len(rows) == 1:
        return thread(library, exact[0] if exact else rows[0][0])
    if rows:
        some = ", ".join(root_id for _, root_id in rows[:_NAMED_AT_MOST])
        raise NoSuchThread(f"‘{name}’ fits {len(rows)} threads ({some} …). Give more of the id.")
    raise NoSuchThread(
        f"The library has no thread ‘{name}’. ‘pullquote threads’ lists what is there; "
        "‘pullquote import FILE’ adds one."
    )


def find_post(library: Library, thread_id: int, name: str) -> int:
    """The post of the thread that `name` means: an id, a link, or the only one that begins so; its seq."""
    wanted = _wanted(name)
    if not wanted:
        raise NoSuchPost("A post wants a name: its id, a link to it, or a beginning of the id.")
    rows = library.connection.execute(
        "SELECT seq, id FROM post WHERE thread_id = ?1 AND (substr(id, 1, length(?2)) = ?2 OR url = ?3) ORDER BY id",
        (thread_id, wanted, storable(name.strip())),
    ).fetchall()
    exact = [seq for seq, id in rows if id == wanted]
    if exact or len(rows) == 1:
        return int(exact[0] if exact else rows[0][0])
    if rows:
        some = ", ".join(id for _, id in rows[:_NAMED_AT_MOST])
        raise NoSuchPost(f"‘{name}’ fits {len(rows)} posts ({some} …). Give more of the id.")
    raise NoSuchPost(f"The thread has no post ‘{name}’. ‘pullquote posts’ lists their ids.")


def captures(library: Library, thread_id: int) -> tuple[Capture, ...]:
    """The thread's captures, the newest first."""
    pages: dict[int, list[str]] = {}
    for capture_id, name in library.connection.execute(
        "SELECT c.id, p.name FROM capture c JOIN capture_payload cp ON cp.capture_id = c.id "
        "JOIN payload p ON p.id = cp.payload_id WHERE c.thread_id = ? ORDER BY c.id, cp.place",
        (thread_id,),
    ):
        pages.setdefault(capture_id, []).append(name)
    rows = library.connection.execute(
        "SELECT id, thread_id, read_at, captured_at, format, tool, name, verdict, reasons, claimed, found, "
        "coalesce(visit, id), added, changed, edited, gone, problems "
        "FROM capture WHERE thread_id = ? ORDER BY coalesce(captured_at, read_at) DESC, id DESC",
        (thread_id,),
    )
    return tuple(
        Capture(
            id=row[0],
            thread_id=row[1],
            read_at=row[2],
            captured_at=row[3],
            format=row[4],
            tool=row[5],
            names=tuple(pages.get(row[0], (row[6],))),
            verdict=Verdict(row[7]),
            reasons=reasons_from(json.loads(row[8])),
            claimed=row[9],
            found=row[10],
            visit=row[11],
            added=row[12],
            changed=row[13],
            edited=row[14],
            gone=row[15],
            problems=problems_from(row[16]),
        )
        for row in rows
    )


def _wanted(name: str) -> str:
    """The id that a name or link gives."""
    return linked_id(name) or storable(name.strip())


def _thread(row: tuple[Any, ...]) -> Thread:
    """A row of _THREAD as a record."""
    lines = (row[4] or "").strip().splitlines()
    return Thread(
        id=row[0],
        root_id=row[1],
        url=row[2],
        root_author=row[3],
        title=lines[0] if lines else (row[2] or row[1]),
        claimed=row[5],
        verdict=Verdict(row[6]),
        reasons=reasons_from(json.loads(row[7])),
        replies=row[8],
        starred=row[9],
        decided=row[10],
        captured_at=row[11],
    )


def article_title_and_closing(library: Library, thread_id: int) -> tuple[str, int | None]:
    """The article's title (empty where it has none yet) and its closing quote's seq."""
    title, closing = library.connection.execute(
        "SELECT title, closing FROM thread WHERE id = ?", (thread_id,)
    ).fetchone()
    return title, closing


def kept_place(library: Library, thread_id: int) -> dict[str, Any]:
    """Where the writer was in the thread: what `keep_place` kept, or nothing."""
    (kept,) = library.connection.execute("SELECT place FROM thread WHERE id = ?", (thread_id,)).fetchone()
    found: dict[str, Any] = json.loads(kept)
    return found


def keep_place(library: Library, thread_id: int, where: dict[str, Any]) -> None:
    """Keep where the writer is: the view, the post under the cursor, the pane."""
    with library.transaction() as connection:
        connection.execute(
            "UPDATE thread SET place = ? WHERE id = ?", (json.dumps(where, ensure_ascii=False), thread_id)
        )


def last_export(library: Library, path: str) -> str | None:
    """The SHA-256 of what we wrote to `path` last, or None where we never did."""
    row = library.connection.execute("SELECT sha256 FROM export WHERE path = ?", (storable(path),)).fetchone()
    return None if row is None else str(row[0])


def keep_export(library: Library, thread_id: int, path: str, sha256: str) -> None:
    """Remember what was written to `path`."""
    with library.transaction() as connection:
        connection.execute(
            "INSERT INTO export (path, thread_id, sha256, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (path) DO UPDATE SET "
            "thread_id = excluded.thread_id, sha256 = excluded.sha256, at = excluded.at",
            (storable(path), thread_id, sha256, int(time.time())),
        )
