"""JSON as the commands print it: the same for every parser, and harmless to a terminal."""

import json
import re
from datetime import UTC, datetime

_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON allows in a string and a terminal may obey; the rest of the controls is always escaped."""


def as_json(value: object) -> str:
    """`value` as JSON in readable letters, with every control and bidirectional character escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def iso(seconds: int | None) -> str | None:
    """A time as ISO 8601 in UTC; None where it is unknown or beyond the calendar."""
    try:
        return None if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, ValueError, OSError):
        return None
