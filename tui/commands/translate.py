"""Machine translation of the row or the selection, with progress and cancel."""

from collections.abc import Sequence
from contextlib import aclosing

from core.errors import PullquoteError
from core.library import thread_posts
from core.models import Quote, State
from core.words import words
from tui.commands.command import Command, in_section
from tui.thread.bench import Bench


def approve(bench: Bench) -> None:
    """Approve the translations, or take that back."""
    bench.change(bench.desk.toggle_approval)


def translate(bench: Bench) -> None:
    """Draft the row or the selection; what the writer has edited or approved is left alone."""
    _draft(bench, bench.table.quotes(bench.targets()), only_missing=False)


def translate_missing(bench: Bench) -> None:
    """Draft every starred reply of the view that has no translation."""
    starred = frozenset(thread_posts.posts_in_state(bench.library, bench.thread.id, State.STARRED))
    _draft(bench, bench.table.quotes(list(filter(starred.__contains__, bench.result.order))), only_missing=True)


def _draft(bench: Bench, quotes: Sequence[Quote], *, only_missing: bool) -> None:
    """Begin a batch, unless one is under way."""
    if bench.batch is not None and bench.batch.is_running:
        bench.say("A batch is under way; Esc cancels it.")
        return
    from core.desk.drafting import worth_drafting

    wanted = worth_drafting(quotes, bench.settings.language, over_drafts=not only_missing)
    if wanted:
        bench.batch = bench.screen.run_worker(
            _run_batch(bench, wanted), group="translation", exclusive=True, name="translation batch"
        )
    else:
        bench.say("There is nothing to draft: translated by you already, without text, or in your language.")


async def _run_batch(bench: Bench, quotes: Sequence[Quote]) -> None:
    """Draft, show each draft as it comes, and end with one sentence whatever happened."""
    from core.desk.drafting import draft_quotes
    from core.translation.batch import Refused

    made = refused = 0
    reason = ""
    bench.say(f"translating {len(quotes):,} · Esc cancels")
    try:
        async with aclosing(draft_quotes(bench.desk, bench.settings, quotes, bench.say)) as outcomes:
            async for outcome, done in outcomes:
                if isinstance(outcome, Refused):
                    refused += 1
                    reason = words(outcome.reason)
                elif done is not None:
                    made += 1
                    bench.show_change(done.posts, "")
                bench.say(f"translating {made + refused:,} of {len(quotes):,} · Esc cancels")
    except PullquoteError as error:
        reason = str(error)
    finally:
        bench.say(_ending(made, refused, len(quotes) - made - refused, reason))


def _ending(made: int, refused: int, left: int, reason: str) -> str:
    """What a batch did, in a sentence."""
    parts = [f"{made:,} translated"]
    if refused:
        parts.append(f"{refused:,} refused")
    if left:
        parts.append(f"{left:,} not translated")
    return " · ".join(parts) + (f": {reason}" if reason else "")


def cancel_batch(bench: Bench) -> bool:
    """Cancel the batch that is under way; False where there is none."""
    if bench.batch is None or not bench.batch.is_running:
        return False
    bench.batch.cancel()
    return True


COMMANDS = in_section(
    "Translating by machine",
    Command("translate", "T", "Machine draft", translate, "Of the row or the selection"),
    Command("translate.missing", "g T", "Draft what lacks one", translate_missing),
    Command("translate.approve", "A", "Approve", approve, "Approve, or un-approve"),
)
