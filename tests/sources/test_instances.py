"""Instances of Nitter as they are on bad days, asked over HTTP and by a real browser: the same comes of both."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from core.errors import FetchError, Unreachable
from core.fetching import fetch
from core.models import PostStatus, Verdict
from core.reasons import Reason, ReasonCode
from core.sources import sources_for
from tests.kit.camofox import Camofox, running
from tests.kit.fetched import LINK, Fetching, fetching
from tests.kit.nitter_pages import (
    CURSOR,
    FIRST,
    NEXT,
    PATH,
    ROOT,
    SECOND,
    THE_POST,
    Said,
    error_page,
    status_page,
    two_pages,
)
from tests.kit.played import Played, Request, http, page, played
from tests.kit.sentences import sentence, sentences

SOURCES = ["nitter", pytest.param("camofox", marks=pytest.mark.real)]
CHALLENGE = (
    "<!doctype html><html><head><title>Making sure you're not a bot!</title></head>"
    '<body><p>Loading...</p><script id="anubis_challenge" type="application/json">{}</script></body></html>'
)
LOGIN = '<html><title>Sign in</title><body><form><input type="password" name="p"></form></body></html>'


@pytest.fixture(scope="module")
def browser() -> Iterator[Camofox]:
    with running() as found:
        yield found


@pytest.fixture(params=SOURCES)
def by(request: pytest.FixtureRequest) -> str:
    """The source that asks."""
    return str(request.param)


@pytest.fixture
def here(by: str, tmp_path: Path, nitter: Played, request: pytest.FixtureRequest, monkeypatch: Any) -> Fetching:
    """A library, and settings that name the played instance, and the browser where that asks."""
    monkeypatch.setattr("core.transport.browser.transport.PATIENCE", 3.0)
    camofox = request.getfixturevalue("browser").url if by == "camofox" else "http://127.0.0.1:9"
    return fetching(tmp_path, nitter=(nitter.url,), camofox=camofox, max_wait=5)


def pages_asked(server: Played) -> list[str]:
    """The status pages that were asked for, in their order."""
    return [target for target in server.asked if "/status/" in target]


@pytest.mark.parametrize("status", [500, 502, 503, 429])
async def test_a_failure_that_passes_costs_no_page(here: Fetching, by: str, nitter: Played, status: int) -> None:
    for path, html in zip((PATH, NEXT), two_pages(), strict=True):
        nitter.routes[path] = [http(status, "oops", "Retry-After: 1"), page(html)]
    found = await here.by(by)
    assert (found.pages, found.replies, found.reading.verdict) == (2, 4, Verdict.COMPLETE)


async def test_a_rate_limit_that_names_a_long_rest_breaks_the_fetch_off(
    here: Fetching, by: str, nitter: Played
) -> None:
    nitter.routes[NEXT] = http(429, error_page("Instance has been rate limited."), "Retry-After: 900")
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (3, Verdict.PARTIAL)
    assert "rate limited, and it wants 15 minutes of rest" in sentence(found.broken)
    assert pages_asked(nitter) == [PATH, NEXT]


async def test_a_refusal_that_is_a_rate_limit_is_waited_for(here: Fetching, by: str, nitter: Played) -> None:
    nitter.routes[NEXT] = [http(403, "slowly", "Retry-After: 1"), page(two_pages()[1])]
    assert (await here.by(by)).reading.verdict is Verdict.COMPLETE


@pytest.mark.parametrize(
    ("html", "kind"), [(CHALLENGE, "a page that asks who is browsing"), (LOGIN, "a login page"),
                       ("<html><body>Welcome to nginx</body></html>", "a web page")],
    ids=["challenge", "login", "other"],
)  # fmt: skip
async def test_a_page_of_another_kind_in_the_middle_is_said_and_asked_again_later(
    here: Fetching, by: str, nitter: Played, html: str, kind: str
) -> None:
    first = status_page(replace(THE_POST, replies=3), FIRST, cursor=CURSOR)
    nitter.routes |= {PATH: page(first), NEXT: page(html)}
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (3, Verdict.PARTIAL)
    assert kind in sentence(found.broken)
    assert "nother instance" in sentence(found.broken)
    nitter.requests.clear()
    nitter.routes[NEXT] = page(two_pages()[1])
    again = await here.by(by)
    assert (again.pages, again.replies, again.reading.verdict) == (2, 4, Verdict.COMPLETE)
    assert PATH not in nitter.asked


@pytest.mark.parametrize(
    "said",
    ["Tweet not found", "This account's tweets are protected.", 'User "brolly" has been suspended'],
)
@pytest.mark.parametrize("status", [200, 404])
async def test_nitters_own_words_are_passed_on_whatever_the_status(
    here: Fetching, by: str, nitter: Played, said: str, status: int
) -> None:
    nitter.routes[PATH] = http(status, error_page(said), "Content-Type: text/html")
    with pytest.raises(FetchError) as caught:
        await here.by(by)
    assert said.rstrip(".") in str(caught.value)
    assert "nstance" in str(caught.value) or "may be gone" in str(caught.value)
    assert here.is_untouched


async def test_a_post_that_is_shown_to_few_is_kept_as_what_it_is(here: Fetching, by: str, nitter: Played) -> None:
    hidden = replace(
        THE_POST, gone="You’re unable to view this Post because this account owner limits who can view it."
    )
    nitter.routes[PATH] = page(status_page(hidden, FIRST))
    found = await here.by(by)
    assert here.posts(found.kept.thread_id)[0].status is PostStatus.PROTECTED
    assert found.reading.root_id == ROOT


async def test_a_chain_below_a_post_that_is_not_shown_stays_a_reason(here: Fetching, by: str, nitter: Played) -> None:
    gone = Said(61, "", "abe_long", gone="This Post was deleted by the Post author.")
    cut = Said(60, "Which label?", answers=(gone,), more=True)
    nitter.routes[PATH] = page(status_page(replace(THE_POST, replies=1), [cut]))
    found = await here.by(by)
    assert found.reading.verdict is Verdict.PARTIAL
    assert [reason.code for reason in found.reading.reasons] == [ReasonCode.CUT_CHAINS_WITHOUT_LINK]
    parents = {post.id: (post.parent_id, post.status) for post in here.posts(found.kept.thread_id)}
    assert parents[gone.id] == (cut.id, PostStatus.DELETED)


async def test_a_chain_that_leads_elsewhere_is_not_followed(here: Fetching, by: str, nitter: Played) -> None:
    with played() as inside:
        inside.routes["/ada/status/7"] = page(status_page(Said(7, "secret", "ada"), []))
        links = [f"{inside.url}/ada/status/7", f"//{inside.url[7:]}/ada/status/8",
                 nitter.url.replace("//", "//brolly@") + "/ada/status/7", "http://[::1/ada/status/7"]  # fmt: skip
        cut = [Said(60 + number, "Which label?", more=link) for number, link in enumerate(links)]
        nitter.routes[PATH] = page(status_page(replace(THE_POST, replies=4), cut))
        found = await here.by(by)
        assert (found.replies, found.reading.verdict, found.broken) == (4, Verdict.PARTIAL, None)
        assert f"{len(links)} pages could not be had" in "; ".join(sentences(found.reading.reasons))
        assert inside.requests == []
    assert pages_asked(nitter) == [PATH]


async def test_a_base_in_the_page_leads_nowhere_else(here: Fetching, by: str, nitter: Played) -> None:
    with played() as inside:
        first, _ = two_pages()
        nitter.routes[PATH] = page(first.replace("<head>", f'<head><base href="{inside.url}/">'))
        found = await here.by(by)
        assert (found.replies, found.reading.verdict) == (4, Verdict.COMPLETE)
        assert not [target for target in inside.asked if "/status/" in target or "cursor" in target]


async def test_the_page_of_another_post_is_not_taken_for_the_one_that_was_asked_for(
    here: Fetching, by: str, nitter: Played
) -> None:
    stranger = status_page(Said(900, "Buy umbrellas", "tom"), [Said(901, "Two, please.")])
    nitter.routes[NEXT] = page(stranger)
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (3, Verdict.PARTIAL)
    assert "the page of another post" in sentence(found.broken)
    nitter.routes[PATH] = page(stranger)
    with pytest.raises(FetchError, match="the page of another post"):
        await here.by(by, restart=True)


async def test_a_further_page_that_is_another_posts_makes_the_thread_partial(
    here: Fetching, by: str, nitter: Played
) -> None:
    stranger = Said(900, "Buy umbrellas", "tom")
    link = f"/tom/status/{stranger.id}?cursor=tom"
    first = status_page(replace(THE_POST, replies=3), FIRST, cursor=CURSOR).replace(f"?cursor={CURSOR}", link)
    nitter.routes |= {PATH: page(first), link: page(status_page(stranger, [Said(901, "Two, please.")]))}
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (3, Verdict.PARTIAL)
    assert found.reading.reasons == (Reason(ReasonCode.PAGES_OF_OTHERS, (1,)),)


async def test_every_link_that_says_more_is_followed(here: Fetching, by: str, nitter: Played) -> None:
    other = '<div class="show-more"><a href="?cursor=other">Load more</a></div></body>'
    nitter.routes[PATH] = page(two_pages()[0].replace("</body>", other))
    nitter.routes[f"{PATH}?cursor=other"] = page(status_page(THE_POST, [Said(80, "Mine too.")]))
    assert (await here.by(by)).replies == 5


async def test_half_a_page_is_asked_for_again(here: Fetching, by: str, nitter: Played) -> None:
    whole = two_pages()[0]
    nitter.routes[PATH] = [page(whole[: len(whole) // 2]), page(whole)]
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (4, Verdict.COMPLETE)


async def test_a_redirect_to_another_site_is_noticed(here: Fetching, by: str, nitter: Played) -> None:
    with played() as inside:
        inside.routes[PATH] = page(two_pages()[0])
        nitter.routes[PATH] = http(302, "", f"Location: {inside.url}{PATH}")
        with pytest.raises(FetchError, match="another site"):
            await here.by(by)
    assert here.is_untouched


async def test_a_redirect_on_the_same_instance_is_followed(here: Fetching, by: str, nitter: Played) -> None:
    nitter.routes["/i/status/" + ROOT] = http(302, "", f"Location: {PATH}")
    found = await here.by(by, f"https://x.com/i/status/{ROOT}")
    assert found.replies == 4


async def test_a_page_that_was_moved_round_and_round_is_left(here: Fetching, by: str, nitter: Played) -> None:
    nitter.routes[PATH] = http(302, "", f"Location: {PATH}")
    with pytest.raises(FetchError, match="in a circle"):
        await here.by(by)


async def test_where_one_instance_is_limited_the_next_one_is_asked(here: Fetching, by: str, nitter: Played) -> None:
    with played() as second:
        second.routes |= nitter.routes
        nitter.routes = {PATH: http(429, error_page("Instance has been rate limited."), "Retry-After: 900")}
        here.settings = replace(here.settings, nitter=(nitter.url, second.url))
        found = await here.by(by)
        assert (found.pages, found.reading.verdict) == (2, Verdict.COMPLETE)
        assert (pages_asked(nitter), pages_asked(second)) == ([PATH], [PATH, NEXT])


async def test_where_one_instance_asks_who_is_there_the_next_one_is_asked(
    here: Fetching, by: str, nitter: Played
) -> None:
    with played() as second:
        second.routes |= nitter.routes
        nitter.routes = dict.fromkeys((PATH, NEXT), page(CHALLENGE))
        here.settings = replace(here.settings, nitter=(nitter.url, second.url))
        found = await here.by(by)
        assert (found.pages, found.reading.verdict) == (2, Verdict.COMPLETE)
        assert pages_asked(second) == [PATH, NEXT]


async def test_a_fetch_that_a_browser_and_a_client_share_leaves_a_limited_instance_alone(
    here: Fetching, by: str, nitter: Played
) -> None:
    nitter.routes[PATH] = http(429, error_page("Instance has been rate limited."), "Retry-After: 900")
    here.settings = replace(here.settings, order=("nitter", "camofox"))
    with pytest.raises(FetchError) as caught:
        await fetch(here.library, LINK, sources_for(LINK, here.settings), print, print)
    assert str(caught.value).count("15 minutes of rest") == 2
    assert len(pages_asked(nitter)) == 1


async def test_an_instance_that_fails_for_long_is_given_up(here: Fetching, by: str, nitter: Played) -> None:
    nitter.routes[PATH] = http(502, "oops", "Retry-After: 0")
    with pytest.raises(Unreachable, match="502 Bad Gateway"):
        await here.by(by)


async def test_a_page_that_a_script_of_its_own_opens_is_asked_by_the_browser_alone(
    here: Fetching, by: str, nitter: Played
) -> None:
    pages = dict(zip((PATH, NEXT), two_pages(), strict=True))

    def guarded(request: Request) -> bytes:
        """A page for whoever has the cookie that its question sets."""
        if "let-in=1" in request.headers.get("cookie", ""):
            return page(pages[request.target])
        return page(
            "<title>Just a moment...</title><script>document.cookie = 'let-in=1';"
            "setTimeout(() => location.reload(), 500)</script>"
        )

    nitter.routes = {PATH: guarded}
    if by == "nitter":
        with pytest.raises(Unreachable, match="--source camofox"):
            await here.by(by)
        return
    found = await here.by(by)
    assert (found.pages, found.replies, found.reading.verdict) == (2, 4, Verdict.COMPLETE)
    assert nitter.asked.count(NEXT) == 1


async def test_no_picture_is_asked_for_and_two_pages_lie_apart(
    here: Fetching, by: str, nitter: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.sources.nitter.PAUSE", 1.0)
    moments: dict[str, float] = {}

    def noted(html: str) -> Callable[[Request], bytes]:
        def answer(request: Request) -> bytes:
            moments[request.target] = monotonic()
            return page(html)

        return answer

    nitter.routes = dict(zip((PATH, NEXT), map(noted, two_pages()), strict=True))
    await here.by(by)
    assert not [target for target in nitter.asked if "/pic/" in target]
    assert moments[NEXT] - moments[PATH] > 0.9


async def test_a_page_that_leads_on_to_another_site_by_itself_is_not_read(
    here: Fetching, by: str, nitter: Played
) -> None:
    with played() as other:
        other.routes[PATH] = page(two_pages()[0])
        nitter.routes[PATH] = page(f'<meta http-equiv="refresh" content="0; url={other.url}{PATH}">')
        with pytest.raises(FetchError, match="another site" if by == "camofox" else "a web page"):
            await here.by(by)
    assert here.is_untouched


async def test_an_instance_whose_pages_let_no_script_ask_is_opened_page_by_page(
    here: Fetching, by: str, nitter: Played
) -> None:
    forbids = "Content-Security-Policy: connect-src 'none'"
    nitter.routes["/robots.txt"] = http(200, "", "Content-Type: text/plain", forbids)
    for path, html in zip((PATH, NEXT), two_pages(), strict=True):
        nitter.routes[path] = http(200, html, "Content-Type: text/html; charset=utf-8", forbids)
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (4, Verdict.COMPLETE)


@pytest.mark.parametrize("light", [b"", http(302, "", "Location: http://8.8.8.8/"), http(502, "oops")])
async def test_an_instance_without_a_light_page_is_asked_all_the_same(
    here: Fetching, by: str, nitter: Played, light: bytes
) -> None:
    nitter.routes["/robots.txt"] = light
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (4, Verdict.COMPLETE)


async def test_an_instance_that_turns_scripts_away_is_opened_page_by_page(
    here: Fetching, by: str, nitter: Played
) -> None:
    pages = dict(zip((PATH, NEXT), two_pages(), strict=True))

    def guarded(request: Request) -> bytes:
        is_script = request.headers.get("sec-fetch-dest") == "empty"
        return http(403, "Forbidden") if is_script else page(pages[request.target])

    nitter.routes = {PATH: guarded}
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (4, Verdict.COMPLETE)


async def test_a_packed_page_is_read(here: Fetching, by: str, nitter: Played) -> None:
    for path, html in zip((PATH, NEXT), two_pages(), strict=True):
        body = gzip.compress(html.encode())
        nitter.routes[path] = http(200, body, "Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip")
    assert (await here.by(by)).reading.verdict is Verdict.COMPLETE


async def test_a_page_nested_without_end_costs_no_more_than_a_moment(here: Fetching, by: str, nitter: Played) -> None:
    nitter.routes[NEXT] = page(two_pages()[1].replace("</body>", "<div>" * 100_000 + "</body>"))
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (3, Verdict.PARTIAL)
    assert "nested too deeply" in sentence(found.broken)


async def test_pages_that_lead_round_and_round_are_each_asked_once(here: Fetching, by: str, nitter: Played) -> None:
    third = f"{PATH}?cursor=third"
    replies = [Said(80, "Mine too.")]
    nitter.routes[NEXT] = page(status_page(THE_POST, SECOND, cursor="third"))
    nitter.routes[third] = page(status_page(THE_POST, replies, cursor=CURSOR))
    await here.by(by)
    assert pages_asked(nitter) == [PATH, NEXT, third]
