"""The lines around the table: what the view is, which tags the digits give, what happened, which keys there are."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.strip import Strip
from textual.widgets import Input

from core.library.tags import Tag
from core.text.terminal_safe import for_line
from tui.keyboard.hints import hint
from tui.keyboard.sequences import key_display
from tui.widgets.columns import fit
from tui.widgets.lines import DiffingWidget, plain_line

_BOLD, _DIM = Style(bold=True), Style(dim=True)
_MOST_LINES = 4
_SHARE = 16
"""Cells that a tag's name may take before it shares."""


class Line(DiffingWidget):
    """One line of text from anywhere, cut to the width."""

    DEFAULT_CSS = "Line { height: 1; }"
    INDENT = 1

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""

    @property
    def said(self) -> str:
        """The text, as it is shown."""
        return self._text

    def say(self, text: str) -> None:
        """Show a text, cleaned of what a terminal would obey."""
        text = for_line(text)
        if text != self._text:
            self._text = text
            self.redraw()

    def line(self, y: int) -> Strip:
        """The text, with an ellipsis where it does not fit."""
        return plain_line(fit(self._text, self.room) if y == 0 else "")


class Meter(Line):
    """How far something has come; not there while nothing is under way."""

    DEFAULT_CSS = "Meter { height: 1; display: none; }"
    CELLS = 20

    def show(self, part: float, text: str) -> None:
        """Show a bar of which a `part` (0 to 1) is full, and what there is to say."""
        full = round(min(max(part, 0.0), 1.0) * self.CELLS)
        self.display = True
        self.say(f"{'█' * full}{'░' * (self.CELLS - full)} {part:4.0%} · {text}")

    def hide(self) -> None:
        """Leave the line to others."""
        self.display = False


class Status(Line):
    """What happened last; a long sentence takes the lines that it needs, up to four."""

    DEFAULT_CSS = "Status { height: 1; }"

    def say(self, text: str) -> None:
        """Show a text, cleaned and with the keys of the actions that it names, and make room for it."""
        super().say(hint(text, self.screen))
        self._fit_height()

    def on_resize(self) -> None:
        """A narrower terminal needs more lines."""
        self._fit_height()

    def _fit_height(self) -> None:
        """The lines that the text needs when words are kept whole."""
        needed = len(self._wrapped()) if self.room else 1
        wanted = max(1, min(needed, _MOST_LINES))
        if self.styles.height is None or self.styles.height.value != wanted:
            self.styles.height = wanted

    def _wrapped(self) -> list[str]:
        """The text in as many lines as it needs."""
        lines = Text(self._text).wrap(self.app.console, self.room)
        return [line.plain.rstrip() for line in lines]

    def line(self, y: int) -> Strip:
        """A line of the text, of which four are shown at the most."""
        lines = self._wrapped()
        return plain_line(lines[y] if y < len(lines) else "")


class TagBar(DiffingWidget):
    """The nine slots with their tags."""

    DEFAULT_CSS = "TagBar { height: 1; }"
    INDENT = 1

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tags: tuple[Tag, ...] = ()

    def show(self, tags: Sequence[Tag]) -> None:
        """Show the tags that have a slot."""
        slotted = tuple(sorted((tag for tag in tags if tag.slot), key=lambda tag: tag.slot or 0))
        if slotted != self._tags:
            self._tags = slotted
            self._fit_height()
            self.redraw()

    def on_resize(self) -> None:
        """A narrow terminal gives the slots two lines."""
        self._fit_height()

    def _fit_height(self) -> None:
        """Two lines where one would cut the names short."""
        wanted = sum(min(cell_len(for_line(tag.name)), _SHARE) + 3 for tag in self._tags)
        self.styles.height = 2 if self._tags and wanted > self.app.size.width else 1

    def line(self, y: int) -> Strip:
        """Slot and name, as long as they fit."""
        if not self._tags:
            none = hint("no tags yet: {key:tag.pick} makes one, and gives it a key from 1 to 9", self.screen)
            return plain_line(none if y == 0 else "", _DIM)
        lines = 2 if self.size.height > 1 else 1
        each = -(-len(self._tags) // lines)
        share = max((self.room // each) - 3, 4)
        segments: list[Segment] = []
        for tag in self._tags[y * each : (y + 1) * each]:
            name = for_line(tag.name)
            segments += Segment(f"{tag.slot} ", _BOLD), Segment(fit(name, min(cell_len(name), share)) + " ")
        return Strip(segments)


class KeyBar(DiffingWidget):
    """The footer: the keys whose bindings say `show`, as the screen declares them."""

    DEFAULT_CSS = "KeyBar { height: 1; }"
    INDENT = 1

    def on_mount(self) -> None:
        """Draw the keys anew whenever other bindings are active."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.redraw())

    def line(self, y: int) -> Strip:
        """As many keys as fit; help comes first, for it names the others."""
        if y:
            return plain_line("")
        segments: list[Segment] = []
        room = self.room
        for key, description in self._keys():
            room -= cell_len(key) + cell_len(description) + 1
            if room < 0:
                break
            segments += Segment(key, _BOLD), Segment(f" {description}  ")
            room -= 2
        return Strip(segments)

    def _keys(self) -> list[tuple[str, str]]:
        """The keys with what they do; a field to type in has its own."""
        if isinstance(self.screen.focused, Input):
            return [("Enter", "takes it"), ("Esc", "goes back")]
        return [
            (binding.key_display or key_display(binding.key), binding.description) for binding in self._shown_bindings()
        ]

    def _shown_bindings(self) -> list[Binding]:
        """One binding for each action that is shown: help first, then as they are declared, bound anew or not."""
        by_action: dict[str, Binding] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled:
                by_action.setdefault(binding.action, binding)
        declared = [binding.action for _, binding in type(self.screen)._merge_bindings()]
        places = {action: place for place, action in reversed(list(enumerate(declared)))}
        return sorted(
            by_action.values(), key=lambda binding: (binding.id != "help", places.get(binding.action, len(places)))
        )
