"""Discourse forums: a topic, and its further posts by their ids, or page by page in a topic that is too long for those.

API: https://docs.discourse.org (topics)
"""

import re
from collections.abc import Sequence

from core.models import Payload
from core.readers.kit.json_values import list_at, value_at
from core.reasons import ReasonCode
from core.sources.json_answer import object_of
from core.sources.over_http import OverHttp, batches
from core.text.links import origin, split_link
from core.transport import Request

_AT_ONCE = 20
"""Posts that may be asked for at once."""
_TOPIC = re.compile(r"((?:/[^/]+)?)/t/(?:(?!\d+(?:/|$))[^/]+/)?(\d{1,12})(?:/\d{1,12})?/?(?:\.json)?")


class DiscourseSource(OverHttp):
    """Topics of any forum that runs Discourse."""

    name = "discourse"
    title = "Discourse"
    formats = ("discourse",)
    fetches = "topics of Discourse forums (https://FORUM/t/TITLE/NUMBER)"
    reasons_settled_by_all_pages = frozenset((ReasonCode.PAGE_OF_TOPIC,))

    def takes(self, link: str) -> bool:
        """Whether this looks like a link to a topic."""
        parts = split_link(link)
        return parts is not None and _TOPIC.fullmatch(parts.path) is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The topic and its first posts."""
        parts = split_link(link)
        found = _TOPIC.fullmatch(parts.path) if parts else None
        return (
            (Request(f"{origin(link)}{found[1]}/t/{found[2]}.json", "the topic and its first posts", "topic"),)
            if found
            else ()
        )

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The posts that the topic names and its first page lacks; where it names none, its next page."""
        if request.kind not in ("topic", "page"):
            return ()
        answer = object_of(payload)
        posts = list_at(answer, "post_stream", "posts")
        if not list_at(answer, "post_stream", "stream"):
            return _next_page(request, len(posts), value_at(answer, "posts_count"))
        here = {value_at(post, "id") for post in posts}
        absent = [str(one) for one in list_at(answer, "post_stream", "stream") if type(one) is int and one not in here]
        base = request.url.removesuffix(".json") + "/posts.json?"
        return [
            Request(base + "&".join(f"post_ids[]={one}" for one in some), f"posts, page {number}")
            for number, some in enumerate(batches(absent, _AT_ONCE), 2)
        ]


def _next_page(request: Request, posts: int, total: object) -> Sequence[Request]:
    """The page after one with `posts` posts, of a topic that has more than ten thousand and does not name them."""
    url, _, page = request.url.partition("?page=")
    number = int(page or 1) + 1
    if not posts or (isinstance(total, int) and total <= posts):
        return ()
    return (Request(f"{url}?page={number}", f"posts, page {number}", "page", is_optional=True),)
