"""Questions to the library that take time: asked in another thread, answered in pieces, cancelled at any moment."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

from core.errors import PullquoteError
from core.library import Library
from core.library.database import open_again

InquiryAnswer = TypeVar("InquiryAnswer")
InquiryQuestion = Callable[[Library, Callable[[], bool]], Iterable[InquiryAnswer]]
"""Given the library on a connection of its own, and whether to stop, the pieces of an answer."""


class Inquiry(Generic[InquiryAnswer]):
    """One question to the library, asked in another thread; its answer comes in pieces."""

    def __init__(self, library: Library, ask: InquiryQuestion[InquiryAnswer]) -> None:
        self._library, self._ask = library, ask
        self._own: Library | None = None
        self._lock = Lock()
        self._pieces: asyncio.Queue[InquiryAnswer | PullquoteError | None] = asyncio.Queue()
        self.cancelled = False
        self.done = asyncio.Event()
        """Set when the last piece has been taken, or what was given up is over."""

    def cancel(self) -> None:
        """Give the question up; nothing more comes of it."""
        self.cancelled = True
        with self._lock:
            if self._own is not None:
                self._own.interrupt()
        self._pieces.put_nowait(None)

    async def pieces(self) -> AsyncIterator[InquiryAnswer]:
        """The pieces as they come. Raises PullquoteError where the library refuses."""
        asked = asyncio.get_running_loop().run_in_executor(None, self._work, asyncio.get_running_loop())
        try:
            while (piece := await self._pieces.get()) is not None and not self.cancelled:
                if isinstance(piece, PullquoteError):
                    raise piece
                yield piece
            if not self.cancelled:
                await asked
        finally:
            self.done.set()

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """Ask, and hand the pieces to `loop`; the last one is None or an error."""

        def tell(piece: InquiryAnswer | PullquoteError | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._pieces.put_nowait, piece)

        end: PullquoteError | None = None
        try:
            with self._connected() as own, own.reading():
                if self.cancelled:
                    return
                for piece in self._ask(own, lambda: self.cancelled):
                    tell(piece)
        except PullquoteError as error:
            end = error
        finally:
            tell(end)

    @contextmanager
    def _connected(self) -> Iterator[Library]:
        """A connection of its own, which `cancel` may interrupt until it is closed."""
        own = open_again(self._library)
        with self._lock:
            self._own = own
        try:
            yield own
        finally:
            with self._lock:
                self._own = None
                own.close()
