"""Which addresses are of a server that was named, and which lie inside a private network."""

import pytest

from core.transport.addresses import at_place, host_of, is_of_origin, is_private, is_same_site, joined, redirected
from tests.kit.played import Played, http, played
from tests.transport.test_web import answer

PLACE = "https://nitter.example"


@pytest.mark.parametrize(
    "address",
    ["64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::808:808", "2002:7f00:1::", "2002:c0a8:101::1", "::127.0.0.1",
     "fec0::1", "fc00::1", "fe80::1%eth0", "::1", "::", "ff02::1", "2001:0:7f00:1::", "::ffff:10.0.0.1", "240.0.0.1"],
)  # fmt: skip
async def test_an_address_of_a_private_network_is_known_in_every_envelope(address: str) -> None:
    assert await is_private(address)


@pytest.mark.parametrize("address", ["64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8", "2606:4700::1111"])
async def test_a_public_address_in_an_envelope_stays_public(address: str) -> None:
    assert not await is_private(address)


@pytest.mark.parametrize("number", ["127.1", "0x7f000001", "2130706433"])
async def test_an_old_way_to_write_this_machine_is_known(number: str) -> None:
    assert await is_private(number)


@pytest.mark.parametrize(
    ("link", "is_ours"),
    [("?cursor=a", True), ("/brolly/status/2", True), ("https://NITTER.example:443/x", True),
     ("//nitter.example/x", True), ("//other.example/x", False), ("http://nitter.example/x", False),
     ("https://nitter.example:8443/x", False), ("https://brolly@nitter.example/x", False),
     ("https://nitter.example.other.example/x", False), ("https://nitter.example@other.example/x", False),
     ("file:///etc/passwd?cursor=1", False), ("javascript:1", False), ("http://[::1?cursor=1", False),
     ("https://nitter.example:99999/x", False), ("https://nitter.example:x/", False)],
)  # fmt: skip
def test_only_a_link_to_the_same_server_is_one_of_its_own(link: str, is_ours: bool) -> None:
    assert is_of_origin(joined(f"{PLACE}/brolly/status/1", link), PLACE) is is_ours


def test_a_server_at_a_port_or_a_number_has_links_of_its_own() -> None:
    for place in ("http://127.0.0.1:8080", "http://[::1]:8080", "https://[2001:db8::7]"):
        assert is_of_origin(joined(f"{place}/brolly/status/1", "?cursor=b"), place)
        assert not is_of_origin(joined(f"{place}/brolly/status/1", "//[::1]:9/x"), place)


def test_the_encrypted_side_of_a_server_is_the_same_site_and_no_other_is() -> None:
    assert is_same_site("https://nitter.example/x", "http://nitter.example")
    assert not is_same_site("http://nitter.example/x", "https://nitter.example")
    assert not is_same_site("https://nitter.example:8443/x", "http://nitter.example")
    assert not is_same_site("https://www.nitter.example/x", "https://nitter.example")


def test_a_page_of_one_server_has_the_same_path_on_another() -> None:
    assert (
        at_place(f"{PLACE}/a/status/1?cursor=b", "https://second.example/")
        == "https://second.example/a/status/1?cursor=b"
    )
    assert at_place(f"{PLACE}/a/status/1", PLACE) == f"{PLACE}/a/status/1"


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999/x", "http://[::1", "http://", "nonsense"])
def test_an_address_that_is_none_has_no_host(url: str) -> None:
    assert host_of(url) == ""


@pytest.mark.parametrize("location", ["http://[::1/x", "http://8.8.8.8:99999/", "http://8.8.8.8:x/"])
async def test_a_redirect_to_half_an_address_is_refused(server: Played, location: str) -> None:
    server.routes["/it"] = http(302, "", f"Location: {location}")
    with pytest.raises(Exception, match="no web address"):
        await answer(server)


async def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    server: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.transport.addresses._is_inside", lambda _address: False)
    with played() as other:
        port = other.url.rpartition(":")[2]
        other.routes["/it"] = http(200, b"there")
        server.routes["/it"] = http(302, "", f"Location: http://localhost:{port}/it")
        found = await redirected(f"{server.url}/it", f"http://localhost:{port}/it", frozenset())
        assert "127.0.0.1" in found.addresses
        monkeypatch.setattr("core.transport.addresses._addresses", _this_machine)
        assert await answer(server) == b"there"
        assert other.requests[0].headers["host"] == f"localhost:{port}"


async def _this_machine(_host: str) -> tuple[str, ...]:
    return ("127.0.0.1",)
