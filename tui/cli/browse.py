"""`pullquote` alone: the library's list of threads."""

import argparse

from tui.cli.opened import opened
from tui.cli.screen import show


def run(given: argparse.Namespace) -> int:
    """Open the screen with the library's list of threads."""
    with opened(given) as here:
        return show(here, None)
