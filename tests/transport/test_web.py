"""Asking over HTTP: what a server may do, and what comes of it, through a real client on a real socket."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic
from typing import Any

import pytest

from core.errors import FetchError, Unreachable
from core.transport import Request, SourceSettings
from core.transport.addresses import host_of, is_private, redirected
from core.transport.patience import TRIES
from core.transport.web import REDIRECTS, WebTransport, web_transport
from core.words import words
from tests.kit.played import Played, as_json, dripping, http, packed, played, silence
from tests.kit.played import Request as PlayedRequest

BODY = b'{"id": 1, "text": "Frame it."}'


@asynccontextmanager
async def asking(server: Played, said: list[str] | None = None, **settings: Any) -> AsyncIterator[WebTransport]:
    given: dict[str, Any] = {"fetch_timeout": 30, "max_wait": 5, **settings}
    heard = said if said is not None else []
    async with web_transport(
        SourceSettings(**given), lambda why: heard.append(words(why)), home=server.url, pause=0
    ) as found:
        found._first_wait = 0.01
        yield found


async def answer(server: Played, said: list[str] | None = None, **settings: Any) -> bytes:
    """What comes of asking for /it."""
    async with asking(server, said, **settings) as transport:
        return (await transport.fetch(Request(f"{server.url}/it"))).data


async def test_an_answer_comes_byte_for_byte_with_its_address_and_its_time(server: Played) -> None:
    server.routes["/it"] = http(200, BODY)
    async with asking(server) as transport:
        payload = await transport.fetch(Request(f"{server.url}/it"))
    assert (payload.data, payload.name) == (BODY, f"{server.url}/it")
    assert payload.captured_at
    assert abs(payload.captured_at - datetime.now(UTC).timestamp()) < 10


async def test_the_user_agent_names_us_and_nothing_else_is_told(server: Played) -> None:
    server.routes["/it"] = http(200, BODY)
    await answer(server)
    headers = server.requests[0].headers
    assert headers["user-agent"].startswith("pullquote/")
    assert not headers.keys() - {"host", "accept", "accept-encoding", "connection", "user-agent"}


async def test_a_packed_answer_is_unpacked(server: Played) -> None:
    server.routes["/it"] = packed(BODY)
    assert await answer(server) == BODY


async def test_a_gzip_bomb_is_not_unpacked_beyond_the_limit(server: Played) -> None:
    bomb = gzip.compress(b"\0" * (200 * 2**20), 9)
    assert len(bomb) < 2**20
    server.routes["/it"] = http(200, bomb, "Content-Encoding: gzip")
    with pytest.raises(FetchError, match="more than 1 MiB"):
        await answer(server, max_answer_mb=1)


async def test_a_bomb_in_a_bomb_is_not_opened_at_all(server: Played) -> None:
    server.routes["/it"] = http(200, gzip.compress(gzip.compress(BODY)), "Content-Encoding: gzip, gzip")
    with pytest.raises(FetchError, match="which was not asked for"):
        await answer(server)


async def test_gzip_that_ends_too_early_is_refused(server: Played) -> None:
    server.routes["/it"] = http(200, gzip.compress(BODY * 100)[:-12], "Content-Encoding: gzip")
    with pytest.raises(FetchError, match="ends too early"):
        await answer(server)


async def test_an_answer_over_the_limit_is_refused(server: Played) -> None:
    server.routes["/it"] = http(200, b"x" * (2**20 + 1))
    with pytest.raises(FetchError, match="more than 1 MiB; set max_answer_mb"):
        await answer(server, max_answer_mb=1)


async def test_a_server_that_says_when_is_asked_again_then_and_the_wait_is_counted_down(server: Played) -> None:
    server.routes["/it"] = [http(429, "slowly", "Retry-After: 2"), http(200, BODY)]
    said: list[str] = []
    began = monotonic()
    assert await answer(server, said) == BODY
    assert monotonic() - began >= 1.9
    assert [text.partition(":")[0] for text in said] == ["trying again in 2 s", "trying again in 1 s"]
    assert "429 Too Many Requests: slowly" in said[0]


async def test_the_moment_may_be_a_date(server: Played) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    server.routes["/it"] = [http(503, "", f"Retry-After: {at}"), http(200, BODY)]
    said: list[str] = []
    assert await answer(server, said) == BODY
    assert said


@pytest.mark.parametrize(
    ("status", "body", "header"),
    [
        (400, '{"error": "rate_limit_error"}', "Retry-After: 1"),
        (403, '{"message": "Forbidden"}', "Retry-After: 1"),
        (403, '{"message": "API rate limit exceeded"}', "X-RateLimit-Reset: 1"),
        (429, "", "RateLimit-Reset: 1"),
        (429, "", 'RateLimit: "default";r=0;t=1'),
    ],
)
async def test_a_limit_is_one_whatever_status_and_headers_say_it(
    server: Played, status: int, body: str, header: str
) -> None:
    server.routes["/it"] = [http(status, body, header), http(200, BODY)]
    said: list[str] = []
    assert await answer(server, said) == BODY
    assert said[0].startswith("trying again in 1 s")


async def test_a_server_that_wants_more_rest_than_the_user_waits_is_left_at_once(server: Played) -> None:
    server.routes["/it"] = http(429, "", "Retry-After: 3600")
    with pytest.raises(Unreachable, match="wants 60 minutes of rest"):
        await answer(server)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408])
async def test_a_failure_that_may_pass_is_tried_again(server: Played, status: int) -> None:
    server.routes["/it"] = [http(status, "oops"), http(200, BODY)]
    assert await answer(server) == BODY


async def test_a_server_that_names_no_moment_is_not_said_to_want_a_longer_rest_than_the_user_waits(
    server: Played,
) -> None:
    server.routes["/it"] = [*(http(500, "oops") for _ in range(3)), http(200, BODY)]
    async with asking(server, max_wait=1) as transport:
        transport._first_wait = 0.4
        assert (await transport.fetch(Request(f"{server.url}/it"))).data == BODY


async def test_a_failure_that_stays_is_given_up_and_told(server: Played) -> None:
    server.routes["/it"] = http(500, "oops")
    with pytest.raises(Unreachable, match=f"500 Internal Server Error: oops, {TRIES} times"):
        await answer(server)
    assert len(server.requests) == TRIES


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_a_refusal_is_not_asked_for_twice(server: Played, status: int) -> None:
    server.routes["/it"] = as_json({"error": "not for you \x1b[2J"}, status=status)
    with pytest.raises(FetchError, match="not for you") as caught:
        await answer(server)
    assert caught.value.status == status
    assert not isinstance(caught.value, Unreachable)
    assert len(server.requests) == 1


async def test_a_status_that_is_an_answer_too_comes_with_its_body(server: Played) -> None:
    server.routes["/it"] = http(404, BODY)
    async with asking(server) as transport:
        assert (await transport.fetch(Request(f"{server.url}/it", statuses=(404,)))).data == BODY


async def test_half_a_body_is_tried_again(server: Played) -> None:
    server.routes["/it"] = [http(200, BODY[:10], length=len(BODY)), http(200, BODY)]
    assert await answer(server) == BODY


async def test_half_a_body_for_ever_is_no_answer(server: Played) -> None:
    server.routes["/it"] = http(200, BODY[:10], length=len(BODY))
    with pytest.raises(Unreachable, match="the connection broke"):
        await answer(server)


async def test_an_answer_that_drips_is_not_waited_for_beyond_the_time(server: Played) -> None:
    server.routes["/it"] = [dripping(b"x" * 1000, 0.05), http(200, BODY)]
    began = monotonic()
    assert await answer(server, fetch_timeout=1) == BODY
    assert monotonic() - began < 25, "the whole of it would drip for 50 s"


async def test_a_server_that_says_nothing_is_no_answer(server: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.transport.patience.TRIES", 1)
    server.routes["/it"] = silence
    with pytest.raises(Unreachable, match="no whole answer within 1 s"):
        await answer(server, fetch_timeout=1)


async def test_nobody_at_the_address_is_said(server: Played) -> None:
    async with asking(server) as transport:
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1:9: cannot be reached"):
            await transport.fetch(Request("http://127.0.0.1:9/it"))


async def test_a_redirect_is_followed(server: Played) -> None:
    server.routes |= {"/it": http(302, "", "Location: /there?x=1"), "/there": http(200, BODY)}
    assert await answer(server) == BODY
    assert server.asked == ["/it", "/there?x=1"]


async def test_a_circle_of_redirects_is_left(server: Played) -> None:
    server.routes["/it"] = http(302, "", "Location: /it")
    with pytest.raises(FetchError, match="redirects in a circle"):
        await answer(server)
    assert len(server.requests) == REDIRECTS + 1


async def test_a_redirect_into_a_private_network_is_refused_and_nothing_is_sent(server: Played) -> None:
    with played() as inside:
        inside.routes["/secret"] = http(200, BODY)
        server.routes["/it"] = http(302, "", f"Location: {inside.url}/secret")
        with pytest.raises(FetchError, match="inside a private network; nothing was sent there"):
            await answer(server)
        assert inside.requests == []


@pytest.mark.parametrize(
    "location",
    ["http://localhost/x", "http://10.0.0.1/", "http://169.254.169.254/latest", "http://[::1]/", "http://0.0.0.0/",
     "http://[::ffff:127.0.0.1]/", "http://192.168.1.1:8080/", "http://100.64.0.1/", "http://224.0.0.1/"],
)  # fmt: skip
async def test_no_form_of_a_private_address_is_gone_to(location: str) -> None:
    with pytest.raises(FetchError, match="private network"):
        await redirected("http://203.0.113.7/a", location, frozenset())


async def test_a_private_address_that_the_user_named_is_gone_to() -> None:
    found = await redirected("http://203.0.113.7/a", "http://127.0.0.1:8080/b", frozenset({"127.0.0.1:8080"}))
    assert found.url == "http://127.0.0.1:8080/b"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://a.example/", "http://user:key@8.8.8.8/"])
async def test_a_redirect_to_what_is_no_web_address_is_refused(location: str) -> None:
    with pytest.raises(FetchError, match="no web address"):
        await redirected("http://203.0.113.7/a", location, frozenset())


async def test_a_redirect_that_gives_up_encryption_is_refused() -> None:
    with pytest.raises(FetchError, match="without encryption"):
        await redirected("https://8.8.8.8/a", "http://8.8.8.8/a", frozenset())


async def test_a_public_address_is_not_taken_for_a_private_one() -> None:
    assert not await is_private("8.8.8.8")
    assert not await is_private("2001:4860:4860::8888")
    assert not await is_private("nowhere.invalid")


async def test_headers_go_to_the_home_and_to_no_other_host(server: Played) -> None:
    with played() as other:
        other.routes["/it"] = http(200, BODY)
        server.routes["/it"] = http(200, BODY)
        settings = SourceSettings(fetch_timeout=5)
        async with web_transport(
            settings, print, home=server.url, headers={host_of(server.url): {"Authorization": "Bearer k"}}, pause=0
        ) as transport:
            await transport.fetch(Request(f"{server.url}/it"))
            await transport.fetch(Request(f"{other.url}/it"))
    assert server.requests[0].headers["authorization"] == "Bearer k"
    assert "authorization" not in other.requests[0].headers


async def test_after_the_last_request_that_is_allowed_the_next_one_waits(server: Played) -> None:
    async def waits(kind: str) -> None:
        def last(_: PlayedRequest) -> bytes:
            at = datetime.now(UTC) + timedelta(seconds=4)
            reset = {"seconds": "4", "moment": str(int(at.timestamp()) + 1), "date": at.isoformat()}[kind]
            return http(200, BODY, "X-RateLimit-Remaining: 0", f"X-RateLimit-Reset: {reset}")

        server.routes[f"/{kind}"] = last
        said: list[str] = []
        async with asking(server, said) as transport:
            await transport.fetch(Request(f"{server.url}/{kind}"))
            server.routes[f"/{kind}"] = http(200, BODY)
            began = monotonic()
            await transport.fetch(Request(f"{server.url}/{kind}"))
        assert monotonic() - began > 1, kind
        assert any("allows no more requests just now" in text for text in said), kind

    await asyncio.gather(*map(waits, ("seconds", "moment", "date")))


async def test_two_requests_lie_apart(server: Played) -> None:
    server.routes["/it"] = http(200, BODY)
    settings = SourceSettings(fetch_timeout=5)
    async with web_transport(settings, print, home=server.url, pause=0.3) as transport:
        await transport.fetch(Request(f"{server.url}/it"))
        began = monotonic()
        await transport.fetch(Request(f"{server.url}/it"))
    assert monotonic() - began >= 0.29


async def test_a_wait_that_is_cancelled_ends_at_once(server: Played) -> None:
    server.routes["/it"] = http(429, "", "Retry-After: 300")
    said: list[str] = []
    under_way = asyncio.create_task(answer(server, said, max_wait=300))
    while not said:
        await asyncio.sleep(0.01)
    began = monotonic()
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    assert monotonic() - began < 100


async def test_a_wrong_proxy_is_said(server: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://x y")
    with pytest.raises(FetchError, match="proxy or certificate settings"):
        await answer(server)
