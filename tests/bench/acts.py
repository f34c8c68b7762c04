"""What is done with a program over and over, and the keys that all of them have."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from tests.bench.measure import BRIEF, Answer, Sees, Terminal
from tests.bench.synthetic import Data

Round = tuple[Answer, ...]
Run = Callable[[Terminal, Data], Generator[Round, None, None]]
"""Does one thing again and again, each time with an answer for each row; closed, it leaves all as it was."""

_DOWN, _UP, _PAGE_DOWN, _PAGE_UP = "\x1bOB", "\x1bOA", "\x1b[6~", "\x1b[5~"
_REST = 1.2
"""Seconds after which a move begins a run of its own."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done, and the rows of the report that its answers make."""

    rows: Sequence[str]
    """As many as a round has answers, or fewer, for the last of them."""
    run: Run
    rounds: int = 3
    """How often at the most."""
    keyed: bool = False
    """Whether each round is one key, of which bytes and the slow ones are wanted too."""


def shows(text: str) -> Sees:
    """Whether a text is anywhere on the screen."""
    return lambda screen: text in screen


def back_and_forth(one: str, other: str, often: int, quiet: float = BRIEF) -> Run:
    """A key pressed `often` times, then its opposite as often, each as soon as the one before it is answered."""

    def run(terminal: Terminal, _: Data) -> Generator[Round, None, None]:
        while True:
            for key in (one, other):
                for _number in range(often):
                    yield (terminal.press(key, quiet=quiet),)

    return run


def _at_rest(terminal: Terminal, _: Data) -> Generator[Round, None, None]:
    """Down and up, each after a rest."""
    while True:
        for key in (_DOWN, _DOWN, _UP, _UP):
            terminal.quieten(_REST)
            yield (terminal.press(key),)


def _down_at_the_edge(terminal: Terminal, _: Data) -> Generator[Round, None, None]:
    """Down from the last line of the screen, row by row."""
    terminal.press(_DOWN * 24)
    terminal.quieten()
    while True:
        yield (terminal.press(_DOWN, quiet=BRIEF),)


MOVES = (
    Act(("move after a rest",), _at_rest, 8, keyed=True),
    Act(("move in a run",), back_and_forth(_DOWN, _UP, 5), 60, keyed=True),
    Act(("down at the edge",), _down_at_the_edge, 100, keyed=True),
    Act(("page",), back_and_forth(_PAGE_DOWN, _PAGE_UP, 10), 40, keyed=True),
)
