"""What every group of actions on a thread needs: desk, table, what a key acts on, where to say what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Key, Resize
from textual.reactive import Reactive
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from core.desk import ChangeResult
from core.errors import PullquoteError
from core.library import Library, rows, threads, views
from core.library.page import page
from core.models import Quote, State
from core.settings.load import Settings
from core.words import change_words
from tui.keyboard.sequences import Sequences, key_display
from tui.screens.placing import Placing
from tui.widgets.bars import KeyBar, Line, Meter, Status, TagBar
from tui.widgets.chain import Chain
from tui.widgets.prompt import Prompt
from tui.widgets.reading_pane import ReadingPane
from tui.widgets.reply_table import MOVES, ReplyTable

WIDE = 140
"""Columns from which the pane stands beside the table."""

RUN, REST = 0.6, 0.4
"""Seconds between two moves up to which they are one run; seconds of rest after which the pane follows in a run."""
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
    change: Callable[[Sequence[int]], ChangeResult]


class Workbench(Placing):
    """A thread's table, pane and bars, and the ways in which actions use them."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual has it, but for sending the whole screen when it changes."""

    def __init__(self, library: Library, thread_id: int, settings: Settings, greeting: str = "") -> None:
        """`greeting` is said when the screen stands."""
        super().__init__(library, thread_id, settings)
        self.greeting = greeting
        self.decided: set[int] = set()
        self.reveal = False
        self.last_change: Repeatable | None = None
        self.places: dict[str, int] = {}
        """Rows remembered under a key, as seqs."""
        self._place_timer: Timer | None = None
        self._pane_timer: Timer | None = None
        """Runs while the pane is behind the cursor."""
        self._moved_at = -RUN
        """When a key last did nothing but move the cursor."""
        self._moves: frozenset[str] = frozenset()
        """Keys that only move the cursor, and so need no pane."""
        self._sequences = Sequences(())
        self._next_key: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom: view, table and pane, tags, status, prompt, keys."""
        yield Line(id="view")
        yield Meter(id="meter")
        with Container(id="middle"):
            yield self.make_table()
            yield ReadingPane(id="pane")
        yield TagBar(id="tags")
        yield Status(id="status")
        yield Prompt(id="prompt")
        yield KeyBar(id="keys")
        yield Static("This terminal is too small: 40 × 10 at least. Nothing is lost.", id="too-small", markup=False)

    def make_table(self) -> ReplyTable:
        """The reply table, as it is composed."""
        return ReplyTable(self.fetch, id="table")

    def fetch(self, seqs: Sequence[int]) -> list[Quote]:
        """The table's source of quotes."""
        return rows.quotes(self.library, seqs, self.settings.language)

    @property
    def pane(self) -> ReadingPane:
        """The reading pane."""
        return self.query_one(ReadingPane)

    # What a key acts on, and what came of it

    def targets(self) -> tuple[int, ...]:
        """The selection in the table's order, or the post under the cursor; empty in an empty table."""
        table = self.table
        if table.selected:
            shown = [seq for seq in self.piece.order if seq in table.selected]
            hidden = table.selected.difference(shown)
            return (*shown, *sorted(hidden))
        return () if table.seq is None else (table.seq,)

    def change(
        self, name: str, change: Callable[[Sequence[int]], ChangeResult], then: Callable[[], None] = lambda: None
    ) -> bool:
        """Make a change on the targets and show it, `then` go on; True where it was made. `.` can make it again."""
        targets = self.targets()
        if not targets:
            self.say("There is no post here to act on.")
            return False
        self.last_change = Repeatable(name, change)
        made = self.attempt(lambda: change(targets))
        if made:
            then()
        return made

    def attempt(self, change: Callable[[], ChangeResult]) -> bool:
        """Make a change and show it, or say why it cannot be made."""
        try:
            done = change()
        except PullquoteError as error:
            self.say(str(error))
            return False
        name = change_words(done.name)
        self.show_change(done.posts, name if done.entry else f"{name}: nothing to change")
        return True

    def show_change(self, posts: frozenset[int], name: str) -> None:
        """Draw the posts anew, count anew, and say what was done."""
        self.table.forget(posts)
        self._follow_states(posts)
        self.refresh_header()
        self.refresh_pane()
        self.query_one(TagBar).show(self.desk.tags.slotted())
        self.say(name)

    def _follow_states(self, posts: frozenset[int]) -> None:
        """Know which posts are undecided, without reading all marks again for a few."""
        if len(posts) > FEW:
            self.decided = set(views.decided_posts(self.library, self.thread.id))
            return
        for quote in self.table.quotes(tuple(posts)):
            (self.decided.discard if quote.mark.state is State.NEW else self.decided.add)(quote.seq)

    # Showing

    def refresh_header(self) -> None:
        """What the view is, in words."""
        self.thread = replace(self.thread, starred=threads.count_starred(self.library, self.thread.id))
        table, thread = self.table, self.thread
        shown = len(self.piece.order) - (1 if self.piece.order[:1].count(self.root_seq or 0) else 0)
        text = self.view.describe(
            shown,
            thread.replies,
            thread.starred,
            thread.claimed,
            counted=self.counted,
            verdict=thread.verdict,
            alike=self.piece.folded,
        )
        if table.selected:
            text = f"{len(table.selected):,} selected · {text}"
        if table.visual_from is not None:
            text = f"VISUAL · {text}"
        self.query_one("#view", Line).say(text)

    def refresh_pane(self) -> None:
        """The quote under the cursor."""
        if self._pane_timer is not None:
            self._pane_timer.stop()
            self._pane_timer = None
        quote = self.table.quote
        row = None if quote is None else next(iter(page(self.library, (quote.seq,), self.settings.language)), None)
        chain = None if quote is None else self.chain(quote)
        alike = "" if quote is None or not quote.alike else self.alike_with(quote)
        self.pane.show(
            quote,
            row.parent if row else None,
            reveal=self.reveal,
            only=self.shown_language,
            chain=chain,
            history=row.history if row else None,
            alike=alike,
        )

    def alike_with(self, _quote: Quote) -> str:
        """Who else posted what a quote says, in a sentence."""
        return ""

    def chain(self, _quote: Quote) -> Chain | None:
        """The chain by one author that a quote is read with, or None."""
        return None

    def answered(self, quote: Quote) -> Quote | None:
        """The post that a quote answers, where it was captured."""
        parent = quote.post.parent_id
        seq = None if parent is None else views.seq_of(self.library, self.thread.id, parent)
        return None if seq is None else rows.quote(self.library, seq, self.settings.language)

    def on_reply_table_moved(self, event: ReplyTable.Moved) -> None:
        """The pane follows the cursor, in a run of moves when that rests; a moment later the place is kept."""
        now = monotonic()
        running = event.browsing and now - self._moved_at < RUN
        self._moved_at = now if event.browsing else -RUN
        if running and self.table.display:
            if self._pane_timer is not None:
                self._pane_timer.stop()
            self._pane_timer = self.set_timer(REST, self.refresh_pane)
        else:
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

    def cut_off(self, why: str) -> None:
        """Forget a sequence that has begun, for what came is no key, and say why."""
        self._sequences.pending, self._next_key = "", None
        self.say(why)

    def follow_keys(self) -> None:
        """Learn the sequences that are bound now, the user's own among them."""
        bindings = self.active_bindings
        self._sequences = Sequences(bindings)
        self._moves = frozenset(key for key, bound in bindings.items() if bound.binding.id in MOVES)

    async def on_key(self, event: Key) -> None:
        """Follow two-key sequences before single keys are looked up."""
        if isinstance(self.focused, Input | TextArea):
            return
        key = event.key
        if self._pane_timer is not None and key not in self._moves:
            self.refresh_pane()
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
            self.say(f"{key_display(key)} …")
        elif bound:
            self.say("")
            await self.app.run_action(bound.binding.action, bound.node)
        elif found:
            self.say("That key is the table's; Tab goes back to it.")
        else:
            self.say("No such key; ? lists them.")
