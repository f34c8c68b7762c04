"""What the id of a post of X tells: the second in which it was made, and its link."""

import re

from core.models import TimePrecision
from core.readers.kit.times import snowflake_time

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,20}")


def post_link(author: str, post_id: str) -> str | None:
    """The link to a post of X, where handle and id can be real."""
    if not post_id.isdecimal() or len(post_id) > 19 or not _HANDLE.fullmatch(author):
        return None
    return f"https://x.com/{author}/status/{post_id}"


def is_coarse(post_id: str) -> bool:
    """Whether a rounded id has lost so many digits that its time is off by more than a second ("1.78e+18")."""
    return post_id.endswith("0" * 10)


def best_time(post_id: str, posted_at: int | None, precision: TimePrecision) -> tuple[int | None, TimePrecision]:
    """A post's time and how well it is known, from its id where that knows it better than the source's print."""
    moment = snowflake_time(post_id)
    if moment is None or posted_at == moment:
        return posted_at, precision
    # A time printed to the minute is refined by an id that says the same minute.
    is_other = posted_at is not None and (posted_at % 60 or moment // 60 != posted_at // 60)
    return (posted_at, precision) if is_other and precision is TimePrecision.EXACT else (moment, TimePrecision.EXACT)
