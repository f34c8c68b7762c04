"""What every test gets: a home of its own, with nothing of the user's in the environment."""

import os
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count()
_OF_THE_TESTS = {"PULLQUOTE_REQUIRE_REAL", "PULLQUOTE_SEED"}


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home that no other test has; the folder is made by whoever writes to it."""
    for name in list(os.environ):
        if name.startswith(("PULLQUOTE_", "XDG_", "OPENAI_")) and name not in _OF_THE_TESTS:
            monkeypatch.delenv(name)
    found = tmp_path_factory.getbasetemp() / f"home-{next(_NUMBERS)}"
    monkeypatch.setenv("HOME", str(found))
    return found
