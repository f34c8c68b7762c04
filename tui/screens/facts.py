"""The facts: what a thread is made of, as bars to stand on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from core.errors import PullquoteError
from core.facts import Authors, Bar, Facts, Plot, Scope, Spread, TriageCounts, combined, plots
from core.library import Library, facts
from core.models import Thread
from core.query.view import View
from core.text.terminal_safe import for_line
from core.words import words
from tui.commands import help
from tui.commands.command import Command, bindings, in_section
from tui.inquiry import Inquiry
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.bars import KeyBar, Line, Status
from tui.widgets.choices import Choices
from tui.widgets.plot import WORDS, bar_glyphs, bar_line

TWO_COLUMNS = 2 * (WORDS + 18)
"""Cells from which two columns of bars have room for their plots."""
_LEFT = frozenset({"time", "likes", "triage", "tags"})
"""Sections of the left column, where there are two."""
_INDENT = 2


@dataclass(frozen=True, slots=True)
class ChosenBar:
    """The filter of the bar that the writer wants to see."""

    filter: str
    whole: bool
    """Whether it stands for itself, and not for a part of what the view showed."""


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A line of a list: a section's title or note, or one of its bars."""

    section: str
    text: str
    bar: Bar | None = None
    title: bool = False

    def prompt(self, *, cursor: bool = False) -> Text:
        """The line as the list shows it."""
        sign = "" if self.title else "› " if cursor else "  "
        return Text(sign + self.text, "bold underline" if self.title else "", no_wrap=True)


class FactsScreen(Dialog[ChosenBar]):
    """What a thread is made of; answers with the filter of the bar that the writer wants to see."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = (
        *in_section(
            "Facts",
            Command("facts.show", "enter", "Show these", lambda facts: facts.take(), footer=True, before_fields=True),
            Command(
                "filter.clear",
                "F",
                "Whole thread",
                lambda facts: facts.count_other(),
                "Count all replies, or those of the view",
                footer=True,
            ),
        ),
        *help.COMMANDS,
        *in_section(
            "Moving along the facts",
            Command("back", "q,escape", "Back", lambda facts: facts.answer(None), footer=True),
            Command(
                "facts.next", "right_curly_bracket", "Next plot", lambda facts: facts.go_to_section(1), footer=True
            ),
            Command("facts.prev", "left_curly_bracket", "Previous plot", lambda facts: facts.go_to_section(-1)),
            Command("facts.right", "l", "Right column", lambda facts: facts.go_to_column(1)),
            Command("facts.left", "h", "Left column", lambda facts: facts.go_to_column(-1)),
        ),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, library: Library, thread: Thread, view: View) -> None:
        super().__init__()
        self._library, self._thread, self._view = library, thread, view
        self._whole = False
        self._counted = Facts()
        self._question: Inquiry[Spread | TriageCounts | Authors] | None = None
        self._rows: dict[OptionList, list[PlotRow]] = {}
        self._marked: dict[OptionList, int | None] = {}

    def compose(self) -> ComposeResult:
        """Two lists between two bars."""
        yield Line(id="view")
        with Horizontal():
            yield Choices(compact=True, markup=False)
            yield Choices(compact=True, markup=False)
        yield Status(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to count the replies."""
        self._count()

    def on_unmount(self) -> None:
        """Nobody waits for the counts any more."""
        self._give_up()

    def answer(self, value: ChosenBar | None) -> None:
        """Leave with an answer; what is still being counted comes too late."""
        self._give_up()
        super().answer(value)

    # Counting

    @property
    def _scope(self) -> Scope:
        """Which replies are counted: those of the thread, or of the view."""
        if self._whole:
            return Scope(self._thread.id)
        return Scope(self._thread.id, self._view.node, self._view.only)

    def _count(self) -> None:
        """Count in another thread; a newer question replaces an older one."""
        self._give_up()
        self._counted = Facts()
        scope = self._scope
        self._question = question = Inquiry(self._library, lambda library, _stop: facts.count_facts(library, scope))
        self.run_worker(self._follow(question), name="facts", group="facts")
        self._show()

    def _give_up(self) -> None:
        """Break off what is being counted."""
        if self._question is not None:
            self._question.cancel()
            self._question = None

    async def _follow(self, question: Inquiry[Spread | TriageCounts | Authors]) -> None:
        """Show each part as it comes, as long as it is the one that was asked for last."""
        try:
            async for part in question.pieces():
                if question is self._question and self.is_attached:
                    self._counted = self._counted.joined(part)
                    self._show()
        except PullquoteError as error:
            if question is self._question and self.is_attached:
                again = "What is not counted stays open; {key:filter.clear} counts again."
                self.query_one(Status).say(f"{error} {again}")

    def count_other(self) -> None:
        """Count the whole thread, or again what the view shows."""
        if self._view.filter or self._view.only is not None:
            self._whole = not self._whole
        self.query_one(Status).say("")
        self._count()

    # Showing

    def on_resize(self) -> None:
        """The bars are as long as there is room."""
        self._show()

    def _show(self) -> None:
        """Fill the lists anew; each keeps its bar."""
        two = self.size.width >= TWO_COLUMNS
        left, right = self.query(OptionList)
        drawn = plots(self._counted)
        right.display = two
        self._fill(left, [plot for plot in drawn if plot.name in _LEFT or not two])
        self._fill(right, [plot for plot in drawn if plot.name not in _LEFT and two])
        if not two and right.has_focus:
            left.focus()
        self._mark()
        self.query_one("#view", Line).say(self._said())

    def _said(self) -> str:
        """What is counted, in words."""
        spread, replies = self._counted.spread, self._thread.replies
        count = "…" if spread is None else f"{spread.replies:,}"
        if self._whole or not (self._view.filter or self._view.only is not None):
            return f"facts · {count} replies"
        selected = "" if self._view.only is None else "only the selected"
        kept = " · ".join(part for part in (self._view.filter, selected) if part)
        return f"facts · {count} of {replies:,} replies · {kept}"

    def _fill(self, listed: OptionList, drawn: Sequence[Plot]) -> None:
        """Put sections into a list, with the highlight on the bar where it was."""
        before = self._row(listed)
        width = (self.size.width // 2 if self.size.width >= TWO_COLUMNS else self.size.width) - _INDENT - 2
        drawn_with = bar_glyphs()
        rows: list[PlotRow] = []
        for section in drawn:
            rows.append(PlotRow(section.name, for_line(words(section.title)), title=True))
            if section.note:
                rows.append(PlotRow(section.name, for_line(words(section.note))))
            rows += (
                PlotRow(section.name, bar_line(bar, width, drawn_with, self.app.console), bar) for bar in section.bars
            )
        self._rows[listed], self._marked[listed] = rows, None
        listed.clear_options()
        listed.add_options([Option(row.prompt(), disabled=row.bar is None) for row in rows])
        listed.highlighted = _place(rows, before)

    def _row(self, listed: OptionList) -> PlotRow | None:
        """The highlighted line of a list."""
        at = listed.highlighted
        return None if at is None else self._rows[listed][at]

    def on_option_list_option_highlighted(self, _event: OptionList.OptionHighlighted) -> None:
        """The sign follows the highlight."""
        self._mark()

    def on_descendant_focus(self) -> None:
        """The sign goes to the other column."""
        self._mark()

    def _mark(self) -> None:
        """Put the cursor's sign before the highlighted bar of the list that has the focus."""
        for listed, rows in self._rows.items():
            wanted = listed.highlighted if listed.has_focus else None
            for at in {self._marked[listed], wanted}:
                if at is not None:
                    listed.replace_option_prompt_at_index(at, rows[at].prompt(cursor=at == wanted))
            self._marked[listed] = wanted

    # Moving and choosing

    @property
    def _list(self) -> OptionList:
        """The list that has the focus."""
        return next((listed for listed in self.query(OptionList) if listed.has_focus), self.query(OptionList).first())

    def go_to_section(self, by: int) -> None:
        """Go to the first bar of the next plot or of the one before; at a column's end, to the other column."""
        listed = self._list
        rows, here = self._rows[listed], self._row(listed)
        names = list(dict.fromkeys(row.section for row in rows if row.bar is not None))
        to = names.index(here.section) + by if here is not None else 0
        if 0 <= to < len(names):
            title = next(at for at, row in enumerate(rows) if row.section == names[to])
            listed.highlighted = next(at for at, row in enumerate(rows) if row.bar and row.section == names[to])
            listed.scroll_to(y=title, animate=False)
        else:
            self.go_to_column(by)

    def go_to_column(self, by: int) -> None:
        """Go to the other column, where there are two."""
        left, right = self.query(OptionList)
        (right if by > 0 and right.display else left).focus()

    def on_option_list_option_selected(self, _event: OptionList.OptionSelected) -> None:
        """A click on a bar takes it."""
        self.take()

    def take(self) -> None:
        """Answer with the highlighted bar's filter."""
        row = self._row(self._list)
        bar = None if row is None else row.bar
        if bar is None:
            return
        if bar.node is None:
            wanted = "These are too many to be one filter" if bar.count else "There is no reply behind this bar"
            self.query_one(Status).say(f"{wanted}; take another one.")
            return
        self.answer(ChosenBar(combined(self._scope.node, bar.node), self._whole))


def _place(rows: Sequence[PlotRow], before: PlotRow | None) -> int | None:
    """Where the same bar stands now; the first one where it does not."""
    bars = {(row.section, row.bar.label): at for at, row in reversed(list(enumerate(rows))) if row.bar is not None}
    first = min(bars.values(), default=None)
    if before is None or before.bar is None:
        return first
    return bars.get((before.section, before.bar.label), first)
