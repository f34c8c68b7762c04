"""`pullquote undo`: the thread's latest change is taken back."""

import argparse

from core.library.journal import JournalEntry
from core.text.terminal_safe import for_line
from core.words import change_words
from tui.cli.opened import opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the one argument, the thread."""
    command.add_argument("thread", metavar="THREAD")


def run(given: argparse.Namespace) -> None:
    """Take the thread's latest change back, and say which it was."""
    with opened(given) as here:
        say_step("undo", "undid", here.desk(here.thread(given.thread)).undo())


def say_step(verb: str, past: str, entry: JournalEntry | None) -> None:
    """Say what was undone or redone."""
    print(for_line(f"{past}: {change_words(entry.name)}" if entry else f"nothing to {verb}"))
