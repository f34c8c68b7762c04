"""The counts of a post: how often the network says that it was liked, answered, passed on, seen.

A count is declared once, as a field of `PostCounts`. Whatever reads, keeps, compares, sorts, filters, shows or exports
counts goes by COUNTS; only where one count has a meaning of its own does code name it.
"""

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, get_type_hints

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class CountColumn:
    """The column of a count in the table of replies, which can then be sorted by it."""

    title: str
    narrow: int
    """Cells on a narrow line."""
    wide: int
    """Cells on a wide line."""


@dataclass(frozen=True, slots=True)
class Count:
    """What the program needs to know of one count, besides its name."""

    name: str
    """The field's name, which is its word for many as well: the filter's field, the key in JSON, the heading in CSV."""
    singular: str
    """The word for one."""
    column: CountColumn | None = None
    """None where it has no column in the table, and is not sorted by."""
    has_plot: bool = False
    """Whether the facts of a thread show how it is distributed, and how much of it the starred replies have."""
    can_be_negative: bool = False
    """Whether a network that counts votes against as well may give less than 0; X has none."""


class PostCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a post, each with its declaration; None is unknown, which is not 0."""

    likes: Annotated[
        int | None, Count("likes", "like", CountColumn("likes", 6, 6), has_plot=True, can_be_negative=True)
    ] = None
    replies: Annotated[int | None, Count("replies", "reply", CountColumn("repl", 4, 5))] = None
    reposts: Annotated[int | None, Count("reposts", "repost")] = None
    views: Annotated[int | None, Count("views", "view", CountColumn("views", 5, 6))] = None


def declared_counts(record: type[PostCounts]) -> tuple[Count, ...]:
    """The declarations of a record's counts, in the order of its fields."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(hints[name].__metadata__[0] for name in record.__struct_fields__)


COUNTS = declared_counts(PostCounts)
"""Every count, in the order in which they are shown."""
COUNT_NAMES = tuple(count.name for count in COUNTS)
SORTED_COUNTS = tuple(count.name for count in COUNTS if count.column is not None)
"""The counts that a view can be sorted by."""
PLOTTED_COUNTS = tuple(count.name for count in COUNTS if count.has_plot)
"""The counts that the facts of a thread show."""

count_values: "Callable[[PostCounts], tuple[int | None, ...]]" = attrgetter(*COUNT_NAMES)
"""The values of a record's counts, in the order of COUNTS."""
