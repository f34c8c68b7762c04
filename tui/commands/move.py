"""Moving along the thread: what a reply answers, the next one to the post itself, remembered rows."""

from functools import partial

from core.library import thread_posts
from tui.commands.command import Command, in_section
from tui.thread.bench import Bench

BACK = "apostrophe"
"""The key under which the row is remembered that the last jump left."""


def go_to_parent(bench: Bench) -> None:
    """Go to the post that this one answers."""
    table, quote = bench.table, bench.table.quote
    above = table.rows.above(table.cursor)
    answers_root = quote is not None and quote.post.parent_id == bench.thread.root_id
    # In a tree, what answers a post that is not known stands below the root as well.
    if above is not None and (above > 0 or answers_root):
        if quote is not None:
            bench.remembered_rows[BACK] = quote.seq
        table.go(above)
        return
    parent = quote.post.parent_id if quote else None
    seq = None if parent is None else thread_posts.seq_of(bench.library, bench.thread.id, parent)
    if seq is None:
        bench.say("What it answers was not captured." if parent else "It is not known what this answers.")
    else:
        bench.remembered_rows[BACK] = table.seq or seq
        if not table.go_to_post(seq):
            bench.say("The view's filter hides what it answers; {key:filter.clear} clears the filter.")


def go_to_top_level(bench: Bench, direction: int) -> None:
    """Go to the next reply in a direction that answers the post itself."""
    table = bench.table
    row = table.rows.top_level(table.cursor, direction, lambda seq: table.quotes((seq,))[0].depth)
    if row is not None:
        table.go(row)


def remember_row(bench: Bench) -> None:
    """Remember the row under a letter."""
    seq = bench.table.seq
    if seq is not None:
        bench.take_next_key("A letter for this row", lambda key: bench.remembered_rows.update({key: seq}))


def go_to_remembered(bench: Bench) -> None:
    """Go to a remembered row."""

    def go(key: str) -> None:
        seq, here = bench.remembered_rows.get(key), bench.table.seq
        if seq is None or not bench.table.go_to_post(seq):
            bench.say("No row of this view is remembered under that letter.")
        elif here is not None:
            bench.remembered_rows[BACK] = here

    bench.take_next_key("Go to which letter? {key:mark.go} goes back", go)


COMMANDS = in_section(
    "Moving along the thread",
    Command("thread.parent", "p", "Parent", go_to_parent, "Go to the post that this answers"),
    Command("thread.next", "right_curly_bracket", "Next top-level reply", partial(go_to_top_level, direction=1)),
    Command("thread.prev", "left_curly_bracket", "Previous top-level reply", partial(go_to_top_level, direction=-1)),
    Command("mark.set", "m", "Set mark", remember_row, "Remember this row under a letter"),
    Command("mark.go", BACK, "Go to mark", go_to_remembered, "'' goes back"),
    # In the reader too, whose arrows scroll the text.
    Command("cursor.down", "j", "Next row", lambda bench: bench.table.action_move(1)),
    Command("cursor.up", "k", "Previous row", lambda bench: bench.table.action_move(-1)),
    Command("cursor.first", "g g", "First row", lambda bench: bench.table.action_move_to(0)),
    Command("cursor.last", "G", "Last row", lambda bench: bench.table.action_move_to(-1)),
)
