"""`pullquote undo`: a thread's latest change is taken back, or the latest removal of a thread."""

import argparse

from core.changes import ChangeName, ChangeVerb
from core.library import removal, threads
from core.library.journal import JournalEntry
from core.text.terminal_safe import for_line
from core.words import change_words
from tui.cli.opened import OpenLibrary, opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the one argument, the thread."""
    command.add_argument("thread", nargs="?", metavar="THREAD")


def run(given: argparse.Namespace) -> None:
    """Take the thread's latest change back, and say which it was."""
    with opened(given) as here:
        if given.thread is None:
            _bring_back(here, removal.last_removed(here.library))
        elif (removed := here.removed_thread(given.thread)) is not None:
            _bring_back(here, removed.id)
        else:
            say_step("undo", "undid", here.desk(here.thread(given.thread)).undo())


def _bring_back(here: OpenLibrary, thread_id: int | None) -> None:
    """List a removed thread again, and say which it is."""
    if thread_id is None:
        print("nothing to undo: no thread is removed; name a thread to take its latest change back")
        return
    removal.bring_back(here.library, thread_id)
    thread = threads.thread(here.library, thread_id)
    print(for_line(f"undid: {change_words(ChangeName(ChangeVerb.REMOVE_THREAD))}: {thread.root_id}  {thread.title}"))


def say_step(verb: str, past: str, entry: JournalEntry | None) -> None:
    """Say what was undone or redone."""
    print(for_line(f"{past}: {change_words(entry.name)}" if entry else f"nothing to {verb}"))
