"""Help: every key of a screen with what it does, from the bindings themselves; typing narrows it down."""

from collections.abc import Iterable

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from core.query import FIELDS
from core.text.matching import fold
from tui.keys import shown
from tui.screens.dialog import Dialog

_SIGNS = (
    "Signs: · undecided  ★ starred  ✗ rejected  » skipped  ◆ the post itself  + selected  › cursor\n"
    "       translation: m machine, e edited, ✓ approved   ! something to know before quoting"
)


class HelpScreen(Dialog[None]):
    """The keys that were active on the screen below."""

    def __init__(self, bindings: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._lines = sorted(set(key_lines(bindings)), key=lambda line: line[1])

    def compose(self) -> ComposeResult:
        """A line to type in, and the keys that fit it."""
        with Vertical(classes="box tall"):
            yield Input(placeholder="type to find a key; Esc leaves", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(id="lines")

    def on_mount(self) -> None:
        """List all keys."""
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what fits."""
        self._list(event.value)

    def _list(self, typed: str) -> None:
        """Keys, name and meaning, a line each; then signs and the filter's fields."""
        out = Text()
        for keys, name, meaning in self._lines:
            if fold(typed) in fold(f"{keys} {name} {meaning}"):
                out.append(f"{keys:<18}", "bold").append(f"{name:<22}", "dim").append(meaning + "\n")
        if not typed:
            out.append("\n" + _SIGNS + "\n\nFilter\n")
            for name, field in FIELDS.items():
                out.append(f"{'  '.join(field.examples):<40}", "bold").append(f"{name}: {field.description}\n")
        self.query_one("#lines", Static).update(out)


def key_lines(bindings: Iterable[ActiveBinding]) -> list[tuple[str, str, str]]:
    """(keys, the action's name, meaning) of every named binding; an action's keys stand together."""
    keys: dict[str, list[str]] = {}
    kept: dict[str, Binding] = {}
    for _, binding, enabled, _ in bindings:
        if enabled and binding.id and not binding.system:
            kept.setdefault(binding.id, binding)
            keys.setdefault(binding.id, []).append(shown(binding.key))
    return [
        (" / ".join(keys[name]), name, binding.description + (f": {binding.tooltip}" if binding.tooltip else ""))
        for name, binding in kept.items()
    ]


def action_names() -> frozenset[str]:
    """The names by which a key file may bind actions anew."""
    from tui.screens.library import LibraryScreen
    from tui.screens.outline import OutlineScreen
    from tui.screens.preview import Preview
    from tui.screens.thread import ThreadScreen
    from tui.widgets.reply_table import ReplyTable

    kinds = (ThreadScreen, ReplyTable, LibraryScreen, OutlineScreen, Preview)
    return frozenset(binding.id for kind in kinds for _, binding in kind._merge_bindings() if binding.id)
