"""Posts that come mixed or in no order, parted into the threads that they belong to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from core.models import Post, Problem, Reading
from core.readers.kit.readings import thread_reading, with_problems
from core.reasons import Reason


def root_ids(posts: Iterable[Post], conversations: Mapping[str, str]) -> dict[str, str]:
    """A post's id -> the id of the root of its thread.

    `conversations` has, by a post's id, the root that the source itself names. Where it names none, the chain of
    parents leads there, and the last that it names is the root. Of a post that comes twice the first copy counts.
    """
    parents: dict[str, str | None] = {}
    for post in posts:
        parents.setdefault(post.id, post.parent_id)
    roots = dict(conversations)
    for post_id in parents:
        path: dict[str, None] = {}
        while post_id not in roots and post_id not in path:
            path[post_id] = None
            post_id = parents.get(post_id) or post_id
        roots.update(dict.fromkeys(path, roots.get(post_id, post_id)))
    return roots


def part_posts(posts: Iterable[Post], conversations: Mapping[str, str]) -> dict[str, list[Post]]:
    """Root's id -> the posts of its thread, both in the order in which they come; see `root_ids`."""
    posts = list(posts)
    roots = root_ids(posts, conversations)
    threads: dict[str, list[Post]] = {}
    for post in posts:
        threads.setdefault(roots[post.id], []).append(post)
    return threads


def join_conversations(conversations: dict[str, str], post_ids: Collection[str]) -> None:
    """Note in `conversations` that posts are of one thread, and with them all that are of a thread with one of them."""
    known = dict.fromkeys(conversations[post_id] for post_id in post_ids if post_id in conversations)
    root_id = next(iter(known or post_ids), "")
    if len(known) > 1:
        conversations.update({post_id: root_id for post_id, other in conversations.items() if other in known})
    conversations.update(dict.fromkeys(post_ids, root_id))


class PostInThread(NamedTuple):
    """A post with what its source says about where it stands."""

    post: Post
    conversation: str
    """The id of the post that began the conversation; empty where the source does not say."""
    answered: str | None = None
    """The handle of the account that the post answers."""
    earlier: Iterable[str] = ()
    """The ids that the post had before it was edited."""


@dataclass(slots=True)
class GatheredPosts:
    """Posts as a reader comes across them, with what they tell of posts that may be missing."""

    posts: list[Post] = field(default_factory=list)
    conversations: dict[str, str] = field(default_factory=dict)
    """A post's id -> the conversation that the source puts it in."""
    handles: dict[str, str] = field(default_factory=dict)
    """A post's id -> its author, as those say who answer it."""
    versions: dict[str, str] = field(default_factory=dict)
    """The id that a post had before it was edited -> its id."""

    def add(self, post: Post, conversation: str, answered: str | None = None, earlier: Iterable[str] = ()) -> None:
        """Take a post with what its source says about where it stands; see PostInThread."""
        self.versions.update(dict.fromkeys(earlier, post.id))
        self.posts.append(post)
        if conversation:
            self.conversations.setdefault(post.id, conversation)
        if answered and post.parent_id:
            self.handles.setdefault(post.parent_id, answered)

    def readings(
        self,
        format: str,
        tool: str,
        *,
        reasons: Iterable[Reason] = (),
        problems: Iterable[Problem] = (),
        captured_at: int | None = None,
    ) -> list[Reading]:
        """One reading for each conversation, each with the same `reasons`; the first has the problems."""
        self.join_versions()
        conversations = self._of_missing_parents() | self.conversations
        found = [
            thread_reading(
                format,
                root_id,
                posts,
                tool=tool,
                reasons=reasons,
                root_author=self.handles.get(root_id),
                captured_at=captured_at,
            )
            for root_id, posts in part_posts(self.posts, conversations).items()
        ]
        return with_problems(found, problems)

    def join_versions(self) -> None:
        """Let what answers an earlier version of a post answer the one that is here."""
        for post in self.posts:
            self.versions.pop(post.id, None)
        if not self.versions:
            return
        latest = self.versions.get
        self.posts = [
            post.with_changes(parent_id=latest(post.parent_id, post.parent_id))
            if post.parent_id in self.versions
            else post
            for post in self.posts
        ]
        self.conversations = {post_id: latest(root, root) for post_id, root in self.conversations.items()}

    def _of_missing_parents(self) -> dict[str, str]:
        """The conversations of posts that say nothing themselves, for they are gone, by what answers them."""
        return {
            post.parent_id: self.conversations[post.id]
            for post in reversed(self.posts)
            if post.parent_id and post.parent_id not in self.conversations and post.id in self.conversations
        }
