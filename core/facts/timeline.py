"""Replies over time, in steps from a minute to ten years, whichever fit on a screen."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from core.facts.records import Bar, Plot, Spread, named, scaled
from core.query import TimeRange, UnknownValue
from core.query.tree import EPOCH
from core.reasons import Reason
from core.reasons import ReasonCode as Code

MOST_STEPS = 18
"""Bars between the earliest and the latest."""
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_SINCE, _UNTIL = 631_152_000, 4_102_444_800
"""1990 and 2100: a time outside is an error of the source, and must not stretch the steps."""
_STRAY = 100
"""One reply in so many may lie before the first step, and as many after the last."""


@dataclass(frozen=True, slots=True)
class TimeStep:
    """What one bar spans."""

    title: str
    """A word of ours."""
    form: str
    """How a bar's first moment is written."""
    seconds: int = 0
    months: int = 0
    """Where it is no fixed number of seconds."""
    origin: int = 0
    """A second at which a step begins."""

    def index(self, second: int) -> int:
        """The number of the step in which a second lies."""
        if self.months:
            at = EPOCH + timedelta(seconds=second)
            return (at.year * 12 + at.month - 1) // self.months
        return (second - self.origin) // self.seconds

    def start(self, index: int) -> int:
        """A step's first second."""
        if self.months:
            year, month = divmod(index * self.months, 12)
            return int((datetime(year, month + 1, 1) - EPOCH).total_seconds())
        return index * self.seconds + self.origin


STEPS = (
    TimeStep("minutes", "%Y-%m-%d %H:%M", _MINUTE),
    TimeStep("5 minutes", "%Y-%m-%d %H:%M", 5 * _MINUTE),
    TimeStep("15 minutes", "%Y-%m-%d %H:%M", 15 * _MINUTE),
    TimeStep("hours", "%Y-%m-%d %H:%M", _HOUR),
    TimeStep("3 hours", "%Y-%m-%d %H:%M", 3 * _HOUR),
    TimeStep("6 hours", "%Y-%m-%d %H:%M", 6 * _HOUR),
    TimeStep("12 hours", "%Y-%m-%d %H:%M", 12 * _HOUR),
    TimeStep("days", "%Y-%m-%d", _DAY),
    TimeStep("weeks from Monday", "%Y-%m-%d", 7 * _DAY, origin=4 * _DAY),
    TimeStep("months", "%Y-%m", months=1),
    TimeStep("quarters", "%Y-%m", months=3),
    TimeStep("years", "%Y", months=12),
    TimeStep("ten years", "%Y", months=120),
)


def over_time(spread: Spread) -> Plot:
    """The replies over time, in UTC, with how many are before, after and unknown."""
    sane = {at: count for at, count in spread.times.items() if _SINCE <= at < _UNTIL}
    title, bars, start, end = Reason(Code.BY_TIME), [], _SINCE, _SINCE
    dated: Mapping[int, int] = {}
    if sane:
        step, first, last = _fitting(sane, spread)
        title = Reason(Code.BY_TIME_STEPS, names=(step.title,))
        start, end = step.start(first), step.start(last + 1)
        bars, dated = _bars(spread, step, first, last), _dated(spread, step)
    earlier = sum(count for at, count in spread.times.items() if at < start)
    later = sum(count for at, count in spread.times.items() if at >= end)
    of, untimed = spread.replies, spread.replies - sum(spread.times.values())
    if earlier:
        bars.insert(0, Bar(Reason(Code.BAR_EARLIER), earlier, of, 0, TimeRange(None, start)))
    if later:
        bars.append(Bar(Reason(Code.BAR_LATER), later, of, 0, TimeRange(end, None)))
    if untimed:
        bars.append(Bar(Reason(Code.BAR_UNKNOWN), untimed, of, 0, UnknownValue("date")))
    return Plot("time", title, scaled(bars), _inexact(reckoned=bool(spread.about), dated=bool(dated)))


def _inexact(*, reckoned: bool, dated: bool) -> Reason | None:
    """Why times are marked as inexact."""
    if reckoned:
        return Reason(Code.TIMES_INEXACT if dated else Code.TIMES_RECKONED)
    return Reason(Code.TIMES_TO_THE_DAY) if dated else None


def _dated(spread: Spread, step: TimeStep) -> Mapping[int, int]:
    """Times to the day, where a step is less than that."""
    return spread.dated if step.seconds and step.seconds < _DAY else {}


def _bars(spread: Spread, step: TimeStep, first: int, last: int) -> list[Bar]:
    """A bar for each step, empty ones too."""
    counts, about = _by_step(spread.times, step), _by_step(spread.about, step)
    about.update(_by_step(_dated(spread, step), step))
    bars = []
    for index in range(first, last + 1):
        start, end = step.start(index), step.start(index + 1)
        label = named(f"{EPOCH + timedelta(seconds=start):{step.form}}")
        bars.append(Bar(label, counts[index], spread.replies, 0, TimeRange(start, end), about=about[index] > 0))
    return bars


def _by_step(times: Mapping[int, int], step: TimeStep) -> Counter[int]:
    """Replies by the number of their step, of those whose time can be."""
    found: Counter[int] = Counter()
    for at, count in times.items():
        if _SINCE <= at < _UNTIL:
            found[step.index(at)] += count
    return found


def _fitting(sane: Mapping[int, int], spread: Spread) -> tuple[TimeStep, int, int]:
    """The step, and the numbers of the first and the last; without the strays where that makes the steps finer."""
    keys = sorted(sane)
    running = list(accumulate(sane[at] for at in keys))
    strays = running[-1] // _STRAY
    low, high = keys[bisect_right(running, strays)], keys[bisect_left(running, running[-1] - strays)]
    fine, coarse = _finest(low, high, spread.unit), _finest(keys[0], keys[-1], spread.unit)
    if fine is coarse:
        low, high = keys[0], keys[-1]
    return fine, fine.index(low), fine.index(high)


def _finest(low: int, high: int, unit: int) -> TimeStep:
    """The finest step that needs no more than MOST_STEPS from `low` to `high`."""
    able = (step for step in STEPS if step.months or step.seconds >= unit)
    return next((step for step in able if step.index(high) - step.index(low) < MOST_STEPS), STEPS[-1])
