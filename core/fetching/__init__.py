"""Fetching: from a link through a source into the library, page by page, with what came kept whatever happens."""

import asyncio
from collections.abc import Iterable, Sequence

from core.errors import FetchError, InputError
from core.fetching.outcome import STOPPED, Fetched, FetchOutcome, FetchProgress, TellFetchProgress, TriedSource
from core.fetching.run import FetchRun
from core.library import Library
from core.library.captures import fetched_pages
from core.library.captures.visits import Visit
from core.reasons import Reason, ReasonCode
from core.sources import Source
from core.text.x_posts import NOBODY, x_post
from core.transport import Notify
from core.transport.rests import one_round

__all__ = [
    "STOPPED",
    "FetchOutcome",
    "FetchProgress",
    "Fetched",
    "TellFetchProgress",
    "TriedSource",
    "fetch",
    "fetch_by",
]


async def fetch(
    library: Library,
    link: str,
    sources: Iterable[Source],
    tell: TellFetchProgress,
    notify: Notify,
    *,
    restart: bool = False,
    max_pages: int = 1_000,
    visit: Visit | None = None,
) -> FetchOutcome:
    """Fetch a link by the first of the sources that has its replies, and keep what came.

    `restart` begins from the start where an earlier fetch was broken off; `max_pages` are the pages after which one is
    broken off; `visit` is shared by all that comes at one time. Cancelled, it keeps what has come, and returns.
    Raises FetchError where no source gave anything; the library is then as it was.
    """
    fetched: list[Fetched] = []
    tried: list[TriedSource] = []
    visit = visit or Visit()
    with one_round():
        for source in sources:
            if tried:
                before = tried[-1]
                notify(Reason(ReasonCode.TRYING_NEXT, names=(before.source, source.title), causes=(before.why,)))
            try:
                found = await fetch_by(
                    library, link, source, tell, notify, restart=restart, max_pages=max_pages, visit=visit
                )
            except InputError as error:
                tried.append(TriedSource(source.name, error.reason))
                continue
            fetched.append(found)
            why = _why_go_on(found)
            if why is None:
                break
            tried.append(TriedSource(source.name, why))
    if not fetched:
        raise FetchError(_nothing(link, tried))
    return FetchOutcome(tuple(fetched), tuple(tried))


def _why_go_on(found: Fetched) -> Reason | None:
    """Why another source should be asked too; None where there is no reason."""
    if found.stopped:
        return None
    if found.broken:
        return Reason(ReasonCode.BROKEN_OFF, causes=(found.broken,))
    if not found.replies and found.reading.claimed != 0:
        claimed = found.reading.claimed
        return Reason(ReasonCode.POST_WITHOUT_ITS_REPLIES, (claimed,)) if claimed else Reason(ReasonCode.POST_ALONE)
    return None


def _nothing(link: str, tried: Sequence[TriedSource]) -> Reason:
    """What to say where no source gave anything."""
    if not tried:
        return Reason(ReasonCode.NO_SOURCE, names=(link,))
    if len(tried) == 1:
        return tried[0].why
    causes = tuple(Reason(ReasonCode.TRIED, names=(one.source,), causes=(one.why,)) for one in tried)
    return Reason(ReasonCode.NOTHING_FETCHED, names=(link,), causes=causes)


async def fetch_by(
    library: Library,
    link: str,
    source: Source,
    tell: TellFetchProgress,
    notify: Notify,
    *,
    restart: bool = False,
    max_pages: int = 1_000,
    visit: Visit | None = None,
) -> Fetched:
    """Fetch a link by one source; see `fetch`."""
    # A post of X has many links.
    post = x_post(link)
    named = f"https://x.com/{NOBODY}/status/{post.post_id}" if post else link
    before = None if restart else fetched_pages.broken_off_fetch(library, source.name, named)
    run = FetchRun(library, named, source, tell, max_pages, visit)
    if before is not None:
        await run.resume(before)
    else:
        run.pending.extend(source.begin(link))
    try:
        async with source.transport(notify) as transport:
            await run.ask_all(transport)
    except asyncio.CancelledError:
        run.broken = STOPPED
        task = asyncio.current_task()
        if run.fetch is None or task is None:
            raise
        task.uncancel()
    found = await run.end()
    if before is not None and found.pages == len(before.payloads) and run.is_stale:
        # What led on may lead nowhere by now, as a page's cursor does after a while.
        return await fetch_by(library, link, source, tell, notify, restart=True, max_pages=max_pages, visit=visit)
    return found
