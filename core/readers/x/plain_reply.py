"""The quick way to read a reply of x-tweet-fetcher that has no oddities, as nearly all have none.

What it makes is what the reader's careful way makes, with the time and the link that `finish` would add.
"""

from collections.abc import Mapping

from core.models import Post
from core.readers.kit.counts import LARGEST
from core.readers.kit.times import PostTime, post_time
from core.readers.x.nitter_links import without_icons
from core.text.links import web_link
from core.text.x_posts import best_time, post_link

_Counts = tuple[int | None, int | None, int | None, int | None]


def plain_reply(
    values: Mapping[str, object], parent: str | None, captured_at: int | None, from_html: bool
) -> Post | None:
    """The reply in `values`, but for what is nested in it; None where any field calls for care."""
    get = values.get
    author, name, text = get("author"), get("author_name"), get("text")
    post_id, printed = get("tweet_id"), get("time_ago")
    if not (type(author) is type(name) is type(text) is type(post_id) is type(printed) is str):
        return None
    handle = author.removeprefix("@")
    url = post_link(handle, post_id)
    counts = _counts(values, from_html)
    media = _links(values["media"]) if "media" in values else ()
    links = _links(values["links"]) if "links" in values else ()
    if url is None or counts is None or media is None or links is None or "url" in values or "lang" in values:
        return None
    posted_at, precision, given = post_time(printed, captured_at) or PostTime()
    posted_at, precision = best_time(post_id, posted_at, precision)
    likes, replies, views, reposts = counts
    return Post(
        id=post_id,
        text=without_icons(text),
        author=handle,
        author_name=without_icons(name) or None,
        parent_id=parent,
        posted_at=posted_at,
        time_precision=precision,
        time_given=given,
        likes=likes,
        replies=replies,
        views=views,
        reposts=reposts,
        url=url,
        media=media,
        links=links,
    )


def _counts(values: Mapping[str, object], from_html: bool) -> _Counts | None:
    """Likes, replies, views and reposts, of which those that are 0 may be unknown; None where one is odd."""
    get = values.get
    likes, replies, views, reposts = get("likes"), get("replies"), get("views"), get("retweets", 0)
    if not (type(likes) is type(replies) is type(views) is type(reposts) is int):
        return None
    if not (0 <= likes <= LARGEST and 0 <= replies <= LARGEST and 0 <= views <= LARGEST and 0 <= reposts <= LARGEST):
        return None
    if from_html:
        return likes, replies, views or None, reposts
    return likes or None, replies or None, views or None, reposts or None


def _links(value: object) -> tuple[str, ...] | None:
    """The links of a list of nothing but links, or of no list; None for any other value."""
    if value is None:
        return ()
    if not isinstance(value, list):
        return None
    found = [link for entry in value if (link := web_link(entry))]
    return tuple(dict.fromkeys(found)) if len(found) == len(value) else None
