"""Sources: from a link to payloads. A source is one file, and one line in SOURCES or an entry point elsewhere.

A source knows what to ask for and what an answer leads to; a transport does the asking, over HTTP, through a browser or
by another program. What is still to be asked is plain data, so that a fetch that was broken off goes on from there.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from itertools import chain
from typing import Protocol, runtime_checkable

from core.models import Payload, Reading
from core.plugs import PlugKind
from core.reasons import Reason, ReasonCode
from core.transport import SOURCES_OF_X, Notify, Request, SourceSettings, Transport


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

    def follow(self, request: Request, payload: Payload) -> Sequence[Request]:
        """What the answer to `request` leads to; requests that have been made before are not made again.

        Raises FetchError or PayloadError where it is no answer of this source.
        """
        ...

    def transport(self, notify: Notify) -> AbstractAsyncContextManager[Transport]:
        """What makes the requests; whatever it opens is closed at the end."""
        ...


@runtime_checkable
class RemarksOnReading(Protocol):
    """A source that knows why what it gave of a thread is less than there is, where no answer says so."""

    def remarks(self, link: str, reading: Reading, missed: Sequence[Reason]) -> Sequence[Reason]:
        """Why the thread of `link` is partial; `missed` is why some of the answers could not be had."""
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
    """The sources that take `link`: of those of X the ones that the user names and no other, in the user's order."""
    names = chain(settings.order, (name for name in SOURCE_PLUGS.names() if name not in SOURCES_OF_X))
    return SOURCE_PLUGS.matching(lambda one: one.takes(link), names, settings)
