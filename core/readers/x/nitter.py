"""A Nitter status page as HTML, saved by a browser or fetched.

The page's shape is that of zedeus/nitter: `.main-tweet` is the post, `.after-tweet` its author's continuation,
each `.reply` a chain in which every post answers the one before it.
"""

import re
from typing import TYPE_CHECKING

from core.errors import PayloadError
from core.models import Post, Problem, Reading, TextLoss
from core.readers.kit.document import Document, Kind
from core.readers.kit.fetcher_errors import fetcher_error
from core.readers.kit.fields import NO_ID
from core.readers.kit.html_page import parsed_page
from core.readers.kit.mending import hash_id
from core.readers.kit.readings import thread_reading
from core.readers.x.nitter_links import ABOVE
from core.readers.x.nitter_post import classes_of, is_quoted, own_link, page_host, page_post, shared_by
from core.reasons import Reason, ReasonCode
from core.text.names import account_key
from core.text.x_posts import XLink, linked_id, linked_post

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SIGN = re.compile(r"""\bmain-tweet\b|tweet-content media-body|\berror-panel\b|content=["']?Nitter\b""", re.IGNORECASE)

_EDGE = 2_000
"""Characters at a page's ends in which it says that it begins and ends."""


class NitterReader:
    """The HTML of a Nitter page that shows one post and its replies."""

    name = "nitter"
    title = "Nitter status page (HTML)"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

    def detects(self, document: Document) -> bool:
        """Whether this is a page with a Nitter post, or with Nitter's error panel."""
        return document.kind is Kind.HTML and bool(_SIGN.search(document.text))

    def read(self, document: Document) -> list[Reading]:
        """One reading, with the post where the page shows it."""
        page = parsed_page(document.text, document.name)
        panel = page.css_first(".error-panel")
        main = page.css_first(".main-tweet .timeline-item")
        replies = page.css(".replies > .reply")
        if panel is not None and main is None:
            raise fetcher_error(" ".join(panel.text(separator=" ").split())[:500] or "an error", document.name)
        about = _page_link(page)
        if main is None and not (replies and about):
            raise PayloadError(Reason(ReasonCode.NITTER_WITHOUT_POST, names=(document.name,)))
        thread = _Thread(document.captured_at, about, page_host(page.root))
        if main is not None:
            thread.add_root(main)
            thread.add_around(page)
        for chain in replies:
            thread.add_chain(chain)
        if ends_early(document.text):
            thread.reasons.append(Reason(ReasonCode.HALF_PAGE))
        if _leads_on(page):
            thread.reasons.append(Reason(ReasonCode.FURTHER_REPLY_PAGES))
        return [thread.reading(self.name)]


def ends_early(text: str) -> bool:
    """Whether a page begins as a whole one and does not end as one."""
    return "<html" in text[:_EDGE].lower() and "</html" not in text[-_EDGE:].lower()


def _page_link(page: "LexborHTMLParser") -> XLink | None:
    """The post that the page is about, from its canonical link."""
    links = page.css('link[rel="canonical"], a.icon-bird')
    return next((found for link in links if (found := linked_post(link.attributes.get("href")))), None)


def _leads_on(page: "LexborHTMLParser") -> bool:
    """Whether the page links to the next page of replies."""
    return any("cursor=" in (link.attributes.get("href") or "") for link in page.css(".show-more a"))


class _Thread:
    """What has been found on the page so far."""

    def __init__(self, captured_at: int | None, about: XLink | None, page_host: str) -> None:
        self.captured_at, self.about, self.page_host = captured_at, about, page_host
        self.root_id = about.post_id if about else ""
        self.root: Post | None = None
        self.posts: list[Post] = []
        self.problems: list[Problem] = []
        self.reasons: list[Reason] = []
        self.cut_chains = 0
        self.chains_without_link = 0
        """Those of which nothing says where they go on, as below a post that is not shown."""
        self.nameless = 0
        """Posts that are not shown, of which nothing tells which they are."""

    def reading(self, name: str) -> Reading:
        """The page as a Reading."""
        if self.cut_chains:
            self.reasons.append(Reason(ReasonCode.CUT_CHAINS, (self.cut_chains,)))
        if self.chains_without_link:
            self.reasons.append(Reason(ReasonCode.CUT_CHAINS_WITHOUT_LINK, (self.chains_without_link,)))
        if self.nameless:
            self.problems.append(Problem("replies", Reason(ReasonCode.WITHHELD_BY_X, (self.nameless,))))
        return thread_reading(
            name, self.root_id, self.posts, tool="Nitter", reasons=self.reasons, problems=self.problems
        )

    def add_root(self, node: "LexborNode") -> None:
        """Take the main post; its id decides which thread this is."""
        own = own_link(node)
        post_id = own.post_id or self.root_id
        if not post_id:
            raise PayloadError(Reason(ReasonCode.NITTER_WITHOUT_ID))
        passed_on = shared_by(node)
        root = page_post(node, post_id, own.link, None, self.captured_at, self.page_host)
        if passed_on and self.about and self.about.post_id != post_id:
            # The page is about the share, and shows the original in its place.
            root = root.with_changes(id=self.about.post_id, shared_by=self.about.handle)
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
        first = next((one for one in named if not is_quoted(one)), None)
        answered = {_handle(link.text()) for link in first.css("a")} if first is not None else set()
        answers_root = True
        if answered and self.root and self.root.author:
            author = chain.css_first(".username")
            own = author is not None and _handle(author.text()) == account_key(self.root.author)
            answers_root = own or account_key(self.root.author) in answered
        self._add_items(chain.css(".timeline-item"), self.root_id if answers_root else None, "reply")

    def _add_items(self, nodes: "list[LexborNode]", parent: str | None, label: str) -> None:
        """Take posts of which each answers the one before it."""
        unnamed: list[Post] = []
        for node in nodes:
            if _is_more(node):
                if _leads_to_post(node):
                    self.cut_chains += 1
                else:
                    self.chains_without_link += 1
                if "earlier-replies" in classes_of(node):
                    parent = None
                continue
            own = own_link(node)
            post_id = own.post_id or f"{NO_ID}{label}{len(self.posts)}"
            post = page_post(node, post_id, own.link, parent, self.captured_at, self.page_host)
            if not own.post_id and post.status != "live":
                unnamed.append(post)
                continue
            parent = self._add(post, unnamed)
            unnamed = []
        self.nameless += len(unnamed)

    def _add(self, post: Post, unnamed: list[Post]) -> str:
        """Take a post and, before it, what it answers that has no id, which is called after it; the post's id."""
        if post.id.startswith(NO_ID):
            self.problems.append(Problem(post.id.removeprefix(NO_ID), Reason(ReasonCode.LINK_MISSING)))
        parent = unnamed[0].parent_id if unnamed else post.parent_id
        for number, gone in enumerate(unnamed):
            called = hash_id(None, str(len(unnamed) - number), post.id)
            self.posts.append(gone.with_changes(id=called, parent_id=parent))
            parent = called
        self.posts.append(post.with_changes(parent_id=parent))
        return post.id


def _is_more(node: "LexborNode") -> bool:
    """Whether an item is a link to more posts, not a post."""
    classes = classes_of(node)
    return "more-replies" in classes or "show-more" in classes


def _leads_to_post(node: "LexborNode") -> bool:
    """Whether a link to more posts leads to one; number 0 is none."""
    return any((linked_id(link.attributes.get("href")) or "").strip("0") for link in node.css("a[href]"))


def _handle(text: str) -> str:
    """A handle as it is compared."""
    return account_key(text.strip().lstrip("@"))
