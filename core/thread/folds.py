"""The lines of a tree that are seen while some of it is folded."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import compress

from core.thread.tree import Tree


class Folds:
    """Which lines of a tree are closed, and what is seen then. The root has no fold, for all would be gone with it."""

    def __init__(self, tree: Tree, closed: Iterable[int] = ()) -> None:
        """`closed` are seqs whose folds begin closed, where the tree has them."""
        self.tree = tree
        self._places = array("i", range(len(tree.seqs)))
        wanted = frozenset(closed)
        self._closed = bytearray(map(wanted.__contains__, tree.seqs)) if wanted else bytearray(len(tree.seqs))
        self._closed[:1] = b"\0"
        self.rows, self.order = self._seen(0, len(tree.seqs))
        """By row: the place in the tree, and the seq."""

    @property
    def closed(self) -> "array[int]":
        """The seqs whose folds are closed."""
        return array("i", compress(self.tree.seqs, self._closed) if 1 in self._closed else ())

    def is_closed(self, place: int) -> bool:
        """Whether a line hides what is below it."""
        return bool(self._closed[place]) and self.tree.size[place] > 1

    def has_fold(self, place: int) -> bool:
        """Whether a line has anything below it to hide."""
        return place > 0 and self.tree.size[place] > 1

    def row(self, place: int) -> int:
        """The row of a line, or where it would stand were it not folded away."""
        return bisect_left(self.rows, place)

    def shows(self, place: int) -> bool:
        """Whether a line is not folded away."""
        row = self.row(place)
        return row < len(self.rows) and self.rows[row] == place

    def close(self, place: int) -> bool:
        """Hide what is below a line; False where there is nothing, or it is hidden already."""
        if not self.has_fold(place) or self._closed[place]:
            return False
        self._closed[place] = 1
        if self.shows(place):
            first, end = self.row(place) + 1, self.row(place + self.tree.size[place])
            del self.rows[first:end]
            del self.order[first:end]
        return True

    def open(self, place: int) -> bool:
        """Show what is below a line, as it was folded before; False where it is not hidden."""
        if not self.is_closed(place):
            return False
        self._closed[place] = 0
        if self.shows(place):
            at = self.row(place) + 1
            self.rows[at:at], self.order[at:at] = self._seen(place + 1, place + self.tree.size[place])
        return True

    def reveal(self, place: int) -> None:
        """Open whatever hides a line."""
        if self.shows(place):
            return
        above = []
        at = place
        while at := self.tree.up[at]:
            if self._closed[at]:
                above.append(at)
        for at in reversed(above):
            self.open(at)

    def close_all(self) -> None:
        """Close every fold, so that only replies to the root are seen."""
        self._closed = bytearray(map((1).__lt__, self.tree.size))
        self._closed[:1] = b"\0"
        self.rows, self.order = self._seen(0, len(self.tree.seqs))

    def open_all(self) -> None:
        """Open every fold, so that the whole tree is seen."""
        self._closed = bytearray(len(self.tree.seqs))
        self.rows, self.order = self._seen(0, len(self.tree.seqs))

    def _seen(self, start: int, end: int) -> tuple["array[int]", "array[int]"]:
        """What is seen of the lines from `start` to before `end`, the first of which is."""
        rows, order = array("i"), array("i")
        seqs, size = self.tree.seqs, self.tree.size
        while start < end:
            fold = self._closed.find(1, start, end)
            stop = end if fold < 0 else fold + 1
            rows += self._places[start:stop]
            order += seqs[start:stop]
            start = end if fold < 0 else fold + size[fold]
        return rows, order
