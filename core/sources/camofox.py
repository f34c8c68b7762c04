"""Nitter's status pages through a real browser: the Camofox server, for instances that let only browsers in."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager

from core.errors import FetchError, Unreachable
from core.models import Payload
from core.readers.kit.page_kinds import asks_who, is_rate_limit, page_kind
from core.readers.x.aria import AriaNode, aria_nodes
from core.reasons import Reason, ReasonCode
from core.sources import nitter
from core.sources.json_answer import object_of
from core.sources.nitter_pages import chain_pages, judge_page, next_pages, page_address, page_after
from core.text.x_posts import linked_id
from core.transport import Notify, Request, SourceSettings, Transport
from core.transport.addresses import spoken_host
from core.transport.answers import Answer, TryAgain, excerpt

_INSTANCE = "https://nitter.net"
"""Where pages are looked for unless the user names an instance."""
_SNAPSHOT = b"{"
"""What an answer begins with that is a snapshot in JSON, not a page."""


class CamofoxSource:
    """Status pages through a Camofox server, of the first instance that has them."""

    name = "camofox"
    title = "Camofox"
    formats = ("nitter", "camofox")
    fetches = "posts of X, on Nitter through a real browser"

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings
        self.reasons_settled_by_all_pages = nitter.settled_by_all_pages(settings)
        self._instances = settings.nitter or (_INSTANCE,)

    def takes(self, link: str) -> bool:
        """Whether this is a link to a post of X, or to a page of an instance."""
        return nitter.post_of(link, self._instances) is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The request for the first page of the post."""
        return nitter.first_page(self._instances, link)

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The next page of replies and what the cut chains lead to, be this one a page or a snapshot of it."""
        if not payload.data.startswith(_SNAPSHOT):
            return next_pages(request, payload, deep=self._settings.deep)
        return list(_pages_after_snapshot(request, payload, deep=self._settings.deep))

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """A tab of the browser."""
        from core.transport.browser.transport import browser_transport

        return browser_transport(self._settings, notify, places=self._instances, judge=_judge, pause=nitter.PAUSE)


def _judge(request: Request, answer: Answer) -> None:
    """Take an answer that is the page which was asked for, or a snapshot of it; see `judge_page`."""
    if not answer.data.startswith(_SNAPSHOT):
        judge_page(request, answer, ReasonCode.BROWSER_SHOWS)
        return
    nodes = _nodes(Payload(request.url, answer.data))
    asked, host = linked_id(request.url), spoken_host(answer.url)
    shown = [found for node in nodes if (found := linked_id(node.url))]
    if asked in shown:
        return
    if shown:
        raise FetchError(Reason(ReasonCode.OTHER_POST, names=(host, shown[0])))
    said = excerpt(" ".join(node.text for node in nodes if not node.is_link)).rstrip(".")
    if is_rate_limit(said):
        raise TryAgain(Reason(ReasonCode.SAYS, names=(said,)), is_limit=True)
    if asks_who(said):
        raise Unreachable(Reason(ReasonCode.BROWSER_SHOWS, names=(host, page_kind(said), f" (“{said}”)")))
    raise FetchError(Reason(ReasonCode.INSTANCE_SAYS, names=(host, said)))


def _pages_after_snapshot(request: Request, payload: Payload, *, deep: bool) -> Iterator[Request]:
    """What the links of a snapshot lead to, as those of a page do; see `next_pages`."""
    base = page_address(request, payload)
    nodes = [node for node in _nodes(payload) if node.url]
    for node in nodes:
        if "cursor=" in (node.url or ""):
            yield page_after(request, base, node.url or "")
    for node in nodes if deep else ():
        if node.text == "more replies":
            yield from chain_pages(request, base, node.url or "")


def _nodes(payload: Payload) -> list[AriaNode]:
    """The texts and links of a snapshot."""
    return aria_nodes(str(object_of(payload).get("snapshot") or ""))
