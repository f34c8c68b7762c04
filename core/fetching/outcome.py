"""How far a fetch is, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass

from core.library.captures.in_progress import KeptCapture
from core.models import Reading
from core.reasons import Reason, ReasonCode

STOPPED = Reason(ReasonCode.STOPPED)


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far a fetch has come."""

    source: str
    note: str
    """What is asked for now."""
    pages: int
    posts: int
    claimed: int | None
    """How many replies the source says there are."""
    thread_id: int | None
    """None until something is kept."""
    root_id: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one source gave of a link, as kept in the library."""

    source: str
    kept: KeptCapture
    reading: Reading
    pages: int
    broken: Reason | None
    """Why the fetch ended before its end; None where it came to it."""

    @property
    def replies(self) -> int:
        """How many replies there are in what came."""
        return sum(post.id != self.reading.root_id for post in self.reading.posts)

    @property
    def stopped(self) -> bool:
        """Whether the user has stopped it."""
        return self.broken == STOPPED


@dataclass(frozen=True, slots=True)
class TriedSource:
    """A source that was tried, and why the next one was."""

    source: str
    why: Reason


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What came of a link."""

    fetched: tuple[Fetched, ...]
    tried: tuple[TriedSource, ...] = ()

    @property
    def is_broken_off(self) -> bool:
        """Whether a source broke off, and no other gave the replies to their end."""
        is_whole = any(not one.broken and one.replies for one in self.fetched)
        return not is_whole and any(one.broken for one in self.fetched)


TellFetchProgress = Callable[[FetchProgress], None]
