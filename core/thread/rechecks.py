"""How a post stands at its source when that is asked again."""

from dataclasses import dataclass
from enum import StrEnum


class RecheckOutcome(StrEnum):
    """How a post stands at its source now."""

    LIVE = "live"
    EDITED = "edited"
    DELETED = "deleted"
    PROTECTED = "protected"
    """Its author shows it to some only."""
    SUSPENDED = "suspended"
    """Its author's account is closed by the network."""
    RENAMED = "renamed"
    """It stands as it was, under another handle."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RecheckFinding:
    """What a look at the source says of one post."""

    outcome: RecheckOutcome
    detail: str = ""
    """The source's own words, the other handle, or the other text."""
