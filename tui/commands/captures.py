"""What one has of a thread: its captures, what is new since last time, and fetching it again."""

from dataclasses import replace

from core.library import threads
from core.library.captures import visits
from core.words import words
from tui.commands.command import Command, in_section
from tui.incoming import Incoming
from tui.thread.arrivals import follow_import
from tui.thread.bench import Bench
from tui.thread.resume import keep_place


async def show_captures(bench: Bench) -> None:
    """Show the thread's captures."""
    from tui.screens.dialogs.captures import CapturesScreen

    await bench.open(CapturesScreen(threads.captures(bench.library, bench.thread.id)))


async def show_new(bench: Bench) -> None:
    """Show what the newest visit was the first to bring."""
    thread_id = bench.thread.id
    if visits.previous_visit_at(bench.library, thread_id) is None:
        bench.say("Nothing to compare with: no earlier capture has replies. Import a later one, and this shows news.")
        return
    brought = await bench.inquire("comparing", lambda library: visits.visit_summary(library, thread_id))
    if brought is None:
        return
    if brought.added:
        bench.show_view(replace(bench.view, only=None).filtered("is:added"), bench.table.seq)
        keep_place(bench)
    others = " · ".join(name for name, some in (("is:changed", brought.changed), ("is:gone", brought.gone)) if some)
    shows = f" {{key:filter}} {others} shows those." if others else ""
    bench.say(f"{words(brought.reason)}.{shows} {{key:filter.clear}} shows every reply.")


def fetch_again(bench: Bench) -> None:
    """Fetch the thread by its link; the view stays as it is."""
    if bench.incoming is not None:
        bench.say("Replies are still on their way; Esc stops that.")
    elif bench.thread.url is None:
        bench.say("This thread has no link; import a newer file with: pullquote import FILE.")
    else:
        incoming = Incoming("fetch", ["--library", str(bench.library.path), "--", bench.thread.url])
        follow_import(bench, incoming, bench.views.wanted)


COMMANDS = in_section(
    "Captures, and what is new",
    Command("captures", "g i", "Captures", show_captures, "When, by what, how complete, why"),
    Command("view.new", "g n", "What is new", show_new, "The replies new since last time"),
    Command("fetch.again", "g r", "Fetch again", fetch_again, "What is new joins; marks stay"),
)
