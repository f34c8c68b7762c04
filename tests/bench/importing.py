"""An import, without a screen and behind one, and keys that are pressed while it goes on."""

import json
import resource
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from tests.bench import ours
from tests.bench.measure import BRIEF, Sees, Terminal
from tests.bench.memory import Watch
from tests.bench.synthetic import Data

_UNDER_WAY = "Esc stops the import"
_DOWN, _PAGE_DOWN = "\x1bOB", "\x1b[6~"
_STARRED = "★"


@dataclass(frozen=True, slots=True)
class Import:
    """How long an import took, from the start of its program on."""

    first: float
    """Seconds until the first replies could be read."""
    took: float
    """Seconds until it had ended, or the screen showed that."""
    memory: int
    """The most bytes that all of its processes had at one moment."""
    busy: float = 0.0
    """Seconds for which they kept processors busy, together; 0 where that was not looked at."""


def without_screen(data: Data, environment: Mapping[str, str]) -> Import:
    """`pullquote import`. Raises CalledProcessError where it fails."""
    begun, busy = time.perf_counter(), _children_busy()
    first = None
    command = [*ours.script(), "import", "--follow", str(data.fetched)]
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE)
    assert process.stdout is not None
    with Watch(process.pid) as watch:
        for line in process.stdout:
            if first is None and "root_id" in json.loads(line):
                first = time.perf_counter() - begun
        if code := process.wait():
            raise subprocess.CalledProcessError(code, command)
    took = time.perf_counter() - begun
    return Import(first or took, took, watch.most, _children_busy() - busy)


def _children_busy() -> float:
    """Seconds for which all processes that have ended kept processors busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def behind_screen(data: Data, environment: Mapping[str, str]) -> Import:
    """`pullquote open FILE`, until the header has all replies by likes."""
    with Terminal(_command(data), environment) as terminal, Watch(terminal.pid) as watch:
        first = terminal.answer(ours.has_rows)
        ended = _ended(data)
        took = first.took if ended(terminal.text) else terminal.answer(ended).took
    return Import(first.took, took, watch.most)


def _command(data: Data) -> list[str]:
    """The command that opens the fetched file."""
    return [*ours.script(), "open", str(data.fetched)]


def _ended(data: Data) -> Sees:
    """Whether a screen shows that all has come."""
    return lambda screen: f"{data.rows:,} replies · end unknown · likes" in screen and _UNDER_WAY not in screen


@dataclass(slots=True)
class Keys:
    """What keys took while an import went on, in seconds, by what they do."""

    took: dict[str, list[float]] = field(default_factory=lambda: {"move": [], "page": [], "star": []})


def keys_during(data: Data, environment: Mapping[str, str]) -> Keys:
    """Moves, pages and stars from the first row on, until the import has ended."""
    keys = Keys()
    with Terminal(_command(data), environment) as terminal:
        terminal.answer(lambda screen: ours.has_rows(screen) and _UNDER_WAY in screen)
        for name, key in _pressed():
            if _UNDER_WAY not in terminal.text:
                return keys
            before = terminal.text
            (answer,) = terminal.stages(key, _answers(name, before), quiet=BRIEF)
            keys.took[name].append(answer.took)
    return keys


def _pressed() -> Iterator[tuple[str, str]]:
    """What is pressed, without end."""
    return cycle([("move", _DOWN)] * 10 + [("page", _PAGE_DOWN)] * 2 + [("star", "s")] * 2)


def _answers(name: str, before: str) -> Sees:
    """Whether a screen shows what a key leads to."""
    if name == "star":
        return lambda screen: (_STARRED in ours.row(screen)) != (_STARRED in ours.row(before))
    return lambda screen: ours.marker(screen) not in ("", ours.marker(before))


def file_size(path: Path) -> str:
    """A file's size in words."""
    return f"{path.stat().st_size / 1e6:,.0f} MB"
