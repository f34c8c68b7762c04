"""`pullquote captures`: what is known of a thread, how it became known, and how complete it is."""

import argparse

from core.library import threads
from core.text.terminal_safe import for_line
from core.words.captures import details, headline
from tui.cli.json_output import as_json
from tui.cli.opened import opened
from tui.cli.parsing import json_arguments


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the thread, and the form."""
    command.add_argument("thread", metavar="THREAD")
    json_arguments(command, "captures")


def run(given: argparse.Namespace) -> None:
    """Print the thread's captures, the newest first."""
    with opened(given) as here:
        captures = threads.captures(here.library, here.thread(given.thread).id)
    if given.json:
        from tui.cli.json_models import CaptureJson

        print(as_json([CaptureJson.from_capture(capture).model_dump() for capture in captures]))
        return
    for capture in captures:
        print(for_line(headline(capture)))
        for line in details(capture):
            print(f"    {for_line(line)}")
