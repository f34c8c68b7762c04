"""Whether the texts of a column are HTML, as scripts copy them from interfaces: decided for all of them at once.

A person may write `<3`, `a & b` or even `<b>`; a column of HTML has no bare `<` or `&` at all. Where the one cannot be
told from the other, the text stays as it is and is flagged.
"""

import re
from collections.abc import Iterable
from enum import Enum
from html import unescape

from core.readers.kit.html_text import HtmlText, html_as_text

_TAG = re.compile(
    r"</?(?:p|br|a|i|b|u|s|em|strong|span|div|blockquote|pre|code|ul|ol|li|img|h[1-6]|sup|sub|del|hr|table|tr|td|font)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"<(?:p|br|div|blockquote|pre|ul|ol|a\s|span|img\s)[^<>]*>|</\w+>", re.IGNORECASE)
"""What only pages are written with."""
_LINES = re.compile(r"<(?:p|br|div|blockquote|pre|li|h[1-6])\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp|hellip|[mn]dash|[lr][ds]quo);")
_BARE = re.compile(r"<(?![/a-zA-Z!])|&(?![#\w]{1,12};)")
_SEEN = 5_000
_FEWEST = 2
"""Texts that show it, unless every text does."""
_MOST_BARE = 0.05
"""The share of those with signs that may have bare ones, as where a person has pasted code."""


class Markup(Enum):
    """What stands in the texts of a column."""

    NONE = "none"
    """Plain text."""
    ENTITIES = "entities"
    """Plain text, escaped once."""
    HTML = "html"
    IN_DOUBT = "in doubt"
    """Some texts look like markup, and might be what people wrote."""


def markup_of(texts: Iterable[str]) -> Markup:
    """What stands in the texts of a column."""
    tagged = blocks = escaped = bare = total = 0
    for number, text in enumerate(texts):
        if number == _SEEN:
            break
        total += 1
        if "<" not in text and "&" not in text:
            continue
        has_tag, has_entity = bool(_TAG.search(text)), bool(_ENTITY.search(text))
        tagged, escaped = tagged + has_tag, escaped + has_entity
        blocks += has_tag and bool(_BLOCK.search(text))
        bare += bool(_BARE.search(_TAG.sub("", text)))
    signed = max(tagged, escaped)
    if not signed:
        return Markup.NONE
    if bare > (tagged + escaped) * _MOST_BARE:
        return Markup.IN_DOUBT
    is_enough = signed >= _FEWEST or signed == total > 1
    if tagged and blocks and is_enough and (tagged * 2 >= total or escaped):
        return Markup.HTML
    return Markup.ENTITIES if escaped >= _FEWEST and not tagged else Markup.IN_DOUBT


def decoded(text: str, markup: Markup) -> HtmlText:
    """A text of a column with that markup, as people see it, with its links and pictures."""
    if markup is Markup.ENTITIES:
        return HtmlText(unescape(text))
    if markup is not Markup.HTML:
        return HtmlText(text)
    # Where no tag begins a line, the line breaks are meant.
    return html_as_text(text if _LINES.search(text) else text.replace("\n", "<br>"))


def is_doubtful(text: str) -> bool:
    """Whether a text may hold markup that is not its author's."""
    return bool(_TAG.search(text) or _ENTITY.search(text))
