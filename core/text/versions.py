"""Two captures' texts of one post: whether the author has edited it, or only the tools wrote it down differently."""

import html
import re
import unicodedata
from enum import StrEnum

from core.text.links_in_text import LINK, LINK_OF_X

_ANSWERED = re.compile(r"(?:\s*+(?:回[复覆複] ?|reply to )?\.?@[\w.@-]++\s*+[,:：]?)++", re.IGNORECASE)
_UNSEEN = re.compile("[\\s\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ufe00-\ufe0f\ufeff]+")
"""White space, invisible characters, and the private letters in which fonts keep icons."""
_DOTS = "….\u22ef"
_LONG = 200
"""Characters from which on dots at a text's end are more likely a tool's than the author's."""


class Relation(StrEnum):
    """How a later text stands to an earlier one."""

    SAME = "same"
    """Nothing but what tools do to a text."""
    FULLER = "fuller"
    """The earlier one is its beginning, cut off by a tool."""
    CUT = "cut"
    """It is the beginning of the earlier one, cut off by a tool."""
    EDITED = "edited"


def text_relation(earlier: str, later: str, *, alike: bool) -> Relation:
    """How `later` stands to `earlier`; `alike` says that one tool wrote both, in one format.

    Tools differ in links, in the names that an answer begins with, in white space and entities, and in how much of a
    text they keep; where both texts come from one tool, a text that has grown was edited, and so was a link in it.
    """
    if earlier == later:
        return Relation.SAME
    if not earlier or not later:
        return Relation.CUT if earlier else Relation.FULLER
    before, after = _bare(earlier, alike), _bare(later, alike)
    if before == after:
        return Relation.SAME
    if after.startswith(before.rstrip(_DOTS)) and (not alike or _is_cut(before)):
        return Relation.FULLER
    if before.startswith(after.rstrip(_DOTS)) and (not alike or _is_cut(after)):
        return Relation.CUT
    return Relation.EDITED


def _bare(text: str, alike: bool) -> str:
    """`text` without what tools write in ways of their own."""
    text = unicodedata.normalize("NFC", html.unescape(html.unescape(text)))
    text = (LINK_OF_X if alike else LINK).sub(" ", text)
    answered = _ANSWERED.match(text)
    return _UNSEEN.sub("", text[answered.end() :] if answered else text)


def _is_cut(bare: str) -> bool:
    """Whether the dots at the end of a text are a tool's."""
    return len(bare) > _LONG and bare.endswith("…")
