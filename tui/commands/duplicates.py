"""Replies that say the same: folded into one row, or each by itself."""

from dataclasses import replace

from core.library import Library, duplicates
from core.text.counted import counted
from tui.commands.command import Command, in_section
from tui.thread.bench import Bench
from tui.thread.resume import keep_place


async def toggle_duplicates(bench: Bench) -> None:
    """Fold replies that are alike into one row, or show each; of a very large thread, find them first."""
    if bench.view.tree:
        bench.say("The tree shows every reply in its place; {key:view.tree} goes back to the flat table.")
        return
    folded = not bench.view.folded
    thread_id = bench.thread.id
    if duplicates.is_comparison_due(bench.library, thread_id):

        def compare(library: Library) -> bool:
            duplicates.find_duplicates_of(library, thread_id)
            return True

        if not await bench.inquire("comparing all replies", compare):
            return
        bench.table.forget_all()
        folded = True
    bench.show_view(replace(bench.view, folded=folded), then=lambda: _say_folded(bench))
    keep_place(bench)


def _say_folded(bench: Bench) -> None:
    """Say what is folded away now."""
    folded = bench.result.folded
    if not bench.view.folded:
        bench.say("Every reply stands by itself; {key:view.dupes} folds those that are alike.")
    elif folded:
        posts = counted(folded, "post")
        bench.say(f"{posts} folded away; a key acts on the row that is shown, {{key:view.dupes}} shows each.")
    else:
        bench.say("No two replies here are alike.")


COMMANDS = in_section(
    "Replies that are alike",
    Command("view.dupes", "z d", "Alike", toggle_duplicates, "Fold replies that are alike, or not"),
)
