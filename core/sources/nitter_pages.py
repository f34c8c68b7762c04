"""What an instance of Nitter answers with: whether that is the page which was asked for, and where the page leads."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import FetchError, PayloadError, Unreachable
from core.models import Payload
from core.readers.kit.html_page import parsed_page
from core.readers.kit.page_kinds import is_rate_limit, page_kind, page_title, panel_words
from core.readers.x.nitter import ends_early
from core.reasons import Reason, ReasonCode
from core.text.links import origin
from core.text.x_posts import linked_id
from core.transport import Request
from core.transport.addresses import at_place, is_of_origin, joined, spoken_host
from core.transport.answers import Answer, TryAgain

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


def judge_page(request: Request, answer: Answer, shows: ReasonCode = ReasonCode.INSTANCE_SHOWS) -> None:
    """Take an answer that is the page which was asked for; `shows` is what to say of one that is no page of Nitter.

    Raises TryAgain for half a page and a rate limit, Unreachable for a page of another kind, whatever its status says,
    and FetchError where Nitter says that it has no such post, or the page is another post's.
    """
    text = answer.data.decode("utf-8", "replace")
    host = spoken_host(answer.url)
    try:
        page = parsed_page(text, request.url)
    except PayloadError as error:
        raise FetchError(error.reason) from error
    if page.css_first(".main-tweet") is None and page.css_first(".replies > .reply") is None:
        raise _no_post(host, text, shows)
    if ends_early(text):
        raise TryAgain(Reason(ReasonCode.HALF_PAGE))
    asked, shown = linked_id(request.url), _ids(page)
    if asked and shown and asked not in shown:
        raise FetchError(Reason(ReasonCode.OTHER_POST, names=(host, shown[0])))


def _no_post(host: str, text: str, shows: ReasonCode) -> TryAgain | FetchError:
    """What to say of a page that shows no post."""
    if said := panel_words(text):
        if is_rate_limit(said):
            return TryAgain(Reason(ReasonCode.SAYS, names=(said.rstrip("."),)), is_limit=True)
        return FetchError(Reason(ReasonCode.INSTANCE_SAYS, names=(host, said.rstrip("."))))
    return Unreachable(Reason(shows, names=(host, page_kind(text), page_title(text))))


def _ids(page: "LexborHTMLParser") -> list[str]:
    """The ids of the post that a page is about: a share is shown as what was shared."""
    links = page.css('link[rel="canonical"]') + page.css(".main-tweet .tweet-date a, .main-tweet a.unavailable-box")
    return [found for link in links if (found := linked_id(link.attributes.get("href")))]


def next_pages(request: Request, payload: Payload, *, deep: bool) -> Sequence[Request]:
    """The page that a status page's "Load more" leads to; with `deep`, those that its cut chains lead to as well.

    Where they lead outside of the instance, whoever asks for them says so.
    """
    page, base = parsed_page(payload.data.decode("utf-8", "replace"), payload.name), page_address(request, payload)
    links = [link.attributes.get("href") or "" for link in page.css(".show-more a")]
    # A page without a reply still leads on to another one like it.
    cursors = [link for link in links if "cursor=" in link] if page.css(".replies > .reply") else []
    found = [page_after(request, base, link) for link in cursors]
    for link in page.css(".more-replies a[href]") if deep else ():
        # What stands above a chain is on this page.
        if "earlier-replies" not in _class_above(link):
            found += chain_pages(request, base, link.attributes.get("href") or "")
    return found


def page_address(request: Request, payload: Payload) -> str:
    """The address of a page at the place where it was asked for first, whatever instance has answered in the end."""
    return at_place(payload.name, origin(request.url))


def page_after(request: Request, base: str, link: str) -> Request:
    """The request for the page that follows the one that `request` was for; its link stands on the page at `base`."""
    number = int(request.kind or 1) + 1
    return Request(joined(base, link.partition("#")[0]), f"replies, page {number}", str(number), request.depth)


def chain_pages(request: Request, base: str, link: str) -> Sequence[Request]:
    """The request for the page of a post below which the page at `base` cuts a chain short.

    None for another page of the instance, which has no answers; readers say that such a chain leads nowhere.
    """
    url = joined(base, link.partition("#")[0])
    if is_of_origin(url, base) and not (linked_id(url) or "").strip("0"):
        return ()
    return (Request(url, "answers to a reply", "1", request.depth + 1),)


def _class_above(node: "LexborNode") -> str:
    """The classes of the element around `node`."""
    return (node.parent.attributes.get("class") or "") if node.parent is not None else ""
