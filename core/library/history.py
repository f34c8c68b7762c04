"""What the captures said of posts, where they differ."""

from collections.abc import Sequence

from core.library.database import Library
from core.library.page import page
from core.thread.history import History


def histories(library: Library, seqs: Sequence[int]) -> dict[int, History]:
    """The histories of those of the posts that have one."""
    return {row.quote.seq: row.history for row in page(library, seqs, "") if row.history is not None}
