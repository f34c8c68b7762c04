"""Asking through a Camofox server: a script fetches the pages in the browser, which opens those that ask for it.

A page that a script fetches comes to the letter, with its status and headers, and none of its pictures is loaded. One
that asks the browser who it is has to be opened, and so has every page where a server gives snapshots only.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

from core.errors import FetchError, Unreachable
from core.readers.kit.page_kinds import asks_who, page_kind, page_title
from core.reasons import Reason, ReasonCode
from core.text.links import origin
from core.transport import Notify, SourceSettings
from core.transport.addresses import host_of, is_private, is_same_site, spoken_host
from core.transport.answers import Answer, TryAgain, is_limited
from core.transport.browser.errors import Busy, NoEvaluate, TabLost
from core.transport.browser.tab import EVALUATE_TAKES, BrowserTab
from core.transport.patience import Judge, PatientTransport

PATIENCE = 30.0
"""Seconds for which a page may ask the browser who it is, before it is taken for what it shows."""
_LOOK_AGAIN = 1.0
_FETCH_TAKES = 25
"""Seconds at the most for a page that a script fetches; the server itself gives a script 30."""
_LIGHT_PAGE = "/robots.txt"
"""A page of every site that has no pictures; from it the others can be fetched."""
_HERE = "[location.href, document.readyState === 'loading' ? '' : document.documentElement.outerHTML]"
_FETCH = """(async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), %d);
  let isForbidden = false;
  document.addEventListener('securitypolicyviolation', () => { isForbidden = true; });
  const ask = (more) => fetch(%s, {
    cache: 'no-store', credentials: 'same-origin', headers: {Accept: 'text/html'}, signal: stop.signal, ...more,
  });
  try {
    const answer = await ask({mode: 'same-origin'});
    const headers = Object.fromEntries(answer.headers);
    return {url: answer.url, status: answer.status, headers, text: await answer.text()};
  } catch (error) {
    const failed = String(error);
    await new Promise((resume) => setTimeout(resume, 50));
    if (isForbidden || stop.signal.aborted) return {failed, isForbidden, isLate: stop.signal.aborted};
    try {
      return {failed, isSentElsewhere: (await ask({redirect: 'manual'})).type === 'opaqueredirect'};
    } catch { return {failed}; }
  }
})()"""
"""Follows redirects on the same server only: to another one nothing is sent."""
_NOT_FOR_SCRIPTS = (401, 403, 405, 406)
"""Statuses with which a server may turn a script away that would let a browser in."""
_MOST_TURNED_AWAY = 2
_SIGNS = ("main-tweet", "error-panel", "timeline-item")
"""What a Nitter page has that is no question to the browser."""
_SNAPSHOT_SIGNS = ("/status/", "/about")
"""What the snapshot of a Nitter page has: links to posts, or those that stand above every page."""


class BrowserTransport(PatientTransport):
    """Carries requests as pages that the browser fetches or opens."""

    def __init__(self, tab: BrowserTab, settings: SourceSettings, notify: Notify, **patience: Any) -> None:
        super().__init__(settings, notify, **patience)
        self._tab = tab
        self._stands_at = ""
        """The server whose light page, or another one, the tab shows."""
        self._turned_away: Counter[str] = Counter()
        """How often in a row each server has not given a page to a script."""
        self._can_evaluate = True

    async def _ask(self, url: str) -> Answer:
        """One try. Raises TryAgain or FetchError."""
        try:
            if await self._tab.open():
                self._stands_at, self._can_evaluate = "", await self._tab.can_evaluate()
                if not self._can_evaluate:
                    self._notify(Reason(ReasonCode.SNAPSHOTS_ONLY, names=(self._tab.who,)))
            if not self._can_evaluate:
                return await self._seen(url)
            if self._turned_away[origin(url)] < _MOST_TURNED_AWAY and await self._stand_at(url):
                answer = await self._fetched(url)
                if answer is not None:
                    self._turned_away[origin(url)] = 0
                    return answer
                self._turned_away[origin(url)] += 1
                await asyncio.sleep(self._pause)
            return await self._opened(url)
        except TabLost as error:
            self._tab.lose()
            raise TryAgain(error.reason) from error
        except NoEvaluate as error:
            raise FetchError(error.reason) from error
        except Busy as error:
            raise TryAgain(error.reason) from error

    async def _stand_at(self, url: str) -> bool:
        """Have the tab show a page of the server that is to be asked; whether it does."""
        if self._stands_at != origin(url):
            try:
                await self._tab.navigate(origin(url) + _LIGHT_PAGE)
                self._refuse_elsewhere(url, str(await self._tab.evaluate("location.href")))
            except (TabLost, NoEvaluate):
                raise
            except FetchError:
                # What there is of the page that is wanted is told by opening it.
                return False
            self._stands_at = origin(url)
            await asyncio.sleep(self._pause)
        return True

    async def _fetched(self, url: str) -> Answer | None:
        """The page as a script fetches it; None where the browser has to open it."""
        path = url.removeprefix(origin(url)) or "/"
        seconds = min(self._settings.fetch_timeout, _FETCH_TAKES)
        found = await self._tab.evaluate(_FETCH % (seconds * 1000, json.dumps(path)))
        found = found if isinstance(found, dict) else {}
        if found.get("isForbidden"):
            return None
        if found.get("isSentElsewhere"):
            raise FetchError(Reason(ReasonCode.BROWSER_SENT_ELSEWHERE, names=(spoken_host(url),)))
        if found.get("isLate"):
            raise TryAgain(Reason(ReasonCode.NO_ANSWER_IN_TIME, (seconds,)))
        if "text" not in found:
            raise TryAgain(Reason(ReasonCode.CONNECTION_BROKE, names=(str(found.get("failed") or "?"),)))
        text, status = str(found["text"]), int(found["status"])
        headers = {str(name).lower(): str(value) for name, value in dict(found["headers"]).items()}
        answer = Answer(str(found["url"]), status, text.encode("utf-8", "replace"), headers)
        if _asks_browser(text, status):
            self._notify(Reason(ReasonCode.PAGE_ASKS_BROWSER, names=(self._tab.who,)))
            return None
        return None if status in _NOT_FOR_SCRIPTS and not is_limited(answer) else answer

    async def _opened(self, url: str) -> Answer:
        """The page as the browser has it once it is open and asks no more."""
        self._stands_at = ""
        status = await self._tab.navigate(url)
        here, html = await self._settled(self._looked_at, lambda html: not _asks_browser(html, status))
        self._refuse_elsewhere(url, here)
        self._stands_at = origin(url)
        if _asks_browser(html, status):
            names = (spoken_host(url), page_kind(html), page_title(html))
            raise Unreachable(Reason(ReasonCode.BROWSER_SHOWS, names=names), status)
        # What a page said before it let the browser in is not said of what it shows.
        is_nitter = any(sign in html for sign in _SIGNS)
        data = b"<!DOCTYPE html>\n" + html.encode("utf-8", "replace")
        return Answer(here, None if is_nitter else status, data)

    async def _seen(self, url: str) -> Answer:
        """The page as a snapshot, as one answer of the server would be."""
        status = await self._tab.navigate(url)
        here, text = await self._settled(self._tab.snapshot, lambda text: any(sign in text for sign in _SNAPSHOT_SIGNS))
        self._refuse_elsewhere(url, here)
        is_nitter = any(sign in text for sign in _SNAPSHOT_SIGNS)
        answer = {"url": url, "snapshot": text, "refsCount": 0, "truncated": False, "totalChars": len(text)}
        data = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
        return Answer(here, None if is_nitter else status, data)

    async def _looked_at(self) -> tuple[str, str]:
        """Where the tab is, and its HTML as the browser has it; nothing while it goes on to another page."""
        try:
            here, html = await self._tab.evaluate(_HERE)
        except (TypeError, ValueError):
            return "", ""
        except FetchError as error:
            if isinstance(error, TabLost | NoEvaluate):
                raise
            return "", ""
        return str(here), str(html)

    async def _settled(self, look: "Callable[[], Any]", is_settled: Callable[[str], bool]) -> tuple[str, str]:
        """What a page is once it asks no more, or the patience is at its end."""
        until = time.monotonic() + PATIENCE
        while True:
            here, text = await look()
            if (text and is_settled(text)) or time.monotonic() > until:
                return here, text
            self._notify(Reason(ReasonCode.PAGE_ASKS_BROWSER, names=(self._tab.who,)))
            await asyncio.sleep(_LOOK_AGAIN)

    def _refuse_elsewhere(self, url: str, here: str) -> None:
        """Raise FetchError where the browser has been sent to another site."""
        if urlsplit(here).scheme in ("http", "https") and not is_same_site(here, origin(url)):
            raise FetchError(Reason(ReasonCode.BROWSER_ELSEWHERE, names=(spoken_host(url), spoken_host(here))))


def _asks_browser(html: str, status: int | None) -> bool:
    """Whether a page is one that a browser may get past: it asks who is browsing, or leads on by itself."""
    if any(sign in html for sign in _SIGNS):
        return False
    leads_on = status in (None, 200) and ("<script" in html or "http-equiv" in html)
    return leads_on or asks_who(html)


@asynccontextmanager
async def browser_transport(
    settings: SourceSettings,
    notify: Notify,
    *,
    places: Sequence[str],
    judge: Judge | None = None,
    pause: float = 0.0,
) -> AsyncIterator[BrowserTransport]:
    """A transport through the Camofox server of the settings; its tab is closed at the end."""
    key = settings.keys.get("camofox", "")
    host = host_of(settings.camofox)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    timeout = httpx.Timeout(max(settings.fetch_timeout, EVALUATE_TAKES), connect=10.0)
    # A proxy is for the way out, which is the browser's; the server itself is mostly on this machine.
    inside = await is_private(urlsplit(settings.camofox).hostname or "")
    async with httpx.AsyncClient(
        base_url=settings.camofox.rstrip("/"), headers=headers, timeout=timeout, trust_env=not inside
    ) as client:
        tab = BrowserTab(client, f"Camofox at {host}", settings, notify)
        try:
            yield BrowserTransport(tab, settings, notify, places=places, judge=judge, pause=pause)
        finally:
            await tab.close()
