"""The keys of the reply table."""

from textual.binding import Binding

from tui.keyboard.sections import TABLE, in_section

TABLE_KEYS = in_section(
    TABLE,
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
)

MOVES = frozenset(
    binding.id
    for binding in TABLE_KEYS
    if isinstance(binding, Binding) and binding.action.startswith(("move", "page", "screen_row", "put"))
)
"""The actions that only move along the rows, by their ids."""
