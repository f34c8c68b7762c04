"""Undo and redo, on every screen that changes something."""

from collections.abc import Callable
from typing import Protocol

from core.desk import Desk
from core.errors import LibraryError
from core.library.journal import JournalEntry
from core.words import change_words
from tui.commands.command import Command, in_section


class Undoable(Protocol):
    """A place where changes are taken back and made again."""

    desk: Desk

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""
        ...

    def show_undone(self, posts: frozenset[int], said: str) -> None:
        """Show what is so again, and say what was done."""
        ...


def undo(bench: Undoable) -> None:
    """Take the latest change back."""
    _step(bench, "undid", bench.desk.undo, "There is nothing to undo.")


def redo(bench: Undoable) -> None:
    """Make the undone change again."""
    _step(bench, "redid", bench.desk.redo, "There is nothing to redo.")


def _step(bench: Undoable, verb: str, step: Callable[[], JournalEntry | None], otherwise: str) -> None:
    """Go a step back or forth in the journal, and show what that did."""
    try:
        entry = step()
    except LibraryError as error:
        bench.say(str(error))
        return
    if entry is None:
        bench.say(otherwise)
    else:
        bench.show_undone(entry.posts, f"{verb}: {change_words(entry.name)}")


COMMANDS = in_section(
    "Undo and redo",
    Command("undo", "u", "Undo", undo, "Take the latest change back, also after a restart", footer=True),
    Command("redo", "ctrl+r", "Redo", redo, "Make the undone change again"),
)
