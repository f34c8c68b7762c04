"""Columns that say the same in all rows of one root: they tell of the root, such as a video's title and views."""

from collections.abc import Mapping, Sequence

from core.counts import COUNT_NAMES
from core.readers.kit.counts import printed_count
from core.readers.table.rows import TableRow
from core.readers.table.signs import countable, is_empty

_FEWEST = 3
"""Rows of one root, from which on it is no chance that all say the same."""
_OF_A_ROOT = 50
"""A count from which on it is none of a comment's that all others have too."""


def facts_of_root(by_field: Mapping[str, str], rows: Sequence[TableRow]) -> list[str]:
    """The fields whose columns tell of the root, and of none of the rows."""
    if by_field.get("root") is None:
        groups = {"": [*rows]}
    else:
        groups = {}
        for row in rows:
            groups.setdefault(str(row.values.get(by_field["root"])), []).append(row)
    groups = {root: inside for root, inside in groups.items() if len(inside) > 1}
    if max(map(len, groups.values()), default=0) < _FEWEST:
        return []
    return [
        field for field in (*COUNT_NAMES, "title") if field in by_field and _is_of_root(field, by_field[field], groups)
    ]


def _is_of_root(field: str, column: str, groups: Mapping[str, Sequence[TableRow]]) -> bool:
    """Whether a column says the same in all rows of each root, and what no comment has in common with all others."""
    for inside in groups.values():
        told = {str(row.values.get(column)) for row in inside if not is_empty(row.values.get(column))}
        if len(told) != 1:
            return False
        if field != "title" and (printed_count(countable(next(iter(told)))).value or 0) < _OF_A_ROOT:
            return False
    return True
