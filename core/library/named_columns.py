"""The columns of a statement, declared once by name: their SQL, and rows that are read by those names."""

from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


class NamedColumns:
    """What a SELECT asks for. Its rows are named tuples, which are read faster by name than `sqlite3.Row`."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        """`columns` is each name with its SQL expression."""
        self.sql = ", ".join(columns.values())
        # Its names are data, which mypy cannot know.
        self._row: Any = namedtuple("_row", columns)  # type: ignore[misc]

    def named(self, rows: Iterable[Any]) -> Iterator[Any]:
        """A cursor's rows, by name."""
        return map(self._row._make, rows)
