"""Camofox for real: the server from its package with a real browser, on pages of a local nitter."""

import asyncio
from pathlib import Path

import pytest

from core.errors import FetchError
from core.models import Verdict
from core.transport.browser.tab import BrowserTab
from tests.kit.camofox import Camofox, running
from tests.kit.fetched import Fetching, fetching
from tests.kit.nitter_pages import (
    AUTHOR,
    FIRST,
    NEXT,
    PATH,
    ROOT,
    SECOND,
    THE_POST,
    error_page,
    two_pages,
)
from tests.kit.played import Played, http, page, silence_when_asked

pytestmark = pytest.mark.real


@pytest.fixture
def here(tmp_path: Path, nitter: Played, camofox: Camofox) -> Fetching:
    return fetching(tmp_path, nitter=(nitter.url,), camofox=camofox.url)


def told(here: Fetching, thread_id: int | None) -> dict[str, tuple[str | None, str | None, str]]:
    return {post.id: (post.author, post.parent_id, post.text) for post in here.posts(thread_id)}


def expected() -> dict[str, tuple[str | None, str | None, str]]:
    found: dict[str, tuple[str | None, str | None, str]] = {ROOT: (AUTHOR, None, THE_POST.text)}
    for reply in (*FIRST, *SECOND):
        found[reply.id] = (reply.author, ROOT, reply.text)
        found |= {answer.id: (answer.author, reply.id, answer.text) for answer in reply.answers}
    return found


async def test_a_browser_reads_both_pages_to_the_letter_and_leaves_no_tab(here: Fetching, camofox: Camofox) -> None:
    found = await here.by("camofox")
    assert (found.pages, found.reading.verdict, found.reading.format) == (2, Verdict.COMPLETE, "nitter")
    assert told(here, found.kept.thread_id) == expected()
    assert camofox.tabs() == 0


async def test_a_post_that_is_gone_is_said_and_leaves_no_tab(here: Fetching, nitter: Played, camofox: Camofox) -> None:
    nitter.routes[PATH] = http(404, error_page("Tweet not found"), "Content-Type: text/html")
    with pytest.raises(FetchError, match="Tweet not found"):
        await here.by("camofox")
    assert here.is_untouched
    assert camofox.tabs() == 0


async def test_a_page_that_first_asks_who_is_there_is_waited_for(here: Fetching, nitter: Played) -> None:
    first, _ = two_pages()
    asking = "<title>Verifying your browser</title><script>setTimeout(() => location.reload(), 2000)</script>"
    nitter.routes[PATH] = [page(asking), page(first)]
    found = await here.by("camofox")
    assert found.replies == 4
    assert any("asks the browser who it is" in said for said in here.heard.said)


async def test_a_page_that_stays_another_one_is_refused_by_its_title(
    here: Fetching, nitter: Played, camofox: Camofox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.transport.browser.transport.PATIENCE", 1.0)
    nitter.routes[PATH] = page("<title>Verifying your browser</title>")
    with pytest.raises(FetchError, match="asks who is browsing"):
        await here.by("camofox")
    assert camofox.tabs() == 0


async def test_an_instance_that_does_not_answer_is_said_in_words(here: Fetching, camofox: Camofox) -> None:
    here.settings = type(here.settings)(nitter=("http://nowhere.invalid",), camofox=camofox.url)
    with pytest.raises(FetchError, match="finds no such host") as caught:
        await here.by("camofox")
    assert "\x1b" not in str(caught.value)
    assert camofox.tabs() == 0


async def test_a_server_that_is_not_there_is_said_at_once(here: Fetching) -> None:
    here.settings = type(here.settings)(camofox="http://127.0.0.1:9")
    with pytest.raises(FetchError, match=r"no Camofox server answers at 127\.0\.0\.1:9; start it"):
        await here.by("camofox")


async def test_a_fetch_that_is_stopped_keeps_its_pages_and_closes_its_tab(
    here: Fetching, nitter: Played, camofox: Camofox
) -> None:
    asked = asyncio.Event()
    nitter.routes[NEXT] = silence_when_asked(asked)
    under_way = asyncio.create_task(here.by("camofox"))
    await asked.wait()
    under_way.cancel()
    found = await under_way
    assert (found.stopped, found.replies) == (True, 3)
    assert camofox.tabs() == 0


async def test_a_tab_that_is_lost_under_way_is_opened_anew(
    here: Fetching, camofox: Camofox, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = BrowserTab.evaluate
    lost: list[str] = []

    async def losing(self: BrowserTab, expression: str) -> object:
        if not lost and "fetch(" in expression:
            lost.append(self._tab)
            await self.call("DELETE", f"/tabs/{self._tab}?userId={self._user}", None)
        return await whole(self, expression)

    monkeypatch.setattr(BrowserTab, "evaluate", losing)
    found = await here.by("camofox")
    assert lost
    assert found.reading.verdict is Verdict.COMPLETE
    assert camofox.tabs() == 0


async def test_an_access_key_opens_the_server_and_stands_nowhere_else(tmp_path: Path, nitter: Played) -> None:
    with running("invented-key-0123456789") as locked:
        here = fetching(tmp_path, nitter=(nitter.url,), camofox=locked.url)
        with pytest.raises(FetchError, match="PULLQUOTE_CAMOFOX_KEY"):
            await here.by("camofox")
        here.settings = type(here.settings)(nitter=(nitter.url,), camofox=locked.url, keys={"camofox": locked.key})
        found = await here.by("camofox")
    assert found.replies == 4
    here.library.close()
    assert locked.key.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert locked.key not in repr(here.settings)
    assert not any(locked.key in str(request.headers) for request in nitter.requests)
