"""Crashes, terminals that are small or odd, and how the program leaves them."""

import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.kit.stage import ROOT, library_with
from tests.kit.terminal import REPOSITORY, Terminal, environment

pytestmark = pytest.mark.real

Opened = tuple[list[str], dict[str, str]]

# Crashes

CRASH = """
import sys
from core.desk import Desk
from core.library import rows
def crash(self, seqs):
    secret = rows.quote(self.library, seqs[0], "zh").post.text
    raise ValueError("sk-secret and " + secret)
Desk.toggle_star = crash
from tui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_crash_restores_the_terminal_exits_3_and_leaves_a_file_without_anybodys_text(tmp_path: Path) -> None:
    library, _ = library_with(tmp_path / "library.db")
    library.close()
    env = environment(tmp_path, PULLQUOTE_LIBRARY=str(tmp_path / "library.db"))
    with Terminal([sys.executable, "-c", CRASH, "open", ROOT], tmp_path, env=env) as terminal:
        terminal.wait("likes ↓")
        terminal.press("x", "s")
        assert terminal.end() == 3
        terminal.restored()
        after = terminal.text[terminal.text.rfind("\x1b[?1049l") :]
        assert "This is our fault (ValueError)" in after
        assert "Traceback" not in terminal.text
        assert "sk-secret" not in terminal.text
        assert "kettle" not in after.lower()
    (report,) = tmp_path.rglob("crash-*.txt")
    said = report.read_text(encoding="utf-8")
    assert "builtins.ValueError" in said
    assert "kettle" not in said.lower()
    assert "sk-secret" not in said
    assert report.stat().st_mode & 0o077 == 0
    listed = _pullquote(env, "posts", ROOT, "--where", "is:rejected", "--json")
    assert [one["id"] for one in json.loads(listed.stdout)] == ["103"], "the mark before the crash is kept"


def _pullquote(env: dict[str, str], *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """The command without a terminal."""
    command = [sys.executable, "-m", "tui.cli", *arguments]
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command, cwd=REPOSITORY, env=env, capture_output=True, text=True, **more
    )
    return done


# Odd terminals


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """The arguments and the environment that open the invented thread."""
    library, _ = library_with(tmp_path / "library.db")
    library.close()
    return ["open", ROOT], environment(tmp_path, PULLQUOTE_LIBRARY=str(tmp_path / "library.db"), EDITOR="true")


def test_a_terminal_that_is_too_small_says_so_keeps_its_state_and_comes_back(tmp_path: Path, opened: Opened) -> None:
    command, env = opened
    with Terminal(command, tmp_path, (80, 24), env) as terminal:
        terminal.wait("likes ↓")
        terminal.press("j")
        terminal.resize(20, 5)
        terminal.wait("This terminal is too")
        terminal.press("s")
        terminal.resize(80, 24)
        terminal.wait("1 starred")
        terminal.wait("› ★")
        terminal.press("Q")
        assert terminal.end() == 0
        terminal.restored()


def test_a_terminal_of_twenty_by_five_can_be_opened_and_left(tmp_path: Path, opened: Opened) -> None:
    command, env = opened
    with Terminal(command, tmp_path, (20, 5), env) as terminal:
        terminal.wait("This terminal is too")
        terminal.press("Q")
        assert terminal.end() == 0
        terminal.restored()


def test_a_storm_of_sizes_does_no_harm_in_any_dialog(tmp_path: Path, opened: Opened) -> None:
    command, env = opened
    sizes = [(5, 2), (200, 60), (1, 1), (80, 24), (300, 100), (300, 5), (41, 11), (10, 50), (140, 30)]
    with Terminal(command, tmp_path, (80, 24), env) as terminal:
        terminal.wait("likes ↓")
        for keys in ("", "t", "?", "c", "X", "W", "go", "P", "@", "f"):
            terminal.press(*keys)
            for size in sizes:
                terminal.resize(*size)
            terminal.press("escape")
        terminal.resize(80, 24)
        terminal.wait("10 replies · end unknown · likes ↓")
        terminal.press("Q")
        assert terminal.end() == 0
        assert "Traceback" not in terminal.text


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_move_its_cursor_gets_words(tmp_path: Path, opened: Opened, term: str) -> None:
    command, env = opened
    with Terminal(command, tmp_path, env={**env, "TERM": term}) as terminal:
        assert terminal.end() == 1
        assert "wants a terminal" in terminal.text
        assert "\x1b" not in terminal.text
        assert "Traceback" not in terminal.text


def test_without_a_terminal_there_are_words_and_exit_1(opened: Opened) -> None:
    command, env = opened
    done = _pullquote(env, *command, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert "wants a terminal" in done.stderr
    assert "Traceback" not in done.stderr


def test_redraw_sends_the_whole_screen_again(tmp_path: Path, opened: Opened) -> None:
    command, env = opened
    with Terminal(command, tmp_path, env=env) as terminal:
        terminal.wait("likes ↓")
        terminal.wipe()
        assert "likes" not in terminal.screen
        terminal.press("ctrl+l")
        for words in ("likes ↓", "Kettle, black", "From whom", "Accept"):
            terminal.wait(words)
        terminal.press("Q")
        assert terminal.end() == 0


def test_the_writers_editor_gets_the_terminal_and_gives_it_back(tmp_path: Path, opened: Opened) -> None:
    command, env = opened
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho IN THE EDITOR\nsed -i 's/^=== note ===$/&\\nfrom outside/' \"$1\"\n")
    editor.chmod(0o755)
    with Terminal(command, tmp_path, env={**env, "EDITOR": str(editor)}) as terminal:
        terminal.wait("likes ↓")
        terminal.press("E")
        terminal.wait("write the note")
        assert "IN THE EDITOR" in terminal.text
        terminal.press("Q")
        assert terminal.end() == 0
        terminal.restored()


@pytest.mark.parametrize("locale", [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {}])
def test_a_locale_without_utf_8_is_no_crash(tmp_path: Path, opened: Opened, locale: dict[str, str]) -> None:
    command, env = opened
    bare = {name: value for name, value in env.items() if name != "LANG"}
    with Terminal(command, tmp_path, env={**bare, **locale}) as terminal:
        terminal.wait("likes")
        terminal.press("s")
        terminal.wait("1 starred")
        terminal.press("Q")
        assert terminal.end() == 0
        assert "Traceback" not in terminal.text


@pytest.mark.parametrize(
    "more",
    [
        {"TERM": "linux"},
        {"TERM": "vt100"},
        {"TERM": "xterm-16color", "COLORTERM": ""},
        {"NO_COLOR": "1"},
    ],
    ids=lambda more: " ".join(f"{name}={value}" for name, value in more.items()),
)
def test_every_state_can_be_told_apart_whatever_the_terminal_can_colour(
    tmp_path: Path, opened: Opened, more: dict[str, str]
) -> None:
    command, env = opened
    with Terminal(command, tmp_path, env={**env, **more}) as terminal:
        terminal.wait("likes ↓")
        terminal.press("s", "j", "x", "space")
        terminal.wait("1 starred")
        for row in ("★       55", "✗       40", "»       30", "› ·       12"):
            terminal.wait(row)
        terminal.press("Q")
        assert terminal.end() == 0
        terminal.restored()


def test_no_color_is_heeded(tmp_path: Path, opened: Opened) -> None:
    command, env = opened
    with Terminal(command, tmp_path, env={**env, "NO_COLOR": "1"}) as terminal:
        terminal.wait("likes ↓")
        terminal.press("s", "t", *"meme", "enter", "?")
        terminal.wait("type to find a key")
        terminal.press("escape", "Q")
        assert terminal.end() == 0
        codes = {int(code) for sent in re.findall(r"\x1b\[([0-9;]+)m", terminal.text) for code in sent.split(";")}
        assert not codes & {*range(30, 39), *range(40, 49), *range(90, 108)}


@pytest.mark.parametrize("size", [(60, 20), (300, 100)])
def test_every_size_shows_the_view_the_rows_the_post_and_the_keys(
    tmp_path: Path, opened: Opened, size: tuple[int, int]
) -> None:
    command, env = opened
    with Terminal(command, tmp_path, size, env) as terminal:
        for words in ("10 replies", "likes↓", "› ·       55", "From whom, though? A kettle?", "answers @ada"):
            terminal.wait(words)
        assert "? Help" in terminal.lines()[-1]
        terminal.press("Q")
        assert terminal.end() == 0
        terminal.restored()


def test_hundreds_of_sizes_in_a_row_leave_the_screen_that_a_redraw_gives(tmp_path: Path, opened: Opened) -> None:
    command, env = opened
    chance = Random(20260224)
    with Terminal(command, tmp_path, (80, 24), env) as terminal:
        terminal.wait("likes ↓")
        for number in range(120):
            small = chance.random() < 0.3
            terminal.resize(chance.randint(1, 20 if small else 120), chance.randint(1, 5 if small else 40))
            if number % 10 == 0:
                terminal.send(chance.choice("jkGx"))
        terminal.resize(80, 24)
        terminal.wait("? Help")
        left = terminal.settled()
        terminal.wipe()
        terminal.press("ctrl+l")
        terminal.wait("? Help")
        assert terminal.settled() == left
        terminal.press("Q")
        assert terminal.end() == 0
        terminal.restored()
