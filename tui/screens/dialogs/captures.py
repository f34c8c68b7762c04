"""The thread's captures: what each brought, and how complete it is."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from core.models import Capture
from core.text.counted import counted
from core.text.terminal_safe import for_line
from core.words.captures import details, headline
from tui.keyboard.hints import hint
from tui.keyboard.sections import in_section
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.scroller import Scroller

_MOST_LISTED = 5
"""Payloads and problems of a capture that are shown; `pullquote captures` prints all."""


class CapturesScreen(Dialog[None]):
    """Lists captures, the newest first."""

    BINDINGS = in_section("Dialogs", Binding("q", "leave", "Leave", show=False, id="leave"))

    def __init__(self, captures: Sequence[Capture]) -> None:
        super().__init__()
        self._captures = captures

    def compose(self) -> ComposeResult:
        """How many there are, and each with what it says."""
        with Vertical(classes="box tall"):
            keys = hint("j k scroll · {key:leave} leaves", self)
            yield Static(Text(f"{counted(len(self._captures), 'capture')} · {keys}", "bold"))
            with Scroller():
                yield Static(self.text, id="lines", markup=False)

    @property
    def text(self) -> Text:
        """All captures with their details, as the box shows them."""
        out = Text()
        for capture in self._captures:
            out.append(f"\n{for_line(headline(capture))}\n", "bold")
            for line in details(capture, _MOST_LISTED):
                out.append(f"  {for_line(line)}\n")
        return out
