"""`pullquote translate`: machine drafts from a real server, each kept as it comes."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.kit.commands import Commands, thread_file

THREAD = "1900000000000000001"
FIRST, SECOND, THIRD = (str(int(THREAD) + 1 + number) for number in range(3))


class Answering(BaseHTTPRequestHandler):
    """An endpoint that translates kettles, and fails for everything else."""

    asked: list[bytes] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(body)
        if b"kettle" in body:
            choice = {"message": {"content": "一把黑色的水壶。"}, "finish_reason": "stop"}
            self.reply(200, {"choices": [choice], "model": "echo"})
        else:
            self.reply(400, {"error": {"message": "no \x1b[2Jkettle"}})

    def reply(self, status: int, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed beside what the command prints."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """A server that the environment names as the engine, and what it was asked."""
    Answering.asked = []
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        monkeypatch.setenv("PULLQUOTE_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
        monkeypatch.setenv("PULLQUOTE_API_KEY", "secret-key")
        yield Answering.asked
        server.shutdown()
        serving.join()


@pytest.fixture
def pullquote(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    commands = Commands(capsys)
    replies = [{"text": text} for text in ("A black kettle, probably.", "An umbrella, probably.", "Another kettle.")]
    commands("import", thread_file(tmp_path / "r.json", *replies))
    return commands


def translations(pullquote: Commands) -> dict[str, tuple[str, str] | None]:
    """Text and state of each post's translation."""
    posts = pullquote("posts", THREAD, "--json").json
    return {p["id"]: p["translation"] and (p["translation"]["text"], p["translation"]["state"]) for p in posts}


def test_starred_posts_without_a_translation_are_drafted_in_one_step(pullquote: Commands, asked: list[bytes]) -> None:
    pullquote("mark", THREAD, FIRST, THIRD, "--star")
    assert pullquote("translate", THREAD).lines == ["2 translated"]
    draft = ("一把黑色的水壶。", "machine")
    assert translations(pullquote) == {FIRST: draft, SECOND: None, THIRD: draft}
    pullquote("undo", THREAD)
    assert translations(pullquote) == {FIRST: None, SECOND: None, THIRD: None}


def test_what_the_writer_has_translated_is_not_asked_for(pullquote: Commands, asked: list[bytes]) -> None:
    pullquote("mark", THREAD, FIRST, "--star", "--translation", "水壶")
    assert pullquote("translate", THREAD).lines == ["0 translated"]
    assert pullquote("translate", THREAD, FIRST).lines == ["0 translated"]
    assert asked == []
    assert translations(pullquote)[FIRST] == ("水壶", "edited")


def test_a_post_that_is_refused_is_named_and_the_others_are_kept(pullquote: Commands, asked: list[bytes]) -> None:
    said = pullquote("translate", THREAD, FIRST, SECOND, code=1)
    assert said.lines == ["1 translated"]
    assert f"pullquote: {SECOND}: " in said.err
    assert "1 of 2 not translated" in said.err
    assert "\x1b" not in said.err
    assert "secret-key" not in said.out + said.err
    assert translations(pullquote)[FIRST] is not None


def test_a_post_that_is_not_there_is_told_before_anything_is_asked(pullquote: Commands, asked: list[bytes]) -> None:
    assert "no post ‘77’" in pullquote("translate", THREAD, FIRST, "77", code=1).err
    assert asked == []
