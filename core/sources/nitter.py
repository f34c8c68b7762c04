"""Nitter: the status pages of instances that the user names, all pages of replies by their cursors."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from core.errors import FetchError
from core.models import Payload
from core.reasons import Reason, ReasonCode
from core.sources.nitter_pages import judge_page, next_pages
from core.text.x_posts import XLink, x_post
from core.transport import Notify, Request, SourceSettings, Transport
from core.transport.addresses import host_of

PAUSE = 1.0
"""Seconds between two pages, for instances are run by volunteers."""


class NitterSource:
    """Fetches status pages of Nitter over HTTP, of the first instance that has them."""

    name = "nitter"
    title = "Nitter"
    formats: tuple[str, ...] = ("nitter",)
    fetches = "posts of X, on instances of yours"

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings
        self.reasons_settled_by_all_pages = settled_by_all_pages(settings)

    def takes(self, link: str) -> bool:
        """Whether this is a link to a post of X, or to a page of an instance."""
        return post_of(link, self._settings.nitter) is not None

    def begin(self, link: str) -> Sequence[Request]:
        """The request for the first page of the post."""
        if not self._settings.nitter:
            raise FetchError(Reason(ReasonCode.NO_INSTANCE))
        return first_page(self._settings.nitter, link)

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """The next page of replies."""
        return next_pages(request, payload, deep=self._settings.deep)

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """A transport over HTTP."""
        from core.transport.web import web_transport

        return web_transport(self._settings, notify, places=self._settings.nitter, judge=judge_page, pause=PAUSE)


def settled_by_all_pages(settings: SourceSettings) -> frozenset[ReasonCode]:
    """The reasons that no longer hold where all pages of an instance have come."""
    pages = frozenset((ReasonCode.FURTHER_REPLY_PAGES,))
    return pages | {ReasonCode.CUT_CHAINS} if settings.deep else pages


def post_of(link: str, instances: Sequence[str]) -> XLink | None:
    """The post that a link leads to, on X, on a site that shows its posts, or on one of the instances."""
    hosts = [host_of(one).rpartition(":")[0].strip("[]") for one in instances]
    return next((found for host in ["", *hosts] if (found := x_post(link, host=host))), None)


def first_page(instances: Sequence[str], link: str) -> Sequence[Request]:
    """The request for the page of a post on the first of the instances."""
    post = post_of(link, instances)
    if post is None:
        raise FetchError(Reason(ReasonCode.NO_LINK_TO_X, names=(link,)))
    url = f"{instances[0].rstrip('/')}/{post.handle}/status/{post.post_id}"
    return (Request(url, "the post and its first replies", "1"),)
