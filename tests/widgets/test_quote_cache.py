"""The memory of quotes that were read lately."""

from collections.abc import Sequence

from core.models import Mark, Post, Quote
from tui.widgets.quote_cache import MOST_REMEMBERED, QuoteCache


class Source:
    """Gives quotes, and knows how many it was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def fetch(self, seqs: Sequence[int]) -> list[Quote]:
        """A quote for each seq."""
        self.asked += len(seqs)
        return [Quote(seq, Post(str(seq), ""), Mark(), None, 1, False, seq) for seq in seqs]


def test_a_quote_that_was_read_is_not_read_again() -> None:
    source = Source()
    cache = QuoteCache(source.fetch)
    assert [quote.seq for quote in (*cache.get((2, 3)), *cache.get((3, 2)))] == [2, 3, 3, 2]
    assert source.asked == 2


def test_more_quotes_than_are_remembered_leave_the_others_remembered() -> None:
    source = Source()
    cache = QuoteCache(source.fetch)
    cache.get((1,))
    assert len(cache.get(range(10, 11 + MOST_REMEMBERED))) == MOST_REMEMBERED + 1
    assert 1 in cache
    assert 10 not in cache
