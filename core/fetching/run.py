"""One fetch while it goes on: what is asked next, what is kept, when it is over."""

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace

from core.errors import FetchError, NotAsked, PayloadError, Unreachable
from core.fetching.outcome import Fetched, FetchProgress, TellFetchProgress
from core.library import Library
from core.library.captures import fetched_pages
from core.library.captures.fetched_pages import BrokenOff, FetchInProgress, Pending
from core.library.captures.visits import Visit
from core.models import Payload, Problem, Reading, Verdict
from core.readers.kit.pages import read_pages
from core.reasons import Reason, ReasonCode
from core.sources import RemarksOnReading, Source
from core.transport import Request, Transport, request_from

_SHARE = 0.25
"""How much must have come since the posts were joined last, as a part of what there was, before they are again."""
PAGES_WITHOUT_NEWS = 5
"""Pages in a row without a new post after which none is expected."""
_PATIENCE = 3
"""Pages in a row that may be missing before a fetch is broken off."""


@dataclass(slots=True)
class FetchRun:
    """One fetch while it goes on."""

    library: Library
    link: str
    source: Source
    tell: TellFetchProgress
    max_pages: int
    """Pages, at the most."""
    visit: Visit | None = None
    pending: deque[Request] = field(default_factory=deque)
    payloads: list[Payload] = field(default_factory=list)
    on_the_way: list[Payload] = field(default_factory=list)
    """What led to where the thread begins, before anything is kept."""
    missing: list[tuple[FetchError | PayloadError, Request]] = field(default_factory=list)
    replaced: list[FetchError | PayloadError] = field(default_factory=list)
    """Why something else was asked for instead."""
    fetch: FetchInProgress | None = None
    reading: Reading | None = None
    broken: Reason | None = None
    posts_joined: int = 0
    """Payloads that had come when the posts were joined last."""
    read: tuple[int, bool] = (0, False)
    """How many payloads the reading is of, and whether it took them for all."""
    is_stale: bool = False
    """Whether the source refused to go on, and not for the moment only."""

    async def resume(self, before: BrokenOff) -> None:
        """Go on where an earlier fetch was broken off."""
        self.fetch, self.payloads = before.fetch, [*before.payloads]
        self.pending = deque(map(request_from, before.pending))
        await self._read()

    async def ask_all(self, transport: Transport) -> None:
        """Ask until there is nothing more to ask, or it cannot go on."""
        asked = {payload.name for payload in self.payloads} | {request.url for request in self.pending}
        in_a_row = 0
        while self.pending and not self.broken:
            if len(self.payloads) + len(self.on_the_way) >= self.max_pages:
                self.broken = Reason(ReasonCode.TOO_MANY_PAGES, (self.max_pages,))
                return
            request = self.pending[0]
            self._progress(request)
            try:
                payload = await transport.fetch(request)
                # Whoever stops the fetch is heard while a page is looked at, however long that takes.
                following = await asyncio.to_thread(self.source.follow, request, payload)
                more = list({one.url: one for one in following if one.url not in asked}.values())
                if self.fetch is not None or not any(one.is_start for one in more):
                    await self._begin(payload, more)
            except NotAsked as error:
                self._miss_unasked(error)
                continue
            except (FetchError, PayloadError) as error:
                in_a_row += not request.is_optional
                if self._is_over(error) or in_a_row == _PATIENCE:
                    self.broken, self.is_stale = error.reason, not isinstance(error, Unreachable)
                    return
                self._miss(error)
                continue
            in_a_row = 0
            self.pending.popleft()
            self.pending = deque(sorted((*self.pending, *more), key=lambda one: one.depth))
            asked.update(one.url for one in more)
            self.on_the_way.append(payload)
            if self.fetch is not None:
                for one in reversed(self.on_the_way):
                    await self._keep(one)
                self.on_the_way.clear()

    async def _begin(self, payload: Payload, more: Sequence[Request]) -> None:
        """Open the capture with the first page. Raises PayloadError or FetchError where that is no thread."""
        if self.fetch is not None:
            return
        pending = sorted((*self.pending, *more)[1:], key=lambda one: one.depth)
        # What led here says as well where the thread begins, where its first post cannot be had.
        read = [payload, *reversed(self.on_the_way)]
        self.reading, self.read = await self._read_together(read, is_all=not pending), (len(read), not pending)
        if not self.reading.posts:
            why = self.reading.reasons
            code = ReasonCode.NOTHING_CAME if why else ReasonCode.NO_POST
            raise FetchError(Reason(code, names=(payload.name,), causes=why))
        self.fetch = fetched_pages.begin_fetch(
            self.library, self.source.name, self.link, payload, self.reading, self._owed(pending), self.visit
        )
        self.payloads.append(payload)
        self.posts_joined = 1

    def _is_over(self, error: FetchError | PayloadError) -> bool:
        """Whether nothing more can come just now; raises where nothing has come at all."""
        request, is_passing = self.pending[0], isinstance(error, Unreachable)
        if request.fallbacks:
            return False
        is_last = len(self.pending) == 1 and not request.is_optional
        if self.fetch is None and (is_last or is_passing):
            raise _together([*self.replaced, *(missed for missed, _ in self.missing), error])
        return is_last or is_passing

    def _miss_unasked(self, error: NotAsked) -> None:
        """Go on without a page that a page led to and that was not asked for; raises `error` where nothing has come."""
        if self.fetch is None and len(self.pending) == 1:
            raise error
        self.is_stale = True
        self._miss(error)

    def _miss(self, error: FetchError | PayloadError) -> None:
        """Go on without a page, or with another one in its place."""
        request = self.pending.popleft()
        if request.fallbacks:
            self.replaced.append(error)
            others = [one for one in self.pending if one.url not in {each.url for each in request.fallbacks}]
            self.pending = deque((*request.fallbacks, *others))
        elif not request.is_optional:
            self.missing.append((error, request))
        if self.fetch is not None:
            self.fetch.owe(self._owed(self.pending))

    def _owed(self, pending: Iterable[Request]) -> Pending:
        """What is still to be asked, as the library keeps it: what was missed as well, if this fetch is broken off."""
        return _as_data([*pending, *(request for _, request in self.missing)])

    async def _keep(self, payload: Payload) -> None:
        """Keep a page, and join its posts where enough have come."""
        if self.fetch is None or any(one is payload for one in self.payloads[:1]):
            return
        self.payloads.append(payload)
        self.fetch.keep(payload, self._owed(self.pending))
        came = len(self.payloads) - self.posts_joined
        if came < self.posts_joined * _SHARE:
            return
        before = len(self.reading.posts) if self.reading else 0
        reading = await self._read()
        self.fetch.take(reading)
        self.posts_joined = len(self.payloads)
        if came >= PAGES_WITHOUT_NEWS and len(reading.posts) == before:
            self.broken, self.is_stale = Reason(ReasonCode.NOTHING_NEW, (came,)), True

    async def _read(self) -> Reading:
        """What has come so far."""
        wanted = (len(self.payloads), not self.pending and not self.broken and not self.missing)
        if self.reading is None or self.read != wanted:
            self.reading, self.read = await self._read_together([*self.payloads], is_all=wanted[1]), wanted
        return self.reading

    async def _read_together(self, payloads: Sequence[Payload], *, is_all: bool) -> Reading:
        """What pages say of the thread, be they all of them or not."""
        settled = self.source.reasons_settled_by_all_pages if is_all else None
        reading = await asyncio.to_thread(read_pages, payloads, self.source.formats, settled)
        title = self.source.title
        if reading.format != self.source.name and reading.tool and title not in reading.tool:
            # One program's pages, by way of another.
            reading = replace(reading, tool=f"{title} · {reading.tool}")
        return reading

    def _progress(self, request: Request) -> None:
        """Tell how far this is."""
        reading = self.reading
        self.tell(
            FetchProgress(
                self.source.name,
                request.note,
                len(self.payloads),
                len(reading.posts) if reading else 0,
                reading.claimed if reading else None,
                self.fetch.capture.thread_id if self.fetch else None,
                reading.root_id if reading else "",
            )
        )

    async def end(self) -> Fetched:
        """Join what came last, and say how complete it is."""
        if self.fetch is None:
            raise FetchError(self.broken or Reason(ReasonCode.NOTHING_TO_ASK, names=(self.source.title, self.link)))
        reading = await self._read()
        reasons = [*reading.reasons]
        if self.missing:
            reasons.append(Reason(ReasonCode.PAGES_NOT_HAD, (len(self.missing),)))
        if self.broken:
            reasons.append(Reason(ReasonCode.BROKEN_OFF, causes=(self.broken,)))
        if isinstance(self.source, RemarksOnReading):
            reasons += self.source.remarks(self.link, reading, [error.reason for error, _ in self.missing])
        if len(reasons) > len(reading.reasons):
            reading = replace(
                reading,
                verdict=Verdict.PARTIAL,
                reasons=tuple(reasons),
                problems=(*reading.problems, *(Problem(request.url, error.reason) for error, request in self.missing)),
            )
        if not self.broken:
            self.fetch.owe(())
        kept = self.fetch.finish(reading)
        return Fetched(self.source.name, kept, reading, len(self.payloads), self.broken)


def _together(errors: Sequence[FetchError | PayloadError]) -> FetchError | PayloadError:
    """Several errors as one that says all of them."""
    reasons = tuple(dict.fromkeys(error.reason for error in errors))
    if len(reasons) == 1:
        return errors[-1]
    is_passing = any(isinstance(error, Unreachable) for error in errors)
    return (Unreachable if is_passing else FetchError)(Reason(ReasonCode.NOTHING_CAME, causes=reasons))


def _as_data(pending: Iterable[Request]) -> Pending:
    """Requests as the library keeps them; `core.transport.request_from` reads them again."""
    return [asdict(request) for request in pending]
