"""Asking the terminal where its cursor is, outside of the screen, and leaving it as it was."""

import os
import re
import select
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

PATIENCE = 2.0
"""Seconds for the terminal's answers, which come over the line."""
_ASK = "\x1b[6n"
"""DSR, answered by CPR: ESC [ line ; column R (ECMA-48)."""
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")


def is_terminal() -> bool:
    """Whether standard input and output are a terminal that moves its cursor, and this process is in its foreground."""
    try:
        ours = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
        return ours and sys.platform != "win32" and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (AttributeError, OSError, ValueError):
        return False


def columns_of(texts: Sequence[str]) -> list[int] | None:
    """How many columns each text takes, or None where the terminal does not answer in time.

    All are asked at once, for on a slow line each question would cost its delay.
    """
    question = "".join(f"\r{text}{_ASK}\r\x1b[K" for text in texts)
    with _unheard(sys.stdin.fileno()) as fileno:
        sys.stdout.write(question)
        sys.stdout.flush()
        answers = _answers(fileno, len(texts))
    return [int(column) - 1 for column in answers] if len(answers) == len(texts) else None


def _answers(fileno: int, count: int) -> list[bytes]:
    """The columns that come within PATIENCE, at most `count`."""
    until = monotonic() + PATIENCE
    came = b""
    while len(answers := _ANSWER.findall(came)) < count:
        if not select.select([fileno], [], [], max(until - monotonic(), 0))[0]:
            break
        if not (data := os.read(fileno, 4096)):
            break
        came += data
    return answers


@contextmanager
def _unheard(fileno: int) -> Iterator[int]:
    """The terminal without echo and without waiting for whole lines; as it was at the end, come what may."""
    import termios
    import tty

    before = termios.tcgetattr(fileno)
    ended = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        tty.setcbreak(fileno, termios.TCSADRAIN)
        yield fileno
    finally:
        # What comes too late is thrown away, or the shell would take it for typing.
        termios.tcsetattr(fileno, termios.TCSAFLUSH, before)
        signal.signal(signal.SIGTERM, ended)
