"""Other packages that are called `core`, `exports` or `tui` too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.doctor import packages
from tests.kit.findings import FAULT, OK, WARNING, judged
from tests.kit.places import ROOT


@pytest.mark.parametrize("name", ["core", "exports", "tui"])
def test_a_foreign_package_in_place_of_ours_is_said_with_a_fix(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text('"""A package of another program."""\n')
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    command = [sys.executable, "-m", "pullquote", "doctor"]
    ran = subprocess.run(command, env=env, cwd=tmp_path.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"another package's {name!r} stands in place of ours: {str(tmp_path / name)!r}" in ran.stderr
    assert "pipx install pullquote" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_our_own_packages_are_told_from_others_wherever_they_are_started_from(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pullquote", "doctor"]
    ran = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "core, exports and tui are pullquote's own" in ran.stdout


def test_a_distribution_that_installs_a_package_of_the_same_name_is_a_warning() -> None:
    found = packages.packages({}, {"core": ["pullquote", "another"], "tui": ["Pullquote"]})
    assert judged(*found) == [("packages", WARNING)]
    assert "another installs a 'core' too" in found[0].found


def test_packages_that_are_ours_alone_are_well() -> None:
    assert judged(*packages.packages({}, {"core": ["pullquote"]})) == [("packages", OK)]


def test_a_package_found_elsewhere_is_a_fault() -> None:
    assert judged(*packages.packages({"exports": "/opt/exports"}, {})) == [("packages", FAULT)]
