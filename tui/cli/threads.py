"""`pullquote threads`: what is in the library, for people and for other programs."""

import argparse
from typing import Any

from core.library.threads import threads
from core.models import Thread
from core.text.terminal_safe import for_line
from core.words import words
from tui.cli.json_output import as_json, iso
from tui.cli.opened import opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the form."""
    command.add_argument("--json", action="store_true", help="as JSON")


def run(given: argparse.Namespace) -> None:
    """All threads, newest first."""
    with opened(given) as here:
        found = threads(here.library)
    if given.json:
        print(as_json([thread_json(thread) for thread in found]))
        return
    for thread in found:
        author = f"@{thread.root_author}" if thread.root_author else "–"
        line = f"{thread.root_id}  {author}  {thread.starred:,} starred of {thread.replies:,}  {thread.title}"
        print(for_line(line))


def thread_json(thread: Thread) -> dict[str, Any]:
    """A thread as `threads --json` gives it."""
    return {
        "id": thread.root_id,
        "url": thread.url,
        "author": thread.root_author,
        "title": thread.title,
        "replies": thread.replies,
        "claimed": thread.claimed,
        "starred": thread.starred,
        "decided": thread.decided,
        "captured_at": iso(thread.captured_at),
        "verdict": thread.verdict,
        "reasons": [words(reason) for reason in thread.reasons],
    }
