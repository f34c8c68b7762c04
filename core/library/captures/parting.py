"""Taking one capture out of a thread into which it should not have come: it becomes a thread of its own.

The posts that it alone brought go with it, and so does what the writer added to them.
"""

from array import array
from sqlite3 import Connection

from core.counts import COUNT_NAMES
from core.library.captures.capture_threads import new_thread
from core.library.captures.in_progress import CaptureInProgress, name_capture, prepare_views
from core.library.captures.joining import refresh_thread
from core.library.captures.merging import set_depths_and_parents
from core.library.captures.moving import hand_over
from core.library.captures.payloads import payload_data
from core.library.captures.settling import settle_thread
from core.library.database import Library
from core.library.orders import SEQ_TYPECODE
from core.models import Flag, Payload, Reading

_OF_TWO = (Flag.EDITED, Flag.AUTHOR_CONFLICT)
"""What a post is flagged with where captures differ."""


def part_capture(library: Library, capture_id: int, reading: Reading) -> int:
    """Make a capture, which reads as `reading`, a thread of its own; returns that one's number."""
    with library.transaction() as connection:
        source, payload_id, visit = connection.execute(
            "SELECT thread_id, payload_id, visit FROM capture WHERE id = ?", (capture_id,)
        ).fetchone()
        moving = _brought_alone(connection, source, capture_id)
        made = new_thread(connection, reading)
        connection.execute("UPDATE capture SET thread_id = ? WHERE id = ?", (made, capture_id))
        name_capture(connection, capture_id, reading)
        hand_over(connection, moving, source, made, with_captures=False)
        connection.executemany(
            "UPDATE post SET thread_id = ?, is_root = 0 WHERE seq = ?", ((made, one) for one in moving)
        )
        connection.execute("DELETE FROM known_before WHERE capture_id = ?", (capture_id,))
        _forget(connection, source, capture_id)
        for one in (source, made):
            refresh_thread(connection, one)
        CaptureInProgress(library, made, capture_id, payload_id).take(reading.posts)
        connection.execute(
            "UPDATE capture SET added = found, changed = 0, edited = 0, gone = 0 WHERE id = ?", (capture_id,)
        )
        connection.execute("DELETE FROM known_before WHERE capture_id = ?", (capture_id,))
        connection.execute("UPDATE thread SET visit = ? WHERE id = ?", (visit, made))
        _say_what_is_left(connection, source)
        for one in (source, made):
            refresh_thread(connection, one)
            set_depths_and_parents(connection, one)
            connection.execute("DELETE FROM alike WHERE thread_id = ?", (one,))
            connection.execute("UPDATE thread SET compared = NULL WHERE id = ?", (one,))
        made = settle_thread(library, made, apart_from=source)
    for one in (source, made):
        prepare_views(library, one)
    return made


def is_first(library: Library, capture_id: int) -> bool:
    """Whether a capture is the one that began its thread, whose words the marks of shared posts were given to."""
    (first,) = library.connection.execute(
        "SELECT min(o.id) FROM capture o JOIN capture c ON c.thread_id = o.thread_id WHERE c.id = ? AND o.found > 0",
        (capture_id,),
    ).fetchone()
    return bool(first == capture_id)


def payloads_of(library: Library, capture_id: int) -> tuple[Payload, ...]:
    """The payloads of a capture, as they came."""
    connection = library.connection
    rows = connection.execute(
        "SELECT p.name, p.id, cp.captured_at FROM capture_payload cp JOIN payload p ON p.id = cp.payload_id "
        "WHERE cp.capture_id = ?1 UNION ALL SELECT c.name, c.payload_id, c.captured_at FROM capture c WHERE c.id = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM capture_payload cp WHERE cp.capture_id = ?1)",
        (capture_id,),
    ).fetchall()
    return tuple(Payload(name, payload_data(connection, number), at) for name, number, at in rows)


def root_named_by(library: Library, capture_id: int) -> str:
    """The root's id as a capture named it; empty where an older program kept it."""
    row = library.connection.execute("SELECT coalesce(root_id, '') FROM capture WHERE id = ?", (capture_id,)).fetchone()
    return str(row[0])


def _brought_alone(connection: Connection, thread_id: int, capture_id: int) -> set[int]:
    """The posts that a capture brought, and no other one of the thread has had since, as seqs."""
    brought = {seq for (seq,) in connection.execute("SELECT seq FROM post WHERE capture_id = ?", (capture_id,))}
    for (seqs,) in connection.execute(
        "SELECT k.seqs FROM known_before k JOIN capture c ON c.id = k.capture_id WHERE c.thread_id = ? AND c.id != ?",
        (thread_id, capture_id),
    ):
        brought.difference_update(array(SEQ_TYPECODE, seqs))
    return brought


def _forget(connection: Connection, thread_id: int, capture_id: int) -> None:
    """Let posts that stay show what the other captures of them say."""
    touched = [
        seq
        for (seq,) in connection.execute(
            "SELECT o.post FROM observation o JOIN post p ON p.seq = o.post WHERE o.capture_id = ? AND p.thread_id = ?",
            (capture_id, thread_id),
        )
    ]
    connection.executemany(
        "DELETE FROM observation WHERE post = ? AND capture_id = ?", ((seq, capture_id) for seq in touched)
    )
    connection.execute("UPDATE post SET gone = NULL WHERE thread_id = ? AND gone = ?", (thread_id, capture_id))
    left = "SELECT {} FROM observation o WHERE o.post = post.seq ORDER BY o.capture_id DESC LIMIT 1"
    counts = ", ".join(f"{name} = ({left.format(f'o.{name}')})" for name in COUNT_NAMES)
    connection.executemany(
        f"UPDATE post SET {counts}, status = ({left.format('o.status')}), "
        f"observed = nullif(({left.format('o.capture_id')}), capture_id) WHERE seq = ? "
        "AND EXISTS (SELECT 1 FROM observation o WHERE o.post = post.seq)",
        ((seq,) for seq in touched),
    )
    for seq in touched:
        (flags,) = connection.execute("SELECT flags FROM post WHERE seq = ?", (seq,)).fetchone()
        others = connection.execute(
            "SELECT 1 FROM observation WHERE post = ? AND (text NOT NULL OR author NOT NULL)", (seq,)
        ).fetchone()
        if others is None:
            kept = " ".join(flag for flag in flags.split() if flag not in _OF_TWO)
            connection.execute("UPDATE post SET flags = ? WHERE seq = ?", (kept, seq))


def _say_what_is_left(connection: Connection, thread_id: int) -> None:
    """Let the thread that a capture has left say what its other captures say."""
    connection.execute(
        "UPDATE thread SET verdict = c.verdict, reasons = c.reasons, claimed = c.claimed FROM capture c "
        "WHERE thread.id = ?1 AND c.id = (SELECT n.id FROM capture n WHERE n.thread_id = ?1 "
        "ORDER BY coalesce(n.captured_at, n.read_at) DESC, n.id DESC LIMIT 1)",
        (thread_id,),
    )
    visits = connection.execute(
        "SELECT DISTINCT visit FROM capture WHERE thread_id = ? AND found > 0 ORDER BY visit DESC LIMIT 2", (thread_id,)
    ).fetchall()
    numbers = [visit for (visit,) in visits] + [None, None]
    captures, conflicts = connection.execute(
        "SELECT (SELECT count(*) FROM capture WHERE thread_id = ?1 AND found > 0), EXISTS (SELECT 1 FROM post "
        "WHERE thread_id = ?1 AND instr(flags, ?2))",
        (thread_id, Flag.AUTHOR_CONFLICT),
    ).fetchone()
    connection.execute(
        "UPDATE thread SET visit = ?, visit_before = ?, mixed = ? WHERE id = ?",
        (*numbers[:2], int(captures > 1 and conflicts), thread_id),
    )
