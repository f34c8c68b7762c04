"""What is counted, and the bars that become of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.models import State
from core.query import Node
from core.reasons import Reason, ReasonCode

MOST = 12
"""Bars of languages, authors or tags; the rest is one more."""
CLASSES = (*range(10), *(one * 10**power for power in range(1, 10) for one in (1, 2, 3, 5)))
"""The values of a count that the library tells apart: each is the lowest of its class."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which replies are counted."""

    thread_id: int
    node: Node | None = None
    """The filter that they fit; None for all."""
    only: frozenset[int] | None = None
    """Nothing but these posts, as seqs; None for all."""


@dataclass(frozen=True, slots=True)
class CountSpread:
    """How one count spreads over the replies."""

    classes: Mapping[int, int] = field(default_factory=dict)
    """Replies by the lowest value of their class in CLASSES; without those whose count is unknown."""
    total: int = 0
    """All that is known of the count together."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the replies spread over time, languages and counts."""

    replies: int
    unit: int
    """Seconds between two keys of `times`: 60 or 3,600."""
    times: Mapping[int, int]
    """Replies by the first second of their minute or hour, in UTC."""
    about: Mapping[int, int]
    """Those of `times` that were only counted back from the capture."""
    languages: Mapping[str, int]
    """Replies by language without its script or region; empty for unknown."""
    counts: Mapping[str, CountSpread]
    """By the count's name, for each of PLOTTED_COUNTS."""
    dated: Mapping[int, int] = field(default_factory=dict)
    """Those of `times` of which only the day is known; they stand at its first second."""


@dataclass(frozen=True, slots=True)
class Authors:
    """Who wrote the replies."""

    replies: int
    known: int
    """How many handles there are."""
    unnamed: int
    """Replies whose author is unknown."""
    most: tuple[tuple[str, int], ...]
    """The handles with the most replies, and how many."""


@dataclass(frozen=True, slots=True)
class TriageCounts:
    """How far the writer is, and what was starred."""

    states: Mapping[State, int]
    """Replies by state; what was never touched is not among them."""
    tags: tuple[tuple[str, int], ...]
    """Tags in section order, with the replies that carry them."""
    untagged: int
    """Starred replies without a tag."""
    totals: Mapping[str, int]
    """What is known of each of PLOTTED_COUNTS in the starred replies together, by the count's name."""
    unknown: Mapping[str, int]
    """Starred replies in which that count is unknown."""
    languages: Mapping[str, int]
    """Starred replies by language without its script or region; empty for unknown."""
    twice: tuple[tuple[str, int], ...]
    """Handles that were starred twice or more, and how often."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What has been counted so far; None is still to come."""

    spread: Spread | None = None
    triage: TriageCounts | None = None
    authors: Authors | None = None

    def joined(self, part: Spread | TriageCounts | Authors) -> "Facts":
        """With one more part."""
        match part:
            case Spread():
                return replace(self, spread=part)
            case TriageCounts():
                return replace(self, triage=part)
            case Authors():
                return replace(self, authors=part)


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a plot."""

    label: Reason
    """May name something from outside; whoever shows it cleans it."""
    count: int
    of: int
    """What `count` is a share of."""
    full: int
    """What a bar of full length stands for; 0 where there is nothing to draw."""
    node: Node | None = None
    """The filter that shows its replies, or None where no filter does, or there is none."""
    about: bool = False
    """Whether the count is not exact."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot: bars under a title."""

    name: str
    title: Reason
    bars: tuple[Bar, ...]
    note: Reason | None = None
    """What is to be known about it, or why it has no bars."""


def named(name: str) -> Reason:
    """The label of a bar that is called by a name or a date."""
    return Reason(ReasonCode.BAR, names=(name,))


def scaled(bars: Sequence[Bar], rest: Bar | None = None) -> tuple[Bar, ...]:
    """The bars with the longest one as their measure, and the rest, which has none; nothing is behind an empty bar."""
    longest = max((bar.count for bar in bars), default=0)
    measured = (replace(bar, full=longest, node=bar.node if bar.count else None) for bar in bars)
    return (*measured, *(() if rest is None else (rest,)))
