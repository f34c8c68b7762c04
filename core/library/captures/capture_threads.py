"""The thread that a capture belongs to, and what the newest capture says of it."""

from sqlite3 import Connection

from core.changes import ChangeVerb
from core.library.captures.matching import is_list, matching_thread
from core.library.captures.thread_verdict import thread_verdict
from core.library.reason_columns import reasons_column
from core.models import Reading, Verdict
from core.reasons import Reason, ReasonCode
from core.text.sites import address_key


def thread_of(connection: Connection, reading: Reading) -> int | None:
    """The kept thread that the reading belongs to, if there is one; one that was removed is there again."""
    found = matching_thread(connection, reading)
    if found is None:
        return None
    restore_thread(connection, found.id)
    return found.id


def restore_thread(connection: Connection, thread_id: int) -> None:
    """List a thread again that had been removed; what removed it is no change any more that could be taken back."""
    row = connection.execute("SELECT removed FROM thread WHERE id = ?", (thread_id,)).fetchone()
    if row[0] is not None:
        connection.execute("UPDATE thread SET removed = NULL WHERE id = ?", (thread_id,))
        connection.execute(
            "UPDATE journal SET state = 'dropped' WHERE id = (SELECT max(id) FROM journal WHERE thread_id = ? "
            "AND state = 'done' AND json_extract(name, '$.verb') = ?)",
            (thread_id, ChangeVerb.REMOVE_THREAD),
        )


def new_thread(connection: Connection, reading: Reading) -> int:
    """Add the row of a new thread; returns its number, which no thread that has become part of another one had."""
    root = next((post for post in reading.posts if post.id == reading.root_id), None)
    cursor = connection.execute(
        "INSERT INTO thread (id, site, root_id, url, address, answers, is_list, root_author, verdict) SELECT "
        "max((SELECT coalesce(max(id), 0) FROM thread), (SELECT coalesce(max(id), 0) FROM joined_thread)) + 1, "
        "?, ?, ?, ?, ?, ?, ?, ?",
        (
            reading.site,
            reading.root_id,
            reading.url,
            address_key(reading.url),
            root.parent_id if root else None,
            int(is_list(reading)),
            reading.root_author,
            reading.verdict,
        ),
    )
    return int(cursor.lastrowid or 0)


def is_of_whole_thread(connection: Connection, thread_id: int, reading: Reading) -> bool:
    """Whether the reading speaks of its thread, and not of a reply alone that stands in it."""
    root_id, address = connection.execute("SELECT root_id, address FROM thread WHERE id = ?", (thread_id,)).fetchone()
    return bool(root_id == reading.root_id or (address and address == address_key(reading.url)))


def move_root(connection: Connection, thread_id: int, reading: Reading) -> None:
    """Put a thread under the post that later pages of its capture have shown to be its root."""
    connection.execute(
        "UPDATE thread SET root_id = ?, url = ?, root_author = ?, address = ?, claimed = NULL WHERE id = ?",
        (reading.root_id, reading.url, reading.root_author, address_key(reading.url), thread_id),
    )


def update_thread(connection: Connection, thread_id: int, reading: Reading) -> None:
    """Give the thread what its captures say of the whole of it: link, author, claimed total, verdict."""
    row = connection.execute(
        "SELECT max(coalesce(c.claimed, 0)), (SELECT count(*) FROM post WHERE thread_id = ?1 AND NOT is_root) "
        "FROM capture c WHERE c.thread_id = ?1",
        (thread_id,),
    ).fetchone()
    claimed, found = row
    verdict, reasons = thread_verdict(connection, thread_id)
    if claimed > found and verdict is not Verdict.FAILED:
        verdict, reasons = Verdict.PARTIAL, [*reasons, Reason(ReasonCode.FEWER_REPLIES, (found, claimed))]
    connection.execute(
        "UPDATE thread SET site = CASE WHEN site = '' AND root_id = ? THEN ? ELSE site END, "
        "address = CASE address WHEN '' THEN ? ELSE address END, "
        "url = coalesce(url, ?), root_author = coalesce(root_author, ?), claimed = ?, "
        "verdict = ?, reasons = ? WHERE id = ?",
        (
            reading.root_id,
            reading.site,
            address_key(reading.url),
            reading.url,
            reading.root_author,
            claimed or None,
            verdict,
            reasons_column(reasons),
            thread_id,
        ),
    )
