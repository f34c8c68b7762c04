"""The thread that a capture belongs to, and what the newest capture says of it."""

import json
from collections.abc import Iterable
from sqlite3 import Connection

from core.models import Problem, Reading, Verdict
from core.reasons import Reason, ReasonCode, reason_from


def thread_of(connection: Connection, reading: Reading) -> int | None:
    """The kept thread that the reading belongs to, if there is one."""
    row = connection.execute("SELECT id FROM thread WHERE root_id = ?", (reading.root_id,)).fetchone()
    if row is None and len(reading.posts) == 1:
        row = connection.execute(
            "SELECT thread_id FROM post WHERE id = ? ORDER BY thread_id LIMIT 1", (reading.posts[0].id,)
        ).fetchone()
    return None if row is None else int(row[0])


def new_thread(connection: Connection, reading: Reading) -> int:
    """Add the row of a new thread; returns its number."""
    cursor = connection.execute(
        "INSERT INTO thread (root_id, url, root_author, verdict) VALUES (?, ?, ?, ?)",
        (reading.root_id, reading.url, reading.root_author, reading.verdict),
    )
    return int(cursor.lastrowid or 0)


def is_of_whole_thread(connection: Connection, thread_id: int, reading: Reading) -> bool:
    """Whether the reading speaks of its thread, and not of a reply alone that stands in it."""
    (root_id,) = connection.execute("SELECT root_id FROM thread WHERE id = ?", (thread_id,)).fetchone()
    return bool(root_id == reading.root_id)


def update_thread(connection: Connection, thread_id: int, reading: Reading) -> None:
    """Give the thread what the newest reading says of the whole of it: link, author, claimed total, verdict."""
    row = connection.execute(
        "SELECT max(coalesce(c.claimed, 0)), (SELECT count(*) FROM post WHERE thread_id = ?1 AND NOT is_root), "
        "(SELECT verdict FROM thread WHERE id = ?1) FROM capture c WHERE c.thread_id = ?1",
        (thread_id,),
    ).fetchone()
    claimed, found, before = row
    verdict, reasons = reading.verdict, list(reading.reasons)
    if claimed > found and verdict is not Verdict.FAILED:
        verdict = Verdict.PARTIAL
        reasons = [*_other(reasons), Reason(ReasonCode.FEWER_REPLIES, (found, claimed))]
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
            reasons_column(reasons),
            thread_id,
        ),
    )


def _other(reasons: Iterable[Reason]) -> list[Reason]:
    """The reasons that do not state a total of their own."""
    return [reason for reason in reasons if reason.code is not ReasonCode.FEWER_REPLIES]


def reasons_column(reasons: Iterable[Reason]) -> str:
    """Why a capture or a thread has its verdict, as it is kept."""
    return json.dumps([reason.as_data() for reason in reasons], ensure_ascii=False)


def problems_from(column: str) -> tuple[Problem, ...]:
    """What was left out or mended, as it was kept."""
    return tuple(Problem(one["place"], reason_from(one["reason"])) for one in json.loads(column))
