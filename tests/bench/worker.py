"""What is measured or made without a terminal, in a process of its own.

    python -m tests.bench.worker star LIBRARY ROOT
    python -m tests.bench.worker tags LIBRARY ROOT

Prints its figures as one line of JSON, in seconds.
"""

import json
import sqlite3
import sys
import time
from pathlib import Path
from statistics import median

from core.desk import Desk
from core.library import Library, open_library, threads, view_results
from core.query.view import View

STARS = 200
TAGS, SLOTS = 50_000, 9


def star(library: Library, root: str, bare_file: Path) -> dict[str, float]:
    """Star replies one by one, and beside it write rows into a bare SQLite file."""
    thread = threads.find_thread(library, root)
    seqs = view_results.whole_order(library, thread.id, View())[:STARS]
    desk = Desk(library, thread.id, "en")
    bare = sqlite3.connect(bare_file, isolation_level=None)
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
    bare.close()
    return {
        "star": median(ours),
        "slow": sorted(ours)[int(len(ours) * 0.95)],
        "floor": median(floor),
        "slow floor": sorted(floor)[int(len(floor) * 0.95)],
    }


def make_tags(library: Library, root: str) -> dict[str, float]:
    """Tags that nobody would keep apart, each on a reply or two; the first nine have keys."""
    thread = threads.find_thread(library, root)
    seqs = view_results.whole_order(library, thread.id, View())
    with library.transaction() as connection:
        connection.executemany(
            "INSERT INTO tag (id, thread_id, name, slot, position) VALUES (?, ?, ?, ?, ?)",
            (
                (number, thread.id, f"weather no. {number}", number if number <= SLOTS else None, number)
                for number in range(1, TAGS + 1)
            ),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO post_tag (post, tag_id, position) VALUES (?, ?, ?)",
            (
                (seqs[place * number % len(seqs)], number, 2 * number + place)
                for number in range(1, TAGS + 1)
                for place in (3, 4)
            ),
        )
    return {}


def main() -> None:
    """Do what the arguments say."""
    what, path, root = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    library = open_library(path)
    try:
        found = star(library, root, path.with_name("bare.db")) if what == "star" else make_tags(library, root)
    finally:
        library.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
