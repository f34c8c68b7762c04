"""The library's screen: its threads, newest first."""

from datetime import UTC, datetime

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from core.config import Settings
from core.library import Library, threads
from core.models import Thread
from core.text.screen import for_line
from tui.key_order import flow
from tui.screens.help import HelpScreen
from tui.widgets.bars import KeyBar, Line
from tui.widgets.choices import Choices


class LibraryScreen(Screen[None]):
    """Lists threads; Enter opens one."""

    BINDINGS = [
        Binding("enter,o", "open", "Open", id="open", priority=True),
        Binding("question_mark,f1", "help", "Help", id="help"),
        Binding("j", "move(1)", "Next", show=False, id="cursor.down"),
        Binding("k", "move(-1)", "Previous", show=False, id="cursor.up"),
        Binding("q,Q", "app.quit", "Quit", id="quit"),
    ]

    def __init__(self, library: Library, settings: Settings) -> None:
        super().__init__()
        self._library, self._settings = library, settings
        self._threads: list[Thread] = []

    def compose(self) -> ComposeResult:
        """A list between two bars."""
        yield Line(id="view")
        yield Choices(compact=True)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Read the list anew, for a thread may have changed."""
        self._threads = threads.threads(self._library)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(_line(thread)) for thread in self._threads])
        listed.highlighted = 0 if self._threads else None
        listed.focus()
        empty = "the library is empty · ‘pullquote open FILE’ adds a thread, ‘pullquote demo’ shows one"
        self.query_one("#view", Line).say(f"{len(self._threads):,} threads" if self._threads else empty)

    def action_move(self, by: int) -> None:
        """Move in the list."""
        listed = self.query_one(OptionList)
        if self._threads:
            listed.highlighted = max(0, min((listed.highlighted or 0) + by, len(self._threads) - 1))

    @flow
    async def action_open(self) -> None:
        """Open the highlighted thread."""
        from tui.screens.thread import ThreadScreen

        at = self.query_one(OptionList).highlighted
        if at is not None:
            await self.app.push_screen(ThreadScreen(self._library, self._threads[at].id, self._settings))

    @flow
    async def action_help(self) -> None:
        """Every key of this screen."""
        await self.app.push_screen_wait(HelpScreen(self.active_bindings.values()))


def _line(thread: Thread) -> Text:
    """A thread: when captured, who, what it says, how far the writer is."""
    when = f"{datetime.fromtimestamp(thread.captured_at, UTC):%Y-%m-%d}" if thread.captured_at else "date unknown"
    text = Text(f"{when}  ", no_wrap=True, overflow="ellipsis")
    text.append(f"@{for_line(thread.root_author)}  " if thread.root_author else "", "bold")
    text.append(f"{thread.starred:,} starred of {thread.replies:,}  ", "dim")
    return text.append(for_line(thread.title))
