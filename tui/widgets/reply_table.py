"""The reply table: holds rows of posts, flat or as a tree, and draws only the lines that are visible."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from core.models import Quote, State
from tui.widgets.columns import TABLE_COLUMNS, column_at, column_widths
from tui.widgets.lines import DiffingWidget, plain_line
from tui.widgets.quote_cache import QuoteCache
from tui.widgets.reply_row import placeholder_line, post_line, title_line
from tui.widgets.table_keys import TABLE_KEYS
from tui.widgets.table_rows import TableRows


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
        "reply-table--context",
    }
    DEFAULT_CSS = "ReplyTable > .reply-table--context { text-style: dim; }"

    BINDINGS = TABLE_KEYS

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

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], list[Quote]],
        missing: Callable[[int], str] = str,
        *,
        id: str | None = None,
    ) -> None:
        """`fetch` gives the quotes of seqs, in their order; `missing` gives the id that a placeholder stands for."""
        super().__init__(id=id)
        self._cache, self._missing = QuoteCache(fetch), missing
        self.rows: TableRows = TableRows(array("i"))
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

    @property
    def order(self) -> "array[int]":
        """The seqs that are seen, by row; a seq below zero is a placeholder."""
        return self.rows.order

    def show(self, rows: TableRows, sorted_by: tuple[str, bool], stay_on: int | None = None) -> None:
        """Show other rows; the cursor stays on its post or placeholder, or on the row where it was."""
        seq = self._at_cursor if stay_on is None else stay_on
        self.rows = rows
        self.sorted_by = sorted_by
        self.sort_column = next(
            (n for n, column in enumerate(TABLE_COLUMNS) if column.name == sorted_by[0]), self.sort_column
        )
        at = None if seq is None else rows.reveal(seq)
        self.refold(min(self.cursor, len(self.order) - 1) if at is None else at)

    def forget(self, seqs: Iterable[int]) -> None:
        """Draw these posts anew, for their marks have changed."""
        changed = frozenset(seqs)
        self._cache.forget(changed)
        for y, seq in enumerate(self.order[self.top : self.top + self.page_rows], 1):
            if seq in changed:
                self.redraw(y, y + 1)

    def forget_all(self) -> None:
        """Draw every post anew, for any may have changed."""
        self._cache.clear()
        self.redraw()

    @property
    def _at_cursor(self) -> int | None:
        """The post or the placeholder under the cursor, or None in an empty table."""
        return self.order[self.cursor] if 0 <= self.cursor < len(self.order) else None

    @property
    def seq(self) -> int | None:
        """The post under the cursor, or None in an empty table or on a placeholder."""
        seq = self._at_cursor
        return None if seq is None or seq < 0 else seq

    @property
    def placeholder(self) -> int | None:
        """The placeholder under the cursor, or None."""
        seq = self._at_cursor
        return seq if seq is not None and seq < 0 else None

    @property
    def quote(self) -> Quote | None:
        """The quote under the cursor, or None where there is no post."""
        return None if self.seq is None else self.quotes((self.seq,))[0]

    def quotes(self, seqs: Sequence[int]) -> list[Quote]:
        """Quotes by seq, from memory where they are there; a placeholder has none."""
        return self._cache.get([seq for seq in seqs if seq > 0])

    @property
    def page_rows(self) -> int:
        """How many rows are visible."""
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
        """Put the cursor on a post, and open what hides it; False where the view lacks it."""
        before = len(self.order)
        row = self.rows.reveal(seq)
        if row is None:
            return False
        (self.go if len(self.order) == before else self.refold)(row)
        return True

    def refold(self, row: int) -> None:
        """Draw all rows, for others are seen now, with the cursor on one of them."""
        self.cursor = max(row, 0)
        self.visual_from = None
        self._keep_in_sight()
        self.redraw()
        self.post_message(self.Moved(self.seq))

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
        """Close or open a fold; where there are none, move the sort column."""
        before = len(self.order)
        row = self.rows.sideways(self.cursor, by)
        if row is not None:
            (self.go if len(self.order) == before else self.refold)(row)
            return
        self.sort_column = max(0, min(self.sort_column + by, len(TABLE_COLUMNS) - 1))
        self.redraw(0, 1)

    # Selecting

    def select(self, seqs: Iterable[int]) -> None:
        """Select these posts and no others."""
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
        """Select from where visual mode began to the cursor, beside what was selected before."""
        first, last = sorted((self.visual_from or 0, self.cursor))
        self.selected = self._before.union(seq for seq in self.order[first : last + 1] if seq > 0)

    # Drawing

    def line(self, y: int) -> Strip:
        """One line: the titles, a row, or nothing."""
        width = self.size.width
        if y == 0:
            return title_line(width, self.sorted_by, self.sort_column, self._look)
        row = self.top + y - 1
        if row >= len(self.order):
            return plain_line("")
        seq = self.order[row]
        branch = self.rows.branch(row, column_widths(width)[-1])
        if seq < 0:
            return placeholder_line(self._missing(seq), width, branch, self._look, at_cursor=row == self.cursor)
        if seq not in self._cache:
            self.quotes(self.order[self.top : self.top + self.page_rows])
        quote = self._cache[seq]
        return post_line(
            quote,
            width,
            branch,
            self._kind(quote),
            self._look,
            at_cursor=row == self.cursor,
            selected=seq in self.selected,
        )

    def _kind(self, quote: Quote) -> str:
        """The component class of a row."""
        if quote.seq in self.hits:
            return "hit"
        if quote.mark.state is not State.NEW:
            return quote.mark.state.value
        return "context" if self.rows.is_context(quote.seq) else "row"

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
        """Keep the cursor visible in a smaller table."""
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
        """The wheel moves the cursor three rows down."""
        self.action_move(3)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor three rows up."""
        self.action_move(-3)
