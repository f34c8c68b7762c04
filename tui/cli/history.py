"""`pullquote history`: a thread's latest changes."""

import argparse
from datetime import UTC, datetime

from core.text.terminal_safe import for_line
from core.words import change_words
from tui.cli.opened import opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the one argument, the thread."""
    command.add_argument("thread", metavar="THREAD")


def run(given: argparse.Namespace) -> None:
    """Print the thread's latest changes, newest first."""
    with opened(given) as here:
        for entry in here.desk(here.thread(given.thread)).history():
            print(for_line(f"{datetime.fromtimestamp(entry.at, UTC):%Y-%m-%d %H:%M:%S}  {change_words(entry.name)}"))
