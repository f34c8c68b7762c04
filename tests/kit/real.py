"""Real parts that a test talks to: without one the test is skipped by the part's name, or fails where CI wants it."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from tests.kit.places import SHARED


def need(program: str) -> str:
    """The path of a real program."""
    found = shutil.which(program)
    return found if found is not None else missing(f"{program} is not installed")


def shared(*parts: str) -> Path:
    """A file of the material that is shared beside the repository; only those who have it can run the test."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"../shared/{'/'.join(parts)} is not there")
    return path


def missing(what: str) -> NoReturn:
    """End the test: a skip, or a failure where PULLQUOTE_REQUIRE_REAL=1 says that every part is there."""
    if os.environ.get("PULLQUOTE_REQUIRE_REAL") == "1":
        pytest.fail(f"{what}, and PULLQUOTE_REQUIRE_REAL=1 asks for it")
    pytest.skip(what)
