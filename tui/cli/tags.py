"""`pullquote tags`: a thread's tags, which are the sections of its article."""

import argparse
import re

from core.desk import ChangeResult
from core.errors import UsageError
from core.text.terminal_safe import for_line
from core.words import change_words
from tui.cli.json_output import as_json
from tui.cli.opened import opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the thread, and what can be done to its tags."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument("--json", action="store_true", help="as JSON")
    change = command.add_mutually_exclusive_group()
    change.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help="rename a tag")
    change.add_argument(
        "--merge", nargs=2, metavar=("FROM", "INTO"), help="give INTO to all that have FROM, and drop FROM"
    )
    change.add_argument("--delete", metavar="T", help="remove a tag from every post")
    change.add_argument("--order", nargs="+", metavar="T", help="put the sections in this order")
    change.add_argument("--key", nargs=2, metavar=("T", "N"), help="put a tag on the digit N; 0 for none")
    change.add_argument("--introduce", nargs=2, metavar=("T", "TEXT"), help="set the introduction of the tag's section")


def run(given: argparse.Namespace) -> None:
    """List the tags in section order, after changing them where that was asked."""
    with opened(given) as here:
        edits = here.desk(here.thread(given.thread)).tags
        done: ChangeResult | None = None
        if given.rename:
            done = edits.rename(*given.rename)
        elif given.merge:
            done = edits.merge(*given.merge)
        elif given.delete:
            done = edits.delete(given.delete)
        elif given.order:
            done = edits.order(given.order)
        elif given.introduce:
            done = edits.introduce(*given.introduce)
        elif given.key:
            name, digit = given.key
            done = edits.set_slot(name, _digit(digit))
        there = edits.all()
    if given.json:
        fields = ("name", "slot", "posts", "introduction")
        print(as_json([{f: getattr(tag, f) for f in fields} for tag in there]))
        return
    if done is not None:
        print(for_line(change_words(done.name)))
    for tag in there:
        print(for_line(f"{tag.slot or '–'}  {tag.name}  {tag.posts:,}"))


def _digit(text: str) -> int | None:
    """A key from 1 to 9, or None for 0."""
    if not re.fullmatch("[0-9]", text):
        raise UsageError(f"--key wants a digit, not ‘{text}’.")
    return int(text) or None
