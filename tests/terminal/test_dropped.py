"""A program whose line is dropped or that the system ends: nothing is lost, and the terminal is as it was."""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.desk import Desk
from core.library import open_library, threads
from core.models import Mark, State
from tests.kit.stage import BY_ID, ROOT, library_with
from tests.kit.terminal import Terminal, environment, until

pytestmark = pytest.mark.real


@dataclass(frozen=True)
class Place:
    """A library, and the program on it as often as it is started."""

    folder: Path

    def start(self, before: str = "true") -> Terminal:
        """The program in a terminal, after a command of the shell."""
        env = environment(self.folder, PULLQUOTE_LIBRARY=str(self.folder / "library.db"))
        words = [sys.executable, "-m", "tui.cli", "open", ROOT]
        terminal = Terminal(["/bin/sh", "-c", f'{before}; exec "$@"', "sh", *words], self.folder, env=env)
        terminal.wait("likes ↓")
        return terminal

    def row(self) -> object:
        """The id of the post at which the next start begins."""
        library = open_library(self.folder / "library.db")
        try:
            return threads.kept_place(library, 1).get("post")
        finally:
            library.close()

    def mark(self, id: str) -> Mark:
        """What the library has of a post."""
        library = open_library(self.folder / "library.db")
        try:
            return Desk(library, 1, "zh").quotes((list(BY_ID).index(id) + 1,))[0].mark
        finally:
            library.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """The invented thread."""
    library_with(tmp_path / "library.db")[0].close()
    return Place(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_that_ends_programs_restores_the_terminal_and_keeps_the_row(
    place: Place, number: signal.Signals
) -> None:
    with place.start() as terminal:
        terminal.press("j", "j")
        terminal.wait("› ·       30")
        terminal.process.send_signal(number)
        assert terminal.end() == 128 + number
        terminal.restored()
        assert "Traceback" not in terminal.text
    with place.start() as terminal:
        terminal.wait("› ·       30")


def test_a_card_that_was_being_written_is_kept_when_the_line_is_dropped(place: Place) -> None:
    with place.start() as terminal:
        terminal.press("c")
        terminal.wait("ctrl+s save")
        terminal.press(*"One kettle is not enough")
        terminal.process.send_signal(signal.SIGHUP)
        assert terminal.end() == 129
    assert place.mark("103").lead_in == "One kettle is not enough"


def test_keys_that_came_before_the_drop_are_done(place: Place) -> None:
    with place.start() as terminal:
        terminal.send("a" + 8 * "x" + "s")
        until(lambda: place.mark("103").state is State.STARRED, "the first key's effect")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.end() == 143
    assert place.mark("104").state is State.STARRED


@pytest.mark.parametrize("before", ["true", "trap '' HUP"])
def test_a_terminal_that_is_gone_takes_the_program_with_it(place: Place, before: str) -> None:
    terminal = place.start(before)
    terminal.press("s")
    terminal.wait("1 starred")
    terminal.unplug()
    terminal.process.wait(15)
    assert place.mark("103").state is State.STARRED


def test_a_terminal_that_takes_nothing_more_does_not_keep_the_program(place: Place) -> None:
    with place.start() as terminal:
        for _ in range(200):
            terminal.send("jjjjjjkkkkkk")
        terminal.process.send_signal(signal.SIGHUP)
        terminal.process.wait(15)


def test_a_pane_that_was_hidden_is_hidden_after_a_drop(place: Place) -> None:
    with place.start() as terminal:
        terminal.wait("answers @ada")
        terminal.press("z", "p")
        terminal.wait("answers @ada", gone=True)
        terminal.process.kill()
    with place.start() as terminal:
        terminal.press("s")
        terminal.wait("1 starred")
        assert "answers @ada" not in terminal.screen


def test_a_program_that_ends_late_leaves_the_row_that_was_kept_after_it(place: Place) -> None:
    with place.start() as silent:
        silent.press("j")
        silent.wait("› ·       40")
        until(lambda: place.row() == "101", "the silent program's row")
        with place.start() as anew:
            anew.wait("› ·       40")
            anew.press("j", "Q")
            assert anew.end() == 0
        assert place.row() == "109"
        silent.process.send_signal(signal.SIGHUP)
        silent.end()
    assert place.row() == "109"
