"""Plugs of other packages, really installed: found by every command, and no harm where they are broken."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.kit.commands import run
from tests.kit.places import DATA, ROOT

LINK = "https://brolly.example/umbrellas"
PAYLOAD = '{"brolly": [["1", "ada", "Rain is coming"], ["2", "bo", "Take *one* along"]]}'


pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not all(map(find_spec, ("pip", "setuptools"))), reason="pip and setuptools are not in this environment"
    ),
]


def installed(package: str, folder: Path) -> dict[str, str]:
    """The environment of a command for which a package of tests/data/plugs is installed in a folder."""
    source = folder / "source"
    for path in (DATA / "plugs" / package).rglob("*.*"):
        copy = source / path.relative_to(DATA / "plugs" / package)
        if path.is_file() and "__pycache__" not in path.parts:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(folder / "site"), str(source)]
    subprocess.run(command, check=True, timeout=120)
    return {"PYTHONPATH": os.pathsep.join([str(ROOT), str(folder / "site")])}


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment with a package that adds one plug of each kind."""
    return installed("working", tmp_path_factory.mktemp("working"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment with a package whose plugs are all broken."""
    return installed("broken", tmp_path_factory.mktemp("broken"))


@pytest.fixture(scope="module")
def findings(broken: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines that the doctor prints where every plug is broken."""
    return said("doctor", env={**broken, "HOME": str(tmp_path_factory.mktemp("home"))}).splitlines()


def said(*arguments: object, env: dict[str, str], code: int = 0) -> str:
    """What a command prints, on both streams, where it ends with `code`."""
    ran = run(*arguments, env=env)
    printed = ran.stdout.decode() + ran.stderr.decode()
    assert ran.returncode == code, printed
    return printed


def test_a_source_of_another_package_is_listed_and_fetches_by_its_links(working: dict[str, str]) -> None:
    assert "brolly           Brolly's forum: threads of https://brolly.example" in said("sources", env=working)
    assert "brolly: 1 replies to 1" in said("fetch", LINK, env=working)
    assert "Rain is coming" in said("posts", "1", env=working)


def test_a_reader_of_another_package_reads_before_the_generic_one_guesses(
    working: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "thread.json"
    path.write_text(PAYLOAD)
    assert "(brolly)" in said("import", path, env=working)


def test_an_engine_of_another_package_is_set_and_translates(working: dict[str, str], tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[translation]\nengine = "echo"\n')
    env = {**working, "PULLQUOTE_CONFIG": str(settings)}
    said("fetch", LINK, env=env)
    assert "1 translated" in said("translate", "1", "2", env=env)
    assert '"text": "zh: Take *one* along"' in said("posts", "1", "--json", env=env)


def test_an_exporter_of_another_package_gets_the_text_as_it_was_written(working: dict[str, str]) -> None:
    said("fetch", LINK, env=working)
    said("mark", "1", "2", "--star", env=working)
    assert said("export", "1", "--format", "plain", "-o", "-", env=working).startswith("@bo: Take *one* along\n")


def test_a_template_of_another_package_is_named_like_those_that_ship(working: dict[str, str]) -> None:
    said("fetch", LINK, env=working)
    printed = said("export", "1", "--template", "essay", "-o", "-", env=working)
    assert printed.startswith("An essay on Rain is coming, with 0 quotes.\n")


def test_the_doctor_lists_what_other_packages_add(working: dict[str, str]) -> None:
    printed = said("doctor", env=working)
    for plug in ("source 'brolly'", "reader 'brolly'", "engine 'echo'", "exporter 'plain'", "template 'essay'"):
        assert f"the {plug} of the package pullquote-brolly" in printed


@pytest.mark.parametrize(
    "finding",
    [
        "the source 'discourse' of the package pullquote-broken is not used",
        "The source 'absent' of the package pullquote-broken cannot be used: ModuleNotFoundError",
        "The reader 'raises' of the package pullquote-broken cannot be used: AttributeError",
        "The engine 'leaves' of the package pullquote-broken cannot be used: SystemExit: leaving",
        "The exporter 'nothing' of the package pullquote-broken cannot be used: it has no name, no suffix",
        "The exporter 'misnamed' of the package pullquote-broken cannot be used: it calls itself 'other'",
        "The template 'gone' of the package pullquote-broken cannot be used: there is no file",
    ],
)
def test_the_doctor_names_what_is_broken_with_a_fix(findings: list[str], finding: str) -> None:
    (number,) = (number for number, line in enumerate(findings) if finding in line)
    assert "pip" in findings[number + 1]


def test_broken_readers_are_passed_over(broken: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('[{"id": "1", "text": "Take one along", "author": "bo"}]')
    assert "(generic)" in said("import", path, env=broken)


def test_a_broken_source_is_said_where_it_is_asked_for_and_stops_no_other(broken: dict[str, str]) -> None:
    printed = said("sources", env=broken)
    assert "The source 'absent' of the package pullquote-broken cannot be used" in printed
    assert "topics of Discourse forums" in printed
    assert "cannot be used" in said("fetch", LINK, "--source", "absent", env=broken, code=1)
    assert "No source takes" in said("fetch", LINK, env=broken, code=1)


def test_nothing_of_another_package_is_imported_before_its_name_is_asked_for(working: dict[str, str]) -> None:
    program = (
        "import sys; from core.sources import SOURCE_PLUGS; from core.readers import READERS, reader;"
        "names = list(SOURCE_PLUGS.names()); [reader(name) for name in READERS];"
        "print('brolly' in names, 'pullquote_brolly' in sys.modules)"
    )
    env = {**os.environ, **working}
    ran = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "True False"
