"""A text taken apart into what its author wrote and what a tool has made of that."""

import html
import re
import unicodedata
from collections.abc import Collection
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
_TITLED_LINK = re.compile(r"\[([^\[\]]{1,1000})\]\([^()\s]{1,2000}\)")
_BULLET = re.compile(r"^[ \t]*[-+*•][ \t]+", re.MULTILINE)
_MARK = re.compile(r"[*_~`>#\\|]|(?<=\])\(|^[ \t]*[-+•][ \t]", re.MULTILINE)
_LABEL = re.compile(r"(?<=[….⋯])\s*(?:全文|展开全文|展开|查看全文|显示更多|show more|read more)\s*$", re.IGNORECASE)
"""What a page writes behind a text that it has cut."""
_NUMBERS_BEHIND = re.compile(r"(?:\s+\d[\d.,]{0,12}[KMkm万]?)+\s*$")
_DOTS = "..."
_LONG = 130
"""Characters from which on dots at a text's end are more likely a tool's than the author's."""
_LIMITS = (range(125, 143), range(262, 284))
"""How long texts are that were cut where X and Weibo once ended each text, or where X still ends most."""
_ENDS = frozenset(".!?。！？‽⁉")
_TAGS = ("@", "#", "$")
_BEHIND_THE_END = "\"'”’」』）)]】*_~"
_OF_CUTS = frozenset({Flag.CUT, Flag.CUT_BY_SOURCE})
"""Flags of a text that is only a beginning."""


def names_end(text: str) -> int:
    """Where the names end that a text begins with, which some tools show and others do not."""
    answered = _ANSWERED.match(text) if "@" in text else None
    return answered.end() if answered else 0


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


class Spelling:
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

    @property
    def has_marks(self) -> bool:
        """Whether signs of Markdown stand in it."""
        return _MARK.search(self.plain) is not None

    def without_marks(self) -> "Spelling":
        """The text as a page would show it that reads Markdown, as far as words and signs go."""
        text = _MARK.sub("", _BULLET.sub("", _TITLED_LINK.sub(r"\1", self.plain)))
        return Spelling(self.version._replace(text=text))

    @cached_property
    def start(self) -> int:
        """Where the names end that it begins with."""
        return names_end(self.plain)

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

    def says_what(self, other: "Spelling") -> bool:
        """Whether it says what `other` says."""
        if self.flat == other.flat:
            return True
        if self.words == other.words:
            return all(one.leads_where(two) for one, two in zip(self.links, other.links, strict=True))
        if not (self._may_lack_links or other._may_lack_links):
            return False
        fewer, more = sorted((self, other), key=lambda one: len(one.links))
        return "".join(self.words) == "".join(other.words) and fewer._has_links_of(more)

    def _has_links_of(self, other: "Spelling") -> bool:
        """Whether its links are some of those of `other`, in their order."""
        links = iter(other.links)
        return all(any(one.leads_where(two) for two in links) for one in self.links)

    @property
    def _may_lack_links(self) -> bool:
        """Whether its tool may have left out links."""
        return self.version.losses is None or self.version.has_lost(TextLoss.HIDDEN_LINKS)

    def begins(self, other: "Spelling") -> bool:
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

    def may_be_cut(self, other: "Spelling", alike: bool) -> bool:
        """Whether what begins `other` may have been cut off by a tool."""
        if not _OF_CUTS.isdisjoint(self.version.flags):
            return True
        if (
            self.flat.endswith(_DOTS)
            and not other.flat.startswith(self.flat)
            and len(self.flat) > (_LONG if alike else 0)
        ):
            return True
        if self.version.has_lost(TextLoss.CUT):
            # Tools cut where something begins that is no plain text; a sentence that ends before plain words was whole.
            return not _ends_a_sentence(self.body) or self._ends_before_a_link(other)
        if alike:
            return False
        if any(len(self.flat) in limit for limit in _LIMITS):
            return True
        return self.version.losses is None and not _ends_a_sentence(self.body)

    def _ends_before_a_link(self, other: "Spelling") -> bool:
        """Whether `other`, which it begins, goes on with a link, a name or a tag."""
        count = len(self.links)
        is_link = len(other.links) > count and self.words[-1] == other.words[count]
        return is_link or other.flat[len(self.flat) :].startswith(_TAGS)


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
