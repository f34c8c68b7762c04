"""Pages of Bilibili's comments: a page of comments with some of the answers to each, or the answers to one comment.

A comment's `parent` is 0 where it answers the video, article or post itself, which is not in the page.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from core.errors import PayloadError
from core.models import DetailKind, Flag, Post, PostDetail, Problem, Reading, Verdict
from core.readers.kit.details import detail
from core.readers.kit.document import Document
from core.readers.kit.entities import unescaped
from core.readers.kit.entries import first_objects, json_objects
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.fields import CountKeys, JsonObject
from core.readers.kit.readings import thread_reading, with_problems
from core.reasons import Reason, ReasonCode
from core.text.links import web_link

_COUNTS: CountKeys = {"likes": "like", "replies": ("rcount", "count")}

_LISTS = ("top_replies", "hots", "replies")
_PINNED = ("upper", "admin", "vote")
"""Where a page keeps the comments that are pinned above the others."""
_PLACES = {
    "1": ("av", "https://www.bilibili.com/video/av{}"),
    "11": ("", "https://t.bilibili.com/{}"),
    "12": ("cv", "https://www.bilibili.com/read/cv{}"),
    "17": ("", "https://t.bilibili.com/{}"),
}
"""The type of what is commented on -> what its number begins with, and its page."""


class _Topic(NamedTuple):
    """The video, article or post that comments are on."""

    id: str
    url: str | None


class BilibiliReader:
    """The JSON of Bilibili's comments."""

    name = "bilibili"
    title = "Bilibili comments (pages of the reply API)"
    site = "bilibili.com"
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether every value is a page with comments, or a comment."""
        values = first_objects(document)
        return any(map(_is_told, values)) and all(map(_is_page_or_comment, values))

    def read(self, document: Document) -> list[Reading]:
        """One reading for each video, article or post that is commented on, in all pages of the document."""
        problems: list[Problem] = []
        threads: dict[_Topic, _Comments] = {}
        for page in json_objects(document, problems):
            message = fetcher_message(page.values)
            if message and page.values is document.value:
                raise fetcher_error(message, document.name)
            _take(_inside(page), threads)
        if not threads:
            raise PayloadError(Reason(ReasonCode.BILIBILI_WITHOUT_COMMENT, names=(document.name,)))
        return with_problems([thread.reading(self.name, topic) for topic, thread in threads.items()], problems)


def _inside(page: JsonObject) -> JsonObject:
    """The page or the single comment in an answer's envelope."""
    for key in ("data", "reply"):
        inner = page.values.get(key)
        if isinstance(inner, dict) and (key == "data" or "rpid" in inner) and (found := page.item(key)):
            page = found
    return page


def _is_single(value: Mapping[str, object]) -> bool:
    """Whether an object is a comment, or the answer of an interface that gives one."""
    data = value.get("data")
    return "rpid" in value or (
        isinstance(data, dict) and ("rpid" in data or (isinstance(data.get("reply"), dict) and "rpid" in data["reply"]))
    )


def _is_page_or_comment(value: Mapping[str, object]) -> bool:
    """Whether an object is a comment, or a page of them with or without the envelope."""
    data = value.get("data", value)
    if _is_single(value):
        return True
    if data is None:
        return "code" in value
    return isinstance(data, dict) and any(key in data for key in _LISTS) and ("page" in data or "cursor" in data)


def _is_told(value: Mapping[str, object]) -> bool:
    """Whether an object is a comment, or has one, or is a page that says it has none."""
    if _is_single(value):
        return True
    data = value.get("data", value)
    if not isinstance(data, dict):
        return False
    lists = [data[key] for key in _LISTS if isinstance(data.get(key), list)]
    if any(isinstance(one, dict) and "rpid" in one for found in lists for one in found):
        return True
    page = data.get("page", data.get("cursor"))
    # What a page without any comment has, and no page of another network.
    return isinstance(page, dict) and ("upper" in data or "acount" in page or "all_count" in page)


def _take(data: JsonObject, threads: dict[_Topic, "_Comments"]) -> None:
    """Sort a page's comments to what they comment on."""
    topic: _Topic | None = None
    for comment in _comments(data):
        topic = _topic(comment)
        threads.setdefault(topic, _Comments(topic)).add(comment)
    if topic is not None and "rpid" not in data.values:
        threads[topic].add_page(data)


def _comments(data: JsonObject) -> Iterator[JsonObject]:
    """The comments of a page and, behind each, the answers that it shows."""
    if "rpid" in data.values:
        yield from _with_answers(data)
        return
    root = data.item("root") if isinstance(data.values.get("root"), dict) else None
    if root:
        yield from _with_answers(root)
    for name in ("top", "upper"):
        pinned = data.item(name) if isinstance(data.values.get(name), dict) else None
        for key in (*_PINNED, "top") if pinned else ():
            comment = pinned.item(key) if pinned and isinstance(pinned.values.get(key), dict) else None
            if comment and "rpid" in comment.values:
                yield from _with_answers(comment)
    for name in _LISTS:
        for comment in data.items(name):
            yield from _with_answers(comment)


def _with_answers(comment: JsonObject) -> Iterator[JsonObject]:
    """A comment, and the answers that are shown below it."""
    pending = [comment]
    while pending:
        one = pending.pop()
        yield one
        pending += [*one.items("replies")][::-1]


def _topic(comment: JsonObject) -> _Topic:
    """What a comment is on."""
    number, kind = comment.id("oid_str") or comment.id("oid"), comment.id("type") or "1"
    if not number:
        return _Topic("", None)
    prefix, page = _PLACES.get(kind, (f"{kind}:", ""))
    return _Topic(prefix + number, web_link(page.format(number)))


class _Comments:
    """The comments on one video, article or post."""

    def __init__(self, topic: _Topic) -> None:
        self.topic = topic
        self.posts: list[Post] = []
        self.shown: dict[str, set[str]] = {}
        """A comment -> the answers below it."""
        self.promised: dict[str, int] = {}
        """A comment -> how many answers it has."""
        self.claimed: int | None = None
        self.begins = False
        self.ends = False
        self.pages = 0
        self.single = 0
        """Pages with the answers to one comment."""

    def add(self, comment: JsonObject) -> None:
        """Take one comment into its place in the thread."""
        post, thread = self._post(comment), comment.id("root")
        if thread not in ("", "0"):
            self.shown.setdefault(thread, set()).add(post.id)
        elif post.replies is not None:
            self.promised[post.id] = post.replies
        self.posts.append(post)

    def add_page(self, data: JsonObject) -> None:
        """Take what a page says about its place."""
        flags: list[Flag] = []
        page = data.item("page") if data.values.get("page") else None
        cursor = data.item("cursor") if data.values.get("cursor") else None
        if isinstance(data.values.get("root"), dict):
            self.single += 1
            return
        self.pages += 1
        if page:
            number, size, total = (page.count(key, flags) for key in ("num", "size", "count"))
            self.begins |= number == 1
            self.ends |= None not in (number, size, total) and (number or 0) * (size or 0) >= (total or 0)
            self.claimed = page.count("acount", flags) or self.claimed
        if cursor:
            self.begins |= cursor.values.get("is_begin") is True
            self.ends |= cursor.values.get("is_end") is True
            self.claimed = cursor.count("all_count", flags) or self.claimed

    def reading(self, name: str, topic: _Topic) -> Reading:
        """The comments as a Reading."""
        lacking = [max(0, number - len(self.shown.get(one, ()))) for one, number in self.promised.items()]
        reasons = []
        if any(lacking):
            short = sum(1 for one in lacking if one)
            reasons.append(Reason(ReasonCode.COMMENTS_WITH_MORE_ANSWERS, (short, sum(lacking))))
        if self.pages and not self.ends:
            reasons.append(Reason(ReasonCode.FURTHER_PAGES))
        if self.pages and not self.begins:
            reasons.append(Reason(ReasonCode.FIRST_PAGE_MISSING))
        if self.single and not self.pages:
            reasons.append(Reason(ReasonCode.SINGLE_COMMENT))
        if not topic.id:
            reasons.append(Reason(ReasonCode.SUBJECT_NOT_NAMED))
        # One page that is both the first and the last leaves no gap between them.
        whole = self.pages == 1 and not reasons
        return thread_reading(
            name,
            topic.id or _unknown(self.posts),
            self.posts,
            tool="Bilibili",
            url=topic.url,
            claimed=self.claimed,
            verdict=Verdict.COMPLETE if whole else Verdict.UNKNOWN,
            reasons=reasons,
        )

    def _post(self, comment: JsonObject) -> Post:
        """The post that a comment is."""
        flags: list[Flag] = []
        content = comment.item("content") or JsonObject(
            {}, comment.at("content"), comment.problems, comment.captured_at
        )
        member = comment.item("member")
        time = comment.time("ctime")
        post_id = comment.id("rpid_str") or comment.id("rpid", flags)
        parent = comment.id("parent_str") or comment.id("parent")
        page = self.topic.url
        return Post(
            id=post_id,
            text=unescaped(content.text("message")),
            author=(member.handle("uname") if member else None) or None,
            author_id=comment.id("mid") or (member.id("mid") if member else "") or None,
            parent_id=(self.topic.id or None) if parent in ("", "0") else parent,
            **time.as_fields(),
            **comment.counts(_COUNTS, flags),
            url=f"{page}#reply{post_id}" if page and post_id else None,
            media=tuple(link for one in content.items("pictures") if (link := one.link("img_src"))),
            links=_links(content),
            flags=tuple(flags),
            details=_place(comment),
        )


def _place(comment: JsonObject) -> tuple[PostDetail, ...]:
    """Where the comment was written, as Bilibili tells it by the address of the line."""
    control = comment.values.get("reply_control")
    given = control.get("location") if isinstance(control, dict) else None
    return detail(DetailKind.PLACE, given.removeprefix("IP属地：")) if isinstance(given, str) else ()


def _unknown(posts: list[Post]) -> str:
    """A name for what is commented on, where the source has none: that of the first comment on it."""
    return f"under:{posts[0].id}" if posts and posts[0].id else "under:unknown"


def _links(content: JsonObject) -> tuple[str, ...]:
    """Where the text's links lead; words that Bilibili makes into searches are none."""
    found = content.values.get("jump_url")
    return tuple(link for one in found if (link := web_link(one))) if isinstance(found, dict) else ()
