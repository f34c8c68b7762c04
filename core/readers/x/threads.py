"""What scrapers of X tell post by post, as one reading for each conversation."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from core.models import Post, Problem, Reading, Verdict
from core.readers.kit.conversations import conversations
from core.reasons import Reason, ReasonCode


class ScrapedPost(NamedTuple):
    """A post with what its source says about where it stands."""

    post: Post
    conversation: str
    """The id of the post that began the conversation; empty where the source does not say."""
    answered: str | None = None
    """The handle of the account that the post answers."""


def readings(
    told: Sequence[ScrapedPost], *, format: str, tool: str, problems: Iterable[Problem] = (), leads_on: bool = False
) -> list[Reading]:
    """One reading for each conversation, in the order in which they come; the first one has the problems.

    `leads_on` says that the source has further posts.
    """
    named = {one.post.id: one.conversation for one in told if one.conversation}
    for one in told:
        # A post that is gone says nothing, but those that answer it do.
        if one.conversation and one.post.parent_id:
            named.setdefault(one.post.parent_id, one.conversation)
    answered = {one.post.parent_id: one.answered for one in told if one.answered}
    threads = conversations((one.post for one in told), named)
    found = []
    for root_id, posts in threads.items():
        root = next((post for post in posts if post.id == root_id), None)
        found.append(
            Reading(
                format=format,
                root_id=root_id,
                posts=tuple(posts),
                tool=tool,
                url=root.url if root else None,
                root_author=root.author if root else answered.get(root_id),
                claimed=root.replies if root else None,
                verdict=Verdict.PARTIAL if leads_on else Verdict.UNKNOWN,
                reasons=(Reason(ReasonCode.FURTHER_REPLY_PAGES),) if leads_on else (),
            )
        )
    return [replace(found[0], problems=tuple(problems)), *found[1:]]
