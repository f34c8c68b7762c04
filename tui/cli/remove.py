"""`pullquote remove`: threads are taken from the list; undo brings them back, and so does a new capture."""

import argparse
import sys

from core.errors import UsageError
from core.library.removal import remove_threads
from core.library.threads import address_of
from core.models import Thread
from core.text.counted import counted
from core.text.terminal_safe import for_line, for_screen
from tui.cli.exits import DONE, INPUT_AT_FAULT
from tui.cli.opened import opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the threads, and that nothing is to be asked."""
    command.add_argument("threads", nargs="+", metavar="THREAD")
    command.add_argument("--yes", action="store_true", help="remove them without asking")


def run(given: argparse.Namespace) -> int:
    """Remove the threads, after asking on a terminal."""
    with opened(given) as here:
        found = list({thread.id: thread for thread in map(here.thread, given.threads)}.values())
        if not given.yes and not _is_wanted(found):
            return INPUT_AT_FAULT
        remove_threads(here.library, [thread.id for thread in found])
    for thread in found:
        print(for_line(f"removed: {_line(thread)}"))
    print(for_line(f"‘pullquote undo {address_of(found[-1])}’ brings it back, and so does importing it again."))
    return DONE


def _is_wanted(found: list[Thread]) -> bool:
    """Whether the writer says yes. Raises UsageError where there is nobody to ask."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("‘remove’ asks first, and there is no terminal to ask on; --yes removes without asking.")
    for thread in found:
        print(for_screen(_line(thread)), file=sys.stderr)
    print(f"Remove {counted(len(found), 'thread')} with all marks? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _line(thread: Thread) -> str:
    """A thread, so that the writer knows which it is."""
    return f"{address_of(thread)}  {thread.starred:,} starred of {thread.replies:,}  {thread.title}"
