"""Payloads, what readers find in them, and what the library keeps of both: captures and threads."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.models.posts import Post, TextLoss
from core.reasons import Reason


class CapturedFrom(StrEnum):
    """What says when a capture was made."""

    PAYLOAD = "payload"
    """The payload itself."""
    FETCH = "fetch"
    """This program fetched it."""
    GIVEN = "given"
    """The writer, with --captured-at."""
    FILE = "file"
    """The file's date alone, which a copy or a download changes: no fact about the capture."""


class Verdict(StrEnum):
    """How complete a capture is."""

    COMPLETE = "complete"
    """The source proves that there is no more."""
    PARTIAL = "partial"
    EMPTY = "empty"
    """The source proves that nobody replied."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The source says nothing about its end."""


@dataclass(frozen=True, slots=True)
class Payload:
    """Bytes as they came, with where from and when."""

    name: str
    """A file's name or a URL; shown to the user, never opened again."""
    data: bytes = field(repr=False)
    captured_at: int | None = None
    """Seconds since 1970 UTC; see `captured_from`."""
    captured_from: CapturedFrom = CapturedFrom.FETCH
    """What says so."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a payload that was left out or mended, and why."""

    place: str
    """For example `replies[7].text` or `line 12`."""
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one payload about one thread."""

    format: str
    """The reader's name."""
    root_id: str
    posts: tuple[Post, ...] = field(repr=False)
    """In the source's order; the root among them where the payload has it."""
    tool: str | None = None
    """The program that made the payload, as an article would credit it."""
    url: str | None = None
    root_author: str | None = None
    """The root's handle, also where the root itself is missing."""
    claimed: int | None = None
    """How many replies the source says there are."""
    verdict: Verdict = Verdict.UNKNOWN
    reasons: tuple[Reason, ...] = ()
    problems: tuple[Problem, ...] = ()
    captured_at: int | None = None
    """Overrides the payload's date where the payload says when it was fetched."""
    site: str = ""
    """The host on which the ids mean these posts, such as `x.com` or `lemmy.world`; "" where it is not known."""
    losses: TextLoss = TextLoss.NONE
    """What is known to be wrong with all texts of this reading."""
    gone: tuple[Post, ...] = field(default=(), repr=False)
    """What is no more than the place of a post that is gone: it says so of a post that the thread has, and is none."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One reading of a thread, as kept."""

    id: int
    thread_id: int
    read_at: int
    captured_at: int | None
    format: str
    tool: str | None
    names: tuple[str, ...]
    """The payloads' names."""
    verdict: Verdict
    reasons: tuple[Reason, ...]
    claimed: int | None
    found: int
    """Posts in this capture."""
    visit: int = 0
    """The number of the first capture that the same command made."""
    added: int | None = None
    """Posts that it was the first to bring; None, as for the next three, where an older program kept it."""
    changed: int | None = None
    """Posts that had been captured before, and differed."""
    edited: int | None = None
    """Those of them whose text differed."""
    gone: int | None = None
    """Posts of earlier captures that it, being complete, did not have."""
    problems: tuple[Problem, ...] = ()
    captured_from: CapturedFrom | None = None
    """What says when it was made; None where an older program kept it."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A post and what was said under it, as the library lists it."""

    id: int
    """The library's own number; it does not travel."""
    root_id: str
    url: str | None
    root_author: str | None
    title: str
    """The root's first line, or its link where the root is missing."""
    replies: int
    """Replies in the library."""
    claimed: int | None
    """The largest reply total that a source has stated."""
    starred: int
    decided: int
    """Replies starred or rejected."""
    captured_at: int | None
    """The newest capture's date."""
    verdict: Verdict
    reasons: tuple[Reason, ...]
    captured_from: CapturedFrom | None = None
    """What says when the newest capture was made; None where an older program kept it."""
    site: str = ""
    """The host on which its ids mean these posts; "" where it is not known."""
    mixed: bool = False
    """Whether an older program, which took an id alone for a thread's name, may have put two threads into it."""
