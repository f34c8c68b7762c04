"""How complete a thread is, by what all its captures say, in whatever order they came into the library."""

import json
from array import array
from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

from core.library.orders import SEQ_TYPECODE
from core.models import Verdict
from core.reasons import Reason, ReasonCode, reasons_from

_BEST_FIRST = (Verdict.COMPLETE, Verdict.EMPTY, Verdict.PARTIAL, Verdict.UNKNOWN, Verdict.FAILED)
"""Which verdict counts where two captures are of one moment."""


class _Told(NamedTuple):
    """What one capture says of the whole thread."""

    at: tuple[int, int]
    """When it was made; captures whose dates are not known are taken for one after the other."""
    verdict: Verdict
    reasons: tuple[Reason, ...]

    @property
    def compares_totals(self) -> bool:
        """Whether it says no more than that the source states a larger total."""
        return self.verdict is Verdict.PARTIAL and bool(self.reasons) and not other_reasons(self.reasons)


def thread_verdict(connection: Connection, thread_id: int) -> tuple[Verdict, list[Reason]]:
    """The verdict of the newest capture, and of several of one moment the best; their own totals do not count."""
    (replies,) = connection.execute(
        "SELECT count(*) FROM post WHERE thread_id = ? AND NOT is_root", (thread_id,)
    ).fetchone()
    told = _told(connection, thread_id)
    # Where others found replies, who found none has proven nothing.
    telling = [one for one in told if not one.compares_totals and not (one.verdict is Verdict.EMPTY and replies)]
    newest = max(telling, key=lambda one: (one.at, -_BEST_FIRST.index(one.verdict)), default=None)
    if newest is None or (
        newest.verdict is not Verdict.COMPLETE and any(one.compares_totals and one.at >= newest.at for one in told)
    ):
        # The post alone, or the last of several pages, lacks what others have brought, and says no more than that.
        return Verdict.UNKNOWN, []
    return newest.verdict, other_reasons(newest.reasons)


def _told(connection: Connection, thread_id: int) -> list[_Told]:
    """What each capture says that has posts and is of the whole thread, not of a single reply in it."""
    root = connection.execute(
        "SELECT seq, capture_id FROM post WHERE thread_id = ? AND is_root", (thread_id,)
    ).fetchone()
    rows = connection.execute(
        "SELECT id, captured_at, read_at, verdict, reasons, found FROM capture WHERE thread_id = ? AND found "
        "ORDER BY id",
        (thread_id,),
    ).fetchall()
    found = []
    for place, (capture_id, captured_at, read_at, verdict, reasons, posts) in enumerate(rows, 1):
        # The last one is asked about, and so of the whole.
        is_whole = posts > 1 or root is None or place == len(rows)
        if is_whole or root[1] == capture_id or _had(connection, capture_id, root[0]):
            at = (read_at, capture_id) if captured_at is None else (captured_at, 0)
            told = reasons_from(json.loads(reasons))
            if posts == 1 and len(rows) > 1:
                # Of the post alone it says the same as a total.
                told = tuple(reason for reason in told if reason.code is not ReasonCode.POSTS_WITH_MORE_ANSWERS) or told
            found.append(_Told(at, Verdict(verdict), told))
    return found


def _had(connection: Connection, capture_id: int, seq: int) -> bool:
    """Whether a capture had a post that was known before."""
    rows = connection.execute("SELECT seqs FROM known_before WHERE capture_id = ?", (capture_id,)).fetchall()
    return any(seq in array(SEQ_TYPECODE, seqs) for (seqs,) in rows)


def other_reasons(reasons: Iterable[Reason]) -> list[Reason]:
    """The reasons that do not state a total of their own."""
    return [reason for reason in reasons if reason.code is not ReasonCode.FEWER_REPLIES]
