"""`pullquote posts`: a view of a thread, for people and for other programs."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from core.errors import InputError, UsageError
from core.library import rows, view_results
from core.library.page import quote_rows
from core.models import Quote
from core.query.view import View
from core.sorts import SORTS
from core.text.terminal_safe import for_line
from tui.cli.json_output import as_json
from tui.cli.opened import OpenLibrary, opened
from tui.cli.parsing import json_arguments


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the thread, the view of it, and the form."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument(
        "--where", metavar="FILTER", default="", help='for example: likes:>40 tag:meme -is:rejected "two words"'
    )
    command.add_argument(
        "--sort", metavar="KEY", default="thread", help="thread, likes, -likes, time, author, … (- descends)"
    )
    command.add_argument("--limit", metavar="N", type=int, help="at most this many")
    form = command.add_mutually_exclusive_group()
    json_arguments(form, "posts")
    form.add_argument("--csv", action="store_true", help="as CSV; a cell that a spreadsheet would run begins with '")
    form.add_argument("--raw-csv", action="store_true", help="as CSV, cells to the letter: not for spreadsheets")


def run(given: argparse.Namespace) -> None:
    """Print the posts of a view, in the form that was asked for."""
    if given.limit is not None and given.limit < 0:
        raise UsageError("--limit wants a number from 0.")
    with opened(given) as here:
        thread = here.thread(given.thread)
        order = view_results.whole_order(here.library, thread.id, _view(given))[: given.limit]
        if given.json:
            print(as_json(_posts_json(here, order)))
        elif given.csv or given.raw_csv:
            from exports.csv import csv_table

            if given.raw_csv and sys.stdout.isatty():
                raise InputError("--raw-csv may hold what a terminal obeys; send it to a file with >, or use --csv.")
            records = _posts_json(here, order)
            columns = list(records[0]) if records else ["id", "text"]
            print(csv_table([[_cell(r[c]) for c in columns] for r in records], columns, raw=given.raw_csv), end="")
        else:
            _print_posts(rows.quotes(here.library, order, here.settings.language))


def _posts_json(here: OpenLibrary, seqs: Sequence[int]) -> list[dict[str, Any]]:
    """The posts as JSON, with what captures said of them where they differ."""
    from tui.cli.json_posts import PostJson

    shown = quote_rows(here.library, seqs, here.settings.language)
    return [PostJson.from_quote(row.quote, row.history).model_dump() for row in shown]


def _view(given: argparse.Namespace) -> View:
    """The view that the arguments ask for."""
    sort = given.sort.removeprefix("-")
    if sort not in SORTS:
        raise UsageError(f"--sort wants one of {', '.join(SORTS)}, with a - before it to descend; not ‘{given.sort}’.")
    return View("", sort, given.sort.startswith("-")).filtered(given.where)


def _print_posts(quotes: list[Quote]) -> None:
    """Print a line for each post."""
    for quote in quotes:
        likes = "–" if quote.post.likes is None else f"{quote.post.likes:,}"
        author = f"@{quote.post.author}" if quote.post.author else "–"
        tags = f" [{', '.join(quote.mark.tags)}]" if quote.mark.tags else ""
        print(for_line(f"{quote.post.id}  {quote.mark.state}  {likes}  {author}{tags}  {quote.post.text}"))


def _cell(value: object) -> str:
    """A value of the JSON form as a CSV cell; unknown is empty."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
