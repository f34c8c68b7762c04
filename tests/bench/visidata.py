"""VisiData: how it is started, what its screen shows when, and its keys for each act."""

import shutil
import subprocess
from collections.abc import Generator

from tests.bench.acts import MOVES, Act, Round, Run, shows
from tests.bench.measure import Answer, Sees, Terminal
from tests.bench.programs import Program
from tests.bench.synthetic import WORDS, Data, Word

_COLUMNS = {"likes": "likes", "time": "tweet_id", "author": "author", "text": "text"}
"""What it can sort by, by the name that we have for it; the time in words is none."""
_FAR = frozenset({"time"})
"""Columns that push the texts off the screen."""


def visidata(command: str | None) -> Program | None:
    """VisiData, where it is installed."""
    found = shutil.which(command or "vd")
    if found is None:
        return None
    return Program(
        "visidata",
        lambda data: [found, "--motd-url=", "-f", "jsonl", str(data.lines)],
        lambda data: shows(data.first),
        every=lambda data: _rests(f"{data.rows} rows"),
        hold=0.12,
        loads=True,
        version=lambda: subprocess.run([found, "--version"], check=True, capture_output=True, text=True).stdout.strip(),
        acts=(
            *MOVES,
            Act(("star",), _select, 20, keyed=True),
            *(Act((f"sort by {name}",), _sort(name)) for name in _COLUMNS),
            *(Act((f"filter {name}: exact count",), _filter(word)) for name, word in WORDS.items() if word.share),
        ),
    )


def _rests(*words: str) -> Sees:
    """Whether VisiData's last line holds `words` and no progress of work behind the screen."""

    def sees(screen: str) -> bool:
        last = screen.rpartition("\n")[2]
        return "%" not in last and all(word in last for word in words)

    return sees


def _select(terminal: Terminal, _: Data) -> Generator[Round, None, None]:
    """Select rows, the next thing to a star that there is."""
    try:
        while True:
            yield (terminal.press("t"),)
    finally:
        terminal.press("gu")


def _sort(name: str) -> Run:
    """Sort by a column, both ways in turn; the cursor is on the first row, so that the new first row is in sight."""

    def run(terminal: Terminal, data: Data) -> Generator[Round, None, None]:
        ends = ("", "") if name in _FAR else data.ends.get(name, ("", ""))
        terminal.press("gk")
        terminal.press(f"c{_COLUMNS[name]}\r")
        terminal.quieten()
        while True:
            for key, done, row in (("[", "sort-asc", ends[0]), ("]", "sort-desc", ends[1])):
                rests = _rests(done, f"{data.rows} rows")
                yield (terminal.press(key, lambda screen, rests=rests, row=row: rests(screen) and row in screen),)  # type: ignore[misc]

    return run


def _filter(word: Word) -> Run:
    """Select the rows whose text holds a word, and open them as a sheet; the two keys are timed as one."""

    def run(terminal: Terminal, data: Data) -> Generator[tuple[Answer], None, None]:
        terminal.press("ctext\r")
        terminal.quieten()
        hits = data.hits[word.text]
        while True:
            chosen = terminal.press(f"|{word.text}\r", _rests("select-col-regex", f"{data.rows} rows", f"{hits}"))
            opened = terminal.press('"', _rests(f" {hits} rows"))
            try:
                yield (chosen + opened,)
            finally:
                terminal.press("q", _rests(f"{data.rows} rows"))
                terminal.press("gu", _rests("unselect-rows"))

    return run
