"""A real Camofox server with a real browser behind it, where `.ci/camofox` has installed one."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.kit.played import Played, Request, http, serving
from tests.kit.real import missing

_STARTS_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Camofox:
    """The server."""

    url: str
    key: str = ""

    def tabs(self) -> int:
        """How many tabs are open in it."""
        return int(httpx.get(f"{self.url}/health", trust_env=False).json()["activeTabs"])

    def call(self, method: str, path: str, body: bytes) -> tuple[int, bytes, str]:
        """Status, body and type of what the server answers."""
        headers = {"Content-Type": "application/json"}
        found = httpx.request(method, self.url + path, content=body, headers=headers, timeout=60, trust_env=False)
        return found.status_code, found.content, found.headers.get("content-type", "")


def installed() -> Path:
    """The script that starts it; the test is skipped where no folder is named, and fails where that has none."""
    folder = os.environ.get("PULLQUOTE_CAMOFOX")
    if not folder:
        pytest.skip("no Camofox (PULLQUOTE_CAMOFOX=$(.ci/camofox) installs one, and names its folder)")
    found = Path(folder) / "start.sh"
    if not found.exists():
        missing(f"{found} is not there")
    return found


@contextmanager
def running(key: str = "") -> Iterator[Camofox]:
    """A server of the test's own, with an access key or without."""
    script = installed()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment: dict[str, Any] = {**os.environ, "CAMOFOX_ACCESS_KEY": key}
    process = subprocess.Popen(
        [str(script), str(port)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    server = Camofox(f"http://127.0.0.1:{port}", key)
    try:
        _wait_for(server, process)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(server: Camofox, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{server.url}/health", trust_env=False).json().get("browserConnected"):
                return
        except (httpx.TransportError, ValueError):
            pass
        time.sleep(0.1)
    raise AssertionError("Camofox did not start")


class Older(Played):
    """A Camofox server from before March 2026, without `evaluate` and statuses: a stand-in before the real one."""

    camofox: Camofox

    def answer(self, request: Request) -> bytes:
        if request.path.endswith("/evaluate"):
            cannot = "<!DOCTYPE html><html><body><pre>Cannot POST /tabs/1/evaluate</pre></body></html>"
            return http(404, cannot, "Content-Type: text/html")
        status, body, kind = self.camofox.call(request.method, request.target, request.body)
        if request.path.endswith("/navigate") and status == 200:
            told = json.loads(body)
            body = json.dumps({name: told[name] for name in ("ok", "tabId", "url")}).encode()
        return http(status, body, f"Content-Type: {kind}")


@contextmanager
def older(camofox: Camofox) -> Iterator[Older]:
    """An older server, which asks a real one."""
    with serving(Older()) as found:
        found.camofox = camofox
        yield found
