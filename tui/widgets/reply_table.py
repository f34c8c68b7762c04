"""The reply table: holds an order of posts, and draws only the lines that are visible."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from core.models import Quote, State
from tui.widgets.columns import COLUMNS, column_at, fit, meta_cells, text_cell, titles
from tui.widgets.lines import DiffingWidget, plain_line
from tui.widgets.quote_cache import QuoteCache


class ReplyTable(DiffingWidget, can_focus=True):
    """The table: rows of posts with a cursor, a selection and a sort column."""

    COMPONENT_CLASSES = {
        "reply-table--header",
        "reply-table--sort",
        "reply-table--row",
        "reply-table--cursor",
        "reply-table--selected",
        "reply-table--starred",
        "reply-table--rejected",
        "reply-table--skipped",
        "reply-table--hit",
    }

    BINDINGS = [
        Binding("j,down", "move(1)", "Next row", show=False, id="cursor.down"),
        Binding("k,up", "move(-1)", "Previous row", show=False, id="cursor.up"),
        Binding("g g,home", "move_to(0)", "First row", show=False, id="cursor.first"),
        Binding("G,end", "move_to(-1)", "Last row", show=False, id="cursor.last"),
        Binding("ctrl+d", "page(0.5)", "Half a page down", show=False, id="half.down"),
        Binding("ctrl+u", "page(-0.5)", "Half a page up", show=False, id="half.up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="page.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="page.up"),
        Binding("H", "screen_row(0)", "Top row of the screen", show=False, id="view.top"),
        Binding("M", "screen_row(0.5)", "Middle row of the screen", show=False, id="view.mid"),
        Binding("L", "screen_row(1)", "Bottom row of the screen", show=False, id="view.bottom"),
        Binding("z t", "put(0)", "Put the row at the top", show=False, id="scroll.top"),
        Binding("z z", "put(0.5)", "Put the row in the middle", show=False, id="scroll.mid"),
        Binding("z b", "put(1)", "Put the row at the bottom", show=False, id="scroll.bottom"),
        Binding("h,left", "column(-1)", "Sort column left; in a tree, close the fold", show=False, id="col.left"),
        Binding("l,right", "column(1)", "Sort column right; in a tree, open the fold", show=False, id="col.right"),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another post, or on none."""

        seq: int | None
        browsing: bool = False
        """Whether nothing but a move along the rows was asked for."""

    @dataclass
    class SortAsked(Message):
        """A column's title was clicked."""

        name: str

    def __init__(self, fetch: Callable[[Sequence[int]], list[Quote]], *, id: str | None = None) -> None:
        """`fetch` gives the quotes of seqs, in their order."""
        super().__init__(id=id)
        self._cache = QuoteCache(fetch)
        self.order: array[int] = array("i")
        self.cursor = 0
        self.top = 0
        self.selected: frozenset[int] = frozenset()
        self.visual_from: int | None = None
        """The row at which visual mode began."""
        self._before: frozenset[int] = frozenset()
        self.sort_column = 1
        self.sorted_by = ("likes", True)
        self.hits: frozenset[int] = frozenset()

    # What is shown

    def show(self, order: "array[int]", sorted_by: tuple[str, bool], stay_on: int | None = None) -> None:
        """Show another order; the cursor stays on its post, or on the row where it was."""
        seq = self.seq if stay_on is None else stay_on
        self.order = order
        self.sorted_by = sorted_by
        self.sort_column = next(
            (n for n, column in enumerate(COLUMNS) if column.name == sorted_by[0]), self.sort_column
        )
        self.visual_from = None
        try:
            at = min(self.cursor, len(order) - 1) if seq is None else order.index(seq)
        except ValueError:
            at = min(self.cursor, len(order) - 1)
        self.cursor = max(at, 0)
        self._keep_in_sight()
        self.redraw()
        self.post_message(self.Moved(self.seq))

    def forget(self, seqs: Iterable[int]) -> None:
        """Draw these posts anew, for their marks have changed."""
        changed = frozenset(seqs)
        self._cache.forget(changed)
        for y, seq in enumerate(self.order[self.top : self.top + self.page_rows], 1):
            if seq in changed:
                self.redraw(y, y + 1)

    def forget_all(self) -> None:
        """Draw every post anew."""
        self._cache.clear()
        self.redraw()

    @property
    def seq(self) -> int | None:
        """The post under the cursor, or None in an empty table."""
        return self.order[self.cursor] if 0 <= self.cursor < len(self.order) else None

    @property
    def quote(self) -> Quote | None:
        """The quote under the cursor, or None in an empty table."""
        return None if self.seq is None else self.quotes((self.seq,))[0]

    def quotes(self, seqs: Sequence[int]) -> list[Quote]:
        """Quotes by seq, from memory where they are there."""
        return self._cache.get(seqs)

    @property
    def page_rows(self) -> int:
        """Rows that are visible."""
        return max(self.size.height - 1, 1)

    # Moving

    def go(self, row: int, *, browsing: bool = False) -> None:
        """Put the cursor on a row, or the nearest that there is; `browsing` if that is all that was asked for."""
        row = max(0, min(row, len(self.order) - 1))
        if row == self.cursor:
            return
        before, self.cursor = self.cursor, row
        if self.visual_from is not None:
            self._select_to_cursor()
        if self._keep_in_sight() or self.visual_from is not None:
            self.redraw(1)
        else:
            for changed in (before, row):
                self.redraw(changed - self.top + 1, changed - self.top + 2)
        self.post_message(self.Moved(self.seq, browsing))

    def go_to_post(self, seq: int) -> bool:
        """Put the cursor on a post; False where the view lacks it."""
        if seq not in self.order:
            return False
        self.go(self.order.index(seq))
        return True

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + by, browsing=True)

    def action_move_to(self, row: int) -> None:
        """Move the cursor to a row; -1 is the last."""
        self.go(row if row >= 0 else len(self.order) - 1, browsing=True)

    def action_page(self, pages: float) -> None:
        """Move cursor and window by pages."""
        rows = max(int(self.page_rows * abs(pages)), 1)
        self.go(self.cursor + (rows if pages > 0 else -rows), browsing=True)

    def action_screen_row(self, part: float) -> None:
        """Move the cursor to a part of the screen, 0 at its top."""
        last = min(self.page_rows, len(self.order) - self.top) - 1
        self.go(self.top + round(last * part), browsing=True)

    def action_put(self, part: float) -> None:
        """Scroll so that the cursor's row stands at a part of the screen."""
        self.top = self.cursor - round((self.page_rows - 1) * part)
        self._keep_in_sight()
        self.redraw(1)

    def action_column(self, by: int) -> None:
        """Move the sort column."""
        self.sort_column = max(0, min(self.sort_column + by, len(COLUMNS) - 1))
        self.redraw(0, 1)

    # Selecting

    def select(self, seqs: Iterable[int]) -> None:
        """Replace the selection."""
        self.selected = frozenset(seqs)
        self.visual_from = None
        self.redraw(1)

    def toggle_visual(self) -> None:
        """Begin to select rows while moving, or stop and keep what is selected."""
        if self.visual_from is None:
            self.visual_from, self._before = self.cursor, self.selected
            self._select_to_cursor()
        else:
            self.visual_from = None
        self.redraw(1)

    def _select_to_cursor(self) -> None:
        """Select from the visual_from to the cursor, beside what was selected before."""
        first, last = sorted((self.visual_from or 0, self.cursor))
        self.selected = self._before | frozenset(self.order[first : last + 1])

    # Drawing

    def line(self, y: int) -> Strip:
        """One line: the titles, a row, or nothing."""
        width = self.size.width
        if y == 0:
            return self._titles(width)
        row = self.top + y - 1
        if row >= len(self.order):
            return plain_line("")
        seq = self.order[row]
        if seq not in self._cache:
            self.quotes(self.order[self.top : self.top + self.page_rows])
        return self._row(self._cache[seq], row == self.cursor, width)

    def _titles(self, width: int) -> Strip:
        """The columns' titles, with the sort's direction and the sort column."""
        header = self._look("header")
        chosen = self._look("sort")
        segments = [Segment("  ", header)]
        for number, title in enumerate(titles(width, *self.sorted_by)):
            segments.append(Segment(title, chosen if number == self.sort_column else header))
            segments.append(Segment(" ", header))
        return Strip(segments).adjust_cell_length(width, header).simplify()

    def _row(self, quote: Quote, at_cursor: bool, width: int, branch: str | None = None) -> Strip:
        """A post's line: its signs, which show the cursor and the selection, then its text, which need not change."""
        selected = quote.seq in self.selected
        own = self._look(self._kind(quote))
        front = self._look("cursor") if at_cursor else self._look("selected") if selected else own
        text = text_cell(quote, width, branch)
        before = ("›" if at_cursor else " ") + ("+" if selected else " ") + meta_cells(quote, width)
        room = max(width - cell_len(before) - 1, 0)
        segments = [Segment(before, front), Segment(" "), Segment(fit(text, min(cell_len(text), room)), own)]
        return Strip(segments).adjust_cell_length(width)

    def _kind(self, quote: Quote) -> str:
        """The component class of a row."""
        if quote.seq in self.hits:
            return "hit"
        return "row" if quote.mark.state is State.NEW else quote.mark.state.value

    def _look(self, name: str) -> Style | None:
        """The style of a component class."""
        return self.look(f"reply-table--{name}")

    def _keep_in_sight(self) -> bool:
        """Scroll half a page at a time so that the cursor is visible; True where that moved the window."""
        if not self.size.height:
            return False
        before, rows = self.top, self.page_rows
        if self.cursor < self.top:
            self.top = self.cursor - rows // 2 if self.top - self.cursor == 1 else self.cursor
        elif self.cursor >= self.top + rows:
            self.top = self.cursor - rows // 2 if self.cursor - self.top == rows else self.cursor - rows + 1
        self.top = max(0, min(self.top, len(self.order) - rows))
        return self.top != before

    def on_resize(self) -> None:
        """Keep the cursor visible."""
        self._keep_in_sight()

    def on_click(self, event: events.Click) -> None:
        """Go to a row, or ask to sort by a column."""
        if event.y > 0:
            self.go(self.top + event.y - 1)
            return
        name = column_at(event.x, self.size.width)
        if name is not None:
            self.post_message(self.SortAsked(name))

    def on_mouse_scroll_down(self) -> None:
        """Three rows down."""
        self.action_move(3)

    def on_mouse_scroll_up(self) -> None:
        """Three rows up."""
        self.action_move(-3)


MOVES = frozenset(
    binding.id
    for binding in ReplyTable.BINDINGS
    if isinstance(binding, Binding) and binding.action.startswith(("move", "page", "screen_row", "put"))
)
"""The actions that only move along the rows, by their ids."""
