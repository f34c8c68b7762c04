"""`pullquote posts`: a view of a thread, for people and for other programs."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from core.article.outline import why_left_out
from core.counts import COUNT_NAMES, PostCounts
from core.errors import InputError, UsageError
from core.library import rows, view_results
from core.library.history import histories
from core.models import Post, Quote, TimePrecision
from core.query.view import View
from core.sorts import SORTS
from core.text.terminal_safe import for_line
from core.thread.history import History, Observation
from core.words import words
from tui.cli.json_output import as_json, iso
from tui.cli.opened import Opened, opened


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
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument("--csv", action="store_true", help="as CSV; a cell that a spreadsheet would run begins with '")
    form.add_argument("--raw-csv", action="store_true", help="as CSV, cells to the letter: not for spreadsheets")


def run(given: argparse.Namespace) -> None:
    """The posts of a view."""
    if given.limit is not None and given.limit < 0:
        raise UsageError("--limit wants a number from 0.")
    with opened(given) as here:
        thread = here.thread(given.thread)
        order = view_results.whole_order(here.library, thread.id, _view(given))
        found = rows.quotes(here.library, order[: given.limit], here.settings.language)
        if given.json:
            print(as_json(_posts_json(here, found)))
        elif given.csv or given.raw_csv:
            from exports.csv import csv_table

            if given.raw_csv and sys.stdout.isatty():
                raise InputError("--raw-csv may hold what a terminal obeys; send it to a file with >, or use --csv.")
            records = _posts_json(here, found)
            columns = list(records[0]) if records else ["id", "text"]
            print(csv_table([[_cell(r[c]) for c in columns] for r in records], columns, raw=given.raw_csv), end="")
        else:
            _print_posts(here, found)


def _posts_json(here: Opened, found: list[Quote]) -> list[dict[str, Any]]:
    """The posts as JSON, with what captures said of them where they differ."""
    known = histories(here.library, [quote.seq for quote in found])
    return [post_json(quote, known.get(quote.seq)) for quote in found]


def _view(given: argparse.Namespace) -> View:
    """The view that the arguments ask for."""
    sort = given.sort.removeprefix("-")
    if sort not in SORTS:
        raise UsageError(f"--sort wants one of {', '.join(SORTS)}, with a - before it to descend; not ‘{given.sort}’.")
    return View("", sort, given.sort.startswith("-")).filtered(given.where)


def _print_posts(_here: Opened, found: list[Quote]) -> None:
    """A line a post."""
    for quote in found:
        likes = "–" if quote.post.likes is None else f"{quote.post.likes:,}"
        author = f"@{quote.post.author}" if quote.post.author else "–"
        tags = f" [{', '.join(quote.mark.tags)}]" if quote.mark.tags else ""
        print(for_line(f"{quote.post.id}  {quote.mark.state}  {likes}  {author}{tags}  {quote.post.text}"))


def _cell(value: object) -> str:
    """A value of the JSON form as a CSV cell; unknown is empty."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def post_json(quote: Quote, history: History | None = None) -> dict[str, Any]:
    """A post as `posts --json` gives it; unknown is null."""
    history = history or History()
    post, mark, translation = quote.post, quote.mark, quote.translation
    return {
        "id": post.id,
        "text": post.text,
        "author": post.author,
        "author_name": post.author_name,
        **_counts_json(post),
        "time": _time(post),
        "time_precision": post.time_precision,
        "time_given": post.time_given,
        "parent": post.parent_id,
        "depth": quote.depth,
        "position": quote.position,
        "root": quote.is_root,
        "lang": post.lang,
        "lang_from": post.lang_from,
        "url": post.url,
        "media": list(post.media),
        "links": list(post.links),
        "status": post.status,
        "flags": list(post.flags),
        "held_back": None if quote.is_root or (left_out := why_left_out(quote)) is None else words(left_out),
        "news": quote.news or None,
        "gone_at": iso(history.gone),
        "alike": quote.alike,
        "accounts": quote.accounts,
        "recheck": history.look and {**asdict(history.look), "at": iso(history.look.at)},
        "history": [_observation_json(one) for one in history.observations],
        "state": mark.state,
        "tags": list(mark.tags),
        "lead_in": mark.lead_in,
        "comment": mark.comment,
        "note": mark.note,
        "excerpt": [list(span) for span in mark.excerpt],
        "rating": mark.rating,
        "review": mark.review,
        "confirmed": mark.confirmed,
        "translation": None
        if translation is None
        else {
            "lang": translation.lang,
            "text": translation.text,
            "state": translation.state,
            "engine": translation.engine,
        },
    }


def _counts_json(given: PostCounts) -> dict[str, int | None]:
    """Every count by its name."""
    return {name: getattr(given, name) for name in COUNT_NAMES}


def _observation_json(one: Observation) -> dict[str, Any]:
    """What one capture said of a post."""
    said = {"status": one.status, "author": one.author, "name": one.name}
    return {"at": iso(one.at), "text": one.text, **_counts_json(one), **said}


def _time(post: Post) -> str | None:
    """A post's time as exactly as it is known: to the second, to the day, or not at all."""
    known = iso(post.posted_at)
    if post.time_precision is TimePrecision.DAY:
        return known and known[:10]
    return known if post.time_precision is TimePrecision.EXACT else None
