"""What the thread is made of, and from a count to the replies behind it."""

from dataclasses import replace

from core.errors import QueryError
from tui.commands.command import Command, in_section
from tui.thread.bench import Bench
from tui.thread.resume import keep_place


async def show_facts(bench: Bench) -> None:
    """Count the replies of the view; Enter on a bar shows those behind it."""
    from tui.screens.facts import FactsScreen

    chosen = await bench.open(FactsScreen(bench.library, bench.thread, bench.view))
    if chosen is None:
        return
    try:
        view = replace(bench.view, only=None) if chosen.whole else bench.view
        bench.show_view(view.filtered(chosen.filter), bench.table.seq)
    except QueryError as error:
        bench.say(str(error))
        return
    bench.say("{key:filter.clear} shows every reply again, {key:facts} counts these.")
    keep_place(bench)


COMMANDS = in_section(
    "What the thread is made of",
    Command("facts", "g f", "Facts", show_facts, "Bars by time, author, …; what stars cover"),
)
