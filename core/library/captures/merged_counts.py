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
    return tuple(_merged(old, new, precedence) for old, new in zip(known, given, strict=True))


def _merged(known: int | None, given: int | None, precedence: Precedence) -> int | None:
    """One count of the two."""
    if known is None or given is None:
        return given if known is None else known
    if precedence is Precedence.LARGEST:
        return max(known, given)
    return known if precedence is Precedence.KNOWN else given


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
