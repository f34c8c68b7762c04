"""What is wanted of the program, row by row; without another word at a million replies."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.ours import COLUMNS
from tests.bench.synthetic import WORDS


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that a figure may be."""

    most: float | None = None
    """In the row's unit; None where another program's figure is the measure."""
    peer: str = ""
    factor: float = 1.0
    """How many times that program's figure."""

    def limit(self, values: Mapping[str, float]) -> float | None:
        """The limit, in the row's unit; None where the other program was not measured."""
        if self.most is not None:
            return self.most
        theirs = values.get(self.peer)
        return None if theirs is None else theirs * self.factor


_LIKE_VISIDATA = Goal(peer="visidata")
_FILTERS = ("first letter", "last letter", *WORDS)
_KEYS = ("move after a rest", "move in a run", "down at the edge", "page", "star", "tag key")
_DURING = tuple(f"{name}, importing" for name in ("move", "page"))

GOALS: Mapping[str, Goal] = {
    "first row, above bare": Goal(150),
    **{f"sort by {column}": Goal(50) for column in COLUMNS},
    **{f"filter {name}: first hits": Goal(100) for name in _FILTERS},
    **{f"filter {name}: exact count": Goal(500) for name in _FILTERS},
    "import: kept and sorted": _LIKE_VISIDATA,
    "import: memory": _LIKE_VISIDATA,
    "open FILE: memory": _LIKE_VISIDATA,
    "memory, thread open": Goal(200),
    "star, durable, no screen": Goal(10),
    **{name: Goal(5) for name in (*_KEYS[:4], *_DURING)},
    **{f"{name}, p95": Goal(10) for name in (*_KEYS[:4], *_DURING)},
    **{name: Goal(10) for name in ("star", "tag key", "star, importing")},
    "bytes: move after a rest": Goal(250),
    "bytes: move in a run": Goal(250),
    "bytes: down at the edge": Goal(400),
    "bytes: page": Goal(peer="visidata", factor=4 / 3),
    "bytes: 5 s of idling": Goal(0),
}
"""By the row's name."""
