"""A program that is killed: every mark that it has confirmed is in the library."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from core.desk import Desk
from core.library import open_library
from core.models import State
from tests.bench.kill import compare, make_library, run
from tests.kit.commands import TREE
from tests.kit.shelf import Shelf, root, said, shelf

pytestmark = pytest.mark.real

WRITER = """
import sys
from pathlib import Path
from core.desk import Desk
from core.library import open_library
from core.models import State

library = open_library(Path(sys.argv[1]))
desk = Desk(library, 1, "zh")
for number in range(int(sys.argv[2]), 10**6):
    seq = 2 + number % 50
    desk.decide((seq,), State.REJECTED if desk.quotes((seq,))[0].mark.state is State.STARRED else State.STARRED)
    desk.write(seq, note=f"note {number}", translation=f"译 {number}")
    desk.tags.add((seq,), f"tag {number % 7}")
    print(number, flush=True)
"""
TIMES = 30


def killed(here: Shelf, first: int, seconds: float) -> int:
    """Let a program mark posts, kill it after a while, and return the last number that it confirmed."""
    command = [sys.executable, "-c", WRITER, str(here.library.path), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TREE) as writer:
        assert writer.stdout is not None
        confirmed = int(writer.stdout.readline())
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
    assert writer.returncode == -signal.SIGKILL
    # A line that was cut off has no newline, and confirms nothing.
    whole = rest[: rest.rfind("\n") + 1].split()
    return int(whole[-1]) if whole else confirmed


def test_what_was_confirmed_is_there_after_a_kill_at_any_moment(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(), *(said(str(101 + n)) for n in range(50))))
    moments, number = Random(20260224), -1
    for _ in range(TIMES):
        number = killed(here, number + 1, moments.uniform(0, 0.03))
        library = open_library(here.library.path)
        assert library.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for done in range(max(0, number - 40), number + 1):
            (quote,) = here.desk.quotes((2 + done % 50,))
            assert quote.mark.state is not State.NEW
            assert f"tag {done % 7}" in quote.mark.tags
            assert quote.mark.note == f"note {done}"
            assert quote.translation is not None
            assert quote.translation.text == f"译 {done}"
        library.close()
    assert number > TIMES
    here.library.close()


def test_what_the_screen_has_drawn_is_there_after_a_kill_while_keys_are_pressed(tmp_path: Path) -> None:
    found = run(tmp_path, 6, 20260225)
    assert found.faults == []
    assert found.kept >= found.drawn > 0


def test_a_change_that_was_drawn_and_lost_is_found_out(tmp_path: Path) -> None:
    make_library(tmp_path / "library.db")
    library = open_library(tmp_path / "library.db")
    desk = Desk(library, 1, "zh")
    desk.decide((2,), State.STARRED)
    desk.tags.add((2,), "bb")
    whole = " 60 replies · end unknown · likes ↓ · 1 starred\n  ★      999     –      – –     @r0   bb   reply 0\n"
    assert compare(library, whole) == 0
    assert compare(library, whole.replace("bb", "  ")) == 1, "the screen may be behind"
    assert compare(library, whole.replace("bb", "cc")) is None
    assert compare(library, whole.replace("★", "✗")) is None
    library.close()
