"""The writer's own Markdown as it goes into an article: untouched, but closed where it would reach on."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.reasons import Reason, ReasonCode
from exports.characters import balanced, harmless
from exports.escaping import paragraphs

APART = "<!-- -->"
"""Keeps two block quotes apart, which python-markdown joins across a blank line."""
_WITHOUT_END = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_ENDS_ITSELF = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rp", "rt")
)
"""Elements that end where a like one begins, or the one around them ends."""
_CONTAINER = re.compile(r"^ {0,3}(:{3,})[ \t]*(\S?)", re.MULTILINE)
_CODE = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_RISKY = re.compile(r"[`~<>]|:::")
"""Without one of these, text runs into nothing that follows."""
_STARS = re.compile(r"(?<!\*)\*\*(?!\*)")


@dataclass(frozen=True, slots=True)
class ContainedMarkdown:
    """Markdown of the writer's that reaches no further than its place."""

    text: str
    changes: tuple[Reason, ...] = ()
    """What was added, and what will not look as it was meant."""


def contained_block(markdown: str) -> ContainedMarkdown:
    """`markdown` as paragraphs of their own, between block quotes of others."""
    text = balanced(harmless(markdown)).strip("\n").rstrip()
    if not _RISKY.search(text):
        return ContainedMarkdown(text, _bold_left_open(text))
    changes: list[Reason] = []
    closed = _closed(text)
    if closed is None:
        return ContainedMarkdown(paragraphs(text), (Reason(ReasonCode.MARKDOWN_AS_TEXT),))
    if closed != text:
        changes.append(Reason(ReasonCode.MARKDOWN_CLOSED, names=(closed[len(text) :].strip(),)))
    blocks = [token for token in _parser().parse(closed) if token.level == 0]
    begins = bool(blocks) and blocks[0].type == "blockquote_open"
    ends = bool(blocks) and blocks[-1].type == "blockquote_close"
    if begins or ends:
        changes.append(Reason(ReasonCode.MARKDOWN_CLOSED, names=(APART,)))
        closed = "\n\n".join((*[APART] * begins, closed, *[APART] * ends))
    return ContainedMarkdown(closed, (*changes, *_bold_left_open(text)))


def contained_line(markdown: str) -> ContainedMarkdown:
    """`markdown` on one line, for a heading."""
    line = " ".join(balanced(harmless(markdown)).split())
    closed = line + _html_ends(_parser().parseInline(line))
    if _opens_comment(line):
        return ContainedMarkdown(f"{line} -->", (Reason(ReasonCode.MARKDOWN_CLOSED, names=("-->",)),))
    changes = (Reason(ReasonCode.MARKDOWN_CLOSED, names=(closed[len(line) :],)),) if closed != line else ()
    return ContainedMarkdown(closed, (*changes, *_bold_left_open(line)))


@cache
def _parser() -> MarkdownIt:
    """A parser of what all programs read alike."""
    return MarkdownIt("commonmark").enable("table")


def _closed(text: str) -> str | None:
    """`text` with what it leaves open closed at its end, or None where nothing closes it."""
    if _opens_comment(text):
        text = f"{text} -->"
    tokens = _parser().parse(text)
    last = tokens[-1] if tokens else None
    if last is not None and _reaches_on(text):
        if last.type == "fence":
            text = f"{text}\n{last.markup}"
        elif last.type == "html_block":
            text = f"{text}\n{_end_of_raw(last.content)}"
        tokens = _parser().parse(text)
    if ends := _html_ends(tokens):
        inside = tokens[-1].type == "paragraph_close" and tokens[-1].level == 0
        text = f"{text}{ends}" if inside and _html_ends(tokens[-3:]) == ends else f"{text}\n\n{ends}"
    opened, marks = 0, _CONTAINER.findall(_CODE.sub("", text))
    for _, name in marks:
        opened += 1 if name else -1 if opened else 0
    if opened:
        text += "\n\n" + "\n\n".join([max((colons for colons, _ in marks), key=len)] * opened)
    return None if _reaches_on(text) else text


def _reaches_on(text: str) -> bool:
    """Whether a block quote and a paragraph behind `text` would be taken for a part of it."""
    found = _parser().parse(f"{text}\n\n> quoted\n\nafter\n")
    kinds = [token.type for token in found if token.level == 0][-4:]
    return kinds != ["blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close"]


def _opens_comment(text: str) -> bool:
    """Whether an HTML comment is never closed, code aside."""
    _, mark, after = _CODE.sub("", text).rpartition("<!--")
    return bool(mark) and "-->" not in after


def _end_of_raw(html: str) -> str:
    """What ends a block of HTML that runs across blank lines."""
    begin = html.lstrip().lower()
    for opening, ending in (("<!--", "-->"), ("<?", "?>"), ("<![cdata[", "]]>"), ("<!", ">")):
        if begin.startswith(opening):
            return ending
    element = re.match(r"<(script|style|pre|textarea)", begin)
    return f"</{element[1]}>" if element else ""


class _OpenElements(HTMLParser):
    """The elements of some HTML that are never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """It is open."""
        if tag not in _WITHOUT_END | _ENDS_ITSELF:
            self.names.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It is closed, and what was opened in it."""
        if tag in self.names:
            del self.names[len(self.names) - 1 - self.names[::-1].index(tag) :]


def _html_ends(tokens: list[Token]) -> str:
    """The end tags that are missing."""
    found = _OpenElements()
    for token in tokens:
        for part in token.children or (token,):
            if part.type in ("html_block", "html_inline"):
                found.feed(part.content)
    return "".join(f"</{name}>" for name in reversed(found.names))


def _bold_left_open(markdown: str) -> tuple[Reason, ...]:
    """The first place where two stars cannot open or close as they are meant to, because of the signs beside them."""
    for block in re.split(r"\n[ \t]*\n", _CODE.sub(lambda match: "x" * len(match[0]), markdown)):
        marks = [mark for mark in _STARS.finditer(block) if _beside(block, mark).strip()]
        for number, mark in enumerate(marks):
            before, after = tuple(_beside(block, mark))
            holds = _flanks(before, after) if number % 2 else _flanks(after, before) and mark is not marks[-1]
            if not holds:
                around = " ".join(block[max(0, mark.start() - 8) : mark.end() + 8].split())
                return (Reason(ReasonCode.MARKDOWN_BOLD, names=(around,)),)
    return ()


def _beside(text: str, mark: re.Match[str]) -> str:
    """The two characters beside a mark; a blank at an edge."""
    padded = f" {text} "
    return padded[mark.start()] + padded[mark.end() + 1]


def _flanks(inner: str, outer: str) -> bool:
    """Whether stars between these characters can begin or end what has `inner` at its edge (CommonMark 0.31, 6.2)."""
    if not inner.strip():
        return False
    return not _is_punctuation(inner) or not outer.strip() or _is_punctuation(outer)


def _is_punctuation(char: str) -> bool:
    """Whether CommonMark takes a character for punctuation."""
    return unicodedata.category(char)[0] in "PS"
