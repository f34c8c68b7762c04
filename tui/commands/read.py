"""Reading: the pane alone or beside the table, in which language, and with what is invisible."""

from tui.commands.command import Command, in_section
from tui.thread.bench import PANE_LANGUAGES, Bench
from tui.thread.resume import keep_place


def cycle_language(bench: Bench) -> None:
    """Show original and translation, the original, the translation."""
    at = PANE_LANGUAGES.index(bench.shown_language)
    bench.shown_language = PANE_LANGUAGES[(at + 1) % len(PANE_LANGUAGES)]
    bench.refresh_pane()
    bench.say(f"the pane shows: {bench.shown_language}")
    keep_place(bench)


def toggle_invisible(bench: Bench) -> None:
    """Show invisible characters as their code points, or not."""
    bench.reveal = not bench.reveal
    bench.refresh_pane()
    bench.say("invisible characters are shown" if bench.reveal else "")


def toggle_pane(bench: Bench) -> None:
    """Show or hide the pane."""
    bench.screen.toggle_class("-no-pane")
    keep_place(bench)


def toggle_reader(bench: Bench) -> None:
    """Show the pane alone, or the table again."""
    bench.screen.toggle_class("-reading")
    (bench.pane if bench.screen.has_class("-reading") else bench.table).focus()
    keep_place(bench)


COMMANDS = in_section(
    "Reading",
    Command("open", "enter,o", "Read", toggle_reader, "The reading pane alone; Esc goes back"),
    Command("view.lang", "z l", "Language shown", cycle_language),
    Command("view.reveal", "z x", "Show invisible", toggle_invisible),
    Command("view.pane", "z p", "Reading pane", toggle_pane),
)
