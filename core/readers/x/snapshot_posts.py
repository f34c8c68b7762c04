"""Posts in the snapshot of a Nitter page: where each begins, what belongs to its text, and its counts.

A post's block is: a bare link to the post, a bare link to its author, the name, the handle, the date, "Replying
to" with handles, the text in pieces, and the counts behind icons. The main post lacks the first link; a quoted
post lacks the second.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.models import DetailKind, Flag, PostDetail
from core.readers.kit.counts import printed_count
from core.readers.kit.details import alt_texts, detail, poll, quoted_post
from core.readers.x.aria import AriaNode
from core.readers.x.nitter_links import media_link, outer_link, without_icons
from core.readers.x.snapshot_texts import joined, without_poll
from core.text.x_posts import NOBODY, XLink, linked_id, linked_post

_ICON_COMMENT = "\ue803"
_ICON_NAMES = {_ICON_COMMENT: "replies", "\ue80c": "reposts", "\ue801": "likes", "\ue800": "views"}
_COUNTS = re.compile(r"([\ue800-\ue8ff])\s*(\d[\d,.]*[KMBkmb]?)?\s*")
_SPACED_COUNTS = re.compile(r"\s{2,}(\d[\d,]*)\s{2,}(\d[\d,]*)\s{2,}(\d[\d,]*)\s{2,}(\d[\d,]*)\s*$")
_SPACED_NUMBER = re.compile(r"\S {2,}\d[\d,]*$")
_COUNTS_LENGTH = 200
"""Characters at a text's end in which its counts are looked for."""
_PRINTED_TIME = re.compile(r"[A-Z][a-z]{2,3} \d{1,2}, \d{4} · \d{1,2}:\d\d [AP]M UTC")
_UNAVAILABLE = re.compile(
    r"\b(?:tweet|post)\b.*\b(?:unavailable|deleted|withheld|violated)\b|\bage.restricted\b|\bsuspended account\b"
    r"|\bno longer exists\b|\blimits who can\b",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"\s*[–—-]\s*at\s*$")
_NOTE = re.compile(r"(?:^|\s)\ue0c3\s?Community note(?:\s|$)")
_ALT = re.compile(r"ALT\s+")
_FURNITURE = frozenset(("There's a new version of this post.", "See the latest post", "Show this thread"))
"""What Nitter says of a post and of a quoted one, among their words."""


@dataclass(slots=True)
class Block:
    """A post as it stands in a snapshot."""

    handle: str
    name: str
    date: str
    permalink: XLink
    has_permalink: bool
    """Whether a bare link to the post stands before it, as before all but the main post."""
    is_reply: bool = False
    """Whether it says "Replying to"; in a chain of replies only the first does."""
    text: str = ""
    printed_time: str | None = None
    counts: dict[str, Any] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    details: list[PostDetail] = field(default_factory=list)
    is_cut_chain: bool = False
    """Whether "more replies" follows."""
    gone: list["GonePost"] = field(default_factory=list)
    """The posts that cannot be shown and stand behind it."""
    has_spaced_numbers: bool = False
    """Whether the text ends in numbers that may be counts."""

    @property
    def post_id(self) -> str:
        """The id of the post, which its permalink gives."""
        return self.permalink.post_id

    @property
    def is_whole(self) -> bool:
        """Whether the counts, which end a post, were there."""
        return bool(self.counts)


@dataclass(frozen=True, slots=True)
class GonePost:
    """What stands in the place of a post that cannot be shown."""

    link: XLink | None
    """Its own link, which Nitter gives since 2026."""
    words: str
    """Why it cannot be shown."""


def post_blocks(nodes: list[AriaNode]) -> list[Block]:
    """The posts among `nodes`, in the page's order."""
    starts = list(_starts(nodes))
    found = []
    for number, (_, header, block) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(nodes)
        _fill(block, nodes[header + 2 : end])
        found.append(block)
    return found


def _starts(nodes: list[AriaNode]) -> Iterator[tuple[int, int, Block]]:
    """For each post: the place of its first node, the place of its handle, and the block to fill."""
    for place in range(1, len(nodes) - 1):
        status = _header(nodes, place)
        if status is None:
            continue
        name_place = place - 1 if nodes[place - 1].is_link else place - 2
        first = name_place - 1
        if _is_quote(nodes, first):
            continue
        start = first if first >= 0 and _is_bare(nodes[first]) else max(name_place, 0)
        before = nodes[start - 1] if start > 0 else None
        has_permalink = before is not None and _leads_to_post(before)
        name = without_icons(nodes[name_place].text).strip() if name_place >= 0 else ""
        block = Block(
            handle=nodes[place].text.strip().removeprefix("@"),
            name=name,
            date=nodes[place + 1].text,
            permalink=status,
            has_permalink=has_permalink,
        )
        yield (start - 1 if has_permalink else start), place, block


def _header(nodes: list[AriaNode], place: int) -> XLink | None:
    """The date's link, if a handle with its date stands at `place`."""
    handle, date = nodes[place], nodes[place + 1]
    if not (handle.is_link and handle.text.startswith("@") and date.is_link and date.text):
        return None
    return linked_post(date.url)


def _is_bare(node: AriaNode) -> bool:
    """Whether a node is a link without a name."""
    return node.is_link and not node.text


def _leads_to_post(node: AriaNode) -> bool:
    """Whether a node is a bare link to a post."""
    return _is_bare(node) and linked_id(node.url) is not None


def _is_quote(nodes: list[AriaNode], before_name: int) -> bool:
    """Whether the name after `before_name` is that of a quoted post: no picture of its author stands between."""
    return before_name >= 0 and _leads_to_post(nodes[before_name])


@dataclass(slots=True)
class _Parts:
    """What stands between a post's date and its counts, told apart."""

    words: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    quote_url: str | None = None
    quote_author: str | None = None
    is_named: bool = False
    """Whether the quoted post's name, handle and date have come."""
    pictures: list[tuple[str | None, str | None]] = field(default_factory=list)
    """Description and link."""
    is_noted: bool = False

    @property
    def current(self) -> list[str]:
        """The part to which the next words belong."""
        return self.note if self.is_noted else self.quoted if self.quote_url else self.words

    def say(self, text: str) -> None:
        """Take words, which may lead from the post to the note that readers have made."""
        before, *after = _NOTE.split(text, maxsplit=1)
        self._add(before)
        if after:
            self.is_noted = True
            self._add(after[0])

    def _add(self, text: str) -> None:
        """Take words of one part."""
        if (text := without_icons(text)).strip():
            self.current.append(text)


def _fill(block: Block, body: list[AriaNode]) -> None:
    """Read what stands between a post's date and the next post."""
    parts = _Parts()
    for node in (one for one in body[_skip_replying_to(block, body) :] if one.text.strip() not in _FURNITURE):
        if block.counts:
            _after_counts(block, node)
        elif node.role == "paragraph":
            _take_paragraph(block, node, parts)
        elif node.is_link:
            _take_link(block, node, parts)
        elif text := _without_counts(block, node.text):
            parts.say(text)
    block.text, choices = without_poll(joined(parts.words))
    block.details += [
        *(quoted_post(parts.quote_author, joined(parts.quoted), parts.quote_url) if parts.quote_url else ()),
        *poll(choices),
        *detail(DetailKind.COMMUNITY_NOTE, joined(parts.note)),
        *alt_texts(parts.pictures),
    ]


def _take_paragraph(block: Block, node: AriaNode, parts: _Parts) -> None:
    """Take the time of the main post, or the description of the picture before it."""
    text = node.text.strip()
    if _PRINTED_TIME.fullmatch(text):
        block.printed_time = text
    elif (alt := _ALT.match(text)) and parts.pictures:
        parts.pictures[-1] = (text[alt.end() :], parts.pictures[-1][1])


def _skip_replying_to(block: Block, body: list[AriaNode]) -> int:
    """The place after "Replying to" and its handles; a handle that comes again belongs to the text."""
    if not body or body[0].text.strip() != "Replying to":
        return 0
    block.is_reply = True
    named: set[str] = set()
    place = 1
    while place < len(body) and body[place].is_link and body[place].text.startswith("@"):
        if body[place].text.casefold() in named:
            break
        named.add(body[place].text.casefold())
        place += 1
    return place


def _take_link(block: Block, node: AriaNode, parts: _Parts) -> None:
    """Put a link of the body where it belongs: media, the list of links, the quoted post, the text."""
    url = node.url or ""
    if "/pic/" in url or "/video/" in url:
        picture = media_link(url)
        if picture and not parts.quote_url:
            block.media.append(picture)
            parts.pictures.append((None, picture))
        return
    target = outer_link(url)
    if parts.current is parts.words:
        # Those of the quoted post and of the note are theirs.
        block.links += [target] if target else []
    if "q=place" in url:
        parts.words[-1:] = [_PLACE_BEFORE.sub("", one) for one in parts.words[-1:]]
        block.details += detail(DetailKind.PLACE, node.text)
    elif (post := linked_post(url)) and (not node.text or _UNAVAILABLE.search(node.text)):
        parts.quote_url = parts.quote_url or post.address
        if node.text:
            parts.quote_author, parts.is_named = post.handle if post.handle != NOBODY else None, True
    elif parts.quote_url and not parts.is_named:
        parts.is_named = linked_id(url) is not None
        if node.text.startswith("@"):
            parts.quote_author = node.text.strip().removeprefix("@")
    elif not node.is_card and without_icons(node.text).strip():
        parts.current.append(target or node.text)


def is_cut_chain_without_link(node: AriaNode) -> bool:
    """Whether a node is the "more replies" that Nitter prints without a link, below a post that is not shown."""
    text = node.text.strip()
    before = text.removesuffix("more replies")
    return not node.is_link and text != before and (not before or bool(_UNAVAILABLE.search(before)))


def _after_counts(block: Block, node: AriaNode) -> None:
    """Note what stands between a post and the next one."""
    if node.is_link and node.text == "more replies":
        block.is_cut_chain = True
    elif _UNAVAILABLE.search(node.text[:_COUNTS_LENGTH]):
        link = linked_post(node.url) if node.is_link else None
        if link or not node.is_link:
            # Nitter links a post whose id it does not know as number 0.
            block.gone.append(GonePost(link if link and link.post_id.strip("0") else None, node.text))


def _without_counts(block: Block, text: str) -> str:
    """`text` without the counts at its end, which go to the block."""
    start = text.rfind(_ICON_COMMENT)
    if start < 0:
        end = max(0, len(text) - _COUNTS_LENGTH)
        spaced = _SPACED_COUNTS.search(text, end)
        if spaced:
            _keep_counts(block, zip(_ICON_NAMES.values(), spaced.groups(), strict=True))
            return text[: spaced.start()].rstrip()
        block.has_spaced_numbers = block.has_spaced_numbers or bool(_SPACED_NUMBER.search(text, end))
        return text
    rest = start
    pairs: list[tuple[str, str]] = []
    while match := _COUNTS.match(text, rest):
        rest = match.end()
        if match[1] in _ICON_NAMES:
            pairs.append((_ICON_NAMES[match[1]], match[2] or "0"))
    _keep_counts(block, pairs)
    behind = text[rest : rest + _COUNTS_LENGTH]
    block.gone += [GonePost(None, behind)] if _UNAVAILABLE.search(behind) else []
    return text[:start].strip()


def _keep_counts(block: Block, pairs: "Iterator[tuple[str, str]] | list[tuple[str, str]]") -> None:
    """Note a post's counts, given as names and printed numbers."""
    for name, printed in pairs:
        parsed = printed_count(printed)
        block.counts[name] = parsed.value
        block.flags += [parsed.flag] if parsed.flag else []
