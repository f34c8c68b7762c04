"""The view of a thread that is shown; an answer that takes time is asked for in another thread."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Protocol, TypeVar

from textual.screen import Screen

from core.errors import LibraryError, PullquoteError
from core.library import Library, orders
from core.library.view_results import ViewResult
from core.models import Thread
from core.query.view import View
from tui.inquiry import Inquiry
from tui.keyboard.queue import key_queue
from tui.widgets.bars import Status
from tui.widgets.reply_table import ReplyTable

NOTICE = 0.7
"""Seconds after which a question that is still open is told of."""
WAITING = "looking … Esc gives up"
POSTS_WITHIN_A_FRAME = 20_000
"""Posts up to which every view is answered within a frame; a quarter of them where texts are read."""

InquiryResult = TypeVar("InquiryResult")


def do_nothing() -> None:
    """Do nothing after a change or a view: the default of `then`."""


class ViewHost(Protocol):
    """The bench, as far as its views need it: where answers are shown and sentences said."""

    screen: Screen[None]
    library: Library
    thread: Thread

    @property
    def table(self) -> ReplyTable:
        """The reply table."""
        ...

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""
        ...

    def results(self, library: Library, view: View, stop: Callable[[], bool]) -> Iterator[ViewResult]:
        """The answer to a view, on any connection."""
        ...

    def draw(self, view: View, result: ViewResult, stay_on: int | None) -> None:
        """Show the posts of a view in the table."""
        ...


class Views:
    """Which view is shown and which is asked for; of several questions the newest counts."""

    def __init__(self, host: ViewHost, view: View) -> None:
        """`view` is what is asked for first; nothing is shown of it yet."""
        self._host = host
        self.view = view
        self.wanted = view
        """The view that was asked for last; `view` is the one that is shown."""
        self.result = ViewResult(array(orders.SEQ_TYPECODE), whole=True)
        """The posts that the view has so far, whatever of them is folded away in the table."""
        self.question: Inquiry[ViewResult] | None = None
        self._other: Inquiry[Any] | None = None
        self._restore: Callable[[], None] = do_nothing
        """Shows the last whole view again, as it stood when a question was asked."""

    def show(self, view: View, stay_on: int | None = None, then: Callable[[], None] = do_nothing) -> None:
        """Show another view, at once or when it is answered, and `then` do what is left; a newer one replaces it.

        Raises QueryError where its filter does not parse.
        """
        host = self._host
        simple = view.node is None and view.only is None and not view.tree
        ready = simple and orders.is_order_kept(host.library, host.thread.id, view.sort)
        if self.question is not None:
            self.question.cancel()
            self.question = None
        self.wanted = view
        if ready or host.thread.replies <= (POSTS_WITHIN_A_FRAME if view.node is None else POSTS_WITHIN_A_FRAME // 4):
            try:
                with host.library.reading():
                    *_, last = host.results(host.library, view, lambda: False)
            except LibraryError as error:
                host.say(str(error))
                return
            self.take(view, last, stay_on)
            then()
        else:
            self._ask(view, stay_on, then)

    def take(self, view: View, result: ViewResult, stay_on: int | None) -> None:
        """Show an answer, or as much of it as has come."""
        self.view, self.result = view, result
        self._host.draw(view, result, stay_on)

    def _ask(self, view: View, stay_on: int | None, then: Callable[[], None]) -> None:
        """Ask for a view in another thread; keys for the table wait for it, and Esc gives it up."""
        host = self._host
        if self.result.whole:
            self._restore = partial(self.take, self.view, self.result, host.table.seq)
        self.question = question = Inquiry(host.library, lambda library, stop: host.results(library, view, stop))
        key_queue(host.screen).wait_for(question)
        host.screen.set_timer(NOTICE, lambda: self._say_waiting(question))
        host.screen.run_worker(self._follow(question, view, stay_on, then), name="view", group="view")

    def _say_waiting(self, question: Inquiry[ViewResult]) -> None:
        """Say that a question is still open, and how to be rid of it."""
        if question is self.question:
            self._host.say(WAITING)

    async def _follow(
        self, question: Inquiry[ViewResult], view: View, stay_on: int | None, then: Callable[[], None]
    ) -> None:
        """Show an answer piece by piece; the pieces after the first keep the row that it showed."""
        refused = ""
        try:
            async for piece in question.pieces():
                if question is self.question:
                    self.take(view, piece, stay_on)
                    stay_on = None
        except PullquoteError as error:
            refused = str(error)
        if question is not self.question:
            return
        self.question = None
        if self._host.screen.query_one(Status).said == WAITING:
            self._host.say("")
        if question.cancelled or refused:
            self._restore()
            self.wanted = self.view
            self._host.say(refused or "Given up; this is what was shown before.")
        else:
            then()
        self._restore = do_nothing

    def give_up(self) -> None:
        """Leave every question unanswered, for the screen goes."""
        for question in (self.question, self._other):
            if question is not None:
                question.cancel()
        self.question = None

    async def inquire(self, what: str, ask: Callable[[Library], InquiryResult]) -> InquiryResult | None:
        """The answer of the library to another question that may take time.

        None, which is said, where Esc gave it up or the library refuses.
        """

        def once(library: Library, _stop: Callable[[], bool]) -> Iterable[InquiryResult]:
            yield ask(library)

        host = self._host
        self._other = question = Inquiry(host.library, once)
        key_queue(host.screen).wait_for(question)
        if host.thread.replies > POSTS_WITHIN_A_FRAME:
            host.say(f"{what} … Esc gives up")
        try:
            answers = [answer async for answer in question.pieces()]
        except PullquoteError as error:
            host.say(str(error))
            return None
        if question.cancelled:
            if host.screen.is_running:
                host.say("Given up; nothing was changed.")
            return None
        return answers[0]
