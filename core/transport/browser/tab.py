"""A tab of a Camofox server's browser: what the server can do with it, and each way in which that fails."""

import asyncio
import json
import secrets
from http import HTTPStatus
from typing import Any

import httpx

from core.errors import FetchError
from core.reasons import Reason, ReasonCode
from core.transport import Notify, SourceSettings
from core.transport.browser.errors import Busy, NoEvaluate, PageStatus, TabLost, failure_of
from core.transport.unpacking import unpacked_body

EVALUATE_TAKES = 45
"""Seconds; the server itself gives an expression 30."""
_CLOSING_TAKES = 10.0
_WINDOW = 74_800
"""Characters of a snapshot in one window, before the page's end is repeated."""


class BrowserTab:
    """One tab, opened with the first page and anew where it is lost; `who` is what sentences call the server."""

    def __init__(self, client: httpx.AsyncClient, who: str, settings: SourceSettings, notify: Notify) -> None:
        self.who = who
        self._client, self._settings, self._notify = client, settings, notify
        self._user = f"pullquote-{secrets.token_hex(4)}"
        self._tab = ""
        self._asked = False

    async def open(self) -> bool:
        """Open the tab where it is not; whether that was to be done."""
        if self._tab:
            return False
        self._asked = True
        made = await self.call("POST", "/tabs", {"userId": self._user, "sessionKey": "pullquote"})
        self._tab = str(made.get("tabId") or "")
        return True

    def lose(self) -> None:
        """Take it that the tab is gone."""
        self._tab = ""

    async def can_evaluate(self) -> bool:
        """Whether the server reads pages by `evaluate`, as it does since March 2026."""
        try:
            await self.evaluate("1")
        except NoEvaluate:
            return False
        return True

    async def navigate(self, url: str) -> int | None:
        """Have the browser open an address; its HTTP status, None where the server does not give it."""
        asked = {"userId": self._user, "url": url}
        try:
            here = await self.call("POST", f"/tabs/{self._tab}/navigate", asked, "navigate")
        except PageStatus as error:
            # The page is there all the same, be it an error's or one that asks who is browsing.
            return error.status
        status = here.get("httpStatus")
        return status if isinstance(status, int) else None

    async def evaluate(self, expression: str) -> Any:
        """What a script's expression gives on the page."""
        asked = {"userId": self._user, "expression": expression}
        return (await self.call("POST", f"/tabs/{self._tab}/evaluate", asked, "evaluate")).get("result")

    async def snapshot(self) -> tuple[str, str]:
        """The page's address, and its whole accessibility snapshot, of all windows.

        A window is 74,800 characters from its offset on, a line that says so, and the page's last 5,000 once more.
        """
        parts, offset = [], 0
        while True:
            query = f"/tabs/{self._tab}/snapshot?userId={self._user}&offset={offset}"
            window = await self.call("GET", query, None, "snapshot")
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
        return str(window.get("url") or ""), "".join(parts)

    async def call(self, method: str, path: str, asked: object, route: str = "") -> dict[str, Any]:
        """What the server answers. Raises FetchError, in words, for each way in which it fails."""
        try:
            async with (
                asyncio.timeout(max(self._settings.fetch_timeout, EVALUATE_TAKES)),
                self._client.stream(method, path, json=asked) as response,
            ):
                encoding = response.headers.get("content-encoding", "")
                limit = self._settings.max_answer_mb * 2**20
                data = await unpacked_body(response.aiter_raw(), encoding, limit, self.who)
        except httpx.ConnectError as error:
            raise FetchError(Reason(ReasonCode.NO_CAMOFOX, names=(self.who.removeprefix("Camofox at "),))) from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise Busy(Reason(ReasonCode.CAMOFOX_TOO_SLOW, names=(self.who,))) from error
        except httpx.TransportError as error:
            raise Busy(Reason(ReasonCode.CAMOFOX_BROKE, names=(self.who,))) from error
        if response.status_code != HTTPStatus.OK:
            raise failure_of(self.who, response.status_code, data, route)
        try:
            value = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise FetchError(Reason(ReasonCode.CAMOFOX_NO_JSON, names=(self.who,))) from error
        return value if isinstance(value, dict) else {}

    async def close(self) -> None:
        """Close the tab, and with it all that was opened for it."""
        if not self._asked:
            return
        try:
            async with asyncio.timeout(_CLOSING_TAKES):
                if self._tab:
                    await self.call("DELETE", f"/tabs/{self._tab}?userId={self._user}", None)
                await self.call("DELETE", f"/sessions/{self._user}", None)
        except (FetchError, TimeoutError) as error:
            if self._tab and not isinstance(error, TabLost):
                slow = Reason(ReasonCode.CAMOFOX_TOO_SLOW, names=(self.who,))
                told = error.reason if isinstance(error, FetchError) else slow
                self._notify(Reason(ReasonCode.TAB_MAY_BE_OPEN, names=(self.who,), causes=(told,)))
