"""A thread's quoted posts, looked at once more; each finding is kept as it comes."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from core.errors import FetchError
from core.library import Library, rechecks, threads
from core.models import Payload, Quote
from core.reasons import Reason, ReasonCode
from core.rechecking import Recheck, recheck_of
from core.sources import source
from core.thread.rechecks import RecheckFinding, RecheckOutcome
from core.transport import Notify, Request, SourceSettings, Transport


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A post with what was found."""

    quote: Quote
    finding: RecheckFinding


async def recheck(
    library: Library, thread_id: int, quotes: Sequence[Quote], settings: SourceSettings, notify: Notify
) -> AsyncGenerator[Rechecked, None]:
    """Look at each post at its source, and keep what is found; posts that nobody can look at are unknown.

    Cancelled, what has been found stays.
    """
    formats = frozenset(capture.format for capture in threads.captures(library, thread_id))
    groups: dict[str, tuple[Recheck, list[Quote]]] = {}
    for quote in quotes:
        by = recheck_of(quote.post, formats, settings)
        if by is None:
            yield _kept(
                library,
                quote,
                RecheckFinding(RecheckOutcome.UNKNOWN, "nothing is known of how to look at it again"),
                None,
            )
        else:
            groups.setdefault(by.name, (by, []))[1].append(quote)
    for name, (by, some) in groups.items():
        async with _transport(name, settings, notify) as transport:
            for batch in _batches(some, by.batch_size):
                ask = by.ask([quote.post for quote in batch])
                answer: Payload | FetchError = FetchError(Reason(ReasonCode.HOW_TO_ASK_UNKNOWN))
                if ask is not None:
                    ids = " ".join(quote.post.id for quote in batch)
                    notify(Reason(ReasonCode.ASKING_FOR, names=(ids[:60],)))
                    try:
                        answer = await transport.fetch(ask)
                    except FetchError as error:
                        answer = error
                for quote in batch:
                    evidence = answer if isinstance(answer, Payload) else None
                    yield _kept(library, quote, by.judge(quote.post, answer), evidence)


@asynccontextmanager
async def _transport(name: str, settings: SourceSettings, notify: Notify) -> AsyncIterator[Transport]:
    """The transport of a source; one that answers nothing where it cannot be opened, which says nothing of a post."""
    async with AsyncExitStack() as stack:
        try:
            transport = await stack.enter_async_context(source(name, settings).transport(notify))
        except FetchError as error:
            transport = _Closed(error.reason)
        yield transport


@dataclass(frozen=True, slots=True)
class _Closed:
    """A transport that cannot be opened."""

    why: Reason

    async def fetch(self, _request: Request) -> Payload:
        """Nothing. Raises FetchError."""
        raise FetchError(self.why)


def _kept(library: Library, quote: Quote, finding: RecheckFinding, evidence: Payload | None) -> Rechecked:
    """A post with its finding, which is now kept on disk."""
    rechecks.keep_finding(library, quote.seq, finding, evidence)
    return Rechecked(quote, finding)


def _batches(quotes: Sequence[Quote], size: int) -> Iterable[Sequence[Quote]]:
    """`quotes` in parts of at most `size`."""
    return (quotes[start : start + size] for start in range(0, len(quotes), size))
