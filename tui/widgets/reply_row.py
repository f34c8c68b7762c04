"""The lines of the reply table: its titles, a post, and a post that was never captured."""

from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from core.models import Quote
from core.text.terminal_safe import for_line
from tui.widgets.columns import column_widths, fit, meta_cells, text_cell, titles

Look = Callable[[str], Style | None]
"""The style of a part of the table, by its name."""
_ID = 24
"""Characters of a missing post's id that a row shows."""


def title_line(width: int, sorted_by: tuple[str, bool], sort_column: int, look: Look) -> Strip:
    """The columns' titles, with the sort's direction and the sort column."""
    header = look("header")
    segments = [Segment("  ", header)]
    for number, title in enumerate(titles(width, *sorted_by)):
        segments.append(Segment(title, look("sort") if number == sort_column else header))
        segments.append(Segment(" ", header))
    return Strip(segments).adjust_cell_length(width, header).simplify()


def post_line(
    quote: Quote, width: int, branch: str | None, kind: str, look: Look, *, at_cursor: bool, selected: bool
) -> Strip:
    """A post's line: its signs, which show the cursor and the selection, then its text, which need not change."""
    own = look(kind)
    front = look("cursor") if at_cursor else look("selected") if selected else own
    text = text_cell(quote, width, branch)
    before = ("›" if at_cursor else " ") + ("+" if selected else " ") + meta_cells(quote, width)
    room = max(width - cell_len(before) - 1, 0)
    segments = [Segment(before, front), Segment(" "), Segment(fit(text, min(cell_len(text), room)), own)]
    return Strip(segments).adjust_cell_length(width)


def placeholder_line(id: str, width: int, branch: str | None, look: Look, *, at_cursor: bool) -> Strip:
    """The line of a post that was answered but never captured."""
    before = ("›" if at_cursor else " ") + " " * (width - column_widths(width)[-1] - 2)
    said = f"{branch or ''}[not captured: {for_line(id[:_ID])}]"
    text = fit(said, min(cell_len(said), max(width - cell_len(before) - 1, 0)))
    front = look("cursor") if at_cursor else None
    return Strip([Segment(before, front), Segment(" "), Segment(text, look("context"))])
