"""What goes wrong with a Camofox server, in words with a next step.

Its errors are `{"error", "code"?, "retryable"?, "recovery"?}`, but an unknown route answers with a web page, and what
the browser said comes with the terminal's colours and a log of its calls.
"""

import json
import re
from dataclasses import dataclass

from core.errors import FetchError, Unreachable

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_BROWSER_SAID = (
    (r"NS_ERROR_UNKNOWN_HOST|ERR_NAME_NOT_RESOLVED", "the browser finds no such host"),
    (r"NS_ERROR_CONNECTION_REFUSED|ERR_CONNECTION_REFUSED", "the instance refuses the connection"),
    (r"NS_ERROR_NET_RESET|NS_ERROR_NET_INTERRUPT|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE", "the connection broke"),
    (r"NS_ERROR_NET_TIMEOUT|ERR_TIMED_OUT|Timeout \d+ms exceeded", "the page did not come in time"),
    (r"SEC_ERROR|SSL_ERROR|MOZILLA_PKIX|ERR_CERT", "its certificate is not valid"),
    (r"NS_ERROR_REDIRECT_LOOP|ERR_TOO_MANY_REDIRECTS", "it redirects in a circle"),
    (r"deniedPortAccess|ERR_UNSAFE_PORT", "the browser asks no server at that port"),
    (r"NS_ERROR_PROXY|ERR_PROXY", "the browser's proxy does not answer"),
)
"""What the browser's own errors mean."""
_LOST = frozenset({"browser_restarted", "page_crashed", "tab_destroyed", "tab_timeout", "session_expired"})
"""The codes of a tab that is gone and can be opened anew."""
_BUSY = frozenset({"tab_unresponsive", "admission_rejected"})
_PASSING = re.compile("connection broke|did not come in time")


class TabLost(Unreachable):
    """The tab is gone; a new one may do."""


class NoEvaluate(FetchError):
    """The server is older than March 2026 and cannot read a page by `evaluate`."""


class Busy(Unreachable):
    """The server has too much to do just now."""


@dataclass(frozen=True, slots=True)
class ServerError:
    """What a server's error says."""

    message: str
    code: str
    is_json: bool


def server_error(data: bytes) -> ServerError:
    """What an answer says went wrong, on one line, without colours."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        return ServerError("", "", is_json=False)
    lines = _COLOURS.sub("", str(value.get("error") or "")).partition("Call log:")[0]
    return ServerError(" ".join(lines.split())[:200], str(value.get("code") or ""), is_json=True)


def failure_of(who: str, status: int, data: bytes, route: str) -> FetchError:
    """The error for a status other than 200; `route` is what was asked, such as `evaluate`."""
    said = server_error(data)
    if status == 401:
        return FetchError(f"{who} wants an access key; set PULLQUOTE_CAMOFOX_KEY to its CAMOFOX_ACCESS_KEY.", status)
    if status == 404 and not said.is_json:
        if route in ("evaluate", "snapshot"):
            return NoEvaluate(f"{who} cannot {route}; it is too old. Update it.", status)
        return FetchError(f"{who} answers with a web page; is that the address of a Camofox server?", status)
    if said.code in _LOST or status in (404, 410):
        return TabLost(f"{who} lost its tab ({said.code or said.message or status}). Try again.", status)
    if status == 429:
        return Busy(f"{who} has too many tabs open ({said.message}). Close some, or restart it.", status)
    if said.code in _BUSY or status == 503:
        return Busy(f"{who} has too much to do ({said.code or said.message or status}). Try again later.", status)
    if status == 400:
        return FetchError(f"{who} refuses: {said.message or 'a bad request'}. Check the link and the instance.", status)
    meaning = next((words for sign, words in _BROWSER_SAID if re.search(sign, said.message)), "")
    kind = Unreachable if _PASSING.search(meaning) else FetchError
    return kind(f"{meaning or said.message or f'{who} failed ({status})'}. Check nitter under [sources].", status)
