"""The reply table: holds an order of posts, and draws only the lines that are visible."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from core.models import Quote, State
from tui.widgets.columns import COLUMNS, cells, column_at, fit, titles
from tui.widgets.quote_cache import QuoteCache


class ReplyTable(Widget, can_focus=True):
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
        Binding("h,left", "column(-1)", "Sort column to the left", show=False, id="col.left"),
        Binding("l,right", "column(1)", "Sort column to the right", show=False, id="col.right"),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another post, or on none."""

        seq: int | None

    @dataclass
    class SortAsked(Message):
        """A column's title was clicked."""

        name: str

    def __init__(self, fetch: Callable[[Sequence[int]], list[Quote]], *, id: str | None = None) -> None:
        """`fetch` gives the quotes of seqs, in their order."""
        super().__init__(id=id)
        self._cache = QuoteCache(fetch)
        self.order: array[int] = array("q")
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
        at = order.index(seq) if seq is not None and seq in order else min(self.cursor, len(order) - 1)
        self.cursor = max(at, 0)
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self.seq))

    def forget(self, seqs: Iterable[int]) -> None:
        """Draw these posts anew, for their marks have changed."""
        changed = set(seqs)
        self._cache.forget(changed)
        for y in range(1, self.size.height):
            row = self.top + y - 1
            if row < len(self.order) and self.order[row] in changed:
                self.refresh(Region(0, y, self.size.width, 1))

    def forget_all(self) -> None:
        """Draw every post anew."""
        self._cache.clear()
        self.refresh()

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

    def go(self, row: int) -> None:
        """Put the cursor on a row, or the nearest that there is."""
        row = max(0, min(row, len(self.order) - 1))
        if row == self.cursor:
            return
        before, self.cursor = self.cursor, row
        if self.visual_from is not None:
            self._select_to_cursor()
        if self._keep_in_sight() or self.visual_from is not None:
            self._redraw_rows()
        else:
            self._redraw(before)
            self._redraw(row)
        self.post_message(self.Moved(self.seq))

    def go_to_post(self, seq: int) -> bool:
        """Put the cursor on a post; False where the view lacks it."""
        if seq not in self.order:
            return False
        self.go(self.order.index(seq))
        return True

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + by)

    def action_move_to(self, row: int) -> None:
        """Move the cursor to a row; -1 is the last."""
        self.go(row if row >= 0 else len(self.order) - 1)

    def action_page(self, pages: float) -> None:
        """Move cursor and window by pages."""
        rows = max(int(self.page_rows * abs(pages)), 1)
        self.go(self.cursor + (rows if pages > 0 else -rows))

    def action_screen_row(self, part: float) -> None:
        """Move the cursor to a part of the screen, 0 at its top."""
        last = min(self.page_rows, len(self.order) - self.top) - 1
        self.go(self.top + round(last * part))

    def action_put(self, part: float) -> None:
        """Scroll so that the cursor's row stands at a part of the screen."""
        self.top = self.cursor - round((self.page_rows - 1) * part)
        self._keep_in_sight()
        self.refresh()

    def action_column(self, by: int) -> None:
        """Move the sort column."""
        self.sort_column = max(0, min(self.sort_column + by, len(COLUMNS) - 1))
        self._redraw_line(0)

    # Selecting

    def select(self, seqs: Iterable[int]) -> None:
        """Replace the selection."""
        self.selected = frozenset(seqs)
        self.visual_from = None
        self.refresh()

    def toggle_visual(self) -> None:
        """Begin to select rows while moving, or stop and keep what is selected."""
        if self.visual_from is None:
            self.visual_from, self._before = self.cursor, self.selected
            self._select_to_cursor()
        else:
            self.visual_from = None
        self.refresh()

    def _select_to_cursor(self) -> None:
        """Select from the visual_from to the cursor, beside what was selected before."""
        first, last = sorted((self.visual_from or 0, self.cursor))
        self.selected = self._before | frozenset(self.order[first : last + 1])

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line: the titles, a row, or nothing."""
        width = self.size.width
        if y == 0:
            return self._titles(width)
        row = self.top + y - 1
        if row >= len(self.order):
            return Strip.blank(width, self.rich_style)
        seq = self.order[row]
        if seq not in self._cache:
            self.quotes(self.order[self.top : self.top + self.page_rows])
        return self._row(self._cache[seq], row == self.cursor, width)

    def _titles(self, width: int) -> Strip:
        """The columns' titles, with the sort's direction and the sort column."""
        header = self.get_component_rich_style("reply-table--header")
        chosen = self.get_component_rich_style("reply-table--sort")
        segments = [Segment("  ", header)]
        for number, title in enumerate(titles(width, *self.sorted_by)):
            segments.append(Segment(title, chosen if number == self.sort_column else header))
            segments.append(Segment(" ", header))
        return Strip(segments).adjust_cell_length(width, header).simplify()

    def _row(self, quote: Quote, at_cursor: bool, width: int) -> Strip:
        """A post's line, in one style from end to end."""
        selected = quote.seq in self.selected
        line = ("›" if at_cursor else " ") + ("+" if selected else " ") + cells(quote, width)
        style = self.get_component_rich_style(f"reply-table--{self._kind(quote, at_cursor, selected)}")
        return Strip([Segment(fit(line, width), style)], width)

    def _kind(self, quote: Quote, at_cursor: bool, selected: bool) -> str:
        """The component class of a row."""
        if at_cursor:
            return "cursor"
        if selected:
            return "selected"
        if quote.seq in self.hits:
            return "hit"
        return "row" if quote.mark.state is State.NEW else quote.mark.state.value

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

    def _redraw(self, row: int) -> None:
        """Draw a row anew, where it is visible."""
        self._redraw_line(row - self.top + 1)

    def _redraw_rows(self) -> None:
        """Draw every row anew; the titles stay."""
        self.refresh(Region(0, 1, self.size.width, self.size.height - 1))

    def _redraw_line(self, y: int) -> None:
        """Draw a line anew."""
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def on_resize(self) -> None:
        """Keep the cursor visible."""
        self._keep_in_sight()
        self.refresh()

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
