"""Rechecking: whether quoted posts still stand at their source as they were captured.

What was asked and not answered is unknown: a time-out, a refusal or a rate limit says nothing of a post.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from core.errors import FetchError, PayloadError
from core.models import Payload, Post
from core.plugs import PlugKind
from core.thread.rechecks import RecheckFinding, RecheckOutcome
from core.transport import Request, SourceSettings


class Recheck(Protocol):
    """One network's way to look at posts again."""

    name: str
    """As in RECHECKS or an entry point: the name of the source whose address and key are used."""
    batch_size: int
    """Posts that can be asked for at once."""

    def takes(self, post: Post, formats: frozenset[str]) -> bool:
        """Whether a post is of this network, as its id, its link and its thread's formats tell."""
        ...

    def ask(self, posts: Sequence[Post]) -> Request | None:
        """The request for posts; None where there is no address for them."""
        ...

    def judge(self, post: Post, answer: Payload | FetchError) -> RecheckFinding:
        """What an answer, or the error that came in its place, says of one of the posts that were asked for."""
        ...


RECHECKS: Mapping[str, str] = {
    "fxtwitter": "core.rechecking.networks:XRecheck",
    "hackernews": "core.rechecking.networks:HackerNewsRecheck",
    "reddit": "core.rechecking.networks:RedditRecheck",
    "bluesky": "core.rechecking.networks:BlueskyRecheck",
    "github": "core.rechecking.networks:GitHubRecheck",
    "mastodon": "core.rechecking.networks:MastodonRecheck",
    "lemmy": "core.rechecking.networks:LemmyRecheck",
    "discourse": "core.rechecking.networks:DiscourseRecheck",
}
"""Name of a source -> module and class, in the order in which they are asked whose a post is."""
RECHECK_PLUGS: PlugKind[Recheck] = PlugKind("recheck", RECHECKS, Recheck)


def recheck_of(post: Post, formats: frozenset[str], settings: SourceSettings) -> Recheck | None:
    """Who can look at a post again; None where nobody can."""
    return next(RECHECK_PLUGS.matching(lambda one: one.takes(post, formats), RECHECK_PLUGS.names(), settings), None)


def compare_posts(known: Post, found: Post) -> RecheckFinding:
    """What a post that is still there says: live, edited, or under another handle."""
    from core.models import PostStatus
    from core.text.names import is_same_account
    from core.text.spelling import TextVersion
    from core.text.versions import Relation, text_relation

    if found.status is not PostStatus.LIVE:
        outcomes = {
            PostStatus.DELETED: RecheckOutcome.DELETED,
            PostStatus.PROTECTED: RecheckOutcome.PROTECTED,
            PostStatus.SUSPENDED: RecheckOutcome.SUSPENDED,
        }
        return RecheckFinding(outcomes.get(found.status, RecheckOutcome.UNKNOWN), f"the source says: {found.status}")
    before, now = (TextVersion(one.text, one.losses, one.flags) for one in (known, found))
    if text_relation(before, now, alike=False) is Relation.EDITED:
        return RecheckFinding(RecheckOutcome.EDITED, found.text)
    if known.author and found.author and not is_same_account(known.author, found.author):
        return RecheckFinding(RecheckOutcome.RENAMED, f"@{found.author}")
    return RecheckFinding(RecheckOutcome.LIVE)


def read_again(known: Post, answer: Payload) -> Post | None:
    """The post in an answer, as the reader of its format has it; None where the answer lacks it.

    Raises PayloadError where the answer cannot be read.
    """
    from core.readers import read

    return next((post for reading in read(answer) for post in reading.posts if post.id == known.id), None)


def unknown_finding(error: FetchError | PayloadError) -> RecheckFinding:
    """What can be said where nothing came that says anything of a post."""
    return RecheckFinding(RecheckOutcome.UNKNOWN, str(error))
