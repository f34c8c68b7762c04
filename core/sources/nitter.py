"""Nitter: the status pages of an instance that the user names, all pages of replies by their cursors."""

import re
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.errors import FetchError, Unreachable
from core.models import Payload
from core.readers.kit.html_page import parsed_page
from core.reasons import Reason, ReasonCode
from core.text.x_posts import x_post
from core.transport import Notify, Request, SourceSettings, Transport
from core.transport.addresses import joined

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

PAUSE = 1.0
"""Seconds between two pages, for instances are run by volunteers."""


class NitterSource:
    """Fetches status pages of a Nitter instance over HTTP."""

    name = "nitter"
    title = "Nitter"
    formats: tuple[str, ...] = ("nitter",)
    fetches = "posts of X, on an instance of yours"

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings
        self.reasons_settled_by_all_pages = settled_by_all_pages(settings)
        self._instance = settings.nitter.rstrip("/")

    def takes(self, link: str) -> bool:
        """Whether this is a link to a post of X, or to a page of the instance."""
        return x_post(link, host=urlsplit(self._instance).hostname or "") is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The request for the first page of the post."""
        if not self._instance:
            raise FetchError(Reason(ReasonCode.NO_INSTANCE))
        return first_page(self._instance, link)

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The next page of replies."""
        return next_pages(request, payload, deep=self._settings.deep)

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """A transport over HTTP."""
        from core.transport.web import web_transport

        return web_transport(self._settings, notify, home=self._instance, places=(self._instance,), pause=PAUSE)


def settled_by_all_pages(settings: SourceSettings) -> frozenset[ReasonCode]:
    """The reasons that no longer hold where all pages of an instance have come."""
    pages = frozenset((ReasonCode.FURTHER_REPLY_PAGES,))
    return pages | {ReasonCode.CUT_CHAINS} if settings.deep else pages


def first_page(instance: str, link: str) -> Sequence[Request]:
    """The request for the page of a post on a Nitter instance."""
    post = x_post(link, host=urlsplit(instance).hostname or "")
    if post is None:
        raise FetchError(Reason(ReasonCode.NO_LINK_TO_X, names=(link,)))
    return (Request(f"{instance}/{post.handle}/status/{post.post_id}", "the post and its first replies", "1"),)


def next_pages(request: Request, payload: Payload, *, deep: bool) -> Sequence[Request]:
    """The page that a status page's "Load more" leads to; with `deep`, those that its cut chains lead to as well.

    Raises FetchError where it is Nitter's word that there is no such page, Unreachable where there may be one later.
    """
    page = parsed_page(payload.data.decode("utf-8", "replace"), payload.name)
    if (panel := page.css_first(".error-panel")) is not None and page.css_first(".main-tweet") is None:
        said = " ".join(panel.text(separator=" ").split())[:200]
        kind = Unreachable if re.search("rate.?limit", said, re.IGNORECASE) else FetchError
        raise kind(Reason(ReasonCode.INSTANCE_SAYS, names=(urlsplit(request.url).netloc, said)))
    links = [link.attributes.get("href") or "" for link in page.css(".show-more a")]
    # A page without a reply still leads on to another one like it.
    cursors = [link for link in links if "cursor=" in link][:1] if page.css(".replies > .reply") else []
    chains = page.css(".more-replies a[href]") if deep else []
    found = [page_after(request, joined(request.url, link.partition("#")[0])) for link in cursors]
    for link in chains:
        url = joined(request.url, (link.attributes.get("href") or "").partition("#")[0])
        # What stands above a chain is on this page.
        if "earlier-replies" not in (_class_above(link)):
            found.append(Request(url, "answers to a reply", "1", request.depth + 1))
    return found


def _class_above(node: "LexborNode") -> str:
    """The classes of the element around `node`."""
    return (node.parent.attributes.get("class") or "") if node.parent is not None else ""


def page_after(request: Request, url: str) -> Request:
    """The request for the page that follows the one that `request` was for."""
    number = int(request.kind or 1) + 1
    return Request(url, f"replies, page {number}", str(number), request.depth)
