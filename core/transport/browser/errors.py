"""What goes wrong with a Camofox server, in words with a next step.

Its errors are `{"error", "code"?, "retryable"?, "recovery"?}`, but an unknown route answers with a web page, and what
the browser said comes with the terminal's colours and a log of its calls.
"""

import json
import re
from dataclasses import dataclass

from core.errors import FetchError, Unreachable
from core.reasons import Reason, ReasonCode

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_BROWSER_SAID = (
    (r"NS_ERROR_UNKNOWN_HOST|ERR_NAME_NOT_RESOLVED", ReasonCode.BROWSER_NO_HOST),
    (r"NS_ERROR_CONNECTION_REFUSED|ERR_CONNECTION_REFUSED", ReasonCode.BROWSER_REFUSED),
    (
        r"NS_ERROR_NET_RESET|NS_ERROR_NET_INTERRUPT|NS_ERROR_NET_PARTIAL_TRANSFER|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE",
        ReasonCode.BROWSER_BROKE,
    ),
    (r"NS_ERROR_NET_TIMEOUT|ERR_TIMED_OUT|Timeout \d+ms exceeded", ReasonCode.BROWSER_TOO_SLOW),
    (r"SEC_ERROR|SSL_ERROR|MOZILLA_PKIX|ERR_CERT", ReasonCode.BROWSER_CERTIFICATE),
    (r"NS_ERROR_REDIRECT_LOOP|ERR_TOO_MANY_REDIRECTS", ReasonCode.BROWSER_CIRCLE),
    (r"deniedPortAccess|ERR_UNSAFE_PORT", ReasonCode.BROWSER_PORT),
    (r"NS_ERROR_PROXY|ERR_PROXY", ReasonCode.BROWSER_PROXY),
)
"""What the browser's own errors mean."""
_LOST = frozenset({"browser_restarted", "page_crashed", "tab_destroyed", "tab_timeout", "session_expired"})
"""The codes of a tab that is gone and can be opened anew."""
_BUSY = frozenset({"tab_unresponsive", "admission_rejected"})
_DESTINATION = "destination_unavailable"
_PASSING = (ReasonCode.BROWSER_BROKE, ReasonCode.BROWSER_TOO_SLOW)


class TabLost(Unreachable):
    """The tab is gone; a new one may do."""


class PageStatus(FetchError):
    """The page that was opened came with a status, which the server takes for a failure of its own."""


class NoEvaluate(FetchError):
    """The server is older than March 2026 and cannot read a page by `evaluate`."""


class Busy(Unreachable):
    """The server, or the browser, cannot do it just now."""


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
    if said.code == _DESTINATION and (found := re.search(r"HTTP (\d{3})$", said.message)):
        return PageStatus(Reason(ReasonCode.BROWSER_SAID, names=(said.message,)), int(found[1]))
    if status == 401:
        return FetchError(Reason(ReasonCode.CAMOFOX_KEY, names=(who,)), status)
    if status == 404 and not said.is_json:
        if route in ("evaluate", "snapshot"):
            return NoEvaluate(Reason(ReasonCode.CAMOFOX_TOO_OLD, names=(who, route)), status)
        return FetchError(Reason(ReasonCode.CAMOFOX_WEB_PAGE, names=(who,)), status)
    if said.code in _LOST or status in (404, 410):
        return TabLost(
            Reason(ReasonCode.CAMOFOX_LOST_TAB, names=(who, said.code or said.message or str(status))), status
        )
    if status == 429:
        return Busy(Reason(ReasonCode.CAMOFOX_TABS, names=(who, said.message)), status)
    if said.code in _BUSY or status == 503:
        return Busy(Reason(ReasonCode.CAMOFOX_BUSY, names=(who, said.code or said.message or str(status))), status)
    if status == 400:
        return FetchError(Reason(ReasonCode.CAMOFOX_REFUSES, names=(who, said.message or "a bad request")), status)
    meaning = next((code for sign, code in _BROWSER_SAID if re.search(sign, said.message)), None)
    if meaning is not None:
        return (Busy if meaning in _PASSING else FetchError)(Reason(meaning), status)
    if said.message:
        return FetchError(Reason(ReasonCode.BROWSER_SAID, names=(said.message,)), status)
    return FetchError(Reason(ReasonCode.CAMOFOX_FAILED, names=(who, str(status))), status)
