"""The programs that are measured: how each is started, and what its screen shows when."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import ours
from tests.bench.acts import MOVES, Act, shows
from tests.bench.bare_app import READY
from tests.bench.measure import Sees
from tests.bench.synthetic import Data

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Program:
    """A program that shows replies in a terminal."""

    name: str
    command: Callable[[Data], list[str]]
    first: Callable[[Data], Sees]
    """When the first row is on the screen."""
    every: Callable[[Data], Sees] | None = None
    """When every row is there; None where that is when the first one is."""
    hold: float = 0
    """Seconds for which its screen must show an answer, if it may do so before it begins to work."""
    loads: bool = False
    """Whether it reads the file at each start, as an import does."""
    version: Callable[[], str] | None = None
    acts: Sequence[Act] = ()

    def loaded(self, data: Data) -> Sees:
        """When every row is there."""
        return (self.every or self.first)(data)


def pullquote(shape: str) -> Program:
    """This program, on a kept thread."""
    return Program(
        ours.NAME,
        lambda data: [*ours.script(), "open", data.root],
        lambda data: shows(data.most_liked),
        acts=(*ours.ACTS, *ours.TAG_ACTS) if shape == "tags" else ours.ACTS,
    )


def bare() -> Program:
    """A Textual app that does nothing."""
    return Program("bare", lambda _: [sys.executable, str(_HERE / "bare_app.py")], lambda _: shows(READY))


def datatable() -> Program:
    """Textual's DataTable."""
    return Program(
        "datatable",
        lambda data: [sys.executable, str(_HERE / "datatable_app.py"), str(data.lines)],
        lambda data: shows(data.first),
        loads=True,
        acts=MOVES,
    )
