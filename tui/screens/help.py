"""Help: every key of a screen with what it does, from the bindings themselves; typing narrows it down."""

from collections.abc import Iterable
from itertools import groupby

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import Vertical, VerticalScroll
from textual.events import Key
from textual.widgets import Input, Static

from core.query import FIELDS
from tui.keyboard.hints import hint
from tui.keyboard.key_list import key_lines
from tui.screens.dialogs.dialog import Dialog

_SIGNS = (
    "  · undecided  ★ starred  ✗ rejected  » skipped  ◆ the post itself  + selected  › cursor\n"
    "  translation: m machine, e edited, ✓ approved   ! something to know before quoting\n"
    "  since last time: * new, ~ changed, - gone from the source\n"
)


class HelpScreen(Dialog[None]):
    """The keys that were active on the screen below."""

    def __init__(self, bindings: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._lines = key_lines(bound.binding for bound in bindings if bound.enabled)

    def compose(self) -> ComposeResult:
        """A line to type in, and the keys that fit it."""
        with Vertical(classes="box tall"):
            yield Input(placeholder=hint("type to find a key · ↑↓ scroll · {key:leave} leaves", self), compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(id="lines", markup=False)

    def on_mount(self) -> None:
        """List all keys before anything is typed."""
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the keys that fit what is typed."""
        self._list(event.value)

    def on_key(self, event: Key) -> None:
        """The arrows scroll while the line has the focus."""
        steps = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
        if event.key in steps:
            self.query_one(VerticalScroll).scroll_relative(y=steps[event.key], animate=False)

    def _list(self, typed: str) -> None:
        """Groups of actions, a line each; then signs and the filter's fields."""
        out = Text(no_wrap=True, overflow="ellipsis")
        for section, lines in groupby((line for line in self._lines if line.fits(typed)), lambda line: line.section):
            out.append(f"{section}\n", "bold underline")
            for line in lines:
                out.append(f"  {line.keys:<14} ", "bold").append(f"{line.title:<20} ")
                out.append(f"{line.help}\n", "dim")
        if not typed:
            out.append("Signs\n", "bold underline").append(_SIGNS)
            out.append("Filter: terms side by side all hold; OR, -term and (…) work\n", "bold underline")
            for name, field in FIELDS.items():
                out.append(f"  {'  '.join(field.examples):<36} ", "bold").append(
                    f"{name}: {field.description}\n", "dim"
                )
        self.query_one("#lines", Static).update(out)
