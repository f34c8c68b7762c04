"""Times as tables print them, beside the ways in which sources do."""

import re

from core.readers.kit.times import PostTime, post_time

_SECONDS = re.compile(r"\d{9,13}(?:\.\d{1,9})?")
_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_ZONE = re.compile(r" ?(?:UTC|GMT)$", re.IGNORECASE)


def table_time(value: object, captured_at: int | None) -> PostTime:
    """The time that a cell means: also seconds as text, `2026/03/01`, and a zone by name."""
    given = value
    if isinstance(value, str):
        text = value.strip()
        if _SECONDS.fullmatch(text):
            value = float(text)
        elif _DATE.match(text):
            value = _ZONE.sub("+00:00", text.replace("/", "-"))
    found = post_time(value, captured_at) or PostTime()
    return found._replace(given=str(given)) if found.given and given is not None else found
