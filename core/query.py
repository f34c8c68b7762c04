"""The filter language: text to a tree that prints and describes itself.

`likes:>40 -is:rejected (memory OR "two words")`: terms side by side all hold, and `OR` or `|` binds looser than that.
Negation is the plain complement: `-likes:>40` also keeps the posts whose likes are not known.
Words are found anywhere in a text, inside words too, for Chinese has no spaces; see `core.text.matching.fold`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from core.errors import QueryError
from core.models import Flag
from core.text.matching import fold

MAX_TERMS = 200
"""A filter with more is refused, as SQLite would refuse its expression."""
MAX_DEPTH = 15
"""How deep parentheses and negations may nest; SQLite's parser, whose stack holds 100 signs, fails at about 20."""
MAX_NUMBER = 10**18 - 1
"""Larger numbers are refused; the integers of SQLite end soon after."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the help and the completion show it."""

    description: str
    examples: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    """Each value that it takes with what that says of a post; empty where it takes any."""


_IS = {
    "starred": "starred",
    "rejected": "rejected",
    "skipped": "skipped",
    "new": "undecided",
    "decided": "starred or rejected",
    "root": "the root",
    "reply": "a reply",
    "top": "a reply to the root",
    "nested": "a reply to a reply",
    "op": "by the root's author",
    "deleted": "no longer live at the source",
    "review": "to be reviewed",
    "confirmed": "confirmed by the writer",
    "machine": "translated by machine",
    "edited": "translated and edited",
    "approved": "translated and approved",
}
_THINGS = ("a translation", "a note", "a lead-in", "a comment", "an excerpt", "media", "a link", "a flag", "a tag")
_HAS = {thing.split()[-1]: f"with {thing}" for thing in (*_THINGS, "a rating")}

NUMBERS = ("likes", "replies", "views", "reposts", "rating")
"""The fields that compare numbers."""
_COUNTED = {name: Field(f"how many {name}; ? is not known", (f"{name}:>40", f"{name}:?")) for name in NUMBERS[:4]}
FIELDS: Mapping[str, Field] = _COUNTED | {
    "rating": Field("the writer's rating, 1 to 5; 0 or ? is unrated", ("rating:>=4", "rating:?")),
    "date": Field("when it was posted, in UTC; also time:", ("date:2026-02-23", "date:2026-02..2026-03")),
    "lang": Field("its language; zh finds zh-Hans too", ("lang:en", "lang:?")),
    "author": Field("part of the author's handle or name, or with @ the handle", ("author:@ada", "author:ada")),
    "tag": Field("a tag; * alone is any, * at the end is the rest", ("tag:meme", 'tag:"two words"', "tag:?")),
    "is": Field("where the post stands", ("is:starred", "is:reply"), _IS),
    "has": Field("what the post comes with", ("has:note", "has:media"), _HAS),
    "flag": Field("a warning", ("flag:bidi",), {flag.value: f"flagged {flag}" for flag in Flag}),
    "id": Field("the source's id; * at the end is the rest", ("id:2026", "id:h:*")),
    "text": Field("words of the text only", ("text:memory",)),
    "note": Field("words of the writer's note", ("note:ask",)),
    "translation": Field("words of a translation", ("translation:记忆",)),
}
"""Every field by its name, in the order in which the help lists them."""

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
class Words:
    """Words as typed, found anywhere in a text."""

    words: str
    place: str = ""
    """The field to look in; empty for the text and its translations, `author` for handle and name."""

    def __str__(self) -> str:
        return f"{self.place}:{_spelt(self.words)}" if self.place else _spelt(self.words)


@dataclass(frozen=True, slots=True)
class Match:
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
class Compare:
    """A known number on one side of another."""

    field: str
    op: Operator
    value: int

    def __str__(self) -> str:
        return f"{self.field}:{self.op.removeprefix('=')}{self.value}"


@dataclass(frozen=True, slots=True)
class Between:
    """A known number from `low` to `high`, both included."""

    field: str
    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.field}:{self.low}..{self.high}"


@dataclass(frozen=True, slots=True)
class Dated:
    """A known time, in seconds since 1970 UTC; one bound at least, and each a whole minute."""

    start: int | None
    end: int | None
    """The first second that is too late."""

    def __str__(self) -> str:
        return "date:" + _span(self, ">=", "<", "..")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A field that the post has no value for; for `tag` and `rating`, that the writer gave none."""

    field: str

    def __str__(self) -> str:
        return f"{self.field}:?"


Node: TypeAlias = And | Or | Not | Words | Match | Compare | Between | Dated | Unknown
"""A filter as a tree; `str` of it parses to an equal tree."""

_SIGNS = '\\s()（）|｜"“”＂'
_ENDS = rf"(?=[{_SIGNS}]|\Z)"
_OPEN, _CLOSE = re.compile(r"\s*[(（]"), re.compile(r"\s*[)）]")
_OR, _AND = re.compile(rf"\s*(?:[|｜]|OR{_ENDS})"), re.compile(rf"\s*AND{_ENDS}")
_NOT = re.compile(rf"\s*(?:NOT{_ENDS}|[-－](?=[^\s|｜)）]))")
_STOP = re.compile(rf"\s*(?:\Z|[)）|｜]|OR{_ENDS})")
_WORD = re.compile(rf"[^{_SIGNS}]+")
_HEAD = re.compile(r"([A-Za-z][A-Za-z_-]*)(?:[:：](?!//)|(?=[<>=≤≥＜＞＝]))")
_QUOTED = {
    first: re.compile(rf"{first}((?:\\[\\{last}]|[^{last}])*+){last}") for first, last in ('""', "“”", "””", "＂＂")
}
_BARE = re.compile(rf"(?!(?:OR|AND|NOT)\Z|[-－@＠])[^{_SIGNS}:：<>=≤≥＜＞＝*＊?？]+")
_PLAIN = str.maketrans("：＞＜＝－，．。／？＊＠", ":><=-,../?*@")
_OPERATORS: Mapping[str, Operator] = {
    "": "=", "=": "=", ">": ">", ">=": ">=", "=>": ">=", "≥": ">=", "<": "<", "<=": "<=", "=<": "<=", "≤": "<=",
}  # fmt: skip
_NUMBER = re.compile(r"(-?)(\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.(\d{1,9}))?([kKmM万萬亿億]?)")
_TIMES = {"": 1, "k": 10**3, "m": 10**6, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt](\d{1,2}):(\d\d))?)?)?")
_SAID: Mapping[Operator, str] = {"=": "exactly", ">": "over", ">=": "at least", "<": "under", "<=": "at most"}
_MATCHED = {"lang": "in ", "author": "by @", "tag": "tagged ", "id": "id "}
_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400


def parse(text: str) -> Node | None:
    """The tree of a filter, or None where it is empty. Raises QueryError."""
    if not text.strip():
        return None
    parser = _Parser(text)
    node = parser.either(0)
    if not parser.ended():
        raise QueryError("This parenthesis closes nothing; remove it, or put it in quotes.", parser.column())
    return node


class _Parser:
    """One pass over a filter; each method reads one construct, nested `depth` deep."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.count = 0

    def either(self, depth: int) -> Node:
        """Terms with OR between them."""
        terms = [self.every(depth)]
        while self.take(_OR):
            terms.append(self.every(depth))
        return terms[0] if len(terms) == 1 else Or(tuple(terms))

    def every(self, depth: int) -> Node:
        """Terms side by side."""
        terms = [self.one(depth)]
        while self.take(_AND) or not _STOP.match(self.text, self.at):
            terms.append(self.one(depth))
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def one(self, depth: int) -> Node:
        """A term, a negated one, or a group."""
        column = self.column()
        if _STOP.match(self.text, self.at) or _AND.match(self.text, self.at):
            raise QueryError("A term is missing here; add one, or put AND, OR, NOT or the sign in quotes.", column)
        if depth > MAX_DEPTH:
            raise QueryError(f"The filter nests more than {MAX_DEPTH} deep; make it flatter.", column)
        if self.take(_NOT):
            return Not(self.one(depth + 1))
        if not self.take(_OPEN):
            return self.term(column)
        inner = self.either(depth + 1)
        if not self.take(_CLOSE):
            raise QueryError("This parenthesis is not closed; add ) where the group ends.", column)
        return inner

    def term(self, column: int) -> Node:
        """Words, or a field with its value."""
        self.count += 1
        if self.count > MAX_TERMS:
            raise QueryError(f"The filter has more than {MAX_TERMS} terms; leave some out.", column)
        self.at = column - 1
        words = self.quoted()
        if words is not None:
            return _words(words, "", column)
        head = _HEAD.match(self.text, self.at)
        name = head[1].lower() if head else ""
        name = "date" if name == "time" else name
        if not head or (head[0] == head[1] and name not in (*NUMBERS, "date")):
            return _words(self.word(), "", column)
        if name not in FIELDS:
            raise QueryError(_no_field(head[1]), column)
        self.at = head.end()
        value = self.quoted()
        bare = value is None
        return _valued(name, self.word() if value is None else value, bare, head.end() + 1)

    def quoted(self) -> str | None:
        r"""What stands in quotes here, or None where nothing does; `\"` and `\\` stand for the second character."""
        opener = self.text[self.at : self.at + 1]
        if opener not in _QUOTED:
            return None
        found = _QUOTED[opener].match(self.text, self.at)
        if found is None:
            wanted = rf"add one at the end, and write \{opener} for a quote inside"
            raise QueryError(f"This quote is not closed; {wanted}.", self.at + 1)
        self.at = found.end()
        return re.sub(rf"\\([\\{found[0][-1]}])", r"\1", found[1])

    def word(self) -> str:
        """The characters up to the next sign or space, which may be none."""
        found = _WORD.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def take(self, sign: re.Pattern[str]) -> bool:
        """Step over `sign`, and say whether it was there."""
        found = sign.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found is not None

    def ended(self) -> bool:
        """Whether nothing but space is left."""
        return not self.text[self.at :].strip()

    def column(self) -> int:
        """Where the next construct begins, counted from 1."""
        return len(self.text) - len(self.text[self.at :].lstrip()) + 1


def _words(words: str, place: str, column: int) -> Words:
    """Words to look for, unless folding leaves nothing of them."""
    if not fold(words):
        raise QueryError("There is nothing to search for in these words; write a letter, digit or sign.", column)
    return Words(words, place)


def _valued(name: str, value: str, bare: bool, column: int) -> Node:
    """The field `name` with its value; only a `bare` one can hold the signs `?`, `*` and `@`."""
    plain = value.translate(_PLAIN)
    sign = plain if bare else ""
    if not fold(value.lstrip("@＠") if bare and name == "author" else value):
        raise QueryError(f"{name} has no value; write it without a space, such as {FIELDS[name].examples[0]}.", column)
    if name in (*NUMBERS, "date"):
        return _compared(name, plain, column)
    if (name in ("lang", "author", "tag") and sign == "?") or (name == "tag" and sign.lower() == "none"):
        return Unknown(name)
    match name:
        case "text" | "translation" | "note":
            return _words(value, name, column)
        case "author":
            return Match(name, value[1:]) if sign.startswith("@") else _words(value, name, column)
        case "tag" | "id":
            if name == "tag" and sign == "*":
                return Match("has", "tag")
            return Match(name, value[:-1], prefix=True) if sign.endswith("*") else Match(name, value)
        case "lang":
            if not re.fullmatch(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*", value):
                raise QueryError(f"lang wants a language such as lang:en, not ‘{value}’.", column)
            return Match(name, value.replace("_", "-"))
    return Match(name, _listed(name, value, column))


def _listed(name: str, value: str, column: int) -> str:
    """The one of the field's values that is meant."""
    values = FIELDS[name].values
    meant = fold(value).replace("_", "-")
    for known in (meant, meant.removesuffix("s"), {"undecided": "new"}.get(meant, "")):
        if known in values:
            return known
    raise QueryError(f"{name} does not know ‘{value}’; it takes {', '.join(values)}.", column)


def _no_field(name: str) -> str:
    """Why `name` is no field, with the nearest one that is."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), FIELDS, 1)
    hint = f"did you mean ‘{near[0]}’?" if near else f"the fields are {', '.join(FIELDS)}."
    return f"There is no field ‘{name}’; {hint} To search for the words themselves, put them in quotes."


def _compared(name: str, text: str, column: int) -> Node:
    """A number or a time against one bound, or between two."""
    if text.lower() in ("?", "unknown"):
        return Unknown(name)
    low, dots, high = text.partition("..")
    bound = text.lstrip("<>=≥≤")
    try:
        if dots and (low or high):
            return _dates(low, high) if name == "date" else _numbers(name, low, high)
        op = _OPERATORS[text.removesuffix(bound)]
        return _dated(op, *_period(bound)) if name == "date" else Compare(name, op, _number(bound))
    except (ValueError, KeyError, OverflowError) as error:
        wanted = f"a {'date' if name == 'date' else 'number'} such as {FIELDS[name].examples[0]}"
        raise QueryError(f"{name} wants {wanted}, not ‘{text}’.", column) from error


def _numbers(name: str, low: str, high: str) -> Node:
    """A number from `low` to `high`, in either order; an empty end is open."""
    if low and high:
        first, last = sorted((_number(low), _number(high)))
        return Between(name, first, last)
    return Compare(name, ">=", _number(low)) if low else Compare(name, "<=", _number(high))


def _number(text: str) -> int:
    """`1,200`, `1.2k` or `2万` as an integer; raises ValueError for what is none."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    minus, whole, part, unit = found.groups("")
    value, rest = divmod(int(whole.replace(",", "") + part) * _TIMES[unit.lower()], int("1" + "0" * len(part)))
    if rest or value > MAX_NUMBER:
        raise ValueError(text)
    return -value if minus else value


def _dates(low: str, high: str) -> Dated:
    """From the start of `low` to the end of `high`, in either order; an empty end is open."""
    if low and high:
        first, last = sorted((_period(low), _period(high)))
        return Dated(first[0], last[1])
    return Dated(_period(low)[0], None) if low else Dated(None, _period(high)[1])


def _dated(op: Operator, start: int, end: int) -> Dated:
    """The times that stand to a period as `op` says: after all of it, from its start on, within it, …"""
    first = {"=": start, ">=": start, ">": end}.get(op)
    past = {"=": end, "<=": end, "<": start}.get(op)
    return Dated(first, past)


def _period(text: str) -> tuple[int, int]:
    """The first second of a year, month, day or minute in UTC, and the first after it; raises ValueError."""
    found = _PERIOD.fullmatch(text.replace("/", "-"))
    if found is None:
        raise ValueError(text)
    parts = [int(part) for part in found.groups() if part is not None]
    year, month, day, hour, minute = (*parts, *(1, 1, 1, 0, 0)[len(parts) :])
    start = datetime(year, month, day, hour, minute)
    if len(parts) < 3:
        end = start.replace(year=year + 1) if len(parts) == 1 else (start + timedelta(31)).replace(day=1)
    else:
        end = start + (timedelta(1) if len(parts) == 3 else timedelta(minutes=1))
    return int((start - _EPOCH).total_seconds()), int((end - _EPOCH).total_seconds())


def _grouped(node: Node) -> str:
    """`node` as written beside other terms."""
    return f"({node})" if isinstance(node, And | Or) else str(node)


def _spelt(words: str) -> str:
    """`words` bare where they parse as words alone, else in quotes."""
    if _BARE.fullmatch(words) and words.lower() != "none":
        return words
    return '"' + re.sub(r'([\\"])', r"\\\1", words) + '"'


def _span(dated: Dated, since: str, before: str, to: str) -> str:
    """Both bounds as dates, or as minutes where one is not midnight; the last one is included."""
    start, end = dated.start, dated.end
    length = len("2026-02-23") if (start or 0) % _DAY == (end or 0) % _DAY == 0 else len("2026-02-23T12:30")

    def written(second: int) -> str:
        return (_EPOCH + timedelta(seconds=second)).isoformat()[:length]

    if start is None or end is None:
        return before + written(end or 0) if start is None else since + written(start)
    first, last = written(start), written(end - 1)
    return first if first == last else first + to + last


def describe(node: Node) -> str:
    """What a filter keeps, in words for a reader; it may hold text as typed, so whoever shows it cleans it."""
    match node:
        case And(terms) | Or(terms):
            joint = " and " if isinstance(node, And) else " or "
            return joint.join(f"({describe(t)})" if isinstance(t, And | Or) else describe(t) for t in terms)
        case Not(term):
            return f"not ({describe(term)})" if isinstance(term, And | Or) else f"not {describe(term)}"
        case Words(words, place):
            return f"{place} contains “{words}”".lstrip()
        case Compare(name, op, value):
            return f"{name} {_SAID[op]} {value:,}"
        case Between(name, low, high):
            return f"{name} {low:,} to {high:,}"
        case Dated():
            return "posted " + _span(node, "since ", "before ", " to ")
        case Unknown(name):
            return {"tag": "without a tag", "rating": "unrated"}.get(name, f"{name} unknown")
        case Match(name, value, prefix):
            told = FIELDS[name].values.get(value, f"{_MATCHED.get(name, name)}{value}")
            return told + "…" * prefix
