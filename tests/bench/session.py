"""One run: every program with the same replies, and what was measured of them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from tests.bench import importing
from tests.bench.acts import Act, Round
from tests.bench.importing import Import
from tests.bench.measure import Terminal
from tests.bench.memory import Watch
from tests.bench.ours import NAME
from tests.bench.programs import Program
from tests.bench.report import Sheet
from tests.bench.synthetic import Data

ROUNDS = 3
"""How often each program is started, after a first time that is not counted."""
SLOW = 4.0
"""Seconds of a start after which a program is started no more, and of an act after which it ends."""
LONG_IMPORT = 100_000_000
"""Bytes of a file whose import lasts long enough to press keys meanwhile."""
SETTLE = 0.2
"""Seconds of quiet before the first key of an act."""
IDLE = 5.0
_WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a program, in seconds from exec on."""

    first: float
    """Until the first row was on the screen."""
    loaded: float
    """Until every row was there."""
    busy: float
    """For which it kept a processor busy until then."""
    memory: float
    """The most bytes that it had until then."""


@dataclass(slots=True)
class Session:
    """The programs, and where they find their files."""

    folder: Path
    peers: Sequence[Program]
    """pullquote among them."""

    def environment(self, library: Path) -> dict[str, str]:
        """A home of its own, a library, and a terminal that has all colours."""
        homes = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        return dict.fromkeys(homes, str(self.folder / "home")) | {
            **kept,
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PULLQUOTE_LIBRARY": str(library),
        }

    def measure(self, data: Data, only: Sequence[str] = ()) -> Sheet:
        """Everything that can be measured with these replies, or only some acts."""
        sheet = Sheet(f"{data.rows:,} replies, {data.shape}, {importing.file_size(data.fetched)} of JSON")
        library = self.folder / "kept.db"
        self.imports(data, sheet, library, once=bool(only))
        if data.shape == "tags":
            self.worker("tags", library, data)
        if only:
            for peer in self.peers:
                if not any(set(only) & set(act.rows) for act in peer.acts):
                    continue
                with self.started(peer, data, library) as terminal:
                    terminal.answer(peer.loaded(data))
                    self.acts(peer, terminal, data, sheet, only)
        else:
            self.starts(data, sheet, library)
            found = self.worker("star", library, data)
            sheet.note("star, durable, no screen", "ms", NAME, found["star"])
            sheet.note("star, durable, no screen, p95", "ms", NAME, found["slow"])
            sheet.note("  one row in bare SQLite", "ms", NAME, found["floor"])
            sheet.note("  one row in bare SQLite, p95", "ms", NAME, found["slow floor"])
        return sheet

    def imports(self, data: Data, sheet: Sheet, library: Path, *, once: bool) -> None:
        """Import into `library`, and into others that are thrown away."""
        headless = self._repeated(lambda: importing.without_screen(data, self.environment(_fresh(library))), once)
        if once:
            return
        sheet.note("import: first replies readable", "ms", NAME, median(one.first for one in headless))
        sheet.note("import: kept and sorted", "ms", NAME, median(one.took for one in headless))
        sheet.note("import: processors, together", "s", NAME, median(one.busy for one in headless))
        sheet.note("import: memory", "MB", NAME, max(one.memory for one in headless))
        other = library.with_name("opened.db")
        shown = self._repeated(lambda: importing.behind_screen(data, self.environment(_fresh(other))), once)
        sheet.note("open FILE: first row", "ms", NAME, median(one.first for one in shown))
        sheet.note("open FILE: kept and sorted", "ms", NAME, median(one.took for one in shown))
        sheet.note("open FILE: memory", "MB", NAME, max(one.memory for one in shown))
        if data.fetched.stat().st_size >= LONG_IMPORT:
            self.keys_during(data, sheet, other)
        _fresh(other)

    def _repeated(self, act: Callable[[], Import], once: bool) -> list[Import]:
        """An import again and again, where it is quick."""
        found: list[Import] = []
        begun = time.perf_counter()
        while not found or (not once and len(found) < ROUNDS and time.perf_counter() - begun < SLOW):
            found.append(act())
        return found

    def keys_during(self, data: Data, sheet: Sheet, library: Path) -> None:
        """Keys while the import goes on."""
        keys = importing.keys_during(data, self.environment(_fresh(library)))
        for name, took in keys.took.items():
            if took:
                sheet.note(f"{name}, importing", "ms", NAME, median(took))
                sheet.note(f"{name}, importing, p95", "ms", NAME, late(took))
                sheet.note(f"{name}, importing, worst of {len(took)}", "ms", NAME, max(took))

    def worker(self, what: str, library: Path, data: Data) -> dict[str, float]:
        """What the worker measured."""
        command = [sys.executable, str(_WORKER), what, str(library), data.root]
        done = subprocess.run(command, env=self.environment(library), check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, float] = json.loads(done.stdout)
        return found

    def started(self, peer: Program, data: Data, library: Path) -> Terminal:
        """A program in a terminal of its own."""
        return Terminal(peer.command(data), self.environment(library), hold=peer.hold)

    def starts(self, data: Data, sheet: Sheet, library: Path) -> None:
        """From exec to the first row and to the last, the programs in turn; the last start of each goes on with acts.

        A program that is slow is started once.
        """
        found: dict[str, list[Start]] = {peer.name: [] for peer in self.peers}
        over: set[str] = set()
        for peer in self.peers:
            expect_starts(sheet, peer)
        for number in range(ROUNDS + 1):
            for peer in self.peers:
                if peer.name in over:
                    continue
                with self.started(peer, data, library) as terminal:
                    one = self.start(peer, terminal, data)
                    last = number == ROUNDS or one.loaded > SLOW
                    if number or last:
                        found[peer.name].append(one)
                    if last:
                        over.add(peer.name)
                        note_starts(sheet, peer, found)
                        self.acts(peer, terminal, data, sheet)

    def start(self, peer: Program, terminal: Terminal, data: Data) -> Start:
        """Wait until every row is there."""
        with Watch(terminal.pid) as watch:
            first = terminal.answer(peer.first(data))
            loaded = first
            if not peer.loaded(data)(terminal.text):
                loaded = terminal.answer(peer.loaded(data))
            busy = terminal.busy()
        return Start(first.took, loaded.took, busy, max(terminal.peak(), watch.most))

    def acts(self, peer: Program, terminal: Terminal, data: Data, sheet: Sheet, only: Sequence[str] = ()) -> None:
        """What a program can do, each from the key to the last byte of what it led to."""
        for act in peer.acts:
            if only and not set(only) & set(act.rows):
                continue
            terminal.quieten(SETTLE)
            try:
                rounds = played(act, terminal, data)
            except TimeoutError as error:
                print(f"{peer.name}, {', '.join(act.rows)}: {error}", file=sys.stderr)
                return
            trailing = terminal.quieten(0.5) if act.keyed else 0
            note_act(sheet, peer, act, rounds, trailing)
        if peer.acts and not only:
            sheet.note("bytes: 5 s of idling", "bytes", peer.name, terminal.idle(IDLE))
            if peer.name == NAME:
                sheet.note("memory, after all of this", "MB", peer.name, terminal.peak())


def played(act: Act, terminal: Terminal, data: Data) -> list[Round]:
    """As many rounds as an act is worth, fewer where it is slow."""
    rounds: list[Round] = []
    begun = time.perf_counter()
    with closing(act.run(terminal, data)) as run:
        for one in islice(run, act.rounds):
            rounds.append(one)
            if time.perf_counter() - begun > max(SLOW, act.rounds * 0.1 if act.keyed else 0):
                break
    return rounds


def note_act(sheet: Sheet, peer: Program, act: Act, rounds: Sequence[Round], trailing: int) -> None:
    """A row for each answer of an act; of keys also the slow ones, and the bytes with what trailed behind."""
    for number, name in enumerate(act.rows):
        answers = [one[number - len(act.rows)] for one in rounds]
        sheet.note(name, "ms", peer.name, median(one.took for one in answers))
        if act.keyed:
            sheet.note(f"{name}, p95", "ms", peer.name, late([one.took for one in answers]))
            written = sum(one.written for one in answers) + trailing
            sheet.note(f"bytes: {name}", "bytes", peer.name, written / len(answers))


def expect_starts(sheet: Sheet, peer: Program) -> None:
    """Give what is measured of a program its places, for the slow ones are measured first."""
    for what, unit in (("first row", "ms"), ("first row, above bare", "ms"), ("memory, thread open", "MB")):
        sheet.expect(what, unit)
    for act in peer.acts:
        for name in act.rows:
            sheet.expect(name, "ms")
            if act.keyed:
                sheet.expect(f"{name}, p95", "ms")
                sheet.expect(f"bytes: {name}", "bytes")


def note_starts(sheet: Sheet, peer: Program, found: dict[str, list[Start]]) -> None:
    """What the starts of a program took, beside those of others."""
    starts = found[peer.name]
    first, loaded = median(one.first for one in starts), median(one.loaded for one in starts)
    memory = median(one.memory for one in starts)
    sheet.note("first row", "ms", peer.name, first)
    if peer.name != "bare":
        sheet.note("memory, thread open", "MB", peer.name, memory)
    if peer.loads:
        sheet.note("import: processors, together", "s", peer.name, median(one.busy for one in starts))
        for what in ("import", "open FILE"):
            sheet.note(f"{what}: kept and sorted", "ms", peer.name, loaded)
            sheet.note(f"{what}: memory", "MB", peer.name, memory)
        sheet.note("open FILE: first row", "ms", peer.name, first)
    if {NAME, "bare"} <= {name for name, starts in found.items() if starts}:
        above = median(one.first for one in found[NAME]) - median(one.first for one in found["bare"])
        sheet.note("first row, above bare", "ms", NAME, above)


def late(values: Sequence[float]) -> float:
    """What 95 of 100 values do not exceed."""
    return sorted(values)[min(int(len(values) * 0.95), len(values) - 1)]


def _fresh(library: Path) -> Path:
    """The path of a library that is not there any more."""
    for one in library.parent.glob(f"{library.name}*"):
        one.unlink()
    return library
