"""What every group of actions on a thread needs: desk, table, what a key acts on, where to say what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Key, Resize
from textual.screen import Screen
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from core.config import Settings
from core.desk import Desk, Done
from core.errors import LibraryError, PullquoteError
from core.library import Library, rows, threads, views
from core.models import Quote, State, Thread
from core.view import View
from tui.keys import Sequences, shown
from tui.widgets.bars import KeyBar, Line, Status, TagBar
from tui.widgets.prompt import Prompt
from tui.widgets.reading_pane import ReadingPane
from tui.widgets.reply_table import ReplyTable

WIDE = 140
"""Columns from which the pane stands beside the table."""

PLACE_DELAY = 1.0
"""Seconds at a row after which the library remembers it for the next start."""
SMALLEST = (40, 10)
"""Columns and lines below which nothing useful can be shown."""
FEW = 200
"""Changed posts up to which they are read one by one."""


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A change that `.` makes again on other posts."""

    name: str
    change: Callable[[Sequence[int]], Done]


class Workbench(Screen[None]):
    """A thread's table, pane and bars, and the ways in which actions use them."""

    def __init__(self, library: Library, thread_id: int, settings: Settings, greeting: str = "") -> None:
        """`greeting` is said when the screen stands."""
        super().__init__()
        self.greeting = greeting
        self.library = library
        self.settings = settings
        self.desk = Desk(library, thread_id, settings.language)
        self.thread: Thread = threads.thread(library, thread_id)
        self.root_seq = views.seq_of(library, thread_id, self.thread.root_id)
        self.view = View(sort=settings.sort, descending=settings.sort != "thread")
        self.decided: set[int] = set()
        self.reveal = False
        self.shown_language = "both"
        self.last_change: Repeatable | None = None
        self.places: dict[str, int] = {}
        """Rows remembered under a key, as seqs."""
        self._place_timer: Timer | None = None
        self._sequences = Sequences(())
        self._next_key: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom: view, table and pane, tags, status, prompt, keys."""
        yield Line(id="view")
        with Container(id="middle"):
            yield ReplyTable(self._fetch, id="table")
            yield ReadingPane(id="pane")
        yield TagBar(id="tags")
        yield Status(id="status")
        yield Prompt(id="prompt")
        yield KeyBar(id="keys")
        yield Static("This terminal is too small: 40 × 10 at least. Nothing is lost.", id="too-small", markup=False)

    def _fetch(self, seqs: Sequence[int]) -> list[Quote]:
        """The table's source of quotes."""
        return rows.quotes(self.library, seqs, self.settings.language)

    @property
    def table(self) -> ReplyTable:
        """The reply table."""
        return self.query_one(ReplyTable)

    @property
    def pane(self) -> ReadingPane:
        """The reading pane."""
        return self.query_one(ReadingPane)

    # What a key acts on, and what came of it

    def targets(self) -> tuple[int, ...]:
        """The selection in the table's order, or the post under the cursor; empty in an empty table."""
        table = self.table
        if table.selected:
            shown = [seq for seq in table.order if seq in table.selected]
            hidden = table.selected.difference(shown)
            return (*shown, *sorted(hidden))
        return () if table.seq is None else (table.seq,)

    def change(self, name: str, change: Callable[[Sequence[int]], Done]) -> bool:
        """Make a change on the targets and show it; True where it was made. `.` can make it again."""
        targets = self.targets()
        if not targets:
            self.say("There is no post here to act on.")
            return False
        self.last_change = Repeatable(name, change)
        return self.attempt(lambda: change(targets))

    def attempt(self, change: Callable[[], Done]) -> bool:
        """Make a change and show it, or say why it cannot be made."""
        try:
            done = change()
        except PullquoteError as error:
            self.say(str(error))
            return False
        self.show_change(done.posts, done.name if done.entry else f"{done.name}: nothing to change")
        return True

    def show_change(self, posts: frozenset[int], name: str) -> None:
        """Draw the posts anew, count anew, and say what was done."""
        self.table.forget(posts)
        self._follow_states(posts)
        self.refresh_header()
        self.refresh_pane()
        self.query_one(TagBar).show(self.desk.tags.all())
        self.say(name)

    def _follow_states(self, posts: frozenset[int]) -> None:
        """Know which posts are undecided, without reading all marks again for a few."""
        if len(posts) > FEW:
            self.decided = set(views.decided(self.library, self.thread.id))
            return
        for quote in self.table.quotes(tuple(posts)):
            (self.decided.discard if quote.mark.state is State.NEW else self.decided.add)(quote.seq)

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""
        self.query_one(Status).say(text)

    # Showing

    def refresh_header(self) -> None:
        """What the view is, in words."""
        self.thread = replace(self.thread, starred=threads.starred(self.library, self.thread.id))
        table, thread = self.table, self.thread
        shown = len(table.order) - (1 if table.order and table.order[0] == self.root_seq else 0)
        text = self.view.describe(shown, thread.replies, thread.starred, thread.claimed)
        if table.selected:
            text = f"{len(table.selected):,} selected · {text}"
        if table.visual_from is not None:
            text = f"VISUAL · {text}"
        self.query_one("#view", Line).say(text)

    def refresh_pane(self) -> None:
        """The quote under the cursor."""
        quote = self.table.quote
        parent = None if quote is None else self.answered(quote)
        self.pane.show(quote, parent, reveal=self.reveal, only=self.shown_language)

    def answered(self, quote: Quote) -> Quote | None:
        """The post that a quote answers, where it was captured."""
        parent = quote.post.parent_id
        seq = None if parent is None else views.seq_of(self.library, self.thread.id, parent)
        return None if seq is None else rows.quote(self.library, seq, self.settings.language)

    def show_view(self, view: View, stay_on: int | None = None) -> None:
        """Show another view; raises QueryError where its filter does not parse."""
        order = views.order(self.library, self.thread.id, view)
        self.view = view
        self.table.show(order, (view.sort, view.descending), stay_on)
        self.refresh_header()

    def on_reply_table_moved(self, _event: ReplyTable.Moved) -> None:
        """The pane follows the cursor; a moment later the place is kept."""
        self.refresh_pane()
        if self._place_timer is not None:
            self._place_timer.stop()
        self._place_timer = self.set_timer(PLACE_DELAY, self.keep_place)
        if self.table.visual_from is not None:
            self.refresh_header()

    def on_resize(self, event: Resize) -> None:
        """The pane stands beside the table where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-too-small")

    def keep_place(self) -> None:
        """Keep view, row and pane for the next start."""
        quote = self.table.quote
        place = {
            "filter": self.view.filter,
            "sort": self.view.sort,
            "descending": self.view.descending,
            "post": None if quote is None else quote.post.id,
        }
        try:
            threads.keep_place(self.library, self.thread.id, place)
        except LibraryError as error:
            self.say(str(error))

    # Keys

    async def ask(
        self,
        label: str,
        value: str = "",
        typed: Callable[[str], object] | None = None,
        suggester: Suggester | None = None,
    ) -> str | None:
        """A line from the writer, or None where they gave it up."""
        return await self.query_one(Prompt).ask(label, value, typed=typed, suggester=suggester)

    def take_next_key(self, what: str, then: Callable[[str], None]) -> None:
        """Give the next key to `then`, after saying what it is wanted for."""
        self.say(what)
        self._next_key = then

    def follow_keys(self) -> None:
        """Learn the sequences that are bound now, the user's own among them."""
        self._sequences = Sequences(self.active_bindings)

    async def on_key(self, event: Key) -> None:
        """Follow two-key sequences before single keys are looked up."""
        if isinstance(self.focused, Input | TextArea):
            return
        key = event.key
        if self._next_key is not None:
            event.stop()
            then, self._next_key = self._next_key, None
            self.say("")
            if key != "escape":
                then(key)
            return
        found = self._sequences.feed(key)
        if found is None:
            return
        event.stop()
        bound = self.active_bindings.get(found)
        if self._sequences.pending:
            self.say(f"{shown(key)} …")
        elif bound:
            self.say("")
            await self.app.run_action(bound.binding.action, bound.node)
        elif found:
            self.say("That key is the table's; Tab goes back to it.")
        else:
            self.say("No such key; ? lists them.")
