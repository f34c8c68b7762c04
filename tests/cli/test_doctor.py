"""`pullquote doctor` as a command: without a terminal, in a pseudo-terminal, and in a real tmux."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.doctor.widths import SAMPLES
from tests.kit.commands import Commands, run
from tests.kit.real import need
from tests.kit.terminal import REPOSITORY, Terminal, environment
from tests.kit.waiting import PATIENCE

WELL = (2, 2, 1, 2, 2)
"""The columns of a terminal that is as it should be."""


@pytest.fixture
def commands(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@pytest.mark.real
def test_without_a_terminal_it_says_so_and_creates_nothing(home: Path) -> None:
    home.mkdir()
    ended = run("doctor", env={"TERM": "xterm-256color"})
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"not asked: no terminal" in ended.stdout
    assert list(home.rglob("*")) == []


def test_as_json_each_finding_has_its_parts_and_what_is_not_well_has_a_fix(commands: Commands) -> None:
    found = commands("doctor", "--json").json
    topics = ["locale", "width", "colours", "clipboard", "tmux", "library", "disk", "settings", "keys", "translation"]
    assert [one["topic"] for one in found if one["topic"] in topics] == topics
    for one in found:
        assert list(one) == ["topic", "verdict", "found", "fix"]
        assert bool(one["fix"]) is (one["verdict"] != "ok")


@pytest.mark.real
def test_a_fault_ends_with_1_and_everything_else_is_told_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("words " * 500)
    ended = run("--library", tmp_path / "x.db", "doctor")
    assert ended.returncode == 1
    assert b"no pullquote library" in ended.stdout
    assert b"camofox" in ended.stdout


def test_a_library_that_is_nobodys_is_a_finding(commands: Commands) -> None:
    found = commands("--library", "~nosuchuser/x.db", "doctor", "--json", code=1).json
    assert [one["topic"] for one in found if one["verdict"] == "fault"] == ["library"]
    assert found[-1]["topic"] == "x-tweet-fetcher"


def test_the_problems_of_both_files_are_told_with_their_places(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text("[screen]\nsort = 'colour'\n")
    (tmp_path / "keys.toml").write_text('"star.toggel" = "S"\n"filter" = "g"\n')
    found = commands("doctor", "--json").json
    told = {one["topic"]: one for one in found if one["verdict"] == "warning"}
    assert "line 2" in told["settings"]["found"]
    assert [one["topic"] for one in found].count("keys") == 2
    assert told["keys"]["fix"].endswith(str(tmp_path / "keys.toml"))


def test_a_key_is_told_of_and_never_told(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_API_KEY", "sk-0123456789")
    ran = commands("doctor")
    assert "there is a key" in ran.out
    assert "sk-0123456789" not in ran.out + ran.err


@pytest.mark.real
def test_without_utf_8_there_is_nothing_but_ascii(tmp_path: Path) -> None:
    ended = run("--library", tmp_path / "伞.db", "doctor", env={"LC_ALL": "C", "TERM": "dumb"})
    assert ended.returncode == 0
    assert ended.stdout.isascii()
    assert b"\\u4f1e.db" in ended.stdout
    assert b"export LC_ALL=C.UTF-8" in ended.stdout


@pytest.mark.real
def test_a_hostile_path_reaches_the_terminal_as_text(tmp_path: Path) -> None:
    path = tmp_path / "x\x1b]0;owned\x07\x9b2J.db"
    path.write_text("words " * 500)
    ended = run("--library", path, "doctor")
    assert ended.returncode == 1
    assert "␛]0;owned␇".encode() in ended.stdout
    assert b"\x1b" not in ended.stdout


@pytest.mark.real
def test_a_terminal_that_the_system_does_not_know_is_told(commands: Commands) -> None:
    found = json.loads(run("doctor", "--json", env={"TERM": "no-such-terminal"}).stdout)
    (colours,) = (one for one in found if one["topic"] == "colours")
    assert (colours["verdict"], colours["fix"]) == ("warning", "export TERM=xterm-256color")


# In a pseudo-terminal


class Asked(Terminal):
    """A terminal that can be asked where its cursor is."""

    def wait_for_questions(self) -> None:
        """Wait until every question has come."""
        until = time.monotonic() + PATIENCE
        while self.sent.count(b"\x1b[6n") < len(SAMPLES):
            assert time.monotonic() < until, self.text
            self._read(0.02)

    def answer(self, *columns: int) -> None:
        """Say that each sample took so many columns."""
        self.press("".join(f"\x1b[1;{took + 1}R" for took in columns))


@pytest.mark.real
@pytest.mark.parametrize(
    ("columns", "words", "code"),
    [
        (WELL, "Chinese and emoji take two columns", 0),
        ((3, 4, 3, 18, 8), "takes 3 columns here", 1),
        ((2, 2, 2, 2, 2), "every row shifts", 0),
    ],
)
def test_the_terminal_is_asked_and_left_as_it_was(
    tmp_path: Path, columns: tuple[int, ...], words: str, code: int
) -> None:
    with Asked(["doctor"], tmp_path, (120, 60)) as terminal:
        terminal.wait_for_questions()
        terminal.answer(*columns)
        assert terminal.end() == code
        assert words in " ".join(terminal.screen.split())
        terminal.restored()


@pytest.mark.real
def test_what_is_typed_before_the_answer_does_not_confuse(tmp_path: Path) -> None:
    with Asked(["doctor"], tmp_path, (120, 60)) as terminal:
        terminal.wait_for_questions()
        terminal.press("j", "up")
        terminal.answer(*WELL)
        assert terminal.end() == 0
        assert "Chinese and emoji take two columns" in terminal.screen


@pytest.mark.real
def test_a_terminal_that_does_not_answer_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    with Asked(["doctor"], tmp_path, (120, 60)) as terminal:
        assert terminal.end() == 0
        assert "does not say where its cursor is" in terminal.screen
        terminal.restored()


@pytest.mark.real
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_while_the_terminal_is_asked_leaves_it_as_it_was(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    with Asked(["doctor"], tmp_path) as terminal:
        terminal.wait_for_questions()
        terminal.process.send_signal(number)
        assert terminal.end() == code
        terminal.restored()


@pytest.mark.real
@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_move_its_cursor_is_not_asked(tmp_path: Path, term: str) -> None:
    with Terminal(["doctor"], tmp_path, (120, 60), {**environment(tmp_path), "TERM": term}) as terminal:
        assert terminal.end() == 1
        assert "\x1b" not in terminal.text
        assert "export TERM=xterm-256color" in terminal.text


@pytest.mark.real
def test_a_real_tmux_answers_and_its_settings_are_told(tmp_path: Path) -> None:
    tmux = need("tmux")

    def ask(*arguments: str) -> str:
        command = [tmux, "-u", "-S", str(tmp_path / "socket"), "-f", os.devnull, *arguments]
        env = environment(tmp_path)
        return subprocess.run(command, env=env, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout

    ask("new-session", "-d", "-x", "120", "-y", "60", f"{shlex.quote(sys.executable)} -m tui.cli doctor; sleep 60")
    try:
        until = time.monotonic() + PATIENCE
        while " faults." not in (seen := ask("capture-pane", "-p")):
            assert time.monotonic() < until, seen
    finally:
        ask("kill-server")
    assert "tmux holds Esc back for 500 ms" in seen
    assert "not asked" not in seen
    assert "does not say where its cursor is" not in seen
