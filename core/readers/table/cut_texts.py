"""Texts that a tool has cut: all of one length, which no other is longer than, with dots at the end."""

from collections.abc import Sequence

_DOTS = ("…", "...")
_SHORTEST = 80
_FEWEST = 2
"""Texts of that length, unless it is one at which tools are known to cut."""
_KNOWN = frozenset((100, 103, 137, 140, 143, 200, 203, 240, 255, 256, 280, 283, 500, 503))


def cut_length(texts: Sequence[str]) -> int:
    """The length at which the texts of a list are cut; 0 where they are not."""
    longest = max(map(len, texts), default=0)
    if longest < _SHORTEST:
        return 0
    there = [text for text in texts if len(text) == longest]
    is_known = len(there) >= _FEWEST or longest in _KNOWN
    return longest if is_known and all(text.endswith(_DOTS) for text in there) else 0
