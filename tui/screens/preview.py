"""The preview: the article as a reader would see it."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Markdown, Static

from core.text.terminal_safe import for_screen
from tui.keyboard.hints import hint
from tui.keyboard.sections import in_section
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.bars import KeyBar, Line
from tui.widgets.scroller import Scroller

LONGEST_PREVIEW = 40_000
"""Characters of an article that are shown; more would take seconds to lay out."""


class Preview(Dialog[bool]):
    """Answers True where the writer wants to write the article."""

    BINDINGS = in_section(
        "The preview",
        Binding("W", "answer(True)", "Write", id="write"),
        Binding("q,escape,P", "answer(False)", "Back", id="leave"),
    )

    def __init__(self, text: str, *, is_markdown: bool = True) -> None:
        super().__init__()
        self._is_markdown = is_markdown
        self._text = text if len(text) <= LONGEST_PREVIEW else text[: text.rfind("\n", 0, LONGEST_PREVIEW)]
        self._cut = len(text) - len(self._text)

    def compose(self) -> ComposeResult:
        """The article between two bars."""
        yield Line(id="view")
        with Scroller():
            shown = for_screen(self._text)
            yield Markdown(shown, open_links=False) if self._is_markdown else Static(shown, markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """The article has the keys."""
        more = hint(f" · its beginning; {{key:write}} writes the other {self._cut:,} characters too", self)
        self.query_one("#view", Line).say(
            "preview of the article · nothing is written yet" + (more if self._cut else "")
        )
        self.query_one(Scroller).focus()
