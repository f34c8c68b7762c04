"""Asking over HTTP: politely, one request at a time, within limits, and again where that may help."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus

import httpx

from core.errors import FetchError, Unreachable
from core.models import Payload
from core.readers.kit.fetcher_errors import what_it_says
from core.reasons import Reason, ReasonCode
from core.transport import Notify, Request, SourceSettings
from core.transport.addresses import host_of, redirected
from core.transport.statuses import status_words
from core.transport.unpacking import ENCODINGS, unpacked_body
from core.transport.waiting import count_down, growing_wait, retry_after, seconds_until

TRIES = 4
"""Requests for one answer, the first one included."""
REDIRECTS = 5
_CONNECT_TIMEOUT = 15.0
_EXCERPT = 200
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses that may be others in a while."""
_REFUSALS = {
    401: ReasonCode.REFUSED_KEY,
    403: ReasonCode.REFUSED_ACCESS,
    404: ReasonCode.REFUSED_GONE,
    410: ReasonCode.REFUSED_FOR_EVER,
    451: ReasonCode.REFUSED_BY_LAW,
}


class _TryAgain(Exception):
    """A failure that may pass; `wait` is what the server asked for, in seconds."""

    def __init__(self, reason: Reason, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class WebTransport:
    """Carries requests as HTTP GET.

    `home` is the address that the user named; its host may be in a private network, and gets `headers`, which no
    other host does. `pause` is how many seconds lie between two requests at least; `first_wait` is the wait before the
    second try, which doubles from there.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        settings: SourceSettings,
        notify: Notify,
        *,
        home: str,
        headers: Mapping[str, str] | None = None,
        pause: float = 0.5,
        first_wait: float = 1.0,
    ) -> None:
        self._client, self._settings, self._notify = client, settings, notify
        self._home, self._headers = host_of(home), dict(headers or {})
        self._pause, self._first_wait = pause, first_wait
        self._free_at = 0.0
        """When the next request may be made, on the monotonic clock."""

    async def fetch(self, request: Request) -> Payload:
        """The answer to a request. Raises FetchError, and Unreachable where it may come later."""
        for tried in range(1, TRIES + 1):
            try:
                return await self._ask(request)
            except _TryAgain as failure:
                if tried == TRIES:
                    raise Unreachable(
                        Reason(ReasonCode.TRIED_OFTEN, (TRIES,), (_host(request.url),), (failure.reason,))
                    ) from failure
                wait = growing_wait(self._first_wait, tried) if failure.wait is None else failure.wait
                self._refuse_long(request, wait, failure.reason)
                why = Reason(ReasonCode.AT_HOST, names=(_host(request.url),), causes=(failure.reason,))
                await count_down(wait, why, self._notify)
        raise AssertionError

    def _refuse_long(self, request: Request, wait: float, reason: Reason) -> None:
        """Raise Unreachable where the server wants to be left alone for longer than the user waits."""
        if wait > self._settings.max_wait:
            is_long = wait >= 120
            code = ReasonCode.WANTS_MINUTES if is_long else ReasonCode.WANTS_SECONDS
            number = round(wait / 60 if is_long else wait)
            raise Unreachable(Reason(code, (number,), (_host(request.url),), (reason,)))

    async def _ask(self, request: Request) -> Payload:
        """One try. Raises _TryAgain or FetchError."""
        await self._wait_for_turn(request)
        try:
            async with asyncio.timeout(self._settings.fetch_timeout):
                status, data = await self._get(request)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise _TryAgain(Reason(ReasonCode.NO_ANSWER_IN_TIME, (self._settings.fetch_timeout,))) from error
        except httpx.ConnectError as error:
            raise _TryAgain(Reason(ReasonCode.NOT_REACHED, names=(_excerpt(str(error)),))) from error
        except httpx.TransportError as error:
            raise _TryAgain(Reason(ReasonCode.CONNECTION_BROKE, names=(_excerpt(str(error)),))) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError(
                Reason(ReasonCode.NO_WEB_ADDRESS, names=(_excerpt(request.url), _excerpt(str(error))))
            ) from error
        finally:
            self._free_at = max(self._free_at, time.monotonic() + self._pause)
        if status == HTTPStatus.OK or status in request.statuses:
            return Payload(request.url, data, int(time.time()))
        raise FetchError(_refused(request, status, data), status)

    async def _wait_for_turn(self, request: Request) -> None:
        """Leave the server the rest that it wants between two requests."""
        wait = self._free_at - time.monotonic()
        if wait > max(1.0, self._pause):
            self._refuse_long(request, wait, Reason(ReasonCode.MANY_REQUESTS))
            await count_down(wait, Reason(ReasonCode.NO_MORE_REQUESTS, names=(_host(request.url),)), self._notify)
        elif wait > 0:
            await asyncio.sleep(wait)

    async def _get(self, request: Request) -> tuple[int, bytes]:
        """Status and body, after redirects. Raises _TryAgain for a status that may pass."""
        url = request.url
        named = frozenset({self._home, host_of(request.url)})
        for _ in range(REDIRECTS + 1):
            headers = self._headers if host_of(url) == self._home else {}
            async with self._client.stream("GET", url, headers=headers) as response:
                if response.is_redirect and "location" in response.headers:
                    url = await redirected(url, response.headers["location"], named)
                    continue
                encoding = response.headers.get("content-encoding", "")
                limit = self._settings.max_answer_mb * 2**20
                data = await unpacked_body(response.aiter_raw(), encoding, limit, _host(url))
                self._note_rate(response.headers)
                if response.status_code in _PASSING and response.status_code not in request.statuses:
                    said = _answer_was(response.status_code, data)
                    raise _TryAgain(said, retry_after(response.headers.get("retry-after", "")))
                return response.status_code, data
        raise FetchError(Reason(ReasonCode.REDIRECTS_IN_CIRCLE, names=(_host(request.url),)))

    def _note_rate(self, headers: Mapping[str, str]) -> None:
        """Rest until the server's count begins anew, where it says that no request is left.

        Reddit gives seconds, GitHub seconds since 1970, Mastodon a date.
        """
        left, reset = headers.get("x-ratelimit-remaining", ""), headers.get("x-ratelimit-reset", "")
        try:
            if not left or float(left) >= 1:
                return
            seconds = float(reset) if not reset.count("-") else seconds_until(datetime.fromisoformat(reset))
        except ValueError:
            return
        seconds = seconds - time.time() if seconds > 10**9 else seconds
        self._free_at = max(self._free_at, time.monotonic() + max(seconds, 0.0))


@asynccontextmanager
async def web_transport(
    settings: SourceSettings,
    notify: Notify,
    *,
    home: str = "",
    headers: Mapping[str, str] | None = None,
    pause: float = 0.5,
) -> AsyncIterator[WebTransport]:
    """A transport over HTTP; its connection is closed at the end. Raises FetchError where there can be none."""
    # Loading certificates takes a while.
    client = await asyncio.to_thread(_client, settings)
    async with client:
        yield WebTransport(client, settings, notify, home=home, headers=headers, pause=pause)


def _client(settings: SourceSettings) -> httpx.AsyncClient:
    """A client with one connection, which says who we are and follows no redirect by itself."""
    from importlib.metadata import version

    headers = {
        "User-Agent": f"pullquote/{version('pullquote')} (reads a public thread for quotation; one connection)",
        "Accept": "application/json, text/html;q=0.9, */*;q=0.8",
        "Accept-Encoding": ENCODINGS,
    }
    timeout = httpx.Timeout(settings.fetch_timeout, connect=min(settings.fetch_timeout, _CONNECT_TIMEOUT))
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)
    try:
        return httpx.AsyncClient(headers=headers, timeout=timeout, limits=limits, follow_redirects=False)
    except (ImportError, ValueError, OSError) as error:
        raise FetchError(Reason(ReasonCode.ENVIRONMENT_UNFIT, names=(_excerpt(str(error)),))) from error


def _refused(request: Request, status: int, data: bytes) -> Reason:
    """What to say of a status that will not pass."""
    code = _REFUSALS.get(status, ReasonCode.REFUSED)
    return Reason(code, names=(_host(request.url),), causes=(_answer_was(status, data),))


def _answer_was(status: int, data: bytes) -> Reason:
    """A status, and what the server says with it."""
    told = _excerpt(what_it_says(data))
    code = ReasonCode.ANSWER_WAS_SAYING if told else ReasonCode.ANSWER_WAS
    return Reason(code, names=(status_words(status), told))


def _host(url: str) -> str:
    """The host of an address, for a sentence."""
    return host_of(url).removesuffix(":443").removesuffix(":80") or "the source"


def _excerpt(text: str) -> str:
    """The beginning of a text from outside, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[:_EXCERPT] + "…"
