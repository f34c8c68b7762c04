"""What every test gets: a home of its own, with nothing of the user's in the environment."""

import os
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count()
_OF_THE_TESTS = {"PULLQUOTE_REQUIRE_REAL", "PULLQUOTE_SEED", "PULLQUOTE_CAMOFOX", "PULLQUOTE_EXAMPLES"}
_OF_THE_STREAMS = {"PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONUTF8"}
"""What would hide from the tests how the commands treat their streams."""


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home that no other test has; the folder is made by whoever writes to it."""
    for name in list(os.environ):
        users = name.startswith(("PULLQUOTE_", "XDG_", "OPENAI_")) and name not in _OF_THE_TESTS
        if users or name in _OF_THE_STREAMS:
            monkeypatch.delenv(name)
    found = tmp_path_factory.getbasetemp() / f"home-{next(_NUMBERS)}"
    monkeypatch.setenv("HOME", str(found))
    return found
