"""pullquote: how it is started, what its screen shows when, and its keys for each act."""

import re
import sys
from collections.abc import Generator
from pathlib import Path

from tests.bench.acts import MOVES, Act, Round, Run, back_and_forth, shows
from tests.bench.measure import Sees, Terminal
from tests.bench.synthetic import WORDS, Data, Word

NAME = "pullquote"
COLUMNS = ("state", "likes", "replies", "views", "time", "author", "tags", "text")
"""In the table's order; it is started on `likes`."""
_ESCAPE = "\x1b"
_EXACT = re.compile(r" [\d,]+ of [\d,]+ replies · ")
_ROW = re.compile(r"\bn[0-9a-f]{5}\b")


def script() -> list[str]:
    """The installed command of this interpreter's environment, or the module where it is not installed."""
    installed = Path(sys.executable).with_name(NAME)
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "tui.cli"]


def header(text: str) -> Sees:
    """Whether the line that says what the view is says `text`."""
    return lambda screen: text in screen.partition("\n")[0]


def has_rows(screen: str) -> bool:
    """Whether any reply can be read."""
    return _ROW.search(screen) is not None


def row(screen: str) -> str:
    """The line on which the cursor stands; empty where it is nowhere."""
    return next((line for line in screen.splitlines() if line.startswith("›")), "")


def marker(screen: str) -> str:
    """How the text of the reply under the cursor begins; empty where there is none."""
    found = _ROW.search(row(screen))
    return found[0] if found else ""


def _sort(column: str) -> Run:
    """Sort by a column, both ways in turn; then look whether the right reply comes first."""
    right = COLUMNS.index(column) - COLUMNS.index("likes")

    def run(terminal: Terminal, data: Data) -> Generator[Round, None, None]:
        terminal.send("gg")
        if right:
            terminal.send(("l" if right > 0 else "h") * abs(right))
        try:
            while True:
                for key, sign, end in (("[", "↑", 0), ("]", "↓", 1)):
                    yield terminal.stages(key, header(f" · {column} {sign}"))
                    terminal.send("gg")
                    expected = data.ends.get(column, ("", ""))[end]
                    if expected not in row(terminal.text):
                        raise TimeoutError(f"the first reply does not begin with {expected}:\n{terminal.text}")
        finally:
            terminal.send(("h" if right > 0 else "l") * abs(right) + "]")
            terminal.send("gg")

    return run


def _filter(word: Word, begin: int = 0, end: int | None = None) -> Run:
    """Filter by a word or its beginning, up to `end`; its letters from `begin` on are measured, sent at once."""
    typed = word.text[:end]

    def run(terminal: Terminal, data: Data) -> Generator[Round, None, None]:
        counted = f" {data.hits[word.text]:,} of " if typed == word.text else ""

        def first(screen: str) -> bool:
            head = screen.partition("\n")[0]
            return f" · {typed} · " in head and " of " in head

        def exact(screen: str) -> bool:
            head = screen.partition("\n")[0]
            return first(screen) and _EXACT.search(head) is not None and counted in head

        while True:
            terminal.press("f", shows("Esc goes back"))
            if begin:
                terminal.press(typed[:begin], header(f" · {typed[:begin]} · "))
                terminal.quieten()
            try:
                yield terminal.stages(typed[begin:], first, exact)
            finally:
                terminal.press(_ESCAPE, header(f" {data.rows:,} replies"))
                terminal.quieten()

    return run


def _filtering(name: str, run: Run) -> Act:
    """An act with the two rows of a filter; where nothing fits, the count is all there is."""
    rows = (f"filter {name}: first hits", f"filter {name}: exact count")
    return Act(rows[1:] if name in WORDS and not WORDS[name].share else rows, run)


def _pick_tag(terminal: Terminal, _: Data) -> Generator[Round, None, None]:
    """Open the tag picker, type into it, and close it."""
    while True:
        opened = terminal.stages("t", shows("Enter tags"))
        terminal.quieten()
        typed = terminal.stages("zebra", shows("+ new tag: zebra"))
        yield (*opened, *typed)
        terminal.press(_ESCAPE, lambda screen: "Enter tags" not in screen)
        terminal.quieten()


ACTS = (
    *MOVES,
    Act(("star",), back_and_forth("s", "s", 1), 20, keyed=True),
    *(Act((f"sort by {column}",), _sort(column), 4) for column in COLUMNS),
    _filtering("first letter", _filter(WORDS["Latin, 1 of 100"], end=1)),
    _filtering("last letter", _filter(WORDS["Latin, 1 of 100"], begin=len(WORDS["Latin, 1 of 100"].text) - 1)),
    *(_filtering(name, _filter(word)) for name, word in WORDS.items()),
)
TAG_ACTS = (
    Act(("tag key",), back_and_forth("1", "1", 1), 20, keyed=True),
    Act(("tag picker opens", "tag picker, a new name typed"), _pick_tag),
)
"""Where there are tags."""
