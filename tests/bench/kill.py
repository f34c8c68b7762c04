"""Kill the program while keys are pressed, over and over, and compare its library with what its screen had shown.

    python -m tests.bench.kill [--times 1000] [--seed N]

Run it in the repository's folder. Each time the program is started in a pty on a kept library, gets random keys that
star, reject, skip, tag and move, some one by one and some in bursts, and is killed with SIGKILL at a random moment.
What its last whole frame showed of every visible reply must be what the library's journal says of one moment, and no
entry of the journal may be half made. The exit code is 1 where anything that was drawn is missing.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import pyte

from core.desk import Desk
from core.library import Library, open_library
from core.models import Payload, Post, Reading
from tests.kit.terminal import BEYOND_PYTE, Terminal, environment

ROOT = "100"
REPLIES = 60
TAGS = ("aa", "bb", "cc")
SIGNS = {"new": "·", "starred": "★", "rejected": "✗", "skipped": "»"}
KEYS = ("x", "a", " ", "sj", "1j", "2j", "3x", "12sj", "j", "k", "jjj", "gg", "G", "w", "b")
"""What is pressed; a toggle is never pressed twice in a row, for the second would hide the loss of the first."""
LONGEST = 0.5
"""Seconds that a program may live after its first frame."""
ROUNDS_PER_LIBRARY = 25

_SIZE = (100, 40)
_ASKS_FOR_FRAMES, _HAS_FRAMES, _FRAME_ENDS = b"\x1b[?2026$p", b"\x1b[?2026;2$y", b"\x1b[?2026l"
_ROW = re.compile(r"^..([·★✗»]).. .*?@(r\d+) +(?:((?:aa|bb|cc)(?:\+\d)?) +)?reply")
_STARRED = re.compile(r"· ([\d,]+) starred")

Seen = dict[str, tuple[str, str]]
"""The sign and the tag cell of each visible reply, by author."""
Tags = dict[int, dict[str, int]]
"""The tags of each post with the order in which they were given, by seq."""


class Framed(Terminal):
    """A terminal that shows whole frames only, as one with synchronised output does."""

    def ready(self) -> None:
        """Wait for the first frames."""
        self.wait("likes ↓")
        os.write(self._master, _HAS_FRAMES)
        self.wait("reply")
        for key in cycle("jk"):
            if _FRAME_ENDS in self.sent:
                return
            self.burst(key, 0.05)

    def burst(self, keys: str, seconds: float) -> None:
        """Send keys in one piece, and take what comes for a while."""
        os.write(self._master, keys.encode())
        self._read(seconds)

    def kill(self) -> None:
        """Kill the program now, and take what it had sent."""
        self.process.kill()
        self.process.wait()
        while self._read(0.02):
            pass

    @property
    def shown(self) -> str:
        """The last whole frame."""
        screen = pyte.Screen(*_SIZE)
        whole = self.sent[: self.sent.rfind(_FRAME_ENDS) + len(_FRAME_ENDS)]
        pyte.ByteStream(screen).feed(BEYOND_PYTE.sub(b"", whole))
        return "\n".join(screen.display)


@dataclass(frozen=True, slots=True)
class Moment:
    """What the library held at one moment."""

    replies: Seen
    starred: int


@dataclass(slots=True)
class Found:
    """What all rounds found."""

    rounds: int = 0
    keys: int = 0
    drawn: int = 0
    """Changes that were on the screen when the program was killed."""
    kept: int = 0
    """Changes that were in the library then."""
    faults: list[str] = field(default_factory=list)


def make_library(path: Path) -> None:
    """A library with an invented thread and three tags."""
    from core.library.captures.readings import keep_reading

    replies = (Post(str(101 + n), f"reply {n}", f"r{n}", parent_id=ROOT, likes=999 - n) for n in range(REPLIES))
    posts = (Post(ROOT, "Our labels were copied.", "brolly"), *replies)
    library = open_library(path)
    keep_reading(library, Payload("thread.json", repr(posts).encode(), None), Reading("invented", ROOT, posts))
    Desk(library, 1, "zh").tags.add((), *TAGS)
    library.close()


def seen(screen: str) -> Seen:
    """What a screen shows of each reply."""
    rows = (_ROW.match(line) for line in screen.splitlines())
    return {row[2]: (row[1], row[3] or "") for row in rows if row}


def moments(library: Library) -> Iterator[Moment]:
    """What the library holds, then what it held before each change, latest first. Raises ValueError where they differ.

    The journal is taken back entry by entry; what an entry says was there after it must be there.
    """
    fetch = library.connection.execute
    authors = dict(fetch("SELECT seq, author FROM post WHERE is_root = 0"))
    states = dict(fetch("SELECT post, state FROM mark"))
    names = dict(fetch("SELECT id, name FROM tag"))
    tags: Tags = {seq: {} for seq in authors}
    for post, tag, position in fetch("SELECT post, tag_id, position FROM post_tag"):
        tags.setdefault(post, {})[names[tag]] = position
    yield _moment(authors, states, tags)
    for (changes,) in fetch("SELECT changes FROM journal WHERE state = 'done' ORDER BY id DESC"):
        for table, key, before, after in reversed(json.loads(changes)):
            if table == "mark":
                _expect(states.get(key[0]), after["state"])
                states[key[0]] = before["state"]
            elif table == "post_tag":
                _take_back(tags.setdefault(key[0], {}), names[key[1]], before, after)
            else:
                return
        yield _moment(authors, states, tags)


def _take_back(given: dict[str, int], name: str, before: Any, after: Any) -> None:
    """Make a post's tags what they were before a change. Raises ValueError where they are not what they were after."""
    _expect(given.pop(name, None), after and after["position"])
    if before is not None:
        given[name] = before["position"]


def _expect(is_: object, said: object) -> None:
    """Raises ValueError where the library has something else than the journal's last word."""
    if is_ != said:
        raise ValueError(f"the journal says {said!r} where the library has {is_!r}")


def _moment(authors: dict[int, str], states: dict[int, str], tags: Tags) -> Moment:
    """The signs and tag cells that a screen would show."""
    replies: Seen = {}
    for seq, author in authors.items():
        given = sorted(tags[seq], key=tags[seq].__getitem__)
        more = f"+{len(given) - 1}" if len(given) > 1 else ""
        replies[author] = (SIGNS[states.get(seq, "new")], given[0] + more if given else "")
    return Moment(replies, sum(state == "starred" for state in states.values()))


def compare(library: Library, screen: str) -> int | None:
    """How many of the library's latest changes the screen did not show yet; None where it fits no moment."""
    replies, starred = seen(screen), _STARRED.search(screen)
    count = int(starred[1].replace(",", "")) if starred else 0
    for behind, moment in enumerate(moments(library)):
        if moment.starred == count and replies.items() <= moment.replies.items():
            return behind
    return None


def entries(library: Library) -> int:
    """How many changes the journal has."""
    return int(library.connection.execute("SELECT count(*) FROM journal").fetchone()[0])


def press(terminal: Framed, chance: Random) -> int:
    """Press random keys until a random moment; returns how many."""
    until = time.monotonic() + chance.uniform(0, LONGEST)
    pressed = 0
    while (left := until - time.monotonic()) > 0:
        keys = "".join(chance.choice(KEYS) for _ in range(chance.choice((1, 1, 1, 2, 8))))
        terminal.burst(keys, min(chance.uniform(0, 0.05), left))
        pressed += len(keys)
    return pressed


def one_round(folder: Path, path: Path, chance: Random, found: Found) -> None:
    """Start, press, kill, and compare."""
    library = open_library(path)
    before = entries(library)
    library.close()
    env = environment(folder, PULLQUOTE_LIBRARY=str(path))
    with Framed(["open", ROOT], folder, _SIZE, env) as terminal:
        terminal.ready()
        found.keys += press(terminal, chance)
        terminal.kill()
        shown = terminal.shown
    found.rounds += 1
    library = open_library(path)
    try:
        found.faults += [f"round {found.rounds}: {fault}" for fault in _faults(library, shown, before, found)]
    finally:
        library.close()


def _faults(library: Library, shown: str, before: int, found: Found) -> list[str]:
    """What is wrong with a library after a kill."""
    check = library.connection.execute
    faults = [str(row) for row in check("PRAGMA integrity_check") if row != ("ok",)]
    faults += [str(row) for row in check("PRAGMA foreign_key_check")]
    if not seen(shown):
        return [*faults, f"no reply was on the screen:\n{shown}"]
    try:
        behind = compare(library, shown)
    except ValueError as error:
        return [*faults, str(error)]
    kept = entries(library) - before
    found.kept += kept
    if behind is None:
        return [*faults, f"the screen showed what the library never held:\n{shown}"]
    found.drawn += max(kept - behind, 0)
    return faults


def run(folder: Path, times: int, seed: int) -> Found:
    """Kill so many times, on a new library every now and then."""
    chance, found = Random(seed), Found()
    for number in range(times):
        path = folder / f"library-{number // ROUNDS_PER_LIBRARY}.db"
        if not path.exists():
            make_library(path)
        one_round(folder, path, chance, found)
        if sys.stderr.isatty():
            print(f"\r{found.rounds} of {times}, {len(found.faults)} faults", end="", file=sys.stderr, flush=True)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20260224)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), given.times, given.seed)
    print(f"\n{found.rounds} kills, {found.keys:,} keys: {found.kept:,} changes in the libraries,")
    print(f"{found.drawn:,} of them drawn before the kill, {len(found.faults)} faults.")
    for fault in found.faults:
        print(fault)
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
