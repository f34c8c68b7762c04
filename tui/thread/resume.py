"""Where the writer is in a thread, kept for the next start: view, row and pane."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.errors import LibraryError, QueryError
from core.library import thread_posts, threads
from core.query.view import View
from core.sorts import SORTS
from tui.thread.bench import PANE_LANGUAGES, Bench


def keep_place(bench: Bench) -> None:
    """Keep view, row and pane for the next start; see `take_place`."""
    quote, view = bench.table.quote, bench.view
    place = {
        "filter": view.filter,
        "sort": view.sort,
        "descending": view.descending,
        "tree": view.tree,
        "folded": view.folded,
        "post": None if quote is None else quote.post.id,
        "hidden": bench.screen.has_class("-no-pane"),
        "reading": bench.screen.has_class("-reading"),
        "language": bench.shown_language,
    }
    # Where nothing has changed here, another program may have kept a later place.
    if place == bench.kept_place:
        return
    try:
        threads.keep_place(bench.library, bench.thread.id, place)
        bench.kept_place = place
    except LibraryError as error:
        bench.say(str(error))


def take_place(bench: Bench) -> tuple[View, int | None]:
    """Put the pane as it was kept; returns the view that was, and the seq of the row."""
    place: Mapping[str, Any] = threads.kept_place(bench.library, bench.thread.id)
    bench.kept_place = place
    bench.screen.set_class(bool(place.get("hidden")), "-no-pane")
    bench.screen.set_class(bool(place.get("reading")), "-reading")
    if place.get("language") in PANE_LANGUAGES:
        bench.shown_language = place["language"]
    post = place.get("post")
    seq = None if post is None else thread_posts.seq_of(bench.library, bench.thread.id, post)
    try:
        view = replace(
            bench.view.filtered(place.get("filter", "")),
            tree=bool(place.get("tree")),
            folded=bool(place.get("folded", True)),
        )
    except QueryError:
        return bench.view, seq
    if place.get("sort") in SORTS:
        view = view.sorted_by(place["sort"], bool(place.get("descending")))
    return view, seq
