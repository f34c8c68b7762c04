"""Doubts about authors that only several captures together raise; see `core.thread.attribution`."""

from collections.abc import Iterable
from sqlite3 import Connection

from core.library.captures.post_flags import flag_posts, flag_where
from core.models import Flag
from core.text.matching import fold
from core.text.names import is_distinctive_name


def flag_other_authors(connection: Connection, seqs: Iterable[int]) -> None:
    """Flag posts that a capture gives another author than the one that is kept, who stays."""
    flag_posts(connection, seqs, (Flag.AUTHOR_CONFLICT,))


def flag_namesakes(connection: Connection, thread_id: int) -> None:
    """Flag replies with the root author's display name under another handle, whichever capture brought the root.

    x-tweet-fetcher gives a reply of the root's author the handle of the reply before it, and does not say what the
    root's author is called; the post itself comes in a file of its own.
    """
    row = connection.execute(
        "SELECT author, author_name FROM post WHERE thread_id = ? AND is_root", (thread_id,)
    ).fetchone()
    if row is None or None in row or not is_distinctive_name(row[1]):
        return
    author, name = row
    flag_where(
        connection,
        Flag.AUTHOR_ROOT,
        "thread_id = ? AND NOT is_root AND lower(author) != lower(?) "
        "AND (author_name = ? OR coalesce(folded_name, lower(author_name)) = ?)",
        (thread_id, author, name, fold(name)),
    )
