"""Asking over HTTP: politely, one request at a time, within limits, and again where that may help."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx

from core.errors import FetchError
from core.reasons import Reason, ReasonCode
from core.transport import Notify, SourceSettings
from core.transport.addresses import Redirect, host_of, is_same_site, joined, redirected, spoken_host
from core.transport.answers import Answer, TryAgain, excerpt
from core.transport.patience import Judge, PatientTransport
from core.transport.rate_limits import rest_wanted
from core.transport.unpacking import ENCODINGS, unpacked_body

REDIRECTS = 5
_CONNECT_TIMEOUT = 15.0


class WebTransport(PatientTransport):
    """Carries requests as HTTP GET.

    `home` is the address that the user named; its host may be in a private network. `headers` are what each host gets,
    and no other, by its name as `host_of` gives it. Where there are `places` they are all that is named, and a
    redirect to another site is refused.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        settings: SourceSettings,
        notify: Notify,
        *,
        home: str = "",
        headers: Mapping[str, Mapping[str, str]] | None = None,
        **patience: Any,
    ) -> None:
        super().__init__(settings, notify, **patience)
        self._client = client
        self._home, self._headers = host_of(home), headers or {}

    async def _ask(self, url: str) -> Answer:
        """One try. Raises TryAgain or FetchError."""
        if not host_of(url):
            raise FetchError(Reason(ReasonCode.NO_WEB_ADDRESS, names=(excerpt(url),)))
        try:
            async with asyncio.timeout(self._settings.fetch_timeout):
                return await self._get(url)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise TryAgain(Reason(ReasonCode.NO_ANSWER_IN_TIME, (self._settings.fetch_timeout,))) from error
        except httpx.ConnectError as error:
            if _is_of_certificate(error):
                raise FetchError(Reason(ReasonCode.CERTIFICATE, names=(spoken_host(url), _told(error)))) from error
            raise TryAgain(Reason(ReasonCode.NOT_REACHED, names=(_told(error),))) from error
        except httpx.TransportError as error:
            if "in location header" in str(error):
                raise FetchError(Reason(ReasonCode.REDIRECTS_TO_NO_ADDRESS, names=(spoken_host(url),))) from error
            raise TryAgain(Reason(ReasonCode.CONNECTION_BROKE, names=(_told(error),))) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError(Reason(ReasonCode.NO_WEB_ADDRESS, names=(excerpt(url),))) from error

    async def _get(self, url: str) -> Answer:
        """The answer after redirects."""
        first, named = url, frozenset({self._home, host_of(url)})
        to = Redirect(url, ())
        for _ in range(REDIRECTS + 1):
            async with self._stream(to) as response:
                if response.is_redirect and "location" in response.headers:
                    target = joined(to.url, response.headers["location"])
                    if self._places and host_of(target) and not is_same_site(target, first):
                        names = (spoken_host(first), spoken_host(target))
                        raise FetchError(Reason(ReasonCode.REDIRECTS_ELSEWHERE, names=names))
                    to = await redirected(to.url, target, named)
                    continue
                encoding = response.headers.get("content-encoding", "")
                limit = self._settings.max_answer_mb * 2**20
                data = await unpacked_body(response.aiter_raw(), encoding, limit, spoken_host(to.url))
                headers = {name.lower(): value for name, value in response.headers.items()}
                if (wait := rest_wanted(headers)) is not None:
                    self._rests.rest(to.url, wait, Reason(ReasonCode.MANY_REQUESTS))
                return Answer(to.url, response.status_code, data, headers)
        raise FetchError(Reason(ReasonCode.REDIRECTS_IN_CIRCLE, names=(spoken_host(first),)))

    @asynccontextmanager
    async def _stream(self, to: Redirect) -> AsyncIterator[httpx.Response]:
        """The answer at an address as it comes; where its host was looked at, by the very number that was looked at."""
        headers = self._headers.get(host_of(to.url), {})
        if not to.addresses:
            async with self._client.stream("GET", to.url, headers=headers) as response:
                yield response
            return
        url = httpx.URL(to.url)
        numbered = url.copy_with(host=to.addresses[0].partition("%")[0])
        given = {"Host": url.netloc.decode("ascii"), **headers}
        extensions = {"sni_hostname": url.raw_host.decode("ascii")}
        async with self._client.stream("GET", numbered, headers=given, extensions=extensions) as response:
            yield response


@asynccontextmanager
async def web_transport(
    settings: SourceSettings,
    notify: Notify,
    *,
    home: str = "",
    headers: Mapping[str, Mapping[str, str]] | None = None,
    places: Sequence[str] = (),
    judge: Judge | None = None,
    pause: float = 0.5,
) -> AsyncIterator[WebTransport]:
    """A transport over HTTP; its connection is closed at the end. Raises FetchError where there can be none."""
    # Loading certificates takes a while.
    client = await asyncio.to_thread(web_client, settings)
    async with client:
        yield WebTransport(
            client, settings, notify, home=home, headers=headers, places=places, judge=judge, pause=pause
        )


def web_client(settings: SourceSettings) -> httpx.AsyncClient:
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
        raise FetchError(Reason(ReasonCode.ENVIRONMENT_UNFIT, names=(excerpt(str(error)),))) from error


def _is_of_certificate(error: BaseException | None) -> bool:
    """Whether a connection failed because the other side cannot prove who it is."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _told(error: BaseException) -> str:
    """What an exception says, or else what it is called."""
    return excerpt(str(error) or str(error.__cause__ or "") or type(error).__name__)
