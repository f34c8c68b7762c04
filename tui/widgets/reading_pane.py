"""The reading pane: one quote with everything that is known and written about it."""

from collections.abc import Hashable
from functools import partial

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.strip import Strip

from core.text.terminal_safe import for_screen
from tui.keyboard.hints import hint, key_of
from tui.keyboard.sections import in_section
from tui.widgets.chain import HERE
from tui.widgets.lines import DiffingWidget, plain_line
from tui.widgets.quote_layout import QuoteDetails, quote_layout

_NOTHING = "Nothing to show: no post fits the view. F clears the filter."


class ReadingPane(DiffingWidget, can_focus=True):
    """The reading pane: one quote, laid out in lines; only lines that differ are drawn anew."""

    INDENT = 1
    BINDINGS = in_section(
        "The reading pane",
        Binding("down", "scroll_by(1)", "Line down in the pane", show=False, id="pane.down"),
        Binding("up", "scroll_by(-1)", "Line up in the pane", show=False, id="pane.up"),
        Binding("pagedown,ctrl+f,ctrl+d", "page(1)", "Page down in the pane", show=False, id="pane.page.down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up in the pane", show=False, id="pane.page.up"),
    )

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Strip] = []
        self._paragraphs: dict[Hashable, list[Strip]] = {}
        self._top = 0
        self._details: QuoteDetails | None = None
        self._instead = _NOTHING

    def show(self, details: QuoteDetails | None) -> None:
        """Show a quote; None where there is no post to show."""
        self._details, self._instead = details, _NOTHING
        self._lay_out(0)

    def tell(self, instead: str) -> None:
        """Show a text where there is no quote."""
        self._details, self._instead = None, instead
        self._lay_out(0)

    @property
    def shown(self) -> str:
        """All of the text, as it is laid out."""
        return "\n".join(line.text.rstrip() for line in self._lines)

    def on_show(self) -> None:
        """What was given while the pane was hidden."""
        self._lay_out(0)

    def on_resize(self) -> None:
        """Break the lines anew for the other width."""
        self._lay_out(self._top)

    def _lay_out(self, top: int) -> None:
        """Break the quote into lines, and draw those that differ from what stands there."""
        width, details = self.room, self._details
        if not width or not self.display:
            return
        text = (
            Text(for_screen(self._instead), "dim")
            if details is None
            else quote_layout(details, partial(key_of, self.screen), width)
        )
        self._lines = self._broken(text, width)
        if details is not None and details.chain is not None and not top:
            part = self._line_of_part()
            top = part - 1 if part + 2 > self.content_size.height else 0
        self._top = max(0, min(top, len(self._lines) - self.content_size.height))
        self.redraw()

    def _broken(self, text: Text, width: int) -> list[Strip]:
        """A text in lines; a paragraph that stood there before is not broken again."""
        console, before = self.app.console, self._paragraphs
        self._paragraphs, lines = {}, []
        for paragraph in text.split("\n", allow_blank=True):
            key = (paragraph.plain, paragraph.style, tuple(paragraph.spans), width)
            strips = before.get(key)
            if strips is None:
                strips = [Strip(line.render(console)) for line in paragraph.wrap(console, width)]
            self._paragraphs[key] = strips
            lines += strips
        return lines

    def _line_of_part(self) -> int:
        """The line on which the part of a chain that the cursor is on begins."""
        return next((y for y, line in enumerate(self._lines) if line.text.startswith(HERE)), 0)

    def line(self, y: int) -> Strip:
        """A line of the window; the last one says how much follows."""
        at, height = self._top + y, self.content_size.height
        more = len(self._lines) - self._top - height
        if more > 0 and y == height - 1:
            return plain_line(f"↓ {more + 1:,} more lines: Tab, then ↓ or PgDn{self._hint()}", Style(dim=True))
        return self._lines[at] if at < len(self._lines) else plain_line("")

    def _hint(self) -> str:
        """Where the translation is, when a long original hides it."""
        details = self._details
        hidden = details is not None and details.quote.translation and details.only == "both"
        return hint(" · {key:view.lang}: translation", self.screen) if hidden else ""

    def action_scroll_by(self, lines: int) -> None:
        """Move the window by lines."""
        self._top = max(0, min(self._top + lines, len(self._lines) - self.content_size.height))
        self.redraw()

    def action_page(self, pages: int) -> None:
        """Move the window by pages."""
        self.action_scroll_by(pages * max(self.content_size.height - 2, 1))

    def on_mouse_scroll_down(self) -> None:
        """The wheel scrolls three lines down."""
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """The wheel scrolls three lines up."""
        self.action_scroll_by(-3)
