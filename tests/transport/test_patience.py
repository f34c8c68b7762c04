"""Patience with servers: what may pass, how long each is left alone, and which of several is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from core.errors import FetchError, NotAsked, Unreachable
from core.transport import Request, SourceSettings
from core.transport.patience import TRIES
from core.transport.rests import one_round
from core.transport.web import WebTransport, web_transport
from core.words import words
from tests.kit.played import Played, as_json, http, played


@asynccontextmanager
async def asking(*servers: Played, **settings: Any) -> AsyncIterator[WebTransport]:
    """A transport to servers that have the same pages."""
    given: dict[str, Any] = {"fetch_timeout": 30, "max_wait": 2, **settings}
    places = [server.url for server in servers]
    async with web_transport(SourceSettings(**given), print, home=places[0], places=places, pause=0) as found:
        found._first_wait = 0.01
        yield found


async def told(transport: WebTransport, server: Played) -> bytes:
    return (await transport.fetch(Request(f"{server.url}/it"))).data


@pytest.mark.parametrize(
    "limited",
    [http(403, "", "Retry-After: 0"), http(403, "", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 0"),
     http(403, "", "RateLimit-Remaining: 0", "RateLimit-Reset: 0"),
     as_json({"message": "You have exceeded a secondary rate limit."}, status=403), http(403, "Too Many Requests")],
)  # fmt: skip
async def test_a_rate_limit_that_comes_as_a_refusal_is_waited_for(server: Played, limited: bytes) -> None:
    server.routes["/it"] = [limited, http(200, b"it")]
    async with asking(server) as transport:
        assert await told(transport, server) == b"it"


async def test_a_refusal_for_ever_is_not_waited_for(server: Played) -> None:
    server.routes["/it"] = http(403, "not for you", "X-RateLimit-Remaining: 59", "X-RateLimit-Reset: 3000")
    async with asking(server) as transport:
        with pytest.raises(FetchError, match="not for you"):
            await told(transport, server)
    assert len(server.requests) == 1


async def test_a_rest_without_measure_is_told_in_words(server: Played) -> None:
    server.routes["/it"] = http(429, "", "Retry-After: 999999999")
    async with asking(server) as transport:
        with pytest.raises(Unreachable, match="more than a day of rest"):
            await told(transport, server)


async def test_where_one_server_is_limited_the_next_is_asked_and_the_first_is_left_alone(server: Played) -> None:
    with played() as second:
        server.routes["/it"] = http(429, "", "Retry-After: 900")
        second.routes["/it"] = http(200, b"from the second")
        async with asking(server, second) as transport:
            for _ in range(3):
                payload = await transport.fetch(Request(f"{server.url}/it"))
                assert (payload.data, payload.name) == (b"from the second", f"{second.url}/it")
    assert (len(server.requests), len(second.requests)) == (1, 3)


async def test_where_one_server_refuses_the_next_is_asked_first_from_then_on(server: Played) -> None:
    with played() as second:
        server.routes["/it"] = http(403, "not for you")
        second.routes["/it"] = http(200, b"it")
        async with asking(server, second) as transport:
            await told(transport, server)
            await told(transport, server)
    assert (len(server.requests), len(second.requests)) == (1, 2)


async def test_a_page_that_no_server_has_is_asked_of_each_once_and_makes_none_of_them_unfit(server: Played) -> None:
    with played() as second:
        second.routes["/other"] = server.routes["/other"] = http(200, b"it")
        async with asking(server, second) as transport:
            with pytest.raises(FetchError, match="404"):
                await told(transport, server)
            await transport.fetch(Request(f"{server.url}/other"))
    assert (server.asked, second.asked) == (["/it", "/other"], ["/it"])


async def test_where_all_servers_are_limited_the_least_rest_is_waited_for(server: Played) -> None:
    with played() as second:
        server.routes["/it"] = http(429, "", "Retry-After: 900")
        second.routes["/it"] = [http(429, "", "Retry-After: 1"), http(200, b"it")]
        async with asking(server, second) as transport:
            assert await told(transport, server) == b"it"
    assert len(server.requests) == 1


async def test_a_server_that_is_limited_is_not_asked_by_another_transport_of_the_same_round(server: Played) -> None:
    server.routes["/it"] = http(429, "slowly")
    with one_round():
        async with asking(server) as transport:
            with pytest.raises(Unreachable, match="4 times"):
                await told(transport, server)
        async with asking(server) as another:
            with pytest.raises(Unreachable, match="slowly, and it wants 15 minutes of rest"):
                await told(another, server)
    assert len(server.requests) == TRIES


async def test_an_address_of_another_server_is_not_asked(server: Played) -> None:
    with played() as other:
        other.routes["/it"] = http(200, b"secret")
        async with asking(server) as transport:
            with pytest.raises(NotAsked, match="another address than one of"):
                await told(transport, other)
        assert other.requests == []


async def test_a_redirect_of_a_named_server_to_another_site_is_not_followed(server: Played) -> None:
    server.routes["/it"] = http(302, "", "Location: http://8.8.8.8/it")
    async with asking(server) as transport:
        with pytest.raises(FetchError, match=r"redirects to 8\.8\.8\.8, another site; nothing was sent there"):
            await told(transport, server)


async def test_a_failure_without_words_is_told_by_its_name() -> None:
    async with web_transport(SourceSettings(fetch_timeout=5, max_wait=0), print, pause=0) as transport:
        with pytest.raises(FetchError) as caught:
            await transport.fetch(Request("http://127.0.0.1:9/it"))
    assert "()" not in words(caught.value.reason)
