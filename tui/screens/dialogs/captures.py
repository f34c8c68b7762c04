"""The thread's captures: what each brought, and how complete it is."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from core.models import Capture
from core.text.counted import counted
from core.text.terminal_safe import for_line
from core.words.captures import details, headline
from tui.screens.dialogs.dialog import Dialog

_MOST = 5
"""Payloads and problems of a capture that are shown; `pullquote captures` prints all."""


class CapturesScreen(Dialog[None]):
    """Lists captures, the newest first."""

    BINDINGS = [
        Binding("q", "leave", "Back", show=False),
        Binding("j,down", "scroll(1)", "Down", show=False),
        Binding("k,up", "scroll(-1)", "Up", show=False),
        Binding("space,pagedown,ctrl+f", "page(1)", "Page down", show=False),
        Binding("b,pageup", "page(-1)", "Page up", show=False),
    ]

    def __init__(self, captures: Sequence[Capture]) -> None:
        super().__init__()
        self._captures = captures

    def compose(self) -> ComposeResult:
        """How many there are, and each with what it says."""
        with Vertical(classes="box tall"):
            yield Static(Text(f"{counted(len(self._captures), 'capture')} · j k scroll · Esc leaves", "bold"))
            with VerticalScroll(can_focus=False):
                yield Static(self.text, id="lines", markup=False)

    @property
    def text(self) -> Text:
        """All of it."""
        out = Text()
        for capture in self._captures:
            out.append(f"\n{for_line(headline(capture))}\n", "bold")
            for line in details(capture, _MOST):
                out.append(f"  {for_line(line)}\n")
        return out

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by pages."""
        area = self.query_one(VerticalScroll)
        area.scroll_relative(y=by * max(area.size.height - 1, 1), animate=False)
