"""Rechecking: whether quoted posts still stand at their source as they were captured.

What was asked and not answered is unknown: a time-out, a refusal or a rate limit says nothing of a post.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Protocol

from core.errors import FetchError, PayloadError
from core.models import Payload, Post
from core.sources import Ask, SourceSettings


class Outcome(StrEnum):
    """How a post stands at its source now."""

    LIVE = "live"
    EDITED = "edited"
    DELETED = "deleted"
    PROTECTED = "protected"
    """Its author shows it to some only."""
    SUSPENDED = "suspended"
    """Its author's account is closed by the network."""
    RENAMED = "renamed"
    """It stands as it was, under another handle."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at the source says of one post."""

    outcome: Outcome
    detail: str = ""
    """The source's own words, the other handle, or the other text."""


class Recheck(Protocol):
    """One network's way to look at posts again."""

    name: str
    """As in RECHECKS: the name of the source whose address and key are used."""
    most: int
    """Posts that can be asked for at once."""

    def takes(self, post: Post, formats: frozenset[str]) -> bool:
        """Whether a post is of this network, as its id, its link and its thread's formats tell."""
        ...

    def ask(self, posts: Sequence[Post]) -> Ask | None:
        """The request for posts; None where there is no address for them."""
        ...

    def judge(self, post: Post, answer: Payload | FetchError) -> Finding:
        """What an answer, or the error that came in its place, says of one of the posts that were asked for."""
        ...


RECHECKS: Mapping[str, str] = {
    "fxtwitter": "core.rechecking.networks:OfX",
    "hackernews": "core.rechecking.networks:HackerNews",
    "reddit": "core.rechecking.networks:Reddit",
    "bluesky": "core.rechecking.networks:Bluesky",
    "github": "core.rechecking.networks:GitHub",
    "mastodon": "core.rechecking.networks:Mastodon",
    "lemmy": "core.rechecking.networks:Lemmy",
    "discourse": "core.rechecking.networks:Discourse",
}
"""Name of a source -> module and class, in the order in which they are asked whose a post is."""


def recheck_of(post: Post, formats: frozenset[str], settings: SourceSettings) -> Recheck | None:
    """Who can look at a post again; None where nobody can."""
    return next((one for name in RECHECKS if (one := _made(name, settings)).takes(post, formats)), None)


def _made(name: str, settings: SourceSettings) -> Recheck:
    """The recheck `name`."""
    module, _, attribute = RECHECKS[name].partition(":")
    made: Recheck = getattr(import_module(module), attribute)(settings)
    return made


def compared(known: Post, found: Post) -> Finding:
    """What a post that is still there says: live, edited, or under another handle."""
    from core.models import PostStatus
    from core.text.versions import Relation, relation

    if found.status is not PostStatus.LIVE:
        outcomes = {
            PostStatus.DELETED: Outcome.DELETED,
            PostStatus.PROTECTED: Outcome.PROTECTED,
            PostStatus.SUSPENDED: Outcome.SUSPENDED,
        }
        return Finding(outcomes.get(found.status, Outcome.UNKNOWN), f"the source says: {found.status}")
    if relation(known.text, found.text, alike=False) is Relation.EDITED:
        return Finding(Outcome.EDITED, found.text)
    if known.author and found.author and known.author.casefold() != found.author.casefold():
        return Finding(Outcome.RENAMED, f"@{found.author}")
    return Finding(Outcome.LIVE)


def read_again(known: Post, answer: Payload) -> Post | None:
    """The post in an answer, as the reader of its format has it; None where the answer lacks it.

    Raises PayloadError where the answer cannot be read.
    """
    from core.readers import read

    return next((post for reading in read(answer) for post in reading.posts if post.id == known.id), None)


def refused(error: FetchError | PayloadError) -> Finding:
    """What can be said where nothing came that says anything of a post."""
    return Finding(Outcome.UNKNOWN, str(error))
