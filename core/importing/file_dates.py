"""A file's date in the place of the moment of capture: a copy, a download or a clone gives a file another one.

It is believed to be that of the capture unless it cannot be: no capture is older than its newest post, or to come.
"""

import time
from collections.abc import Iterable
from dataclasses import replace

from core.models import CapturedFrom, Payload, Problem, Reading, TimePrecision
from core.reasons import Reason, ReasonCode

_TOLERANCE = 300
"""Seconds by which clocks may differ."""
_KNOWN = (TimePrecision.EXACT, TimePrecision.DAY)


def without_future_date(payload: Payload) -> tuple[Payload, list[Problem]]:
    """`payload` without the date of its file where that is to come."""
    if _is_from_file(payload) and (payload.captured_at or 0) > time.time() + _TOLERANCE:
        return _undated(payload, ReasonCode.FILE_DATE_TO_COME)
    return payload, []


def without_impossible_date(payload: Payload, readings: Iterable[Reading]) -> tuple[Payload, list[Problem]]:
    """`payload` without the date of its file where a post that was read in it is newer."""
    if not _is_from_file(payload):
        return payload, []
    now = time.time() + _TOLERANCE
    times = (
        post.posted_at
        for reading in readings
        if reading.captured_at is None
        for post in reading.posts
        if post.posted_at is not None and post.time_precision in _KNOWN and post.posted_at <= now
    )
    if max(times, default=0) <= (payload.captured_at or 0) + _TOLERANCE:
        return payload, []
    return _undated(payload, ReasonCode.FILE_DATE_TOO_OLD)


def _is_from_file(payload: Payload) -> bool:
    """Whether nothing but the file's date says when a payload was captured."""
    return payload.captured_from is CapturedFrom.FILE and payload.captured_at is not None


def _undated(payload: Payload, code: ReasonCode) -> tuple[Payload, list[Problem]]:
    """`payload` with its moment unknown, and why."""
    return replace(payload, captured_at=None), [Problem("payload", Reason(code, (payload.captured_at or 0,)))]
