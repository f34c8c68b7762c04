"""Tokens and logins: to whom they go, and that a refusal or a partial thread names the one that would help."""

from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest

from core.errors import FetchError, Unreachable
from core.models import Verdict
from tests.kit.fetched import Fetching
from tests.kit.networks import ISSUE, STATUSES, context, issue, listing, more, reddit_post, remark, status, thing
from tests.kit.played import Played, Request, as_json, http
from tests.kit.sentences import sentence, sentences

LINK = "https://github.com/brolly/labels/issues/12"
SPENT = {"message": "API rate limit exceeded for 203.0.113.7.", "documentation_url": "https://docs.example"}


async def test_githubs_403_for_too_many_requests_is_waited_for(here: Fetching, server: Played) -> None:
    spent = as_json(SPENT, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1", status=403)
    second = as_json({"message": "You have exceeded a secondary rate limit."}, "Retry-After: 1", status=403)
    server.routes |= {ISSUE: [spent, issue(1)], f"{ISSUE}/comments": [second, as_json([remark(1)])]}
    found = await here.by("github", LINK)
    assert (found.replies, found.reading.verdict, found.broken) == (1, Verdict.COMPLETE, None)


async def test_githubs_limit_names_the_token_that_raises_it(here: Fetching, server: Played) -> None:
    server.routes[ISSUE] = as_json(SPENT, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 2400", status=403)
    with pytest.raises(Unreachable, match=r"40 minutes of rest.*PULLQUOTE_GITHUB_TOKEN"):
        await here.by("github", LINK)
    here.settings = replace(here.settings, keys={"github": "ghp_invented"})
    with pytest.raises(Unreachable, match=r"40 minutes of rest\. Try again then\.$"):
        await here.by("github", LINK)


async def test_a_limit_that_does_not_end_names_the_token_too(here: Fetching, server: Played) -> None:
    server.routes[ISSUE] = as_json(
        {"message": "You have exceeded a secondary rate limit."}, "Retry-After: 0", status=403
    )
    with pytest.raises(Unreachable, match=r"403 Forbidden: You have exceeded a secondary.*PULLQUOTE_GITHUB_TOKEN"):
        await here.by("github", LINK)


async def test_an_enterprises_issue_is_fetched_from_the_api_that_is_set(here: Fetching, server: Played) -> None:
    here.settings = replace(here.settings, github=f"{server.url}/api/v3", keys={"github": "ghp_invented"})
    page = f"{server.url}/brolly/labels/issues/12"
    links = {
        "url": f"{server.url}/api/v3{ISSUE}",
        "html_url": page,
        "comments_url": f"{server.url}/api/v3{ISSUE}/comments",
    }
    told = {**remark(1), "issue_url": f"{server.url}/api/v3{ISSUE}"}
    server.routes |= {f"/api/v3{ISSUE}": issue(1, **links), f"/api/v3{ISSUE}/comments": as_json([told])}
    found = await here.by("github", page)
    assert (found.replies, found.reading.verdict) == (1, Verdict.COMPLETE)
    assert {request.headers["authorization"] for request in server.requests} == {"Bearer ghp_invented"}


# Mastodon


def host(server: Played) -> str:
    return server.url.removeprefix("http://")


async def test_mastodons_token_goes_to_its_server_and_brings_what_visitors_do_not_get(
    here: Fetching, server: Played
) -> None:
    def answers(request: Request) -> bytes:
        told = [status(str(10002 + n), "10001") for n in range(90)]
        return context([], *(told if request.headers.get("authorization") == "Bearer invented" else told[:60]))

    server.routes |= {f"{STATUSES}/10001": as_json(status("10001", None, 90)), f"{STATUSES}/10001/context": answers}
    visitor = await here.by("mastodon", f"{server.url}/@ada/10001")
    assert (visitor.replies, visitor.reading.verdict) == (60, Verdict.PARTIAL)
    assert f"{host(server)}=TOKEN" in "; ".join(sentences(visitor.reading.reasons))
    here.settings = replace(here.settings, keys={"mastodon": f"away.example=other,{host(server)}=invented"})
    known = await here.by("mastodon", f"{server.url}/@ada/10001")
    assert (known.replies, known.reading.verdict, sentences(known.reading.reasons)) == (90, Verdict.UNKNOWN, ())
    assert "other" not in str(server.requests)


async def test_a_token_of_another_server_is_sent_to_none(here: Fetching, server: Played) -> None:
    here.settings = replace(here.settings, keys={"mastodon": "127.0.0.1=invented,127.0.0.1:1=invented"})
    server.routes |= {f"{STATUSES}/10001": as_json(status("10001", None)), f"{STATUSES}/10001/context": context([])}
    await here.by("mastodon", f"{server.url}/@ada/10001")
    assert all("authorization" not in request.headers for request in server.requests)


async def test_a_server_that_wants_a_login_is_said_to_and_the_token_is_named(here: Fetching, server: Played) -> None:
    told = {"error": "This method requires an authenticated user"}
    server.routes[f"{STATUSES}/10001"] = as_json(told, status=401)
    with pytest.raises(FetchError) as caught:
        await here.by("mastodon", f"{server.url}/@ada/10001")
    said = sentence(caught.value.reason)
    assert "requires an authenticated user" in said
    assert f"{host(server)}=TOKEN, in PULLQUOTE_MASTODON_TOKENS" in said
    here.settings = replace(here.settings, keys={"mastodon": f"{host(server)}=old"})
    with pytest.raises(FetchError, match="Check the token"):
        await here.by("mastodon", f"{server.url}/@ada/10001")


# Reddit

POST = "https://www.reddit.com/r/pens/comments/1abcde/which_pen/k2x3y4/"


async def test_reddits_refusal_names_the_two_ways_that_work(here: Fetching, server: Played) -> None:
    blocked = http(403, "<title>Blocked</title> you've been blocked by network security", "Content-Type: text/html")
    server.routes["/comments/1abcde.json"] = blocked
    with pytest.raises(FetchError, match=r"comments/1abcde\.json .*\.rss.*import.*PULLQUOTE_REDDIT_APP"):
        await here.by("reddit", POST)
    server.routes["/comments/1abcde.json"] = http(200, "<html><title>Blocked</title>", "Content-Type: text/html")
    with pytest.raises(FetchError, match="PULLQUOTE_REDDIT_APP"):
        await here.by("reddit", POST)
    assert here.is_untouched


async def test_reddit_is_logged_into_with_the_app_that_is_set(here: Fetching, server: Played) -> None:
    logins: list[Request] = []

    def login(request: Request) -> bytes:
        logins.append(request)
        return as_json({"access_token": "invented", "token_type": "bearer", "expires_in": 86400})

    def known(answer: Any) -> Any:
        return lambda request: (
            as_json(answer) if request.headers.get("authorization") == "Bearer invented" else http(403, "no")
        )

    things = {"json": {"errors": [], "data": {"things": [thing("m1", "t3_1abcde")]}}}
    server.routes |= {
        "/api/v1/access_token": login,
        "/comments/1abcde.json": known([reddit_post(2), listing(thing("a", "t3_1abcde"), more("t3_1abcde", "m1"))]),
        "/api/morechildren.json": known(things),
    }
    here.settings = replace(here.settings, keys={"reddit": "an-id:a-secret"})
    found = await here.by("reddit", POST)
    assert (found.replies, found.reading.verdict) == (2, Verdict.COMPLETE)
    (request,) = logins
    assert (request.method, request.body) == ("POST", b"grant_type=client_credentials")
    assert request.headers["authorization"] == "Basic " + b64encode(b"an-id:a-secret").decode()
    assert request.headers["user-agent"].startswith("pullquote/")


async def test_an_app_that_reddit_refuses_is_said_to_be(here: Fetching, server: Played) -> None:
    here.settings = replace(here.settings, keys={"reddit": "an-id:wrong"})
    server.routes["/api/v1/access_token"] = as_json({"message": "Unauthorized", "error": 401}, status=401)
    with pytest.raises(FetchError, match=r"answered 401, and gave no token\. Check ID and secret"):
        await here.by("reddit", POST)
    assert "wrong" not in str([request.target for request in server.requests])


async def test_a_link_to_a_redlib_is_one_to_reddit(here: Fetching, server: Played) -> None:
    here.settings = replace(here.settings, redlib="https://redlib.example")
    server.routes["/comments/1abcde.json"] = as_json([reddit_post(1), listing(thing("a", "t3_1abcde"))])
    found = await here.by("reddit", "https://redlib.example/r/pens/comments/1abcde/which_pen/")
    assert (found.replies, found.reading.verdict) == (1, Verdict.COMPLETE)
