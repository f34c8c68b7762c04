"""A program in a real pty: what it writes, when, and what its screen then shows."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyte

QUIET = 0.05
"""Seconds without a byte after which a screen is finished."""
BRIEF = 0.012
"""Likewise, for keys that are pressed one after the other as soon as the answer is there."""
CALM = 0.2
"""Likewise, for what comes of itself a little later."""
STARTING, ANSWERING = 900.0, 60.0
"""Seconds that a start, or the answer to a key, may take."""
_CHUNK = 65_536
_TOGETHER = 0.005
"""Seconds up to which two writes are parts of one."""

Sees = Callable[[str], bool]
"""Whether a screen, its lines joined by newlines, shows what is waited for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program wrote after it was started, or after a key."""

    took: float
    """Seconds until the bytes that made the screen show what was waited for; if it was just an answer, the last."""
    written: int
    """Bytes up to there."""

    def __add__(self, other: "Answer") -> "Answer":
        """Two answers that are wanted as one."""
        return Answer(self.took + other.took, self.written + other.written)


class Screen(pyte.Screen):
    """pyte's screen, deaf to private reports that it takes for ordinary ones."""

    def report_device_status(self, mode: int, **_: object) -> None:
        """Say nothing: the programs are measured at a terminal that does not answer."""

    def report_device_attributes(self, mode: int = 0, **_: object) -> None:
        """Say nothing."""

    def set_margins(self, top: int | None = None, bottom: int | None = None, **private: bool) -> None:
        """Set the scroll region, but do not take `CSI ? r` for it."""
        if not private:
            super().set_margins(top, bottom)

    def select_graphic_rendition(self, *attributes: int, **_: object) -> None:
        """Draw without colours: nobody looks at them, and `CSI > … m` is something else."""


class Terminal:
    """A program that runs in a pty of 80×24 until the block ends."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        hold: float = 0,
        columns: int = 80,
        lines: int = 24,
    ) -> None:
        """`hold` is how long a screen must show what is waited for, if it may do so before it is true."""
        self._hold = hold
        self._screen = Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.started = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            try:
                os.execvpe(command[0], list(command), dict(environment))
            finally:
                os._exit(127)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.close(self._master)
        os.waitpid(self.pid, 0)

    @property
    def text(self) -> str:
        """The screen's lines; the second cell of a wide character adds nothing."""
        screen = self._screen
        return "\n".join(
            "".join(screen.buffer[line][column].data for column in range(screen.columns))
            for line in range(screen.lines)
        )

    def peak(self) -> int:
        """The most memory that the program has had resident, in bytes."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

    def busy(self) -> float:
        """Seconds for which the program has kept a processor busy, its ended children not among them."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def answer(self, sees: Sees) -> Answer:
        """Wait from the start on for what the screen must show. Raises TimeoutError where it does not come."""
        return self._wait(self.started, self.started + STARTING, sees)

    def press(self, keys: str, sees: Sees | None = None, *, quiet: float = QUIET) -> Answer:
        """Send keys at once, and wait for what the screen must show, or if nothing is named, for any answer.

        Raises TimeoutError where it does not come.
        """
        begun = time.perf_counter()
        os.write(self._master, keys.encode())
        return self._wait(begun, begun + ANSWERING, sees, self._hold if sees else 0, quiet)

    def send(self, keys: str, quiet: float = CALM) -> None:
        """Send keys at once, and take in what comes of them, if anything does."""
        os.write(self._master, keys.encode())
        self.quieten(quiet)

    def stages(self, keys: str, *wanted: Sees, quiet: float = QUIET) -> tuple[Answer, ...]:
        """Send keys at once; for each thing that the screen must show in turn, when the bytes ended that showed it.

        Raises TimeoutError where one does not come.
        """
        begun = time.perf_counter()
        os.write(self._master, keys.encode())
        found: list[Answer] = []
        last, written = begun, 0
        while len(found) < len(wanted):
            chunks = self._burst(begun + ANSWERING, quiet)
            if not chunks:
                raise TimeoutError(f"stage {len(found) + 1} did not come in {ANSWERING:.0f} s:\n{self.text}")
            for at, data in chunks:
                written += len(data)
                self._stream.feed(data)
                if found and at - last < _TOGETHER:
                    found[-1] = Answer(at - begun, written)
                last, screen = at, self.text
                while len(found) < len(wanted) and wanted[len(found)](screen):
                    found.append(Answer(at - begun, written))
        return tuple(found)

    def _wait(self, begun: float, latest: float, sees: Sees | None, hold: float = 0.0, quiet: float = QUIET) -> Answer:
        """Take in what comes, until the screen has shown what is waited for as long as `hold`, and is quiet."""
        took, written, until = None, 0, latest
        while took is None or time.perf_counter() < until:
            chunks = self._burst(until, quiet)
            if not chunks and took is None:
                raise TimeoutError(f"what was waited for did not come in {latest - begun:.0f} s:\n{self.text}")
            for at, data in chunks:
                written += len(data)
                self._stream.feed(data)
                if sees is not None and not sees(self.text):
                    took = None
                elif took is None or sees is None:
                    took = at - begun
            until = latest if took is None else begun + took + hold
        return Answer(took, written)

    def quieten(self, quiet: float = CALM) -> int:
        """Take in what still comes, until nothing does; returns how many bytes that were."""
        until, written = time.perf_counter() + ANSWERING, 0
        while chunks := self._burst(min(time.perf_counter() + quiet, until), quiet):
            for _, data in chunks:
                self._stream.feed(data)
                written += len(data)
        return written

    def idle(self, seconds: float) -> int:
        """Wait; returns how many bytes came although no key was pressed."""
        chunks = self._burst(time.perf_counter() + seconds, seconds)
        return sum(len(data) for _, data in chunks)

    def _burst(self, until: float, quiet: float) -> list[tuple[float, bytes]]:
        """What comes, with the times: if anything does before `until`, all up to a quiet or ANSWERING later."""
        chunks: list[tuple[float, bytes]] = []
        wait = until - time.perf_counter()
        while select.select([self._master], [], [], max(wait, 0))[0]:
            try:
                data = os.read(self._master, _CHUNK)
            except OSError as error:
                raise TimeoutError(f"the program ended:\n{self.text}") from error
            chunks.append((time.perf_counter(), data))
            wait = min(quiet, chunks[0][0] + ANSWERING - chunks[-1][0])
        return chunks
