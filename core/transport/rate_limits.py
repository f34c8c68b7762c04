"""What the headers of an answer say of how many requests a server allows, and when it allows more.

Servers agree neither on the names (`X-RateLimit-Remaining`, `RateLimit-Remaining`, `X-Rate-Limit-Remaining`, one field
`RateLimit` for all) nor on what a moment is: seconds from now, seconds or milliseconds since 1970, or a date.
"""

import re
import time
from collections.abc import Mapping
from datetime import datetime

from core.transport.waiting import retry_after, seconds_until

_FORMS = ("x-ratelimit-{}", "ratelimit-{}", "x-rate-limit-{}", "x-rate-limit-requests-{}", "x-ratelimit-requests-{}")
_PARTS = {
    "remaining": re.compile(r"(?:^|[,;\s])(?:remaining|r)=([0-9.]+)"),
    "reset": re.compile(r"(?:^|[,;\s])(?:reset|t)=([0-9.]+)"),
}
"""Where the one field `RateLimit` has them, in its drafts of 2021 and of 2024."""
_MOMENT, _IN_MILLISECONDS = 10**8, 10**11
"""Numbers above are no length of time but a moment, in seconds or in milliseconds."""
_LONGEST = 366 * 24 * 3600.0


def rest_wanted(headers: Mapping[str, str], *, is_refused: bool = False) -> float | None:
    """Seconds until a server allows more requests, where it says that it allows none now; else None.

    With `is_refused` it has refused this one for that, so that a moment alone is enough.
    """
    if (wait := retry_after(headers.get("retry-after", ""))) is not None:
        return wait if is_refused else None
    left, reset = _field(headers, "remaining"), _field(headers, "reset")
    try:
        if float(left) >= 1:
            return None
    except ValueError:
        if left or not is_refused:
            return None
    return _seconds(reset)


def _field(headers: Mapping[str, str], what: str) -> str:
    """What the headers say of the requests that remain, or of the moment when they are counted anew."""
    named = (headers[name] for form in _FORMS if (name := form.format(what)) in headers)
    if found := next(named, "").strip():
        return found
    part = _PARTS[what].search(headers.get("ratelimit", ""))
    return part[1] if part else ""


def _seconds(reset: str) -> float | None:
    """Seconds until the moment that a header names; None where it names none, or one that is years away."""
    try:
        seconds = float(reset)
    except ValueError:
        return _until_date(reset)
    if seconds > _MOMENT:
        seconds = (seconds / 1000 if seconds > _IN_MILLISECONDS else seconds) - time.time()
    return max(seconds, 0.0) if seconds < _LONGEST else None


def _until_date(text: str) -> float | None:
    """Seconds until a date as ISO 8601 or HTTP write it."""
    try:
        return seconds_until(datetime.fromisoformat(text))
    except ValueError:
        return retry_after(text)
