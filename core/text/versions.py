"""Two captures' texts of one post: which is the truer, and whether the author has edited it or a tool only spelled it.

How true a text is can be said of it alone, so that of any number of texts the same one is the truest, in whatever
order they come.
"""

import html
import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from core.models import Flag, TextLoss
from core.text.printed_links import PrintedLink, printed_links

_ANSWERED = re.compile(r"(?:\s*+(?:回[复覆複] ?|reply to )?\.?@[\w.@-]++\s*+[,:：]?)++", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_UNSEEN = re.compile("[\\s\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ufe00-\ufe0f\ufeff]+")
"""White space, invisible characters, and the private letters in which fonts keep icons."""
_TYPED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "⋯": "..."})
_LABEL = re.compile(r"(?<=[….⋯])\s*(?:全文|展开全文|展开|查看全文|显示更多|show more|read more)\s*$", re.IGNORECASE)
"""What a page writes behind a text that it has cut."""
_NUMBERS_BEHIND = re.compile(r"(?:\s+\d[\d.,]{0,12}[KMkm万]?)+\s*$")
_ODD_SPACE = re.compile(r"[^\S\n]{2,}|[^\S\n]+(?=[,.!?;:](?:\s|$))|[\ue000-\uf8ff]")
_BREAK = re.compile(r"\s*\n\s*")
_DOTS = "..."
_LONG = 130
"""Characters from which on dots at a text's end are more likely a tool's than the author's."""
_LIMITS = (range(125, 143), range(262, 284))
"""How long texts are that were cut where X and Weibo once ended each text, or where X still ends most."""
_ENDS = frozenset(".!?。！？‽⁉")
_BEHIND_THE_END = "\"'”’」』）)]】*_~"


class Relation(StrEnum):
    """How a later text stands to an earlier one."""

    SAME = "same"
    """Nothing but what tools do to a text."""
    FULLER = "fuller"
    """The earlier one is its beginning, cut off by a tool."""
    CUT = "cut"
    """It is the beginning of the earlier one, cut off by a tool."""
    EDITED = "edited"


class TextVersion(NamedTuple):
    """A text as one capture gives it, and what is known to be wrong with it."""

    text: str
    losses: TextLoss | None = None
    """None where nobody knows what the tool does to texts."""
    flags: Collection[str] = ()
    """The flags of its post."""

    def has_lost(self, loss: TextLoss) -> bool:
        """Whether its tool is known to do something to texts."""
        return self.losses is not None and loss in self.losses


def text_relation(earlier: TextVersion, later: TextVersion, *, alike: bool) -> Relation:
    """How `later` stands to `earlier`; `alike` says that one tool wrote both, in one format.

    Links are compared by the addresses that they lead to. A text that another one goes on from was cut where its tool
    is known to cut, or where it looks cut; otherwise it was whole, and has been edited.
    """
    if earlier.text == later.text:
        return Relation.SAME
    before, after = _Spelling(earlier), _Spelling(later)
    if before.says_what(after):
        return Relation.SAME
    if not before.flat or not after.flat:
        return Relation.CUT if before.flat else Relation.FULLER
    if before.begins(after):
        return Relation.FULLER if before.may_be_cut(after, alike) else Relation.EDITED
    if after.begins(before):
        return Relation.CUT if after.may_be_cut(before, alike) else Relation.EDITED
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
    spelling, losses = _Spelling(version), version.losses or TextLoss.NONE
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


class _Spelling:
    """A text taken apart into words and links, without what tools write in ways of their own."""

    def __init__(self, version: TextVersion) -> None:
        self.version = version

    @cached_property
    def plain(self) -> str:
        """The text as it reads: composed, decoded, without tags and a label at its end."""
        text = self.version.text
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if "&" in text or "<" in text:
            text = html.unescape(_TAG.sub("", html.unescape(_TAG.sub("", text))))
        return _LABEL.sub("", text)

    @cached_property
    def markup(self) -> int:
        """How many entities and tags stand in it."""
        text = self.version.text
        return len(_ENTITY.findall(text)) * ("&" in text) + len(_TAG.findall(text)) * ("<" in text)

    @cached_property
    def start(self) -> int:
        """Where the names end that it begins with."""
        answered = _ANSWERED.match(self.plain) if "@" in self.plain else None
        return answered.end() if answered else 0

    @cached_property
    def printed(self) -> list[PrintedLink]:
        """All links behind the names in front."""
        return [link for link in printed_links(self.plain) if link.start >= self.start]

    @cached_property
    def attachments(self) -> list[PrintedLink]:
        """The links at its end that may stand for pictures or a quoted post."""
        end, found = len(self.plain), []
        for link in reversed(self.printed):
            if not link.is_attachment or self.plain[link.end : end].strip():
                break
            found.append(link)
            end = link.start
        return found

    @cached_property
    def links(self) -> list[PrintedLink]:
        """The links without those attachments."""
        return self.printed[: len(self.printed) - len(self.attachments)]

    @cached_property
    def body(self) -> str:
        """What is left without the names in front and the attachments."""
        end = self.attachments[-1].start if self.attachments else len(self.plain)
        return self.plain[self.start : end].strip()

    @cached_property
    def words(self) -> list[str]:
        """What stands before, between and behind the links, so that there is one more than there are links."""
        ends = [self.start, *(link.end for link in self.links)]
        last = self.attachments[-1].start if self.attachments else len(self.plain)
        starts = [*(link.start for link in self.links), last]
        pieces = [self.plain[start:end] for start, end in zip(ends, starts, strict=True)]
        if self.version.has_lost(TextLoss.OTHER_WORDS):
            pieces[-1] = _NUMBERS_BEHIND.sub("", pieces[-1])
        return [_bare(piece) for piece in pieces]

    @cached_property
    def flat(self) -> str:
        """Words and addresses in one."""
        addresses = [link.address if link.path or link.has_scheme else self._as_written(link) for link in self.links]
        return "".join(word + address for word, address in zip(self.words, [*addresses, ""], strict=True))

    def _as_written(self, link: PrintedLink) -> str:
        """A bare host to the letter, for it may be no link, but two words without a space."""
        return _bare(self.plain[link.start : link.end].removesuffix("…"))

    @cached_property
    def length(self) -> int:
        """How much of it there is: its words, and what is told of where its links lead."""
        return sum(map(len, self.words)) + sum(map(_told_by, self.links))

    def says_what(self, other: "_Spelling") -> bool:
        """Whether it says what `other` says."""
        if self.flat == other.flat:
            return True
        if self.words == other.words:
            return all(one.leads_where(two) for one, two in zip(self.links, other.links, strict=True))
        if not (self._may_lack_links or other._may_lack_links):
            return False
        fewer, more = sorted((self, other), key=lambda one: len(one.links))
        return "".join(self.words) == "".join(other.words) and fewer._has_links_of(more)

    def _has_links_of(self, other: "_Spelling") -> bool:
        """Whether its links are some of those of `other`, in their order."""
        links = iter(other.links)
        return all(any(one.leads_where(two) for two in links) for one in self.links)

    @property
    def _may_lack_links(self) -> bool:
        """Whether its tool may have left out links."""
        return self.version.losses is None or self.version.has_lost(TextLoss.HIDDEN_LINKS)

    def begins(self, other: "_Spelling") -> bool:
        """Whether it is, as far as it goes, what `other` begins with."""
        if _begins(self.flat, other.flat):
            return True
        if self._may_lack_links and _begins("".join(self.words), "".join(other.words)):
            return self._has_links_of(other)
        count = len(self.links)
        *whole, last = self.words
        return (
            count <= len(other.links)
            and whole == other.words[:count]
            and (_begins(last, other.words[count]) or (last == other.words[count] and count < len(other.links)))
            and all(one.leads_where(two) for one, two in zip(self.links, other.links, strict=False))
        )

    def may_be_cut(self, other: "_Spelling", alike: bool) -> bool:
        """Whether what begins `other` may have been cut off by a tool."""
        flags = self.version.flags
        if self.version.has_lost(TextLoss.CUT) or Flag.CUT_BY_SOURCE in flags or Flag.CUT in flags:
            return True
        if (
            self.flat.endswith(_DOTS)
            and not other.flat.startswith(self.flat)
            and len(self.flat) > (_LONG if alike else 0)
        ):
            return True
        if alike:
            return False
        if any(len(self.flat) in limit for limit in _LIMITS):
            return True
        return self.version.losses is None and not _ends_a_sentence(self.body)


def _begins(start: str, text: str) -> bool:
    """Whether `text` goes on from `start`, whose dots may be a tool's."""
    bare = start.rstrip(".")
    return text.startswith(start) or (text.startswith(bare) and text.rstrip(".") != bare)


def _told_by(link: PrintedLink) -> int:
    """How much a link tells of where it leads: something if it is cut, and hardly anything if it is short."""
    return 1 if link.is_short else 2 if link.cut else 3 + (len(link.path) or len(link.host))


def _bare(piece: str) -> str:
    """Words without white space, invisible characters, and the width and shape of signs."""
    if not piece.isascii():
        piece = unicodedata.normalize("NFKC", piece.translate(_TYPED))
    return _UNSEEN.sub("", piece)


def _ends_a_sentence(text: str) -> bool:
    """Whether a text ends where a sentence does."""
    text = text.rstrip().rstrip(_BEHIND_THE_END)
    return text[-1:] in _ENDS and not text.endswith(_DOTS)
