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


def thread_named(imported: "Imported") -> str:
    """The root's id of the thread that a part of a payload went to, which may be known by another number."""
    return imported.kept.root_id or imported.reading.root_id


def import_outcome(imported: "Imported") -> str:
    """What was kept of one thread's part of a payload, in a sentence."""
    posts = counted(imported.posts, "post")
    if imported.kept.thread_id is None:
        return f"{imported.payload}: no replies; {words_of_all(imported.reading.reasons) or 'the source gave none'}"
    if imported.kept.known:
        return f"{imported.payload}: known already ({posts}); nothing was added"
    parts = [f"{posts} of thread {thread_named(imported)} ({imported.reading.format})", *_news(imported.kept)]
    if imported.file_dated is not None:
        parts.append(words(Reason(ReasonCode.FILE_DATED, (imported.file_dated,))))
    if imported.reading.problems:
        parts.append(f"{len(imported.reading.problems):,} left out or mended")
    return f"{imported.payload}: " + " · ".join(parts)


def fetch_outcome(fetched: "Fetched") -> str:
    """What a source gave of a thread, in a sentence."""
    reading, kept = fetched.reading, fetched.kept
    whole = f" of ≈ {reading.claimed:,}" if reading.claimed is not None and reading.claimed > fetched.replies else ""
    parts = [f"{fetched.source}: {fetched.replies:,}{whole} replies to {reading.root_id}", *_news(kept)]
    parts.append(verdict_words(reading.verdict))
    if fetched.broken:
        parts.append(f"{words(fetched.broken).rstrip('.')}. What came is kept; the same fetch goes on from there")
    return " · ".join(parts)


def _news(kept: "KeptCapture") -> list[str]:
    """What is new in a thread, and what is not as it was, in a few words each."""
    news = [f"{kept.new:,} new" + ("" if kept.since is None else f" since {dates((kept.since,))}")]
    if kept.changed:
        news.append(f"{kept.changed:,} changed" + (f", {kept.edited:,} of them edited" if kept.edited else ""))
    if kept.gone:
        news.append(f"{kept.gone:,} gone from the source")
    return news
