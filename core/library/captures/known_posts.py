"""Posts that a thread has already, as far as a later capture is compared with them."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import NamedTuple

from core.counts import COUNT_NAMES
from core.library.database import in_chunks
from core.models import CapturedFrom, Flag, Post, TextLoss
from core.text.spelling import TextVersion

_CUTTING = ("x-tweet-fetcher", "camofox")
"""Formats whose texts an older program kept without a word of what their tools do to them."""


class KnownPost(NamedTuple):
    """A post that the thread has already; one is made for every post of a capture that comes again."""

    id: str
    seq: int
    capture_id: int
    """The capture that brought it."""
    observed: int | None
    """The capture that differed last."""
    text: str
    losses: int | None
    """See `Post.losses`; None where an older program kept the text."""
    format: str
    """That of the capture that brought it."""
    status: str
    author: str | None
    name: str | None
    flags: str
    last_text: str
    """The text, author and name of the capture that differed last."""
    last_losses: int | None
    last_author: str | None
    last_name: str | None
    at: int | None
    """When the newest of these captures was made."""
    is_guessed: bool
    """Whether only a file's date says so."""
    counts: tuple[int | None, ...]
    """In the order of COUNTS."""

    @property
    def shown(self) -> TextVersion:
        """The text that is shown."""
        return TextVersion(self.text, _known_losses(self.losses, self.format), self.flags.split())

    @property
    def last(self) -> TextVersion:
        """The text of the capture that differed last."""
        return TextVersion(self.last_text, _known_losses(self.last_losses, self.format))

    def has_flag(self, flag: Flag) -> bool:
        """Whether the post has a flag."""
        return bool(self.flags) and flag in self.flags.split()


def text_version(post: Post, format: str) -> TextVersion:
    """The text of a post that a capture in `format` has brought."""
    return TextVersion(post.text, _known_losses(int(post.losses), format), post.flags)


def _known_losses(losses: int | None, format: str) -> TextLoss | None:
    """What a text's tool is known to do to texts; nobody knows who made a list."""
    if losses is None and format in _CUTTING:
        return TextLoss.CUT | TextLoss.OTHER_WORDS
    return None if not losses and (losses is None or format.startswith("generic")) else TextLoss(losses or 0)


_KNOWN_POST = {
    "id": "p.id",
    "seq": "p.seq",
    "capture_id": "p.capture_id",
    "observed": "p.observed",
    "text": "p.text",
    "losses": "p.losses",
    "format": "f.format",
    "status": "p.status",
    "author": "p.author",
    "name": "p.author_name",
    "flags": "p.flags",
    "last_text": "coalesce(o.text, p.text)",
    "last_losses": "CASE WHEN o.text IS NULL THEN p.losses ELSE o.losses END",
    "last_author": "coalesce(o.author, p.author)",
    "last_name": "coalesce(o.author_name, p.author_name)",
    "at": "max(coalesce(f.captured_at, l.captured_at), coalesce(l.captured_at, f.captured_at))",
    "is_guessed": f"coalesce(l.captured_from, f.captured_from, '') = '{CapturedFrom.FILE}'",
}
"""What is read of a known post besides its counts, by the fields of KnownPost."""
_KNOWN_POSTS = (
    f"SELECT {', '.join(_KNOWN_POST[name] for name in KnownPost._fields if name != 'counts')}, "
    f"{', '.join(f'p.{name}' for name in COUNT_NAMES)} "
    "FROM post p JOIN capture f ON f.id = p.capture_id LEFT JOIN capture l ON l.id = p.observed "
    "LEFT JOIN observation o ON o.post = p.seq AND o.capture_id = p.observed"
)


def known_posts(connection: Connection, thread_id: int, ids: Sequence[str]) -> dict[str, KnownPost]:
    """The posts with these ids, as far as the thread has them."""
    found: dict[str, KnownPost] = {}
    for some, among in in_chunks(ids):
        for row in connection.execute(
            f"{_KNOWN_POSTS} WHERE p.thread_id = ? AND p.id IN ({among})", (thread_id, *some)
        ):
            values = (*row[: len(_KNOWN_POST)], row[len(_KNOWN_POST) :])
            known = KnownPost(*values)
            found[known.id] = known
    return found
