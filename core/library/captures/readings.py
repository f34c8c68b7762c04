"""Keeping a payload that was read whole: its bytes, and each thread in it as a capture of one batch."""

from collections.abc import Sequence
from dataclasses import replace
from sqlite3 import Connection

from core.library.captures import payloads, visits
from core.library.captures.capture_threads import is_of_whole_thread, thread_of
from core.library.captures.in_progress import KeptCapture, add_capture, begin_capture, prepare_views
from core.library.captures.lists import parted_list
from core.library.captures.visits import Visit, visit_transaction
from core.library.database import Library
from core.library.joined_threads import current_thread
from core.models import Payload, Reading


def keep_reading(library: Library, payload: Payload, reading: Reading, visit: Visit | None = None) -> KeptCapture:
    """Keep one reading in one transaction.

    A post that is there already keeps its text and its marks; other counts become a dated observation and what is
    shown. A reading of a single post that a kept thread holds joins that thread.
    """
    return keep_readings(library, payload, (reading,), visit)[0]


def keep_readings(
    library: Library, payload: Payload, readings: Sequence[Reading], visit: Visit | None = None
) -> list[KeptCapture]:
    """Keep everything that was read in one payload, in one transaction; see `keep_reading`.

    `visit` is shared by all that one command keeps.
    """
    with visit_transaction(library, visit) as (connection, made):
        payload_id = payloads.keep_payload(connection, payload)
        earlier = connection.execute("SELECT coalesce(max(id), 0) FROM capture").fetchone()[0]
        kept = [_keep(library, payload, payload_id, reading, earlier, made) for reading in readings]
    # A later reading may have joined the thread of an earlier one with another.
    kept = [
        one if one.thread_id is None else replace(one, thread_id=current_thread(library, one.thread_id)) for one in kept
    ]
    for thread_id in {one.thread_id for one in kept if one.thread_id is not None and (one.new or one.changed)}:
        prepare_views(library, thread_id)
    return kept


def parted_readings(library: Library, readings: Sequence[Reading]) -> list[Reading]:
    """The readings as they are kept: a list without a root goes to the threads that have its posts."""
    return [part for reading in readings for part in parted_list(library.connection, reading)]


def _keep(
    library: Library, payload: Payload, payload_id: int, reading: Reading, earlier: int, visit: Visit
) -> KeptCapture:
    """Keep one reading; `earlier` is the last capture before this payload was read, which it may repeat."""
    connection = library.connection
    thread_id = thread_of(connection, reading)
    if _is_known(connection, thread_id, payload_id, reading, earlier):
        return KeptCapture(thread_id, known=True)
    if reading.posts:
        capture = begin_capture(library, thread_id, payload, payload_id, reading, visit)
        capture.take((*reading.posts, *capture.known_gone(reading.gone)))
        return capture.finish(reading)
    # Evidence beside its thread, of which it says no more than that nothing came.
    capture_id = add_capture(connection, thread_id, payload, payload_id, reading, visit, finished=True)
    if thread_id is None or not is_of_whole_thread(connection, thread_id, reading):
        return KeptCapture(thread_id)
    come = visits.finish_visit(connection, thread_id, capture_id)
    return KeptCapture(thread_id, gone=come.gone, since=come.since)


def _is_known(connection: Connection, thread_id: int | None, payload_id: int, reading: Reading, earlier: int) -> bool:
    """Whether this payload was read into this thread by this reader before, `earlier` being the last such capture."""
    return (
        connection.execute(
            "SELECT 1 FROM capture WHERE thread_id IS ? AND payload_id = ? AND format = ? AND id <= ? AND finished",
            (thread_id, payload_id, reading.format, earlier),
        ).fetchone()
        is not None
    )
