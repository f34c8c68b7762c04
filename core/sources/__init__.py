"""Sources: from a link to payloads. A source is one file, and one line in SOURCES or an entry point elsewhere.

A source knows what to ask for and what an answer leads to; a carrier does the asking, over HTTP, through a browser or
by another program. What is still to be asked is plain data, so that a fetch that was broken off goes on from there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol

from core.models import Payload
from core.plugs import PlugKind
from core.reasons import ReasonCode


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


class Source(Protocol):
    """One way to a thread."""

    name: str
    """As in SOURCES or the entry point, and as kept with a capture."""
    title: str
    """As people call it."""
    formats: tuple[str, ...]
    """The readers' names of what it answers."""
    fetches: str
    """What it fetches, in a few words."""
    reasons_settled_by_all_pages: frozenset[ReasonCode] | None
    """The reasons for which one of its answers is partial, and all of them together are not.

    None where even all of them do not prove that there is no more.
    """

    def takes(self, link: str) -> bool:
        """Whether it can fetch what `link` leads to, as far as the link tells."""
        ...

    def begin(self, link: str) -> Sequence[Request]:
        """What to ask first. Raises FetchError where the settings lack what is needed."""
        ...

    def follow(self, ask: Request, payload: Payload) -> Sequence[Request]:
        """What the answer to `ask` leads to; requests that have been made before are not made again.

        Raises FetchError or PayloadError where it is no answer of this source.
        """
        ...

    def carrier(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """What makes the requests; whatever it opens is closed at the end."""
        ...


SOURCES: Mapping[str, str] = {
    "nitter": "core.sources.nitter:NitterSource",
    "camofox": "core.sources.camofox:CamofoxSource",
    "x-tweet-fetcher": "core.sources.x_tweet_fetcher:XTweetFetcherSource",
    "fxtwitter": "core.sources.fxtwitter:FxTwitterSource",
    "hackernews": "core.sources.hackernews:HackerNewsSource",
    "reddit": "core.sources.reddit:RedditSource",
    "bluesky": "core.sources.bluesky:BlueskySource",
    "github": "core.sources.github:GitHubSource",
    "mastodon": "core.sources.mastodon:MastodonSource",
    "lemmy": "core.sources.lemmy:LemmySource",
    "discourse": "core.sources.discourse:DiscourseSource",
}
"""Name of a source -> module and class, made with the settings; in the order in which they are asked about a link."""
SOURCE_PLUGS: PlugKind[Source] = PlugKind("source", SOURCES, Source)


def source(name: str, settings: SourceSettings) -> Source:
    """The source `name`. Raises PlugError where there is none, or its package is broken."""
    return SOURCE_PLUGS.load(name, settings)


def sources_for(link: str, settings: SourceSettings) -> Iterator[Source]:
    """The sources that take `link`: those in the user's order first, those of other packages last."""
    names = chain(settings.order, (name for name in SOURCE_PLUGS.names() if name not in settings.order))
    return SOURCE_PLUGS.matching(lambda one: one.takes(link), names, settings)
