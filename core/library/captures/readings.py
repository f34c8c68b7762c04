"""Keeping a reading: the payload byte for byte, and its posts joined with those already there."""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from sqlite3 import Connection

from core.library import duplicates, orders
from core.library.captures import payloads, visits
from core.library.captures.merging import merge_posts, set_depths_and_parents
from core.library.captures.visits import Visit
from core.library.database import Library, storable
from core.models import Payload, Problem, Reading, Verdict
from core.thread.history import dates


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
    edited: int = 0
    """Of those that changed, whose text had been another."""
    gone: int = 0
    """Replies of earlier captures that this one, being complete, did not have."""
    since: int | None = None
    """When the visit before this one was made; None where that had no replies, or was none."""

    def news(self) -> list[str]:
        """What is new, and what is not as it was, in words."""
        found = [f"{self.new:,} new" + ("" if self.since is None else f" since {dates((self.since,))}")]
        if self.changed:
            found.append(f"{self.changed:,} changed" + (f", {self.edited:,} of them edited" if self.edited else ""))
        if self.gone:
            found.append(f"{self.gone:,} gone from the source")
        return found


def keep_reading(library: Library, payload: Payload, reading: Reading, visit: Visit | None = None) -> Kept:
    """Keep one reading in one transaction.

    A post that is there already keeps its text and its marks; other counts become a dated observation and what is
    shown. A reading of a single post that a kept thread holds joins that thread.
    """
    return keep_readings(library, payload, (reading,), visit)[0]


def keep_readings(
    library: Library, payload: Payload, readings: Sequence[Reading], visit: Visit | None = None
) -> list[Kept]:
    """Keep everything that was read in one payload, in one transaction; see `keep`.

    `visit` is shared by all that one command keeps.
    """
    made = Visit(visit.number if visit else None)
    with library.transaction() as connection:
        payload_id = payloads.keep_payload(connection, payload)
        earlier = connection.execute("SELECT coalesce(max(id), 0) FROM capture").fetchone()[0]
        kept = [_keep(connection, payload, payload_id, reading, earlier, made) for reading in readings]
    if visit is not None:
        visit.number = made.number
    for thread_id in {one.thread_id for one in kept if one.thread_id is not None and (one.new or one.changed)}:
        orders.prepare_orders(library, thread_id)
        duplicates.find_duplicates_if_small(library, thread_id)
    return kept


def _keep(
    connection: Connection, payload: Payload, payload_id: int, reading: Reading, earlier: int, visit: Visit
) -> Kept:
    """Keep one reading; `earlier` is the last capture before this payload was read, which it may repeat."""
    thread_id = thread_of(connection, reading)
    if _known(connection, thread_id, payload_id, reading, earlier):
        return Kept(thread_id, known=True)
    if not reading.posts:
        capture_id = add_capture(connection, thread_id, payload_id, payload, reading, visit)
        if thread_id is None or _is_below(connection, thread_id, reading):
            return Kept(thread_id)
        come = visits.finish_visit(connection, thread_id, capture_id)
        return Kept(thread_id, gone=come.gone, since=come.since)
    (before,) = connection.execute("SELECT count(*) FROM capture WHERE thread_id = ?", (thread_id,)).fetchone()
    thread_id = thread_id or new_thread(connection, reading)
    below = _is_below(connection, thread_id, reading)
    if below:
        reading = replace(reading, claimed=None)
    capture_id = add_capture(connection, thread_id, payload_id, payload, reading, visit)
    new, changed = merge_posts(connection, thread_id, capture_id, reading.posts)
    if before:
        set_depths_and_parents(connection, thread_id)
    if not below:
        update_thread(connection, thread_id, reading)
    come = visits.finish_visit(connection, thread_id, capture_id, whole=not below)
    return Kept(thread_id, new, changed, edited=come.edited, gone=come.gone, since=come.since)


def thread_of(connection: Connection, reading: Reading) -> int | None:
    """The kept thread that the reading belongs to, if there is one."""
    row = connection.execute("SELECT id FROM thread WHERE root_id = ?", (reading.root_id,)).fetchone()
    if row is None and len(reading.posts) == 1:
        row = connection.execute(
            "SELECT thread_id FROM post WHERE id = ? ORDER BY thread_id LIMIT 1", (reading.posts[0].id,)
        ).fetchone()
    return None if row is None else int(row[0])


def new_thread(connection: Connection, reading: Reading) -> int:
    """A new thread's row."""
    cursor = connection.execute(
        "INSERT INTO thread (root_id, url, root_author, verdict) VALUES (?, ?, ?, ?)",
        (reading.root_id, reading.url, reading.root_author, reading.verdict),
    )
    return int(cursor.lastrowid or 0)


def _is_below(connection: Connection, thread_id: int, reading: Reading) -> bool:
    """Whether the reading is about a reply alone, and says nothing of the thread that the reply stands in."""
    (root_id,) = connection.execute("SELECT root_id FROM thread WHERE id = ?", (thread_id,)).fetchone()
    return bool(root_id != reading.root_id)


def _known(connection: Connection, thread_id: int | None, payload_id: int, reading: Reading, earlier: int) -> bool:
    """Whether this payload was read into this thread by this reader before, `earlier` being the last such capture."""
    return (
        connection.execute(
            "SELECT 1 FROM capture WHERE thread_id IS ? AND payload_id = ? AND format = ? AND id <= ? AND finished",
            (thread_id, payload_id, reading.format, earlier),
        ).fetchone()
        is not None
    )


def add_capture(
    connection: Connection,
    thread_id: int | None,
    payload_id: int,
    payload: Payload,
    reading: Reading,
    visit: Visit,
) -> int:
    """The capture's row, which becomes one of the visit's."""
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
            problems_column(reading.problems),
            reading.claimed,
            len(reading.posts),
        ),
    )
    return visits.add_to_visit(connection, int(cursor.lastrowid or 0), visit)


def problems_column(problems: Sequence[Problem]) -> str:
    """What was left out or mended, as it is kept with a capture."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False)


def update_thread(connection: Connection, thread_id: int, reading: Reading) -> None:
    """What the newest reading says of the whole thread: link, author, claimed total, verdict."""
    row = connection.execute(
        "SELECT max(coalesce(c.claimed, 0)), (SELECT count(*) FROM post WHERE thread_id = ?1 AND NOT is_root), "
        "(SELECT verdict FROM thread WHERE id = ?1) FROM capture c WHERE c.thread_id = ?1",
        (thread_id,),
    ).fetchone()
    claimed, found, before = row
    verdict, reasons = reading.verdict, list(reading.reasons)
    if claimed > found and verdict is not Verdict.FAILED:
        verdict = Verdict.PARTIAL
        reasons = [*_other(reasons), f"{found:,} of ≈ {claimed:,} replies"]
    elif verdict is Verdict.PARTIAL and reasons and not _other(reasons):
        # The post alone, or the last of several pages, lacks what others have brought, and says no more than that.
        verdict, reasons = Verdict.COMPLETE if before == Verdict.COMPLETE else Verdict.UNKNOWN, []
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
