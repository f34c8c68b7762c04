"""What every test gets: the same environment wherever it runs, a home of its own, and what several rooms share."""

import os
import signal
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from core.library import Library
from tests.kit.blank import new_library
from tests.kit.commands import Commands
from tests.kit.examples import examples
from tests.kit.nitter_pages import NEXT, PATH, two_pages
from tests.kit.played import Played, page, played

_KEPT = {"PATH", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
_KEPT_BY_NAME = ("PYTEST_", "COV_", "COVERAGE_")
_OF_THE_TESTS = ("REQUIRE_REAL", "SEED", "CAMOFOX", "EXAMPLES", "EDITS", "THOROUGH")
_FIXED = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC"}
_NUMBERS = count()


def _surroundings() -> dict[str, str]:
    """What a test may know of where it runs: nothing of the user's locale, time zone, terminal, display or keys."""
    kept = _KEPT | {f"PULLQUOTE_{name}" for name in _OF_THE_TESTS}
    return {name: value for name, value in os.environ.items() if name in kept or name.startswith(_KEPT_BY_NAME)}


# Before any module is collected, for some look at the environment while they are imported.
_surrounding = _surroundings()
os.environ.clear()
os.environ.update(_surrounding, **_FIXED)
time.tzset()
# Programs that are started in the background, or by nohup, ignore these signals, and so would all that the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, lambda *_: None)

settings.register_profile(
    "pullquote",
    # A clock is no judge, and the same examples come each time.
    deadline=None,
    derandomize=True,
    max_examples=examples(100),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("pullquote")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home that no other test has; the folder is made by whoever writes to it."""
    found = tmp_path_factory.getbasetemp() / f"home-{next(_NUMBERS)}"
    monkeypatch.setenv("HOME", str(found))
    return found


@pytest.fixture
def pullquote(capsys: pytest.CaptureFixture[str]) -> Commands:
    """The commands, on an empty library in the test's home."""
    return Commands(capsys)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    opened = new_library(tmp_path / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Played]:
    """A server of this machine that plays what the test scripts, asked without a rest, for it is nobody's."""
    monkeypatch.setattr("core.sources.over_http.OverHttp.pause", 0.0)
    monkeypatch.setattr("core.sources.reddit.RedditSource.pause", 0.0)
    monkeypatch.setattr("core.sources.hackernews.HackerNewsSource.pause", 0.0)
    monkeypatch.setattr("core.sources.nitter.PAUSE", 0.0)
    with played() as found:
        yield found


@pytest.fixture
def nitter(server: Played) -> Played:
    """A Nitter instance that has one thread, on two pages."""
    first, second = two_pages()
    server.routes |= {PATH: page(first), NEXT: page(second)}
    return server
