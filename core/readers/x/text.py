"""A post's text as X shows it: decoded once, without the names that it is addressed to, with its links in full.

What the APIs of X give is the text as it was sent: `&amp;` for `&`, names of the people who are answered at the
beginning, every link as t.co, and such a link at the end for pictures and for the quoted post.
"""

import re
from collections.abc import Collection, Mapping

from core.models import TextLoss
from core.text.x_posts import linked_id

_ESCAPED = re.compile("&(amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
_RAW = re.compile("&(?!(?:amp|lt|gt);)|[<>]")
_SHORT = re.compile(r"https?://t\.co/\w{1,40}")
_NAMES = re.compile(r"(?:@\w{1,40}\s{0,9})+")
_LAST_LINK = re.compile(r"\s*https?://\S+\s*$")
_LAST_SHORT = re.compile(r"\s*https?://t\.co/\w{1,40}\s*$")
_NAMED = re.compile(r"\s*@\w")
_ATTACHED = re.compile(r"(?:\s*https?://t\.co/\w{1,40})*\s*")


def decoded(text: str) -> str:
    """`text` with the three characters that X escapes."""
    return _ESCAPED.sub(lambda match: _CHARACTERS[match[1]], text) if "&" in text else text


def is_escaped(text: str) -> bool:
    """Whether a text that can be either has nothing that an escaped one could not have."""
    return not _RAW.search(text)


def display_text(
    text: str, span: object, full: Mapping[str, str], attached: Collection[str], *, escaped: bool = True
) -> str:
    """`text` as X shows it.

    `span` is what X names as the range to be displayed, in code points of the text as it was sent; `full` has the
    addresses of t.co links, and `attached` those links that stand for a picture or a quoted post.
    """
    text = _within(text, span)
    text = decoded(text) if escaped else text
    if "://t.co/" not in text:
        return text
    return _SHORT.sub(lambda match: full.get(match[0], match[0]), _without(text, attached))


def _within(text: str, span: object) -> str:
    """The part of `text` that X displays, provided that the rest is nothing but names and attached links."""
    if not (isinstance(span, list) and len(span) == 2 and all(type(place) is int for place in span)):
        return text
    start, end = span
    if not 0 <= start <= end <= len(text):
        return text
    if not _ATTACHED.fullmatch(text, end):
        end = len(text)
    if not _NAMES.fullmatch(text, 0, start):
        start = 0
    # A range that begins right behind a name has a space before the text.
    return text[start:end].lstrip() if start else text[start:end]


def _without(text: str, attached: Collection[str]) -> str:
    """`text` without the links of what is attached to it."""
    while found := next((link for link in attached if text.rstrip().endswith(link)), None):
        text = text.rstrip().removesuffix(found).rstrip()
    for link in attached:
        text = text.replace(link, "")
    return text


def without_link_to(text: str, post_ids: Collection[str | None]) -> str:
    """`text` without the link at its end that leads to one of these posts, such as the one that it quotes."""
    found = _LAST_LINK.search(text) if any(post_ids) else None
    return text[: found.start()] if found and (linked_id(found[0]) or "") in post_ids else text


def without_short_links(text: str, most: int) -> str:
    """`text` without up to `most` short links at its end, where X puts those of pictures and of the quoted post."""
    for _ in range(most):
        found = _LAST_SHORT.search(text)
        text = text[: found.start()] if found else text
    return text


def known_losses(text: str, *, may_begin_with_names: bool = False) -> TextLoss:
    """What can be seen to be wrong with a text of X that a tool has written."""
    found = TextLoss.HIDDEN_LINKS if "://t.co/" in text else TextLoss.NONE
    return found | TextLoss.NAMES_IN_FRONT if may_begin_with_names and _NAMED.match(text) else found
