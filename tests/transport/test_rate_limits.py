"""What servers say of how often one may ask, in the many ways in which they say it."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from core.transport.rate_limits import rest_wanted

NOW = int(time.time())
"""Far enough from the moments below that no slow run matters."""
LATER = datetime.now(UTC) + timedelta(days=10)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "864000"},
        {"x-ratelimit-remaining": "0.0", "x-ratelimit-reset": str(NOW + 864000)},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str((NOW + 864000) * 1000)},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": LATER.isoformat()},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{LATER:%Y-%m-%dT%H:%M:%S}.123Z"},
        {"ratelimit-remaining": "0", "ratelimit-reset": format_datetime(LATER, usegmt=True)},
        {"ratelimit-remaining": "0", "ratelimit-reset": str(NOW + 864000)},
        {"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(NOW + 864000)},
        {"ratelimit": "limit=100, remaining=0, reset=864000"},
        {"ratelimit": '"default";r=0;t=864000'},
    ],
)
def test_where_no_request_is_left_the_moment_is_understood_in_any_form(headers: dict[str, str]) -> None:
    wait = rest_wanted(headers)
    assert wait is not None
    assert 800_000 < wait < 900_000


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-ratelimit-reset": "864000"},
        {"x-ratelimit-remaining": "12", "x-ratelimit-reset": "864000"},
        {"x-ratelimit-remaining": "many", "x-ratelimit-reset": "864000"},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(NOW * 10)},
        {"ratelimit": '"default";r=5;t=864000'},
        {"retry-after": "30"},
    ],
)
def test_an_answer_that_does_not_say_so_wants_no_rest(headers: dict[str, str]) -> None:
    assert rest_wanted(headers) is None


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"x-ratelimit-reset": "30"}, 30),
        ({"retry-after": "3", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "864000"}, 3),
        ({"x-ratelimit-remaining": "4000", "x-ratelimit-reset": "864000"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(NOW - 60)}, 0),
    ],
)
def test_of_a_refusal_the_time_to_come_back_is_taken_before_the_count(
    headers: dict[str, str], wait: float | None
) -> None:
    assert rest_wanted(headers, is_refused=True) == wait
