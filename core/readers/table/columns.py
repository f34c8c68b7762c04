"""Which column of a list is a post's id, author, text and so on: by its name, then by its values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.counts import COUNT_NAMES
from core.errors import PayloadError
from core.readers.table.column_names import AROUND, NAMES, OF_A_COMMENT, OF_ROOTS_ONLY, PEOPLE, STRONG_ROOTS, WEAK
from core.readers.table.roots import is_root, names_rows, parent_by_name, unnamed_root
from core.readers.table.rows import TableRow, compact, parts
from core.readers.table.signs import (
    FITS,
    NO_PARENT,
    SIGNS,
    are_account_numbers,
    are_parents,
    are_row_numbers,
    are_to_the_second,
    is_distinct,
    is_empty,
    is_power_of_ten,
    is_prose,
    is_shared,
    mean_length,
)
from core.reasons import Reason, ReasonCode

FIELDS = (
    "id",
    "author",
    "name",
    "text",
    "title",
    "time",
    *COUNT_NAMES,
    "parent",
    "url",
    "lang",
    "media",
    "author_id",
    "root",
)
"""What a column can be; `root` is the post that began the conversation."""
_ORDER = (
    "text",
    "id",
    "author",
    "name",
    "time",
    *COUNT_NAMES,
    "parent",
    "url",
    "lang",
    "root",
    "author_id",
    "title",
    "media",
)
_SEEN = 500
"""Values of a column that are looked at."""
_FILLED = 0.9
"""The share of rows in which the column of their ids says something."""

Values = Mapping[str, Sequence[object]]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Which column is read as which field of a post."""

    by_field: Mapping[str, str]
    is_told: bool
    """Whether they are those of posts, by the name of the text or of what else there is, or by the user's word."""
    has_row_numbers: bool = False
    """Whether the ids only count the rows, and mean nothing outside of this list."""

    def as_reason(self) -> Reason:
        """What is read as what."""
        found = (f"{name} ← {self.by_field[name]}" for name in FIELDS if name in self.by_field)
        return Reason(ReasonCode.READ_AS, names=(", ".join(found),))


def choose_columns(rows: Sequence[TableRow], names: Sequence[str], mapping: Mapping[str, str]) -> ColumnChoice | None:
    """What the columns are; None where there is no text. `mapping` is what the user says of them.

    Raises PayloadError where the user names a column that there is not.
    """
    missing = [column for column in mapping.values() if column and column not in names]
    if missing:
        raise PayloadError(Reason(ReasonCode.NO_COLUMN, names=(missing[0], listed_names(names))))
    found = {field: column for field, column in mapping.items() if column}
    values = {name: _values(rows, name) for name in names}
    for field in _ORDER:
        if field in mapping:
            continue
        free = [name for name in names if name not in found.values()]
        column = _by_name(field, free, values, found, rows) or _by_values(field, free, values)
        if column:
            found[field] = column
    has_more = bool({"author", "time"} & found.keys())
    _settle_people(found, values, names, mapping)
    _settle_parents(found, values, rows, names, mapping)
    if "text" not in found and "author" in found and "title" in found:
        found["text"] = found.pop("title")
    if "text" not in found:
        return None
    last = compact(found["text"].rpartition(".")[2])
    is_named = "text" in mapping or (last in NAMES["text"] and last not in WEAK)
    counts_rows = "id" in found and "id" not in mapping and are_row_numbers(values[found["id"]])
    is_alone = counts_rows and "parent" not in found
    return ColumnChoice(found, is_named or has_more, is_alone)


def listed_names(names: Sequence[str], most: int = 40) -> str:
    """Names of columns, not too many."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest:,} more" if rest > 0 else "")


def _settle_people(found: dict[str, str], values: Values, names: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Part the numbers of accounts from their handles, and let a name stand for a handle where there is none."""
    if "author" in found and "author" not in mapping and are_account_numbers(values[found["author"]]):
        number = found.pop("author")
        free = [name for name in names if name not in found.values() and name != number]
        other = next(
            (
                column
                for column in _named("author", free, values)
                if not are_account_numbers(values[column]) and FITS["author"](values[column])
            ),
            None,
        )
        if other:
            found["author"] = other
        if "author_id" not in mapping:
            found["author_id"] = number
    if "author" not in found and "name" in found and not {"author", "name"} & mapping.keys():
        found["author"] = found.pop("name")


def _settle_parents(
    found: dict[str, str], values: Values, rows: Sequence[TableRow], names: Sequence[str], mapping: Mapping[str, str]
) -> None:
    """See that parents name posts, and that what is shared by rows and is none of them is their root."""
    ids = set(map(str, values.get(found.get("id", ""), ())))
    parent = found.get("parent")
    if parent and "parent" not in mapping:
        is_outside = not names_rows(values[parent], ids) and is_shared(_without_none(values[parent]))
        if "root" not in found and "root" not in mapping and is_outside:
            found["root"] = parent
            if not are_parents(values[parent], ids):
                del found["parent"]
        elif not are_parents(values[parent], ids):
            del found["parent"]
    free = [name for name in names if name not in found.values()]
    if "parent" not in found and "parent" not in mapping and (column := parent_by_name(free, rows, found.get("id"))):
        found["parent"] = column
    if "root" in found or "root" in mapping:
        return
    free = [name for name in names if name not in found.values()]
    if column := unnamed_root(free, rows, found.get("id")):
        found["root"] = column


def _without_none(values: Sequence[object]) -> list[object]:
    """The values that name something."""
    return [value for value in values if str(value) not in NO_PARENT]


def _values(rows: Sequence[TableRow], name: str) -> list[object]:
    """The first values of a column that say something."""
    found: list[object] = []
    for row in rows:
        value = row.values.get(name)
        if not is_empty(value):
            found.append(value)
            if len(found) == _SEEN:
                break
    return found


def _named(field: str, free: Sequence[str], values: Values) -> list[str]:
    """The columns whose names mean the field, the most telling first."""
    known = {name: place for place, name in enumerate(NAMES[field])}
    ranked = []
    for place, name in enumerate(free):
        rank = _rank(field, name, known)
        if rank is None:
            continue
        # Of two times the one that says its zone, or counts seconds; of two ids the one that does not count the rows.
        is_worse = (field == "time" and not are_to_the_second(values[name])) or (
            field == "id" and are_row_numbers(values[name])
        )
        ranked.append((is_worse, rank, name.count("."), place, name))
    return [name for *_, name in sorted(ranked)]


def _by_name(
    field: str, free: Sequence[str], values: Values, found: Mapping[str, str], rows: Sequence[TableRow]
) -> str | None:
    """The first column whose name means the field, and whose values can be of it."""
    for name in _named(field, free, values):
        if not FITS[field](values[name]):
            continue
        if field == "id" and not _can_be_ids(name, values[name], min(len(rows), _SEEN)):
            continue
        if field == "root" and not _can_be_root(name, values[name], rows, found):
            continue
        return name
    return None


def _can_be_ids(name: str, values: Sequence[object], rows: int) -> bool:
    """Whether each row has a value of its own in this column, or had one before it was rounded to a power of ten."""
    values = [value for value in values if not is_power_of_ten(value)]
    if compact(name).endswith("replyid"):
        # More often than not it is the post that is answered.
        return is_distinct(values) and len(values) >= rows * _FILLED and len(_without_none(values)) == len(values)
    return is_distinct(values)


def _can_be_root(name: str, values: Sequence[object], rows: Sequence[TableRow], found: Mapping[str, str]) -> bool:
    """Whether a column whose name may mean it names the posts that began the conversations."""
    last = compact(name.rpartition(".")[2])
    own = found.get("id")
    if not is_root(name, rows, own):
        return False
    is_strong = last in NAMES["root"] and NAMES["root"].index(last) < STRONG_ROOTS
    is_under = (
        last in (*OF_ROOTS_ONLY, "postid") and own is not None and compact(own.rpartition(".")[2]) in OF_A_COMMENT
    )
    return is_strong or is_under or is_shared(values)


def _rank(field: str, name: str, known: Mapping[str, int]) -> int | None:
    """How well a column's name means the field, 0 being best; None where it does not."""
    *around, last = parts(name)
    if around and (rank := known.get("".join((*around, last)))) is not None and field in ("parent", "author_id"):
        return rank
    is_person = bool(around) and around[-1] in PEOPLE
    outer = around[:-1] if is_person else around
    if not all(one in AROUND for one in outer):
        # Counts are also given as `likes.count`.
        joined = around[-1] + last if around else ""
        return known.get(joined) if all(one in AROUND for one in around[:-1]) and field in COUNT_NAMES else None
    if is_person and field == "author_id" and last in ("id", "idstr", "restid", "uid", "mid"):
        return 0
    if is_person and field not in ("author", "name", "author_id"):
        return None
    if is_person and field == "author" and last in ("name", "displayname"):
        return len(known)
    return known.get(last)


def _by_values(field: str, free: Sequence[str], values: Values) -> str | None:
    """The column that looks like the field, whatever its name."""
    if field == "text":
        lengths = {
            name: mean_length(values[name])
            for name in free
            if "." not in name and _rank("title", name, _TITLES) is None and is_prose(values[name])
        }
        return max(lengths, key=lambda name: lengths[name], default=None)
    sign = SIGNS.get(field)
    return next((name for name in free if values[name] and sign(values[name])), None) if sign else None


_TITLES = {name: place for place, name in enumerate(NAMES["title"])}
