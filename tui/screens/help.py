"""Help: every key of a screen with what it does, from the bindings themselves; typing narrows it down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import Vertical, VerticalScroll
from textual.events import Key
from textual.widgets import Input, Static

from core.query import FIELDS
from core.text.matching import fold
from tui.keyboard.sequences import key_display, spelled
from tui.screens.dialogs.dialog import Dialog

_SIGNS = (
    "  · undecided  ★ starred  ✗ rejected  » skipped  ◆ the post itself  + selected  › cursor\n"
    "  translation: m machine, e edited, ✓ approved   ! something to know before quoting\n"
    "  since last time: * new, ~ changed, - gone from the source\n"
)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """An action as help lists it."""

    group: str
    """What the screen or widget that declares it says of itself."""
    keys: str
    """All its keys."""
    description: str
    tooltip: str
    name: str
    """By which a key file binds it anew."""

    def fits(self, typed: str) -> bool:
        """Whether the words that were typed are in it."""
        return fold(typed) in fold(f"{self.keys} {self.name} {self.description} {self.tooltip}")


class HelpScreen(Dialog[None]):
    """The keys that were active on the screen below."""

    def __init__(self, bindings: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._lines = key_lines((type(bound.node), bound.binding) for bound in bindings if bound.enabled)

    def compose(self) -> ComposeResult:
        """A line to type in, and the keys that fit it."""
        with Vertical(classes="box tall"):
            yield Input(placeholder="type to find a key · ↑↓ scroll · Esc leaves", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(id="lines", markup=False)

    def on_mount(self) -> None:
        """List all keys."""
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what fits."""
        self._list(event.value)

    def on_key(self, event: Key) -> None:
        """The arrows scroll while the line has the focus."""
        steps = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
        if event.key in steps:
            self.query_one(VerticalScroll).scroll_relative(y=steps[event.key], animate=False)

    def _list(self, typed: str) -> None:
        """Groups of actions, a line each; then signs and the filter's fields."""
        out = Text(no_wrap=True, overflow="ellipsis")
        for group, lines in groupby((line for line in self._lines if line.fits(typed)), lambda line: line.group):
            out.append(f"{group}\n", "bold underline")
            for line in lines:
                out.append(f"  {line.keys:<14} ", "bold").append(f"{line.description:<20} ")
                out.append(f"{line.tooltip}\n", "dim")
        if not typed:
            out.append("Signs\n", "bold underline").append(_SIGNS)
            out.append("Filter: terms side by side all hold; OR, -term and (…) work\n", "bold underline")
            for name, field in FIELDS.items():
                out.append(f"  {'  '.join(field.examples):<36} ", "bold").append(
                    f"{name}: {field.description}\n", "dim"
                )
        self.query_one("#lines", Static).update(out)


def key_lines(declared: Iterable[tuple[type, Binding]]) -> list[KeyLine]:
    """Every named action once, with all its keys, in the order in which the rooms declare them."""
    kept: dict[str, KeyLine] = {}
    for kind, binding in declared:
        if not binding.id or binding.system:
            continue
        key = key_display(binding.key)
        if before := kept.get(binding.id):
            kept[binding.id] = replace(before, keys=f"{before.keys} / {key}")
        else:
            group = _declarer(kind, binding.id)
            kept[binding.id] = KeyLine(group, key, binding.description, binding.tooltip, binding.id)
    groups = list(dict.fromkeys(line.group for line in kept.values()))
    groups.sort(key=lambda group: group.startswith("The table"))
    return sorted(kept.values(), key=lambda line: groups.index(line.group))


def _declarer(kind: type, name: str) -> str:
    """What the class that declares a binding says of itself."""
    for base in kind.__mro__:
        if any(isinstance(one, Binding) and one.id == name for one in base.__dict__.get("BINDINGS", ())):
            return (base.__doc__ or base.__name__).strip().splitlines()[0].rstrip(".")
    return "Everywhere"


def action_names() -> frozenset[str]:
    """The names by which a key file may bind actions anew."""
    from tui.screens.facts import FactsScreen
    from tui.screens.library import LibraryScreen
    from tui.screens.outline import OutlineScreen
    from tui.screens.preview import Preview
    from tui.screens.thread import ThreadScreen
    from tui.widgets.reading_pane import ReadingPane
    from tui.widgets.reply_table import ReplyTable

    kinds = (ThreadScreen, ReplyTable, ReadingPane, LibraryScreen, OutlineScreen, Preview, FactsScreen)
    return frozenset(binding.id for kind in kinds for _, binding in kind._merge_bindings() if binding.id)


def without_clashes(own: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The user's keys that leave the thread's other keys within reach, and a warning for each that does not."""
    from tui.screens.thread import ThreadScreen
    from tui.widgets.reply_table import ReplyTable

    bound = [binding for kind in (ThreadScreen, ReplyTable) for _, binding in kind._merge_bindings()]
    others = {spelled(one.key): one.id for one in bound if one.id and one.id not in own}
    fitting, warnings = {}, []
    for name, keys in own.items():
        wanted = [spelled(key) for key in keys.split(",")]
        tangled = [key for key in wanted if any(_tangled(key, other) for other in others)]
        if tangled:
            warnings.append(f"keys.toml: {name} is not bound: ‘{tangled[0]}’ begins another sequence, or one begins it")
            continue
        fitting[name] = keys
        lost = [f"‘{key}’ was the key of {others[key]}" for key in wanted if key in others]
        warnings += [f"keys.toml: {words}, which has lost it; bind that anew too" for words in lost]
    return fitting, tuple(warnings)


def _tangled(one: str, other: str) -> bool:
    """Whether one sequence of keys is the beginning of the other, so that only one of them could be typed."""
    return one != other and (one.startswith(f"{other} ") or other.startswith(f"{one} "))
