"""Which column of a list is a post's id, author, text and so on: by its name, then by its values."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from core.counts import COUNT_NAMES
from core.errors import PayloadError
from core.readers.kit.counts import printed_count
from core.readers.kit.fields import identifier
from core.readers.table.column_names import AROUND, NAMES, PEOPLE, STRONG_ROOTS, WEAK
from core.readers.table.rows import TableRow, compact, parts
from core.readers.table.times import table_time
from core.reasons import Reason, ReasonCode
from core.text.language_tags import is_language_tag
from core.text.links import web_link
from core.text.x_posts import linked_id

FIELDS = (
    "id",
    "author",
    "name",
    "text",
    "time",
    *COUNT_NAMES,
    "parent",
    "url",
    "lang",
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
)
_ID = re.compile(r"\d{5,40}(?:\.0)?|t\d_\w{1,20}|[^\s@]{1,300}[:/][^\s]{1,300}|[0-9a-f-]{16,40}")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*")
_EMPTY = frozenset(("", "null", "none", "nan", "n/a", "undefined", "[]", "{}"))
NO_PARENT = frozenset(("", "0", "-1", "root"))
"""What stands for no parent."""
_ENOUGH = 0.8
_SEEN = 500
"""Values of a column that are looked at."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Which column is read as which field of a post."""

    by_field: Mapping[str, str]
    is_told: bool
    """Whether they are those of posts, by the name of the text or of what else there is, or by the user's word."""

    def as_reason(self) -> Reason:
        """What is read as what."""
        found = (f"{name} ← {self.by_field[name]}" for name in FIELDS if name in self.by_field)
        return Reason(ReasonCode.READ_AS, names=(", ".join(found),))


def is_empty(value: object) -> bool:
    """Whether a cell says nothing."""
    return value is None or value in ([], {}) or (isinstance(value, str) and value.strip().lower() in _EMPTY)


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
        column = _by_name(field, free, values) or _by_values(field, free, values)
        if column:
            found[field] = column
    if "parent" in found and "parent" not in mapping:
        ids = set(map(str, values.get(found.get("id", ""), ())))
        if not _are_parents(values[found["parent"]], ids):
            del found["parent"]
    has_more = bool({"author", "time"} & found.keys())
    if "author" not in found and "name" in found and not {"author", "name"} & mapping.keys():
        found["author"] = found.pop("name")
    if "text" not in found:
        return None
    last = compact(found["text"].rpartition(".")[2])
    is_named = "text" in mapping or (last in NAMES["text"] and last not in WEAK)
    return ColumnChoice(found, is_named or has_more)


def listed_names(names: Sequence[str], most: int = 40) -> str:
    """Names of columns, not too many."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest:,} more" if rest > 0 else "")


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


def _by_name(field: str, free: Sequence[str], values: Mapping[str, Sequence[object]]) -> str | None:
    """The first column whose name means the field, and whose values can be of it."""
    known = {name: place for place, name in enumerate(NAMES[field])}
    ranked = []
    for place, name in enumerate(free):
        rank = _rank(field, name, known)
        if rank is not None:
            ranked.append((rank, name.count("."), place, name))
    for rank, _, _, name in sorted(ranked):
        if field == "root" and rank >= STRONG_ROOTS and not _is_shared(values[name]):
            continue
        if _FITS[field](values[name]) and not (field == "id" and not _is_distinct(values[name])):
            return name
    return None


def _rank(field: str, name: str, known: Mapping[str, int]) -> int | None:
    """How well a column's name means the field, 0 being best; None where it does not."""
    *around, last = parts(name)
    if around and (rank := known.get("".join((*around, last)))) is not None and field == "parent":
        return rank
    is_person = bool(around) and around[-1] in PEOPLE
    outer = around[:-1] if is_person else around
    if not all(one in AROUND for one in outer):
        # Counts are also given as `likes.count`.
        joined = around[-1] + last if around else ""
        return known.get(joined) if all(one in AROUND for one in around[:-1]) and field in COUNT_NAMES else None
    if is_person and field not in ("author", "name"):
        return None
    if is_person and field == "author" and last in ("name", "displayname"):
        return len(known)
    return known.get(last)


def _by_values(field: str, free: Sequence[str], values: Mapping[str, Sequence[object]]) -> str | None:
    """The column that looks like the field, whatever its name."""
    if field == "text":
        lengths = {name: _mean_length(values[name]) for name in free if "." not in name and _is_prose(values[name])}
        return max(lengths, key=lambda name: lengths[name], default=None)
    sign = _SIGNS.get(field)
    return next((name for name in free if values[name] and sign(values[name])), None) if sign else None


def _share(values: Sequence[object], test: Callable[[object], bool]) -> float:
    """How many of the values pass a test, from 0 to 1."""
    return sum(map(test, values)) / len(values) if values else 0.0


def _is_word(value: object) -> bool:
    """Whether a value is text, and no number, link or date."""
    return isinstance(value, str) and not _NUMBER.fullmatch(value.strip()) and web_link(value) is None


def _is_text(values: Sequence[object]) -> bool:
    """Whether values can be what people wrote."""
    return _share(values, _is_word) >= 0.5


def _is_prose(values: Sequence[object]) -> bool:
    """Whether values look like what people wrote: mostly different, and of several words or of many letters."""

    def is_said(value: object) -> bool:
        return _is_word(value) and len(str(value).split()) + sum(ch > "⺀" for ch in str(value)) // 2 >= 3

    return _is_distinct(values) and _share(values, is_said) >= 0.6


def _mean_length(values: Sequence[object]) -> float:
    """The mean length of texts."""
    return sum(len(str(value)) for value in values) / len(values)


def _is_distinct(values: Sequence[object]) -> bool:
    """Whether hardly any value comes twice."""
    return len(set(map(str, values))) >= 0.9 * len(values)


def _is_shared(values: Sequence[object]) -> bool:
    """Whether most values come more than once."""
    return len(set(map(str, values))) <= 0.5 * len(values)


def _are_ids(values: Sequence[object]) -> bool:
    """Whether values can be ids."""
    return _share(values, lambda value: bool(identifier(value)[0]) and not _has_space(value)) >= _ENOUGH


def _are_parents(values: Sequence[object], ids: Collection[str]) -> bool:
    """Whether values name posts, and not the accounts that are answered."""
    named = [str(one) for one in values if str(one) not in NO_PARENT]
    return not named or _share(named, lambda one: str(one) in ids or bool(_ID.fullmatch(str(one)))) >= 0.5


def _has_space(value: object) -> bool:
    """Whether a value is a text of several words."""
    return isinstance(value, str) and len(value.split()) > 1


def _are_names(values: Sequence[object]) -> bool:
    """Whether values can be names."""
    return _share(values, lambda value: isinstance(value, str) and len(value) <= 200) >= _ENOUGH


def _are_counts(values: Sequence[object]) -> bool:
    """Whether values can be counts."""
    return (
        _share(values, lambda value: type(value) is not bool and printed_count(countable(value)).understood) >= _ENOUGH
    )


def _are_links(values: Sequence[object]) -> bool:
    """Whether values are links, one for each row."""
    return _share(values, lambda value: link_of(value) is not None) >= _ENOUGH and (
        len(values) < 2 or not _is_shared(values)
    )


def _are_times(values: Sequence[object]) -> bool:
    """Whether values can be times; those that only people understand are kept as they are."""

    def can_be(value: object) -> bool:
        return isinstance(value, str | int | float) and not isinstance(value, bool)

    return _share(values, can_be) >= _ENOUGH


def _are_exact_times(values: Sequence[object]) -> bool:
    """Whether values are times as only times are printed."""

    def is_exact(value: object) -> bool:
        return isinstance(value, str) and table_time(value, None).posted_at is not None

    return _share(values, is_exact) >= _ENOUGH


def _are_languages(values: Sequence[object]) -> bool:
    """Whether values are codes of languages."""
    return _share(values, lambda value: isinstance(value, str) and is_language_tag(value.replace("_", "-"))) >= _ENOUGH


def _are_handles(values: Sequence[object]) -> bool:
    """Whether values are names with an @."""
    return _share(values, lambda value: isinstance(value, str) and bool(re.fullmatch(r"@\w{1,40}", value))) >= _ENOUGH


def countable(value: object) -> object:
    """A cell that may be a count; a table with gaps gives its numbers a point."""
    return value.removesuffix(".0") if isinstance(value, str) else value


def link_of(value: object) -> str | None:
    """A post's link; Reddit gives it without its host."""
    if isinstance(value, str) and value.startswith("/r/"):
        value = f"https://www.reddit.com{value}"
    return web_link(value)


_FITS: Mapping[str, Callable[[Sequence[object]], bool]] = {
    "text": _is_text,
    "id": _are_ids,
    "author": _are_names,
    "name": _are_names,
    "time": _are_times,
    "parent": _are_ids,
    "root": _are_ids,
    "url": _are_links,
    "lang": _are_languages,
    **dict.fromkeys(COUNT_NAMES, _are_counts),
}
_SIGNS: Mapping[str, Callable[[Sequence[object]], bool]] = {
    "author": _are_handles,
    "time": _are_exact_times,
    "url": lambda values: (
        _share(values, lambda value: linked_id(value) is not None) >= _ENOUGH and _is_distinct(values)
    ),
}
