"""CSV and its kin as rows: the delimiter is the one that cuts the first lines into equal rows."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from core.models import Problem
from core.readers.kit.document import Document, Kind
from core.readers.table.rows import Rows, TableRow
from core.reasons import Reason, ReasonCode

_DELIMITERS = ",\t;|"
_LOOKED_AT = 20
"""Records by which a delimiter is judged."""
_FEWEST = 2
_LONGEST = 2**31 - 1
"""Characters of a cell; a quote that is never closed makes a cell of the rest."""
_LISTED = 50
"""Records of a wrong length that are named one by one."""


def csv_rows(document: Document, limit: int | None = None) -> Rows | None:
    """The rows of a document in CSV, no more than `limit`; None where it has no heading of two columns."""
    if document.kind is not Kind.PLAIN:
        return None
    text = document.text
    first = text.partition("\n")[0].strip().lower()
    skipped = 0
    if first.startswith("sep=") and len(first) <= len("sep=?"):
        # Excel's own way to name the delimiter.
        text, skipped = text.partition("\n")[2], 1
    delimiter = _delimiter(text)
    if delimiter is None:
        return None
    problems: list[Problem] = []
    records = _records(text, delimiter, problems, skipped)
    _, heading = next(records)
    names = _names(heading)
    rows: list[TableRow] = []
    for line, cells in islice(records, limit):
        place = f"line {line + skipped}"
        if len(cells) != len(names) and len(problems) < _LISTED:
            problems.append(Problem(place, Reason(ReasonCode.CELLS_AND_COLUMNS, (len(cells), len(names)))))
        rows.append(TableRow(place, dict(zip(names, cells, strict=False))))
    return Rows(rows, problems=tuple(problems))


def _records(
    text: str, delimiter: str, problems: list[Problem] | None = None, skipped: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins in; empty lines are none.

    A quote that is never closed would swallow all lines up to the next quote: where its line alone has as many cells as
    the heading, that line is read as it stands.
    """
    csv.field_size_limit(_LONGEST)
    lines = io.StringIO(text, newline="").readlines()
    at, columns = 0, 0
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        start = at + reader.line_num
        cells = next(reader, None)
        if cells is None:
            return
        end = at + reader.line_num
        columns = columns or len(cells)
        if end - start > 1 and _swallows(lines[start:end], cells, columns, delimiter):
            cells = lines[start].rstrip("\r\n").split(delimiter)
            at, reader = start + 1, csv.reader(islice(lines, start + 1, None), delimiter=delimiter)
            if problems is not None:
                problems.append(Problem(f"line {start + 1 + skipped}", Reason(ReasonCode.QUOTE_NOT_CLOSED)))
        if cells:
            yield start + 1, cells


def _swallows(lines: Sequence[str], cells: Sequence[str], columns: int, delimiter: str) -> bool:
    """Whether the first of a record's lines is one by itself, and its quote not the beginning of a cell of lines."""
    if columns < _FEWEST or lines[0].count(delimiter) + 1 != columns:
        return False
    try:
        return len(cells) != columns or len([*csv.reader(lines, delimiter=delimiter, strict=True)]) != 1
    except csv.Error:
        return True


def _delimiter(text: str) -> str | None:
    """What the columns are divided by; None where the first record is no heading."""
    best: tuple[int, int, str] | None = None
    for delimiter in _DELIMITERS:
        records = [cells for _, cells in islice(_records(text, delimiter), _LOOKED_AT)]
        columns = len(records[0]) if records else 0
        if columns < _FEWEST or not _is_heading(records[0]):
            continue
        even = sum(len(cells) == columns for cells in records)
        found = (even * 100 // len(records), columns, delimiter)
        best = max(best, found) if best else found
    return best[2] if best else None


def _is_heading(cells: Sequence[str]) -> bool:
    """Whether cells can be names of columns."""
    named = [cell.strip() for cell in cells if cell.strip()]
    return len(named) >= _FEWEST and all(len(name) <= 100 and "\n" not in name for name in named)


def _names(heading: Sequence[str]) -> list[str]:
    """The columns' names, each once."""
    names: list[str] = []
    for number, cell in enumerate(heading, 1):
        name = cell.strip() or f"column {number}"
        names.append(f"{name} ({number})" if name in names else name)
    return names
