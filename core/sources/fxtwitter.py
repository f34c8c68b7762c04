"""FxTwitter: a post of X and its conversation by the public API, version 2, and the post alone by version 1.

API: https://github.com/FxEmbed/FxEmbed (docs/specs/fxtwitter-openapi.json)
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from urllib.parse import quote

from core.errors import FetchError
from core.models import Payload
from core.reasons import Reason, ReasonCode
from core.sources.json_answer import object_of
from core.text.x_posts import x_post
from core.transport import Notify, Request, SourceSettings, Transport


class FxTwitterSource:
    """The API at api.fxtwitter.com, or an installation of the user's."""

    name = "fxtwitter"
    title = "FxTwitter"
    formats = ("fxtwitter",)
    reasons_settled_by_all_pages = frozenset((ReasonCode.FURTHER_REPLY_PAGES,))
    fetches = "posts of X, with what its public API has of the conversation"

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings
        self._api = settings.fxtwitter.rstrip("/")

    def takes(self, link: str) -> bool:
        """Whether this is a link to a post of X."""
        return x_post(link) is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The post, and its conversation's first page."""
        post = x_post(link)
        if post is None:
            raise FetchError(Reason(ReasonCode.NO_LINK_TO_X, names=(link,)))
        return (
            Request(f"{self._api}/{post.handle}/status/{post.post_id}", "the post"),
            Request(f"{self._api}/2/conversation/{post.post_id}", "the conversation", "conversation"),
        )

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The next page of the conversation."""
        if request.kind != "conversation":
            return ()
        answer = object_of(payload)
        cursor = answer.get("cursor")
        bottom = cursor.get("bottom") if isinstance(cursor, dict) else None
        if not isinstance(bottom, str) or not bottom or not answer.get("replies"):
            return ()
        first = request.url.partition("?")[0]
        return (Request(f"{first}?cursor={quote(bottom, safe='')}", "more of the conversation", "conversation"),)

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """A transport over HTTP."""
        from core.transport.web import web_transport

        return web_transport(self._settings, notify, home=self._api)
