"""What a fetcher or a server says in place of a thread: its error's message, or what kind of page it sent."""

import json

from core.errors import FetcherSaid
from core.readers.kit.page_kinds import kind_of_page
from core.reasons import Reason, ReasonCode

_LONGEST_MESSAGE = 500
_PAGE_START = 20_000
"""Characters of an answer that are looked at."""


def fetcher_message(value: object) -> str | None:
    """The error message that a fetcher or a server printed in place of a thread, or None."""
    if not isinstance(value, dict):
        return None
    if message := _message(value.get("error")):
        # Bluesky's error is a name, which its message explains.
        told = _message(value)
        return f"{message}: {told}" if told and " " not in message else message
    errors = value.get("errors")
    if isinstance(errors, list) and errors and not value.get("data"):
        return _message(errors[0]) or "an error without a message"
    code = value.get("code")
    if isinstance(code, int) and code not in (0, 200):
        message = _message(value)
        return f"{message} (code {code})" if message and code < 0 else message or f"code {code}"
    if (type(value.get("error")) is int or "documentation_url" in value) and (message := _message(value)):
        return message
    if value.get("ok") in (0, False) and (message := _message(value.get("msg")) or _message(value)):
        return message
    status = value.get("status")
    if type(status) is int and status >= 400 and (message := _message(value)):
        return f"{message} (status {status})"
    if value.get("ok") == -100:
        return "it wants a login (ok -100)"
    return None


def what_it_says(data: bytes) -> str:
    """What a server's answer that is no thread says, in a few words: its message, or what kind of page it is."""
    text = data[:_PAGE_START].decode("utf-8", "replace").strip()
    if text.startswith("<"):
        return kind_of_page(text)
    try:
        value = json.loads(data) if text[:1] == "{" else None
        message = fetcher_message(value) or _message(value)
    except (ValueError, RecursionError):
        message = None
    return message or text[:_LONGEST_MESSAGE]


def fetcher_error(message: str, name: str) -> FetcherSaid:
    """The error for a payload that is its fetcher's own message."""
    return FetcherSaid(Reason(ReasonCode.FETCHER_SAYS, names=(name, message)))


def _message(value: object) -> str | None:
    """A message as a fetcher gives it: text, or an object that has one."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("message", "msg", "detail", "reason") if value.get(key)), None)
    return value.strip()[:_LONGEST_MESSAGE] or None if isinstance(value, str) else None
