"""What stands after a field's name: numbers, times, words and the values that a field lists."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from core.errors import QueryError
from core.query.fields import FIELDS, NUMBERS
from core.query.tree import (
    EPOCH,
    Node,
    NumberComparison,
    NumberRange,
    Operator,
    TextMatch,
    TimeRange,
    UnknownValue,
    ValueMatch,
)
from core.text.matching import fold

MAX_NUMBER = 10**18 - 1
"""Larger numbers are refused; the integers of SQLite end soon after."""

_PLAIN = str.maketrans("：＞＜＝－，．。／？＊＠", ":><=-,../?*@")
_OPERATORS: Mapping[str, Operator] = {
    "": "=", "=": "=", ">": ">", ">=": ">=", "=>": ">=", "≥": ">=", "<": "<", "<=": "<=", "=<": "<=", "≤": "<=",
}  # fmt: skip
_NUMBER = re.compile(r"(-?)(\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.(\d{1,9}))?([kKmM万萬亿億]?)")
_TIMES = {"": 1, "k": 10**3, "m": 10**6, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt](\d{1,2}):(\d\d))?)?)?")


def text_match(words: str, place: str, column: int) -> TextMatch:
    """Words to look for. Raises QueryError where folding leaves nothing of them."""
    if not fold(words):
        raise QueryError("There is nothing to search for in these words; write a letter, digit or sign.", column)
    return TextMatch(words, place)


def typed_match(name: str, value: str, bare: bool, column: int) -> Node:
    """The field `name` with its value; only a `bare` one can hold the signs `?`, `*` and `@`.

    Raises QueryError where the field does not take the value.
    """
    plain = value.translate(_PLAIN)
    sign = plain if bare else ""
    if not fold(value.lstrip("@＠") if bare and name == "author" else value):
        raise QueryError(f"{name} has no value; write it without a space, such as {FIELDS[name].examples[0]}.", column)
    if name in (*NUMBERS, "date"):
        return _compared(name, plain, column)
    if (name in ("lang", "author", "tag", "recheck") and sign == "?") or (name == "tag" and sign.lower() == "none"):
        return UnknownValue(name)
    match name:
        case "text" | "translation" | "note":
            return text_match(value, name, column)
        case "author":
            return ValueMatch(name, value[1:]) if sign.startswith("@") else text_match(value, name, column)
        case "tag" | "id":
            if name == "tag" and sign == "*":
                return ValueMatch("has", "tag")
            return ValueMatch(name, value[:-1], prefix=True) if sign.endswith("*") else ValueMatch(name, value)
        case "lang":
            if not re.fullmatch(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*", value):
                raise QueryError(f"lang wants a language such as lang:en, not ‘{value}’.", column)
            return ValueMatch(name, value.replace("_", "-"))
    return ValueMatch(name, _listed(name, value, column))


def _listed(name: str, value: str, column: int) -> str:
    """The one of the field's values that is meant."""
    values = FIELDS[name].values
    meant = fold(value).replace("_", "-")
    for known in (meant, meant.removesuffix("s"), {"undecided": "new"}.get(meant, "")):
        if known in values:
            return known
    raise QueryError(f"{name} does not know ‘{value}’; it takes {', '.join(values)}.", column)


def _compared(name: str, text: str, column: int) -> Node:
    """A number or a time against one bound, or between two."""
    if text.lower() in ("?", "unknown"):
        return UnknownValue(name)
    low, dots, high = text.partition("..")
    bound = text.lstrip("<>=≥≤")
    try:
        if dots and (low or high):
            return _dates(low, high) if name == "date" else _numbers(name, low, high)
        op = _OPERATORS[text.removesuffix(bound)]
        return _dated(op, *_period(bound)) if name == "date" else NumberComparison(name, op, _number(bound))
    except (ValueError, KeyError, OverflowError) as error:
        wanted = f"a {'date' if name == 'date' else 'number'} such as {FIELDS[name].examples[0]}"
        raise QueryError(f"{name} wants {wanted}, not ‘{text}’.", column) from error


def _numbers(name: str, low: str, high: str) -> Node:
    """A number from `low` to `high`, in either order; an empty end is open."""
    if low and high:
        first, last = sorted((_number(low), _number(high)))
        return NumberRange(name, first, last)
    return NumberComparison(name, ">=", _number(low)) if low else NumberComparison(name, "<=", _number(high))


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


def _dates(low: str, high: str) -> TimeRange:
    """From the start of `low` to the end of `high`, in either order; an empty end is open."""
    if low and high:
        first, last = sorted((_period(low), _period(high)))
        return TimeRange(first[0], last[1])
    return TimeRange(_period(low)[0], None) if low else TimeRange(None, _period(high)[1])


def _dated(op: Operator, start: int, end: int) -> TimeRange:
    """The times that stand to a period as `op` says: after all of it, from its start on, within it, …"""
    first = {"=": start, ">=": start, ">": end}.get(op)
    past = {"=": end, "<=": end, "<": start}.get(op)
    return TimeRange(first, past)


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
    return int((start - EPOCH).total_seconds()), int((end - EPOCH).total_seconds())
