"""An older Camofox, which gives snapshots only: what they have comes whole, and what they lack is said."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FetchError
from core.models import Verdict
from core.reasons import Reason, ReasonCode
from tests.kit.camofox import Camofox, older
from tests.kit.fetched import Fetching, fetching
from tests.kit.nitter_pages import FIRST, NEXT, PATH, ROOT, THE_POST, Said, error_page, status_page, two_pages
from tests.kit.played import Played, http, page, played

pytestmark = pytest.mark.real


@pytest.fixture
def here(tmp_path: Path, nitter: Played, camofox: Camofox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fetching]:
    monkeypatch.setattr("core.transport.browser.transport.PATIENCE", 8.0)
    with older(camofox) as server:
        yield fetching(tmp_path, nitter=(nitter.url,), camofox=server.url)


async def test_a_long_page_comes_as_joined_snapshots_and_what_is_lost_is_said(
    here: Fetching, nitter: Played, camofox: Camofox
) -> None:
    replies = [Said(100 + number, f"Reply {number}: " + "the labels of the museum " * 12) for number in range(300)]
    nitter.routes[PATH] = page(status_page(THE_POST, replies))
    found = await here.by("camofox")
    assert found.reading.format == "camofox"
    kept = {post.id: " ".join(post.text.split()) for post in here.posts(found.kept.thread_id)}
    assert {reply.id: kept.get(reply.id) for reply in replies} == {
        reply.id: " ".join(reply.text.split()) for reply in replies
    }
    (data,) = here.library.connection.execute("SELECT data FROM payload").fetchone()
    assert json.loads(data)["totalChars"] > 80_000
    assert any("line breaks" in said for said in here.heard.said)
    assert camofox.tabs() == 0


async def test_all_pages_and_cut_chains_are_followed(here: Fetching, nitter: Played) -> None:
    cut = Said(41, "Which museum?", replies=1, more=True)
    nitter.routes |= {
        PATH: page(status_page(replace(THE_POST, replies=6), [*FIRST, cut], cursor=NEXT.partition("=")[2])),
        f"/{cut.author}/status/{cut.id}": page(status_page(cut, [Said(42, "The third one.")], above=[THE_POST])),
    }
    found = await here.by("camofox")
    assert (found.pages, found.replies, found.reading.verdict) == (3, 6, Verdict.COMPLETE)
    parents = {post.id: post.parent_id for post in here.posts(found.kept.thread_id)}
    assert (parents[cut.id], parents[Said(42, "").id]) == (ROOT, cut.id)


async def test_a_chain_that_is_left_alone_makes_the_thread_partial(here: Fetching, nitter: Played) -> None:
    here.settings = replace(here.settings, deep=False)
    nitter.routes[PATH] = page(status_page(replace(THE_POST, replies=1), [Said(41, "Which museum?", more=True)]))
    found = await here.by("camofox")
    assert ReasonCode.CUT_CHAINS in {reason.code for reason in found.reading.reasons}


@pytest.mark.parametrize("link", ["a", "div"])
async def test_a_chain_below_a_post_that_is_not_shown_makes_the_thread_partial(
    here: Fetching, nitter: Played, link: str
) -> None:
    gone = Said(61, "", "abe_long", gone="This Post was deleted by the Post author.")
    cut = Said(60, "Which label?", answers=(gone,), more=True)
    html = status_page(replace(THE_POST, replies=1), [cut, Said(70, "more replies")])
    nitter.routes[PATH] = page(html.replace('<a class="unavailable-box"', f'<{link} class="unavailable-box"'))
    found = await here.by("camofox")
    assert found.reading.verdict is Verdict.PARTIAL
    assert found.reading.reasons == (Reason(ReasonCode.CUT_CHAINS_WITHOUT_LINK, (1,)),)


async def test_a_page_that_makes_one_wait_is_waited_for(here: Fetching, nitter: Played) -> None:
    asking = "<title>Loading</title><p>Loading...</p><script>setTimeout(() => location.reload(), 1500)</script>"
    nitter.routes[PATH] = [page(asking), page(two_pages()[0])]
    found = await here.by("camofox")
    assert (found.replies, found.reading.verdict) == (4, Verdict.COMPLETE)


@pytest.mark.parametrize(
    ("html", "told"),
    [(error_page("Tweet not found"), "says: Tweet not found"),
     ("<title>Just a moment...</title><p>Verifying your browser</p>", "a page that asks who is browsing"),
     (status_page(Said(900, "Buy umbrellas", "tom"), []), "the page of another post")],
    ids=["gone", "asks", "another"],
)  # fmt: skip
async def test_a_page_that_is_not_the_one_asked_for_is_said(
    here: Fetching, nitter: Played, html: str, told: str
) -> None:
    nitter.routes[PATH] = page(html)
    with pytest.raises(FetchError, match=told):
        await here.by("camofox")
    assert here.is_untouched


async def test_a_page_of_another_site_is_not_read(here: Fetching, nitter: Played) -> None:
    with played() as other:
        other.routes[PATH] = page(two_pages()[0])
        nitter.routes[PATH] = http(302, "", f"Location: {other.url}{PATH}")
        with pytest.raises(FetchError, match="another site"):
            await here.by("camofox")
    assert here.is_untouched
