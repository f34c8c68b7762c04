"""How fast the table is, what it writes to the line and how much memory it takes, beside VisiData and DataTable.

    python tests/bench/bench.py [--rows 1000,10000,100000] [--peer visidata,datatable,bare] [--vd COMMAND]

Makes its own replies in a temporary folder, drives every program through a pty of 80×24, and prints medians. They
depend on the machine and on what else it does: compare ratios within one run. VisiData is wanted in version 3.4
(`python -m venv X && X/bin/pip install visidata==3.4`, then `--vd X/bin/vd`); without it its column is left out.
"""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import mean, median

import programs
from measure import Answer, Terminal
from programs import Program
from report import OURS, Row, print_table
from synthetic import SHAPES, Data, make

PEERS = ("visidata", "datatable", "bare")
ROUNDS = 3
"""How often each program is started, after a first time that is not counted."""
SLOW = 4.0
"""Seconds of a start from which nothing more is asked of a program, and of an act after which it ends."""
KEYS = {"move": 12, "edge": 12, "page": 8, "star": 8}
"""How many keys are measured of an act; of those that are not here, REPEATS."""
REPEATS = 4
SETTLE = 0.2
"""Seconds of quiet before the first key of an act."""
SIDE_SHAPES, SIDE_ROWS = ("equal", "one-author"), 10_000
"""Shapes in which only sorts are measured beside the mixed one, and with how many replies."""
GOALS = {
    "first row, above bare": "200 at 100,000",
    "star": "16",
    "sort by likes": "100 at 100,000",
    "sort by author": "100 at 100,000",
    "filter, first letter": "100 at 100,000",
    "filter, last letter": "100 at 100,000",
}
_WORKER = Path(__file__).with_name("worker.py")


@dataclass(slots=True)
class Bench:
    """One run: the programs, and what was measured of them."""

    folder: Path
    peers: list[Program]
    """pullquote among them."""
    table: list[Row] = field(default_factory=list)

    def environment(self, data: Data) -> dict[str, str]:
        """A home of its own, a library for each data, and a terminal that has all colours."""
        homes = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        return dict.fromkeys(homes, str(self.folder / "home")) | {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PULLQUOTE_LIBRARY": str(self.library(data)),
        }

    def library(self, data: Data) -> Path:
        """Where the replies are kept."""
        return self.folder / f"{data.shape}-{data.rows}.db"

    def note(self, what: str, data: Data, unit: str, values: dict[str, float]) -> None:
        """Add a row to the table."""
        replies = f"{data.rows:,}" + ("" if data.shape == "mixed" else f" {data.shape}")
        self.table.append(Row(what, replies, unit, dict(values), GOALS.get(what, "")))

    def measure(self, data: Data, only: Sequence[str] = ()) -> None:
        """Everything that can be measured with these replies, or only some acts."""
        begun = time.perf_counter()
        imported = self.worker(data, "import", str(data.fetched), str(self.library(data)))
        took = time.perf_counter() - begun
        if only:
            for peer in self.peers:
                self.acts(peer, data, only)
            return
        slow = self.starts(data, took, imported)
        for peer in self.peers:
            if peer.name not in slow:
                self.acts(peer, data, tuple(peer.acts))
        found = self.worker(data, "star", str(self.library(data)), data.root)
        self.note("star, durable, no screen", data, "ms", {OURS: found["star"]})
        self.note("  one row in bare SQLite", data, "ms", {OURS: found["floor"]})

    def worker(self, data: Data, *arguments: str) -> dict[str, float]:
        """What the worker measured."""
        command = [sys.executable, str(_WORKER), *arguments]
        done = subprocess.run(command, env=self.environment(data), check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, float] = json.loads(done.stdout)
        return found

    def starts(self, data: Data, took: float, imported: dict[str, float]) -> set[str]:
        """From exec to the first row and to the last, the programs in turn, beside what the import needed.

        Returns the programs that are too slow for more.
        """
        found: dict[str, list[tuple[float, float, float]]] = {peer.name: [] for peer in self.peers}
        for number in range(ROUNDS + 1):
            for peer in self.peers:
                if found[peer.name] and found[peer.name][0][0] > SLOW:
                    continue
                one = self.start(peer, data)
                if number or one[0] > SLOW:
                    found[peer.name].append(one)
        first, loaded, peaks = (
            {name: median(one[part] for one in many) for name, many in found.items()} for part in range(3)
        )
        self.note("first row", data, "ms", first)
        if "bare" in first:
            self.note("first row, above bare", data, "ms", {OURS: first[OURS] - first["bare"]})
        self.note("memory, thread open", data, "MB", peaks)
        theirs = {peer.name for peer in self.peers if peer.loads}
        self.note(
            "import: every row there", data, "ms", {n: t for n, t in loaded.items() if n in theirs} | {OURS: took}
        )
        self.note("  reading", data, "ms", {OURS: imported["read"]})
        self.note("  keeping", data, "ms", {OURS: imported["keep"]})
        self.note("  memory", data, "MB", {n: m for n, m in peaks.items() if n in theirs} | {OURS: imported["peak"]})
        return {name for name, seconds in first.items() if seconds > SLOW}

    def start(self, peer: Program, data: Data) -> tuple[float, float, float]:
        """Seconds to the first row, seconds to the last, and the most memory."""
        with Terminal(peer.command(data), self.environment(data), hold=peer.hold) as terminal:
            first = terminal.answer(peer.first(data))
            loaded = first
            if not peer.loaded(data)(terminal.text):
                loaded = terminal.answer(peer.loaded(data))
            return first.took, loaded.took, terminal.peak()

    def acts(self, peer: Program, data: Data, names: Sequence[str]) -> None:
        """Keys, each from the press to the last byte of what it led to."""
        wanted = [name for name in names if name in peer.acts]
        if not wanted:
            return
        with Terminal(peer.command(data), self.environment(data), hold=peer.hold) as terminal:
            terminal.answer(peer.loaded(data))
            for name in wanted:
                terminal.quieten(SETTLE)
                try:
                    answers = _some(peer, name, terminal, data)
                except TimeoutError as error:
                    print(f"{peer.name}, {name}: {error}", file=sys.stderr)
                    return
                self.add(name, data, "ms", peer, median(one.took for one in answers))
                if name in KEYS:
                    self.add(f"  bytes, {name}", data, "bytes", peer, mean(one.written for one in answers))
            if data.shape in SIDE_SHAPES:
                return
            terminal.quieten(SETTLE)
            self.add("bytes in a second of idling", data, "bytes", peer, terminal.idle(1.0))

    def add(self, what: str, data: Data, unit: str, peer: Program, value: float) -> None:
        """Add a program's figure to the row that the others have theirs in."""
        self.note(what, data, unit, {})
        row = self.table.pop()
        same = next((one for one in self.table if (one.what, one.rows) == (row.what, row.rows)), None)
        if same is None:
            self.table.append(row)
        (same or row).values[peer.name] = value


def _some(peer: Program, name: str, terminal: Terminal, data: Data) -> list[Answer]:
    """As many answers as an act is worth, fewer where it is slow."""
    answers: list[Answer] = []
    begun = time.perf_counter()
    with closing(peer.acts[name](terminal, data)) as act:
        for answer in islice(act, KEYS.get(name, REPEATS)):
            answers.append(answer)
            if time.perf_counter() - begun > SLOW:
                break
    return answers


def chosen(names: Sequence[str], vd: str | None) -> list[Program]:
    """pullquote and the peers that are there."""
    made = {"visidata": programs.visidata(vd), "datatable": programs.datatable(), "bare": programs.bare()}
    for name in names:
        if made[name] is None:
            print(f"{name} is not installed; its column is left out. See --help.", file=sys.stderr)
    return [programs.pullquote(), *(peer for name in names if (peer := made[name]))]


def header(peers: Sequence[Program]) -> None:
    """What was measured where."""
    parts = [f"{name} {version(name)}" for name in (OURS, "textual")]
    parts += [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}", f"{os.cpu_count()} cores"]
    parts += [f"load {os.getloadavg()[0]:.1f} at the start"]
    print(" · ".join(parts))
    for peer in peers:
        if peer.version:
            print(f"{peer.name}: {peer.version()}")


def main() -> None:
    """Measure, and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", default="1000,10000,100000", help="how many replies, with commas between")
    arguments.add_argument("--peer", default=",".join(PEERS), help="what to compare with, with commas between")
    arguments.add_argument("--vd", metavar="COMMAND", help="VisiData, if it is not vd on the path")
    arguments.add_argument("--shape", default="mixed", choices=SHAPES, help="what the replies are like")
    given = arguments.parse_args()
    names = [name for name in given.peer.split(",") if name]
    if unknown := set(names) - set(PEERS):
        arguments.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    peers = chosen(names, given.vd)
    sizes = [int(rows) for rows in given.rows.split(",")]
    header(peers)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), peers)
        for rows in sizes:
            print(f"{rows:,} replies …", file=sys.stderr)
            bench.measure(make(Path(folder), rows, given.shape))
        if given.shape == "mixed":
            for shape in SIDE_SHAPES:
                bench.measure(make(Path(folder), min(sizes[-1], SIDE_ROWS), shape), ("sort by likes", "sort by author"))
    print_table(bench.table, [peer.name for peer in peers])
    print(NOTES.format(slow=SLOW, seconds=time.perf_counter() - begun))


NOTES = """
Times are from exec, or from the key, to the byte with which the screen shows what was asked for; of keys that change
little, to the last byte before a quiet. A ratio above 1 means that the other needs more than pullquote. Bytes are
means per key. VisiData's star is a selected row, which is not kept; its filter is | with a word and then ", both
keys timed; it looks ten times a second for work that is done. DataTable's first row comes when all rows are in it;
where that takes more than {slow:.0f} s, nothing more is asked of it. This run took {seconds:.0f} s."""


if __name__ == "__main__":
    main()
