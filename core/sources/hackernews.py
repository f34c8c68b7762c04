"""Hacker News: Algolia's tree of an item, which is whole, and the official API's item, which says how many there are.

APIs: https://hn.algolia.com/api and https://github.com/HackerNews/API
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs

from core.errors import FetchError
from core.models import Payload
from core.reasons import Reason, ReasonCode
from core.sources.json_answer import object_of
from core.sources.over_http import OverHttp
from core.text.links import split_link
from core.transport import Request, SourceSettings


class HackerNewsSource(OverHttp):
    """Stories and comments of news.ycombinator.com; of a comment, the story that it is under."""

    name = "hackernews"
    title = "Hacker News"
    formats = ("hackernews",)
    fetches = "stories of news.ycombinator.com with all comments"

    def __init__(self, settings: SourceSettings) -> None:
        super().__init__(settings)
        self.home = settings.hackernews.rstrip("/")
        self._items = settings.hackernews_items.rstrip("/")

    def takes(self, link: str) -> bool:
        """Whether this is a link to an item."""
        return bool(_item(link))

    def begin(self, link: str) -> Sequence[Request]:
        """The request for the item's tree."""
        return (Request(f"{self.home}/api/v1/items/{_item(link)}", "the story and its comments", "tree"),)

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The story of a comment, and how many comments it has."""
        if request.kind != "tree":
            return ()
        answer = object_of(payload)
        story, own = answer.get("story_id") or answer.get("id"), answer.get("id")
        if not isinstance(story, int):
            raise FetchError(Reason(ReasonCode.NO_HACKERNEWS_ITEM, names=(request.url,)))
        count = Request(f"{self._items}/v0/item/{story}.json", "how many comments there are")
        if story == own:
            return (count,)
        return Request(f"{self.home}/api/v1/items/{story}", "the story and its comments", "tree"), count


def _item(link: str) -> str:
    """The id of the item that a link leads to; empty where it leads to none."""
    parts = split_link(link)
    if parts is None:
        return ""
    if parts.hostname in ("news.ycombinator.com", "www.news.ycombinator.com") and parts.path == "/item":
        found = parse_qs(parts.query).get("id", [""])[0]
    elif parts.hostname == "hn.algolia.com" and (match := re.match(r"/api/v1/items/(\d+)", parts.path)):
        found = match[1]
    else:
        found = ""
    return found if re.fullmatch(r"[0-9]{1,12}", found) else ""
