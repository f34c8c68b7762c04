"""The reply table with a thread in it as a tree: indented, folded, with placeholders for what was never captured."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from core.models import Quote
from core.text.terminal_safe import for_line
from core.thread.folds import Folds
from tui.widgets.columns import column_widths, fit
from tui.widgets.reply_table import ReplyTable

CLOSED, OPEN = "▸", "▾"
"""One cell each in every terminal, unlike their larger twins."""
DEEPEST = 8
"""Levels that are indented; deeper ones give their number."""
_CONNECTS = "~ "
"""Stands before the text of what the view leaves out, but for what is below it."""
_ID = 24
"""Characters of a missing post's id that a row shows."""


class TreeTable(ReplyTable):
    """The table, flat or as a tree."""

    COMPONENT_CLASSES = {"reply-table--context"}
    DEFAULT_CSS = "TreeTable > .reply-table--context { text-style: dim; }"

    @dataclass
    class FoldAsked(Message):
        """A fold is to be closed (-1) or opened (1) where the cursor is."""

        by: int

    def __init__(
        self, fetch: Callable[[Sequence[int]], list[Quote]], missing: Callable[[int], str], *, id: str | None = None
    ) -> None:
        """`missing` gives the id that a placeholder stands for."""
        super().__init__(fetch, id=id)
        self._missing = missing
        self.folds: Folds | None = None
        """The tree that is shown; None in a flat table."""

    @property
    def seq(self) -> int | None:
        """The post under the cursor, or None in an empty table or on a placeholder."""
        seq = super().seq
        return None if seq is None or seq < 0 else seq

    @property
    def place(self) -> int:
        """The cursor's place in the tree."""
        return 0 if self.folds is None or not self.folds.rows else self.folds.rows[self.cursor]

    @property
    def placeholder(self) -> int | None:
        """The placeholder under the cursor, or None."""
        seq = super().seq
        return seq if seq is not None and seq < 0 else None

    def quotes(self, seqs: Sequence[int]) -> list[Quote]:
        """Quotes by seq; a placeholder has none."""
        return super().quotes([seq for seq in seqs if seq > 0])

    def show(self, order: "array[int]", sorted_by: tuple[str, bool], stay_on: int | None = None) -> None:
        """Show another order, as a tree where there is one; the cursor stays on its post or placeholder."""
        if self.folds is None:
            super().show(order, sorted_by, stay_on)
            return
        seq = super().seq if stay_on is None else stay_on
        place = None if seq is None else self.folds.tree.place(seq)
        if place is not None:
            self.folds.reveal(place)
        super().show(self.folds.order, sorted_by, seq)

    def refold(self, place: int) -> None:
        """Show the rows that are left or came after a fold, with the cursor on a place in the tree."""
        if self.folds is None:
            return
        self.order = self.folds.order
        self.cursor = self.folds.row(place)
        self.visual_from = None
        self._keep_in_sight()
        self.redraw()
        self.post_message(self.Moved(self.seq))

    def go_to_place(self, place: int) -> None:
        """Put the cursor on a line of the tree, and open what hides it."""
        if self.folds is None:
            return
        if self.folds.shows(place):
            self.go(self.folds.row(place))
        else:
            self.folds.reveal(place)
            self.refold(place)

    def go_to_post(self, seq: int) -> bool:
        """Put the cursor on a post, and open what hides it; False where the view lacks it."""
        if self.folds is None:
            return super().go_to_post(seq)
        place = self.folds.tree.place(seq)
        if place is not None:
            self.go_to_place(place)
        return place is not None

    def action_column(self, by: int) -> None:
        """Move the sort column; in a tree, close or open a fold."""
        if self.folds is None:
            super().action_column(by)
        else:
            self.post_message(self.FoldAsked(by))

    def _select_to_cursor(self) -> None:
        """Select posts; placeholders are none."""
        super()._select_to_cursor()
        if self.folds is not None:
            self.selected = frozenset(seq for seq in self.selected if seq > 0)

    # Drawing

    def line(self, y: int) -> Strip:
        """One line: the titles, a row, or nothing."""
        row = self.top + y - 1
        if self.folds is None or y == 0 or row >= len(self.order):
            return super().line(y)
        seq, width = self.order[row], self.size.width
        room = column_widths(width)[-1]
        branch = self._branch(self.folds, self.folds.rows[row], room)
        if seq < 0:
            return self._placeholder(seq, branch, row == self.cursor, width)
        if seq not in self._cache:
            self.quotes(self.order[self.top : self.top + self.page_rows])
        return self._row(self._cache[seq], row == self.cursor, width, branch)

    def _branch(self, folds: Folds, place: int, room: int) -> str:
        """What stands before a text: how far in it is, its fold and what that hides, its part of a chain."""
        tree = folds.tree
        level, deepest = tree.level[place], max(min(DEEPEST, room // 6), 1)
        branch = "  " * level if level <= deepest else f"{level} ".rjust(2 * deepest)
        if folds.is_closed(place):
            branch += f"{CLOSED} +{tree.hits_below(place)} "
        elif folds.has_fold(place):
            branch += f"{OPEN} "
        part, parts = tree.part(place)
        if part:
            branch += f"{part}/{parts} "
        return branch + (_CONNECTS if not tree.hits[place] and tree.seqs[place] > 0 else "")

    def _placeholder(self, seq: int, branch: str, at_cursor: bool, width: int) -> Strip:
        """The line of a post that was answered but never captured."""
        before = ("›" if at_cursor else " ") + " " * (width - column_widths(width)[-1] - 2)
        said = f"{branch}[not captured: {for_line(self._missing(seq)[:_ID])}]"
        text = fit(said, min(cell_len(said), max(width - cell_len(before) - 1, 0)))
        front = self._look("cursor") if at_cursor else None
        return Strip([Segment(before, front), Segment(" "), Segment(text, self._look("context"))])

    def _kind(self, quote: Quote) -> str:
        """The component class of a row; what only connects has its own."""
        kind = super()._kind(quote)
        if kind == "row" and self.folds is not None and not self.folds.tree.is_hit(quote.seq):
            return "context"
        return kind
