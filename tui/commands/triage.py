"""Triage: one key a decision, then on to the next undecided reply."""

from functools import partial

from core.models import State
from tui.commands.command import Command, in_section
from tui.thread.bench import Bench


def star(bench: Bench) -> None:
    """Star or unstar, and stay."""
    bench.change(bench.desk.toggle_star)


def decide(bench: Bench, state: State) -> None:
    """Set the state, and go on."""
    bench.change(lambda seqs: bench.desk.decide(seqs, state), then=lambda: _move_on(bench))


accept = partial(decide, state=State.STARRED)
reject = partial(decide, state=State.REJECTED)
skip = partial(decide, state=State.SKIPPED)


def undecide(bench: Bench) -> None:
    """Make undecided, and stay on the row."""
    bench.change(lambda seqs: bench.desk.decide(seqs, State.NEW))


def _move_on(bench: Bench) -> None:
    """End the selection, and go to the next undecided reply after it."""
    table = bench.table
    if table.selected:
        last = max((row for row, seq in enumerate(table.order) if seq in table.selected), default=table.cursor)
        table.select(())
        table.go(last)
    next_undecided(bench, 1)
    bench.refresh_header()


def next_undecided(bench: Bench, direction: int) -> None:
    """Go to the nearest undecided reply in a direction, folded away or not, and round the end."""
    decided, root = bench.decided, bench.root_seq
    table = bench.table
    undecided = table.rows.next_where(table.cursor, direction, lambda seq: seq not in decided and seq != root)
    if undecided is not None:
        table.go_to_post(undecided)
    elif table.order:
        bench.say("Every reply in this view is decided or skipped; {key:filter} is:skipped shows the skipped ones.")


def rate(bench: Bench) -> None:
    """Rate with the next key."""

    def take(key: str) -> None:
        if key in tuple("012345"):
            bench.change(lambda seqs: bench.desk.rate(seqs, int(key)))
        else:
            bench.say("A rating is 0 to 5.")

    bench.take_next_key("Rating: 1 to 5, 0 clears, Esc leaves it", take)


def flag(bench: Bench) -> None:
    """Flag for checking, or unflag."""
    bench.change(bench.desk.toggle_review)


def repeat(bench: Bench) -> None:
    """Make the last change on the posts here."""
    if bench.last_change is None:
        bench.say("There is no change to repeat yet.")
    else:
        bench.change(bench.last_change)


COMMANDS = in_section(
    "Deciding",
    Command("star.toggle", "s", "Star", star, "Star or unstar, and stay on the row", footer=True),
    Command("accept", "a", "Accept", accept, "Star, and go to the next undecided reply", footer=True),
    Command("reject", "x", "Reject", reject, "Reject, and go to the next undecided reply", footer=True),
    Command("skip", "space", "Skip", skip, "Skip for now, and go to the next undecided", footer=True),
    Command("undecide", "U", "Undecide", undecide, "Make undecided, and stay on the row"),
    Command("todo.next", "w", "Next undecided", partial(next_undecided, direction=1)),
    Command("todo.prev", "b", "Previous undecided", partial(next_undecided, direction=-1)),
    Command("rate", "r", "Rate", rate, "Rating 1 to 5 with the next key; 0 clears it"),
    Command("flag.review", "!", "Flag to check", flag, "Flag for checking, or unflag"),
    Command("repeat", "full_stop", "Repeat", repeat, "Make the last change here too"),
)
