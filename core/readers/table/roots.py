"""Which column names the posts that began the conversations, and which only the post that each row answers."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from core.readers.table.column_names import NAMES
from core.readers.table.rows import TableRow, compact
from core.readers.table.signs import NO_PARENT, are_ids, is_empty

_ENDS_AS_ID = re.compile(r"(?:id|idstr|uri|guid)$")
_OF_OTHERS = re.compile(
    r"user|author|owner|creator|account|member|person|poster|profile|uid$|mid$|channel|sub|forum|board|tieba|categor|group"
    r"|communit|instance|lang|countr|region|session|query|search|job|run|batch|task|device|client|ip|type|status"
    r"|quote|reply|parent|place|location|city|app|source|avatar|card|dialog|hash|scrape|crawl|nav|request"
)
"""Names of columns whose values many rows share, and that are no post."""
_SEEN = 2_000
"""Rows that are looked at."""
_WRONG = 0.02
"""The share of rows that may contradict a rule."""
_SHARED = 2
"""Rows to each root, on the average."""


def names_rows(values: Sequence[object], ids: Collection[str]) -> bool:
    """Whether any value is the id of a row."""
    return any(str(value) in ids for value in values)


def is_root(column: str, rows: Sequence[TableRow], own: str | None) -> bool:
    """Whether a column can name roots: a row that is named is its own root, or else it is only answered."""
    if own is None:
        return True
    pairs = [(_text(row, own), _text(row, column)) for row in rows[:_SEEN]]
    root_of = {mine: root for mine, root in pairs if mine and root and root not in NO_PARENT}
    wrong = sum(root_of.get(root, root) != root for root in root_of.values())
    return wrong <= len(root_of) * _WRONG


def parent_by_name(free: Sequence[str], rows: Sequence[TableRow], own: str | None) -> str | None:
    """The column that is called a root and names rows that are none: the posts that are answered."""
    known = {name: place for place, name in enumerate(NAMES["root"])}
    named = sorted((known[last], column) for column in free if (last := compact(column)) in known)
    return next((column for _, column in named if own is not None and not is_root(column, rows, own)), None)


def unnamed_root(free: Sequence[str], rows: Sequence[TableRow], own: str | None) -> str | None:
    """The column of ids that differ from the rows' own and that many rows share, whatever it is called."""
    best: tuple[int, int, str] | None = None
    for place, column in enumerate(free):
        last = compact(column)
        if not _ENDS_AS_ID.search(last) or _OF_OTHERS.search(last):
            continue
        counts = Counter(text for row in rows[:_SEEN] if (text := _text(row, column)))
        total = sum(counts.values())
        if total < len(rows[:_SEEN]) or total < len(counts) * _SHARED or not are_ids([*counts]):
            continue
        if is_root(column, rows, own):
            # The narrower one: a thread rather than what threads are about.
            best = max(best or (0, 0, ""), (len(counts), -place, column))
    return best[2] if best else None


def _text(row: TableRow, column: str) -> str:
    """A cell as an id is compared."""
    value = row.values.get(column)
    return "" if is_empty(value) else str(value).strip().removesuffix(".0")
