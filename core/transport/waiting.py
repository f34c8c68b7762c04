"""How long to leave a server alone: what it says itself, and what is said of it meanwhile."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import uniform

from core.reasons import Reason, ReasonCode


def retry_after(value: str) -> float | None:
    """Seconds until the moment in a Retry-After header (RFC 9110, 10.2.3), or None where it names none."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return seconds_until(moment)


def seconds_until(moment: datetime) -> float:
    """Seconds until `moment`, in UTC where it names no zone; 0 where it is past."""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def growing_wait(first: float, tried: int) -> float:
    """Seconds to wait after `tried` tries: twice as long each time, and not to the second as others do."""
    return float(first * 2 ** (tried - 1) * uniform(0.75, 1.25))


async def count_down(seconds: float, told: Reason, notify: Callable[[Reason], None]) -> None:
    """Wait, and say each second for how long."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while (left := end - loop.time()) > 0:
        notify(Reason(ReasonCode.TRYING_AGAIN, (round(left),), causes=(told,)))
        await asyncio.sleep(min(left, 1.0))
