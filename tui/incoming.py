"""An import or a fetch that goes on in a process of its own while its thread is read on the screen."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any, cast

from core.errors import PayloadError

STOPPED = "Stopped. What came is kept; open the same again, and it goes on from there."


@dataclass(frozen=True, slots=True)
class ImportNews:
    """What the process last said."""

    root_id: str = ""
    thread_id: int = 0
    """The library's own number of the thread; 0 until something is kept."""
    posts: int = 0
    """Kept so far."""
    part: float = 0.0
    """How much has come, 0 to 1; 0 where that is not known."""
    told: str = ""
    """What it does now; empty where that is the reading of a file."""
    outcome: str | None = None
    """How it ended; None while it goes on."""


class Incoming:
    """The process. It dies with this one, and what it has kept stays."""

    def __init__(self, command: str, arguments: Sequence[str]) -> None:
        """`arguments` are those of `pullquote import` or `pullquote fetch`, which `command` says."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tui.cli", command, "--follow", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._news = ImportNews()
        self._said: list[str] = []
        self._stopped = False

    def first(self, tell: Callable[[str], object] = lambda _told: None) -> ImportNews:
        """Wait until the first replies can be read, or it has ended; meanwhile `tell` is told what it does.

        Raises PayloadError where it ended without a thread.
        """
        while not self._news.root_id and self._news.outcome is None:
            self._hear(self._stream.readline())
            tell(self._news.told)
        if not self._news.root_id:
            raise PayloadError(self._news.outcome or "")
        return self._news

    async def next(self) -> ImportNews:
        """What it says next; the last news has the outcome."""
        self._hear(await asyncio.to_thread(self._stream.readline))
        return self._news

    def stop(self) -> None:
        """End it; what has come is kept, and the same file goes on from there."""
        self._stopped = True
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

    @property
    def _stream(self) -> IO[bytes]:
        """What it says, line by line."""
        return cast(IO[bytes], self._process.stdout)

    def _hear(self, line: bytes) -> None:
        """Take a line of what it says."""
        if not line:
            code = self._process.wait()
            # An import that was told to stop may have ended by itself just before.
            stopped = self._stopped and code != 0
            ended = STOPPED if stopped else " ".join(self._said) or (f"the import ended ({code})" if code else "")
            self._news = replace(self._news, outcome=ended)
            return
        try:
            message: dict[str, Any] = json.loads(line)
        except ValueError:
            self._said.append(line.decode("utf-8", "replace").strip().removeprefix("pullquote: "))
            return
        if "outcome" in message:
            self._said.append(message["outcome"])
            self._news = ImportNews(message["root_id"], message["thread_id"] or 0, message["posts"], 1.0)
        else:
            part = message["done"] / message["total"] if message["total"] else 0.0
            self._news = ImportNews(
                message["root_id"], message["thread_id"] or 0, message["posts"], part, message.get("told", "")
            )
