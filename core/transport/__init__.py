"""How a request reaches a server or a program, and how its answer comes back as bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol

from core.accepted import ADDRESS, ADDRESSES, YES_NO, Accepted, number
from core.models import Payload
from core.reasons import Reason


@dataclass(frozen=True, slots=True)
class Request:
    """One request to be made."""

    url: str
    """What is asked for, and what its payload is called; without credentials."""
    note: str = ""
    """What it is, for whoever watches: "the replies, page 3"."""
    kind: str = ""
    """What the source calls this kind of request, to know the answer by."""
    depth: int = 0
    """Asked after all that lies less deep."""
    statuses: tuple[int, ...] = ()
    """HTTP statuses other than 200 with which an answer comes too."""
    fallbacks: tuple["Request", ...] = ()
    """What to ask where this cannot be had; then it is not missed."""
    is_start: bool = False
    """Whether the thread begins here; what led to it is kept after it, if nothing else has been kept yet."""
    is_optional: bool = False
    """Whether nothing is missed where it cannot be had."""


def request_from(data: Mapping[str, Any]) -> Request:
    """The request that `dataclasses.asdict` has made plain data of; older libraries call its fallbacks `otherwise`."""
    fields = dict(data)
    fallbacks = fields.pop("otherwise", None) or fields.get("fallbacks", ())
    made = {"statuses": tuple(fields.get("statuses", ())), "fallbacks": tuple(map(request_from, fallbacks))}
    return Request(**{**fields, **made})


SOURCES_OF_X = ("nitter", "camofox", "x-tweet-fetcher", "fxtwitter")
_ORDER = Accepted(
    "a list of " + ", ".join(f'"{name}"' for name in SOURCES_OF_X),
    fits=lambda names: all(name in SOURCES_OF_X for name in names),
)
_COMMAND = Accepted(
    'a program and its arguments, such as ["python3", "/opt/x-tweet-fetcher/fetch_tweet.py"]',
    {"min_length": 1},
    lambda command: all(one and "\0" not in one for one in command),
)


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What a user can set about sources, and what is accepted for it in the settings file."""

    order: Annotated[tuple[str, ...], _ORDER] = SOURCES_OF_X
    """Which sources of X `auto` tries, and in which order."""
    nitter: Annotated[tuple[str, ...], ADDRESSES] = ()
    """The addresses of Nitter instances, of which the next is asked where one fails."""
    camofox: Annotated[str, ADDRESS] = "http://localhost:9377"
    """The address of the Camofox server."""
    fxtwitter: Annotated[str, ADDRESS] = "https://api.fxtwitter.com"
    x_tweet_fetcher: Annotated[tuple[str, ...], _COMMAND] = ()
    """The command of x-tweet-fetcher, as program and arguments; empty for the one that is found."""
    reddit: Annotated[str, ADDRESS] = "https://www.reddit.com"
    redlib: Annotated[str, ADDRESS] = ""
    """The address of a Redlib whose links are taken for Reddit's; empty for none."""
    hackernews: Annotated[str, ADDRESS] = "https://hn.algolia.com"
    hackernews_items: Annotated[str, ADDRESS] = "https://hacker-news.firebaseio.com"
    bluesky: Annotated[str, ADDRESS] = "https://public.api.bsky.app"
    github: Annotated[str, ADDRESS] = "https://api.github.com"
    fetch_timeout: Annotated[int, number(1, 3_600)] = 60
    """Seconds for one answer, to its last byte."""
    max_wait: Annotated[int, number(0, 86_400)] = 120
    """Seconds that a server may ask to be left alone before the fetch is broken off."""
    max_pages: Annotated[int, number(1, 100_000)] = 1_000
    """Answers to one fetch; a thread with more is partial."""
    deep: Annotated[bool, YES_NO] = True
    """Whether pages are asked for that hold only the answers to a reply."""
    max_answer_mb: Annotated[int, number(1, 2_048)] = 64
    """The largest answer that is read, unpacked, in MiB."""
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """A source's name -> its access key or token; appears nowhere but in the request's header."""


Notify = Callable[[Reason], None]
"""Is told what is waited for, again and again while it is."""


class Transport(Protocol):
    """What makes requests for a source."""

    async def fetch(self, request: Request) -> Payload:
        """The answer to a request.

        Raises FetchError where there is none, and Unreachable where there may be one later.
        """
        ...
