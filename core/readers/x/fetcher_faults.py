"""What x-tweet-fetcher is known to get wrong in a reply, and how that shows in what it writes."""

import re
from collections.abc import Mapping
from typing import Any

from core.models import Flag, Post, PostStatus, TextLoss, TimePrecision

COUNTS = ("likes", "replies", "views")
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_LEFT_COUNTS = re.compile(r"(?:\s\d[\d,]*){3,4}\s*$")
"""Numbers at a text's end that may be the counts, or have been taken for them."""
_CUT_AT_COMMA = 1_000
_FEWEST_LETTERS = 8
"""Of an address that a page has cut, so many letters tell which it is."""


def with_known_faults(
    post: Post, values: Mapping[str, object], *, from_html: bool, has_other_views: bool = False
) -> Post:
    """`post`, which was read from `values`, with what the tool is known to get wrong in such a reply.

    `has_other_views` says that the views come from elsewhere than the page.
    """
    if not post.text and _is_gone(post, values):
        return gone(post)
    if from_html:
        return post
    flags = []
    if post.links and any(not _is_shown(link, post.text) for link in post.links):
        flags.append(Flag.CUT_BY_SOURCE)
    if _LEFT_COUNTS.search(post.text) or (not has_other_views and _has_doubtful_views(values)):
        flags.append(Flag.DOUBTFUL_COUNTS)
    if not flags:
        return post
    losses = post.losses | TextLoss.CUT if Flag.CUT_BY_SOURCE in flags else post.losses
    return post.with_changes(flags=(*post.flags, *flags), losses=losses)


def gone(post: Post) -> Post:
    """A post that cannot be shown, of which the tool writes id and handle."""
    return post.with_changes(
        text="",
        author_name=None,
        status=PostStatus.UNAVAILABLE,
        posted_at=None,
        time_precision=TimePrecision.UNKNOWN,
        time_given=None,
        likes=None,
        replies=None,
        reposts=None,
        views=None,
    )


def is_nameless(name: object, author: str | None) -> bool:
    """Whether what stands for the display name is the handle, or nothing."""
    return not name or (isinstance(name, str) and name.strip().lstrip("@").casefold() == (author or "").casefold())


def has_neighbours_counts(values: Mapping[str, object]) -> bool:
    """Whether a reply has the counts of its own first answer.

    Where a reply has reposts, the tool of February 2026 finds no counts in it, and reads on into the chain below.
    """
    answers = values.get("thread_replies")
    named = (
        one
        for one in (answers if isinstance(answers, list) else ())
        if isinstance(one, dict) and (one.get("author") or one.get("tweet_id")) and not is_once_more(one, values)
    )
    first = next(named, None)
    if first is None:
        return False
    counts = [values.get(key) for key in COUNTS]
    return any(counts) and counts == [first.get(key) for key in COUNTS]


def is_once_more(answer: Mapping[str, object], values: Mapping[str, object]) -> bool:
    """Whether what is nested in a reply is that reply once more, under the name of another.

    The tool finds it on the reply's own page, where it says "Replying to" as the answers do, and takes the next handle.
    """
    return bool(answer.get("tweet_id")) and answer.get("tweet_id") == values.get("tweet_id")


def without_counts(post: Post) -> Post:
    """`post` with none of the counts, which are another post's."""
    unknown: dict[str, Any] = {"likes": None, "replies": None, "views": None}
    return post.with_changes(flags=(*post.flags, Flag.DOUBTFUL_COUNTS), **unknown)


def _is_gone(post: Post, values: Mapping[str, object]) -> bool:
    """Whether an entry stands for a post that cannot be shown: no words, no time, and the handle as its name."""
    is_empty = values.get("text") == "" and not (post.media or post.links or values.get("time_ago"))
    return is_empty and is_nameless(values.get("author_name"), post.author)


def _has_doubtful_views(values: Mapping[str, object]) -> bool:
    """Whether the views may have been cut at their comma, as by the browser of February 2026.

    Later versions write reposts as well, or a time to the minute, or fill in the views from elsewhere.
    """
    views, printed = values.get("views"), values.get("time_ago")
    is_early = "retweets" not in values and not (isinstance(printed, str) and printed.endswith("UTC"))
    return is_early and type(views) is int and 0 < views < _CUT_AT_COMMA


def _is_shown(link: str, text: str) -> bool:
    """Whether a text shows a link, also without its scheme or cut."""
    bare = _SCHEME.sub("", link, count=1).rstrip("/").casefold()
    shown = text.casefold()
    return bare in shown or (len(bare) > _FEWEST_LETTERS and bare[:_FEWEST_LETTERS] in shown)
