"""The program: a command by its name, going back, leaving, drawing anew."""

import unicodedata

from textual.suggester import SuggestFromList

from core.sorts import SORTS
from tui.commands.browse import filter_by, sort_by
from tui.commands.command import Command, in_section
from tui.commands.publish import write
from tui.commands.read import toggle_reader
from tui.commands.translate import cancel_batch
from tui.screens.dialogs.dialog import YesOrNo
from tui.thread.arrivals import stop_import
from tui.thread.bench import Bench
from tui.thread.resume import keep_place


async def run_by_name(bench: Bench) -> None:
    """Do a command by its name, or one of :w :q :sort :filter."""
    active = {bound.binding.id: bound for bound in bench.screen.active_bindings.values() if bound.binding.id}
    suggester = SuggestFromList(["w", "q", "sort likes", "filter ", *sorted(active)])
    typed = (await bench.ask("command: an action's name, w, q, sort COLUMN, filter TEXT", suggester=suggester)) or ""
    word, _, rest = unicodedata.normalize("NFKC", typed).strip().lstrip(":").partition(" ")
    if word in ("q", "quit"):
        leave(bench)
    elif word in ("w", "write"):
        await write(bench)
    elif word == "sort" and rest.strip() in SORTS:
        sort_by(bench, rest.strip(), None)
    elif word == "sort":
        bench.say(f"There is no column ‘{rest.strip()}’ to sort by; there are {', '.join(SORTS)}.")
    elif word == "filter":
        filter_by(bench, rest)
    elif word in active:
        await bench.screen.app.run_action(active[word].binding.action, active[word].node)
    elif word:
        bench.say(f"There is no action ‘{word}’; {{key:help}} lists them.")


def cancel(bench: Bench) -> None:
    """Cancel a batch under way before anything else, and an import after everything else."""
    table = bench.table
    busy = bench.screen.has_class("-reading") or bench.screen.focused is not table or table.selected or table.hits
    if not cancel_batch(bench) and (busy or not stop_import(bench)):
        _step_back(bench)


def _step_back(bench: Bench) -> None:
    """Leave the reader, visual mode, the selection or the hits, in that order."""
    table = bench.table
    if bench.screen.has_class("-reading"):
        toggle_reader(bench)
    elif bench.screen.focused is not table:
        table.focus()
    elif table.visual_from is not None or table.selected:
        table.select(())
    else:
        table.hits = frozenset()
        table.refresh()
    bench.say("")
    bench.refresh_header()


async def go_back(bench: Bench) -> None:
    """Close the reader, go back to the library's list, or ask whether to leave."""
    screen = bench.screen
    if screen.has_class("-reading") or bench.table.selected:
        _step_back(bench)
    elif len(screen.app.screen_stack) > 1:
        keep_place(bench)
        screen.dismiss(None)
    elif await bench.open(YesOrNo("Leave pullquote? Everything is on disk.", "leave", "stay")):
        leave(bench)


def leave(bench: Bench) -> None:
    """Leave; marks are on disk, only the place is kept now."""
    keep_place(bench)
    bench.screen.app.exit()


def redraw(bench: Bench) -> None:
    """Draw everything anew."""
    bench.screen.refresh(repaint=True, layout=True)


COMMANDS = in_section(
    "The program",
    Command("command", "colon", "Command", run_by_name, "Any action by its name"),
    Command("cancel", "escape", "Cancel", cancel),
    Command("back", "q", "Back", go_back, "Close the reader, or go back; asks at the top"),
    Command("quit", "Q,Z Z", "Quit", leave, "Everything is on disk already"),
    Command("redraw", "ctrl+l", "Redraw", redraw),
    Command("suspend", "ctrl+z", "Suspend", lambda bench: bench.screen.app.action_suspend_process()),
)
