"""The rows of the reply table as they are unless the thread is shown as a tree: one under another."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain


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


class TableRows:
    """Rows that stand one under another, each by itself; TreeRows says of each what hangs together.

    A seq below zero is a placeholder for a post that was never captured.
    """

    def __init__(self, order: "array[int]") -> None:
        self._order = order

    @property
    def order(self) -> "array[int]":
        """The seqs that are seen, by row."""
        return self._order

    def reveal(self, seq: int) -> int | None:
        """The row of a post, once whatever hides it is opened; None where it is not in the view."""
        try:
            return self._order.index(seq)
        except ValueError:
            return None

    def sideways(self, _row: int, _by: int) -> int | None:
        """Where a step to the left or right leads, once it has closed or opened a fold; None without folds."""
        return None

    def above(self, _row: int) -> int | None:
        """The row of what a row answers; None where the rows do not say."""
        return None

    def top_level(self, row: int, direction: int, depth: Callable[[int], int]) -> int | None:
        """The next row in a direction that answers the thread's root; `depth` says how deep a post stands."""
        end = len(self._order) if direction > 0 else -1
        return next((at for at in range(row + direction, end, direction) if depth(self._order[at]) <= 1), None)

    def next_where(self, row: int, direction: int, wanted: Callable[[int], bool]) -> int | None:
        """The nearest post of the view in a direction that is wanted, round the end, which may be the one here."""
        after, before = range(row + 1, len(self._order)), range(min(row + 1, len(self._order)))
        rows = chain(after, before) if direction > 0 else chain(before[-2::-1], reversed(after), before[-1:])
        return next((self._order[at] for at in rows if wanted(self._order[at])), None)

    def folded_below(self, _row: int) -> tuple[int, ...]:
        """The posts of the view that a row hides."""
        return ()

    def subtree(self, _row: int) -> frozenset[int] | None:
        """The post of a row and all below it; None where the rows do not say."""
        return None

    def chain(self, _seq: int, _around: int) -> ChainPart | None:
        """The chain that a post is read in, cut to the parts `around` it; None where it is read by itself."""
        return None

    def answers(self, _row: int) -> int:
        """How many rows are known to answer this one."""
        return 0

    def branch(self, _row: int, _room: int) -> str | None:
        """What stands before the text of a row; None where nothing does."""
        return None

    def is_context(self, _seq: int) -> bool:
        """Whether a post is no part of the view, and only connects others that are."""
        return False
