"""What keys send over the line at 80×24, counted at the pty."""

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.models import Post
from tests.kit.stage import ROOT, library_with, post
from tests.kit.terminal import Terminal, environment

pytestmark = [pytest.mark.real, pytest.mark.timeout(900)]

MOVE, RUN = 250, 400
PAGE = 2_365 * 4 // 3
"""VisiData 3.4's page of such replies, and a third."""
STAR = 400
QUIET = 0.012
"""Seconds without a byte after which an answer is taken to be complete; what comes later counts for the next key."""
REST = 0.7
"""Seconds without a byte after which the pane has followed."""

_ENGLISH = "nobody asked the umbrella what it thinks of rain and yet here we are counting the drops again"
_CHINESE = "没人问过雨伞对雨怎么看，结果我们又在这里数雨滴了。博物馆的标签是谁写的"
_HANDLES = {"english": "weather_desk_of_the_umbrella_museum", "chinese": "雨伞博物馆值班员", "long": "雨伞" * 9}


def replies(shape: str) -> list[Post]:
    """A thread of 300 replies that nobody wrote."""
    chance = random.Random(shape)
    made = [post(ROOT, "Our labels were copied.", "brolly", None, likes=9)]
    for number in range(300):
        if shape == "english":
            text = " ".join(chance.choices(_ENGLISH.split(), k=chance.randrange(6, 30)))
        else:
            text = "".join(chance.choices(_CHINESE, k=10_000 if shape == "long" else chance.randrange(20, 80)))
        author = f"{_HANDLES[shape]}{chance.randrange(90)}"
        made.append(post(str(101 + number), text, author, likes=chance.randrange(10**5), views=chance.randrange(10**6)))
    return made


@dataclass(frozen=True)
class Sent:
    """Bytes for each key of a kind."""

    moves: Sequence[int]
    pages: Sequence[int]
    stars: Sequence[int]
    run: Sequence[int]
    run_with_pane: Sequence[int]
    pane_followed: str
    """The screen after the run with the pane."""
    at_rest: int
    """Bytes that came although no key was pressed."""
    field: int
    """Bytes for the key that asks for a filter."""
    in_a_field: int
    """Bytes that came while nobody typed one."""


@pytest.fixture(scope="module")
def every_shape(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sent]:
    """What each kind of key sent, by the shape of the replies; the programs run side by side."""
    with ThreadPoolExecutor() as pool:
        folders = [tmp_path_factory.mktemp(shape) for shape in _HANDLES]
        return dict(zip(_HANDLES, pool.map(measured, folders, _HANDLES), strict=True))


@pytest.fixture(params=list(_HANDLES))
def sent(request: pytest.FixtureRequest, every_shape: dict[str, Sent]) -> Sent:
    """What each kind of key sent."""
    return every_shape[request.param]


def measured(folder: Path, shape: str) -> Sent:
    """Press keys in a thread of one shape."""
    library, _ = library_with(folder / "library.db", replies(shape))
    library.close()
    env = environment(folder, PULLQUOTE_LIBRARY=str(folder / "library.db"))
    with Terminal(["open", ROOT], folder, env=env) as terminal:
        terminal.wait("300 replies")
        settle(terminal)
        run_with_pane = [answer(terminal, "j") for _ in range(100)]
        settle(terminal)
        followed = terminal.screen
        at_rest = count(terminal, 1.2)
        terminal.press("g", "g", "z", "p")
        settle(terminal)
        moves = [answer(terminal, key) for key in "jjjkk"]
        stars = [answer(terminal, "s") for _ in range(3)]
        run = [answer(terminal, "j") for _ in range(100)]
        pages = [answer(terminal, "\x1b[6~") for _ in range(4)]
        field = answer(terminal, "f")
        settle(terminal)
        return Sent(moves, pages, stars, run, run_with_pane, followed, at_rest, field, count(terminal, 0.8))


def answer(terminal: Terminal, key: str) -> int:
    """Press a key; returns the bytes that came of it."""
    before = len(terminal.sent)
    terminal.send(key)
    until = time.monotonic() + 5
    while len(terminal.sent) == before and time.monotonic() < until:
        terminal._read(0.001)
    while terminal._read(QUIET):
        pass
    return len(terminal.sent) - before


def settle(terminal: Terminal) -> None:
    """Wait until nothing more comes."""
    while terminal._read(REST):
        pass


def count(terminal: Terminal, seconds: float) -> int:
    """Bytes that come although no key is pressed."""
    before = len(terminal.sent)
    terminal._read(seconds)
    return len(terminal.sent) - before


def mean(numbers: Sequence[int]) -> float:
    """Bytes for each key."""
    return sum(numbers) / len(numbers)


def test_a_move_in_view_keeps_to_its_budget(sent: Sent) -> None:
    assert 0 < max(sent.moves) <= MOVE


def test_a_hundred_moves_down_keep_to_their_budget(sent: Sent) -> None:
    assert 0 < mean(sent.run) <= RUN


def test_a_hundred_moves_down_keep_to_their_budget_with_the_pane_open(sent: Sent) -> None:
    assert 0 < mean(sent.run_with_pane) <= RUN


def test_a_page_keeps_to_its_budget(sent: Sent) -> None:
    assert 0 < max(sent.pages) <= PAGE


def test_a_star_keeps_to_its_budget(sent: Sent) -> None:
    assert 0 < max(sent.stars) <= STAR


def test_a_line_to_type_in_keeps_to_the_budget_of_a_star(sent: Sent) -> None:
    assert 0 < sent.field <= STAR


def test_after_a_run_of_moves_the_pane_shows_the_post_under_the_cursor(sent: Sent) -> None:
    table, _, pane = sent.pane_followed.partition("────")
    row = next(line for line in table.splitlines() if line.startswith("›"))
    likes = row.split()[2]
    assert f"{likes} likes" in pane


def test_at_rest_nothing_is_sent(sent: Sent) -> None:
    assert sent.at_rest == 0


def test_nothing_is_sent_while_nobody_types_into_a_field(sent: Sent) -> None:
    assert sent.in_a_field == 0


def test_what_is_sent_piece_by_piece_adds_up_to_the_whole_screen(tmp_path: Path) -> None:
    library, _ = library_with(tmp_path / "library.db", replies("chinese"))
    library.close()
    env = environment(tmp_path, PULLQUOTE_LIBRARY=str(tmp_path / "library.db"))
    keys = [
        *"jjsjxkkvjjjsv",
        "pagedown",
        *"jjjjaaa",
        "space",
        *"GkkggU!hhl][fnob",
        "enter",
        *"jjF/no",
        "enter",
        *"njzpjjzp",
        "tab",
        "tab",
        "t",
        "escape",
    ]
    with Terminal(["open", ROOT], tmp_path, env=env) as terminal:
        terminal.wait("300 replies")
        for key in keys:
            terminal.press(key)
            terminal._read(QUIET)
        settle(terminal)
        pieces = looks(terminal)
        terminal.wipe()
        assert looks(terminal) != pieces
        terminal.press("ctrl+l")
        terminal.wait("replies")
        settle(terminal)
        assert looks(terminal) == pieces


def looks(terminal: Terminal) -> list[str]:
    """Each line of the screen, with what is bold, underlined or reversed in it."""
    screen = terminal._screen
    return [
        "".join(f"{cell.data}{cell.bold:d}{cell.underscore:d}{cell.reverse:d}" for cell in cells)
        for cells in ([screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines))
    ]
