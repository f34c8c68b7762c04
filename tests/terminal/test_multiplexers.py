"""The program inside tmux and GNU screen: left there, found again, and ended with them."""

import base64
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.desk import Desk
from core.library import open_library
from core.models import State
from tests.kit.real import need
from tests.kit.stage import BY_ID, POSTS, ROOT, library_with
from tests.kit.terminal import Terminal, alive, environment, until
from tests.kit.waiting import PATIENCE

pytestmark = pytest.mark.real


@dataclass(frozen=True)
class Multiplexer:
    """A multiplexer with a server of its own."""

    folder: Path
    begin: list[str]
    """What starts it with a program inside, without that program."""
    attach: list[str]
    detach: str
    """The keys that leave it running."""
    quit: list[str]

    @property
    def env(self) -> dict[str, str]:
        """The environment of every command."""
        return environment(
            self.folder, PULLQUOTE_LIBRARY=str(self.folder / "library.db"), SCREENDIR=str(self.folder / "sockets")
        )

    def start(self) -> Terminal:
        """The program in it, in a terminal."""
        words = f"echo $$ > {self.folder}/pid; exec {sys.executable} -m tui.cli open {ROOT}"
        terminal = Terminal([*self.begin, "sh", "-c", words], self.folder, env=self.env)
        terminal.wait("likes ↓")
        return terminal

    def again(self, size: tuple[int, int] = (80, 24)) -> Terminal:
        """A terminal that comes back to it."""
        return Terminal(self.attach, self.folder, size, self.env)

    def end(self) -> None:
        """End its server, if it runs."""
        subprocess.run(self.quit, env=self.env, capture_output=True, check=False, timeout=PATIENCE)

    def gone(self) -> bool:
        """Whether the program has ended."""
        return not alive(int((self.folder / "pid").read_text()))

    def starred(self) -> set[str]:
        """The ids that are starred in the library."""
        library = open_library(self.folder / "library.db")
        try:
            found = Desk(library, 1, "zh").quotes(range(1, len(POSTS) + 1))
        finally:
            library.close()
        return {quote.post.id for quote in found if quote.mark.state is State.STARRED}


@pytest.fixture(params=["tmux", "screen"])
def multiplexer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Multiplexer]:
    """tmux, then GNU screen."""
    library_with(tmp_path / "library.db")[0].close()
    program = need(request.param)
    if request.param == "tmux":
        (tmp_path / "conf").write_text("set -g status off\nset -g escape-time 0\n")
        tmux = [program, "-S", str(tmp_path / "socket"), "-f", str(tmp_path / "conf")]
        made = Multiplexer(tmp_path, [*tmux, "new-session"], [*tmux, "attach"], "\x02d", [*tmux, "kill-server"])
    else:
        (tmp_path / "sockets").mkdir(mode=0o700)
        screen = [program, "-U", "-c", os.devnull]
        quit = [program, "-S", "here", "-X", "quit"]
        made = Multiplexer(tmp_path, [*screen, "-S", "here"], [*screen, "-r", "here"], "\x01d", quit)
    try:
        yield made
    finally:
        made.end()


def test_coming_back_to_a_multiplexer_shows_the_screen_that_was_left(multiplexer: Multiplexer) -> None:
    with multiplexer.start() as terminal:
        terminal.press("x", "s", "j")
        terminal.wait("› ·       30")
        left = terminal.settled()
        terminal.send(multiplexer.detach)
        assert terminal.end() == 0
    with multiplexer.again() as terminal:
        terminal.wait("› ·       30")
        until(lambda: terminal.lines() == left, "the screen that was left")
        terminal.press("s")
        terminal.wait("2 starred")
        terminal.press("Q")
        terminal.end()
        terminal.restored()
    assert multiplexer.starred() == {"101", "109"}


def test_coming_back_with_another_size_shows_all_of_that_size(multiplexer: Multiplexer) -> None:
    with multiplexer.start() as terminal:
        terminal.send(multiplexer.detach)
        terminal.end()
    with multiplexer.again((132, 40)) as terminal:
        terminal.wait("Kettle, black. Probably.")
        until(lambda: "Help" in terminal.lines()[39], "the keys in the last line")
        terminal.press("Q")
        terminal.end()


def test_a_multiplexer_that_is_ended_loses_nothing_and_leaves_nothing_behind(multiplexer: Multiplexer) -> None:
    with multiplexer.start() as terminal:
        terminal.press("a", "a", "s")
        terminal.wait("3 starred")
        multiplexer.end()
        terminal.end()
        terminal.restored()
    until(multiplexer.gone, "the program's end")
    assert multiplexer.starred() == {"103", "101", "109"}


def test_a_copied_reply_reaches_the_terminal_around_a_multiplexer(multiplexer: Multiplexer) -> None:
    with multiplexer.start() as terminal:
        terminal.press("y", "y")
        terminal.receives(rb"\x1b\]52;[a-z]*;" + re.escape(base64.b64encode(BY_ID["103"].text.encode())))
