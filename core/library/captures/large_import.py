"""A large capture kept slice by slice: what has come can be read and marked while the rest is still on its way.

From the first slice on the library says of the capture that it is not finished, and at the end that it is; whatever
breaks off in between leaves behind what is true. The same payload read again goes on where it stopped.
"""

import json
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from core.library import orders
from core.library.captures import payloads, visits
from core.library.captures.merging import insertion, merge_posts, set_depths_and_parents
from core.library.captures.readings import Kept, add_capture, new_thread, problems_column, thread_of, update_thread
from core.library.captures.visits import Visit
from core.library.database import Library
from core.library.views import root_of
from core.models import Payload, Post, Problem, Reading, Verdict

UNFINISHED = "its import has not finished; import the same file again and it goes on"
MOST_PROBLEMS = 1_000
"""Problems that are remembered of a capture that has not finished."""
_LOG_PAGES = 8_000
"""Pages of the write-ahead log after which it is copied into the file; the usual 1,000 copy most pages twice."""

Orders = Mapping[str, "Sequence[array[int]]"]
Sort = Callable[[Sequence[int], Mapping[str, Sequence[Any]], int | None], Orders]
"""Makes orders of seqs, the values that each sort compares, and the root's seq."""


class _Known(Exception):
    """The thread has some of a slice's posts already."""


def _all_new(inserted: int, wanted: int) -> None:
    """Raise where the thread had some of the posts."""
    if inserted < wanted:
        raise _Known


@dataclass(slots=True)
class Arrival:
    """A capture on its way into the library."""

    library: Library
    thread_id: int
    capture_id: int
    payload_id: int
    reading: Reading
    """The first slice."""
    done: int
    """Slices that are kept, also by an earlier attempt."""
    new: int = 0
    changed: int = 0
    problems: list[Problem] = field(default_factory=list)
    loose: bool = False
    """Whether posts answer others that are not in their slice, or the thread was there before."""
    _seqs: "array[int]" = field(default_factory=lambda: array(orders.SEQ_TYPECODE))
    _values: dict[str, list[Any]] = field(default_factory=lambda: {sort: [] for sort in orders.COLUMNS})

    def take(self, rows: Sequence[tuple[Any, ...]], values: Mapping[str, Sequence[Any]], evidence: bytes) -> bool:
        """Keep the next slice: its rows, what sorts compare of them, and its share of the payload's bytes.

        False where the thread has some of the posts already: then nothing is kept, and `join` wants the posts.
        """
        try:
            with self.library.transaction() as connection:
                (start,) = connection.execute("SELECT posts FROM thread WHERE id = ?", (self.thread_id,)).fetchone()
                (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM post").fetchone()
                before = connection.total_changes
                connection.executemany(insertion(self.thread_id, self.capture_id, start), rows)
                _all_new(connection.total_changes - before, len(rows))
                connection.execute("UPDATE thread SET posts = posts + ? WHERE id = ?", (len(rows), self.thread_id))
                visits.count_brought(connection, self.capture_id, len(rows))
                self._advance(len(rows), evidence)
        except _Known:
            return False
        self.new += len(rows)
        self._seqs.extend(range(last + 1, last + 1 + len(rows)))
        for sort, some in values.items():
            self._values[sort].extend(some)
        return True

    def join(self, posts: Sequence[Post], evidence: bytes) -> None:
        """Keep the next slice, some of whose posts the thread has."""
        with self.library.transaction() as connection:
            new, changed = merge_posts(connection, self.thread_id, self.capture_id, posts)
            # Of a thread's first capture, what is known has come with an earlier slice.
            self._advance(new if self._first else len(posts), evidence)
        self.new, self.changed = self.new + new, self.changed + changed
        self.loose = True

    @property
    def has_root(self) -> bool:
        """Whether the first slice brought the post that was answered."""
        return any(post.id == self.reading.root_id for post in self.reading.posts)

    def found(self) -> int:
        """Posts of the capture, as far as it is kept."""
        (count,) = self.library.connection.execute(
            "SELECT found FROM capture WHERE id = ?", (self.capture_id,)
        ).fetchone()
        return int(count)

    def _advance(self, posts: int, evidence: bytes) -> None:
        """Count a slice's posts, and keep its share of the payload."""
        connection = self.library.connection
        payloads.keep_part(connection, self.payload_id, self.done, evidence)
        self.done += 1
        connection.execute(
            "UPDATE capture SET found = found + ?, slices = ?, problems = ? WHERE id = ?",
            (posts, self.done, problems_column(self.problems[:MOST_PROBLEMS]), self.capture_id),
        )

    @property
    def _first(self) -> bool:
        """Whether this is the thread's first capture."""
        (first,) = self.library.connection.execute(
            "SELECT min(id) FROM capture WHERE thread_id = ?", (self.thread_id,)
        ).fetchone()
        return int(first) == self.capture_id

    def finish(self, reading: Reading, sort: Sort) -> Kept:
        """Say that all has come: the last word on the thread, its depths, its orders."""
        made = self._made(sort)
        with self.library.transaction() as connection:
            if self.loose:
                set_depths_and_parents(connection, self.thread_id)
            connection.execute(
                "UPDATE capture SET finished = 1, verdict = ?, reasons = ?, problems = ? WHERE id = ?",
                (
                    reading.verdict,
                    json.dumps(reading.reasons, ensure_ascii=False),
                    problems_column(reading.problems),
                    self.capture_id,
                ),
            )
            update_thread(connection, self.thread_id, reading)
            come = visits.finish_visit(connection, self.thread_id, self.capture_id)
            for name, both in made.items():
                orders.keep_orders(connection, self.thread_id, name, both)
        return Kept(self.thread_id, self.new, self.changed, edited=come.edited, gone=come.gone, since=come.since)

    def _made(self, sort: Sort) -> Orders:
        """The thread's orders: of what came with this arrival, where that is all, else of what is kept."""
        connection, root = self.library.connection, root_of(self.library, self.thread_id)
        (posts,) = connection.execute("SELECT posts FROM thread WHERE id = ?", (self.thread_id,)).fetchone()
        if posts < orders.MANY:
            return {}
        if posts > len(self._seqs):
            return orders.all_orders(connection, self.thread_id, root)
        both = (self._seqs[:], self._seqs[::-1])
        return {**sort(self._seqs, self._values, root), "thread": [orders.root_first(one, root) for one in both]}


def begin(
    library: Library, payload: Payload, known_by: str, reading: Reading, visit: Visit | None = None
) -> Arrival | Kept:
    """Open the capture of `payload`, whose first slice reads as `reading`; Kept where it is known already.

    `known_by` is the payload's digest, which takes longer to make than a writer should wait for the library; `visit`
    is shared by all that one command keeps.
    """
    made = Visit(visit.number if visit else None)
    with library.transaction() as connection:
        payload_id = payloads.begin(connection, payload.name, known_by)
        thread_id = thread_of(connection, reading)
        row = connection.execute(
            "SELECT id, finished, slices, problems, visit FROM capture "
            "WHERE thread_id IS ? AND payload_id = ? AND format = ? ORDER BY finished DESC, id DESC LIMIT 1",
            (thread_id, payload_id, reading.format),
        ).fetchone()
        if row is not None and row[1]:
            return Kept(thread_id, known=True)
        thread_id = thread_id or new_thread(connection, reading)
        orders.forget_orders(connection, thread_id)
        (posts,) = connection.execute("SELECT posts FROM thread WHERE id = ?", (thread_id,)).fetchone()
        if row is not None:
            # It goes on with what this command brings besides, or that with it.
            made.number = made.number or row[4]
            connection.execute("UPDATE capture SET visit = ? WHERE id = ?", (made.number, row[0]))
            told = [Problem(**one) for one in json.loads(row[3])]
            arrival = Arrival(library, thread_id, row[0], payload_id, reading, row[2], problems=told, loose=True)
        else:
            arrival = _opened(library, thread_id, payload_id, payload, reading, made, loose=posts > 0)
    if visit is not None:
        visit.number = made.number
    return arrival


def _opened(
    library: Library,
    thread_id: int,
    payload_id: int,
    payload: Payload,
    reading: Reading,
    visit: Visit,
    *,
    loose: bool,
) -> Arrival:
    """A new capture, of which the library says that it has not finished."""
    connection = library.connection
    opened = replace(reading, posts=(), verdict=Verdict.PARTIAL, reasons=(UNFINISHED,))
    capture_id = add_capture(connection, thread_id, payload_id, payload, opened, visit)
    connection.execute("UPDATE capture SET finished = 0 WHERE id = ?", (capture_id,))
    connection.execute(
        "UPDATE thread SET verdict = ?, reasons = ? WHERE id = ?",
        (Verdict.PARTIAL, json.dumps([UNFINISHED]), thread_id),
    )
    return Arrival(library, thread_id, capture_id, payload_id, reading, 0, loose=loose)


@contextmanager
def relaxed_durability(library: Library) -> Iterator[None]:
    """Commit without waiting for the disk, since a capture that breaks off says so and can be had again.

    What others commit meanwhile, a writer's marks, is on disk when they say so.
    """
    connection = library.connection
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    connection.execute("PRAGMA cache_size = -65536")
    # Thread and capture are there, or nothing would have come so far.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_autocheckpoint = 1000")
        connection.execute("PRAGMA cache_size = -2000")
        connection.execute("PRAGMA foreign_keys = ON")
