"""The screen of a thread: its table, pane and bars, and what comes of keys and messages."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Key, Resize
from textual.reactive import Reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from core.library import Library
from core.settings.load import Settings
from core.words import verdict_words, words_of_all
from tui.commands import browse
from tui.commands.command import Commanded, bindings
from tui.commands.registry import THREAD
from tui.commands.translate import cancel_batch
from tui.commands.triage import next_undecided
from tui.incoming import Incoming
from tui.thread.arrivals import AS_THEY_COME, follow_import, follow_others, stop_import
from tui.thread.bench import Bench
from tui.thread.resume import keep_place, take_place
from tui.widgets.bars import KeyBar, Line, Meter, Status, TagBar
from tui.widgets.prompt import Prompt
from tui.widgets.reading_pane import ReadingPane
from tui.widgets.reply_table import ReplyTable

PANE_BESIDE_FROM = 140
"""Columns from which the pane stands beside the table."""
SMALLEST_TERMINAL = (40, 10)
"""Columns and lines below which nothing useful can be shown."""
LOOK_FOR_OTHERS_EVERY = 0.5
"""Seconds between two looks at whether another program has written to the library."""
PLACE_DELAY = 1.0
"""Seconds at a row after which the library remembers it for the next start."""


class ThreadScreen(Commanded, Screen[None]):
    """A thread, to be read, marked and made an article of."""

    KEYS = THREAD
    BINDINGS = bindings(THREAD)

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual has it, but for sending the whole screen when it changes."""

    def __init__(
        self,
        library: Library,
        thread_id: int,
        settings: Settings,
        greeting: str = "",
        incoming: Incoming | None = None,
    ) -> None:
        """`greeting` is said when the screen stands; `incoming` is what still brings replies."""
        super().__init__()
        self._bench = Bench(self, library, thread_id, settings, incoming)
        self._greeting = greeting
        self._place_timer: Timer | None = None
        self._version = 0
        """The library's, when it was looked at last."""

    @property
    def bench(self) -> Bench:
        """What the commands act on."""
        return self._bench

    def compose(self) -> ComposeResult:
        """From top to bottom: view, table and pane, tags, status, prompt, keys."""
        yield Line(id="view")
        yield Meter(id="meter")
        with Container(id="middle"):
            yield ReplyTable(self.bench.fetch, self.bench.missing, id="table")
            yield ReadingPane(id="pane")
        yield TagBar(id="tags")
        yield Status(id="status")
        yield Prompt(id="prompt")
        yield KeyBar(id="keys")
        yield Static("This terminal is too small: 40 × 10 at least. Nothing is lost.", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Show the view and the row of the last time."""
        bench = self.bench
        bench.keys.learn()
        bench.read_decided()
        view, seq = take_place(bench)
        (bench.pane if self.has_class("-reading") else bench.table).focus()
        begin = (lambda: next_undecided(bench, 1)) if seq is None else (lambda: None)
        if bench.incoming is None:
            bench.show_view(view, seq, begin)
        else:
            bench.show_view(AS_THEY_COME, then=begin)
            follow_import(bench, bench.incoming, view)
        bench.refresh_tags()
        self._greet()
        self._version = bench.library.version()
        self.set_interval(LOOK_FOR_OTHERS_EVERY, self.look_for_others)

    def _greet(self) -> None:
        """Say the greeting, or else how complete the thread is, where there is something to know."""
        thread = self.bench.thread
        if self._greeting:
            self.bench.say(self._greeting)
        elif self.bench.incoming is not None:
            self.bench.say("The thread is on its way; what has come can be read and marked.")
        elif thread.reasons:
            self.bench.say(f"{verdict_words(thread.verdict)}: {words_of_all(thread.reasons)}")
        elif self.bench.root_seq is None:
            self.bench.say("The post itself is not in the library; import the fetcher's output for it to add it.")

    def look_for_others(self) -> None:
        """Look whether another program has written to the library, and show what it did."""
        version = self.bench.library.version()
        if version != self._version:
            self._version = version
            follow_others(self.bench)

    # Keys

    async def on_key(self, event: Key) -> None:
        """Follow two-key sequences before single keys are looked up."""
        if isinstance(self.focused, Input | TextArea):
            return
        keys = self.bench.keys
        if self.bench.pane_follower.is_behind and not keys.only_moves(event.key):
            self.bench.refresh_pane()
        if await keys.take(event.key):
            event.stop()

    def cut_off(self, why: str) -> None:
        """Forget a sequence that has begun, for what came is no key, and say why."""
        self.bench.keys.cut_off(why)

    # What the widgets say

    def on_reply_table_moved(self, event: ReplyTable.Moved) -> None:
        """The pane follows the cursor; a moment later the place is kept."""
        table = self.bench.table
        self.bench.pane_follower.moved(browsing=event.browsing, seen=table.display)
        if self._place_timer is not None:
            self._place_timer.stop()
        self._place_timer = self.set_timer(PLACE_DELAY, self.keep_place)
        if table.visual_from is not None:
            self.bench.refresh_header()

    def on_reply_table_sort_asked(self, event: ReplyTable.SortAsked) -> None:
        """A click on a title sorts by it, a second one the other way."""
        view = self.bench.view
        browse.sort_by(self.bench, event.name, not view.descending if view.sort == event.name else None)

    def on_resize(self, event: Resize) -> None:
        """The pane stands beside the table where there is room."""
        self.set_class(event.size.width >= PANE_BESIDE_FROM, "-wide")
        self.set_class(
            event.size.width < SMALLEST_TERMINAL[0] or event.size.height < SMALLEST_TERMINAL[1], "-too-small"
        )

    # Leaving

    def keep_place(self) -> None:
        """Keep where the writer is, for the next start."""
        keep_place(self.bench)

    def on_unmount(self) -> None:
        """End the batch, the questions and the import."""
        cancel_batch(self.bench)
        self.bench.views.give_up()
        stop_import(self.bench)
