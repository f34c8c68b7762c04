"""What a filter says, as a tree that prints itself in the filter language."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

EPOCH = datetime(1970, 1, 1)
"""Where the seconds of `TimeRange` begin, in UTC."""
SIGNS = '\\s()（）|｜"“”＂'
"""What ends a word without quotes, as the inside of a regular expression's brackets."""

_BARE = re.compile(rf"(?!(?:OR|AND|NOT)\Z|[-－@＠])[^{SIGNS}:：<>=≤≥＜＞＝*＊?？]+")
_DAY = 86_400

Operator: TypeAlias = Literal["=", ">", ">=", "<", "<="]


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more terms."""

    terms: tuple["Node", ...]

    def __str__(self) -> str:
        return " ".join(_grouped(term) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more terms."""

    terms: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(_grouped(term) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Not:
    """Every post that `term` leaves out."""

    term: "Node"

    def __str__(self) -> str:
        return f"-{_grouped(self.term)}"


@dataclass(frozen=True, slots=True)
class TextMatch:
    """Words as typed, found anywhere in a text."""

    words: str
    place: str = ""
    """The field to look in; empty for the text and its translations, `author` for handle and name."""

    def __str__(self) -> str:
        return f"{self.place}:{_spelt(self.words)}" if self.place else _spelt(self.words)


@dataclass(frozen=True, slots=True)
class ValueMatch:
    """A value that a post has, or begins with."""

    field: str
    """`author` means the exact handle; `lang` also takes what is more special, `zh-Hans` for `zh`."""
    value: str
    prefix: bool = False
    """For `tag` and `id`: the value is a beginning."""

    def __str__(self) -> str:
        sign, star = "@" * (self.field == "author"), "*" * self.prefix
        return f"{self.field}:{sign}{self.value}{star}" if sign or star else f"{self.field}:{_spelt(self.value)}"


@dataclass(frozen=True, slots=True)
class NumberComparison:
    """A known number on one side of another."""

    field: str
    op: Operator
    value: int

    def __str__(self) -> str:
        return f"{self.field}:{self.op.removeprefix('=')}{self.value}"


@dataclass(frozen=True, slots=True)
class NumberRange:
    """A known number from `low` to `high`, both included."""

    field: str
    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.field}:{self.low}..{self.high}"


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A known time, in seconds since 1970 UTC; one bound at least, and each a whole minute."""

    start: int | None
    end: int | None
    """The first second that is too late."""

    def __str__(self) -> str:
        return "date:" + _span(self)


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A field that the post has no value for; for `tag` and `rating`, that the writer gave none."""

    field: str

    def __str__(self) -> str:
        return f"{self.field}:?"


Node: TypeAlias = And | Or | Not | TextMatch | ValueMatch | NumberComparison | NumberRange | TimeRange | UnknownValue
"""A filter as a tree; `str` of it parses to an equal tree."""


def _grouped(node: Node) -> str:
    """`node` as written beside other terms."""
    return f"({node})" if isinstance(node, And | Or) else str(node)


def _spelt(words: str) -> str:
    """`words` bare where they parse as words alone, else in quotes."""
    if _BARE.fullmatch(words) and words.lower() != "none":
        return words
    return '"' + re.sub(r'([\\"])', r"\\\1", words) + '"'


def _span(dated: TimeRange) -> str:
    """Both bounds as dates, or as minutes where one is not midnight; the last one is included."""
    start, end = dated.start, dated.end
    length = len("2026-02-23") if (start or 0) % _DAY == (end or 0) % _DAY == 0 else len("2026-02-23T12:30")

    def written(second: int) -> str:
        return (EPOCH + timedelta(seconds=second)).isoformat()[:length]

    if start is None or end is None:
        return "<" + written(end or 0) if start is None else ">=" + written(start)
    first, last = written(start), written(end - 1)
    return first if first == last else f"{first}..{last}"
