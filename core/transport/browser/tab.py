"""Asking through a Camofox server: one tab of a real browser, closed whatever happens."""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import httpx

from core.errors import FetchError, Unreachable
from core.models import Payload
from core.readers.kit.fetcher_errors import what_it_says
from core.reasons import Reason, ReasonCode
from core.transport import Notify, Request, SourceSettings
from core.transport.addresses import host_of, is_private
from core.transport.browser.errors import Busy, NoEvaluate, TabLost, failure_of
from core.transport.unpacking import unpacked_body
from core.transport.waiting import count_down, growing_wait

TRIES = 4
"""Attempts at one page, the first one included."""
PATIENCE = 30.0
"""Seconds for which a page may ask the browser who it is, before it is taken for what it shows."""
_LOOK_AGAIN = 1.0
_EVALUATE_TAKES = 45
"""Seconds; the server itself gives an expression 30."""
_CLOSING_TAKES = 10.0
_WINDOW = 74_800
"""Characters of a snapshot in one window, before the page's end is repeated."""
_PAGE = "document.readyState === 'loading' ? '' : document.documentElement.outerHTML"
_SIGNS = ("main-tweet", "error-panel", "timeline-item")
"""What a Nitter page has that is no question to the browser."""
_ASKING = (None, 200, 403, 429, 503)
"""Statuses of pages that ask the browser who it is; an older server does not give the status."""
_CLOSED_NOW = frozenset({429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


class BrowserTransport:
    """Carries requests as pages that the browser opens."""

    def __init__(self, client: httpx.AsyncClient, who: str, settings: SourceSettings, notify: Notify) -> None:
        self._client, self._who, self._settings, self._notify = client, who, settings, notify
        self._user = f"pullquote-{secrets.token_hex(4)}"
        self._tab = ""
        self.first_wait, self.patience = 2.0, PATIENCE

    async def fetch(self, request: Request) -> Payload:
        """The page at the request's address. Raises FetchError, and Unreachable where it may come later."""
        for tried in range(1, TRIES + 1):
            try:
                return Payload(request.url, await self._page(request.url), int(time.time()))
            except Unreachable as error:
                if isinstance(error, TabLost):
                    self._tab = ""
                if tried == TRIES:
                    raise
                wait = min(growing_wait(self.first_wait, tried), self._settings.max_wait)
                await count_down(wait, error.reason, self._notify)
        raise AssertionError

    async def _page(self, url: str) -> bytes:
        """The page's HTML as the browser has it, or a snapshot where the server gives no other."""
        if not self._tab:
            made = await self._call("POST", "/tabs", {"userId": self._user, "sessionKey": "pullquote"})
            self._tab = str(made.get("tabId") or "")
        here = await self._call("POST", f"/tabs/{self._tab}/navigate", {"userId": self._user, "url": url}, "navigate")
        status = here.get("httpStatus")
        try:
            html = await self._settled(self.patience if status in _ASKING else self.patience / 10)
        except NoEvaluate:
            return await self._snapshot(url)
        if not any(sign in html for sign in _SIGNS):
            self._refuse(url, status, what_it_says(html.encode("utf-8", "replace")))
        return b"<!DOCTYPE html>\n" + html.encode("utf-8", "replace")

    def _refuse(self, url: str, status: object, shown: str) -> None:
        """Raise what is to be said of a page that is none of Nitter's."""
        code = status if isinstance(status, int) else None
        names = (host_of(url), (shown or "an empty page") + (f" ({code})" if code else ""))
        if code in _CLOSED_NOW:
            raise Unreachable(Reason(ReasonCode.BROWSER_SHOWS_PASSING, names=names), code)
        raise FetchError(Reason(ReasonCode.BROWSER_SHOWS, names=names), code)

    async def _settled(self, patience: float) -> str:
        """The page's HTML once it is a page of Nitter, or the patience is at its end."""
        until = time.monotonic() + patience
        html = ""
        while True:
            try:
                html = str(await self._evaluate(_PAGE) or "")
            except FetchError as error:
                # A page that goes on to another one takes the expression with it.
                if isinstance(error, TabLost | NoEvaluate) or time.monotonic() > until:
                    raise
            if any(sign in html for sign in _SIGNS) or time.monotonic() > until:
                return html
            self._notify(Reason(ReasonCode.PAGE_ASKS_BROWSER, names=(self._who,)))
            await asyncio.sleep(_LOOK_AGAIN)

    async def _evaluate(self, expression: str) -> object:
        """What a script's expression gives on the page."""
        asked = {"userId": self._user, "expression": expression}
        return (await self._call("POST", f"/tabs/{self._tab}/evaluate", asked, "evaluate")).get("result")

    async def _snapshot(self, url: str) -> bytes:
        """The whole accessibility snapshot, of all windows, as the server would answer it in one.

        A window is 74,800 characters from its offset on, a line that says so, and the page's last 5,000 once more.
        """
        parts, offset = [], 0
        while True:
            query = f"/tabs/{self._tab}/snapshot?userId={self._user}&offset={offset}"
            window = await self._call("GET", query, None, "snapshot")
            text, total = str(window.get("snapshot") or ""), window.get("totalChars")
            if not isinstance(total, int) or not window.get("truncated"):
                parts.append(text)
                break
            size = min(_WINDOW, total - offset)
            parts.append(text[:size])
            following = window.get("nextOffset")
            if not window.get("hasMore") or not isinstance(following, int) or following <= offset:
                rest = total - offset - size
                parts.append(text[-rest:] if rest > 0 else "")
                break
            offset = following
        whole = "".join(parts)
        answer = {"url": url, "snapshot": whole, "refsCount": 0, "truncated": False, "totalChars": len(whole)}
        return json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")

    async def _call(self, method: str, path: str, asked: object, route: str = "") -> dict[str, Any]:
        """What the server answers. Raises FetchError, in words, for each way in which it fails."""
        try:
            async with (
                asyncio.timeout(max(self._settings.fetch_timeout, _EVALUATE_TAKES)),
                self._client.stream(method, path, json=asked) as response,
            ):
                encoding = response.headers.get("content-encoding", "")
                limit = self._settings.max_answer_mb * 2**20
                data = await unpacked_body(response.aiter_raw(), encoding, limit, self._who)
        except httpx.ConnectError as error:
            raise FetchError(Reason(ReasonCode.NO_CAMOFOX, names=(self._who.removeprefix("Camofox at "),))) from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise Busy(Reason(ReasonCode.CAMOFOX_TOO_SLOW, names=(self._who,))) from error
        except httpx.TransportError as error:
            raise Busy(Reason(ReasonCode.CAMOFOX_BROKE, names=(self._who,))) from error
        if response.status_code != HTTPStatus.OK:
            raise failure_of(self._who, response.status_code, data, route)
        try:
            value = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise FetchError(Reason(ReasonCode.CAMOFOX_NO_JSON, names=(self._who,))) from error
        return value if isinstance(value, dict) else {}

    async def close(self) -> None:
        """Close the tab, and with it all that was opened for it."""
        try:
            async with asyncio.timeout(_CLOSING_TAKES):
                if self._tab:
                    await self._call("DELETE", f"/tabs/{self._tab}?userId={self._user}", None)
                await self._call("DELETE", f"/sessions/{self._user}", None)
        except (FetchError, TimeoutError) as error:
            self._notify(Reason(ReasonCode.TAB_MAY_BE_OPEN, names=(self._who, str(error))))


@asynccontextmanager
async def browser_transport(settings: SourceSettings, notify: Notify) -> AsyncIterator[BrowserTransport]:
    """A transport through the Camofox server of the settings; its tab is closed at the end."""
    key = settings.keys.get("camofox", "")
    host = host_of(settings.camofox)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    timeout = httpx.Timeout(max(settings.fetch_timeout, _EVALUATE_TAKES), connect=10.0)
    # A proxy is for the way out, which is the browser's; the server itself is mostly on this machine.
    inside = await is_private(host.rpartition(":")[0])
    async with httpx.AsyncClient(
        base_url=settings.camofox.rstrip("/"), headers=headers, timeout=timeout, trust_env=not inside
    ) as client:
        opened = BrowserTransport(client, f"Camofox at {host}", settings, notify)
        try:
            yield opened
        finally:
            await opened.close()
