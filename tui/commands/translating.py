"""`pullquote translate`: machine drafts without the screen."""

import argparse
import asyncio

from core.desk import Desk
from core.errors import TranslationError
from core.library import rows, threads, views
from core.models import State, TranslationState
from core.text.screen import for_line
from core.translation import EngineSettings, Translator, engine
from core.translation.batch import Drafted, draft_all
from tui.cli import complain
from tui.commands.opened import Opened, opened


def translate(given: argparse.Namespace) -> None:
    """Draft the named posts, or every starred one that lacks a translation."""
    with opened(given) as here:
        thread = here.thread(given.thread)
        seqs = [threads.find_post(here.library, thread.id, name) for name in given.post]
        wanted = seqs or list(views.in_state(here.library, thread.id, State.STARRED))
        quotes = rows.quotes(here.library, wanted, here.settings.language)
        items = [
            (quote.seq, quote.post.text)
            for quote in quotes
            if quote.post.text.strip() and (quote.translation is None or (seqs and _is_draft(quote.translation.state)))
        ]
        refused = asyncio.run(_draft(here, here.desk(thread), items))
    print(f"{len(items) - refused:,} translated")
    if refused:
        raise TranslationError(f"{refused:,} of {len(items):,} not translated; the reasons are above.")


def _is_draft(state: TranslationState) -> bool:
    """Whether a machine may write over it."""
    return state is TranslationState.MACHINE


async def _draft(here: Opened, desk: Desk, items: list[tuple[int, str]]) -> int:
    """Draft and keep, each as it comes; returns how many were refused."""
    settings = here.settings
    wire = EngineSettings(settings.base_url, settings.model, settings.api_key, settings.timeout, complain)
    translator: Translator = engine(settings.engine, wire)
    refused, entry = 0, None
    try:
        async for outcome in draft_all(translator, items, settings.language, concurrency=settings.concurrency):
            if isinstance(outcome, Drafted):
                done = desk.translate(
                    outcome.seq,
                    outcome.draft.text,
                    state=TranslationState.MACHINE,
                    engine=outcome.draft.engine,
                    onto=entry,
                )
                entry = done.entry or entry
            else:
                refused += 1
                (quote,) = rows.quotes(here.library, (outcome.seq,), settings.language)
                complain(for_line(f"{quote.post.id}: {outcome.reason}"))
    finally:
        await translator.close()
    return refused
