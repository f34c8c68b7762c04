"""The bench: all that a command sees of a thread's screen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from textual.screen import ModalScreen, Screen
from textual.suggester import Suggester
from textual.worker import Worker

from core.desk import ChangeResult, Desk
from core.errors import PullquoteError
from core.library import Library, rows, thread_posts, threads, tree_results, view_results
from core.library.captures import visits
from core.library.tree_results import TreeResult
from core.library.view_results import ViewResult
from core.models import Quote, State, Thread
from core.query.view import View
from core.settings.load import Settings
from core.thread.ancestry import MISSING_ROOT
from core.words import change_words
from tui.incoming import Incoming
from tui.thread.header import header_text
from tui.thread.keys import ThreadKeys
from tui.thread.pane import PaneFollower, answered, details_of, missing_text
from tui.thread.tree import TreeMemory
from tui.thread.views import InquiryResult, Views, do_nothing
from tui.widgets.bars import Line, Status, TagBar
from tui.widgets.prompt import Prompt
from tui.widgets.reading_pane import ReadingPane
from tui.widgets.reply_table import ReplyTable
from tui.widgets.table_rows import TableRows
from tui.widgets.tree_rows import TreeRows

READ_ONE_BY_ONE = 200
"""Changed posts up to which they are read one by one."""
PANE_LANGUAGES = ("both", "original", "translation")
"""What the pane can show."""

DialogAnswer = TypeVar("DialogAnswer")


class Bench:
    """A thread on the screen: what a key acts on, how it is changed, and where to ask and to say something."""

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        thread_id: int,
        settings: Settings,
        incoming: Incoming | None = None,
    ) -> None:
        """`incoming` is what still brings replies of the thread."""
        self.screen = screen
        self.library, self.settings = library, settings
        self.desk = Desk(library, thread_id, settings.language)
        self.thread: Thread = threads.thread(library, thread_id)
        self.root_seq = thread_posts.seq_of(library, thread_id, self.thread.root_id)
        self.incoming = incoming
        self.kept_place: Mapping[str, object] = {}
        """Where the writer is, as this program knows it to be kept for the next start."""
        self.visit = visits.newest_visit(library, thread_id)
        """The newest visit that the writer was told of."""
        self.decided: set[int] = set()
        self.reveal = False
        """Whether invisible characters are shown."""
        self.shown_language = PANE_LANGUAGES[0]
        self.last_change: Callable[[Sequence[int]], ChangeResult] | None = None
        """What `.` does again on other posts."""
        self.remembered_rows: dict[str, int] = {}
        """The seqs of rows that the writer has put under a letter."""
        self._chosen_targets: tuple[int, ...] | None = None
        """What the writer said that a change is to act on."""
        self.keys = ThreadKeys(screen, self.say)
        self.views = Views(self, View(sort=settings.sort, descending=settings.sort != "thread", folded=True))
        self.tree = TreeMemory()
        self.pane_follower = PaneFollower(screen, self.refresh_pane)
        self.batch: Worker[None] | None = None
        """The batch of translations that was begun last."""

    # Widgets

    @property
    def table(self) -> ReplyTable:
        """The reply table."""
        return self.screen.query_one(ReplyTable)

    @property
    def pane(self) -> ReadingPane:
        """The reading pane."""
        return self.screen.query_one(ReadingPane)

    # Saying and asking

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""
        self.screen.query_one(Status).say(text)

    async def ask(
        self,
        label: str,
        value: str = "",
        typed: Callable[[str], object] | None = None,
        suggester: Suggester | None = None,
    ) -> str | None:
        """A line from the writer, or None where they gave it up."""
        return await self.screen.query_one(Prompt).ask(label, value, typed=typed, suggester=suggester)

    def take_next_key(self, what: str, then: Callable[[str], None]) -> None:
        """Give the next key to `then`, after saying what it is wanted for."""
        self.keys.take_next(what, then)

    async def open(self, dialog: ModalScreen[DialogAnswer]) -> DialogAnswer | None:
        """What a dialog answers, or None where the writer left it."""
        return await self.screen.app.push_screen_wait(dialog)

    async def inquire(self, what: str, ask: Callable[[Library], InquiryResult]) -> InquiryResult | None:
        """The library's answer to a question that may take time; None, which is said, where Esc gave it up."""
        return await self.views.inquire(what, ask)

    # Views

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self.views.view

    @property
    def result(self) -> ViewResult:
        """The posts of the view, whatever of them is folded away in the table."""
        return self.views.result

    def show_view(self, view: View, stay_on: int | None = None, then: Callable[[], None] = do_nothing) -> None:
        """Show another view, at once or when it is answered, and `then` do what is left.

        Raises QueryError where its filter does not parse.
        """
        self.tree.remember(self.view, self.table.rows)
        self.views.show(view, stay_on, then)

    def results(self, library: Library, view: View, stop: Callable[[], bool]) -> Iterator[ViewResult]:
        """The answer to a view, on any connection: a tree where the view says so."""
        if not view.tree:
            return view_results.view_results(library, self.thread.id, view, stop)
        posts = self.thread.replies + (self.root_seq is not None)
        return self.tree.results(library, self.thread.id, posts, view, stop)

    def draw(self, view: View, result: ViewResult, stay_on: int | None) -> None:
        """Show the posts of a view in the table."""
        shown = TableRows(result.order)
        if isinstance(result, TreeResult):
            shown = TreeRows(result.folds)
            self.tree.learn(shown)
        self.table.show(shown, (view.sort, view.descending), stay_on)
        self.refresh_header()

    # What the table and the pane show

    def fetch(self, seqs: Sequence[int]) -> list[Quote]:
        """The table's source of quotes."""
        return rows.quotes(self.library, seqs, self.settings.language)

    def missing(self, placeholder: int) -> str:
        """The id of the post that a placeholder stands for."""
        if placeholder == MISSING_ROOT:
            return self.thread.root_id
        return tree_results.missing_id(self.library, placeholder) or "?"

    def answered(self, quote: Quote) -> Quote | None:
        """The post that a quote answers, where it was captured."""
        return answered(self.library, self.thread.id, quote, self.settings.language)

    def refresh_header(self) -> None:
        """Say what the view is."""
        self.thread = replace(self.thread, starred=threads.count_starred(self.library, self.thread.id))
        text = header_text(self.view, self.result, self.thread, self.root_seq, self.table)
        self.screen.query_one("#view", Line).say(text)

    def refresh_pane(self) -> None:
        """Show the quote under the cursor, or what is known of a post that was never captured."""
        self.pane_follower.followed()
        table, language = self.table, self.settings.language
        if table.placeholder is not None:
            self.pane.tell(missing_text(self.missing(table.placeholder), table.rows.answers(table.cursor)))
            return
        if table.quote is None:
            self.pane.show(None)
            return
        details = details_of(self.library, table.rows, table.quote, language)
        self.pane.show(replace(details, reveal=self.reveal, only=self.shown_language))

    def refresh_tags(self) -> None:
        """Show which tags the digits give."""
        self.screen.query_one(TagBar).show(self.desk.tags.slotted())

    # What a key acts on, and what came of it

    def targets(self) -> tuple[int, ...]:
        """What the writer said that a change acts on; else the selection in the table's order, or the post here."""
        if self._chosen_targets is not None:
            return self._chosen_targets
        table = self.table
        if table.selected:
            shown = [seq for seq in self.result.order if seq in table.selected]
            hidden = table.selected.difference(shown)
            return (*shown, *sorted(hidden))
        return () if table.seq is None else (table.seq,)

    def change(self, change: Callable[[Sequence[int]], ChangeResult], then: Callable[[], None] = do_nothing) -> None:
        """Make a change on the targets and show it, `then` go on; `.` can make it again.

        Where posts are folded away below the one here, ask first whether it is meant for them too.
        """
        table = self.table
        if self._chosen_targets is None and not table.selected:
            if table.placeholder is not None:
                self.say("This post was never captured: keys act on its replies, not on it.")
                return
            hidden = table.rows.folded_below(table.cursor)
            if table.seq is not None and hidden:
                self._ask_about_folded(table.seq, hidden, lambda: self.change(change, then))
                return
        targets = self.targets()
        if not targets:
            self.say("There is no post here to act on.")
            return
        self.last_change = change
        if self.attempt(lambda: change(targets)):
            then()

    def _ask_about_folded(self, seq: int, hidden: tuple[int, ...], change: Callable[[], None]) -> None:
        """Ask whether a change is meant for what is folded away, and make it."""

        def answer(key: str) -> None:
            if key not in ("y", "enter"):
                self.say("Nothing was changed: y takes all, Enter only this reply.")
                return
            self._chosen_targets = (seq, *hidden) if key == "y" else (seq,)
            try:
                change()
            finally:
                self._chosen_targets = None

        self.take_next_key(
            f"This reply and the {len(hidden):,} folded below it? y all · Enter only this · Esc none", answer
        )

    def attempt(self, change: Callable[[], ChangeResult]) -> bool:
        """Make a change and show it, or say why it cannot be made; True where it was made."""
        try:
            done = change()
        except PullquoteError as error:
            self.say(str(error))
            return False
        name = change_words(done.name)
        self.show_change(done.posts, name if done.entry else f"{name}: nothing to change")
        return True

    def show_change(self, posts: frozenset[int], said: str) -> None:
        """Draw the posts anew, count anew, and say what was done."""
        self.table.forget(posts)
        if len(posts) > READ_ONE_BY_ONE:
            self.read_decided()
        else:
            for quote in self.table.quotes(tuple(posts)):
                (self.decided.discard if quote.mark.state is State.NEW else self.decided.add)(quote.seq)
        self.refresh_header()
        self.refresh_pane()
        self.refresh_tags()
        self.say(said)

    def show_undone(self, posts: frozenset[int], said: str) -> None:
        """As `show_change`, and draw every row anew, for tags may have changed on any."""
        self.table.forget_all()
        self.show_change(posts, said)

    def read_decided(self) -> None:
        """Learn from the library which posts are decided."""
        self.decided = set(thread_posts.decided_posts(self.library, self.thread.id))
