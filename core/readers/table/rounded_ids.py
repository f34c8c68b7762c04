"""Ids of X that a spreadsheet has rounded to 15 digits: the links beside them have all of theirs.

Excel writes 2022100000000123456 as 2022100000000120000, in the column of the parents too.
"""

from collections.abc import Iterable, Mapping

_KEPT = 15
"""Digits that a spreadsheet keeps."""
_SHORTEST = 17
"""Digits from which on an id can be told to be rounded."""


def looks_rounded(post_id: str) -> bool:
    """Whether an id has no digits where a spreadsheet drops them."""
    return len(post_id) >= _SHORTEST and post_id.isdecimal() and not post_id[_KEPT:].strip("0")


def whole_ids(rows: Iterable[tuple[str, bool, str]]) -> Mapping[str, str]:
    """Rounded id -> the id that the link beside it gives; empty for one that two links fit.

    `rows` are a row's id, whether it was written as a rounded number (1.78E+18), and the id of its link. Nothing is
    mended where any link contradicts its id otherwise.
    """
    found: dict[str, str] = {}
    for given, is_rounded, linked in rows:
        if not given or not linked or given == linked:
            continue
        if not is_rounded and not (looks_rounded(given) and _is_rounded(given, linked)):
            return {}
        found[given] = linked if found.get(given, linked) == linked else ""
    return found


def _is_rounded(given: str, linked: str) -> bool:
    """Whether one id is the other one, rounded up or down."""
    if len(given) != len(linked) or not linked.isdecimal():
        return False
    return bool(abs(int(given) - int(linked)) <= 10 ** (len(linked) - _KEPT))
