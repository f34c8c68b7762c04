"""How fast the table is, what it writes to the line and how much memory it takes, beside VisiData and DataTable.

    python -m tests.bench.bench [--rows 1000,10000,100000,1000000] [--peer visidata,datatable,bare] [--vd COMMAND]

Makes its own replies in a temporary folder, drives every program through a pty of 80×24, and prints a table for each
number of replies. Figures depend on the machine and on what else it does: compare ratios within one run. VisiData is
wanted in version 3.4 (`python -m venv X && X/bin/pip install visidata==3.4`, then `--vd X/bin/vd`); without it its
column is left out. A program whose start is slow is started once; DataTable at a million takes two minutes for that,
and `--peer visidata,bare` leaves it out. All of it takes a quarter of an hour.
"""

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from tests.bench import programs, session
from tests.bench.ours import NAME
from tests.bench.programs import Program
from tests.bench.report import Sheet
from tests.bench.session import Session
from tests.bench.synthetic import SHAPES, make
from tests.bench.visidata import visidata

PEERS = ("visidata", "datatable", "bare")
SIDE_SHAPES, SIDE_ROWS, SIDE_ACTS = ("equal", "one-author"), 10_000, ("sort by likes", "sort by author")
"""Shapes in which only some acts are measured beside the mixed one, and with how many replies."""


def chosen(names: Sequence[str], vd: str | None, shape: str) -> list[Program]:
    """pullquote and the peers that are there."""
    made = {"visidata": visidata(vd), "datatable": programs.datatable(), "bare": programs.bare()}
    for name in names:
        if made[name] is None:
            print(f"{name} is not installed; its column is left out. See --help.", file=sys.stderr)
    return [programs.pullquote(shape), *(peer for name in names if (peer := made[name]))]


def surroundings(peers: Sequence[Program]) -> str:
    """What was measured where."""
    parts = [f"{name} {version(name)}" for name in (NAME, "textual")]
    parts += [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}", _processor()]
    parts += [f"{os.cpu_count()} cores", f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GB"]
    others = [f"{peer.name}: {peer.version()}" for peer in peers if peer.version]
    return "\n".join([" · ".join(parts), *others])


def _processor() -> str:
    """The processor's name, where the system tells it."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def busy() -> str:
    """How much the machine has to do."""
    return "load " + " ".join(f"{load:.1f}" for load in os.getloadavg())


def sheets(given: argparse.Namespace, peers: Sequence[Program]) -> list[Sheet]:
    """Measure, and print each table as it is done."""
    sizes = [int(rows) for rows in given.rows.split(",")]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        run = Session(Path(folder), peers)
        asked: list[tuple[int, str, Sequence[str]]] = [(rows, given.shape, ()) for rows in sizes]
        if given.shape == "mixed":
            asked[:0] = [(min(sizes[-1], SIDE_ROWS), shape, SIDE_ACTS) for shape in SIDE_SHAPES]
        for rows, shape, acts in asked:
            print(f"{rows:,} replies, {shape} …", file=sys.stderr)
            before = busy()
            data = make(Path(folder), rows, shape)
            sheet = run.measure(data, acts)
            lines = sheet.lines([peer.name for peer in peers], judged=rows == max(sizes) and not acts)
            print(*lines, f"{before} before, {busy()} after\n", sep="\n", flush=True)
            found.append(sheet)
            data.fetched.unlink()
            data.lines.unlink()
    return found


def main() -> None:
    """Measure, and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", default="1000,10000,100000,1000000", help="how many replies, with commas between")
    arguments.add_argument("--peer", default=",".join(PEERS), help="what to compare with, with commas between")
    arguments.add_argument("--vd", metavar="COMMAND", help="VisiData, if it is not vd on the path")
    arguments.add_argument("--shape", default="mixed", choices=SHAPES, help="what the replies are like")
    given = arguments.parse_args()
    names = [name for name in given.peer.split(",") if name]
    if unknown := set(names) - set(PEERS):
        arguments.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    peers = chosen(names, given.vd, given.shape)
    print(surroundings(peers), f"{busy()} at the start\n", sep="\n")
    begun = time.perf_counter()
    found = sheets(given, peers)
    print(*(sheet.verdict() for sheet in found[-1:]), sep="\n")
    print(NOTES.format(slow=session.SLOW, seconds=time.perf_counter() - begun))


NOTES = """
Times are from exec, or from the key, to the last byte of what shows what was asked for; p95 is what 95 of 100 keys do
not exceed. A ratio above 1 means that the other needs more than pullquote. Goals are those at a million replies. A sort
by any column shows its first screen and has the whole order in one frame: the row is both. In a run of moves the pane
follows when the cursor rests; bytes are means per key, with what trails behind a run. Memory is that of all processes
of a program together, what they share counted in each. VisiData's star is a selected row, which is not kept; its filter
is | with a word and then ", both keys timed; it looks ten times a second for work that is done; it and DataTable load
the file at each start, which is what our import stands beside. What takes more than {slow:.0f} s to start is started
once. This run took {seconds:.0f} s."""


if __name__ == "__main__":
    main()
