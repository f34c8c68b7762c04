"""A thread seen through views; an answer that takes time is asked for in another thread."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen

from core.desk import Desk
from core.errors import LibraryError, PullquoteError
from core.library import Library, orders, threads, view_results, views
from core.library.view_results import ViewResult
from core.models import Thread
from core.query.view import View
from core.settings.load import Settings
from tui.inquiry import Inquiry
from tui.keyboard.order import key_order
from tui.widgets.bars import Status
from tui.widgets.reply_table import ReplyTable

NOTICE = 0.7
"""Seconds after which a question that is still open is told of."""
WAITING = "looking … Esc gives up"
QUICK = 20_000
"""Posts up to which every view is answered within a frame; a quarter of them where texts are read."""

Answer = TypeVar("Answer")


def _nothing() -> None:
    """Does nothing."""


class Viewing(Screen[None]):
    """A thread, the view of it, and the questions that are asked of the library."""

    def __init__(self, library: Library, thread_id: int, settings: Settings) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.desk = Desk(library, thread_id, settings.language)
        self.thread: Thread = threads.thread(library, thread_id)
        self.root_seq = views.seq_of(library, thread_id, self.thread.root_id)
        self.view = View(sort=settings.sort, descending=settings.sort != "thread", folded=True)
        self.wanted = self.view
        """The view that was asked for last; `view` is the one that is shown."""
        self.piece = ViewResult(array(orders.SEQ_TYPECODE), whole=True)
        """The view's posts, whatever of them is folded away in the table."""
        self.counted = True
        """Whether that is all of them."""
        self._question: Inquiry[ViewResult] | None = None
        self._other: Inquiry[Any] | None = None
        self._stood: Callable[[], None] = _nothing
        """Shows the last whole view again, as it stood when a question was asked."""

    @property
    def table(self) -> ReplyTable:
        """The reply table."""
        return self.query_one(ReplyTable)

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""
        self.query_one(Status).say(text)

    # Views

    def show_view(self, view: View, stay_on: int | None = None, then: Callable[[], None] = lambda: None) -> None:
        """Show another view, at once or when it is answered, and `then` do what is left; a newer one replaces it.

        Raises QueryError where its filter does not parse.
        """
        ready = view.node is None and view.only is None and not view.tree and self._lies_ready(view.sort)
        if self._question is not None:
            self._question.cancel()
            self._question = None
        self.wanted = view
        if ready or self.thread.replies <= (QUICK if view.node is None else QUICK // 4):
            try:
                with self.library.reading():
                    *_, last = self.pieces(self.library, view, lambda: False)
            except LibraryError as error:
                self.say(str(error))
                return
            self.take(view, last, stay_on)
            then()
        else:
            self._ask(view, stay_on, then)

    def _lies_ready(self, sort: str) -> bool:
        """Whether the order of such a sort is kept."""
        return orders.is_order_kept(self.library, self.thread.id, sort)

    def _ask(self, view: View, stay_on: int | None, then: Callable[[], None]) -> None:
        """Ask for a view in another thread; keys for the table wait for it, and Esc gives it up."""
        if self.counted:
            self._stood = partial(self.take, self.view, self.piece, self.table.seq)
        self._question = question = Inquiry(self.library, lambda library, stop: self.pieces(library, view, stop))
        key_order(self).wait_for(question)
        self.set_timer(NOTICE, lambda: self._say_waiting(question))
        self.run_worker(self._follow(question, view, stay_on, then), name="view", group="view")

    def _say_waiting(self, question: Inquiry[ViewResult]) -> None:
        """Say that a question is still open, and how to be rid of it."""
        if question is self._question:
            self.say(WAITING)

    async def _follow(
        self, question: Inquiry[ViewResult], view: View, stay_on: int | None, then: Callable[[], None]
    ) -> None:
        """Show the pieces of an answer; those after the first keep the row that it showed."""
        said = ""
        try:
            async for piece in question.pieces():
                if question is self._question:
                    self.take(view, piece, stay_on)
                    stay_on = None
        except PullquoteError as error:
            said = str(error)
        if question is not self._question:
            return
        self._question = None
        if self.query_one(Status).said == WAITING:
            self.say("")
        if question.cancelled or said:
            self._stood()
            self.wanted = self.view
            self.say(said or "Given up; this is what was shown before.")
        else:
            then()
        self._stood = _nothing

    def give_up(self) -> None:
        """Leave every question unanswered, for the screen goes."""
        for question in (self._question, self._other):
            if question is not None:
                question.cancel()
        self._question = None

    def pieces(self, library: Library, view: View, stop: Callable[[], bool]) -> Iterator[ViewResult]:
        """The answer to a view, on any connection."""
        return view_results.view_results(library, self.thread.id, view, stop)

    def take(self, view: View, piece: ViewResult, stay_on: int | None) -> None:
        """Show a piece of a view."""
        self.view, self.piece, self.counted = view, piece, piece.whole
        self.table.show(piece.order, (view.sort, view.descending), stay_on)
        self.refresh_header()

    def refresh_header(self) -> None:
        """What the view is, in words."""
        raise NotImplementedError

    # Other questions

    async def inquire(self, what: str, ask: Callable[[Library], Answer]) -> Answer | None:
        """The answer of the library to a question that may take time.

        None, which is said, where Esc gave it up or the library refuses.
        """

        def once(library: Library, _stop: Callable[[], bool]) -> Iterable[Answer]:
            yield ask(library)

        self._other = question = Inquiry(self.library, once)
        key_order(self).wait_for(question)
        if self.thread.replies > QUICK:
            self.say(f"{what} … Esc gives up")
        try:
            found = [answer async for answer in question.pieces()]
        except PullquoteError as error:
            self.say(str(error))
            return None
        if question.cancelled:
            if self.is_running:
                self.say("Given up; nothing was changed.")
            return None
        return found[0]
