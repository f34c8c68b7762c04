"""What the rows of the reply table are: posts one under another, unless they are a tree; see tree_rows."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ChainPart:
    """Which part of a chain by one author a post is, and the parts around it."""

    seqs: tuple[int, ...]
    first: int
    """The number of the first of them."""
    total: int
    """How many parts the chain has."""
    at: int
    """The number of the post's own part."""


class TableRows(Protocol):
    """The rows of the reply table; a seq below zero is a placeholder for a post that was never captured."""

    @property
    def order(self) -> "array[int]":
        """The seqs that are seen, by row."""
        ...

    def reveal(self, seq: int) -> int | None:
        """The row of a post, once whatever hides it is opened; None where it is not in the view."""
        ...

    def sideways(self, row: int, by: int) -> int | None:
        """Where a step to the left or right leads, once it has closed or opened a fold; None where it leads nowhere."""
        ...

    def above(self, row: int) -> int | None:
        """The row of what a row answers; None where the rows do not say."""
        ...

    def top_level(self, row: int, direction: int, depth: Callable[[int], int]) -> int | None:
        """The next row in a direction that answers the thread's root; `depth` says how deep a post stands."""
        ...

    def next_where(self, row: int, direction: int, wanted: Callable[[int], bool]) -> int | None:
        """The nearest post of the view in a direction that is wanted, round the end, which may be the one here."""
        ...

    def folded_below(self, row: int) -> tuple[int, ...]:
        """The posts of the view that a row hides."""
        ...

    def subtree(self, row: int) -> frozenset[int] | None:
        """The post of a row and all below it; None where the rows do not say."""
        ...

    def chain(self, seq: int, around: int) -> ChainPart | None:
        """The chain that a post is part of, cut to the parts `around` it."""
        ...

    def answers(self, row: int) -> int:
        """How many rows answer this one."""
        ...

    def branch(self, row: int, room: int) -> str | None:
        """What stands before the text of a row; None where nothing does."""
        ...

    def is_context(self, seq: int) -> bool:
        """Whether a post is no part of the view, and only connects others that are."""
        ...


class FlatRows:
    """Rows that stand one under another, each by itself."""

    def __init__(self, order: "array[int]") -> None:
        self.order = order

    def reveal(self, seq: int) -> int | None:
        """The row of a post, or None where the view lacks it."""
        try:
            return self.order.index(seq)
        except ValueError:
            return None

    def sideways(self, _row: int, _by: int) -> int | None:
        """Nowhere: there are no folds."""
        return None

    def above(self, _row: int) -> int | None:
        """Unknown: what a row answers may stand anywhere."""
        return None

    def top_level(self, row: int, direction: int, depth: Callable[[int], int]) -> int | None:
        """The next row in a direction whose post answers the root."""
        end = len(self.order) if direction > 0 else -1
        return next((at for at in range(row + direction, end, direction) if depth(self.order[at]) <= 1), None)

    def next_where(self, row: int, direction: int, wanted: Callable[[int], bool]) -> int | None:
        """The nearest post in a direction that is wanted, round the end, which may be the one here."""
        after, before = range(row + 1, len(self.order)), range(min(row + 1, len(self.order)))
        rows = chain(after, before) if direction > 0 else chain(before[-2::-1], reversed(after), before[-1:])
        return next((self.order[at] for at in rows if wanted(self.order[at])), None)

    def folded_below(self, _row: int) -> tuple[int, ...]:
        """None: every row is seen."""
        return ()

    def subtree(self, _row: int) -> frozenset[int] | None:
        """Unknown: what answers a row may stand anywhere."""
        return None

    def chain(self, _seq: int, _around: int) -> ChainPart | None:
        """None: each post is read by itself."""
        return None

    def answers(self, _row: int) -> int:
        """None that the rows know of."""
        return 0

    def branch(self, _row: int, _room: int) -> str | None:
        """Nothing stands before a text."""
        return None

    def is_context(self, _seq: int) -> bool:
        """Never: every row is part of the view."""
        return False
