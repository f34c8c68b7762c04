"""The program in a pseudo-terminal: keys go in as bytes, every byte that comes out is kept, pyte draws the screen."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

from tests.kit.places import ROOT
from tests.kit.waiting import PATIENCE

REPOSITORY = ROOT
_KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pagedown": "\x1b[6~",
}
BEYOND_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*(?:\$p|u)|\x1b\[[0-9;]*[tq]|\x1bP[^\x1b]*\x1b\\")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which every file of the program is in `folder`."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "VIRTUAL_ENV") if name in os.environ}
    homes = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    ours = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PULLQUOTE_CONFIG": os.devnull, "ESCDELAY": "20"}
    return {**kept, **homes, **ours, **more}


def until(so: Callable[[], bool], what: str) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + PATIENCE
    while not so():
        if time.monotonic() > end:
            raise AssertionError(f"waited for {what}")
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process of ours runs; one that has ended and waits for its parent does not."""
    return Path(f"/proc/{pid}/exe").exists()


class Terminal:
    """A terminal with one program in it."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
    ) -> None:
        """`command` goes to `pullquote`, or is a whole one where it begins with a path."""
        whole = list(command) if command[0].startswith("/") else [sys.executable, "-m", "tui.cli", *command]
        self.sent = b""
        """Every byte that the program has sent."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._master, self._slave = pty.openpty()
        self._ends = [self._slave, self._master]
        self._resize(*size)
        self.modes = termios.tcgetattr(self._slave)
        self.process = subprocess.Popen(
            whole,
            cwd=REPOSITORY,
            env=dict(env or environment(folder)),
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.unplug()

    def unplug(self) -> None:
        """Take the terminal away from the program."""
        while self._ends:
            os.close(self._ends.pop())

    def send(self, text: str) -> None:
        """Type text in one piece, and look at nothing that comes of it."""
        os.write(self._master, text.encode())

    def press(self, *keys: str) -> None:
        """Press keys; after Esc ESCDELAY passes, as it does under a hand, so that it is not taken for alt."""
        for key in keys:
            code = chr(ord(key[5]) & 0x1F) if key.startswith("ctrl+") else _KEYS.get(key, key)
            os.write(self._master, code.encode())
            self._read(0.05 if key == "escape" else 0.01)

    def paste(self, text: str) -> None:
        """Paste, as a terminal brackets it."""
        os.write(self._master, b"\x1b[200~" + text.encode("utf-8", "surrogatepass") + b"\x1b[201~")
        self._read(0.05)

    @property
    def screen(self) -> str:
        """What a reader sees."""
        return "\n".join(self._screen.display)

    def lines(self) -> list[str]:
        """What a reader sees once all that came is drawn, line by line."""
        self._read(0.05)
        return self.screen.split("\n")

    @property
    def text(self) -> str:
        """What was sent, as characters."""
        return self.sent.decode("utf-8", "replace")

    def wait(self, words: str, *, gone: bool = False) -> None:
        """Wait until the screen shows words, or shows them no more."""
        until = time.monotonic() + PATIENCE
        while (words in self.screen) is gone:
            if time.monotonic() > until or (self.process.poll() is not None and not self._read(0.2)):
                raise AssertionError(f"waited for {words!r} in:\n{self.screen}\n{self.text[-400:]!r}")
            self._read(0.05)

    def receives(self, pattern: bytes) -> None:
        """Wait until bytes that fit a pattern have come."""
        end = time.monotonic() + PATIENCE
        while not re.search(pattern, self.sent):
            if time.monotonic() > end:
                raise AssertionError(f"waited for {pattern!r} in:\n{self.sent[-400:]!r}")
            self._read(0.05)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._screen.resize(lines, columns)
        self._resize(columns, lines)
        os.killpg(self.process.pid, signal.SIGWINCH)
        self._read(0.01)

    def _resize(self, columns: int, lines: int) -> None:
        """Tell the system."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def settled(self) -> list[str]:
        """What a reader sees once the program is at rest, line by line."""
        while self._read(0.3):
            pass
        return self.screen.split("\n")

    def wipe(self) -> None:
        """Clear the screen behind the program's back, once it is at rest."""
        self.settled()
        self._stream.feed(b"\x1b[2J")

    def end(self) -> int:
        """Wait for the program to leave; returns its exit code."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            self._read(0.02)
            if time.monotonic() > until:
                raise AssertionError(f"it does not leave:\n{self.screen}")
        while self._read(0.05):
            pass
        return self.process.returncode

    def restored(self) -> None:
        """Assert that the terminal is as it was: line discipline, screen, cursor, mouse and paste modes."""
        assert termios.tcgetattr(self._slave) == self.modes
        for mode in ("1049", "25", "1000", "1003", "1006", "2004"):
            set_, reset = f"\x1b[?{mode}h", f"\x1b[?{mode}l"
            last = max(self.text.rfind(set_), self.text.rfind(reset))
            wanted = set_ if mode == "25" else reset
            assert last < 0 or self.text.startswith(wanted, last), f"mode {mode} is left behind"

    def _read(self, seconds: float) -> bool:
        """Take what comes within a time; True where something did."""
        came = False
        until = time.monotonic() + seconds
        while True:
            ready, _, _ = select.select([self._master], [], [], max(until - time.monotonic(), 0))
            if not ready:
                return came
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return came
            if not data:
                return came
            came = True
            self.sent += data
            self._stream.feed(BEYOND_PYTE.sub(b"", data))
