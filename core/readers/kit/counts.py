"""Counts as sources print them: 1234, "1,234", "1.2K", "2万"."""

import math
import re
from typing import NamedTuple

from core.models import Flag

LARGEST = 10**15
"""No post has a count beyond this."""
_STORABLE = 2**63
_PRINTED = re.compile(r"([-−+]?)(\d[\d,.\s\u00a0\u202f]{0,40}|\.\d{1,10})(千|[kK]|万|萬|[mM]|亿|億|[bB])?\+?")
_UNITS = {"k": 10**3, "千": 10**3, "万": 10**4, "萬": 10**4, "m": 10**6, "亿": 10**8, "億": 10**8, "b": 10**9}
_GROUPED = re.compile(r"\d{1,3}(?:[,.\s\u00a0\u202f]\d{3})+")


class PrintedCount(NamedTuple):
    """A count and how far it can be trusted."""

    value: int | None
    flag: Flag | None = None
    understood: bool = True
    """False where the source's value is no count at all."""


_UNKNOWN = PrintedCount(None)
_NONSENSE = PrintedCount(None, None, understood=False)


def printed_count(value: object) -> PrintedCount:
    """`value` as a count; None and the empty text are unknown, a negative number is unknown and odd."""
    if type(value) is int:
        return _checked(value)
    if value is None:
        return _UNKNOWN
    if isinstance(value, float):
        if math.isnan(value):
            return _UNKNOWN
        return _checked(int(value)) if value.is_integer() else _NONSENSE
    return _printed(value.strip()) if isinstance(value, str) else _NONSENSE


def _checked(number: int, flag: Flag | None = None) -> PrintedCount:
    """`number` as a PrintedCount, with what is odd about it."""
    if number < 0 or number >= _STORABLE:
        return PrintedCount(None, Flag.ODD_COUNTS)
    return PrintedCount(number, Flag.ODD_COUNTS if number > LARGEST else flag)


def _printed(text: str) -> PrintedCount:
    """A count printed for people."""
    if text in ("", "-", "–", "—"):
        return _UNKNOWN
    match = _PRINTED.fullmatch(text)
    if not match:
        return _NONSENSE
    sign, digits, unit = match.groups()
    digits = digits.strip()
    if unit is None:
        plain = re.sub(r"\D", "", digits) if _GROUPED.fullmatch(digits) else digits
        if not plain.isdecimal():
            return _NONSENSE
        return _checked(-int(plain) if sign in ("-", "−") else int(plain))
    try:
        exact = float(digits.replace(",", "")) * _UNITS[unit.lower()]
    except ValueError:
        return _NONSENSE
    return _checked(round(exact) * (-1 if sign in ("-", "−") else 1), Flag.ROUNDED_COUNTS)
