"""Lemmy: a post and its comments, as version 0.19 gives them with separate counts, and version 1 without.

Posts and comments are numbered apart, so that a post's id is `post/12` here, as in its address.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from core.errors import PayloadError
from core.models import Flag, Post, PostStatus, Problem, Reading, Verdict
from core.readers.kit.details import alt_texts
from core.readers.kit.document import Document
from core.readers.kit.fields import JsonObject
from core.readers.kit.forums import markdown_links, score, unix_newlines, with_title, without_empty_ends
from core.readers.kit.readings import thread_reading, with_problems
from core.readers.kit.times import PostTime, post_time
from core.reasons import Reason, ReasonCode
from core.text.links import web_link

_LISTS = ("comments", "posts", "items")
_SINGLES = ("post_view", "comment_view")
_ZONE = re.compile(r"(?:[Zz]|[+-]\d\d:?\d\d)$")
_PICTURE = re.compile(r"[^?#]+\.(?:jpe?g|png|gif|webp|mp4|webm)(?:[?#]|$)|.+/pictrs/image/", re.IGNORECASE)


class LemmyReader:
    """Posts and comments of Lemmy instances as their JSON gives them."""

    name = "lemmy"
    title = "Lemmy JSON (a post, its comments, v0.19 and v1)"
    site = ""
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether each JSON value is a view of a post or a comment, or holds them."""
        return bool(document.parts) and all(_is_ours(part.value) for part in document.parts)

    def read(self, document: Document) -> list[Reading]:
        """One reading for each post."""
        problems: list[Problem] = []
        threads: dict[str, _Thread] = {}
        goes_on = False
        for part in document.parts:
            value = part.value
            # Of several pages the last one tells.
            goes_on = isinstance(value, dict) and bool(value.get("next_page"))
            for view in _views(value, part.place, problems, document.captured_at):
                comment, post = view.item("comment"), view.item("post")
                number = comment.id("post_id") if comment else ""
                number = number or (post.id("id") if post else "")
                if not number:
                    view.report("post", ReasonCode.POST_MISSING)
                    continue
                threads.setdefault(number, _Thread(f"post/{number}")).take(view, comment, post)
        if not threads:
            raise PayloadError(Reason(ReasonCode.LEMMY_WITHOUT_POST, names=(document.name,)))
        found = [thread.reading(self.name, goes_on) for thread in threads.values()]
        return with_problems(found, problems)


def _is_ours(value: object) -> bool:
    """Whether `value` is a view of a post or a comment, or holds them."""
    if isinstance(value, list):
        return any(map(_is_view, value[:20]))
    if not isinstance(value, dict):
        return False
    if _is_view(value) or any(_is_view(value.get(key)) for key in _SINGLES):
        return True
    lists = [held for key in _LISTS if isinstance(held := value.get(key), list)]
    return any(_is_view(one) for held in lists for one in held[:20])


def _is_view(value: object) -> bool:
    """Whether `value` is a post or a comment with its author."""
    if not isinstance(value, dict) or "creator" not in value:
        return False
    comment, post = value.get("comment"), value.get("post")
    if isinstance(comment, dict):
        return "path" in comment and "content" in comment
    return isinstance(post, dict) and "name" in post and "ap_id" in post


def _views(value: object, place: str, problems: list[Problem], captured_at: int | None) -> Iterator[JsonObject]:
    """The views in a JSON value."""
    values = {"items": value} if isinstance(value, list) else value if isinstance(value, dict) else {}
    whole = JsonObject(values, place, problems, captured_at)
    if _is_view(values):
        yield whole
        return
    for key in _SINGLES:
        yield from filter(None, [whole.item(key)])
    for key in _LISTS:
        if isinstance(values.get(key), list):
            yield from whole.items(key)


@dataclass(slots=True)
class _Thread:
    """A post and its comments as far as they are here."""

    root_id: str
    root: Post | None = None
    creators: dict[str, str] = field(default_factory=dict)
    """Accounts' ids -> handles."""
    author: str = ""
    """The id of the account that made the post."""
    comments: list[Post] = field(default_factory=list)

    def take(self, view: JsonObject, comment: JsonObject | None, post: JsonObject | None) -> None:
        """Take a view of a comment, or of the post itself."""
        creator, counts = view.item("creator"), view.item("counts")
        handle, name = _names(creator) if creator else (None, None)
        if creator and handle:
            self.creators[creator.id("id")] = handle
        if post:
            self.author = self.author or post.id("creator_id")
        if comment:
            self.comments.append(_comment(comment, counts or comment, self.root_id, handle, name))
            counts, handle, name = None, None, None
        # A comment brings the post that it is under, without that one's author.
        if post and (self.root is None or not comment):
            self.root = _post(post, counts or post, self.root_id, handle, name)

    def reading(self, name: str, goes_on: bool) -> Reading:
        """What is known of the post and its comments."""
        problems: list[Problem] = []
        author = (self.root.author if self.root else None) or self.creators.get(self.author)
        root = self.root.with_changes(author=author) if self.root else None
        answers = Counter(post.parent_id for post in self.comments)
        closed = sum(bool(post.replies) and not answers[post.id] for post in self.comments)
        posts = [*filter(None, [root]), *self.comments]
        answered = [post.id for post in self.comments if post.replies]
        reasons = [Reason(ReasonCode.NEXT_PAGE)] if goes_on else []
        if closed:
            reasons.append(Reason(ReasonCode.COMMENTS_WITHOUT_ANSWERS, (closed,)))
        claimed = root.replies if root else None
        posts, gone = without_empty_ends(posts, self.root_id, problems, answered)
        return thread_reading(
            name,
            self.root_id,
            posts,
            tool="Lemmy API",
            root_author=author,
            claimed=claimed,
            verdict=Verdict.UNKNOWN if claimed is None else Verdict.COMPLETE,
            reasons=reasons,
            problems=problems,
            gone=gone,
        )


def _names(creator: JsonObject) -> tuple[str | None, str | None]:
    """Handle and display name; the handle of an account from elsewhere has its instance."""
    name, shown = creator.handle("name"), creator.string("display_name")
    home = web_link(creator.values.get("actor_id") or creator.values.get("ap_id"))
    if name and home and creator.values.get("local") is False:
        try:
            name = f"{name}@{urlsplit(home).hostname or ''}".rstrip("@")
        except ValueError:
            creator.report("actor_id", ReasonCode.NO_ADDRESS)
    return name, shown if shown and shown != name else None


def _when(item: JsonObject) -> PostTime:
    """When it was made; older versions give UTC without saying so."""
    given = item.values.get("published_at") or item.values.get("published")
    if isinstance(given, str) and "T" in given and not _ZONE.search(given):
        return post_time(f"{given}Z", item.captured_at) or PostTime()
    return item.time("published_at", "published")


def _status(item: JsonObject) -> PostStatus:
    """Whether it is still shown."""
    if item.values.get("deleted") is True:
        return PostStatus.DELETED
    return PostStatus.UNAVAILABLE if item.values.get("removed") is True else PostStatus.LIVE


def _edited(item: JsonObject) -> list[Flag]:
    """The flag of what its author has edited."""
    return [Flag.EDITED_BEFORE] if item.values.get("updated") or item.values.get("updated_at") else []


def _comment(item: JsonObject, counts: JsonObject, root_id: str, author: str | None, author_name: str | None) -> Post:
    """The post that a comment is."""
    flags = _edited(item)
    status, time = _status(item), _when(item)
    text = unix_newlines(item.string("content") or "") if status is PostStatus.LIVE else ""
    links, images = markdown_links(text)
    above = (item.string("path") or "").split(".")[-2:-1]
    return Post(
        id=item.id("id", flags),
        text=text,
        author=author,
        author_name=author_name,
        parent_id=root_id if not above or above[0] in ("0", "") else above[0],
        **time.as_fields(),
        likes=score(counts, "score"),
        replies=counts.count("child_count", flags),
        url=item.link("ap_id"),
        media=images,
        links=links,
        status=status,
        flags=tuple(flags),
    )


def _post(item: JsonObject, counts: JsonObject, root_id: str, author: str | None, author_name: str | None) -> Post:
    """The post that the comments are under: its title, and its text where it has one."""
    flags = _edited(item)
    status, time = _status(item), _when(item)
    body = unix_newlines(item.string("body") or "")
    links, images = markdown_links(body)
    if target := web_link(item.values.get("url")):
        links, images = (links, (target, *images)) if _PICTURE.match(target) else ((target, *links), images)
    return Post(
        id=root_id,
        text=with_title(item.string("name"), body) if status is PostStatus.LIVE else "",
        author=author,
        author_name=author_name,
        **time.as_fields(),
        likes=score(counts, "score"),
        replies=counts.count("comments", flags),
        url=item.link("ap_id"),
        media=tuple(dict.fromkeys(images)),
        links=tuple(dict.fromkeys(links)),
        status=status,
        flags=tuple(flags),
        details=tuple(alt_texts([(item.string("alt_text"), item.link("url") if item.values.get("url") else None)])),
    )
