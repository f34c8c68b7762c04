"""Posts that an account passes on: the words, counts, time and link are the original's, and so is the author.

The row of a share that the payload gives keeps its own id, so that the thread under that id can still be named. Its own
text is "RT @name: " and as much of the original's as fits; of its counts only that of reposts is the original's.
"""

import re

from core.models import Flag, Post, TextLoss, TimePrecision
from core.text.x_posts import post_link

_SHARED = re.compile(r"RT @(?P<author>\w{1,20}):?\s+(?P<words>.*)", re.DOTALL)
_CUT = ("…", "...")


def share_of(original: Post, share_id: str, sharer: str | None) -> Post:
    """The `original`, as the post with the id of its share."""
    url = original.url or post_link(original.author, original.id)
    return original.with_changes(id=share_id, parent_id=None, url=url, shared_by=sharer)


def share_alone(share: Post, original_id: str = "", original_author: str | None = None) -> Post:
    """A share whose original the payload does not have: what its text says of whose words these are, and no more.

    It is held back from the article until the writer confirms the author.
    """
    found = _SHARED.fullmatch(share.text)
    author = original_author or (found["author"] if found else None)
    words = found["words"] if found else share.text
    is_cut = words.rstrip().endswith(_CUT)
    return share.with_changes(
        text=words,
        author=author,
        author_name=None,
        author_id=None,
        parent_id=None,
        posted_at=None,
        time_precision=TimePrecision.UNKNOWN,
        time_given=None,
        likes=None,
        replies=None,
        views=None,
        url=post_link(author, original_id) if original_id else None,
        flags=(*share.flags, Flag.SHARE_ALONE, *((Flag.CUT_BY_SOURCE,) if is_cut else ())),
        losses=share.losses | TextLoss.CUT,
        # Not None: it is a share, whosever.
        shared_by=share.author or "",
    )


def is_shares_text(text: str) -> bool:
    """Whether a text begins as that of a share does."""
    return _SHARED.match(text) is not None


def unless_share(post: Post) -> Post:
    """`post`, or what it shares as far as it says; for formats that do not tell a share from other posts.

    A share answers nothing, and is neither liked nor answered itself.
    """
    is_share = not (post.parent_id or post.likes or post.replies) and is_shares_text(post.text)
    return share_alone(post) if is_share else post
