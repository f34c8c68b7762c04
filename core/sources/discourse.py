"""Discourse forums: a topic, and its further posts by their ids.

API: https://docs.discourse.org (topics)
"""

import re
from collections.abc import Sequence

from core.models import Payload
from core.readers.kit.json_values import list_at, value_at
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
        """The posts that the topic names and its first page lacks."""
        if request.kind != "topic":
            return ()
        answer = object_of(payload)
        here = {value_at(post, "id") for post in list_at(answer, "post_stream", "posts")}
        absent = [str(one) for one in list_at(answer, "post_stream", "stream") if type(one) is int and one not in here]
        base = request.url.removesuffix(".json") + "/posts.json?"
        return [
            Request(base + "&".join(f"post_ids[]={one}" for one in some), f"posts, page {number}")
            for number, some in enumerate(batches(absent, _AT_ONCE), 2)
        ]
