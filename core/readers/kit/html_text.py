"""HTML that people posted, as the text that its network shows, with its links and pictures."""

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from core.readers.kit.html_page import is_costly
from core.text.links import web_link
from core.text.storable import storable

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SPACE = re.compile(r"[ \t\n\r\f]+")
_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)
_CUT = re.compile(r"…|\.\.\.")
_CODED = re.compile(r":[^:\s]{1,100}:|\[[^\[\]]{1,40}\]")
"""How a network writes an emoji of its own, as `:smile:` or `[心]`."""
_APART = dict.fromkeys(("p", "blockquote", "pre", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "table"), 2)
_BLOCKS = _APART | dict.fromkeys(
    [
        "div",
        "li",
        "tr",
        "dt",
        "dd",
        "aside",
        "article",
        "section",
        "header",
        "footer",
        "details",
        "summary",
        "figure",
        "figcaption",
        "hr",
    ],
    1,
)
"""Elements that begin and end a line -> newlines around them."""
_UNSHOWN = frozenset(("script", "style", "template", "noscript", "title", "svg", "iframe", "video", "audio", "object"))
_FURNITURE = frozenset(("meta", "quote-controls", "poll-info"))
"""Classes of what Discourse puts around pictures, quotations and polls."""
_INSTEAD = "quote-inline"
"""The class of the link that fediverse servers write for those who do not show what a post quotes."""
_NAMING = frozenset(("mention", "hashtag", "mention-group", "hashtag-cooked"))
"""Classes of links that lead to a person or a tag."""
_DEEPEST = 9
"""Quotations inside quotations that are marked."""
_MOST_TAGS = 5000
"""Nobody's post has more, and the parser's time grows with the square of their depth."""
_TAG = re.compile(r"<[^<>]*>")


class HtmlText(NamedTuple):
    """What a reader of the network sees."""

    text: str
    links: tuple[str, ...] = ()
    """Where links lead, mentions and hashtags aside."""
    images: tuple[str, ...] = ()
    """Pictures other than emoji."""


def html_text(html: str) -> str:
    """The text of `html`.

    Paragraphs are a blank line apart, quotations begin with `> `, a link whose text is cut shows its whole address,
    and an emoji that is a picture shows its name.
    """
    return html_as_text(html).text


def html_as_text(html: str) -> HtmlText:
    """The text of `html`, as in `html_text`, with its links and pictures."""
    # The parser would drop half a character without a trace.
    html = storable(html)
    if "<" not in html:
        return HtmlText(_SPACE.sub(" ", unescape(html) if "&" in html else html).strip(" "))
    if html.count("<") > _MOST_TAGS or is_costly(html):
        return HtmlText(_SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip(" "))
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(html)
    walk = _Walk()
    body = page.body or page.root
    if body is not None:
        walk.through(body)
    return HtmlText(walk.lines.text(), tuple(dict.fromkeys(walk.links)), tuple(dict.fromkeys(walk.images)))


class _Lines:
    """Text that is written piece by piece, with white space as a browser shows it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.line = ""
        self.due = 0
        """Newlines that come before the next text."""
        self.marker = ""
        """What the next text begins with: the dot or number of a list's entry."""
        self.quoted = 0
        """Quotations that are open."""

    def text(self) -> str:
        """All that was written, without empty lines at its ends."""
        if self.line:
            self.end_line()
        return "\n".join(self.done).strip("\n")

    def apart(self, newlines: int) -> None:
        """Begin a new line, with empty ones before it, if anything comes before and after it."""
        self.due = max(self.due, newlines)

    def write(self, text: str) -> None:
        """Add text in which white space is only a gap."""
        text = _SPACE.sub(" ", text)
        if self.due or not self.line or self.line.endswith(" "):
            text = text.lstrip(" ")
        if text:
            self.add(text)

    def write_as_is(self, text: str) -> None:
        """Add text whose newlines and spaces are meant."""
        first, *others = text.replace("\r\n", "\n").split("\n")
        self.add(first)
        for other in others:
            self.end_line()
            self.add(other)

    def add(self, text: str) -> None:
        """Add to the line, after the newlines that are due."""
        if not text:
            return
        if self.due and (self.done or self.line):
            if self.line:
                self.end_line()
            mark = ("> " * min(self.quoted, self._depth())).rstrip()
            self.done += [mark] * (self.due - 1)
        self.due = 0
        if not self.line:
            self.line = "> " * min(self.quoted, _DEEPEST)
        self.line += self.marker + text
        self.marker = ""

    def end_line(self) -> None:
        """Begin a new line at once."""
        self.done.append((self.line or "> " * min(self.quoted, _DEEPEST)).rstrip(" "))
        self.line = ""

    def _depth(self) -> int:
        """How many quotations the last line stands in."""
        last = self.done[-1]
        return min(_DEEPEST, (len(last) - len(last.lstrip("> ")) + 1) // 2)


class _Walk:
    """A way through the elements, in their order."""

    def __init__(self) -> None:
        self.lines = _Lines()
        self.links: list[str] = []
        self.images: list[str] = []
        self.anchors = 0
        self.verbatim = 0
        self.lists: list[int | None] = []
        """The lists that are open: the number of the last entry, or None where they have dots."""

    def through(self, top: "LexborNode") -> None:
        """Walk through all that is in `top`."""
        pending: list[tuple[LexborNode, bool]] = [(top, False)]
        while pending:
            node, was_open = pending.pop()
            if was_open:
                self.leave(node.tag or "")
            elif node.is_text_node:
                self.say(node.text_content or "")
            elif node.is_element_node and self.enter(node):
                pending.append((node, True))
                inside = node.last_child
                while inside is not None:
                    pending.append((inside, False))
                    inside = inside.prev

    def say(self, text: str) -> None:
        """Write a piece of text."""
        if self.verbatim:
            self.lines.write_as_is(text)
        else:
            self.lines.write(text)

    def enter(self, node: "LexborNode") -> bool:
        """Begin an element; False where what is in it is not to be shown."""
        tag = node.tag or ""
        values = node.attributes
        classes = frozenset((values.get("class") or "").split())
        if tag in _UNSHOWN or classes & _FURNITURE:
            return False
        if _INSTEAD in classes:
            self.links += [link for one in node.css("a") if (link := web_link(_absolute(one.attributes.get("href"))))]
            return False
        if newlines := _BLOCKS.get(tag):
            self.lines.apart(1 if tag in ("ul", "ol") and len(self.lists) else newlines)
        if box := web_link(values.get("data-onebox-src")):
            # What stands in the box is the linked page's, not the author's.
            self.lines.write(box)
            self.lines.apart(1)
            self.links.append(box)
            return False
        if tag == "br":
            self.lines.end_line()
        elif tag == "img":
            self.picture(values, classes)
        elif tag == "a":
            return self.link(node, values, classes)
        else:
            self.open(tag)
        return True

    def open(self, tag: str) -> None:
        """Note that a quotation, a list, its entry or verbatim text begins."""
        if tag == "blockquote":
            self.lines.quoted += 1
        elif tag == "pre":
            self.verbatim += 1
        elif tag in ("ul", "ol"):
            self.lists.append(None if tag == "ul" else 0)
        elif tag == "li" and self.lists:
            number = self.lists[-1]
            self.lists[-1] = None if number is None else number + 1
            self.lines.marker = "• " if number is None else f"{number + 1}. "
        elif tag in ("td", "th"):
            self.lines.write(" ")

    def leave(self, tag: str) -> None:
        """End an element."""
        if tag in _BLOCKS:
            self.lines.apart(1 if tag in ("ul", "ol") and len(self.lists) > 1 else _BLOCKS[tag])
        if tag == "blockquote":
            self.lines.quoted -= 1
        elif tag == "pre":
            self.verbatim -= 1
        elif tag in ("ul", "ol"):
            self.lists.pop()
        elif tag == "a":
            self.anchors -= 1
        elif tag == "li":
            self.lines.marker = ""

    def link(self, node: "LexborNode", values: dict[str, str | None], classes: frozenset[str]) -> bool:
        """Take where a link leads, and write that instead of a text that is cut."""
        target = web_link(_absolute(values.get("href")))
        if target is not None and not classes & _NAMING and "tag" not in (values.get("rel") or "").split():
            (self.images if "lightbox" in classes else self.links).append(target)
        if target is not None and not self.anchors and is_short_for(node.text(), target):
            self.lines.write(target)
            return False
        self.anchors += 1
        return True

    def picture(self, values: dict[str, str | None], classes: frozenset[str]) -> None:
        """Write an emoji's name, or take where a picture is."""
        told = values.get("alt") or ""
        if any("emoji" in one for one in classes) or _CODED.fullmatch(told) or (told and not _is_wordy(told)):
            self.lines.write(told)
        elif "avatar" not in classes and (target := web_link(_absolute(values.get("src")))):
            self.images.append(target)


def _absolute(address: str | None) -> str | None:
    """An address with its scheme, where it leaves that out."""
    return f"https:{address}" if address and address.startswith("//") else address


def _is_wordy(text: str) -> bool:
    """Whether a picture's description has letters or digits, which no emoji has."""
    return any(letter.isalnum() for letter in text)


def is_short_for(text: str, target: str, *, bare: bool = False) -> bool:
    """Whether a link's text is its address with something left out.

    With `bare`, leaving out the scheme alone counts too: elsewhere an author may have written it so.
    """
    if len(text) > len(target) + 3:
        return False
    whole = _bare(target)
    if not (dots := _CUT.search(text)):
        return bare and text != target and _bare(text.strip()).rstrip("/") == whole.rstrip("/") != ""
    start, end = _bare(text[: dots.start()].strip()), unquote(text[dots.end() :]).strip().casefold()
    return bool(start) and whole.startswith(start) and whole.endswith(end)


def _bare(address: str) -> str:
    """An address as it is compared, without what shortening drops first."""
    return _SCHEME.sub("", unquote(address), count=1).casefold()
