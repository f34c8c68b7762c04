"""What is measured without a terminal, in a process of its own, so that its memory is its own.

    python tests/bench/worker.py import FILE LIBRARY
    python tests/bench/worker.py star LIBRARY ROOT

Prints its figures as one line of JSON: seconds, and bytes for `peak`.
"""

import json
import sqlite3
import sys
import time
from pathlib import Path
from statistics import median

from core.desk import Desk
from core.library import open_library, threads, views
from core.library.captures import keep
from core.readers import read
from core.sources.files import read_file
from core.view import View

STARS = 200


def import_file(file: Path, library: Path) -> dict[str, float]:
    """Read and keep a file, as `pullquote import` does."""
    kept = open_library(library)
    begun = time.perf_counter()
    payload = read_file(file, limit=file.stat().st_size)
    (reading,) = read(payload)
    between = time.perf_counter()
    keep(kept, payload, reading)
    kept.close()
    return {"read": between - begun, "keep": time.perf_counter() - between, "peak": peak()}


def star(path: Path, root: str) -> dict[str, float]:
    """Star replies one by one, and beside it write rows into a bare SQLite file in the same folder."""
    library = open_library(path)
    thread = threads.find_thread(library, root)
    seqs = views.order(library, thread.id, View())[:STARS]
    desk = Desk(library, thread.id, "en")
    bare = sqlite3.connect(path.with_name("bare.db"), isolation_level=None)
    for statement in (
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "CREATE TABLE IF NOT EXISTS star (post)",
    ):
        bare.execute(statement)
    ours, floor = [], []
    for seq in seqs:
        begun = time.perf_counter()
        desk.toggle_star((seq,))
        between = time.perf_counter()
        bare.execute("INSERT INTO star VALUES (?)", (seq,))
        ours.append(between - begun)
        floor.append(time.perf_counter() - between)
    for _ in seqs:
        desk.undo()
    library.close()
    bare.close()
    return {"star": median(ours), "slow": sorted(ours)[int(len(ours) * 0.95)], "floor": median(floor)}


def peak() -> float:
    """The most memory that this process has had resident."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    if sys.argv[1] == "import":
        print(json.dumps(import_file(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        print(json.dumps(star(Path(sys.argv[2]), sys.argv[3])))
