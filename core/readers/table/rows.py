"""Lists of objects as rows of flat columns, whatever they are nested in and whatever is nested in them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.models import Problem
from core.readers.kit.document import Document, Kind
from core.readers.kit.fields import type_name
from core.readers.table.column_names import ANSWERS
from core.reasons import Reason, ReasonCode

_DEPTH = 4
"""Objects inside one another whose fields become columns."""
_INSIDE = 5
"""Objects around the list."""
_LONGEST_PLACE = 100
_FEWEST_BY_ID = 2
"""Objects of one kind, and fields that they have in common, by which an object is told to have ids for keys."""
_ALIKE = 0.8
_LONGEST_WORD = 20
"""Letters of a field's name."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One entry of a list, with its fields as columns."""

    place: str
    values: Mapping[str, object] = field(repr=False)
    """By column; an object's fields are columns such as `author.name`."""
    above: int | None = None
    """The number of the row that this one is nested in."""


@dataclass(frozen=True, slots=True)
class Rows:
    """All entries, and what stands beside their list."""

    rows: Sequence[TableRow] = field(repr=False)
    root: TableRow | None = None
    """An object around or beside the list that may be the post that was answered."""
    beside: tuple[str, ...] = ()
    """Fields beside the list."""
    nested: tuple[str, ...] = ()
    """Columns whose entries are rows of their own."""
    problems: tuple[Problem, ...] = ()

    def columns(self) -> list[str]:
        """All columns but those whose entries are rows, in the order in which they come."""
        return [
            column
            for column in dict.fromkeys(key for row in self.rows for key in row.values)
            if column not in self.nested
        ]


def compact(name: str) -> str:
    """A column's name without what different tools write differently: case, `_`, `-` and spaces."""
    return re.sub(r"[\W_]+", "", name).lower()


def flattened(values: Mapping[str, object]) -> dict[str, object]:
    """`values` with the fields of objects inside as columns of their own, named with dots."""
    found: dict[str, object] = {}
    pending = [("", values, 0)]
    while pending:
        before, inner, depth = pending.pop(0)
        for key, value in inner.items():
            name = f"{before}{key}"
            if isinstance(value, dict) and value and depth < _DEPTH:
                pending.append((f"{name}.", value, depth + 1))
            else:
                found.setdefault(name, value)
    return found


def json_rows(document: Document, limit: int | None = None) -> Rows | None:
    """The rows of a JSON document, no more than `limit` of the outer ones; None where there is no list of objects."""
    if document.kind is not Kind.JSON:
        return None
    if len(document.parts) != 1:
        return _rows([entry for part in document.parts[:limit] for entry in _entries(part.place, part.value)])
    found = _list(document.value)
    if found is None:
        return None
    path, entries_found, around = found
    place = ".".join(path)
    rows = _rows(list(_entries(place, entries_found[:limit])))
    if rows is None or around is None:
        return rows
    own = flattened({key: value for key, value in around.items() if key != path[-1]})
    root = TableRow("", own)
    return Rows(rows.rows, root, tuple(own), rows.nested, rows.problems)


def _entries(place: str, value: object) -> Iterator[tuple[str, object]]:
    """The entries of a list with their places, or what is no list as the only one."""
    if isinstance(value, list):
        yield from ((f"{place}[{number}]", entry) for number, entry in enumerate(value))
    else:
        yield place, value


def _list(value: object) -> tuple[list[str], list[object], Mapping[str, object] | None] | None:
    """The path to the longest list of objects that is not inside another, the list, and the object that has it."""
    if isinstance(value, list):
        return [], value, None
    if isinstance(value, dict) and (entries := _by_ids(value) or _by_columns(value)):
        return [], entries, None
    best: tuple[list[str], list[object], Mapping[str, object] | None] | None = None
    pending: list[tuple[list[str], Mapping[str, Any]]] = [([], value)] if isinstance(value, dict) else []
    while pending:
        path, inner = pending.pop(0)
        for key, entry in inner.items():
            here = [*path, str(key)]
            if isinstance(entry, dict) and (entries := _by_ids(entry)):
                entry = entries
            if isinstance(entry, dict) and len(here) < _INSIDE:
                pending.append((here, entry))
            elif _has_objects(entry) and (best is None or len(entry) > len(best[1])):
                best = here, entry, inner
    return best


def _by_ids(value: Mapping[str, object]) -> list[object]:
    """The entries of an object whose keys are their ids; none where it is an object of other things."""
    entries = [entry for entry in value.values() if isinstance(entry, dict)]
    if len(entries) < _FEWEST_BY_ID or len(entries) < len(value):
        return []
    fields = Counter(name for entry in entries for name in entry)
    common = [name for name, times in fields.items() if times >= len(entries) * _ALIKE]
    if len(common) < _FEWEST_BY_ID or len(common) * 2 < len(fields) or not any(_can_be_id(key) for key in value):
        return []
    return [*entries] if "id" in fields else _with_ids(value)


def _by_columns(value: Mapping[str, object]) -> list[object]:
    """The rows of a table that is written column by column, each an object by the rows' numbers, as pandas does."""
    columns = {name: column for name, column in value.items() if isinstance(column, dict)}
    first = next(iter(columns.values()), {})
    if len(columns) < max(_FEWEST_BY_ID, len(value)) or not first or not all(key.isdecimal() for key in first):
        return []
    if any(column.keys() != first.keys() for column in columns.values()):
        return []
    return [{name: column[key] for name, column in columns.items()} for key in first]


def _can_be_id(key: str) -> bool:
    """Whether a key is an id rather than the name of a field."""
    return any(letter.isdigit() for letter in key) or (len(key) > _LONGEST_WORD and not key.isalpha())


def _has_objects(value: object) -> bool:
    """Whether a value is a list with objects among its first entries."""
    return isinstance(value, list) and any(isinstance(one, dict) for one in value[:20])


def _rows(entries: Sequence[tuple[str, object]]) -> Rows | None:
    """The rows of a list, each before those that are nested in it; None where nothing in it is an object."""
    rows: list[TableRow] = []
    problems: list[Problem] = []
    nested: dict[str, None] = {}
    pending: list[tuple[str, object, int | None]] = [(place, entry, None) for place, entry in reversed(entries)]
    while pending:
        place, entry, above = pending.pop()
        if not isinstance(entry, dict):
            problems.append(
                Problem(place or "payload", Reason(ReasonCode.ENTRY_NOT_AN_OBJECT, names=(type_name(entry),)))
            )
            continue
        number = len(rows)
        values = flattened({name: _as_answers(name, value) for name, value in entry.items()})
        answers = [name for name in values if _has_answers(name, values[name])]
        rows.append(TableRow(place, {name: value for name, value in values.items() if name not in answers}, above))
        for name in reversed(answers):
            nested[name] = None
            inside = values[name]
            assert isinstance(inside, list)
            inner = f"{place}.{name}" if len(place) < _LONGEST_PLACE else place
            pending += [(f"{inner}[{at}]", one, number) for at, one in enumerate(inside)][::-1]
    return Rows(rows, nested=tuple(nested), problems=tuple(problems)) if rows else None


def _as_answers(name: str, value: object) -> object:
    """A column's value, as a list where it holds the answers to its row by their ids."""
    if not isinstance(value, dict) or compact(name) not in ANSWERS:
        return value
    entries = [one for one in value.values() if isinstance(one, dict)]
    return _with_ids(value) if len(entries) == len(value) and all(map(_can_be_id, value)) else value


def _with_ids(value: Mapping[str, object]) -> list[object]:
    """The entries of an object, each with its key as its id where it names none."""
    return [{"id": key, **entry} for key, entry in value.items() if isinstance(entry, dict)]


def _has_answers(name: str, value: object) -> bool:
    """Whether a column holds the answers to its row."""
    return _has_objects(value) and compact(name.rpartition(".")[2]) in ANSWERS


def parts(name: str) -> Iterator[str]:
    """The names in a dotted column, compact."""
    return map(compact, name.split("."))
