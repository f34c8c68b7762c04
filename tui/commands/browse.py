"""Browsing: filter, sort and search the view."""

import re
from dataclasses import replace
from functools import partial

from core.errors import QueryError
from core.library import thread_posts, view_results
from core.query import parse
from tui.commands.command import Command, in_section
from tui.thread.bench import Bench
from tui.thread.resume import keep_place
from tui.widgets.columns import TABLE_COLUMNS


async def ask_for_filter(bench: Bench) -> None:
    """Limit the view, shown as it is typed; Esc goes back to what it was."""
    before, seq, row = bench.view, bench.table.seq, bench.table.cursor

    def shows(typed: str) -> bool:
        # Half a filter may hide the row that the whole one shows.
        bench.table.cursor = row
        return filter_by(bench, typed, seq)

    label = "filter: likes:>40 tag:meme -is:rejected author:@x “exact words”"
    typed = await bench.ask(label, before.filter, shows)
    while typed is not None and not shows(typed):
        typed = await bench.ask(label, typed, shows)
    if typed is None:
        bench.say("")
        bench.show_view(before, seq)
    keep_place(bench)


def filter_by(bench: Bench, typed: str, stay_on: int | None = None) -> bool:
    """Show the view with another filter, or say what is wrong with it."""
    try:
        bench.show_view(bench.view.filtered(typed), stay_on)
    except QueryError as error:
        bench.say(str(error))
        return False
    bench.say("")
    return True


def clear_filter(bench: Bench) -> None:
    """Show every reply; the cursor stays on its post."""
    bench.show_view(replace(bench.view.filtered(""), only=None))
    bench.say("")
    keep_place(bench)


def sort(bench: Bench, descending: bool) -> None:
    """Sort by the sort column."""
    sort_by(bench, TABLE_COLUMNS[bench.table.sort_column].name, descending)


def sort_by(bench: Bench, name: str, descending: bool | None) -> None:
    """Sort, and keep that for the next time; with None the way that such values are mostly wanted."""
    bench.show_view(bench.view.sorted_by(name, descending))
    keep_place(bench)


async def search(bench: Bench) -> None:
    """Find text inside the view, and go to the first hit from here."""
    typed = await bench.ask("search (text, or /regex/)")
    if typed is None:
        return
    fitting = await _found(bench, typed)
    if fitting is not None:
        bench.table.hits = fitting
        bench.table.redraw()
        hits = sum(map(fitting.__contains__, bench.result.order))
        bench.say(f"{hits:,} hits · {{key:search.next}} next · {{key:search.prev}} previous")
        if bench.table.seq not in fitting:
            next_hit(bench, 1)


async def _found(bench: Bench, typed: str) -> frozenset[int] | None:
    """The posts that hold a text or fit /regex/; None after saying what is wrong with it."""
    if not typed.strip():
        return frozenset()
    if len(typed) > 2 and typed.startswith("/") and typed.endswith("/"):
        return await posts_fitting(bench, typed[1:-1])
    node = parse('"' + typed.replace('"', " ").strip() + '"')
    if node is None:
        return frozenset()
    return await bench.inquire("searching", lambda library: view_results.posts_fitting(library, bench.thread.id, node))


async def posts_fitting(bench: Bench, pattern: str) -> frozenset[int] | None:
    """The posts whose text fits a regular expression; None after saying what is wrong with it."""
    try:
        wanted = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        bench.say(f"The pattern does not parse: {error}.")
        return None
    return await bench.inquire(
        "searching", lambda library: thread_posts.posts_matching(library, bench.thread.id, wanted)
    )


def next_hit(bench: Bench, direction: int) -> None:
    """Go to the nearest hit in a direction, folded away or not, and round the end."""
    table = bench.table
    next_hit = table.rows.next_where(table.cursor, direction, table.hits.__contains__)
    if next_hit is None:
        bench.say("Nothing in this view fits; {key:search} searches for something else.")
    else:
        table.go_to_post(next_hit)


COMMANDS = in_section(
    "Filter, search, sort",
    Command(
        "filter", "f", "Filter", ask_for_filter, "Limit the view: likes:>40 tag:meme -is:rejected word", footer=True
    ),
    Command("filter.clear", "F", "Clear filter", clear_filter, "Show every reply again"),
    Command("search", "slash", "Search", search, "Find text inside the view; the filter stays", footer=True),
    Command("search.next", "n", "Next hit", partial(next_hit, direction=1)),
    Command("search.prev", "N", "Previous hit", partial(next_hit, direction=-1)),
    Command("sort.asc", "left_square_bracket", "Sort ascending", partial(sort, descending=False)),
    Command("sort.desc", "right_square_bracket", "Sort descending", partial(sort, descending=True)),
    Command(
        "sort.thread", "g t", "Thread order", partial(sort_by, name="thread", descending=False), "As the source gave it"
    ),
)
