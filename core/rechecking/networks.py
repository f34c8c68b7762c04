"""How each network is asked for posts once more, and what its answers mean."""

import json
import re
from collections.abc import Sequence
from urllib.parse import quote

from core.errors import FetchError, PayloadError
from core.models import Payload, Post
from core.readers.kit.json_values import value_at
from core.rechecking import compare_posts, read_again, unknown_finding
from core.sources.reddit import reddit_home
from core.text.links import origin, split_link
from core.text.x_posts import linked_id, x_post
from core.thread.rechecks import RecheckFinding, RecheckOutcome
from core.transport import Request, SourceSettings

_GONE = frozenset({404, 410})
_TOMBSTONES = {
    "suspended": RecheckOutcome.SUSPENDED,
    "private": RecheckOutcome.PROTECTED,
    "protected": RecheckOutcome.PROTECTED,
    "blocked": RecheckOutcome.PROTECTED,
    "deleted": RecheckOutcome.DELETED,
}


class _Single:
    """Posts that are asked for one by one, and read as a thread's are."""

    batch_size = 1
    format = ""
    """That of the threads whose posts these are."""
    gone = _GONE
    """Statuses with which the source says that there is no such post."""
    closed = frozenset({403})
    """Statuses with which it says that not everybody may see it; 401 is about who asks, and says nothing of a post."""

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings

    def takes(self, post: Post, formats: frozenset[str]) -> bool:
        """Whether the thread was captured in this network's format, and the post has an address."""
        return self.format in formats and post.url is not None

    def judge(self, post: Post, answer: Payload | FetchError) -> RecheckFinding:
        """What an answer says of the post."""
        if isinstance(answer, FetchError):
            if answer.status in self.gone:
                return RecheckFinding(RecheckOutcome.DELETED, str(answer))
            return (
                RecheckFinding(RecheckOutcome.PROTECTED, str(answer))
                if answer.status in self.closed
                else unknown_finding(answer)
            )
        try:
            found = self.found(post, answer)
        except PayloadError as error:
            return unknown_finding(error)
        return (
            RecheckFinding(RecheckOutcome.UNKNOWN, "the answer lacks the post")
            if found is None
            else compare_posts(post, found)
        )

    def found(self, post: Post, answer: Payload) -> Post | None:
        """The post in an answer. Raises PayloadError."""
        return read_again(post, answer)


class XRecheck(_Single):
    """Looks at posts of X again, by FxTwitter."""

    name = "fxtwitter"

    def takes(self, post: Post, _formats: frozenset[str]) -> bool:
        """Whether its link is one to X."""
        return post.url is not None and x_post(post.url) is not None

    def ask(self, posts: Sequence[Post]) -> Request | None:
        """The post's status; a post that is gone comes with a word on why."""
        (post,) = posts
        api, id = self._settings.fxtwitter.rstrip("/"), linked_id(post.url)
        return Request(f"{api}/{quote(post.author or 'i')}/status/{id}", statuses=(401, 404)) if id else None

    def judge(self, post: Post, answer: Payload | FetchError) -> RecheckFinding:
        """What FxTwitter says: a post, a tombstone with its reason, or a code."""
        if isinstance(answer, FetchError):
            return unknown_finding(answer)
        try:
            value = json.loads(answer.data)
        except (ValueError, RecursionError):
            return RecheckFinding(RecheckOutcome.UNKNOWN, "FxTwitter answered with no JSON")
        code, message, reason = (value_at(value, key) for key in ("code", "message", "reason"))
        reason = value_at(value, "tweet", "reason") or reason
        if isinstance(reason, str) and reason in _TOMBSTONES:
            return RecheckFinding(_TOMBSTONES[reason], f"FxTwitter says: {reason}")
        if code == 401 or message == "PRIVATE_TWEET":
            return RecheckFinding(RecheckOutcome.PROTECTED, f"FxTwitter says: {message}")
        if code == 404:
            return RecheckFinding(RecheckOutcome.DELETED, f"FxTwitter says: {message or 'NOT_FOUND'}")
        return super().judge(post, answer)


class HackerNewsRecheck(_Single):
    """Looks at items of Hacker News again."""

    name = "hackernews"
    format = "hackernews"

    def ask(self, posts: Sequence[Post]) -> Request | None:
        """The request for the first of the posts, as an item by itself."""
        return Request(f"{self._settings.hackernews_items.rstrip('/')}/v0/item/{quote(posts[0].id)}.json")

    def judge(self, post: Post, answer: Payload | FetchError) -> RecheckFinding:
        """What the item says; the API answers null for what it does not have."""
        if isinstance(answer, Payload):
            if answer.data.strip() == b"null":
                return RecheckFinding(RecheckOutcome.DELETED, "the source has no such item")
            if b'"dead":true' in answer.data.replace(b" ", b""):
                return RecheckFinding(RecheckOutcome.DELETED, "killed by the moderators or by flags")
        return super().judge(post, answer)


class RedditRecheck(_Single):
    """Looks at posts and comments of Reddit again."""

    name = "reddit"
    format = "reddit"
    batch_size = 100
    # It turns away programs, whatever they ask for.
    closed = frozenset()

    def ask(self, posts: Sequence[Post]) -> Request | None:
        """All of them at once."""
        ids = ",".join(post.id for post in posts if re.fullmatch(r"t[13]_\w{1,20}", post.id))
        return Request(f"{reddit_home(self._settings)}/api/info.json?raw_json=1&id={ids}") if ids else None

    def judge(self, post: Post, answer: Payload | FetchError) -> RecheckFinding:
        """What the listing says; it leaves out what there is not."""
        if isinstance(answer, Payload) and f'"{post.id}"'.encode() not in answer.data:
            return RecheckFinding(RecheckOutcome.DELETED, "the source does not list it any more")
        return super().judge(post, answer)


class BlueskyRecheck(_Single):
    """Looks at posts of Bluesky again."""

    name = "bluesky"
    format = "bluesky"

    def ask(self, posts: Sequence[Post]) -> Request | None:
        """The request for the first of the posts, without what it answers and what answers it."""
        asked = f"uri={quote(posts[0].id, safe='')}&depth=0&parentHeight=0"
        return Request(
            f"{self._settings.bluesky.rstrip('/')}/xrpc/app.bsky.feed.getPostThread?{asked}", statuses=(400,)
        )

    def judge(self, post: Post, answer: Payload | FetchError) -> RecheckFinding:
        """What the thread says; a post that is gone is an error, or a node that stands for it."""
        told = answer.data if isinstance(answer, Payload) else b""
        if b'"NotFound"' in told or b"#notFoundPost" in told:
            return RecheckFinding(RecheckOutcome.DELETED, "the source says: not found")
        if b"#blockedPost" in told:
            return RecheckFinding(RecheckOutcome.PROTECTED, "the source says: blocked")
        return super().judge(post, answer)


class GitHubRecheck(_Single):
    """Looks at issues of GitHub and the comments on them again."""

    name = "github"
    format = "github"

    def ask(self, posts: Sequence[Post]) -> Request | None:
        """The issue or the comment, as the link's end says which."""
        (post,) = posts
        parts = split_link(post.url or "")
        found = re.fullmatch(r"/([\w.-]+/[\w.-]+)/(issues|pull)/(\d+)", parts.path) if parts else None
        if parts is None or found is None:
            return None
        api = f"{self._settings.github.rstrip('/')}/repos/{found[1]}"
        if remark := re.fullmatch(r"issuecomment-(\d+)", parts.fragment):
            return Request(f"{api}/issues/comments/{remark[1]}")
        if remark := re.fullmatch(r"discussion_r(\d+)", parts.fragment):
            return Request(f"{api}/pulls/comments/{remark[1]}")
        return None if parts.fragment else Request(f"{api}/issues/{found[3]}")


class MastodonRecheck(_Single):
    """Looks at statuses of Mastodon and its kin again."""

    name = "mastodon"
    format = "mastodon"

    def ask(self, posts: Sequence[Post]) -> Request | None:
        """The status, on the server that its page is on."""
        (post,) = posts
        return Request(f"{origin(post.url)}/api/v1/statuses/{quote(post.id)}") if post.url else None

    def judge(self, post: Post, answer: Payload | FetchError) -> RecheckFinding:
        """What the server says; it knows those of others by numbers of its own, so that a miss there says nothing."""
        if isinstance(answer, FetchError) and answer.status in self.gone and not (post.url or "").endswith(post.id):
            return RecheckFinding(
                RecheckOutcome.UNKNOWN, "its own server does not know the number that this capture has"
            )
        return super().judge(post, answer)


class LemmyRecheck(_Single):
    """Looks at posts and comments of Lemmy again."""

    name = "lemmy"
    format = "lemmy"
    gone = frozenset({400, 404, 410})

    def ask(self, posts: Sequence[Post]) -> Request | None:
        """The post or the comment, on the instance that its page is on."""
        found = re.fullmatch(r"(.*)/(post|comment)/(\d+)", posts[0].url or "")
        return Request(f"{origin(found[1])}/api/v3/{found[2]}?id={found[3]}") if found else None

    def found(self, post: Post, answer: Payload) -> Post | None:
        """The post; on its own instance it may have another number."""
        from core.readers import read

        posts = [one for reading in read(answer) for one in reading.posts]
        return next((one for one in posts if post.url in (one.url, one.id) or one.id == post.id), None)


class DiscourseRecheck(_Single):
    """Looks at posts of Discourse forums again."""

    name = "discourse"
    format = "discourse"

    def ask(self, posts: Sequence[Post]) -> Request | None:
        """The post by its number in the topic; before, a post was known by its number in the forum."""
        (post,) = posts
        if not post.url:
            return None
        if numbered := re.fullmatch(r"t/(\d+/\d+)", post.id):
            return Request(f"{origin(post.url)}/posts/by_number/{numbered[1]}.json")
        return Request(f"{origin(post.url)}/posts/{post.id}.json") if post.id.isdecimal() else None

    def found(self, post: Post, answer: Payload) -> Post | None:
        """The one post of the answer, which a library may know by its number in the forum. Raises PayloadError."""
        from core.readers import read

        posts = [one for reading in read(answer) for one in reading.posts]
        return posts[0] if len(posts) == 1 else read_again(post, answer)
