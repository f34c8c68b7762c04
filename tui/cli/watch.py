"""How a command that talks to a network shows what it is doing, or waits for."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from core.fetching import FetchProgress, TellFetchProgress
from core.reasons import Reason
from core.text.terminal_safe import for_line
from core.transport import Notify
from core.words import words
from tui.cli.exits import complain


@dataclass(frozen=True, slots=True)
class FetchDisplay:
    """Receives the progress of a fetch, and shows it."""

    tell: TellFetchProgress
    say: Callable[[str], None]
    notify: Notify
    rest: Callable[[], object] = lambda: None
    """Leaves the terminal to others."""


@contextmanager
def shown_progress() -> Iterator[FetchDisplay]:
    """Shows how a fetch goes on one line of the terminal; where there is none, each thing that is said once."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield FetchDisplay(lambda _now: None, complain, _once(complain))
        return
    from rich.console import Console
    from rich.status import Status
    from rich.text import Text

    console = Console(stderr=True)
    with Status("", console=console) as status:

        def show(text: str) -> None:
            status.update(Text(f"{for_line(text)} · Ctrl+C stops, and keeps what came"))

        yield FetchDisplay(lambda now: show(progress_words(now)), show, lambda why: show(words(why)), status.stop)


def _once(say: Callable[[str], None]) -> Notify:
    """A listener that passes each thing on once, whatever it counts down meanwhile."""
    said: set[Reason] = set()

    def notify(why: Reason) -> None:
        what = replace(why, numbers=())
        if what not in said:
            said.add(what)
            say(words(why))

    return notify


def progress_words(now: FetchProgress) -> str:
    """How far a fetch is, in a few words."""
    whole = f" of ≈ {now.claimed:,}" if now.claimed else ""
    return f"{now.source}: {now.note} · {max(now.posts - 1, 0):,}{whole} replies so far"
