"""A text that is longer than the screen, and the keys that scroll it."""

from textual.binding import Binding
from textual.containers import VerticalScroll

from tui.keyboard.sections import in_section


class Scroller(VerticalScroll):
    """Textual's scrolling area with the program's keys."""

    BINDINGS = in_section(
        "Texts",
        Binding("j,down", "scroll_lines(1)", "Down", show=False, id="text.down"),
        Binding("k,up", "scroll_lines(-1)", "Up", show=False, id="text.up"),
        Binding("space,pagedown,ctrl+f", "scroll_pages(1)", "Page down", show=False, id="text.page.down"),
        Binding("b,pageup", "scroll_pages(-1)", "Page up", show=False, id="text.page.up"),
    )

    def action_scroll_lines(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=by, animate=False)

    def action_scroll_pages(self, by: int) -> None:
        """Scroll by pages."""
        self.scroll_relative(y=by * max(self.size.height - 1, 1), animate=False)
