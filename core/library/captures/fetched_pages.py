"""A capture that a source fetches page by page: each page is on disk as soon as it has come, with what is still to ask.

Whatever breaks off in between leaves behind what is true, and the same fetch goes on from there.
"""

import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from socket import gethostname
from typing import Any

from core.library import duplicates, orders
from core.library.captures import payloads, visits
from core.library.captures.merging import merge_posts, set_depths_and_parents
from core.library.captures.readings import Kept, add_capture, new_thread, problems_column, thread_of, update_thread
from core.library.captures.visits import Visit
from core.library.database import Library
from core.models import Payload, Post, Reading, Verdict
from core.sources import Request, request_from

UNFINISHED = "its fetch has not finished; fetch it again and it goes on"
FRESH = 24 * 3600
"""Seconds for which a fetch that was broken off can go on; later its first pages are out of date."""


@dataclass(slots=True)
class Fetch:
    """A fetch on its way into the library."""

    library: Library
    thread_id: int
    capture_id: int
    pages: int
    """Payloads that are kept."""
    new: int = 0
    changed: int = 0
    _kept: dict[str, Post] = field(default_factory=dict)
    """The posts as they were joined last, by their ids."""

    def add(self, payload: Payload, link: str, pending: Sequence[Request]) -> None:
        """Keep a page, and what is still to be asked after it."""
        with self.library.transaction() as connection:
            connection.execute(
                "INSERT INTO capture_payload (capture_id, place, payload_id, captured_at) VALUES (?, ?, ?, ?)",
                (self.capture_id, self.pages, payloads.keep_payload(connection, payload), payload.captured_at),
            )
            self.owe(link, pending)
        self.pages += 1

    def owe(self, link: str, pending: Sequence[Request]) -> None:
        """Remember what is still to be asked."""
        with self.library.transaction() as connection:
            connection.execute("UPDATE capture SET asked = ? WHERE id = ?", (_asked(link, pending), self.capture_id))

    def take(self, reading: Reading) -> None:
        """Join the posts of what has come so far; those that were joined before only where they now answer another."""
        fresh = [post for post in reading.posts if post.id not in self._kept]
        moved = [
            (post.parent_id, " ".join(post.flags), self.thread_id, post.id, self._kept[post.id].parent_id)
            for post in reading.posts
            if post.id in self._kept and post.parent_id != self._kept[post.id].parent_id
        ]
        with self.library.transaction() as connection:
            new, changed = merge_posts(connection, self.thread_id, self.capture_id, fresh)
            connection.executemany(
                "UPDATE post SET parent_id = ?, flags = ? WHERE thread_id = ? AND id = ? AND parent_id IS ?", moved
            )
            set_depths_and_parents(connection, self.thread_id)
            self._tell(replace(reading, verdict=Verdict.PARTIAL, reasons=(UNFINISHED,)))
        self.new, self.changed = self.new + new, self.changed + changed
        self._kept.update((post.id, post) for post in reading.posts)

    def finish(self, reading: Reading) -> Kept:
        """Say how complete it is, now that nothing more comes."""
        self.take(reading)
        with self.library.transaction() as connection:
            self._tell(reading)
            connection.execute("UPDATE capture SET finished = 1 WHERE id = ?", (self.capture_id,))
            come = visits.finish_visit(connection, self.thread_id, self.capture_id)
        orders.prepare_orders(self.library, self.thread_id)
        duplicates.find_duplicates_if_small(self.library, self.thread_id)
        return Kept(self.thread_id, self.new, self.changed, edited=come.edited, gone=come.gone, since=come.since)

    def _tell(self, reading: Reading) -> None:
        """What the capture, and with it the thread, now says of itself."""
        connection = self.library.connection
        connection.execute(
            "UPDATE capture SET verdict = ?, reasons = ?, problems = ?, claimed = ?, found = ? WHERE id = ?",
            (
                reading.verdict,
                json.dumps(reading.reasons, ensure_ascii=False),
                problems_column(reading.problems),
                reading.claimed,
                len(reading.posts),
                self.capture_id,
            ),
        )
        update_thread(connection, self.thread_id, reading)


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A fetch that can go on."""

    fetch: Fetch
    payloads: tuple[Payload, ...]
    pending: tuple[Request, ...]


def begin(
    library: Library,
    source: str,
    link: str,
    payload: Payload,
    reading: Reading,
    pending: Sequence[Request],
    visit: Visit | None = None,
) -> Fetch:
    """Open the capture whose first page reads as `reading`; `visit` is shared by all that one command keeps."""
    made = Visit(visit.number if visit else None)
    with library.transaction() as connection:
        payload_id = payloads.keep_payload(connection, payload)
        thread_id = thread_of(connection, replace(reading, posts=())) or new_thread(connection, reading)
        capture_id = add_capture(connection, thread_id, payload_id, payload, replace(reading, posts=()), made)
        connection.execute("UPDATE capture SET finished = 0, source = ? WHERE id = ?", (source, capture_id))
        fetch = Fetch(library, thread_id, capture_id, 0)
        fetch.add(payload, link, pending)
        fetch.take(reading)
    if visit is not None:
        visit.number = made.number
    return fetch


def broken_off_fetch(library: Library, source: str, link: str) -> BrokenOff | None:
    """The newest fetch of a link by a source, where it was broken off not long ago."""
    connection = library.connection
    for capture_id, thread_id, asked, read_at, finished in connection.execute(
        "SELECT id, thread_id, asked, read_at, finished FROM capture WHERE source = ? ORDER BY id DESC", (source,)
    ).fetchall():
        told = json.loads(asked)
        if told.get("link") != link or (not finished and _is_at_work(told["by"])):
            continue
        pending = tuple(map(request_from, told["pending"]))
        if not pending or time.time() - read_at > FRESH:
            return None
        found = tuple(_payloads(library, capture_id))
        fetch = Fetch(library, thread_id, capture_id, len(found))
        connection.execute("UPDATE capture SET finished = 0 WHERE id = ?", (capture_id,))
        fetch.owe(link, pending)
        return BrokenOff(fetch, found, pending)
    return None


def is_unfinished(library: Library, thread_id: int) -> bool:
    """Whether the thread's newest fetch was broken off before it had asked for all."""
    row = library.connection.execute(
        "SELECT asked, finished FROM capture WHERE thread_id = ? AND source NOT NULL ORDER BY id DESC LIMIT 1",
        (thread_id,),
    ).fetchone()
    return row is not None and (not row[1] or bool(json.loads(row[0]).get("pending")))


def _payloads(library: Library, capture_id: int) -> Sequence[Payload]:
    """The pages of a capture, in the order in which they came."""
    rows = library.connection.execute(
        "SELECT p.name, p.id, c.captured_at FROM capture_payload c JOIN payload p ON p.id = c.payload_id "
        "WHERE c.capture_id = ? ORDER BY c.place",
        (capture_id,),
    ).fetchall()
    return [Payload(name, payloads.payload_data(library.connection, id), captured_at) for name, id, captured_at in rows]


def _asked(link: str, pending: Sequence[Request]) -> str:
    """What a fetch is of, what it still has to ask and which process does, as it is kept."""
    told = {"link": link, "pending": [asdict(ask) for ask in pending], "by": [gethostname(), os.getpid()]}
    return json.dumps(told, ensure_ascii=False)


def _is_at_work(by: Sequence[Any]) -> bool:
    """Whether the process that fetches is alive, as far as can be told from this machine."""
    host, number = by
    if host != gethostname():
        return True
    if number == os.getpid():
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
