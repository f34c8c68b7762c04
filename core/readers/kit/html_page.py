"""HTML parsed within bounds: a page of a few kilobytes can be written so that its tree costs minutes or gigabytes."""

import re
from collections import Counter
from typing import TYPE_CHECKING

from core.errors import PayloadError
from core.reasons import Reason, ReasonCode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

DEEPEST = 1_000
"""Elements in one another; browsers stop at 512."""
_HARMLESS = 2_000
"""Characters that cannot cost anything worth a look."""
_LONG_TAG = 16_000
_MOST_ATTRIBUTES = 2_000
_MOST_COPIES = 300_000
"""Elements that a parser may make anew because they were left open."""
_TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][^\s/>]*)[^>]*>?)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
     "wbr"}
)  # fmt: skip
_CLOSED_BY_THE_NEXT = frozenset(["p", "li", "dd", "dt", "option"])
_RAW = frozenset(["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"])
"""What holds text to the letter until it is closed."""
_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)  # fmt: skip
"""What goes on in the next block, as a copy, where it is left open."""


def parsed_page(text: str, name: str) -> "LexborHTMLParser":
    """The tree of an HTML page. Raises PayloadError, with the page's `name`, where it would cost too much."""
    from selectolax.lexbor import LexborHTMLParser

    if is_costly(text):
        raise PayloadError(Reason(ReasonCode.NESTED_FILE, names=(name,)))
    return LexborHTMLParser(text)


def is_costly(text: str) -> bool:
    """Whether a parser could take far longer for `text` than its length says."""
    if len(text) <= _HARMLESS:
        return False
    is_open: Counter[str] = Counter()
    depth = formatting = copies = at = 0
    lowered = text.lower()
    while match := _TAG.search(lowered, at):
        at, (closes, name) = match.end(), match.groups()
        if name is None or (name in _RAW and not closes):
            at = lowered.find("-->" if name is None else f"</{name}", at)
            if at < 0:
                return False
            continue
        if at - match.start() > _LONG_TAG and len(_QUOTED.sub("", match[0]).split()) > _MOST_ATTRIBUTES:
            return True
        if name in _VOID or name in _CLOSED_BY_THE_NEXT:
            copies += formatting
        elif not closes:
            is_open[name] += 1
            depth, copies = depth + 1, copies + formatting
            formatting += name in _FORMATTING
        elif is_open[name]:
            is_open[name] -= 1
            depth -= 1
            formatting -= name in _FORMATTING
        if depth > DEEPEST or copies > _MOST_COPIES:
            return True
    return False
