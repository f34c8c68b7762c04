"""`pullquote part`: one capture becomes a thread of its own, where an older program had mixed two threads."""

import argparse

from core.errors import UsageError
from core.importing.parting import part_thread
from core.library import threads
from core.library.threads import address_of
from core.models import Capture
from core.text.terminal_safe import for_line
from tui.cli.opened import opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the thread, and its capture."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument(
        "capture", metavar="CAPTURE", help="a payload's name, or a number, as ‘captures --json’ has them"
    )


def run(given: argparse.Namespace) -> None:
    """Part the capture from the thread, and say what there is now."""
    with opened(given) as here:
        thread = here.thread(given.thread)
        made = part_thread(here.library, _capture(threads.captures(here.library, thread.id), given.capture))
        for one in (threads.thread(here.library, thread.id), threads.thread(here.library, made)):
            print(for_line(f"{address_of(one)}  {one.starred:,} starred of {one.replies:,}  {one.title}"))


def _capture(found: tuple[Capture, ...], name: str) -> Capture:
    """The one capture that is meant. Raises UsageError, and lists them."""
    meant = [one for one in found if name == str(one.id)] or [one for one in found if name in one.names]
    if len(meant) == 1:
        return meant[0]
    there = ", ".join(f"{one.id} ({one.names[0]})" for one in found)
    raise UsageError(f"‘{name}’ fits {len(meant)} of the thread's captures; there are: {there}.")
