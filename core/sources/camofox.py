"""Nitter's status pages through a real browser: the Camofox server, for instances that let only browsers in."""

import re
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from core.models import Payload
from core.sources.json_answer import object_of
from core.sources.nitter import first_page, post_of, settled_by_all_pages
from core.sources.nitter_pages import next_pages, page_address, page_after
from core.transport import Notify, Request, SourceSettings, Transport

_INSTANCE = "https://nitter.net"
"""Where pages are looked for unless the user names an instance."""
_CURSOR = re.compile(r"/url: [\"']?(\?[^\s\"'#]*cursor=[^\s\"'#]+)")
"""A link to the next page, as a snapshot has it."""


class CamofoxSource:
    """Status pages through a Camofox server."""

    name = "camofox"
    title = "Camofox"
    formats = ("nitter", "camofox")
    fetches = "posts of X, on Nitter through a real browser"

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings
        self.reasons_settled_by_all_pages = settled_by_all_pages(settings)
        self._instances = settings.nitter or (_INSTANCE,)

    def takes(self, link: str) -> bool:
        """Whether this is a link to a post of X, or to a page of the instance."""
        return post_of(link, self._instances) is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The request for the first page of the post."""
        return first_page(self._instances, link)

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The next page of replies, be this one a page or a snapshot of it."""
        if not payload.data.startswith(b"{"):
            return next_pages(request, payload, deep=self._settings.deep)
        found = _CURSOR.search(str(object_of(payload).get("snapshot")))
        return (page_after(request, page_address(request, payload), found[1]),) if found else ()

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """A tab of the browser."""
        from core.transport.browser.tab import browser_transport

        return browser_transport(self._settings, notify)
