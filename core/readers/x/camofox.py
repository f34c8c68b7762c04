"""A Nitter status page as the Camofox browser's snapshot: its JSON reply, or the text alone.

A snapshot has lost line breaks, and where links stand in a text some white space: the HTML page is better.
"""

import re

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading, TextLoss
from core.readers.kit.document import Document, Kind
from core.readers.kit.fetcher_errors import fetcher_error
from core.readers.kit.fields import JsonObject
from core.readers.kit.mending import hash_id
from core.readers.kit.readings import thread_reading
from core.readers.kit.times import PostTime, post_time
from core.readers.x.aria import AriaNode, aria_nodes
from core.readers.x.entities import status_of
from core.readers.x.nitter_links import ABOVE, may_be_put_in
from core.readers.x.snapshot_posts import Block, GonePost, is_cut_chain_without_link, post_blocks
from core.reasons import Reason, ReasonCode
from core.text.x_posts import NOBODY, XLink, is_on_x, linked_id

_WINDOW = re.compile(r"\n?\[\.\.\. truncated at char (\d+) of (\d+)\.[^\n]*\.\.\.\]\n?")
_LONGEST_MESSAGE = 300


class CamofoxReader:
    """Camofox's snapshot of a Nitter page that shows one post and its replies."""

    name = "camofox"
    title = "Camofox snapshot of a Nitter status page (JSON or text)"
    site = "x.com"
    long_list = None
    losses = TextLoss.LINE_BREAKS | TextLoss.OTHER_WORDS

    def detects(self, document: Document) -> bool:
        """Whether this is a snapshot, or Camofox's reply that holds one."""
        value = document.value
        if isinstance(value, dict):
            return "snapshot" in value and ("refsCount" in value or isinstance(value["snapshot"], str))
        return document.kind is Kind.SNAPSHOT

    def read(self, document: Document) -> list[Reading]:
        """One reading; it is partial where the snapshot is a window on a longer page."""
        problems: list[Problem] = []
        values = document.value if isinstance(document.value, dict) else {"snapshot": document.text}
        reply = JsonObject(values, "", problems, document.captured_at)
        page = _Page(reply.string("snapshot") or "")
        if reply.values.get("truncated") or reply.values.get("hasMore"):
            page.reasons = page.reasons or [Reason(ReasonCode.SNAPSHOT_TRUNCATED)]
        page.problems = problems
        return [page.reading(self.name, document, linked_id(reply.string("url")))]


class _Page:
    """A snapshot's posts, with what is missing from it."""

    def __init__(self, snapshot: str) -> None:
        self.reasons: list[Reason] = []
        self.problems: list[Problem] = []
        self.nodes: list[AriaNode] = []
        self.blocks: list[Block] = []
        self.first_of_tail = -1
        self.nameless = 0
        """Posts that are not shown, and that nothing names."""
        window = _WINDOW.search(snapshot)
        if window is None:
            self.nodes = aria_nodes(snapshot)
            self.blocks = post_blocks(self.nodes)
            return
        self.reasons.append(Reason(ReasonCode.SNAPSHOT_ENDS, (int(window[1]), int(window[2]))))
        # The lines next to the gap may be cut, and the last post before it may lack its end.
        head = aria_nodes(snapshot[: window.start()].rpartition("\n")[0])
        tail = aria_nodes(snapshot[window.end() :].partition("\n")[2])
        self.nodes = head + tail
        self.blocks = post_blocks(head)
        if self.blocks and not self.blocks[-1].is_whole:
            self.blocks.pop()
        self.first_of_tail = len(self.blocks)
        self.blocks += post_blocks(tail)

    def reading(self, name: str, document: Document, page_id: str | None) -> Reading:
        """The page as a Reading."""
        root_id = self._root_id(page_id)
        if root_id is None or not self.blocks:
            raise self._no_thread(document)
        places = [place for place, block in enumerate(self.blocks) if block.post_id == root_id]
        start = places[0] if places else 0
        if start:
            self.problems.append(Problem(ABOVE, Reason(ReasonCode.ABOVE_ROOT, (start,))))
        posts = self._posts(start, root_id, document.captured_at)
        cut = sum(block.is_cut_chain for block in self.blocks)
        if any(node.is_link and "cursor=" in (node.url or "") for node in self.nodes):
            self.reasons.append(Reason(ReasonCode.FURTHER_REPLY_PAGES))
        if cut:
            self.reasons.append(Reason(ReasonCode.CUT_CHAINS, (cut,)))
        if without_link := sum(map(is_cut_chain_without_link, self.nodes)):
            self.reasons.append(Reason(ReasonCode.CUT_CHAINS_WITHOUT_LINK, (without_link,)))
        if self.nameless:
            self.problems.append(Problem("replies", Reason(ReasonCode.WITHHELD_BY_X, (self.nameless,))))
        return thread_reading(name, root_id, posts, tool="Camofox", reasons=self.reasons, problems=self.problems)

    def _root_id(self, page_id: str | None) -> str | None:
        """The id of the post that the page is about, as its address, its main post or its link to X says."""
        links = (node.url or "" for node in self.nodes if node.is_link and is_on_x(node.url or ""))
        main = next((block.post_id for block in self.blocks if not block.has_permalink), None)
        return page_id or next((found for link in links if (found := linked_id(link))), None) or main

    def _no_thread(self, document: Document) -> PayloadError:
        """What to say of a snapshot without a post: the page's own words, where it has few."""
        texts = [node.text for node in self.nodes if not node.is_link and node.text.strip()]
        message = " ".join(texts)
        if message and len(message) <= _LONGEST_MESSAGE:
            return fetcher_error(message, document.name)
        return PayloadError(Reason(ReasonCode.SNAPSHOT_WITHOUT_POST, names=(document.name,)))

    def _posts(self, start: int, root_id: str, captured_at: int | None) -> list[Post]:
        """The posts from the root on; what says "Replying to" answers the root, all else the post before it."""
        posts: list[Post] = []
        before: str | None = root_id
        unnamed: list[GonePost] = []
        for place in range(start, len(self.blocks)):
            block = self.blocks[place]
            parent = root_id if block.is_reply else None if place == self.first_of_tail else before
            if block.is_reply or block.post_id == root_id:
                self.nameless += len(unnamed)
            else:
                for number, gone in enumerate(unnamed):
                    # It is called after the post that answers it.
                    parent = hash_id(None, str(len(unnamed) - number), block.post_id)
                    posts.append(Post(id=parent, text="", status=status_of(gone.words)))
            posts.append(_post(block, None if block.post_id == root_id else parent, captured_at))
            before, unnamed = block.post_id, [gone for gone in block.gone if gone.link is None]
            for gone in block.gone:
                if gone.link:
                    posts.append(_gone_post(gone.link, gone.words))
                    before = gone.link.post_id
            if block.has_spaced_numbers:
                self.problems.append(Problem(f"post {block.post_id}", Reason(ReasonCode.NUMBERS_AT_END)))
        self.nameless += len(unnamed)
        return posts


def _gone_post(link: XLink, words: str) -> Post:
    """A post that is not shown, whose link stands in its place; what it answers is not told."""
    author = link.handle if link.handle != NOBODY else None
    return Post(id=link.post_id, text="", author=author, url=link.address, status=status_of(words))


def _post(block: Block, parent: str | None, captured_at: int | None) -> Post:
    """A block as a post."""
    time = post_time(block.printed_time or block.date, captured_at) or PostTime()
    put_in = any(map(may_be_put_in, block.links))
    return Post(
        id=block.post_id,
        text=block.text,
        author=block.handle or None,
        author_name=block.name or None,
        parent_id=parent,
        **time.as_fields(),
        **block.counts,
        url=block.permalink.address,
        media=tuple(dict.fromkeys(block.media)),
        links=tuple(dict.fromkeys(block.links)),
        flags=(*block.flags, Flag.OTHER_HOST) if put_in else tuple(block.flags),
        losses=TextLoss.HIDDEN_LINKS if put_in else TextLoss.NONE,
        details=tuple(block.details),
    )
