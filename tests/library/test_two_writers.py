"""Two writers in one library: nothing is lost, neither is refused, each sees what the other does."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.library.journal import PRIMARY_KEYS
from tests.kit.commands import TREE
from tests.kit.shelf import Shelf, root, said, shelf
from tests.kit.stage import ROOT, library_with
from tests.kit.terminal import Terminal, environment

pytestmark = [pytest.mark.real, pytest.mark.timeout(1200)]

EDITS = int(os.environ.get("PULLQUOTE_EDITS", "500"))
"""How many edits each of the two makes."""
WRITER = """
import json
import sys
from pathlib import Path
from random import Random
from core.desk import Desk
from core.library import open_library

path, name, edits = sys.argv[1:]
library = open_library(Path(path))
desk = Desk(library, 1, "zh")
chance = Random(name)
print("ready", flush=True)
sys.stdin.readline()
made = []
while len(made) < int(edits):
    seqs = chance.sample(range(2, 42), chance.choice((1, 1, 1, 3)))
    done = chance.choice((
        lambda: desk.toggle_star(seqs),
        lambda: desk.tags.toggle(seqs, f"tag {chance.randrange(12)}"),
        lambda: desk.write(seqs[0], note=f"{name} {len(made)}"),
        lambda: desk.rate(seqs, chance.randrange(6)),
    ))()
    if done.entry:
        made.append(done.entry)
print(json.dumps(made))
"""
"""Makes changes on posts that the other changes too, and says which journal entries it made."""
PLAIN = {"state": "new", "note": "", "rating": 0}
"""A mark that nobody has touched, as far as these writers go."""

Rows = dict[tuple[str, tuple[Any, ...]], dict[str, Any]]
"""The library's rows by table and key."""


def write_together(here: Shelf) -> tuple[list[int], list[int]]:
    """Let two processes write at once; returns the journal entries that each was told."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(here.library.path), name, str(EDITS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=TREE,
        )
        for name in ("Ada", "Bo")
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said_by = [writer.communicate(timeout=600) for writer in writers]
    assert [(writer.returncode, error) for writer, (_, error) in zip(writers, said_by, strict=True)] == [(0, "")] * 2
    ada, bo = (json.loads(out) for out, _ in said_by)
    return ada, bo


def replayed(journal: list[str]) -> Rows:
    """What the journal's entries make of an empty library, each of which must begin where the last one ended."""
    rows: Rows = {}
    for changes in journal:
        for table, key, before, after in json.loads(changes):
            row = rows.setdefault((table, tuple(key)), dict(PLAIN) if table == "mark" else {})
            assert {name: row[name] for name in before or () if name in row} == (before or {}), (table, key)
            row.update(after or {})
            if after is None:
                del rows[table, tuple(key)]
    return rows


def kept(here: Shelf) -> Rows:
    """What the library's tables hold."""
    rows: Rows = {}
    for table in ("mark", "tag", "post_tag"):
        cursor = here.library.connection.execute(f"SELECT * FROM {table}")
        names = [name for name, *_ in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            key = tuple(row.pop(name) for name in PRIMARY_KEYS[table])
            rows[table, key] = {name: row[name] for name in PLAIN} if table == "mark" else row
    return rows


def test_two_processes_that_edit_the_same_posts_lose_nothing(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(), *(said(str(101 + n)) for n in range(40))))
    ada, bo = write_together(here)
    entries = here.library.connection.execute("SELECT id, changes FROM journal ORDER BY id").fetchall()
    assert sorted(ada + bo) == [id for id, _ in entries]
    assert len(entries) == 2 * EDITS
    assert ada[-1] > bo[0], "neither waits until the other is done"
    assert bo[-1] > ada[0], "neither waits until the other is done"
    assert replayed([changes for _, changes in entries]) == kept(here)
    assert here.library.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    here.library.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Terminal, Terminal]]:
    """Two terminals with the program on one library."""
    library_with(tmp_path / "library.db")[0].close()
    env = environment(tmp_path, PULLQUOTE_LIBRARY=str(tmp_path / "library.db"))
    with Terminal(["open", ROOT], tmp_path, env=env) as one, Terminal(["open", ROOT], tmp_path, env=env) as other:
        one.wait("likes ↓")
        other.wait("likes ↓")
        yield one, other


def test_two_screens_show_each_others_stars_and_tags_and_keep_their_own_rows(two: tuple[Terminal, Terminal]) -> None:
    one, other = two
    other.press("j")
    other.wait("› ·       40")
    one.press("s", "t", *"meme", "enter")
    one.wait("1 meme")
    other.wait("1 starred")
    other.wait("  ★       55    1   800 02-26 @cy          meme")
    other.wait("1 meme")
    other.wait("› ·       40")
    other.press("1", "s")
    other.wait("2 starred")
    one.wait("  ★       40    2   700 02-24 @ada         meme")
    one.wait("› ★       55")
    for terminal in two:
        terminal.press("Q")
        assert terminal.end() == 0


def test_an_undo_in_one_screen_is_seen_in_the_other(two: tuple[Terminal, Terminal]) -> None:
    one, other = two
    one.press("a", "a")
    other.wait("2 starred")
    other.press("u")
    other.wait("undid: star 1 post")
    one.wait("1 starred")
    one.wait("  ·       40")
