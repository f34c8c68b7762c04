"""`pullquote captures`: what is known of a thread, how it became known, and how complete it is."""

import argparse
from typing import Any

from core.library import threads
from core.models import Capture
from core.text.terminal_safe import for_line
from core.words import words
from core.words.captures import details, headline
from tui.cli.json_output import as_json, iso
from tui.cli.opened import opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the thread, and the form."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument("--json", action="store_true", help="as JSON")


def run(given: argparse.Namespace) -> None:
    """The thread's captures, the newest first."""
    with opened(given) as here:
        found = threads.captures(here.library, here.thread(given.thread).id)
    if given.json:
        print(as_json([_capture_json(capture) for capture in found]))
        return
    for capture in found:
        print(for_line(headline(capture)))
        for line in details(capture):
            print(f"    {for_line(line)}")


def _capture_json(capture: Capture) -> dict[str, Any]:
    """A capture as `captures --json` gives it; unknown is null."""
    return {
        "captured_at": iso(capture.captured_at),
        "read_at": iso(capture.read_at),
        "visit": capture.visit,
        "tool": capture.tool,
        "format": capture.format,
        "payloads": list(capture.names),
        "posts": capture.found,
        "claimed": capture.claimed,
        "new": capture.added,
        "changed": capture.changed,
        "edited": capture.edited,
        "gone": capture.gone,
        "verdict": capture.verdict,
        "reasons": [words(reason) for reason in capture.reasons],
        "problems": [{"place": problem.place, "reason": words(problem.reason)} for problem in capture.problems],
    }
