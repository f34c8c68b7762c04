"""Selecting rows, on all of which a key then acts."""

from dataclasses import replace

from core.library import thread_posts
from tui.commands.browse import posts_fitting
from tui.commands.command import Command, in_section
from tui.thread.bench import Bench


def select_while_moving(bench: Bench) -> None:
    """Begin or end selecting while moving."""
    bench.table.toggle_visual()
    bench.refresh_header()


async def select_subtree(bench: Bench) -> None:
    """Select this reply and all below it; what a filter hides as well."""
    table, seq = bench.table, bench.table.seq
    below = None if bench.view.filter or bench.view.only is not None else table.rows.subtree(table.cursor)
    if below is None and seq is not None:
        below = await bench.inquire(
            "looking below", lambda library: thread_posts.subtree(library, bench.thread.id, seq)
        )
    if below is not None:
        _select(bench, table.selected | below)


def select_all(bench: Bench) -> None:
    """Select every reply in the view."""
    _select(bench, frozenset(bench.result.order) - {bench.root_seq or 0})


def select_none(bench: Bench) -> None:
    """Clear the selection."""
    _select(bench, frozenset())


async def select_fitting(bench: Bench) -> None:
    """Select the rows whose text fits a pattern."""
    typed = await bench.ask("select rows that fit a regular expression")
    if typed:
        fitting = await posts_fitting(bench, typed)
        if fitting is not None:
            _select(bench, bench.table.selected | fitting.intersection(bench.result.order))


def _select(bench: Bench, seqs: frozenset[int]) -> None:
    """Select, and say how many."""
    bench.table.select(seqs)
    bench.refresh_header()
    bench.say(f"{len(seqs):,} rows selected; a key now acts on them" if seqs else "")


def show_only_selected(bench: Bench) -> None:
    """Show only what is selected."""
    if not bench.table.selected:
        bench.say("Nothing is selected; {key:visual} or {key:select.regex} selects.")
        return
    bench.show_view(replace(bench.view, only=bench.table.selected))
    bench.say("Only what was selected; {key:filter.clear} shows every reply again.")


COMMANDS = in_section(
    "Selecting",
    Command("visual", "v", "Select", select_while_moving, "Select rows while moving; v or Esc ends it"),
    Command("select.subtree", "V", "Select subtree", select_subtree),
    Command("select.regex", "vertical_line", "Select by regex", select_fitting),
    Command("select.all", "g s", "Select all", select_all, "Select every row in the view"),
    Command("select.none", "g u", "Select none", select_none),
    Command("view.selected", "quotation_mark", "Only selected", show_only_selected),
)
