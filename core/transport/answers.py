"""What a server answers, and what its status means: an answer, a failure that may pass, or a refusal."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from core.errors import FetchError
from core.readers.kit.fetcher_errors import what_it_says
from core.readers.kit.page_kinds import is_rate_limit
from core.reasons import Reason, ReasonCode
from core.transport.addresses import spoken_host
from core.transport.rate_limits import rest_wanted
from core.transport.statuses import status_words

_EXCERPT = 200
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses that may be others in a while."""
_MAYBE_LIMITS = frozenset({400, 401, 403, 420})
"""Statuses that some servers give for too many requests, and say so in their headers or words."""
_REFUSALS = {
    401: ReasonCode.REFUSED_KEY,
    403: ReasonCode.REFUSED_ACCESS,
    404: ReasonCode.REFUSED_GONE,
    410: ReasonCode.REFUSED_FOR_EVER,
    451: ReasonCode.REFUSED_BY_LAW,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one request."""

    url: str
    """What was asked for in the end, after redirects."""
    status: int | None
    """None where a browser does not tell it."""
    data: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in lower case."""


class TryAgain(Exception):
    """A failure that may pass; `wait` is what the server asked for, in seconds."""

    def __init__(self, reason: Reason, wait: float | None = None, *, is_limit: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait
        self.is_limit = is_limit
        """Whether there were too many requests, so that it is long until there may be another."""


def accept(answer: Answer, statuses: Collection[int] = ()) -> None:
    """Take an answer as one; `statuses` are those besides 200 with which it is one too.

    Raises TryAgain for a status that may pass, a rate limit among them under whatever status, else FetchError.
    """
    status = answer.status
    if status is None or status == HTTPStatus.OK or status in statuses:
        return
    is_limit = status == HTTPStatus.TOO_MANY_REQUESTS or (status in _MAYBE_LIMITS and is_limited(answer))
    said = _answer_was(status, answer.data)
    if is_limit or status in _PASSING:
        raise TryAgain(said, rest_wanted(answer.headers, is_refused=True), is_limit=is_limit)
    code = _REFUSALS.get(status, ReasonCode.REFUSED)
    raise FetchError(Reason(code, names=(spoken_host(answer.url),), causes=(said,)), status)


def excerpt(text: str) -> str:
    """The beginning of a text from outside, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[:_EXCERPT] + "…"


def is_limited(answer: Answer) -> bool:
    """Whether a refusal is for too many requests, as GitHub and others say with a status of their own."""
    headers = answer.headers
    return "retry-after" in headers or rest_wanted(headers) is not None or is_rate_limit(_told(answer.data))


def _answer_was(status: int, data: bytes) -> Reason:
    """A status, and what the server says with it."""
    told = _told(data)
    code = ReasonCode.ANSWER_WAS_SAYING if told else ReasonCode.ANSWER_WAS
    return Reason(code, names=(status_words(status), told))


def _told(data: bytes) -> str:
    """What a server says, short enough for a sentence that goes on."""
    return excerpt(what_it_says(data)).rstrip(".")
