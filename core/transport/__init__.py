"""How a request reaches a server or a program, and how its answer comes back as bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from core.models import Payload


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
    otherwise: tuple["Request", ...] = ()
    """What to ask where this cannot be had; then it is not missed."""


def request_from(told: Mapping[str, Any]) -> Request:
    """The request that `dataclasses.asdict` has made plain data of."""
    otherwise = tuple(map(request_from, told.get("otherwise", ())))
    return Request(**{**told, "statuses": tuple(told.get("statuses", ())), "otherwise": otherwise})


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What a user can set about sources."""

    order: tuple[str, ...] = ("nitter", "camofox", "x-tweet-fetcher", "fxtwitter")
    """In which order `auto` tries the sources of X."""
    nitter: str = ""
    """The address of a Nitter instance; empty for none."""
    camofox: str = "http://localhost:9377"
    """The address of the Camofox server."""
    fxtwitter: str = "https://api.fxtwitter.com"
    x_tweet_fetcher: tuple[str, ...] = ()
    """The command of x-tweet-fetcher, as program and arguments; empty for the one that is found."""
    reddit: str = "https://www.reddit.com"
    hackernews: str = "https://hn.algolia.com"
    hackernews_items: str = "https://hacker-news.firebaseio.com"
    bluesky: str = "https://public.api.bsky.app"
    github: str = "https://api.github.com"
    fetch_timeout: int = 60
    """Seconds for one answer, to its last byte."""
    max_wait: int = 120
    """Seconds that a server may ask to be left alone before the fetch is broken off."""
    max_pages: int = 1_000
    """Answers to one fetch; a thread with more is partial."""
    deep: bool = True
    """Whether pages are asked for that hold only the answers to a reply."""
    max_answer_mb: int = 64
    """The largest answer that is read, unpacked, in MiB."""
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """A source's name -> its access key or token; appears nowhere but in the request's header."""


Notify = Callable[[str], None]
"""Is told what is waited for, in a sentence, again and again while it is."""


class Transport(Protocol):
    """What makes requests for a source."""

    async def carry(self, ask: Request) -> Payload:
        """The answer to a request.

        Raises FetchError where there is none, and Unreachable where there may be one later.
        """
        ...
