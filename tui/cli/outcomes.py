"""What an import or a fetch brought, in a sentence."""

from typing import TYPE_CHECKING

from core.reasons import Reason, ReasonCode
from core.text.counted import counted
from core.thread.history import dates
from core.words import verdict_words, words, words_of_all

if TYPE_CHECKING:
    from core.fetching import Fetched
    from core.importing import Imported
    from core.library.captures.in_progress import KeptCapture


def import_outcome(one: "Imported") -> str:
    """What was kept of one thread's part of a payload, in a sentence."""
    posts = counted(one.posts, "post")
    if one.kept.thread_id is None:
        return f"{one.payload}: no replies; {words_of_all(one.reading.reasons) or 'the source gave none'}"
    if one.kept.known:
        return f"{one.payload}: known already ({posts}); nothing was added"
    parts = [f"{posts} of thread {one.reading.root_id} ({one.reading.format})", *_news(one.kept)]
    if one.file_dated is not None:
        parts.append(words(Reason(ReasonCode.FILE_DATED, (one.file_dated,))))
    if one.reading.problems:
        parts.append(f"{len(one.reading.problems):,} left out or mended")
    return f"{one.payload}: " + " · ".join(parts)


def fetch_outcome(one: "Fetched") -> str:
    """What a source gave of a thread, in a sentence."""
    reading, kept = one.reading, one.kept
    whole = f" of ≈ {reading.claimed:,}" if reading.claimed is not None and reading.claimed > one.replies else ""
    parts = [f"{one.source}: {one.replies:,}{whole} replies to {reading.root_id}", *_news(kept)]
    parts.append(verdict_words(reading.verdict))
    if one.broken:
        parts.append(f"{words(one.broken).rstrip('.')}. What came is kept; the same fetch goes on from there")
    return " · ".join(parts)


def _news(kept: "KeptCapture") -> list[str]:
    """What is new in a thread, and what is not as it was, in a few words each."""
    found = [f"{kept.new:,} new" + ("" if kept.since is None else f" since {dates((kept.since,))}")]
    if kept.changed:
        found.append(f"{kept.changed:,} changed" + (f", {kept.edited:,} of them edited" if kept.edited else ""))
    if kept.gone:
        found.append(f"{kept.gone:,} gone from the source")
    return found
