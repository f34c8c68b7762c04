"""The quick way to read a reply of x-tweet-fetcher that has no oddities, as nearly all have none.

What it makes is what the reader's careful way makes, with the time and the link that `finish` would add.
"""

from collections.abc import Mapping
from typing import Any

from core.models import Post
from core.readers.kit.counts import LARGEST
from core.readers.kit.times import PostTime, post_time
from core.readers.x.nitter_links import without_icons
from core.text.links import web_link
from core.text.x_posts import best_time, post_link

COUNT_KEYS = {"likes": "likes", "replies": "replies", "reposts": "retweets", "views": "views"}
"""The field of each count, by the count's name."""
_KEYS = tuple(COUNT_KEYS.items())


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
    posted_at, precision, given, _ = post_time(printed, captured_at) or PostTime()
    posted_at, precision = best_time(post_id, posted_at, precision)
    shown, name = without_icons(text), without_icons(name) or None
    # By position, for names beside ** would take three times as long.
    return Post(post_id, shown, handle, name, parent, posted_at, precision, given, None, url, media, links, **counts)


def _counts(values: Mapping[str, object], from_html: bool) -> dict[str, Any] | None:
    """The counts by their names; None where one is odd."""
    counts: dict[str, Any] = {}
    get = values.get
    for name, key in _KEYS:
        value = get(key)
        if (type(value) is not int or not 0 <= value <= LARGEST) and value is not None:
            return None
        counts[name] = value
    return what_zero_means(counts, values, from_html)


def what_zero_means(counts: dict[str, Any], values: Mapping[str, object], from_html: bool) -> dict[str, Any]:
    """The counts of a reply, of which those that are 0 may be unknown; Nitter's page leaves out reposts that are 0."""
    if not from_html:
        return {name: value or None for name, value in counts.items()}
    counts["views"] = counts["views"] or None
    if "retweets" not in values:
        counts["reposts"] = 0
    return counts


def _links(value: object) -> tuple[str, ...] | None:
    """The links of a list of nothing but links, or of no list; None for any other value."""
    if value is None:
        return ()
    if not isinstance(value, list):
        return None
    found = [link for entry in value if (link := web_link(entry))]
    return tuple(dict.fromkeys(found)) if len(found) == len(value) else None
