"""How much memory a program takes, with all processes that it has started."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

_OFTEN = 0.025
"""Seconds between two looks."""
_RELATIVES = 8
"""Looks after which the processes are sought anew."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Looks at a process and its descendants until the block ends.

    What several of them share counts for each: the figure is rather too high than too low.
    """

    def __init__(self, pid: int) -> None:
        self.most = 0
        """Bytes that were resident at one moment."""
        self._pid = pid
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        """Look until it is over."""
        looks, family = 0, [self._pid]
        while not self._over.wait(_OFTEN):
            if looks % _RELATIVES == 0:
                family = _family(self._pid)
            looks += 1
            self.most = max(self.most, sum(map(_resident, family)))


def _resident(pid: int) -> int:
    """Bytes of a process that are in memory; 0 where it has ended."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    return 0


def _family(pid: int) -> list[int]:
    """A process and its descendants."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    found, at = [pid], 0
    while at < len(found):
        found += [one for one, parent in parents.items() if parent == found[at]]
        at += 1
    return found
