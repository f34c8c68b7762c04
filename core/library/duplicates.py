"""Which replies of a thread are alike, found once after its captures have changed."""

from array import array
from sqlite3 import Connection

from core.library.database import Library
from core.library.orders import SEQ_TYPECODE
from core.thread.duplicates import find_duplicates

MOST = 20_000
"""Posts up to which a thread's replies are compared without being asked to."""
_NAMED = 12
"""Accounts that are named of a cluster."""
_ACCOUNT = "coalesce(author || '#' || author_id, author, author_id)"
"""What tells accounts apart: two people may go by one name."""


def find_duplicates_if_small(library: Library, thread_id: int) -> None:
    """Compare the replies of a thread that is not too large, unless that was done since they came."""
    posts, is_due = _state(library.connection, thread_id)
    if posts <= MOST and is_due:
        find_duplicates_of(library, thread_id)


def is_comparison_due(library: Library, thread_id: int) -> bool:
    """Whether replies have come since they were compared last."""
    return _state(library.connection, thread_id)[1]


def find_duplicates_of(library: Library, thread_id: int) -> None:
    """Find the replies that are alike, however many there are."""
    connection = library.connection
    (newest,) = connection.execute("SELECT max(seq) FROM post WHERE thread_id = ?", (thread_id,)).fetchone()
    replies = connection.execute(
        f"SELECT seq, text, {_ACCOUNT} FROM post WHERE thread_id = ? AND NOT is_root AND status = 'live' ORDER BY seq",
        (thread_id,),
    )
    found = find_duplicates(replies)
    with library.transaction():
        connection.execute("DELETE FROM alike WHERE thread_id = ?", (thread_id,))
        connection.executemany(
            "INSERT INTO alike (post, thread_id, head, posts, accounts) VALUES (?, ?, ?, ?, ?)",
            ((seq, thread_id, one.seqs[0], len(one.seqs), one.accounts) for one in found for seq in one.seqs),
        )
        connection.execute("UPDATE thread SET compared = ? WHERE id = ?", (newest, thread_id))


def without_duplicates(connection: Connection, thread_id: int, order: "array[int]") -> "array[int]":
    """`order` with one post of those that are alike, the first; what the writer has marked always stands."""
    heads = dict(connection.execute("SELECT post, head FROM alike WHERE thread_id = ?", (thread_id,)).fetchall())
    if not heads:
        return order
    marked = {
        seq
        for (seq,) in connection.execute(
            "SELECT a.post FROM alike a WHERE a.thread_id = ? AND (a.post IN (SELECT post FROM mark) "
            "OR a.post IN (SELECT post FROM post_tag) OR a.post IN (SELECT post FROM translation))",
            (thread_id,),
        )
    }
    there = marked.intersection(order) if marked else marked
    shown = {heads[seq] for seq in there}
    found = array(SEQ_TYPECODE)
    for seq in order:
        head = heads.get(seq)
        if head is None or seq in there:
            found.append(seq)
        elif head not in shown:
            shown.add(head)
            found.append(seq)
    return found


def duplicate_accounts(library: Library, seq: int) -> list[str]:
    """The handles of those who said what a post says, as far as they are known, some of very many."""
    rows = library.connection.execute(
        "SELECT min(p.author) FROM alike a JOIN post p ON p.seq = a.post WHERE a.head = "
        "(SELECT head FROM alike WHERE post = ?) AND p.author NOT NULL GROUP BY lower(p.author) ORDER BY min(p.seq) "
        "LIMIT ?",
        (seq, _NAMED),
    )
    return [author for (author,) in rows]


def _state(connection: Connection, thread_id: int) -> tuple[int, bool]:
    """How many posts the thread has, and whether some have come since they were compared."""
    posts, compared, newest = connection.execute(
        "SELECT posts, compared, (SELECT max(seq) FROM post WHERE thread_id = t.id) FROM thread t WHERE id = ?",
        (thread_id,),
    ).fetchone()
    return posts, newest is not None and newest != compared
