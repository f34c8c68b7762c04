"""Bluesky: a post's thread, and by themselves the branches that the server has cut or hides.

APIs: https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread and, for what is hidden, the lexicon
app.bsky.unspecced.getPostThreadOtherV2, whose
answers to a post are shown only to those who ask for more.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from core.errors import FetchError
from core.models import Payload
from core.readers.kit.json_values import list_at, value_at
from core.reasons import Reason, ReasonCode
from core.sources.json_answer import object_of
from core.sources.over_http import OverHttp
from core.text.links import split_link
from core.transport import Request, SourceSettings

_POST = re.compile(r"/profile/([A-Za-z0-9.:%_-]{3,300})/post/([A-Za-z0-9._~:-]{1,100})/?")
_DEPTH = 1000
"""The most that the API takes."""


class BlueskySource(OverHttp):
    """Fetches posts of bsky.app with their answers."""

    name = "bluesky"
    title = "Bluesky"
    formats = ("bluesky",)
    fetches = "posts of bsky.app with their answers"

    def __init__(self, settings: SourceSettings) -> None:
        super().__init__(settings)
        self.home = settings.bluesky.rstrip("/")

    def takes(self, link: str) -> bool:
        """Whether this is a link to a post."""
        return bool(_uri(link))

    def begin(self, link: str) -> Sequence[Request]:
        """The post's thread, from its topmost post down to the post."""
        return (self._thread(_uri(link), "the post and its answers", 0, above=_DEPTH),)

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The thread's first post where this is an answer, and the branches that were cut."""
        requests = []
        node = object_of(payload).get("thread")
        if request.kind == "hidden":
            if not node:
                raise FetchError(Reason(ReasonCode.NO_POST, names=(request.url,)))
            return ()
        top = node
        while isinstance(above := value_at(top, "parent"), dict):
            top = above
        first = value_at(top, "post", "uri")
        if top is not node and isinstance(first, str):
            requests.append(self._thread(first, "the thread's answers", 0, above=0))
        pending = [node]
        while pending:
            one = pending.pop()
            answers, uri = list_at(one, "replies"), value_at(one, "post", "uri")
            count = value_at(one, "post", "replyCount")
            if isinstance(uri, str) and isinstance(count, int) and count > len(answers):
                is_asked = one is node and top is node
                requests.append(
                    self._hidden(uri, request.depth + 1)
                    if is_asked
                    else replace(
                        self._thread(uri, "answers to an answer", request.depth + 1, above=0), is_optional=True
                    )
                )
            pending += reversed(answers)
        return requests

    def _hidden(self, uri: str, depth: int) -> Request:
        """The request for the answers to a post that its thread leaves out."""
        url = f"{self.home}/xrpc/app.bsky.unspecced.getPostThreadOtherV2?anchor={quote(uri, safe='')}"
        return Request(url, "hidden answers", "hidden", depth, is_optional=True)

    def _thread(self, uri: str, note: str, depth: int, *, above: int) -> Request:
        """The request for the thread of a post."""
        asked = f"uri={quote(uri, safe='')}&depth={_DEPTH}&parentHeight={above}"
        return Request(f"{self.home}/xrpc/app.bsky.feed.getPostThread?{asked}", note, "thread", depth)


def _uri(link: str) -> str:
    """The at:// address of the post that a link leads to; empty where it leads to none."""
    parts = split_link(link)
    if parts is None or parts.hostname not in ("bsky.app", "www.bsky.app", "staging.bsky.app", "main.bsky.dev"):
        return ""
    found = _POST.fullmatch(parts.path)
    return f"at://{found[1]}/app.bsky.feed.post/{found[2]}" if found else ""
