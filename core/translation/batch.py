"""Many translations at once: each row succeeds or fails alone, and a cancelled batch leaves nothing."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from itertools import islice

from core.errors import TranslationError
from core.reasons import Reason
from core.translation import TranslationDraft, Translator
from core.translation.checks import FatalTranslationError


@dataclass(frozen=True, slots=True)
class Drafted:
    """A row that got its draft."""

    seq: int
    draft: TranslationDraft


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that got none, so that a previous translation stays."""

    seq: int
    reason: Reason
    """May hold text from outside; whoever shows it cleans it first."""


DraftOutcome = Drafted | Refused


async def draft_all(
    translator: Translator, items: Sequence[tuple[int, str]], target: str, *, concurrency: int = 4
) -> AsyncGenerator[DraftOutcome, None]:
    """The outcome of each (seq, text) as it comes, with at most `concurrency` requests under way.

    Raises FatalTranslationError, after what was finished, where every further row would fail in the same way;
    rows that were not yielded are not translated. Iterate inside `contextlib.aclosing`, so that leaving early
    cancels the outstanding requests at once.
    """
    waiting = iter(items)
    running: set[asyncio.Task[DraftOutcome]] = set()
    try:
        while True:
            for seq, text in islice(waiting, max(1, concurrency) - len(running)):
                running.add(asyncio.create_task(_draft(translator, seq, text, target), name=f"draft-{seq}"))
            if not running:
                return
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in sorted(done, key=_failed):
                yield task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _draft(translator: Translator, seq: int, text: str, target: str) -> DraftOutcome:
    """One row's outcome; only what ends the batch is raised."""
    try:
        return Drafted(seq, await translator.translate(text, target))
    except FatalTranslationError:
        raise
    except TranslationError as error:
        return Refused(seq, error.reason)


def _failed(task: asyncio.Task[DraftOutcome]) -> bool:
    """Whether a finished task raised; sorts what succeeded before what ends the batch."""
    return task.cancelled() or task.exception() is not None
