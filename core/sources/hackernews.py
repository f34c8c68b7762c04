"""Hacker News: Algolia's tree of an item, which is whole, and the official API's item, which says how many there are.

Where Algolia does not answer, the official API gives all items, one by one.
APIs: https://hn.algolia.com/api and https://github.com/HackerNews/API
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qs

from core.errors import FetchError
from core.models import Payload
from core.readers.kit.json_values import list_at
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
    # The official API gives items one by one, and has no limit.
    pause = 0.1

    def __init__(self, settings: SourceSettings) -> None:
        super().__init__(settings)
        self.home = settings.hackernews.rstrip("/")
        self._items = settings.hackernews_items.rstrip("/")

    def takes(self, link: str) -> bool:
        """Whether this is a link to an item."""
        return bool(_item(link))

    def begin(self, link: str) -> Sequence[Request]:
        """The request for the item's tree."""
        return (self._tree(_item(link)),) if _item(link) else ()

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The story of a comment, and how many comments it has; of a single item, what is above or below it."""
        if payload.data.strip() == b"null":
            raise FetchError(Reason(ReasonCode.NO_HACKERNEWS_ITEM, names=(request.url,)))
        if request.kind == "count":
            return ()
        answer = object_of(payload)
        if request.kind in ("up", "down"):
            return self._beside(answer, is_up=request.kind == "up")
        story, own = answer.get("story_id") or answer.get("id"), answer.get("id")
        if not isinstance(story, int):
            raise FetchError(Reason(ReasonCode.NO_HACKERNEWS_ITEM, names=(request.url,)))
        count = Request(f"{self._items}/v0/item/{story}.json", "how many comments there are", "count", is_optional=True)
        return (count,) if story == own else (self._tree(story), count)

    def _beside(self, item: Mapping[str, object], *, is_up: bool) -> Sequence[Request]:
        """What to ask beside an item of the official API: what is above it, up to the story, and then all below."""
        if is_up and isinstance(above := item.get("parent"), int):
            return (replace(self._single(above, "up"), is_start=True),)
        return [self._single(one, "down") for one in list_at(item, "kids") if isinstance(one, int)]

    def _tree(self, item: int | str) -> Request:
        """The request for an item's tree, or else for the item alone."""
        url = f"{self.home}/api/v1/items/{item}"
        return Request(url, "the story and its comments", "tree", fallbacks=(self._single(item, "up"),))

    def _single(self, item: int | str, kind: str) -> Request:
        """The request for one item of the official API."""
        return Request(f"{self._items}/v0/item/{item}.json", "an item", kind)


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
