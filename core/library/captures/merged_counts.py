"""The counts that are shown of a post once another capture gives its own."""

from collections.abc import Iterator, Sequence
from enum import Enum

Counts = Sequence[int | None]
"""In the order of `core.counts.COUNTS`; None is unknown."""


class Precedence(Enum):
    """Whose counts are shown where two captures differ."""

    KNOWN = "known"
    GIVEN = "given"
    LARGEST = "largest"
    """Nothing tells which capture is the newer one, and counts grow."""


def merged_counts(known: Counts, given: Counts, precedence: Precedence) -> tuple[int | None, ...]:
    """The counts to show; what one of the two does not know is filled from the other."""
    pairs = zip(known, given, strict=True)
    if precedence is Precedence.GIVEN:
        return tuple([old if new is None else new for old, new in pairs])
    if precedence is Precedence.KNOWN:
        return tuple([new if old is None else old for old, new in pairs])
    return tuple([old if new is None else new if old is None else max(old, new) for old, new in pairs])


def without_rounded(known: Counts, given: Counts) -> tuple[int | None, ...]:
    """The `given` counts, which are rounded, without those that may be the known ones, which are not."""
    return tuple(None if _is_rounded(new, old) else new for old, new in zip(known, given, strict=True))


def _is_rounded(rounded: int | None, exact: int | None) -> bool:
    """Whether a count may be another one, rounded up or down: `1,200` is 1,187 and 1,249."""
    if rounded is None or exact is None or rounded < 1000:
        return False
    step: int = 10 ** (len(str(rounded)) - len(str(rounded).rstrip("0")))
    return abs(rounded - exact) < step


def differing(known: Counts, given: Counts) -> Iterator[tuple[int, int]]:
    """Counts that were known, and are given as others."""
    return (
        (old, new) for old, new in zip(known, given, strict=True) if old is not None and new is not None and old != new
    )
