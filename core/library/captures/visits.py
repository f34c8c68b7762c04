"""Visits: what one command brings of a thread, from one file or many, is one time in “new since last time”.

What is gone is told only by a visit that proves its end, and a post that comes back is there again.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from core.library.database import Library
from core.library.news import NEWS
from core.library.orders import SEQ_TYPECODE, selected_seqs
from core.models import News, Verdict
from core.reasons import Reason, ReasonCode, reasons_from

SHOWS_NEW = "{key:view.new} shows the new"
"""What a sentence about news ends with on a screen, which fills in the key of the action that it names."""


@dataclass(slots=True)
class Visit:
    """The captures that one command makes; every one that is kept with it belongs to it."""

    number: int | None = None
    """That of the first of them; None before there is one."""


@dataclass(frozen=True, slots=True)
class CaptureResult:
    """What a capture that has come whole says of its thread."""

    edited: int
    gone: int
    since: int | None
    """When the visit before it was made, in seconds since 1970; None where that had no replies, or was none."""


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """What the newest visit brought, in replies."""

    since: int
    """When the visit before it was made."""
    added: int
    changed: int
    edited: int
    """Of those that changed, whose text did."""
    gone: int

    @property
    def reason(self) -> Reason:
        """All of it, for example `37 new since 2026-02-24, 112 changed, 2 gone`."""
        parts = [Reason(ReasonCode.SOME_NEW_SINCE, (self.added, self.since))]
        if self.edited:
            parts.append(Reason(ReasonCode.SOME_CHANGED_EDITED, (self.changed, self.edited)))
        elif self.changed:
            parts.append(Reason(ReasonCode.SOME_CHANGED, (self.changed,)))
        if self.gone:
            parts.append(Reason(ReasonCode.SOME_GONE, (self.gone,)))
        return Reason(ReasonCode.VISIT, causes=tuple(parts))


@contextmanager
def visit_transaction(library: Library, visit: Visit | None) -> Iterator[tuple[Connection, Visit]]:
    """A transaction whose captures belong to `visit`, or to one of their own; `visit` learns of them at its end."""
    made = Visit(visit.number if visit else None)
    with library.transaction() as connection:
        yield connection, made
    if visit is not None:
        visit.number = made.number


def add_to_visit(connection: Connection, capture_id: int, visit: Visit) -> int:
    """Make a new capture one of a visit; returns its number."""
    visit.number = visit.number or capture_id
    connection.execute(
        "UPDATE capture SET visit = ?, added = 0, changed = 0, edited = 0, gone = 0 WHERE id = ?",
        (visit.number, capture_id),
    )
    return capture_id


def keep_known_before(connection: Connection, capture_id: int, again: Sequence[int]) -> None:
    """Keep which posts a capture had that were there before it; those that it brought say so themselves."""
    if again:
        connection.execute(
            "INSERT INTO known_before (capture_id, seqs) VALUES (?, ?)",
            (capture_id, array(SEQ_TYPECODE, again).tobytes()),
        )


def posts_of_capture(connection: Connection, capture_id: int) -> int:
    """How many posts a capture has had, each counted once however often it came."""
    (brought,) = connection.execute("SELECT added FROM capture WHERE id = ?", (capture_id,)).fetchone()
    known: set[int] = set()
    for (seqs,) in connection.execute("SELECT seqs FROM known_before WHERE capture_id = ?", (capture_id,)):
        known.update(array(SEQ_TYPECODE, seqs))
    if known:
        known.difference_update(selected_seqs(connection, "FROM post p WHERE p.capture_id = ?", (capture_id,)))
    return int(brought) + len(known)


def count_brought(connection: Connection, capture_id: int, added: int, changed: int = 0, edited: int = 0) -> None:
    """Add to the numbers of posts that a capture has brought, changed and edited."""
    connection.execute(
        "UPDATE capture SET added = added + ?, changed = changed + ?, edited = edited + ? WHERE id = ?",
        (added, changed, edited, capture_id),
    )


def finish_visit(connection: Connection, thread_id: int, capture_id: int, *, whole: bool = True) -> CaptureResult:
    """Make a capture that has come to its end part of the thread's newest visit, and note which replies are gone.

    Not `whole` is a capture that speaks of a single reply and says nothing of the others. The capture's row must have
    its last verdict.
    """
    visit, verdict, edited = connection.execute(
        "SELECT visit, verdict, coalesce(edited, 0) FROM capture WHERE id = ?", (capture_id,)
    ).fetchone()
    again = _again(connection, thread_id, visit)
    _bring_back(connection, thread_id, again)
    if not whole or not (verdict == Verdict.EMPTY or _has_replies(connection, thread_id, visit, again)):
        return CaptureResult(edited, 0, None)
    connection.execute(
        "UPDATE thread SET visit_before = visit, visit = ?1 WHERE id = ?2 AND visit IS NOT ?1", (visit, thread_id)
    )
    since = _since(connection, thread_id)
    gone = 0 if since is None else _miss(connection, thread_id, capture_id, visit, again)
    connection.execute("UPDATE capture SET gone = gone + ? WHERE id = ?", (gone, capture_id))
    return CaptureResult(edited, gone, since)


def visit_summary(library: Library, thread_id: int) -> VisitSummary | None:
    """What the newest visit brought; None where no earlier one had replies."""
    connection = library.connection
    since = _since(connection, thread_id)
    if since is None:
        return None
    captures, added, changed, edited = connection.execute(
        "SELECT count(*), coalesce(sum(c.added), 0), coalesce(sum(c.changed), 0), coalesce(sum(c.edited), 0) "
        "FROM capture c JOIN thread t ON t.visit = c.visit WHERE t.id = ?1 AND c.thread_id = ?1",
        (thread_id,),
    ).fetchone()
    root = connection.execute(
        f"SELECT {NEWS[News.ADDED]}, {NEWS[News.CHANGED]} "
        "FROM thread t JOIN post p ON p.thread_id = t.id AND p.id = t.root_id WHERE t.id = ?",
        (thread_id,),
    ).fetchone()
    if captures > 1:
        # What one of them brought another may have had too, and not every count of the first is the last.
        added, changed = connection.execute(
            f"SELECT sum({NEWS[News.ADDED]}), sum({NEWS[News.CHANGED]}) FROM post p WHERE p.thread_id = ?", (thread_id,)
        ).fetchone()
    added, changed = added - (root or (0, 0))[0], changed - (root or (0, 0))[1]
    (gone,) = connection.execute(
        "SELECT count(*) FROM post p JOIN capture c ON c.id = p.gone JOIN thread t ON t.visit = c.visit "
        "WHERE p.thread_id = ?1 AND p.gone IS NOT NULL AND t.id = ?1",
        (thread_id,),
    ).fetchone()
    return VisitSummary(since, added, changed, min(edited, changed), gone)


def previous_visit_at(library: Library, thread_id: int) -> int | None:
    """When the visit before the newest was made; None where that had no replies, or was none."""
    return _since(library.connection, thread_id)


def newest_visit(library: Library, thread_id: int) -> int | None:
    """The number of the newest visit that brought replies."""
    row = library.connection.execute("SELECT visit FROM thread WHERE id = ?", (thread_id,)).fetchone()
    return None if row is None else row[0]


def _since(connection: Connection, thread_id: int) -> int | None:
    """When the last visit but one was made, as far as its captures say."""
    (at,) = connection.execute(
        "SELECT max(coalesce(c.captured_at, c.read_at)) FROM capture c JOIN thread t ON t.id = c.thread_id "
        "WHERE t.id = ? AND c.visit = t.visit_before",
        (thread_id,),
    ).fetchone()
    return None if at is None else int(at)


def _again(connection: Connection, thread_id: int, visit: int) -> set[int]:
    """The posts that a visit's captures had and that were there before them, as seqs."""
    again: set[int] = set()
    for (seqs,) in connection.execute(
        "SELECT k.seqs FROM known_before k JOIN capture c ON c.id = k.capture_id WHERE c.thread_id = ? AND c.visit = ?",
        (thread_id, visit),
    ):
        again.update(array(SEQ_TYPECODE, seqs))
    return again


def _has_replies(connection: Connection, thread_id: int, visit: int, again: set[int]) -> bool:
    """Whether a visit's captures had a reply, new or not."""
    root = connection.execute(
        "SELECT p.seq, c.visit FROM thread t JOIN post p ON p.thread_id = t.id AND p.id = t.root_id "
        "JOIN capture c ON c.id = p.capture_id WHERE t.id = ?",
        (thread_id,),
    ).fetchone()
    seq, brought_by = root or (None, None)
    (added,) = connection.execute(
        "SELECT coalesce(sum(added), 0) FROM capture WHERE thread_id = ? AND visit = ?", (thread_id, visit)
    ).fetchone()
    return added > (brought_by == visit) or len(again - {seq}) > 0


def _bring_back(connection: Connection, thread_id: int, again: set[int]) -> None:
    """Mark posts that had been gone and came again as there."""
    gone = selected_seqs(connection, "FROM post p WHERE p.thread_id = ? AND p.gone IS NOT NULL", (thread_id,))
    connection.executemany("UPDATE post SET gone = NULL WHERE seq = ?", ((seq,) for seq in again.intersection(gone)))


def _miss(connection: Connection, thread_id: int, capture_id: int, visit: int, again: set[int]) -> int:
    """Note which replies are gone, where the visit proves its end and is no older than the others; returns how many."""
    wanted = _wanted(connection, thread_id, visit) if _is_newest(connection, thread_id, visit) else None
    if wanted is None:
        return 0
    here = "FROM post p WHERE p.thread_id = ?1 AND p.is_root = 0"
    by_visit = "(SELECT c.id FROM capture c WHERE c.thread_id = ?1 AND c.visit = ?2)"
    had = again.union(selected_seqs(connection, f"{here} AND p.capture_id IN {by_visit}", (thread_id, visit)))
    if wanted and len(had.intersection(selected_seqs(connection, f"{here} AND p.depth = 1", (thread_id,)))) < wanted:
        return 0
    missed = set(selected_seqs(connection, f"{here} AND p.gone IS NULL", (thread_id,))) - had
    if missed:
        nested = set(selected_seqs(connection, f"{here} AND p.depth > 1", (thread_id,)))
        if not nested & had:
            # Some sources list nothing but the answers to the post itself.
            missed -= nested
    connection.executemany("UPDATE post SET gone = ? WHERE seq = ?", ((capture_id, seq) for seq in missed))
    return len(missed)


def _is_newest(connection: Connection, thread_id: int, visit: int) -> bool:
    """Whether no capture of another visit was made after those of this one."""
    (later,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM capture WHERE thread_id = ?1 AND visit != ?2 AND found "
        "AND coalesce(captured_at, read_at) > "
        "(SELECT max(coalesce(captured_at, read_at)) FROM capture WHERE thread_id = ?1 AND visit = ?2))",
        (thread_id, visit),
    ).fetchone()
    return not later


def _wanted(connection: Connection, thread_id: int, visit: int) -> int | None:
    """How many answers to the post a visit must have had to have had all: 0 where a capture says so, None for never.

    Captures that say so prove it alone; pages that come to the total that the source states, together.
    """
    told = connection.execute(
        "SELECT verdict, reasons, coalesce(claimed, 0) FROM capture WHERE thread_id = ? AND visit = ? AND finished",
        (thread_id, visit),
    ).fetchall()
    if any(verdict == Verdict.FAILED for verdict, _, _ in told):
        return None
    if any(verdict in (Verdict.COMPLETE, Verdict.EMPTY) for verdict, _, _ in told):
        return 0
    ends = any(verdict == Verdict.PARTIAL and _only_compare_totals(json.loads(reasons)) for verdict, reasons, _ in told)
    return (max(claimed for _, _, claimed in told) or None) if ends else None


def _only_compare_totals(reasons: Sequence[dict[str, Any]]) -> bool:
    """Whether a capture's reasons say no more than that the source states a larger total."""
    return all(reason.code is ReasonCode.FEWER_REPLIES for reason in reasons_from(reasons))
