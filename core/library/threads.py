"""Threads with their captures, as the library lists them and as a writer may name them."""

import json
import time
from collections.abc import Sequence
from typing import Any

from core.errors import NoSuchPost, NoSuchThread
from core.library.database import Library
from core.library.joined_threads import current_thread
from core.library.named_columns import NamedColumns
from core.library.reason_columns import problems_from
from core.models import Capture, CapturedFrom, Thread, Verdict
from core.reasons import reasons_from
from core.text.links import is_link
from core.text.sites import address_key, canonical_site, site_of
from core.text.storable import storable
from core.text.x_posts import linked_id

_MARKED = (
    "(SELECT count(*) FROM mark m CROSS JOIN post p ON p.seq = m.post WHERE m.state IN ({}) AND p.thread_id = t.id)"
)
_THREAD = NamedColumns(
    {
        "id": "t.id",
        "root_id": "t.root_id",
        "site": "t.site",
        "mixed": "t.mixed",
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
_NUMBERED = "thread:"
"""Stands before the library's own number of a thread."""


def threads(library: Library) -> list[Thread]:
    """All threads that are not removed, the newest captured first."""
    found = _list(library, "WHERE t.removed IS NULL")
    return sorted(found, key=lambda thread: (thread.captured_at or 0, thread.id), reverse=True)


def thread(library: Library, thread_id: int) -> Thread:
    """One thread by the library's own number, also where it has become part of another one since."""
    for one in _list(library, "WHERE t.id = ?", (current_thread(library, thread_id),)):
        return one
    raise NoSuchThread(f"The library has no thread number {thread_id}.")


def count_starred(library: Library, thread_id: int) -> int:
    """How many posts of the thread are starred."""
    (count,) = library.connection.execute(
        "SELECT count(*) FROM mark m CROSS JOIN post p ON p.seq = m.post WHERE m.state = 'starred' AND p.thread_id = ?",
        (thread_id,),
    ).fetchone()
    return int(count)


def find_thread(library: Library, name: str, *, removed: bool = False) -> Thread:
    """The thread that `name` means: a root post's id, a link to it, or the only one that begins so.

    `site/id` and `site:id` say which of several sites is meant, and `thread:7` is the library's own number. With
    `removed` only threads that were removed are meant. Raises NoSuchThread where none does, or several do, and names
    them.
    """
    wanted = storable(name.strip())
    if not wanted:
        raise NoSuchThread("A thread wants a name: its root post's id, a link to it, or a beginning of the id.")
    found = _named_threads(library, wanted, f"t.removed IS {'NOT NULL' if removed else 'NULL'}")
    if len(found) == 1:
        return found[0]
    if found:
        known_apart = len({one.root_id for one in found}) == len(found)
        some = ", ".join(one.root_id if known_apart else address_of(one) for one in found[:_NAMED_AT_MOST])
        more = "Give more of the id." if known_apart else "Name one of them by its address."
        raise NoSuchThread(f"‘{name}’ fits {len(found)} threads ({some} …). {more}")
    raise NoSuchThread(
        f"The library has no thread ‘{name}’. ‘pullquote threads’ lists what is there; "
        "‘pullquote import FILE’ adds one."
    )


def address_of(thread: Thread) -> str:
    """What names a thread among those with the same id: its link, or the library's own number."""
    return thread.url or (f"{thread.site}/{thread.root_id}" if thread.site else f"{_NUMBERED}{thread.id}")


def _named_threads(library: Library, wanted: str, condition: str) -> list[Thread]:
    """The threads that a name fits: those that it fits wholly, where there are any."""
    if (number := wanted.removeprefix(_NUMBERED)).isdecimal() and number != wanted:
        found = _list(library, f"WHERE t.id = ? AND {condition}", (current_thread(library, int(number)),))
        if found:
            return found
    for site, root_id in _sites_and_ids(wanted):
        of_site = "(?3 = '' OR t.site = ?3 OR (t.site = '' AND t.url IS NULL))"
        link = "t.url = ?1 OR (t.address != '' AND t.address = ?4) OR t.id IN (SELECT thread_id FROM capture WHERE "
        link += "source NOT NULL AND json_extract(asked, '$.link') = ?1)"
        found = _list(
            library,
            f"WHERE ((substr(t.root_id, 1, length(?2)) = ?2 AND {of_site}) OR {link}) AND {condition} "
            "ORDER BY t.root_id, t.id",
            (wanted, root_id, site, address_key(wanted) if is_link(wanted) else ""),
        )
        if found:
            return [one for one in found if one.root_id == root_id] or found
    return []


def _sites_and_ids(wanted: str) -> list[tuple[str, str]]:
    """What a name may say, as a site, empty where it says none, and an id or its beginning."""
    if is_link(wanted):
        # Any host may show posts of X, of which not every one is known.
        post_id = linked_id(wanted)
        return [(site_of(wanted), post_id or wanted), *([("", post_id)] if post_id else [])]
    found = [("", linked_id(wanted) or wanted)]
    for sign in "/:":
        site, there, post_id = wanted.partition(sign)
        if there and "." in site and post_id:
            found.append((canonical_site(site), post_id))
    return found


def _list(library: Library, condition: str, values: Sequence[object] = ()) -> list[Thread]:
    """The threads for which a condition holds."""
    return [_thread_from(row) for row in _THREAD.named(library.connection.execute(_THREADS + condition, tuple(values)))]


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
        "mixed": bool(row.mixed),
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
