"""`pullquote redo`: the undone change is made again."""

import argparse

from tui.cli.opened import opened
from tui.cli.undo import arguments, say_step

__all__ = ["arguments", "run"]


def run(given: argparse.Namespace) -> None:
    """Make the change again that was undone last, and say which it was."""
    with opened(given) as here:
        say_step("redo", "redid", here.desk(here.thread(given.thread)).redo())
