"""Patience with servers, the same for all transports: when one is asked again, and which of several is asked."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence

from core.errors import FetchError, NotAsked, Unreachable
from core.models import Payload
from core.reasons import Reason, ReasonCode
from core.transport import Notify, Request, SourceSettings
from core.transport.addresses import at_place, is_of_origin, spoken_host
from core.transport.answers import Answer, TryAgain, accept, excerpt
from core.transport.rests import LIMITED, rests_of_round
from core.transport.waiting import count_down

TRIES = 4
"""Requests for one answer to one server, the first one included."""
_LONG = 24 * 3600

Judge = Callable[[Request, Answer], None]
"""Looks at an answer; raises TryAgain or FetchError where it is not what was asked for, whatever its status says."""


class PatientTransport(ABC):
    """Carries requests one at a time, and again where that may help.

    `places` are addresses of servers that have the same pages: no other is asked, and where one fails the next one is.
    Without them the request's own address is asked. `pause` is how many seconds lie between two requests at least;
    `first_wait` is the rest that a server gets after its first failure, which doubles from there.
    """

    def __init__(
        self,
        settings: SourceSettings,
        notify: Notify,
        *,
        places: Sequence[str] = (),
        judge: Judge | None = None,
        pause: float = 0.0,
        first_wait: float = 1.0,
    ) -> None:
        self._settings, self._notify = settings, notify
        self._places, self._judge = tuple(places), judge
        self._pause, self._first_wait = pause, first_wait
        self._rests = rests_of_round()
        self._free_at = 0.0
        """When the next request may be made, on the monotonic clock."""
        self._unfit: set[str] = set()
        """Places that have refused, which are asked after all others."""

    @abstractmethod
    async def _ask(self, url: str) -> Answer:
        """What the server at `url` answers. Raises TryAgain or FetchError where it does not answer."""

    async def fetch(self, request: Request) -> Payload:
        """The answer to a request.

        Raises FetchError, Unreachable where it may come later, and NotAsked where nothing was sent.
        """
        places = sorted(self._places_of(request), key=lambda place: place in self._unfit)
        refused: dict[str, FetchError] = {}
        tried: Counter[str] = Counter()
        while len(refused) < len(places):
            place = min((one for one in places if one not in refused), key=self._rests.left)
            url = at_place(request.url, place) if self._places else request.url
            await self._rested(url)
            try:
                answer = await self._once(request, url)
            except TryAgain as failure:
                tried[place] += 1
                self._let_rest(url, failure, is_last=tried[place] == TRIES)
                if tried[place] == TRIES:
                    why = Reason(ReasonCode.TRIED_OFTEN, (TRIES,), (spoken_host(url),), (failure.reason,))
                    refused[place] = Unreachable(why)
                    refused[place].__cause__ = failure
            except FetchError as error:
                refused[place] = error
            else:
                self._unfit.update(refused)
                name = at_place(answer.url, place) if self._places else url
                return Payload(name, answer.data, int(time.time()))
        # What one server does not have for ever may still come from one that failed for now.
        raise next((one for one in refused.values() if isinstance(one, Unreachable)), next(iter(refused.values())))

    async def _once(self, request: Request, url: str) -> Answer:
        """One try. Raises TryAgain or FetchError."""
        await asyncio.sleep(max(0.0, self._free_at - time.monotonic()))
        try:
            answer = await self._ask(url)
        finally:
            self._free_at = time.monotonic() + self._pause
        accept(answer, request.statuses)
        if self._judge is not None:
            await asyncio.to_thread(self._judge, request, answer)
        self._rests.answered(url)
        return answer

    def _places_of(self, request: Request) -> Sequence[str]:
        """The places that have what is asked for. Raises NotAsked for an address that is of none of them."""
        if not self._places:
            return (request.url,)
        if not any(is_of_origin(request.url, place) for place in self._places):
            names = (excerpt(request.url), spoken_host(self._places[0]))
            raise NotAsked(Reason(ReasonCode.LEADS_ELSEWHERE, names=names))
        return self._places

    def _let_rest(self, url: str, failure: TryAgain, *, is_last: bool) -> None:
        """Leave a server alone after a failure, for as long as it says, or longer each time."""
        # What we guess is never longer than the user waits: only a server can want more.
        wait = min(self._rests.failed(url, self._first_wait), max(self._settings.max_wait, self._first_wait))
        if failure.wait is not None:
            wait = failure.wait
        elif failure.is_limit and is_last:
            wait = LIMITED
        self._rests.rest(url, wait, failure.reason)

    async def _rested(self, url: str) -> None:
        """Wait until a server has had its rest. Raises Unreachable where that is longer than the user waits."""
        wait, why = self._rests.left(url), self._rests.why(url)
        if wait <= 0 or why is None:
            return
        host = spoken_host(url)
        if wait > self._settings.max_wait:
            raise Unreachable(_wants_rest(wait, host, why))
        await count_down(wait, Reason(ReasonCode.AT_HOST, names=(host,), causes=(why,)), self._notify)


def _wants_rest(wait: float, host: str, why: Reason) -> Reason:
    """That a server wants to be left alone for longer than the user waits."""
    if wait > _LONG:
        return Reason(ReasonCode.WANTS_LONG, names=(host,), causes=(why,))
    is_long = wait >= 120
    code = ReasonCode.WANTS_MINUTES if is_long else ReasonCode.WANTS_SECONDS
    return Reason(code, (round(wait / 60 if is_long else wait),), (host,), (why,))
