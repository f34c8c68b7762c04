"""The gate is the same every time: which tests there are depends on nothing around them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.places import ROOT
from tests.kit.waiting import PATIENCE

pytestmark = pytest.mark.real


def collecting(folder: Path, **environment: str) -> "subprocess.Popen[str]":
    """A collection of all tests, begun in a folder and an environment."""
    options = ["--collect-only", "-q", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib"]
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), *options, str(ROOT / "tests")]
    env = {**os.environ, **environment}
    return subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True)


def test_the_same_tests_are_collected_whatever_the_hash_seed_the_locale_the_zone_and_the_folder(tmp_path: Path) -> None:
    here = collecting(ROOT, PYTHONHASHSEED="1")
    there = collecting(tmp_path, PYTHONHASHSEED="2", LC_ALL="POSIX", TZ="Pacific/Auckland", CI="1", COLUMNS="40")
    # The last line says how long it took.
    found = [each.communicate(timeout=4 * PATIENCE)[0].splitlines()[:-1] for each in (here, there)]
    assert found[0] == found[1]
    assert len(found[0]) > 1000
