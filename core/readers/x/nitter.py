"""A Nitter status page as HTML, saved by a browser or fetched.

The page's shape is that of zedeus/nitter: `.main-tweet` is the post, `.after-tweet` its author's continuation,
each `.reply` a chain in which every post answers the one before it.
"""

import re
from typing import TYPE_CHECKING, Any

from core.errors import PayloadError
from core.models import Flag, Post, PostStatus, Problem, Reading, TextLoss
from core.readers.kit.counts import printed_count
from core.readers.kit.document import Document, Kind
from core.readers.kit.fetcher_errors import fetcher_error
from core.readers.kit.fields import NO_ID
from core.readers.kit.readings import thread_reading
from core.readers.kit.times import PostTime, post_time
from core.readers.x.nitter_links import ABOVE, media_link, outer_link
from core.reasons import Reason, ReasonCode
from core.text.names import account_key
from core.text.x_posts import XLink, linked_id, linked_post

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SIGN = re.compile(r"""\bmain-tweet\b|tweet-content media-body|\berror-panel\b|content=["']?Nitter\b""", re.IGNORECASE)
_STATS = {"icon-comment": "replies", "icon-retweet": "reposts", "icon-heart": "likes", "icon-views": "views"}
_STATUSES = (
    ("suspended", PostStatus.SUSPENDED),
    ("deleted", PostStatus.DELETED),
    ("protected", PostStatus.PROTECTED),
    ("limits who can", PostStatus.PROTECTED),
)


class NitterReader:
    """The HTML of a Nitter page that shows one post and its replies."""

    name = "nitter"
    title = "Nitter status page (HTML)"
    site = "x.com"
    long_list = None
    losses = TextLoss.SHORT_LINKS

    def detects(self, document: Document) -> bool:
        """Whether this is a page with a Nitter post, or with Nitter's error panel."""
        return document.kind is Kind.HTML and bool(_SIGN.search(document.text))

    def read(self, document: Document) -> list[Reading]:
        """One reading, with the post where the page shows it."""
        from selectolax.lexbor import LexborHTMLParser

        page = LexborHTMLParser(document.text)
        panel = page.css_first(".error-panel")
        main = page.css_first(".main-tweet .timeline-item")
        replies = page.css(".replies > .reply")
        if panel is not None and main is None:
            raise fetcher_error(" ".join(panel.text(separator=" ").split())[:500] or "an error", document.name)
        page_id = _page_id(page)
        if main is None and not (replies and page_id):
            raise PayloadError(Reason(ReasonCode.NITTER_WITHOUT_POST, names=(document.name,)))
        thread = _Thread(document.captured_at, page_id)
        if main is not None:
            thread.add_root(main)
            thread.add_around(page)
        for chain in replies:
            thread.add_chain(chain)
        if _leads_on(page):
            thread.reasons.append(Reason(ReasonCode.FURTHER_REPLY_PAGES))
        return [thread.reading(self.name)]


def _page_id(page: "LexborHTMLParser") -> str:
    """The id of the post that the page is about, from its canonical link."""
    links = page.css('link[rel="canonical"], a.icon-bird')
    return next((found for link in links if (found := linked_id(link.attributes.get("href")))), "")


def _leads_on(page: "LexborHTMLParser") -> bool:
    """Whether the page links to the next page of replies."""
    return any("cursor=" in (link.attributes.get("href") or "") for link in page.css(".show-more a"))


class _Thread:
    """What has been found on the page so far."""

    def __init__(self, captured_at: int | None, page_id: str) -> None:
        self.captured_at = captured_at
        self.root_id = page_id
        self.root: Post | None = None
        self.posts: list[Post] = []
        self.problems: list[Problem] = []
        self.reasons: list[Reason] = []
        self.cut_chains = 0

    def reading(self, name: str) -> Reading:
        """The page as a Reading."""
        if self.cut_chains:
            self.reasons.append(Reason(ReasonCode.CUT_CHAINS, (self.cut_chains,)))
        return thread_reading(
            name, self.root_id, self.posts, tool="Nitter", reasons=self.reasons, problems=self.problems
        )

    def add_root(self, node: "LexborNode") -> None:
        """Take the main post; its id decides which thread this is."""
        root = self._post(node, "root", None)
        if root.id.startswith(NO_ID):
            if not self.root_id:
                raise PayloadError(Reason(ReasonCode.NITTER_WITHOUT_ID))
            root = self._post(node, "root", None, self.root_id)
        self.root_id, self.root = root.id, root
        self.posts.append(root)

    def add_around(self, page: "LexborHTMLParser") -> None:
        """Take the author's continuation, and count what the post itself answers."""
        earlier = [node for node in page.css(".main-thread .before-tweet .timeline-item") if not _is_more(node)]
        if earlier:
            self.problems.append(Problem(ABOVE, Reason(ReasonCode.ABOVE_ROOT, (len(earlier),))))
        self._add_items(page.css(".main-thread .after-tweet .timeline-item"), self.root_id, "continuation")

    def add_chain(self, chain: "LexborNode") -> None:
        """Take one chain of replies."""
        head = chain.css_first(".timeline-item")
        named = head.css(".replying-to") if head is not None else []
        first = next((one for one in named if not _is_quoted(one)), None)
        answered = {_handle(link.text()) for link in first.css("a")} if first is not None else set()
        answers_root = True
        if answered and self.root and self.root.author:
            author = chain.css_first(".username")
            own = author is not None and _handle(author.text()) == account_key(self.root.author)
            answers_root = own or account_key(self.root.author) in answered
        self._add_items(chain.css(".timeline-item"), self.root_id if answers_root else None, "reply")

    def _add_items(self, nodes: "list[LexborNode]", parent: str | None, label: str) -> None:
        """Take posts of which each answers the one before it."""
        for node in nodes:
            if _is_more(node):
                self.cut_chains += 1
                if "earlier-replies" in (node.attributes.get("class") or ""):
                    parent = None
                continue
            post = self._post(node, f"{label}{len(self.posts)}", parent)
            self.posts.append(post)
            parent = post.id

    def _post(self, node: "LexborNode", label: str, parent: str | None, post_id: str | None = None) -> Post:
        """One post of the page."""
        quoted = _without_quotes(node)
        permalink = _permalink(node)
        post_id = post_id or (permalink.post_id if permalink else f"{NO_ID}{label}")
        box = node.css_first(".unavailable-box")
        if box is not None or "unavailable" in (node.attributes.get("class") or "").split():
            status = _status(box.text() if box is not None else "")
            return Post(id=post_id, text="", parent_id=parent, status=status)
        if post_id.startswith(NO_ID):
            self.problems.append(Problem(label, Reason(ReasonCode.LINK_MISSING)))
        content = node.css_first(".tweet-content")
        time = self._time(node)
        counts, flags = _counts(node)
        return Post(
            id=post_id,
            text=_text(content) if content is not None else "",
            author=_titled(node, ".tweet-header .username", "@"),
            author_name=_titled(node, ".tweet-header .fullname", ""),
            parent_id=parent,
            **time.as_fields(),
            **counts,
            url=permalink.address if permalink else None,
            media=_media(node),
            links=tuple(dict.fromkeys([*_outer_links(content), *quoted])),
            flags=flags,
        )

    def _time(self, node: "LexborNode") -> PostTime:
        """The time, from the date's tooltip, which is to the minute, or else from the date itself."""
        date = node.css_first(".tweet-date a")
        if date is None:
            return PostTime()
        full = post_time(date.attributes.get("title"), self.captured_at)
        return full if full and full.posted_at is not None else post_time(date.text(), self.captured_at) or PostTime()


def _is_more(node: "LexborNode") -> bool:
    """Whether an item is a link to more posts, not a post."""
    classes = (node.attributes.get("class") or "").split()
    return "more-replies" in classes or "show-more" in classes


def _handle(text: str) -> str:
    """A handle as it is compared."""
    return account_key(text.strip().lstrip("@"))


def _permalink(node: "LexborNode") -> XLink | None:
    """The link that a post on the page has to itself, or None."""
    links = node.css(".tweet-date a, a.tweet-link")
    return next((found for link in links if (found := linked_post(link.attributes.get("href")))), None)


def _without_quotes(node: "LexborNode") -> list[str]:
    """Take quoted posts out of `node`, for they have names and dates of their own; their links are returned."""
    links = [outer_link(link.attributes.get("href")) for link in node.css(".quote a.quote-link")]
    for quote in node.css(".quote"):
        quote.decompose()
    return [link for link in links if link]


def _titled(node: "LexborNode", selector: str, prefix: str) -> str | None:
    """A name: the element's title, which holds no badges, or else its text."""
    element = node.css_first(selector)
    if element is None:
        return None
    text = element.attributes.get("title") or element.text()
    return text.strip().removeprefix(prefix) or None


def _text(content: "LexborNode") -> str:
    """The text as it is displayed, newlines included."""
    for line_break in content.css("br"):
        line_break.replace_with("\n")
    return content.text()


def _outer_links(content: "LexborNode | None") -> list[str]:
    """Where the links of the text lead; mentions and hashtags aside."""
    links = content.css("a") if content is not None else []
    return [found for link in links if (found := outer_link(link.attributes.get("href")))]


def _media(node: "LexborNode") -> tuple[str, ...]:
    """The originals of the pictures, and the still pictures of the videos."""
    found = [media_link(link.attributes.get("href")) for link in node.css(".attachments a.still-image")]
    for video in node.css(".attachments .video-container img, .attachments video"):
        found.append(media_link(video.attributes.get("src") or video.attributes.get("poster")))
    return tuple(dict.fromkeys(link for link in found if link))


def _is_quoted(node: "LexborNode") -> bool:
    """Whether a part of the page belongs to a post that is quoted inside another."""
    at = node.parent
    while at is not None:
        if "quote" in (at.attributes.get("class") or "").split():
            return True
        at = at.parent
    return False


def _counts(node: "LexborNode") -> tuple[dict[str, Any], tuple[Flag, ...]]:
    """The counts below the post; Nitter prints nothing for 0, and for views that it does not know."""
    found: dict[str, Any] = {}
    flags = []
    for stat in node.css(".tweet-stats .tweet-stat"):
        classes = " ".join(icon.attributes.get("class") or "" for icon in stat.css("[class]")).split()
        name = next((_STATS[one] for one in classes if one in _STATS), None)
        if name and name not in found:
            # A post that is shown has been seen: no number of views is one that the page does not have.
            parsed = printed_count(stat.text().strip() or (None if name == "views" else 0))
            found[name] = parsed.value
            flags += [parsed.flag] if parsed.flag else []
    return found, tuple(flags)


def _status(message: str) -> PostStatus:
    """Why a post is not shown."""
    lower = message.lower()
    return next((status for word, status in _STATUSES if word in lower), PostStatus.UNAVAILABLE)
