"""Ids of X that were rounded on their way: the links beside them have all of their digits.

Excel writes 2022100000000123456 as 2022100000000120000, a script in JavaScript as 2022100000000123400, and one that
keeps its tables as floating point numbers as 2022100000000123392; in the column of the parents too.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

_KEPT = 15
"""Digits that a spreadsheet keeps."""
_SHORTEST = 17
"""Digits from which on an id can be told to be rounded."""
_SPARSE = 19
"""Digits from which on only one id in a hundred is a floating point number."""


def looks_rounded(post_id: str) -> bool:
    """Whether an id is as a spreadsheet or a floating point number leaves it, which is no chance in a whole column."""
    if len(post_id) < _SHORTEST or not post_id.isdecimal():
        return False
    return not post_id[_KEPT:].strip("0") or (len(post_id) >= _SPARSE and post_id in _as_floats(post_id))


def _as_floats(post_id: str) -> tuple[str, str]:
    """What is written of an id once it is a floating point number: its shortest digits, or all that the number has."""
    number = float(post_id)
    return f"{Decimal(repr(number)):f}", str(int(number))


def whole_ids(rows: Iterable[tuple[str, bool, str]]) -> Mapping[str, str]:
    """Rounded id -> the id that the link beside it gives; empty for one that two links fit.

    `rows` are a row's id, whether it was written as a rounded number (1.78E+18), and the id of its link. Nothing is
    mended where any link contradicts its id otherwise.
    """
    found: dict[str, str] = {}
    for given, is_rounded, linked in rows:
        if not given or not linked or given == linked:
            continue
        if not is_rounded and not _is_rounded(given, linked):
            return {}
        found[given] = linked if found.get(given, linked) == linked else ""
    return found


def _is_rounded(given: str, linked: str) -> bool:
    """Whether one id is the other one, rounded up or down."""
    if len(given) != len(linked) or len(given) < _SHORTEST or not (given.isdecimal() and linked.isdecimal()):
        return False
    if given in _as_floats(linked):
        return True
    return not given[_KEPT:].strip("0") and bool(abs(int(given) - int(linked)) <= 10 ** (len(linked) - _KEPT))
