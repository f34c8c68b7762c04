"""Keys and cookies in what a browser has saved, made unreadable before it is kept: a HAR file holds a whole login."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from core.models import Payload

_IS_HAR = re.compile(rb'"log"\s*:\s*\{')
_SECRET = re.compile(
    r"(?:proxy-)?authorization|(?:set-)?cookie2?|x-(?:csrf|xsrf|guest|auth|api|access)[\w-]*|.*token.*", re.I
)
"""Headers whose values open something."""
_SHORTEST = 6
"""Characters from which on a value is a secret; shorter ones stand in too many places."""


def without_secrets(payload: Payload) -> tuple[Payload, int]:
    """A HAR file without the values of its cookies and keys, byte for byte otherwise, and how many there were."""
    if not _IS_HAR.search(payload.data, 0, 4_000):
        return payload, 0
    try:
        value = json.loads(payload.data)
    except (ValueError, RecursionError):
        return payload, 0
    data, found = payload.data, 0
    for secret in sorted(set(_secrets(value)), key=len, reverse=True):
        for ascii in (True, False):
            written = json.dumps(secret, ensure_ascii=ascii)[1:-1].encode("utf-8", "surrogatepass")
            # Only where it is the value of a name, for a post's id may be the same.
            told = re.compile(rb'("value"\s*:\s*")' + re.escape(written) + b'"')
            data, times = told.subn(rb"\1" + b"*" * len(written) + b'"', data)
            found += times > 0
    return (replace(payload, data=data), found) if found else (payload, 0)


def _secrets(value: object) -> Iterator[str]:
    """The values of cookies and of headers that open something, in the entries of a HAR file."""
    log = value.get("log") if isinstance(value, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        for side in ("request", "response"):
            message = entry.get(side) if isinstance(entry, dict) else None
            for kind in ("headers", "cookies"):
                listed = message.get(kind) if isinstance(message, dict) else None
                for one in listed if isinstance(listed, list) else ():
                    name, told = (one.get("name"), one.get("value")) if isinstance(one, dict) else (None, None)
                    opens = kind == "cookies" or (isinstance(name, str) and _SECRET.fullmatch(name))
                    if opens and isinstance(told, str) and len(told) >= _SHORTEST:
                        yield told
