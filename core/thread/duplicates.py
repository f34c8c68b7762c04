"""Replies that say the same, nearly word for word: links, mentions, emoji, punctuation and case aside.

A reply is compared with the first of a cluster and with no other, so that a chain of small steps makes no cluster of
unlike texts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from core.text.links_in_text import LINK, NAME_OR_TAG
from core.text.matching import fold
from core.text.names import account_key

ALIKE = 88.0
"""Per cent of a text's letters that must be the same, in the same order, as `rapidfuzz.fuzz.ratio` counts them."""
LONG = 24
"""Letters and digits from which on a text may differ a little; shorter ones must be equal."""
SHORT, MANY_SHORT = 12, 3
"""Letters up to which a text is what anybody says, and how many must say it before they are taken together."""
_BETWEEN = re.compile(r"[\W_]+")
_PIECE = 5
"""Letters in a piece of a text by which texts are brought together."""
_SKETCH = 8
"""Pieces of each text that are looked at."""
_MOST_HEADS = 40
"""Clusters that a text is compared with for each of its pieces."""

Said = tuple[int, str, str | None]
"""A reply's number, its text, and the handle of its author."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Replies that say nearly the same, and how many accounts said it."""

    seqs: tuple[int, ...]
    """In the order in which they were given; the first is the one that the others were compared with."""
    accounts: int
    """How many accounts said it; of those whose author is not known, one."""


def find_duplicates(replies: Iterable[Said]) -> list[Cluster]:
    """The replies that are alike, at least two together."""
    same: dict[str, list[int]] = defaultdict(list)
    authors: dict[int, str] = {}
    for seq, text, author in replies:
        if text and (key := _key(text)):
            same[key].append(seq)
            authors[seq] = account_key(author or "")
    heads = _Heads()
    together: dict[str, list[int]] = {}
    for key, seqs in same.items():
        head = heads.of(key) if len(key) >= LONG else key
        together.setdefault(head, []).extend(seqs)
    return [
        Cluster(tuple(sorted(seqs)), len({authors[seq] for seq in seqs}))
        for head, seqs in together.items()
        if len(seqs) >= (MANY_SHORT if len(head) <= SHORT else 2)
    ]


def _key(text: str) -> str:
    """What of a text is compared: its letters and digits; where it has none, its signs without repetitions."""
    bare = NAME_OR_TAG.sub(" ", LINK.sub(" ", text))
    letters = _BETWEEN.sub(" ", fold(bare)).strip()
    return letters or "".join(dict.fromkeys("".join(bare.split())))


class _Heads:
    """The texts that others are compared with, found by the pieces that they share."""

    def __init__(self) -> None:
        self._by_piece: dict[int, list[str]] = defaultdict(list)

    def of(self, key: str) -> str:
        """The head that a text is like, which is itself where it is like none."""
        from rapidfuzz.fuzz import ratio

        pieces = _sketch(key)
        best, nearest = ALIKE, ""
        for other in dict.fromkeys(one for piece in pieces for one in self._by_piece[piece]):
            # A text of half the length cannot be alike, and most are told apart so.
            if abs(len(other) - len(key)) * 4 <= len(key) and (found := ratio(key, other, score_cutoff=best)):
                best, nearest = found, other
        if not nearest:
            nearest = key
            for piece in pieces:
                if len(self._by_piece[piece]) < _MOST_HEADS:
                    self._by_piece[piece].append(key)
        return nearest


def _sketch(key: str) -> Sequence[int]:
    """A few pieces of a text, the same ones in a text that is like it: those whose sums are the smallest."""
    packed = key.replace(" ", "").encode()
    sums = {crc32(packed[at : at + _PIECE]) for at in range(len(packed) - _PIECE + 1)}
    return sorted(sums)[:_SKETCH]
