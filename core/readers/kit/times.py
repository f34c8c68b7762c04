"""Times as sources print them, from "2h" to ISO 8601."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from core.models import TimePrecision
from core.text.ages import MONTH, MONTH_NAMES, YEARLESS, age

_TWITTER = re.compile(
    rf"(?:[A-Za-z]{{3}},? )?{MONTH} (?P<day>\d{{1,2}}) "
    r"(?P<clock>\d\d:\d\d:\d\d) (?P<zone>[+-]\d{4}) (?P<year>\d{4})"
)
_NITTER = re.compile(rf"{MONTH} (\d{{1,2}}), (\d{{4}})(?: · | at |,? )(\d{{1,2}}):(\d\d) ?([AaPp])[Mm] UTC")
_DAYS = (
    re.compile(rf"(?P<day>\d{{1,2}}) {MONTH}\.?,? (?P<year>\d{{4}})"),
    re.compile(rf"{MONTH}\.? (?P<day>\d{{1,2}}), (?P<year>\d{{4}})"),
    # Without a zone, as X prints it to whoever looks, nothing but the day is sure.
    re.compile(rf"\d{{1,2}}:\d\d [AP]M · {MONTH} (?P<day>\d{{1,2}}), (?P<year>\d{{4}})"),
    re.compile(r"(?:[上下]午 ?\d{1,2}:\d\d · )?(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"),
    re.compile(r"(?:午[前後] ?\d{1,2}:\d\d · )?(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"),
    re.compile(r"(?:오[전후] ?\d{1,2}:\d\d · )?(?P<year>\d{4})년 ?(?P<month>\d{1,2})월 ?(?P<day>\d{1,2})일"),
)
_LATEST = 10**11
"""Seconds; a larger number counts milliseconds."""


class PostTime(NamedTuple):
    """A post's time, how well it is known, and how the source printed it where that is not exact."""

    posted_at: int | None = None
    precision: TimePrecision = TimePrecision.UNKNOWN
    given: str | None = None
    utc_offset: int | None = None
    """Minutes east of UTC of the clock that the source names; None for UTC itself, or where it names none."""

    def as_fields(self) -> dict[str, Any]:
        """The fields of a post that say when it was made."""
        return {
            "posted_at": self.posted_at,
            "time_precision": self.precision,
            "time_given": self.given,
            "utc_offset": self.utc_offset,
        }


def post_time(value: object, captured_at: int | None) -> PostTime | None:
    """The time that `value` means; None where it is of a type that holds no time.

    A text that is not understood is kept as given, with the time unknown.
    """
    if value is None or value == "":
        return PostTime()
    if isinstance(value, str):
        return _printed(value.strip()[:100], captured_at)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return _counted(value)


def is_day(text: str) -> bool:
    """Whether `text` is a date such as "17 Apr 2024"."""
    return any(pattern.fullmatch(text) for pattern in _DAYS)


def _counted(value: int | float) -> PostTime:
    """Seconds or milliseconds since 1970."""
    if value != value or abs(value) >= _LATEST * 1000:
        return PostTime(given=str(value)[:40] if isinstance(value, float) or abs(value) < 10**40 else None)
    return PostTime(int(value if abs(value) < _LATEST else value / 1000), TimePrecision.EXACT)


@lru_cache(maxsize=4096)
def _printed(text: str, captured_at: int | None) -> PostTime:
    """The time that a printed text means."""
    try:
        return _absolute(text) or _day(text) or _relative(text, captured_at) or PostTime(given=text or None)
    except (ValueError, OverflowError):
        return PostTime(given=text)


def _absolute(text: str) -> PostTime | None:
    """A date with a time of day."""
    if match := _NITTER.fullmatch(text):
        return _minute(match, text)
    if match := _TWITTER.fullmatch(text):
        parts = match.groupdict()
        stamp = f"{parts['year']}-{_month(match):02}-{int(parts['day']):02}T{parts['clock']}{parts['zone']}"
        return _moment(datetime.fromisoformat(stamp))
    if not text[:4].isdecimal() or "-" not in text:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        # Without a zone, or without a time of day, nothing but the day is sure.
        return _whole_day(moment.year, moment.month, moment.day, text)
    return _moment(moment)


def _moment(moment: datetime) -> PostTime:
    """An exact time with its zone."""
    offset = moment.utcoffset() or timedelta()
    return PostTime(int(moment.timestamp()), TimePrecision.EXACT, None, offset // timedelta(minutes=1) or None)


def _minute(match: re.Match[str], text: str) -> PostTime:
    """A time that Nitter prints."""
    month, day, year, hour, minute, half = match.groups()
    if int(minute) > 59:
        return PostTime(given=text)
    hours = int(hour) % 12 + (12 if half in "Pp" else 0)
    start = _start(int(year), MONTH_NAMES.index(month[:3]) + 1, int(day))
    return PostTime(start + hours * 3600 + int(minute) * 60, TimePrecision.EXACT, text)


def _day(text: str) -> PostTime | None:
    """A date without a time of day."""
    for pattern in _DAYS:
        if match := pattern.fullmatch(text):
            return _whole_day(int(match["year"]), _month(match), int(match["day"]), text)
    return None


def _relative(text: str, captured_at: int | None) -> PostTime | None:
    """A time that only the moment of capture makes clear: "2h", "now", "Mar 5"."""
    if found := age(text):
        if captured_at is None:
            return PostTime(given=text)
        return PostTime(captured_at - found.seconds, TimePrecision.RELATIVE, text)
    for pattern in YEARLESS:
        if (match := pattern.fullmatch(text)) and captured_at is not None:
            captured = datetime.fromtimestamp(captured_at, UTC)
            start = _start(captured.year, _month(match), int(match["day"]))
            # Sources leave out the year for days of the current one, so a later day means another capture date. The
            # year is that of the capture, which may be a copied file's, and so not to be told as a fact.
            return PostTime(start, TimePrecision.RELATIVE, text) if start <= captured_at else PostTime(given=text)
    return None


def _whole_day(year: int, month: int, day: int, given: str) -> PostTime:
    """A day without a time of day."""
    return PostTime(_start(year, month, day), TimePrecision.DAY, given)


@lru_cache(maxsize=4096)
def _start(year: int, month: int, day: int) -> int:
    """The first second of a day in UTC."""
    return (datetime(year, month, day, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


def _month(match: re.Match[str]) -> int:
    """The number of the month that `match` names."""
    month = match["month"]
    return int(month) if month.isdecimal() else MONTH_NAMES.index(month[:3]) + 1
