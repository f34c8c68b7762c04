"""A fetch kept page by page: each page is on disk as soon as it has come, with what is still to ask.

The same fetch goes on from there.
"""

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from socket import gethostname
from typing import Any

from core.library.captures import payloads
from core.library.captures.capture_threads import thread_of
from core.library.captures.in_progress import CaptureInProgress, KeptCapture, begin_capture, prepare_views
from core.library.captures.visits import Visit, visit_transaction
from core.library.database import Library
from core.models import Payload, Reading, Verdict
from core.reasons import Reason, ReasonCode

UNFINISHED = Reason(ReasonCode.FETCH_UNFINISHED)
FRESH = 24 * 3600
"""Seconds for which a fetch that was broken off can go on; later its first pages are out of date."""

Pending = Sequence[Mapping[str, Any]]
"""What a source has still to ask, as plain data; kept for it, and not understood here."""


@dataclass(frozen=True, slots=True)
class FetchInProgress:
    """A fetch on its way into the library: its capture, and the link that it fetches."""

    capture: CaptureInProgress
    link: str

    def keep(self, payload: Payload, pending: Pending) -> None:
        """Keep a page, and what is still to be asked after it."""
        with self.capture.library.transaction():
            self.capture.keep_page(payload)
            self.owe(pending)

    def owe(self, pending: Pending) -> None:
        """Remember which requests are still to be made."""
        told = {"link": self.link, "pending": list(pending), "by": [gethostname(), os.getpid()]}
        with self.capture.library.transaction() as connection:
            connection.execute(
                "UPDATE capture SET asked = ? WHERE id = ?",
                (json.dumps(told, ensure_ascii=False), self.capture.capture_id),
            )

    def take(self, reading: Reading) -> None:
        """Merge the posts of what has come so far."""
        self.capture.take_pages(replace(reading, verdict=Verdict.PARTIAL, reasons=(UNFINISHED,)))

    def finish(self, reading: Reading) -> KeptCapture:
        """Merge the last pages, and say how complete the capture is now that nothing more comes."""
        self.take(reading)
        kept = self.capture.finish(reading)
        prepare_views(self.capture.library, self.capture.thread_id)
        return kept


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A fetch that was broken off and can go on, with the pages that it has and the requests that it still owes."""

    fetch: FetchInProgress
    payloads: tuple[Payload, ...]
    pending: tuple[Mapping[str, Any], ...]


def begin_fetch(
    library: Library,
    source: str,
    link: str,
    payload: Payload,
    reading: Reading,
    pending: Pending,
    visit: Visit | None = None,
) -> FetchInProgress:
    """Open the capture whose first page reads as `reading`; `visit` is shared by all that one command keeps."""
    with visit_transaction(library, visit) as (connection, made):
        payload_id = payloads.keep_payload(connection, payload)
        opened = replace(reading, posts=())
        capture = begin_capture(library, thread_of(connection, opened), payload, payload_id, opened, made)
        connection.execute("UPDATE capture SET source = ? WHERE id = ?", (source, capture.capture_id))
        fetch = FetchInProgress(capture, link)
        fetch.keep(payload, pending)
        fetch.take(reading)
    return fetch


def broken_off_fetch(library: Library, source: str, link: str) -> BrokenOff | None:
    """The newest fetch of a link by a source, where it was broken off not long ago."""
    connection = library.connection
    for capture_id, thread_id, payload_id, asked, read_at, finished in connection.execute(
        "SELECT id, thread_id, payload_id, asked, read_at, finished FROM capture WHERE source = ? ORDER BY id DESC",
        (source,),
    ).fetchall():
        told = json.loads(asked)
        if told.get("link") != link or (not finished and _is_at_work(told["by"])):
            continue
        pending = tuple(told["pending"])
        if not pending or time.time() - read_at > FRESH:
            return None
        found = tuple(_payloads(library, capture_id))
        fetch = FetchInProgress(CaptureInProgress(library, thread_id, capture_id, payload_id, parts=len(found)), link)
        connection.execute("UPDATE capture SET finished = 0 WHERE id = ?", (capture_id,))
        fetch.owe(pending)
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
