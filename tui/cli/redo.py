"""`pullquote redo`: the undone change is made again."""

import argparse

from tui.cli.opened import opened
from tui.cli.undo import say_step


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the one argument, the thread."""
    command.add_argument("thread", metavar="THREAD")


def run(given: argparse.Namespace) -> None:
    """Make the change again that was undone last, and say which it was."""
    with opened(given) as here:
        say_step("redo", "redid", here.desk(here.thread(given.thread)).redo())
