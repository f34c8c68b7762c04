"""The outline: sections and their quotes in reading order, to be moved about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from core.article.outline import Article, Section, outline
from core.desk import ChangeResult, Desk
from core.errors import PullquoteError
from core.text.terminal_safe import for_line
from core.words import change_words
from tui.commands import help, undo
from tui.commands.command import Command, bindings, in_section
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.bars import KeyBar, Line, Status
from tui.widgets.choices import Choices
from tui.widgets.prompt import Prompt


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A line of the outline: a section's heading, or one of its quotes."""

    section: int
    seq: int | None = None


class OutlineScreen(Dialog[int]):
    """The article's outline; answers with the quote that the writer wants to go to."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = (
        *in_section(
            "The outline",
            Command("item.down", "J", "Down", lambda outline: outline.shift(1), footer=True),
            Command("item.up", "K", "Up", lambda outline: outline.shift(-1), footer=True),
            Command(
                "item.next.section",
                "greater_than_sign",
                "Next section",
                lambda outline: outline.move_to_section(1),
                footer=True,
            ),
            Command(
                "item.prev.section",
                "less_than_sign",
                "Previous",
                lambda outline: outline.move_to_section(-1),
                footer=True,
            ),
            Command("edit.section", "C", "Introduce", lambda outline: outline.introduce(), footer=True),
        ),
        *undo.COMMANDS,
        *help.COMMANDS,
        *in_section(
            "Leaving the outline",
            Command("outline.go", "enter", "Go", lambda outline: outline.go(), footer=True, before_fields=True),
            Command("leave", "q,escape", "Back", lambda outline: outline.answer(None), footer=True),
        ),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._items: list[OutlineItem] = []
        self._article: Article

    def compose(self) -> ComposeResult:
        """A list between two bars."""
        yield Line(id="view")
        yield Choices(compact=True)
        yield Status(id="status")
        yield Prompt(id="prompt")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the outline from its beginning."""
        self._show(0)

    def _show(self, at: int) -> None:
        """Read the outline anew and highlight a line."""
        self._article = outline(self.desk.library, self.desk.thread_id, self.desk.lang)
        options, self._items = [], []
        for number, section in enumerate(self._article.sections):
            self._items.append(OutlineItem(number))
            options.append(Option(_heading(section)))
            for quote in section.quotes:
                self._items.append(OutlineItem(number, quote.seq))
                options.append(Option(Text("    " + for_line(quote.quoted_text())[:200], no_wrap=True)))
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(options)
        listed.highlighted = min(at, len(options) - 1) if options else None
        from exports.notices import open_words

        closing = " · closing quote chosen" if self._article.closing else ""
        sections, quotes, still_open = len(self._article.sections), len(self._article.quotes), open_words(self._article)
        still_open = f" · open: {still_open}" if still_open else ""
        said = f"outline · sections: {sections:,} · quotes: {quotes:,}{closing}{still_open}"
        self.query_one("#view", Line).say(said if options else "outline · empty: star replies and tag them first")

    @property
    def _item(self) -> OutlineItem | None:
        """The highlighted line, or None in an empty outline."""
        at = self.query_one(OptionList).highlighted
        return None if at is None else self._items[at]

    def shift(self, by: int) -> None:
        """Move a section among the sections, or a quote within its section."""
        item = self._item
        if item is None:
            return
        section = self._article.sections[item.section]
        if not section.tag:
            self.say("What has no tag comes last, in the thread's order; tag it to move it.")
        elif item.seq is not None:
            seq = item.seq
            self._attempt(lambda: self.desk.tags.move_quote(seq, section.tag, by))
        else:
            names = [section.tag for section in self._article.sections if section.tag]
            to = max(0, min(names.index(section.tag) + by, len(names) - 1))
            names.remove(section.tag)
            names.insert(to, section.tag)
            self._attempt(lambda: self.desk.tags.order(names))
        self._show_again(section.tag, item.seq)

    def move_to_section(self, by: int) -> None:
        """Move a quote to a neighbouring section: it changes its tag."""
        item = self._item
        seq = None if item is None else item.seq
        if item is None or seq is None:
            return
        to = item.section + by
        if not 0 <= to < len(self._article.sections) or not self._article.sections[to].tag:
            self.say("There is no section there; tag the reply to make one.")
            return
        source, target = self._article.sections[item.section].tag, self._article.sections[to].tag
        if self._attempt(lambda: self.desk.tags.retag(seq, source, target)):
            self._show_again(target, seq)

    def _show_again(self, tag: str, seq: int | None) -> None:
        """Show the outline with the same thing highlighted."""
        self._show(0)
        for at, item in enumerate(self._items):
            if item.seq == seq and self._article.sections[item.section].tag == tag:
                self.query_one(OptionList).highlighted = at
                return

    def show_undone(self, _posts: frozenset[int], said: str) -> None:
        """Show the outline as it is again, and say what was done."""
        self.say(said)
        self._show(self.query_one(OptionList).highlighted or 0)

    async def introduce(self) -> None:
        """Ask for the introduction of the section, and keep it."""
        if self._item is None or not self._article.sections[self._item.section].tag:
            return
        section = self._article.sections[self._item.section]
        typed = await self.query_one(Prompt).ask(f"introduction of ‘{section.tag}’", section.introduction)
        if typed is not None:
            self._attempt(lambda: self.desk.tags.introduce(section.tag, typed))
            self._show_again(section.tag, None)

    def go(self) -> None:
        """Answer with the highlighted quote; in the line to type in, Enter is that line's own."""
        if isinstance(self.focused, Input):
            self.focused.post_message(Input.Submitted(self.focused, self.focused.value))
        elif self._item is not None:
            self.answer(self._item.seq)

    def _attempt(self, change: Callable[[], ChangeResult]) -> bool:
        """Make a change and say its name, or why it cannot be made; True where it was made."""
        try:
            done = change()
        except PullquoteError as error:
            self.say(str(error))
            return False
        self.say(change_words(done.name) if done.entry else "")
        return True

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""
        self.query_one(Status).say(text)


def _heading(section: Section) -> Text:
    """The line of a section: its tag, how many quotes it has, and its introduction."""
    text = Text(for_line(section.tag) if section.tag else "(without a tag)", style="bold", no_wrap=True)
    text.append(f"  {len(section.quotes)}", "not bold dim")
    for one in section.elsewhere:
        where = "as the closing quote" if one.tag is None else f"under {for_line(one.tag)}"
        text.append(f"  {for_line(one.quote.quoted_text())[:30]}… stands {where}", "not bold dim")
    if section.introduction:
        text.append("  " + for_line(section.introduction)[:80], "not bold dim")
    return text
