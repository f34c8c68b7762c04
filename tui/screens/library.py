"""The library's screen: its threads, newest first."""

from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from core.library import Library, removal, threads
from core.models import Thread
from core.settings.load import Settings
from core.text.links import is_link
from core.text.terminal_safe import for_line
from core.words.captures import captured_words
from tui.commands import help
from tui.commands.command import Command, Commanded, bindings, in_section
from tui.incoming import ImportNews, Incoming
from tui.keyboard.hints import hint
from tui.widgets.bars import KeyBar, Line, Status
from tui.widgets.choices import Choices
from tui.widgets.prompt import Prompt


class LibraryScreen(Commanded, Screen[None]):
    """The list of the library's threads; Enter opens one."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = (
        *in_section(
            "The library",
            Command("open", "enter,o", "Open", lambda screen: screen.open(), footer=True),
            Command(
                "fetch",
                "f",
                "Fetch a link",
                lambda screen: screen.fetch(),
                "Fetches a thread by its link, and opens it",
                footer=True,
            ),
            Command(
                "cancel",
                "escape",
                "Stop the fetch",
                lambda screen: screen.stop_fetch(),
                when=lambda screen: screen.is_fetching,
            ),
            Command(
                "thread.remove",
                "d",
                "Remove",
                lambda screen: screen.remove_thread(),
                "Takes the thread from the list; its marks stay, and a new import or fetch brings it back",
            ),
            Command("thread.restore", "u", "Undo the removal", lambda screen: screen.restore_thread()),
        ),
        *help.COMMANDS,
        *in_section(
            "Leaving the library",
            Command("quit", "q,Q", "Quit", lambda screen: screen.app.exit(), footer=True),
        ),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, library: Library, settings: Settings) -> None:
        super().__init__()
        self._library, self._settings = library, settings
        self._threads: list[Thread] = []
        self._incoming: Incoming | None = None
        """The fetch that has brought no reply yet."""

    def compose(self) -> ComposeResult:
        """The list of threads, with a bar above it, and status, prompt and keys below."""
        yield Line(id="view")
        yield Choices(compact=True)
        yield Status(id="status")
        yield Prompt(id="prompt")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Read the list anew, for a thread may have changed."""
        self._show_list()

    def _show_list(self, at: int = 0) -> None:
        """Show the threads that there are now, with the highlight on one of them."""
        self._threads = threads.threads(self._library)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(_line(thread)) for thread in self._threads])
        listed.highlighted = min(at, len(self._threads) - 1) if self._threads else None
        listed.focus()
        empty = hint(
            "the library is empty · {key:fetch} fetches a link, ‘pullquote open FILE’ adds a thread, "
            "‘pullquote demo’ shows one",
            self,
        )
        self.query_one("#view", Line).say(f"{len(self._threads):,} threads" if self._threads else empty)

    def remove_thread(self) -> None:
        """Take the highlighted thread from the list."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            removal.remove_threads(self._library, (self._threads[at].id,))
            self.query_one(Status).say(
                f"removed: {for_line(self._threads[at].title)} · {{key:thread.restore}} brings it back"
            )
            self._show_list(at)

    def restore_thread(self) -> None:
        """List the thread again that was removed last."""
        number = removal.last_removed(self._library)
        if number is None:
            self.query_one(Status).say("no thread is removed")
            return
        removal.bring_back(self._library, number)
        self._show_list()
        place = next((place for place, thread in enumerate(self._threads) if thread.id == number), 0)
        self.query_one(OptionList).highlighted = place
        self.query_one(Status).say("the thread is in the list again")

    async def open(self) -> None:
        """Open the highlighted thread."""
        from tui.thread.screen import ThreadScreen

        at = self.query_one(OptionList).highlighted
        if at is not None:
            await self.app.push_screen(ThreadScreen(self._library, self._threads[at].id, self._settings))

    def on_option_list_option_selected(self) -> None:
        """A line was clicked, or Enter pressed on it."""
        self.action_do("open")

    async def fetch(self) -> None:
        """Ask for a link, and fetch what it leads to."""
        say = self.query_one(Status).say
        link = (await self.query_one(Prompt).ask("the link of a post")) or ""
        if link and not is_link(link.strip()):
            say(f"‘{link.strip()}’ is no link; it looks like https://x.com/NAME/status/NUMBER.")
        elif link and self._incoming is not None:
            say("One fetch is under way; {key:cancel} stops it.")
        elif link:
            self._incoming = Incoming("fetch", ["--library", str(self._library.path), "--", link.strip()])
            say(f"fetching {link.strip()}; Esc stops")
            self.run_worker(self._follow(self._incoming), name="incoming", group="incoming")

    async def _follow(self, incoming: Incoming) -> None:
        """Say what the fetch does until its thread can be shown, or it has ended without one."""
        from tui.thread.screen import ThreadScreen

        news = ImportNews()
        while not news.root_id and news.outcome is None:
            news = await incoming.next()
            if news.told:
                self.query_one(Status).say(f"Esc stops · {news.told}")
        self._incoming = None
        self.query_one(Status).say("" if news.root_id else news.outcome or "")
        if news.root_id:
            thread = threads.thread(self._library, news.thread_id)
            coming = incoming if news.outcome is None else None
            await self.app.push_screen(
                ThreadScreen(self._library, thread.id, self._settings, news.outcome or "", coming)
            )

    @property
    def is_fetching(self) -> bool:
        """Whether a fetch is under way that has brought no reply yet."""
        return self._incoming is not None

    def stop_fetch(self) -> None:
        """End the fetch that is under way; nothing has come yet."""
        if self._incoming is not None:
            self._incoming.stop()

    def on_unmount(self) -> None:
        """A fetch does not outlive the program."""
        self.stop_fetch()


def _line(thread: Thread) -> Text:
    """A thread: when captured, who, what it says, how far the writer is."""
    when = captured_words(thread.captured_at, thread.captured_from) if thread.captured_at else "date unknown"
    text = Text(f"{when}  ", no_wrap=True, overflow="ellipsis")
    text.append(f"@{for_line(thread.root_author)}  " if thread.root_author else "", "bold")
    text.append(f"{thread.starred:,} starred of {thread.replies:,}  ", "dim")
    return text.append(for_line(thread.title))
