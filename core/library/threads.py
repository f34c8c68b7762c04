"""Threads with their captures, as the library lists them and as a writer may name them."""

import json
import time
from collections.abc import Sequence
from typing import Any

from core.errors import NoSuchPost, NoSuchThread
from core.library.captures.capture_threads import problems_from
from core.library.database import Library
from core.library.named_columns import NamedColumns
from core.models import Capture, CapturedFrom, Thread, Verdict
from core.reasons import reasons_from
from core.text.storable import storable
from core.text.x_posts import linked_id

_MARKED = (
    "(SELECT count(*) FROM mark m CROSS JOIN post p ON p.seq = m.post WHERE m.state IN ({}) AND p.thread_id = t.id)"
)
_THREAD = NamedColumns(
    {
        "id": "t.id",
        "root_id": "t.root_id",
        "url": "t.url",
        "root_author": "t.root_author",
        "title": "r.text",
        "claimed": "t.claimed",
        "verdict": "t.verdict",
        "reasons": "t.reasons",
        "replies": "t.posts - (r.seq IS NOT NULL)",
        "starred": _MARKED.format("'starred'"),
        "decided": _MARKED.format("'starred', 'rejected'"),
        "captured_at": "(SELECT max(c.captured_at) FROM capture c WHERE c.thread_id = t.id)",
        "captured_from": "(SELECT c.captured_from FROM capture c WHERE c.thread_id = t.id "
        "ORDER BY c.captured_at DESC, c.id DESC LIMIT 1)",
    }
)
_THREADS = f"SELECT {_THREAD.sql} FROM thread t LEFT JOIN post r ON r.thread_id = t.id AND r.id = t.root_id "
_CAPTURE = NamedColumns(
    {
        "id": "c.id",
        "thread_id": "c.thread_id",
        "read_at": "c.read_at",
        "captured_at": "c.captured_at",
        "format": "c.format",
        "tool": "c.tool",
        "names": "c.name",
        "verdict": "c.verdict",
        "reasons": "c.reasons",
        "claimed": "c.claimed",
        "found": "c.found",
        "visit": "coalesce(c.visit, c.id)",
        "added": "c.added",
        "changed": "c.changed",
        "edited": "c.edited",
        "gone": "c.gone",
        "problems": "c.problems",
        "captured_from": "c.captured_from",
    }
)
_NAMED_AT_MOST = 5


def threads(library: Library) -> list[Thread]:
    """All threads, the newest captured first."""
    found = map(_thread_from, _THREAD.named(library.connection.execute(_THREADS)))
    return sorted(found, key=lambda thread: (thread.captured_at or 0, thread.id), reverse=True)


def thread(library: Library, thread_id: int) -> Thread:
    """One thread by the library's own number."""
    for row in _THREAD.named(library.connection.execute(_THREADS + "WHERE t.id = ?", (thread_id,))):
        return _thread_from(row)
    raise NoSuchThread(f"The library has no thread number {thread_id}.")


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
        f"SELECT {_CAPTURE.sql} FROM capture c WHERE c.thread_id = ? "
        "ORDER BY coalesce(c.captured_at, c.read_at) DESC, c.id DESC",
        (thread_id,),
    )
    return tuple(_capture_from(row, pages.get(row.id, [row.names])) for row in _CAPTURE.named(rows))


def _capture_from(row: Any, names: Sequence[str]) -> Capture:
    """The capture that a row of _CAPTURE holds, with its payloads' names."""
    told = {
        "names": tuple(names),
        "verdict": Verdict(row.verdict),
        "reasons": reasons_from(json.loads(row.reasons)),
        "problems": problems_from(row.problems),
        "captured_from": _captured_from(row.captured_from),
    }
    return Capture(**row._asdict() | told)


def _captured_from(column: str | None) -> CapturedFrom | None:
    """What says when a capture was made, as it was kept."""
    return None if column is None else CapturedFrom(column)


def _wanted(name: str) -> str:
    """The id that a name or link gives."""
    return linked_id(name) or storable(name.strip())


def _thread_from(row: Any) -> Thread:
    """The thread that a row of _THREAD holds."""
    lines = (row.title or "").strip().splitlines()
    told = {
        "title": lines[0] if lines else (row.url or row.root_id),
        "verdict": Verdict(row.verdict),
        "reasons": reasons_from(json.loads(row.reasons)),
        "captured_from": _captured_from(row.captured_from),
    }
    return Thread(**row._asdict() | told)


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
