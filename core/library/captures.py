"""Keeping a reading: the payload byte for byte, and its posts joined with those already there."""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from sqlite3 import Connection
from typing import Any

from core.library.database import Library, storable
from core.library.rows import POST_COLUMNS, post_row
from core.models import Flag, Payload, Post, PostStatus, Reading, TimePrecision, Verdict
from core.text.matching import fold


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a reading did."""

    thread_id: int | None
    """None where the reading held no post, and only its payload was kept."""
    new: int = 0
    changed: int = 0
    """Posts seen before, with another text, status or count."""
    known: bool = False
    """The very same payload had been kept before; nothing was added."""


@dataclass(slots=True)
class _Seen:
    """A post that the thread has already, as far as joining needs it."""

    seq: int
    capture_id: int
    observed: tuple[Any, ...]
    """text, likes, replies, views, reposts, status"""
    author: str | None
    name: str | None


def keep(library: Library, payload: Payload, reading: Reading) -> Kept:
    """Keep one reading in one transaction.

    A post that is there already keeps its text and its marks; other counts become a dated observation and what is
    shown. A reading of a single post that a kept thread holds joins that thread.
    """
    return keep_all(library, payload, (reading,))[0]


def keep_all(library: Library, payload: Payload, readings: Sequence[Reading]) -> list[Kept]:
    """Keep everything that was read in one payload, in one transaction; see `keep`."""
    with library.transaction() as connection:
        payload_id = _payload(connection, payload)
        earlier = connection.execute("SELECT coalesce(max(id), 0) FROM capture").fetchone()[0]
        return [_keep(connection, payload, payload_id, reading, earlier) for reading in readings]


def _keep(connection: Connection, payload: Payload, payload_id: int, reading: Reading, earlier: int) -> Kept:
    """Keep one reading; `earlier` is the last capture before this payload was read, which it may repeat."""
    thread_id = _thread_of(connection, reading)
    if _known(connection, thread_id, payload_id, reading, earlier):
        return Kept(thread_id, known=True)
    if not reading.posts:
        _capture(connection, thread_id, payload_id, payload, reading)
        return Kept(thread_id)
    thread_id = thread_id or _new_thread(connection, reading)
    capture_id = _capture(connection, thread_id, payload_id, payload, reading)
    kept = _join(connection, thread_id, capture_id, reading)
    _update_thread(connection, thread_id, reading)
    return kept


def _payload(connection: Connection, payload: Payload) -> int:
    """The payload's row, made where these bytes are new."""
    digest = hashlib.sha256(payload.data).hexdigest()
    connection.execute(
        "INSERT OR IGNORE INTO payload (sha256, name, data) VALUES (?, ?, ?)",
        (digest, storable(payload.name), payload.data),
    )
    return int(connection.execute("SELECT id FROM payload WHERE sha256 = ?", (digest,)).fetchone()[0])


def _thread_of(connection: Connection, reading: Reading) -> int | None:
    """The kept thread that the reading belongs to, if there is one."""
    row = connection.execute("SELECT id FROM thread WHERE root_id = ?", (reading.root_id,)).fetchone()
    if row is None and len(reading.posts) == 1:
        row = connection.execute(
            "SELECT thread_id FROM post WHERE id = ? ORDER BY thread_id LIMIT 1", (reading.posts[0].id,)
        ).fetchone()
    return None if row is None else int(row[0])


def _new_thread(connection: Connection, reading: Reading) -> int:
    """A new thread's row."""
    cursor = connection.execute(
        "INSERT INTO thread (root_id, url, root_author, verdict) VALUES (?, ?, ?, ?)",
        (reading.root_id, reading.url, reading.root_author, reading.verdict),
    )
    return int(cursor.lastrowid or 0)


def _known(connection: Connection, thread_id: int | None, payload_id: int, reading: Reading, earlier: int) -> bool:
    """Whether this payload was read into this thread by this reader before, `earlier` being the last such capture."""
    return (
        connection.execute(
            "SELECT 1 FROM capture WHERE thread_id IS ? AND payload_id = ? AND format = ? AND id <= ?",
            (thread_id, payload_id, reading.format, earlier),
        ).fetchone()
        is not None
    )


def _capture(connection: Connection, thread_id: int | None, payload_id: int, payload: Payload, reading: Reading) -> int:
    """The capture's row."""
    cursor = connection.execute(
        "INSERT INTO capture (thread_id, payload_id, name, read_at, captured_at, format, tool, verdict, reasons, "
        "problems, claimed, found) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            thread_id,
            payload_id,
            storable(payload.name),
            int(time.time()),
            payload.captured_at if reading.captured_at is None else reading.captured_at,
            reading.format,
            reading.tool,
            reading.verdict,
            json.dumps(reading.reasons, ensure_ascii=False),
            json.dumps([asdict(problem) for problem in reading.problems], ensure_ascii=False),
            reading.claimed,
            len(reading.posts),
        ),
    )
    return int(cursor.lastrowid or 0)


def _join(connection: Connection, thread_id: int, capture_id: int, reading: Reading) -> Kept:
    """Insert what is new, observe what has changed, and set every depth anew."""
    (root_id,) = connection.execute("SELECT root_id FROM thread WHERE id = ?", (thread_id,)).fetchone()
    seen = {
        row[0]: _Seen(row[1], row[2], row[3:9], row[9], row[10])
        for row in connection.execute(
            "SELECT id, seq, capture_id, text, likes, replies, views, reposts, status, author, author_name "
            "FROM post WHERE thread_id = ?",
            (thread_id,),
        )
    }
    fresh = [post for post in reading.posts if post.id not in seen]
    again = [(seen[post.id], post) for post in reading.posts if post.id in seen]
    changed = sum(_observe(connection, known, post, capture_id) for known, post in again)
    _fill_gaps(connection, again)
    parents = dict(connection.execute("SELECT id, parent_id FROM post WHERE thread_id = ?", (thread_id,)))
    parents.update((post.id, post.parent_id) for post in fresh)
    levels = depths(parents, root_id)
    first = len(seen)
    connection.executemany(
        f"INSERT INTO post ({POST_COLUMNS}) VALUES ({','.join('?' * 25)})",
        (
            post_row(post, thread_id, first + n, levels[post.id], post.id == root_id, capture_id)
            for n, post in enumerate(fresh)
        ),
    )
    if seen:
        connection.executemany(
            "UPDATE post SET depth = ? WHERE seq = ? AND depth != ?",
            ((levels[id], post.seq, levels[id]) for id, post in seen.items()),
        )
        _find_parents(connection, thread_id)
    return Kept(thread_id, new=len(fresh), changed=changed)


def _observe(connection: Connection, seen: _Seen, post: Post, capture_id: int) -> bool:
    """Join a post seen before: keep both observations, show the newer counts, fill gaps. True where it differs.

    The text that was captured first stays, for excerpts and translations are made of it.
    """
    text, *old_counts, _ = seen.observed
    counts = [
        old if new is None else new
        for old, new in zip(old_counts, (post.likes, post.replies, post.views, post.reposts), strict=True)
    ]
    said = post.text if post.text or post.status is PostStatus.LIVE else text
    new = (said, *counts, post.status)
    if seen.author is None and post.author is not None:
        connection.execute(
            "UPDATE post SET author = ?, author_name = ?, flags = ? WHERE seq = ?",
            (post.author, post.author_name, " ".join(post.flags), seen.seq),
        )
    elif seen.name is None and post.author_name is not None:
        connection.execute("UPDATE post SET author_name = ? WHERE seq = ?", (post.author_name, seen.seq))
    if new == seen.observed:
        return False
    connection.executemany(
        "INSERT OR IGNORE INTO observation (post, capture_id, text, likes, replies, views, reposts, status) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((seen.seq, seen.capture_id, *seen.observed), (seen.seq, capture_id, *new)),
    )
    connection.execute(
        "UPDATE post SET likes = ?, replies = ?, views = ?, reposts = ?, status = ?, capture_id = ? WHERE seq = ?",
        (*counts, post.status, capture_id, seen.seq),
    )
    if not text and said:
        connection.execute(
            "UPDATE post SET text = ?, folded = ?, flags = ? WHERE seq = ?",
            (said, None if said.isascii() else fold(said), " ".join(post.flags), seen.seq),
        )
    return True


def _fill_gaps(connection: Connection, again: Sequence[tuple[_Seen, Post]]) -> None:
    """What the posts' earlier captures left open, and a time that is better known."""
    connection.executemany(
        "UPDATE post SET parent_id = coalesce(parent_id, ?1), lang = coalesce(lang, ?2), url = coalesce(url, ?3), "
        "media = coalesce(media, ?4), links = coalesce(links, ?5) WHERE seq = ?6 AND (parent_id IS NULL AND "
        "?1 NOT NULL OR lang IS NULL AND ?2 NOT NULL OR url IS NULL AND ?3 NOT NULL OR media IS NULL AND ?4 NOT NULL "
        "OR links IS NULL AND ?5 NOT NULL)",
        (
            (
                post.parent_id,
                post.lang,
                post.url,
                json.dumps(post.media) if post.media else None,
                json.dumps(post.links) if post.links else None,
                seen.seq,
            )
            for seen, post in again
        ),
    )
    precisions = list(TimePrecision)
    for rank, precision in enumerate(precisions[:-1]):
        worse = precisions[rank + 1 :]
        connection.executemany(
            "UPDATE post SET posted_at = ?, time_precision = ?, time_given = ? "
            f"WHERE seq = ? AND time_precision IN ({','.join('?' * len(worse))})",
            (
                (post.posted_at, precision, post.time_given, seen.seq, *worse)
                for seen, post in again
                if post.time_precision is precision
            ),
        )


def _find_parents(connection: Connection, thread_id: int) -> None:
    """Take the flag of an orphan from posts whose parent another capture has brought."""
    connection.execute(
        "UPDATE post SET flags = trim(replace(' ' || flags || ' ', ' ' || ?2 || ' ', ' ')) "
        "WHERE thread_id = ?1 AND instr(' ' || flags || ' ', ' ' || ?2 || ' ') > 0 "
        "AND parent_id IN (SELECT id FROM post WHERE thread_id = ?1)",
        (thread_id, Flag.ORPHAN),
    )


def depths(parents: Mapping[str, str | None], root_id: str) -> dict[str, int]:
    """How deep each post stands: 0 for the root, 1 where the parent is unknown or absent.

    Works level by level, so that a chain of any length, or a cycle, does no harm.
    """
    known = {root_id: 0}
    for id in parents:
        chain: list[str] = []
        at: str | None = id
        while at is not None and at not in known and at in parents and len(chain) <= len(parents):
            chain.append(at)
            at = parents[at]
        base = known.get(at, 0) if at is not None else 0
        for link in reversed(chain):
            base += 1
            known[link] = base
    return known


def _update_thread(connection: Connection, thread_id: int, reading: Reading) -> None:
    """What the newest reading says of the whole thread: link, author, claimed total, verdict."""
    row = connection.execute(
        "SELECT max(coalesce(c.claimed, 0)), (SELECT count(*) FROM post WHERE thread_id = ?1 AND NOT is_root) "
        "FROM capture c WHERE c.thread_id = ?1",
        (thread_id,),
    ).fetchone()
    claimed, found = row
    verdict, reasons = reading.verdict, list(reading.reasons)
    if claimed > found and verdict is not Verdict.FAILED:
        verdict = Verdict.PARTIAL
        reasons = [*_other(reasons), f"{found:,} of ≈ {claimed:,} replies"]
    connection.execute(
        "UPDATE thread SET url = coalesce(url, ?), root_author = coalesce(root_author, ?), claimed = ?, "
        "verdict = ?, reasons = ? WHERE id = ?",
        (
            reading.url,
            reading.root_author,
            claimed or None,
            verdict,
            json.dumps(reasons, ensure_ascii=False),
            thread_id,
        ),
    )


def _other(reasons: Iterable[str]) -> list[str]:
    """The reasons that do not state a total of their own."""
    return [reason for reason in reasons if " of ≈ " not in reason]
