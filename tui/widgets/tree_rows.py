"""A thread's rows as a tree: indented, folded, with placeholders for what was never captured."""

from array import array
from collections.abc import Callable
from itertools import chain

from core.thread.folds import Folds
from tui.widgets.table_rows import ChainPart, TableRows

CLOSED, OPEN = "▸", "▾"
"""One cell each in every terminal, unlike their larger twins."""
DEEPEST = 8
"""Levels that are indented; deeper ones give their number."""
_CONNECTS = "~ "
"""Stands before the text of what the view leaves out, but for what is below it."""


class TreeRows(TableRows):
    """Rows of a tree, as far as its folds are open."""

    def __init__(self, folds: Folds) -> None:
        super().__init__(folds.order)
        self.folds = folds

    @property
    def order(self) -> "array[int]":
        """The seqs that are seen, by row."""
        return self.folds.order

    def _place(self, row: int) -> int:
        """The place in the tree of a row."""
        return self.folds.rows[row] if self.folds.rows else 0

    def reveal(self, seq: int) -> int | None:
        """The row of a post or a placeholder, once the folds that hide it are open."""
        place = self.folds.tree.place(seq)
        if place is None:
            return None
        self.folds.reveal(place)
        return self.folds.row(place)

    # Folds

    def sideways(self, row: int, by: int) -> int | None:
        """To the left: close the fold or go to the parent; to the right: open it or go to the first reply."""
        place = self._place(row)
        if by < 0:
            return row if self.folds.close(place) else self.folds.row(self.folds.tree.up[place])
        opened = self.folds.open(place)
        return row if opened or self.folds.tree.size[place] < 2 else row + 1

    def fold(self, row: int) -> int | None:
        """Close the fold of a row, or the one around it; the row that it leaves, None where there is no fold."""
        place = self._place(row)
        if not self.folds.close(place):
            place = self.folds.tree.up[place]
            if not self.folds.close(place):
                return None
        return self.folds.row(place)

    def unfold(self, row: int) -> bool:
        """Open the fold of a row; False where nothing is folded there."""
        return self.folds.open(self._place(row))

    def fold_all(self, row: int) -> int:
        """Close every fold; the row in which that leaves the post of a row."""
        top = self.folds.tree.top(self._place(row))
        self.folds.close_all()
        return self.folds.row(top)

    def unfold_all(self, row: int) -> int:
        """Open every fold; the row on which that puts the post of a row."""
        place = self._place(row)
        self.folds.open_all()
        return self.folds.row(place)

    def folded_below(self, row: int) -> tuple[int, ...]:
        """The posts of the view that are folded away below a row."""
        tree, place = self.folds.tree, self._place(row)
        if not self.folds.is_closed(place):
            return ()
        return tuple(tree.seqs[at] for at in tree.below(place) if tree.hits[at])

    # Along the branches

    def above(self, row: int) -> int | None:
        """The row of what a row answers; None for the root."""
        place = self._place(row)
        return self.folds.row(self.folds.tree.up[place]) if place else None

    def top_level(self, row: int, direction: int, _depth: Callable[[int], int]) -> int | None:
        """The next row in a direction that answers the root."""
        tree, place = self.folds.tree, self._place(row)
        top = tree.top(place)
        if direction < 0:
            return self.folds.row(top if top < place else tree.top(place - 1)) if place else None
        to = top + tree.size[top] if place else 1
        return self.folds.row(to) if to < len(tree.seqs) else None

    def next_where(self, row: int, direction: int, wanted: Callable[[int], bool]) -> int | None:
        """The nearest post of the view in a direction that is wanted, folded away or not, round the end."""
        tree, here = self.folds.tree, self._place(row)
        after, before = range(here + 1, len(tree.seqs)), range(here + 1)
        places = chain(after, before) if direction > 0 else chain(reversed(before[:-1]), reversed(after), (here,))
        return next((tree.seqs[at] for at in places if tree.hits[at] and wanted(tree.seqs[at])), None)

    def subtree(self, row: int) -> frozenset[int] | None:
        """The post of a row and all below it; placeholders are no posts."""
        tree, place = self.folds.tree, self._place(row)
        return frozenset(seq for seq in tree.seqs[place : place + tree.size[place]] if seq > 0)

    def chain(self, seq: int, around: int) -> ChainPart | None:
        """The chain that a post is part of, cut to the parts `around` it."""
        ancestry = self.folds.tree.ancestry
        node = ancestry.node(seq)
        if node is None or not ancestry.part[node]:
            return None
        nodes = ancestry.chain_of(node, around)
        return ChainPart(
            tuple(ancestry.seqs[part] for part in nodes),
            first=ancestry.part[nodes[0]],
            total=ancestry.parts[node],
            at=ancestry.part[node],
        )

    def answers(self, row: int) -> int:
        """How many lines are right below a row's."""
        return self.folds.tree.answers(self._place(row))

    # Drawing

    def branch(self, row: int, room: int) -> str | None:
        """What stands before a text: how far in it is, its fold and what that hides, its part of a chain."""
        tree, place = self.folds.tree, self._place(row)
        level, deepest = tree.level[place], max(min(DEEPEST, room // 6), 1)
        branch = "  " * level if level <= deepest else f"{level} ".rjust(2 * deepest)
        if self.folds.is_closed(place):
            branch += f"{CLOSED} +{tree.hits_below(place)} "
        elif self.folds.has_fold(place):
            branch += f"{OPEN} "
        part, parts = tree.part(place)
        if part:
            branch += f"{part}/{parts} "
        return branch + (_CONNECTS if not tree.hits[place] and tree.seqs[place] > 0 else "")

    def is_context(self, seq: int) -> bool:
        """Whether a post is left out by the view, and only connects what is below it."""
        return not self.folds.tree.is_hit(seq)
