"""Other packages that are called `core`, `exports` or `tui` too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.doctor import packages
from tests.kit.findings import OK, WARNING, judged

COMMAND = Path(sys.executable).with_name("pullquote")
"""As pip has installed it."""


@pytest.mark.parametrize("name", ["core", "exports", "tui"])
def test_a_foreign_package_in_place_of_ours_is_said_with_a_fix(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text('"""A package of another program."""\n')
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    ran = subprocess.run([COMMAND, "doctor"], env=env, cwd=tmp_path.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"another package's {name!r} stands in place of ours: {str(tmp_path / name)!r}" in ran.stderr
    assert "pipx install pullquote" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_our_own_packages_are_told_from_others_wherever_they_are_started_from(tmp_path: Path) -> None:
    ran = subprocess.run([COMMAND, "doctor"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "core, exports and tui are pullquote's own" in ran.stdout


def test_a_distribution_that_installs_a_package_of_the_same_name_is_a_warning() -> None:
    found = packages.packages({"core": ["pullquote", "another"], "tui": ["Pullquote"]})
    assert judged(*found) == [("packages", WARNING)]
    assert "another installs a 'core' too" in found[0].found


def test_packages_that_are_ours_alone_are_well() -> None:
    assert judged(*packages.packages({"core": ["pullquote"]})) == [("packages", OK)]
