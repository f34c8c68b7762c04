"""Two captures' texts of one post: which is the truer, and whether the author has edited it or a tool only spelled it.

How true a text is can be said of it alone, so that of any number of texts the same one is the truest, in whatever
order they come.
"""

import re
from enum import StrEnum

from core.models import Flag, TextLoss
from core.text.spelling import Spelling, TextVersion

_ODD_SPACE = re.compile(r"[^\S\n]{2,}|[^\S\n]+(?=[,.!?;:](?:\s|$))|[\ue000-\uf8ff]")
_BREAK = re.compile(r"\s*\n\s*")
OF_THE_TEXT = frozenset(
    {
        Flag.BIDI,
        Flag.INVISIBLE,
        Flag.CONTROL,
        Flag.CUT,
        Flag.CUT_BY_SOURCE,
        Flag.MARKUP,
        Flag.OTHER_HOST,
        Flag.DAMAGED_TEXT,
    }
)
"""Flags that speak of a text, and go with it."""


class Relation(StrEnum):
    """How a later text stands to an earlier one."""

    SAME = "same"
    """Nothing but what tools do to a text."""
    FULLER = "fuller"
    """The earlier one is its beginning, cut off by a tool."""
    CUT = "cut"
    """It is the beginning of the earlier one, cut off by a tool."""
    EDITED = "edited"


def text_relation(earlier: TextVersion, later: TextVersion, *, alike: bool) -> Relation:
    """How `later` stands to `earlier`; `alike` says that one tool wrote both, in one format.

    Links are compared by the addresses that they lead to. A text that another one goes on from was cut where its tool
    is known to cut, or where it looks cut; otherwise it was whole, and has been edited.
    """
    if earlier.text == later.text:
        return Relation.SAME
    before, after = Spelling(earlier), Spelling(later)
    pairs = [(before, after)]
    if not alike and (before.has_marks or after.has_marks):
        # One tool may give Markdown as it was typed, the other what a page makes of it.
        pairs.append((before.without_marks(), after.without_marks()))
    if any(one.says_what(other) for one, other in pairs):
        return Relation.SAME
    if not before.flat or not after.flat:
        return Relation.CUT if before.flat else Relation.FULLER
    for one, other in pairs:
        if one.begins(other):
            return Relation.FULLER if one.may_be_cut(other, alike) else Relation.EDITED
        if other.begins(one):
            return Relation.CUT if other.may_be_cut(one, alike) else Relation.EDITED
    return Relation.EDITED


def is_truer(text: TextVersion, other: TextVersion) -> bool:
    """Whether of two texts that say the same, whole or cut, `text` is nearer to what the author wrote.

    A total order over texts: of two that differ, one is the truer.
    """
    return _rank(text) < _rank(other)


def is_better(text: TextVersion, other: TextVersion) -> bool:
    """Whether `text` is truer than `other` by more than what is a matter of taste."""
    return _rank(text)[:-2] < _rank(other)[:-2]


Rank = tuple[int, int, int, int, int, int, int, int, int, int, str]


def _rank(version: TextVersion) -> Rank:
    """What texts are ordered by, the truest first: how much of it there is, then how it is spelled, then its tool."""
    spelling, losses = Spelling(version), version.losses or TextLoss.NONE
    body = spelling.body
    is_named = spelling.start > 0 and (version.losses is None or version.has_lost(TextLoss.NAMES_IN_FRONT))
    return (
        -spelling.length,
        int(Flag.OTHER_HOST in version.flags),
        spelling.markup,
        int(is_named),
        len(spelling.attachments),
        -len(_BREAK.findall(body)),
        -sum(link.has_scheme for link in spelling.links),
        len(_ODD_SPACE.findall(body)),
        losses.bit_count() * 1000 + losses,
        len(version.text),
        version.text,
    )
