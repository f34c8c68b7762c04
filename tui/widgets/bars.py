"""The lines around the table: what the view is, which tags the digits give, what happened, which keys there are."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from core.library.views import Tag
from core.text.screen import for_line
from tui.keys import shown
from tui.widgets.columns import fit

_MOST_LINES = 4
_SHARE = 16
"""Cells that a tag's name may take before it shares."""


class Line(Widget):
    """One line of text from anywhere, cut to the width."""

    DEFAULT_CSS = "Line { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""

    def say(self, text: str) -> None:
        """Show a text, cleaned."""
        text = for_line(text)
        if text != self._text:
            self._text = text
            self.refresh()

    def render(self) -> Text:
        """The text, with an ellipsis where it does not fit."""
        return Text(fit(self._text, self.size.width), no_wrap=True)


class Status(Line):
    """What happened last; a long sentence takes the lines that it needs, up to four."""

    DEFAULT_CSS = "Status { height: 1; }"

    def say(self, text: str) -> None:
        """Show a text, cleaned, and make room for it."""
        super().say(text)
        self._fit_height()

    def on_resize(self) -> None:
        """A narrower terminal needs more lines."""
        self._fit_height()

    def _fit_height(self) -> None:
        """The lines that the text needs when words are kept whole."""
        needed = len(self._wrapped()) if self.size.width else 1
        wanted = max(1, min(needed, _MOST_LINES))
        if self.styles.height is None or self.styles.height.value != wanted:
            self.styles.height = wanted

    def _wrapped(self) -> list[str]:
        """The text in lines."""
        lines = Text(self._text).wrap(self.app.console, self.size.width)
        return [line.plain.rstrip() for line in lines]

    def render(self) -> Text:
        """All of the text, or as much as four lines hold."""
        return Text("\n".join(self._wrapped()[:_MOST_LINES]), no_wrap=True)


class TagBar(Widget):
    """The nine slots with their tags."""

    DEFAULT_CSS = "TagBar { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tags: tuple[Tag, ...] = ()

    def show(self, tags: Sequence[Tag]) -> None:
        """Show the tags that have a slot."""
        slotted = tuple(sorted((tag for tag in tags if tag.slot), key=lambda tag: tag.slot or 0))
        if slotted != self._tags:
            self._tags = slotted
            self._fit_height()
            self.refresh()

    def on_resize(self) -> None:
        """A narrow terminal gives the slots two lines."""
        self._fit_height()

    def _fit_height(self) -> None:
        """Two lines where one would cut the names short."""
        wanted = sum(min(cell_len(for_line(tag.name)), _SHARE) + 3 for tag in self._tags)
        self.styles.height = 2 if self._tags and wanted > self.app.size.width else 1

    def render(self) -> Text:
        """Slot and name, as long as they fit."""
        if not self._tags:
            return Text("no tags yet: t makes one, and gives it a key from 1 to 9", style="dim", no_wrap=True)
        lines = 2 if self.size.height > 1 else 1
        each = -(-len(self._tags) // lines)
        out = Text(no_wrap=True)
        for number, tag in enumerate(self._tags):
            if number and number % each == 0:
                out.append("\n")
            share = max((self.size.width // each) - 3, 4)
            name = for_line(tag.name)
            out.append(f"{tag.slot} ", "bold")
            out.append(fit(name, min(cell_len(name), share)) + " ")
        return out


class KeyBar(Widget):
    """The footer: the keys whose bindings say `show`, as the screen declares them."""

    DEFAULT_CSS = "KeyBar { height: 1; }"

    def on_mount(self) -> None:
        """Follow the bindings."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> Text:
        """As many keys as fit; help comes first, for it names the others."""
        out = Text(no_wrap=True)
        if isinstance(self.screen.focused, Input):
            return out.append("Enter", "bold").append(" takes it  ").append("Esc", "bold").append(" goes back")
        for binding in self._shown_bindings():
            key = binding.key_display or shown(binding.key)
            if out.cell_len + cell_len(key) + cell_len(binding.description) + 1 > self.size.width:
                break
            out.append(key, "bold")
            out.append(f" {binding.description}  ")
        return out

    def _shown_bindings(self) -> list[Binding]:
        """One binding for each action that is shown: help first, then as they are declared, bound anew or not."""
        found: dict[str, Binding] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled:
                found.setdefault(binding.action, binding)
        declared = [binding.action for _, binding in type(self.screen)._merge_bindings()]
        places = {action: place for place, action in reversed(list(enumerate(declared)))}
        return sorted(found.values(), key=lambda one: (one.id != "help", places.get(one.action, len(places))))
