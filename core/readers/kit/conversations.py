"""Posts in no order, sorted into the conversations that they belong to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.models import Post, Reading, Verdict


def conversations(posts: Iterable[Post], named: Mapping[str, str]) -> dict[str, list[Post]]:
    """Root's id -> posts, in the order in which they come.

    `named` has, by a post's id, the conversation that the source puts it in. Where the source does not say, the chain
    of parents leads there, and the last that it names is the root.
    """
    posts = list(posts)
    parents = {post.id: post.parent_id for post in reversed(posts)}
    roots = dict(named)
    found: dict[str, list[Post]] = {}
    for post in posts:
        path: dict[str, None] = {}
        here = post.id
        while here not in roots and here not in path:
            path[here] = None
            here = parents.get(here) or here
        root = roots.get(here, here)
        roots.update(dict.fromkeys(path, root))
        found.setdefault(root, []).append(post)
    return found


@dataclass(slots=True)
class GatheredPosts:
    """Posts as a reader comes across them, with what they tell of posts that may be missing."""

    posts: list[Post] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    """A post's id -> the conversation that the source puts it in."""
    handles: dict[str, str] = field(default_factory=dict)
    """A post's id -> its author, as those say who answer it."""
    versions: dict[str, str] = field(default_factory=dict)
    """The id that a post had before it was edited -> its id."""

    def add(self, post: Post, conversation: str, answered: str | None, earlier: Iterable[str] = ()) -> None:
        """Take a post, with its conversation (empty where unknown), the handle that it answers, its earlier ids."""
        self.versions.update(dict.fromkeys(earlier, post.id))
        self.posts.append(post)
        if conversation:
            self.named.setdefault(post.id, conversation)
        if answered and post.parent_id:
            self.handles.setdefault(post.parent_id, answered)

    def readings(self, told: Reading) -> list[Reading]:
        """One reading for each conversation, each with what `told` has; only the first has its problems."""
        self.join_versions()
        found = conversations(self.posts, self.named).items()
        return [
            self.reading(replace(told, root_id=root, problems=() if number else told.problems), posts)
            for number, (root, posts) in enumerate(found)
        ]

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
        self.named = {post_id: latest(root, root) for post_id, root in self.named.items()}

    def reading(self, told: Reading, posts: Sequence[Post]) -> Reading:
        """`told` with the posts of its thread and what they say of the root."""
        root = next((post for post in posts if post.id == told.root_id), None)
        return replace(
            told,
            posts=tuple(posts),
            url=root.url if root else None,
            root_author=(root.author if root else None) or self.handles.get(told.root_id),
            claimed=root.replies if root else None,
            verdict=Verdict.PARTIAL if told.reasons else told.verdict,
        )
