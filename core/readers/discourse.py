"""Discourse: a topic with its first posts, further pages of its posts, and the newest posts of a forum.

A post names the one it answers by that one's number in the topic, and what is answered, or the topic's first post, may
be on another page. So a post's id is its address here, `t/57/4`, which every page knows, and not the forum's number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import PayloadError
from core.models import Flag, Post, PostDetail, PostStatus, Problem, Reading, Verdict
from core.readers.kit.details import poll
from core.readers.kit.document import Document
from core.readers.kit.fields import JsonObject
from core.readers.kit.forums import with_title, without_empty_ends
from core.readers.kit.html_text import html_as_text, html_text
from core.readers.kit.readings import find_post, with_problems
from core.reasons import Reason, ReasonCode
from core.text.links import origin, web_link
from core.text.sites import site_of

_LIKE = 2
"""The action that is a like."""
_OWN_PICTURE = re.compile(r"/user_avatar/([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})/", re.IGNORECASE)
"""A picture that a user has put in; the forum's host is part of its path, also where another server keeps it."""
_SMALL_ACTION = 3
"""The type of a post that only notes that a topic was closed, pinned or the like."""


class DiscourseReader:
    """Topics of Discourse forums as their JSON gives them."""

    name = "discourse"
    title = "Discourse JSON (a topic, pages of its posts)"
    site = ""
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether each JSON value is a topic, a page of posts, or a post."""
        return bool(document.parts) and all(_is_ours(part.value) for part in document.parts)

    def read(self, document: Document) -> list[Reading]:
        """One reading for each topic."""
        problems: list[Problem] = []
        topics: dict[str, _Topic] = {}
        for part in document.parts:
            for whole, item in _posts(part.value, part.place, problems, document.captured_at):
                own = item.id("topic_id") if item else ""
                number = own or (whole.id("id") if "post_stream" in whole.values else "")
                if not number:
                    whole.report("topic_id", ReasonCode.TOPIC_MISSING)
                    continue
                topic = topics.setdefault(number, _Topic(number))
                topic.learn(whole)
                if item:
                    topic.take(item)
        if not any(topic.items for topic in topics.values()):
            raise PayloadError(Reason(ReasonCode.DISCOURSE_WITHOUT_POST, names=(document.name,)))
        found = [topic.reading(self.name, _site(document.name)) for topic in topics.values() if topic.items]
        return with_problems(found, problems)


def _is_ours(value: object) -> bool:
    """Whether `value` is a topic, a page of posts, or a post."""
    if isinstance(value, list):
        return any(map(_is_post, value[:20]))
    if not isinstance(value, dict):
        return False
    stream, latest = value.get("post_stream"), value.get("latest_posts")
    if isinstance(stream, dict):
        return isinstance(stream.get("posts"), list)
    return any(map(_is_post, latest[:20])) if isinstance(latest, list) else _is_post(value)


def _is_post(value: object) -> bool:
    """Whether `value` is one post."""
    return isinstance(value, dict) and "cooked" in value and "post_number" in value


def _posts(
    value: object, place: str, problems: list[Problem], captured_at: int | None
) -> Iterator[tuple[JsonObject, JsonObject | None]]:
    """Each post with what stands around it; a topic whose page has no post once without."""
    values = {"latest_posts": value} if isinstance(value, list) else value if isinstance(value, dict) else {}
    whole = JsonObject(values, place, problems, captured_at)
    if _is_post(values):
        yield whole, whole
    elif "latest_posts" in values:
        yield from ((whole, item) for item in whole.items("latest_posts"))
    elif stream := whole.item("post_stream"):
        yield whole, None
        yield from ((whole, item) for item in stream.items("posts"))


def _site(name: str) -> str | None:
    """The forum's address, where the payload is named by the link that it was fetched from."""
    link = web_link(name)
    return (origin(link) or None) if link else None


@dataclass(slots=True)
class _Topic:
    """A topic and its posts as far as they are here."""

    number: str
    title: str = ""
    slug: str = ""
    total: int | None = None
    views: int | None = None
    stream: list[str] = field(default_factory=list)
    """The ids of all posts, the first post's first."""
    items: list[JsonObject] = field(default_factory=list)
    notes: int = 0
    odd: list[Flag] = field(default_factory=list)

    def learn(self, whole: JsonObject) -> None:
        """Take what a page says of the topic."""
        values = whole.values
        if "post_stream" not in values or self.stream:
            return
        self.title = self.title or whole.string("title") or ""
        self.slug = self.slug or whole.string("slug") or ""
        self.total = whole.count("posts_count", []) if self.total is None else self.total
        self.views = whole.count("views", self.odd) if self.views is None else self.views
        inner = values["post_stream"]
        stream = inner.get("stream") if isinstance(inner, dict) else None
        self.stream = [str(one) for one in stream if type(one) is int] if isinstance(stream, list) else []

    def take(self, item: JsonObject) -> None:
        """Take one post, unless it is a note of what was done with the topic."""
        if item.values.get("post_type") == _SMALL_ACTION:
            self.notes += 1
            return
        self.title = self.title or (item.string("topic_title") or "")
        self.slug = self.slug or (item.string("topic_slug") or "")
        self.items.append(item)

    def reading(self, name: str, site: str | None) -> Reading:
        """What is known of the topic."""
        problems: list[Problem] = []
        root_id = f"t/{self.number}/1"
        made = [self._post(item, root_id, site) for item in self.items]
        posts, gone = without_empty_ends(made, root_id, problems)
        if self.notes:
            problems.append(Problem("posts", Reason(ReasonCode.TOPIC_NOTES, (self.notes,))))
        absent = len(set(self.stream) - {item.id("id") for item in self.items}) - self.notes
        reasons = []
        if absent > 0:
            reasons.append(Reason(ReasonCode.TOPIC_POSTS_MISSING, (absent,)))
        elif not self.stream:
            reasons.append(Reason(ReasonCode.PAGE_OF_TOPIC))
        claimed = None if self.total is None else max(0, self.total - 1 - self.notes)
        return Reading(
            format=name,
            root_id=root_id,
            posts=tuple(posts),
            tool="Discourse API",
            url=f"{site}/t/{self.slug or '-'}/{self.number}" if site else None,
            root_author=root.author if (root := find_post(made, root_id)) else None,
            claimed=claimed,
            verdict=Verdict.PARTIAL if reasons else Verdict.COMPLETE,
            reasons=tuple(reasons),
            problems=tuple(problems),
            site=site_of(site) if site else self._site_of_pictures(),
            gone=tuple(gone),
        )

    def _site_of_pictures(self) -> str:
        """The forum's host, as the addresses of its users' own pictures name it; empty where none does."""
        templates = (item.values.get("avatar_template") for item in self.items)
        found = (_OWN_PICTURE.search(one) for one in templates if isinstance(one, str))
        return next((match[1].lower() for match in found if match), "")

    def _post(self, item: JsonObject, root_id: str, site: str | None) -> Post:
        """The post that an entry of the topic's stream is."""
        number, flags = _number(item), list[Flag]()
        status = _status(item)
        cooked = item.string("cooked") or item.string("raw") or ""
        text, links, images = html_as_text(cooked) if status is PostStatus.LIVE else ("", (), ())
        time = item.time("created_at")
        author, author_name = item.handle("username"), item.string("name")
        if (item.count("version", []) or 1) > 1:
            flags.append(Flag.EDITED_BEFORE)
        is_root = number == 1
        return Post(
            id=f"t/{self.number}/{number}" if number else item.id("id", flags),
            text=with_title(self.title, text) if is_root else text,
            author=author,
            author_name=author_name if author_name and author_name != author else None,
            parent_id=None if is_root else self._parent(item, root_id),
            **time.as_fields(),
            likes=_likes(item, flags),
            replies=item.count("reply_count", flags),
            views=self.views if is_root else None,
            lang=item.language("locale"),
            url=f"{site}/t/{self.slug or '-'}/{self.number}/{number}" if site else None,
            media=images,
            links=links,
            status=status,
            flags=tuple(flags),
            details=tuple(_polls(item)),
        )

    def _parent(self, item: JsonObject, root_id: str) -> str:
        """The post that this one answers; the first one where it names none."""
        value = item.values.get("reply_to_post_number")
        if type(value) is not int or value == 1:
            return root_id
        return f"t/{self.number}/{value}"


def _polls(item: JsonObject) -> Iterator[PostDetail]:
    """The answers that a post's polls offer."""
    if isinstance(item.values.get("polls"), list):
        for asked in item.items("polls"):
            yield from poll(html_text(option.string("html") or "") for option in asked.items("options"))


def _number(item: JsonObject) -> int:
    """A post's place in its topic, from 1; 0 where it is unknown."""
    return item.count("post_number", []) or 0


def _status(item: JsonObject) -> PostStatus:
    """Whether the post is still shown."""
    values = item.values
    if values.get("user_deleted") is True or values.get("deleted_at"):
        return PostStatus.DELETED
    is_hidden = values.get("hidden") is True
    return PostStatus.UNAVAILABLE if values.get("cooked_hidden") is True or is_hidden else PostStatus.LIVE


def _likes(item: JsonObject, flags: list[Flag]) -> int | None:
    """The number of likes, which Discourse leaves out where there is none."""
    if not isinstance(item.values.get("actions_summary"), list):
        return item.count("like_count", flags)
    actions = [one for one in item.items("actions_summary") if one.values.get("id") == _LIKE]
    return next((one.count("count", flags) for one in actions if "count" in one.values), 0)
