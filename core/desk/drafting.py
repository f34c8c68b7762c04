"""Drafting: an engine's drafts onto the desk, each kept as it comes and all of them one step to undo."""

from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import aclosing

from core.desk import ChangeResult, Desk
from core.models import Quote, TranslationState
from core.settings.load import Settings
from core.text.language_tags import is_same_language
from core.translation import EngineSettings, engine
from core.translation.batch import Drafted, DraftOutcome, draft_all


def worth_drafting(quotes: Iterable[Quote], lang: str, *, over_drafts: bool) -> list[Quote]:
    """The posts that a machine may draft: with text, in another language, and not translated by the writer.

    With `over_drafts`, a machine's own earlier draft may be replaced.
    """
    return [
        quote
        for quote in quotes
        if quote.post.text.strip()
        and (quote.post.lang is None or not is_same_language(quote.post.lang, lang))
        and (quote.translation is None or (over_drafts and quote.translation.state is TranslationState.MACHINE))
    ]


async def draft_quotes(
    desk: Desk, settings: Settings, quotes: Sequence[Quote], notify: Callable[[str], None]
) -> AsyncGenerator[tuple[DraftOutcome, ChangeResult | None], None]:
    """Draft the quotes' texts; yields each outcome with the change that it made, None where it was refused.

    `notify` is told what the engine waits for. Raises TranslationError where no further draft can succeed; what was
    yielded before is kept.
    """
    wire = EngineSettings(settings.base_url, settings.model, settings.api_key, settings.timeout, notify)
    translator = engine(settings.engine, wire)
    entry: int | None = None
    items = [(quote.seq, quote.post.text) for quote in quotes]
    try:
        async with aclosing(draft_all(translator, items, desk.lang, concurrency=settings.concurrency)) as outcomes:
            async for outcome in outcomes:
                if not isinstance(outcome, Drafted):
                    yield outcome, None
                    continue
                done = desk.translate(
                    outcome.seq,
                    outcome.draft.text,
                    state=TranslationState.MACHINE,
                    engine=outcome.draft.engine,
                    onto=entry,
                )
                entry = done.entry or entry
                yield outcome, done
    finally:
        await translator.close()
