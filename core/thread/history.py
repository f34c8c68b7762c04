"""How a post differed from capture to capture, as a reader of it wants to see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from core.counts import COUNT_NAMES, PostCounts
from core.models import Flag, Post, TextLoss
from core.reasons import Reason, ReasonCode

_MOST = 4
"""Values of one count that a line shows; of more, the first one and the last."""
_NAMES = (*COUNT_NAMES, "status", "author", "name")


class Observation(PostCounts, frozen=True):
    """What one capture said of a post."""

    at: int
    """When, in seconds since 1970: the capture's date, or where that is unknown, when it was read."""
    text: str
    status: str
    author: str | None
    name: str | None
    losses: TextLoss | None = None
    """What is known to be wrong with `text`; None where an older program kept it."""


@dataclass(frozen=True, slots=True)
class RecheckedState:
    """What a later look at the source found of a post."""

    at: int
    """When, in seconds since 1970."""
    outcome: str
    """As `core.thread.rechecks.RecheckOutcome` has it."""
    detail: str

    @property
    def reason(self) -> Reason:
        """The state, with the date of the look."""
        if self.outcome == "edited":
            return Reason(ReasonCode.LOOKED_AT_EDITED, (self.at,), (self.detail,))
        if self.detail:
            return Reason(ReasonCode.LOOKED_AT_SAYING, (self.at,), (self.outcome, self.detail))
        return Reason(ReasonCode.LOOKED_AT, (self.at,), (self.outcome,))


@dataclass(frozen=True, slots=True)
class History:
    """What captures said of a post, where they differ, and what the newest visit says of it."""

    observations: tuple[Observation, ...] = ()
    """The oldest first."""
    added: int | None = None
    """When the visit before the one that brought it was made; None where it is not new."""
    gone: int | None = None
    """When a complete capture did not have it any more."""
    look: RecheckedState | None = None
    """The newest look at it that said anything."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that followed another one."""

    before: str
    after: str
    since: int
    at: int
    """When each was captured first."""
    edited: bool
    """By the author; else a tool had cut the earlier one."""


def history_lines(history: History) -> list[Reason]:
    """New, gone, and every count, status and name that has changed, one after the other."""
    found = []
    if history.added is not None:
        found.append(Reason(ReasonCode.NEW_SINCE, (history.added,)))
    if history.gone is not None:
        found.append(Reason(ReasonCode.GONE_AT, (history.gone,)))
    if history.look is not None:
        found.append(history.look.reason)
    for name in _NAMES:
        values = [(getattr(one, name), one.at) for one in history.observations if getattr(one, name) is not None]
        runs = [one for place, one in enumerate(values) if not place or one[0] != values[place - 1][0]]
        if len(runs) > 1:
            some = runs if len(runs) <= _MOST else [runs[0], runs[-1]]
            steps = (" → " if some is runs else " → … → ").join(_said(name, value) for value, _ in some)
            found.append(Reason(ReasonCode.VALUES, names=(name, steps, dates(at for _, at in some))))
    return found


def wordings(history: History, post: Post) -> list[Wording]:
    """The texts that differ in more than what tools do to a text, one after the other."""
    if not history.observations:
        return []
    # Its patterns take a while to compile, which a start should not.
    from core.text.spelling import TextVersion
    from core.text.versions import Relation, text_relation

    found = []
    for earlier, later in zip(history.observations, history.observations[1:], strict=False):
        before, after = TextVersion(earlier.text, earlier.losses), TextVersion(later.text, later.losses)
        how = text_relation(before, after, alike=False)
        if how in (Relation.EDITED, Relation.FULLER):
            edited = how is Relation.EDITED or (bool(earlier.text) and Flag.EDITED in post.flags)
            found.append(Wording(earlier.text, later.text, earlier.at, later.at, edited))
    return found


def dates(times: Iterable[int]) -> str:
    """Dates in UTC with arrows between them; to the minute where days do not tell them apart."""
    given: Sequence[int] = tuple(times)
    days = [_date(at, "%Y-%m-%d") for at in given]
    if len(set(days)) < len(days):
        days = [_date(at, "%Y-%m-%d %H:%M") for at in given]
    return " → ".join(dict.fromkeys(days) if len(set(days)) == 1 else days)


def _date(at: int, form: str) -> str:
    """A date in UTC, or what there is of it beyond the calendar."""
    try:
        return f"{datetime.fromtimestamp(at, UTC):{form}}"
    except (OverflowError, ValueError, OSError):
        return "?"


def _said(name: str, value: object) -> str:
    """A value as a line shows it."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"@{value}" if name == "author" else str(value)
