"""Instances of Nitter as they are on bad days, asked over HTTP and by a real browser: the same comes of both."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

import pytest

from core.errors import FetchError, Unreachable
from core.fetching import fetch
from core.models import PostStatus, Verdict
from core.sources import sources_for
from tests.kit.fetched import LINK, Fetching
from tests.kit.instances import CHALLENGE, LOGIN, pages_asked
from tests.kit.nitter_pages import (
    CURSOR,
    FIRST,
    NEXT,
    PATH,
    ROOT,
    THE_POST,
    error_page,
    status_page,
    two_pages,
)
from tests.kit.played import Played, Request, http, page, played, silence
from tests.kit.sentences import sentence


@pytest.fixture
def here(at_instance: Fetching) -> Fetching:
    return at_instance


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


async def test_half_a_page_is_asked_for_again(here: Fetching, by: str, nitter: Played) -> None:
    whole = two_pages()[0]
    nitter.routes[PATH] = [page(whole[: len(whole) // 2]), page(whole)]
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (4, Verdict.COMPLETE)


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


async def test_an_instance_that_is_not_there_is_passed_over(here: Fetching, by: str, nitter: Played) -> None:
    with played() as ended:
        pass
    here.settings = replace(here.settings, nitter=(ended.url, nitter.url))
    found = await here.by(by)
    assert (found.pages, found.reading.verdict) == (2, Verdict.COMPLETE)


async def test_a_page_that_does_not_come_in_time_is_asked_for_again(here: Fetching, by: str, nitter: Played) -> None:
    here.settings = replace(here.settings, fetch_timeout=3)
    nitter.routes[NEXT] = [silence, page(two_pages()[1])]
    found = await here.by(by)
    assert (found.pages, found.reading.verdict) == (2, Verdict.COMPLETE)
    assert any("no whole answer within 3 s" in said for said in here.heard.said)
