"""A large file kept slice by slice: what has come can be read and marked while the rest is still on its way.

The same file read again goes on where it stopped.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from core.library import orders
from core.library.captures import payloads
from core.library.captures.capture_threads import thread_of
from core.library.captures.in_progress import CaptureInProgress, KeptCapture, begin_capture
from core.library.captures.visits import Visit, visit_transaction
from core.library.database import Library
from core.library.orders import Orders
from core.library.reason_columns import problems_from, reasons_column
from core.library.thread_posts import root_of
from core.models import Payload, Reading, Verdict
from core.reasons import Reason, ReasonCode

UNFINISHED = Reason(ReasonCode.IMPORT_UNFINISHED)
_LOG_PAGES = 8_000
"""Pages of the write-ahead log after which it is copied into the file; the usual 1,000 copy most pages twice."""

Sort = Callable[[Sequence[int], Mapping[str, Sequence[Any]], int | None], Orders]
"""Makes orders of seqs, the values that each sort compares, and the root's seq."""


def begin_large_import(
    library: Library, payload: Payload, known_by: str, reading: Reading, visit: Visit | None = None
) -> CaptureInProgress | KeptCapture:
    """Open the capture of `payload`, whose first slice reads as `reading`; KeptCapture where it is known already.

    `known_by` is the payload's digest, which takes longer to make than a writer should wait for the library; `visit`
    is shared by all that one command keeps.
    """
    with visit_transaction(library, visit) as (connection, made):
        payload_id = payloads.begin_payload(connection, payload.name, known_by)
        thread_id = thread_of(connection, reading)
        row = connection.execute(
            "SELECT id, finished, found, slices, problems, visit FROM capture "
            "WHERE thread_id IS ? AND payload_id = ? AND format = ? ORDER BY finished DESC, id DESC LIMIT 1",
            (thread_id, payload_id, reading.format),
        ).fetchone()
        if row is None:
            opened = replace(reading, posts=(), verdict=Verdict.PARTIAL, reasons=(UNFINISHED,))
            capture = begin_capture(library, thread_id, payload, payload_id, opened, made)
            connection.execute(
                "UPDATE thread SET verdict = ?, reasons = ? WHERE id = ?",
                (Verdict.PARTIAL, reasons_column((UNFINISHED,)), capture.thread_id),
            )
        else:
            capture_id, finished, found, slices, problems, number = row
            if finished:
                return KeptCapture(thread_id, known=True)
            # It goes on with what this command brings besides, or that with it.
            made.number = made.number or number
            connection.execute("UPDATE capture SET visit = ? WHERE id = ?", (made.number, capture_id))
            told = [*problems_from(problems)]
            assert thread_id is not None
            capture = CaptureInProgress(
                library, thread_id, capture_id, payload_id, found=found, parts=slices, problems=told, loose=True
            )
        orders.forget_orders(connection, capture.thread_id)
    return capture


@dataclass(slots=True)
class SortValues:
    """What sorts compare of the posts that slices brought, so that orders are made without reading them again."""

    seqs: "array[int]" = field(default_factory=lambda: array(orders.SEQ_TYPECODE))
    values: dict[str, list[Any]] = field(default_factory=lambda: {sort: [] for sort in orders.COLUMNS})

    def add(self, seqs: range, values: Mapping[str, Sequence[Any]]) -> None:
        """Add a slice's posts."""
        self.seqs.extend(seqs)
        for sort, some in values.items():
            self.values[sort].extend(some)

    def orders(self, library: Library, thread_id: int, sort: Sort) -> Orders:
        """The orders of a large thread: of these posts, where it has no others, else of what is kept."""
        connection, root = library.connection, root_of(library, thread_id)
        (posts,) = connection.execute("SELECT posts FROM thread WHERE id = ?", (thread_id,)).fetchone()
        if posts < orders.MANY:
            return {}
        if posts > len(self.seqs):
            return orders.all_orders(connection, thread_id, root)
        both = (self.seqs[:], self.seqs[::-1])
        return {**sort(self.seqs, self.values, root), "thread": [orders.root_first(one, root) for one in both]}


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
