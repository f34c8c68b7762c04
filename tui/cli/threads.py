"""`pullquote threads`: what is in the library, for people and for other programs."""

import argparse
from collections import Counter

from core.library.threads import address_of, threads
from core.models import CapturedFrom
from core.text.terminal_safe import for_line
from core.words.captures import captured_words
from tui.cli.exits import complain
from tui.cli.json_output import as_json
from tui.cli.opened import opened
from tui.cli.parsing import json_arguments


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the form of the list."""
    json_arguments(command, "threads")


def run(given: argparse.Namespace) -> None:
    """Print every thread of the library, newest first."""
    with opened(given) as here:
        listed = threads(here.library)
    for thread in (thread for thread in listed if thread.mixed):
        complain(
            f"{address_of(thread)} may be two threads, which an older program took for one: ‘pullquote captures "
            f"thread:{thread.id}’ shows what came, ‘pullquote part thread:{thread.id} CAPTURE’ parts it."
        )
    if given.json:
        from tui.cli.json_models import ThreadJson

        print(as_json([ThreadJson.from_thread(thread).model_dump() for thread in listed]))
        return
    ids = Counter(thread.root_id for thread in listed)
    for thread in listed:
        author = f"@{thread.root_author}" if thread.root_author else "–"
        name = thread.root_id if ids[thread.root_id] == 1 else address_of(thread)
        dated = ""
        if thread.captured_at is not None and thread.captured_from is CapturedFrom.FILE:
            dated = f"  ({captured_words(thread.captured_at, thread.captured_from)})"
        said = f"{thread.starred:,} starred of {thread.replies:,}  {thread.title}{dated}"
        print(for_line(f"{name}  {author}  {said}"))
