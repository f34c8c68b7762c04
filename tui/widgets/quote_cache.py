"""Quotes that were read lately, so that drawing a line again reads nothing."""

from collections.abc import Callable, Iterable, Sequence

from core.models import Quote

MOST_REMEMBERED = 2_000
"""Quotes that are remembered."""


class QuoteCache:
    """A memory before a source of quotes."""

    def __init__(self, fetch: Callable[[Sequence[int]], list[Quote]]) -> None:
        """`fetch` gives the quotes of seqs, in their order."""
        self._fetch = fetch
        self._quotes: dict[int, Quote] = {}

    def __contains__(self, seq: int) -> bool:
        return seq in self._quotes

    def __getitem__(self, seq: int) -> Quote:
        return self._quotes[seq]

    def get(self, seqs: Sequence[int]) -> list[Quote]:
        """Quotes by seq, read where they are not remembered; more than MOST_REMEMBERED are read and not remembered."""
        if len(seqs) > MOST_REMEMBERED:
            return self._fetch(seqs)
        missing = [seq for seq in seqs if seq not in self._quotes]
        if missing:
            if len(self._quotes) + len(missing) > MOST_REMEMBERED:
                self._quotes.clear()
                missing = list(seqs)
            self._quotes.update((quote.seq, quote) for quote in self._fetch(missing))
        return [self._quotes[seq] for seq in seqs]

    def forget(self, seqs: Iterable[int]) -> None:
        """Read these anew when they are wanted next."""
        for seq in seqs:
            self._quotes.pop(seq, None)

    def clear(self) -> None:
        """Forget every quote, so that each is read anew."""
        self._quotes.clear()
