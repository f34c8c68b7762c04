"""The programs that are measured: how each is started, what its screen shows when, and its keys for each act."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bare_app import READY
from measure import Answer, Sees, Terminal
from synthetic import WORDS, Data

_HERE = Path(__file__).parent
_DOWN, _UP, _PAGE_DOWN, _PAGE_UP, _ESCAPE = "\x1bOB", "\x1bOA", "\x1b[6~", "\x1b[5~", "\x1b"

Act = Callable[[Terminal, Data], Generator[Answer, None, None]]
"""Does one thing over and over, one answer each time, and leaves the program as it was when it is closed."""


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
    acts: Mapping[str, Act] = field(default_factory=dict)

    def loaded(self, data: Data) -> Sees:
        """When every row is there."""
        return (self.every or self.first)(data)


def shows(text: str) -> Sees:
    """Whether a text is anywhere on the screen."""
    return lambda screen: text in screen


# Keys that every program has


def _back_and_forth(one: str, other: str, often: int) -> Act:
    """A key pressed `often` times, then its opposite as often."""

    def act(terminal: Terminal, _: Data) -> Generator[Answer, None, None]:
        while True:
            for key in (one, other):
                for _number in range(often):
                    yield terminal.press(key)

    return act


def _down_at_the_edge(terminal: Terminal, _: Data) -> Generator[Answer, None, None]:
    """Down from the last line of the screen, row by row."""
    terminal.press(_DOWN * 24)
    while True:
        yield terminal.press(_DOWN)


_MOVES: Mapping[str, Act] = {
    "move": _back_and_forth(_DOWN, _UP, 5),
    "edge": _down_at_the_edge,
    "page": _back_and_forth(_PAGE_DOWN, _PAGE_UP, 6),
}

# pullquote


def _header(text: str) -> Sees:
    """Whether the line that says what the view is says `text`."""
    return lambda screen: text in screen.partition("\n")[0]


def _sort(column: str, right: int) -> Act:
    """Sort by the column that stands `right` of that of the likes, both ways in turn."""

    def act(terminal: Terminal, _: Data) -> Generator[Answer, None, None]:
        terminal.press("gg")
        if right:
            terminal.press("l" * right)
        try:
            while True:
                yield terminal.press("[", _header(f"{column} ↑"))
                yield terminal.press("]", _header(f"{column} ↓"))
        finally:
            if right:
                terminal.press("h" * right)
            terminal.press("]", _header("likes ↓"))
            terminal.quieten()

    return act


def _filter(word: str, begin: int = 0, end: int | None = None) -> Act:
    """Filter by a word or its beginning, up to `end`; its letters from `begin` on are measured, sent at once."""
    whole = word[:end]

    def act(terminal: Terminal, data: Data) -> Generator[Answer, None, None]:
        hits = f"{data.hits[word]:,} of " if whole == word else " of "

        def sees(screen: str) -> bool:
            head = screen.partition("\n")[0]
            return hits in head and f" · {whole} · " in head

        while True:
            terminal.press("f", shows("Esc goes back"))
            if begin:
                terminal.press(word[:begin], _header(f" · {word[:begin]} · "))
            try:
                yield terminal.press(whole[begin:], sees)
            finally:
                terminal.press(_ESCAPE, _header(f" {data.rows:,} replies"))

    return act


_OURS: Mapping[str, Act] = {
    **_MOVES,
    "star": _back_and_forth("s", "s", 1),
    "sort by likes": _sort("likes", 0),
    "sort by author": _sort("author", 4),
    "filter, first letter": _filter(WORDS["Latin"], end=1),
    "filter, last letter": _filter(WORDS["Latin"], begin=len(WORDS["Latin"]) - 1),
    "filter, Latin word": _filter(WORDS["Latin"]),
    "filter, Chinese word": _filter(WORDS["Chinese"]),
}


def _script() -> list[str]:
    """The installed command of this interpreter's environment, or the module where it is not installed."""
    script = Path(sys.executable).with_name("pullquote")
    return [str(script)] if script.exists() else [sys.executable, "-m", "tui.cli"]


def pullquote() -> Program:
    """This program, on a kept thread."""
    return Program(
        "pullquote", lambda data: [*_script(), "open", data.root], lambda data: shows(data.most_liked), acts=_OURS
    )


# What it is compared with


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
        acts=_MOVES,
    )


def visidata(command: str | None) -> Program | None:
    """VisiData, where it is installed."""
    found = shutil.which(command or "vd")
    if found is None:
        return None
    return Program(
        "visidata",
        lambda data: [found, "--motd-url=", "-f", "jsonl", str(data.lines)],
        lambda data: shows(data.first),
        every=lambda data: _vd_rests(f"{data.rows} rows"),
        hold=0.12,
        loads=True,
        version=lambda: subprocess.run([found, "--version"], check=True, capture_output=True, text=True).stdout.strip(),
        acts={
            **_MOVES,
            "star": _vd_select,
            "sort by likes": _vd_sort("likes"),
            "sort by author": _vd_sort("author"),
            "filter, Latin word": _vd_filter(WORDS["Latin"]),
            "filter, Chinese word": _vd_filter(WORDS["Chinese"]),
        },
    )


def _vd_rests(*words: str) -> Sees:
    """Whether VisiData's last line holds `words` and no progress of work behind the screen."""

    def sees(screen: str) -> bool:
        last = screen.rpartition("\n")[2]
        return "%" not in last and all(word in last for word in words)

    return sees


def _vd_select(terminal: Terminal, _: Data) -> Generator[Answer, None, None]:
    """Select rows, the next thing to a star that there is."""
    try:
        while True:
            yield terminal.press("t")
    finally:
        terminal.press("gu")


def _vd_sort(column: str) -> Act:
    """Sort by a column, both ways in turn; the cursor is on the first row, so that the new first row is in sight."""

    def act(terminal: Terminal, data: Data) -> Generator[Answer, None, None]:
        ends = {"likes": (data.least_liked, data.most_liked), "author": data.by_author}[column]
        if data.shape == "equal" and column == "likes":
            ends = ("", "")
        terminal.press("gk")
        terminal.press(f"c{column}\r")
        terminal.quieten()
        while True:
            for key, name, row in (("[", "sort-asc", ends[0]), ("]", "sort-desc", ends[1])):
                rests = _vd_rests(name, f"{data.rows} rows")
                yield terminal.press(key, lambda screen, rests=rests, row=row: rests(screen) and row in screen)  # type: ignore[misc]

    return act


def _vd_filter(word: str) -> Act:
    """Select the rows whose text holds a word, and open them as a sheet; the two keys are timed as one."""

    def act(terminal: Terminal, data: Data) -> Generator[Answer, None, None]:
        terminal.press("ctext\r")
        terminal.quieten()
        hits = data.hits[word]
        while True:
            chosen = terminal.press(f"|{word}\r", _vd_rests("select-col-regex", f"{data.rows} rows", f"{hits}"))
            opened = terminal.press('"', _vd_rests(f" {hits} rows"))
            try:
                yield Answer(chosen.took + opened.took, chosen.written + opened.written)
            finally:
                terminal.press("q", _vd_rests(f"{data.rows} rows"))
                terminal.press("gu", _vd_rests("unselect-rows"))

    return act
