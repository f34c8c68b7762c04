"""What the reading pane shows of the post under the cursor, and when it follows the cursor."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from core.library import Library, duplicates, rows, thread_posts
from core.library.page import quote_rows
from core.models import Quote
from core.text.counted import counted
from tui.widgets.chain import Chain
from tui.widgets.quote_layout import QuoteDetails
from tui.widgets.table_rows import TableRows

AROUND = 25
"""Parts of a chain that the pane shows before and after the one under the cursor."""
RUN, REST = 0.6, 0.4
"""Seconds between two moves up to which they are one run; seconds of rest after which the pane follows in a run."""


class PaneFollower:
    """Lets the pane follow the cursor; in a run of moves when that rests."""

    def __init__(self, screen: Screen[Any], refresh: Callable[[], None]) -> None:
        """`refresh` shows the post under the cursor, and calls `followed`."""
        self._screen, self._refresh = screen, refresh
        self._timer: Timer | None = None
        """Runs while the pane is behind the cursor."""
        self._moved_at = -RUN
        """When a key last did nothing but move the cursor."""

    @property
    def is_behind(self) -> bool:
        """Whether the pane still shows another post than the one under the cursor."""
        return self._timer is not None

    def moved(self, *, browsing: bool, seen: bool) -> None:
        """The cursor has moved; `browsing` where that is all that was asked for, `seen` where the table is there."""
        now = monotonic()
        running = browsing and now - self._moved_at < RUN
        self._moved_at = now if browsing else -RUN
        if not (running and seen):
            self._refresh()
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(REST, self._refresh)

    def followed(self) -> None:
        """The pane shows the post under the cursor."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


def answered(library: Library, thread_id: int, quote: Quote, language: str) -> Quote | None:
    """The post that a quote answers, where it was captured."""
    parent = quote.post.parent_id
    seq = None if parent is None else thread_posts.seq_of(library, thread_id, parent)
    return None if seq is None else rows.quote(library, seq, language)


def details_of(library: Library, shown: TableRows, quote: Quote, language: str) -> QuoteDetails:
    """A quote with everything that the library knows of it."""
    row = next(iter(quote_rows(library, (quote.seq,), language)), None)
    return QuoteDetails(
        quote,
        parent=row.parent if row else None,
        chain=_chain_of(library, shown, quote, language),
        history=row.history if row else None,
        alike=_duplicates_sentence(library, quote),
    )


def _chain_of(library: Library, shown: TableRows, quote: Quote, language: str) -> Chain | None:
    """The chain by one author that a quote is read with, or None."""
    part = shown.chain(quote.seq, AROUND)
    if part is None:
        return None
    return Chain(tuple(rows.quotes(library, part.seqs, language)), part.first, part.total, part.at)


def _duplicates_sentence(library: Library, quote: Quote) -> str:
    """Who else posted what a quote says, or nothing where nobody did."""
    if not quote.alike:
        return ""
    if quote.accounts < 2:
        return f"posted {quote.alike:,} times by this account, nearly word for word; {{key:view.dupes}} shows each"
    names = ", ".join(f"@{name}" for name in duplicates.duplicate_accounts(library, quote.seq))
    more = " …" if quote.accounts > names.count("@") else ""
    return (
        f"{quote.accounts:,} accounts posted this, nearly word for word: {names}{more}; {{key:view.dupes}} shows each"
    )


def missing_text(id: str, answers: int) -> str:
    """What is known of a post that was never captured."""
    return (
        f"[not captured: {id}]\n\n"
        f"Answered here by {counted(answers, 'post')}, but no capture holds it: it was deleted, is hidden by the "
        "source, or was not fetched. A capture that has it fills its place.\n\n"
        "Keys act on its replies, not on it."
    )
