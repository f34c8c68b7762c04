"""A thread that is still on its way: what has come can be read and marked, and the rest is told of as it comes."""

from textual.binding import Binding

from core.library import Library, orders, threads, views
from core.library.captures import visits
from core.library.view_results import ViewResult
from core.query.view import View
from core.settings.load import Settings
from tui.incoming import ImportNews, Incoming
from tui.screens.workbench import Workbench
from tui.widgets.bars import Meter

AS_THEY_COME = View(sort="thread", descending=False)


class Arriving(Workbench):
    """How far an import or a fetch is, and its replies added to the table as they come."""

    BINDINGS = [
        Binding(
            "g r", "fetch_again", "Fetch again", show=False, id="fetch.again", tooltip="What is new joins; marks stay"
        ),
    ]

    def __init__(
        self,
        library: Library,
        thread_id: int,
        settings: Settings,
        greeting: str = "",
        incoming: Incoming | None = None,
    ) -> None:
        """`greeting` is said when the screen stands; `incoming` is what still brings replies."""
        super().__init__(library, thread_id, settings, greeting)
        self.incoming = incoming
        self.visit = visits.newest_visit(library, thread_id)
        """The newest visit that has been told of."""

    def action_fetch_again(self) -> None:
        """Fetch the thread by its link; the view stays as it is."""
        if self.incoming is not None:
            self.say("Replies are still on their way; Esc stops that.")
        elif self.thread.url is None:
            self.say("This thread has no link; import a newer file with: pullquote import FILE.")
        else:
            self.incoming = Incoming("fetch", ["--library", str(self.library.path), "--", self.thread.url])
            self.follow_import(self.incoming, self.wanted)

    def follow_import(self, incoming: Incoming, then: View) -> None:
        """Follow an import to its end; then show the view `then`."""
        self.run_worker(self._follow_import(incoming, then), name="incoming", group="incoming")

    async def _follow_import(self, incoming: Incoming, then: View) -> None:
        """Show the news until the import has ended."""
        meter = self.query_one(Meter)
        news = ImportNews()
        while news.outcome is None:
            news = await incoming.next()
            meter.show(news.part, f"Esc stops · {news.told or f'{news.posts:,} replies so far'}")
        if self.incoming is incoming:
            self.incoming = None
            self._arrived(news, then)

    def _arrived(self, news: ImportNews, then: View) -> None:
        """Show the whole thread, in the view that the writer has asked for meanwhile, if any."""
        self.query_one(Meter).hide()
        self.read_thread_anew()
        self.show_view(then if self.wanted == AS_THEY_COME else self.wanted)
        self.visit = visits.newest_visit(self.library, self.thread.id)
        is_new = news.part == 1.0 and visits.previous_visit_at(self.library, self.thread.id) is not None
        self.say((news.outcome or "") + (f"; {visits.SHOWS_NEW}" if is_new else ""))

    def say_news(self) -> None:
        """Say what the newest visit brought, where an earlier one can be compared with it."""
        told = visits.summary(self.library, self.thread.id)
        if told is not None:
            self.say(f"{told.describe()}; {visits.SHOWS_NEW}")

    def add_arrived(self) -> None:
        """Put the posts that have come since the last look behind the others; other views wait for the end."""
        self.read_thread_anew()
        if self.view == AS_THEY_COME:
            order = self.piece.order[:]
            # Ascending, but for the root, which stands first.
            newest = max(order[:1] + order[-1:], default=0)
            order.extend(views.posts_after(self.library, self.thread.id, newest))
            self.take(self.view, ViewResult(orders.root_first(order, self.root_seq), whole=True), self.table.seq)

    def read_thread_anew(self) -> None:
        """What the library now says of the thread."""
        self.thread = threads.thread(self.library, self.thread.id)
        self.root_seq = views.seq_of(self.library, self.thread.id, self.thread.root_id)

    def stop_import(self) -> bool:
        """End the import, where one goes on; what has come is kept."""
        if self.incoming is None:
            return False
        self.incoming.stop()
        return True
