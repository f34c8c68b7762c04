"""The tag picker: fuzzy find over a thread's tags, which makes new ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from core.library.tags import Tag
from core.text.matching import fold
from core.text.terminal_safe import for_line
from tui.keyboard.hints import hint
from tui.keyboard.sections import in_section
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choices import Choices


@dataclass(frozen=True, slots=True)
class Picked:
    """What the writer wants with a tag."""

    name: str
    wish: str = "tag"
    """`tag`, `accept` (tag, star and go on), `rename` or `key`."""


_KEYS = "Enter tags · {key:picker.accept} tags, accepts · {key:picker.rename} renames, merges · {key:picker.key} key"
MOST_TAGS_LISTED = 200
"""Tags that are listed at a time."""
TAGS_COMPARED_LOOSELY = 2_000
"""Tags from which on a name must hold what was typed, for comparing loosely takes too long."""


class TagPicker(Dialog[Picked]):
    """Answers with a tag that exists or is to be made."""

    BINDINGS = in_section(
        "The tag picker",
        Binding("down,ctrl+n", "move(1)", "Down", show=False, priority=True, id="picker.down"),
        Binding("up,ctrl+p", "move(-1)", "Up", show=False, priority=True, id="picker.up"),
        Binding("ctrl+s", "take('accept')", "Tag and accept", show=False, priority=True, id="picker.accept"),
        Binding("ctrl+r", "wish('rename')", "Rename or merge", show=False, priority=True, id="picker.rename"),
        Binding("ctrl+t", "wish('key')", "Give it a key", show=False, priority=True, id="picker.key"),
    )

    def __init__(self, tags: Sequence[Tag], title: str, *, may_make: bool = True) -> None:
        super().__init__()
        self._tags, self._title, self._may_make = tags, title, may_make
        self._names: list[str] = []
        self._folded = [fold(tag.name) for tag in tags]
        self._known = frozenset(self._folded)

    def compose(self) -> ComposeResult:
        """A line to type in, and what fits it."""
        with Vertical(classes="box"):
            yield Static(Text(self._title, style="bold"))
            yield Input(placeholder="name of a tag", compact=True)
            yield Choices(compact=True)
            yield Static(Text(hint(_KEYS, self), style="dim"))

    def on_mount(self) -> None:
        """List all tags before anything is typed."""
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the tags that fit what is typed."""
        self._list(event.value)

    def _list(self, typed: str) -> None:
        """The tags that fit, best first; then, where it is new, the tag that would be made."""
        wanted = " ".join(typed.split())
        fitting = ranked(self._tags, wanted, self._folded)
        listable = fitting[:MOST_TAGS_LISTED]
        self._names = [tag.name for tag in listable]
        options = [Option(self._line(tag)) for tag in listable]
        if wanted and self._may_make and fold(wanted) not in self._known:
            self._names.append(wanted)
            options.append(Option(Text(f"  + new tag: {for_line(wanted)}")))
        if len(fitting) > MOST_TAGS_LISTED:
            options.append(
                Option(
                    Text(f"  {len(fitting) - MOST_TAGS_LISTED:,} more: type a part of the name", "dim"), disabled=True
                )
            )
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(options)
        listed.highlighted = 0 if options else None

    def _line(self, tag: Tag) -> Text:
        """Key, name and number of posts."""
        text = Text(f"{tag.slot or ' '} ", "bold")
        return text.append(for_line(tag.name), "not bold").append(f"  {tag.posts:,}", "dim")

    def action_move(self, by: int) -> None:
        """Move in the list while typing."""
        listed = self.query_one(OptionList)
        if self._names:
            listed.highlighted = ((listed.highlighted or 0) + by) % len(self._names)

    def on_input_submitted(self) -> None:
        """Enter in the line takes the highlighted tag."""
        self.action_take("tag")

    def on_option_list_option_selected(self) -> None:
        """A click on a tag takes it."""
        self.action_take("tag")

    def action_wish(self, wish: str) -> None:
        """Do something else with the highlighted tag, which must exist."""
        at = self.query_one(OptionList).highlighted
        if at is not None and self._names[at] in {tag.name for tag in self._tags}:
            self.action_take(wish)

    def action_take(self, wish: str) -> None:
        """Answer with the highlighted tag and what is wanted with it."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.answer(Picked(self._names[at], wish))


def ranked(tags: Sequence[Tag], typed: str, folded: Sequence[str]) -> list[Tag]:
    """The tags that `typed` fits, the one of that very name first, then by how well it fits, then in their order.

    `folded` has their names folded. Of very many tags only those fit that hold what was typed as it is.
    """
    wanted = fold(typed)
    if not wanted:
        return list(tags)
    if len(tags) > TAGS_COMPARED_LOOSELY:
        scored = [(1.0 + (name == wanted), tag) for name, tag in zip(folded, tags, strict=True) if wanted in name]
    else:
        matcher = Matcher(wanted)
        scored = [
            (float("inf") if name == wanted else matcher.match(name), tag)
            for name, tag in zip(folded, tags, strict=True)
        ]
    return [tag for score, tag in sorted(scored, key=lambda pair: -pair[0]) if score > 0]
