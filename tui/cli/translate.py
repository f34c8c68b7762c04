"""`pullquote translate`: machine drafts without the screen."""

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import aclosing

from core.desk import Desk
from core.desk.drafting import draft_quotes, worth_drafting
from core.errors import TranslationError
from core.library import rows, thread_posts, threads
from core.models import Quote, State
from core.translation.batch import Refused
from core.words import words
from tui.cli.exits import complain
from tui.cli.opened import OpenLibrary, opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare which posts are drafted."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument(
        "post", nargs="*", metavar="POST", help="starred posts without a translation, if none is named"
    )


def run(given: argparse.Namespace) -> None:
    """Draft the named posts, or every starred one that lacks a translation."""
    with opened(given) as here:
        thread = here.thread(given.thread)
        named = [threads.find_post(here.library, thread.id, name) for name in given.post]
        seqs = named or list(thread_posts.posts_in_state(here.library, thread.id, State.STARRED))
        lang = here.settings.language
        quotes = worth_drafting(rows.quotes(here.library, seqs, lang), lang, over_drafts=bool(named))
        made = asyncio.run(_draft(here, here.desk(thread), quotes))
    print(f"{made:,} translated")
    if made < len(quotes):
        raise TranslationError(f"{len(quotes) - made:,} of {len(quotes):,} not translated; the reasons are above.")


async def _draft(here: OpenLibrary, desk: Desk, quotes: Sequence[Quote]) -> int:
    """Draft and keep, and complain of each that was refused; returns how many were made."""
    ids = {quote.seq: quote.post.id for quote in quotes}
    made = 0
    async with aclosing(draft_quotes(desk, here.settings, quotes, complain)) as outcomes:
        async for outcome, _ in outcomes:
            if isinstance(outcome, Refused):
                complain(f"{ids[outcome.seq]}: {words(outcome.reason)}")
            else:
                made += 1
    return made
