"""A server whose certificate nobody vouches for, over a real TLS connection."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.errors import FetchError, Unreachable
from core.transport import Request, SourceSettings
from core.transport.web import web_transport
from tests.kit.played import Played, http
from tests.kit.real import need

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost, and its key beside it, which openssl makes."""
    folder = tmp_path_factory.mktemp("certificate")
    made, key = folder / "server.pem", folder / "server.key"
    subprocess.run(
        [need("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(made)],
        check=True, capture_output=True,
    )  # fmt: skip
    return made


@asynccontextmanager
async def serving(certificate: Path, asked: list[str]) -> AsyncIterator[str]:
    """A server with a certificate; its address."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(http(200, b"it"))
        await writer.drain()
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}/it"


async def test_a_certificate_that_nobody_vouches_for_is_said_once_with_the_way_to_trust_it(certificate: Path) -> None:
    asked: list[str] = []
    async with (
        serving(certificate, asked) as url,
        web_transport(SourceSettings(fetch_timeout=30), print, home=url) as transport,
    ):
        with pytest.raises(FetchError, match=r"cannot prove who it is.*SSL_CERT_FILE") as caught:
            await transport.fetch(Request(url))
    assert not isinstance(caught.value, Unreachable)
    assert asked == []


async def test_a_certificate_that_the_environment_names_is_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with (
        serving(certificate, []) as url,
        web_transport(SourceSettings(fetch_timeout=30), print, home=url) as transport,
    ):
        assert (await transport.fetch(Request(url))).data == b"it"


async def test_a_host_that_was_looked_at_is_asked_by_its_number_and_proves_its_name(
    certificate: Path, server: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr("core.transport.addresses._is_inside", lambda _address: False)
    asked: list[str] = []
    async with (
        serving(certificate, asked) as url,
        web_transport(SourceSettings(fetch_timeout=30), print, home=server.url) as transport,
    ):
        server.routes["/it"] = http(302, "", f"Location: {url}")
        monkeypatch.setattr("core.transport.addresses._addresses", _this_machine)
        assert (await transport.fetch(Request(f"{server.url}/it"))).data == b"it"
        assert f"Host: {url[8:-3]}" in asked[0]


async def _this_machine(_host: str) -> tuple[str, ...]:
    return ("127.0.0.1",)
