"""`pullquote fetch` and `pullquote sources` as commands."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.commands import TREE, Commands
from tests.kit.fetched import LINK
from tests.kit.nitter_pages import NEXT, PATH, ROOT, error_page
from tests.kit.played import Played, http, page, silence
from tests.kit.terminal import until
from tests.kit.waiting import PATIENCE

KEY = "invented-key-0123456789"


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nitter: Played
) -> Commands:
    settings = tmp_path / "config.toml"
    settings.write_text(
        f'[sources]\nnitter = "{nitter.url}"\norder = ["nitter"]\ncamofox = "http://127.0.0.1:9"\n'
        f'fxtwitter = "{nitter.url}/fx"\nmax_wait = 1\ncamofox_key = "{KEY}"\ngithub_token = "{KEY}"\n'
    )
    settings.chmod(0o600)
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(settings))
    return Commands(capsys)


def test_a_fetch_says_what_came_and_how_whole_it_is(command: Commands) -> None:
    ran = command("fetch", LINK)
    assert ran.lines == [f"nitter: 4 replies to {ROOT} · 5 new · complete"]
    assert command("threads").lines[0].startswith(f"{ROOT} @brolly")


def test_the_outcome_as_json(command: Commands) -> None:
    (told,) = command("fetch", "--json", LINK).json
    (one,) = told["sources"]
    assert (told["link"], told["error"], told["tried"]) == (LINK, None, [])
    assert (one["source"], one["thread"], one["pages"], one["replies"], one["claimed"]) == ("nitter", ROOT, 2, 4, 4)
    assert (one["verdict"], one["stopped"]) == ("complete", "")


def test_a_link_that_fails_keeps_none_of_the_others_out(command: Commands) -> None:
    ran = command("fetch", "https://x.com/brolly/status/99", LINK, code=1)
    assert "404 Not Found" in ran.err
    assert ran.lines == [f"nitter: 4 replies to {ROOT} · 5 new · complete"]


def test_an_instance_that_is_limited_is_not_asked_for_the_next_link_of_the_same_command(
    command: Commands, nitter: Played
) -> None:
    nitter.routes[PATH] = http(429, "slowly", "Retry-After: 900")
    ran = command("fetch", LINK, "https://x.com/brolly/status/99", code=1)
    assert ran.err.count("slowly, and it wants 15 minutes of rest") == 2
    assert nitter.asked == [PATH]


def test_what_the_order_does_not_name_never_learns_the_link(command: Commands, nitter: Played) -> None:
    nitter.routes[PATH] = page(error_page("Tweet not found"))
    assert "says: Tweet not found" in command("fetch", LINK, code=1).err
    assert nitter.asked == [PATH]


def test_a_partial_fetch_says_why(command: Commands, nitter: Played) -> None:
    nitter.routes[NEXT] = http(503, "busy", "Retry-After: 900")
    ran = command("fetch", "--source", "nitter", LINK, code=4)
    assert "partial" in ran.lines[0]
    assert any("broken off" in line for line in ran.lines[1:])


def test_a_fetch_that_broke_off_says_so_by_its_code_until_it_has_come_to_its_end(
    command: Commands, nitter: Played
) -> None:
    whole, nitter.routes[NEXT] = nitter.routes[NEXT], http(403, "no")
    command("fetch", LINK, code=4)
    nitter.routes[NEXT] = whole
    assert command("fetch", LINK).lines == [f"nitter: 4 replies to {ROOT} · 1 new · complete"]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("http://127.0.0.1:99999/t/x/57", "99999 is no port. Check the link."),
        ("http://127.0.0.1:0/t/x/57", "0 is no port. Check the link."),
        ("http://127.0.0.1:-1/t/x/57", "-1 is no port. Check the link."),
        ("http://a b/t/x/57", "http://a b/t/x/57 is no web address. Check the link."),
        ("http:///t/x/57", "http:///t/x/57 is no web address. Check the link."),
        ("https://social.example:port/@ada/10001", "port is no port. Check the link."),
        ("http://[::1/t/x/57", "http://[::1/t/x/57 is no web address. Check the link."),
        ("https://ada:secret@social.example/@ada/10001", "The link holds a name or password"),
    ],
)
@pytest.mark.parametrize("name", ["fetch", "open"])
def test_an_address_that_is_none_is_refused_in_a_sentence(command: Commands, name: str, link: str, said: str) -> None:
    for source in ([], ["--source", "discourse"]):
        ran = command(name, *source, link, code=1)
        assert ran.err.startswith(f"pullquote: {said}")
        assert ran.err.count("\n") == 1


def test_a_source_without_a_link_is_a_question_of_usage(command: Commands, tmp_path: Path) -> None:
    assert "--source says by what a link" in command("open", "--source", "nitter", tmp_path / "x.json", code=2).err
    assert "--source wants auto or" in command("open", "--source", "gopher", LINK, code=2).err
    assert "fetches no such link" in command("open", "--source", "bluesky", LINK, code=1).err


def test_a_source_is_asked_by_its_name(command: Commands) -> None:
    ran = command("fetch", "--source", "camofox", LINK, code=1)
    assert "no Camofox server answers at 127.0.0.1:9; start it" in ran.err


def test_a_source_that_there_is_not_is_a_question_of_usage(command: Commands) -> None:
    assert "--source wants auto or one of" in command("fetch", "--source", "gopher", LINK, code=2).err


def test_a_link_that_a_source_does_not_take_is_said(command: Commands) -> None:
    assert "fetches no such link" in command("fetch", "--source", "nitter", "https://brolly.example/", code=1).err


def test_what_a_server_says_reaches_the_terminal_as_text(command: Commands, nitter: Played) -> None:
    nitter.routes[PATH] = page(error_page("gone \x1b]52;c;b3du\x07 [/b] \x9b2J"))
    ran = command("fetch", LINK, code=1)
    assert not set(ran.err) & {"\x1b", "\x07", "\x9b"}
    assert "[/b]" in ran.err


def test_keys_stand_in_no_output_and_in_no_file(command: Commands, nitter: Played, tmp_path: Path) -> None:
    nitter.routes[NEXT] = http(403, f"your key {KEY[:4]} is refused")
    outputs = [command(*words, code=code) for words, code in (
        (("fetch", LINK), 4), (("fetch", "--source", "camofox", LINK), 1), (("sources",), 0),
    )]  # fmt: skip
    assert not any(KEY in one.out + one.err for one in outputs)
    home = Path(os.environ["HOME"])
    assert not any(KEY.encode() in file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert not any(KEY in str(request.headers) for request in nitter.requests)


def test_the_sources_are_listed_with_what_they_fetch(command: Commands) -> None:
    listed = command("sources").lines
    assert any(line.startswith("nitter") and "posts of X" in line for line in listed)
    assert any(line.startswith("camofox") for line in listed)


def test_the_progress_for_another_program_ends_with_the_outcome(command: Commands) -> None:
    lines = [json.loads(line) for line in command("fetch", "--follow", LINK).lines]
    assert [line.get("told") for line in lines[:2]] == [
        "nitter: the post and its first replies · 0 replies so far",
        "nitter: replies, page 2 · 3 of ≈ 4 replies so far",
    ]
    outcome = f"nitter: 4 replies to {ROOT} · 5 new · complete"
    assert lines[-1] == {"outcome": outcome, "root_id": ROOT, "thread_id": 1, "posts": 5}


@pytest.mark.real
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_a_fetch_and_what_came_is_kept(
    command: Commands, nitter: Played, number: signal.Signals
) -> None:
    nitter.routes[NEXT] = silence
    environment = {**os.environ, "PYTHONPATH": str(TREE)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tui.cli", "fetch", LINK],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until(lambda: any(request.target == NEXT for request in nitter.requests), "the second page to be asked for")
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, err.decode()
    assert "What came is kept" in out.decode()
    (told,) = command("threads", "--json").json
    assert (told["replies"], told["verdict"]) == (3, "partial")


@pytest.fixture
def waiting(command: Commands, nitter: Played) -> Iterator[subprocess.Popen[bytes]]:
    """A fetch of another process, which waits for its second page; all others get theirs."""

    well = nitter.routes[NEXT]
    nitter.routes[NEXT] = silence
    environment = {**os.environ, "PYTHONPATH": str(TREE)}
    process = subprocess.Popen([sys.executable, "-m", "tui.cli", "fetch", LINK], env=environment)
    until(lambda: any(request.target == NEXT for request in nitter.requests), "the second page to be asked for")
    nitter.routes[NEXT] = well
    nitter.requests.clear()
    yield process
    process.kill()
    process.wait()


@pytest.mark.real
def test_a_fetch_that_is_killed_has_kept_its_pages_and_goes_on(
    command: Commands, nitter: Played, waiting: subprocess.Popen[bytes]
) -> None:
    waiting.kill()
    waiting.wait()
    assert command("fetch", LINK).lines[0].endswith("complete")
    assert nitter.asked == [NEXT]


@pytest.mark.real
def test_a_fetch_that_another_process_is_at_is_left_to_it(
    command: Commands, nitter: Played, waiting: subprocess.Popen[bytes]
) -> None:
    assert command("fetch", LINK).lines[0].endswith("complete")
    assert nitter.asked == [PATH, NEXT]
