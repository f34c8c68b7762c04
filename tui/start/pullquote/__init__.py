"""The `pullquote` command: sees that Python finds our own `core`, `exports` and `tui`, and starts the command line.

It is installed as a package of its own beside those three, for it must be found where others stand in their place.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("core", "exports", "tui")
"""Our packages, whose names are so general that others use them too."""


def foreign_packages() -> dict[str, str]:
    """Those of our packages in whose place Python finds another one -> where that lies."""
    found = {}
    for name in PACKAGES:
        spec = find_spec(name)
        places = list(spec.submodule_search_locations or [spec.origin or name]) if spec else []
        if places and Path(places[0]).resolve().parent not in Path(__file__).resolve().parents:
            found[name] = places[0]
    return found


def run() -> None:
    """The command; where another package stands in place of one of ours, a sentence that says so, and exit code 1."""
    for name, place in foreign_packages().items():
        sys.exit(
            f"pullquote: another package's {name!r} stands in place of ours: {place!r}. Nothing was done. "
            "Take its folder out of PYTHONPATH, or give pullquote an environment of its own: pipx install pullquote"
        )
    from tui.cli.main import run as run_command

    run_command()
