"""Hacker News: Algolia's tree of an item, Algolia's search hits, and the items of the official API.

All three call the same things by different names, so one reader takes them, nested or flat, alone or in bundles.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from core.errors import PayloadError
from core.models import Flag, Post, PostStatus, Problem, Reading, Verdict
from core.readers.kit.details import poll
from core.readers.kit.document import Document
from core.readers.kit.fields import NO_ID, CountKeys, JsonObject
from core.readers.kit.forums import with_title, without_empty_ends
from core.readers.kit.html_text import html_as_text
from core.readers.kit.readings import thread_reading, with_problems
from core.reasons import Reason, ReasonCode

_COUNTS: CountKeys = {"likes": ("points", "score"), "replies": ("num_comments", "descendants")}

_TYPES = ("story", "comment", "poll", "pollopt", "job")
_INSIDE = ("children", "kids", "comments", "replies")
"""The fields that hold an item's answers, as objects or as ids."""
_BUNDLED = ("post", "story", "item")
_STAMPS = frozenset(("created_at_i", "story_id"))
"""Fields of which each item of Algolia has one, and no object of another site any."""
_TEXTS = ("text", "comment_text", "story_text")
_WITHHELD = ("[dead]", "[flagged]", "[deleted]", "[delayed]")
_SITE = "https://news.ycombinator.com/item?id="


class HackerNewsReader:
    """Threads of news.ycombinator.com as its two APIs give them."""

    name = "hackernews"
    title = "Hacker News JSON (Algolia item or search, official API items)"
    site = "news.ycombinator.com"
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether each JSON value is an item, a page of hits, or holds items."""
        return bool(document.parts) and all(_is_ours(part.value) for part in document.parts)

    def read(self, document: Document) -> list[Reading]:
        """One reading for each story."""
        gathered = _Gathered()
        for part in document.parts:
            for item in _tops(part.value, part.place, gathered.problems, document.captured_at):
                gathered.take(item)
            gathered.note_pages(part.value)
        if not gathered.nodes:
            raise PayloadError(Reason(ReasonCode.HACKERNEWS_WITHOUT_ITEM, names=(document.name,)))
        return gathered.readings(self.name)


def _is_ours(value: object) -> bool:
    """Whether `value` is an item or holds items."""
    if isinstance(value, list):
        return any(_is_item(entry) for entry in value[:20])
    if not isinstance(value, dict):
        return False
    hits = value.get("hits")
    if isinstance(hits, list):
        return _is_hit(hits[0]) if hits else "nbHits" in value
    if any(_is_item(value.get(key)) for key in _BUNDLED):
        return True
    first = next(iter(value.items()), ("", None))
    return _is_item(value) or (first[0].isdecimal() and _is_item(first[1]))


def _is_item(value: object) -> bool:
    """Whether `value` is one item of either API."""
    if not isinstance(value, dict) or "id" not in value:
        return False
    is_typed = value.get("type") in _TYPES
    answers = value.get("children")
    if isinstance(answers, list):
        # What is left of a tree whose fields were taken away is known by the comments in it.
        return is_typed or not _STAMPS.isdisjoint(value) or (bool(answers) and all(map(_is_comment, answers[:20])))
    if "by" in value and isinstance(value.get("kids"), list):
        return True
    return is_typed and isinstance(value.get("time"), int)


def _is_comment(value: object) -> bool:
    """Whether `value` is a comment in Algolia's tree, with or without all of its fields."""
    if not isinstance(value, dict) or type(value.get("id")) is not int or not isinstance(value.get("children"), list):
        return False
    return not _STAMPS.isdisjoint(value) or ("text" in value and "author" in value and "created_at" in value)


def _is_hit(value: object) -> bool:
    """Whether `value` is a hit of the search for stories and comments."""
    return isinstance(value, dict) and "objectID" in value and ("created_at_i" in value or "story_id" in value)


def _tops(value: object, place: str, problems: list[Problem], captured_at: int | None) -> Iterator[JsonObject]:
    """The items of `value` that stand in no other item."""
    if isinstance(value, list):
        yield from JsonObject({"items": value}, place, problems, captured_at).items("items")
        return
    if not isinstance(value, dict):
        return
    whole = JsonObject(value, place, problems, captured_at)
    if "hits" in value:
        yield from whole.items("hits")
    elif _is_item(value):
        yield whole
    elif bundled := next((key for key in _BUNDLED if _is_item(value.get(key))), None):
        top, lists = value[bundled], {key: value[key] for key in _INSIDE if isinstance(value.get(key), list)}
        yield JsonObject({**top, **lists}, place, problems, captured_at)
    else:
        yield from (item for key in value if (item := whole.item(key)))


@dataclass(slots=True)
class _Node:
    """An item and where it belongs."""

    post: Post
    kind: str
    story: str
    """The story's id where the item names it."""
    named: list[str] = field(default_factory=list)
    """The answers that the item names by their ids."""


class _Gathered:
    """The items of a payload."""

    def __init__(self) -> None:
        self.nodes: dict[str, _Node] = {}
        self.problems: list[Problem] = []
        self.reasons: list[Reason] = []
        self.options: dict[str, list[str]] = {}
        """A poll -> the answers that it offers."""

    def note_pages(self, value: object) -> None:
        """Note that a page of hits is not the last one."""
        page, pages = (value.get("page"), value.get("nbPages")) if isinstance(value, dict) else (None, None)
        if isinstance(page, int) and isinstance(pages, int) and page + 1 < pages:
            self.reasons.append(Reason(ReasonCode.SEARCH_PAGE, (page + 1, pages)))

    def take(self, top: JsonObject) -> None:
        """Take an item and all that is nested in it."""
        pending = [(top, "")]
        while pending:
            item, above = pending.pop()
            node = _node(item, above, len(self.nodes))
            if node.kind == "pollopt":
                self.options.setdefault(item.id("poll") or item.id("parent") or above, []).append(node.post.text)
                continue
            known = self.nodes.setdefault(node.post.id, node)
            if known.post.replies is None and node.post.replies is not None:
                # One of the APIs says how many comments a story has, and the other gives them.
                known.post = known.post.with_changes(replies=node.post.replies)
            if known.post.text != node.post.text:
                self.problems.append(Problem(item.place, Reason(ReasonCode.OTHER_TEXT, names=(node.post.id,))))
            inside: list[JsonObject] = []
            for key in _INSIDE:
                values = item.values.get(key)
                if isinstance(values, list):
                    known.named += [str(one) for one in values if type(one) is int]
                    inside += _objects(item, key, values)
            pending += [(one, known.post.id) for one in reversed(inside)]

    def readings(self, name: str) -> list[Reading]:
        """One reading for each story, in the order in which they came."""
        for poll_id, answers in self.options.items():
            if asked := self.nodes.get(poll_id):
                asked.post = asked.post.with_changes(details=poll(answers))
        threads: dict[str, list[_Node]] = {}
        stories = self._stories()
        for post_id, node in self.nodes.items():
            threads.setdefault(stories[post_id], []).append(node)
        # What a payload says of none of its threads is said of the first.
        shared, self.problems = self.problems, []
        return with_problems([self._reading(name, story, nodes) for story, nodes in threads.items()], shared)

    def _stories(self) -> dict[str, str]:
        """The story that each item belongs to."""
        found: dict[str, str] = {}
        for start in self.nodes:
            path: list[str] = []
            here, story = start, ""
            while not story:
                path.append(here)
                node = self.nodes[here]
                above = node.post.parent_id or ""
                story = found.get(here) or (node.story if above not in self.nodes else "")
                if not story and (above not in self.nodes or above in path[-2:] or len(path) > len(self.nodes)):
                    story = above if above and above not in self.nodes else here
                here = above
            found.update(dict.fromkeys(path, story))
        return self._joined(found)

    def _joined(self, found: dict[str, str]) -> dict[str, str]:
        """`found`, where what hangs on items that are missing is counted to the one story that there can be."""
        sure = {story for story in found.values() if story in self.nodes}
        sure |= {node.story for node in self.nodes.values() if node.story}
        loose = set(found.values()) - sure
        if len(sure) > 1 or not loose:
            return found
        # Ids ascend, so that the oldest of what is missing is nearest to the story.
        root = next(iter(sure)) if sure else min(loose, key=lambda one: (len(one), one))
        return dict.fromkeys(found, root)

    def _reading(self, name: str, story: str, nodes: list[_Node]) -> Reading:
        """What is known of one story's thread."""
        problems: list[Problem] = []
        answered = [node.post.id for node in nodes if node.named]
        posts, gone = without_empty_ends([node.post for node in nodes], story, problems, answered)
        top = self.nodes.get(story)
        absent = {one for node in nodes for one in node.named} - self.nodes.keys()
        reasons = list(self.reasons)
        if absent:
            reasons.append(Reason(ReasonCode.NAMED_ANSWERS_MISSING, (len(absent),)))
        if top is None and not reasons:
            reasons += _branch(nodes)
        claimed = top.post.replies if top else None
        ends = Verdict.UNKNOWN if claimed is None else Verdict.COMPLETE
        return thread_reading(
            name,
            story,
            posts,
            tool="Hacker News API",
            url=_SITE + story if story.isdecimal() else None,
            root_author=top.post.author if top else None,
            claimed=claimed,
            verdict=ends,
            reasons=reasons,
            problems=problems,
            gone=gone,
        )


def _branch(nodes: list[_Node]) -> list[Reason]:
    """The reason why a thread that begins at one of its replies is not whole."""
    here = {node.post.id for node in nodes}
    tops = [node for node in nodes if node.post.parent_id not in here]
    return [Reason(ReasonCode.BEGINS_AT_REPLY)] if len(tops) == 1 else []


def _objects(item: JsonObject, key: str, values: Iterable[object]) -> Iterator[JsonObject]:
    """The objects among the answers of an item."""
    for number, value in enumerate(values):
        if isinstance(value, dict):
            # The whole way down to an item would be long; the one above it is enough to find it.
            place = f"item {item.values.get('id')}.{key}[{number}]"
            yield JsonObject(value, place, item.problems, item.captured_at)


def _node(item: JsonObject, above: str, number: int) -> _Node:
    """One item, which answers `above` where it names no other."""
    values = item.values
    flags: list[Flag] = []
    post_id = item.id("id" if "id" in values else "objectID", flags) or f"{NO_ID}{number}"
    parent = item.id("parent_id") or item.id("parent") or above or None
    kind = _kind(values, parent)
    title = item.string("title")
    raw = next((text for key in _TEXTS if (text := item.string(key))), "")
    text, links, images = html_as_text(raw)
    author = item.handle("author" if "author" in values else "by")
    status = _status(values, author, raw, title)
    time = item.time("created_at_i", "time", "created_at")
    link = item.link("url") if values.get("url") else None
    post = Post(
        id=post_id,
        text="" if text in _WITHHELD else with_title(unescape(title or ""), text),
        author=author,
        parent_id=parent if kind == "comment" else None,
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        url=_SITE + post_id if post_id.isdecimal() else None,
        media=images,
        links=tuple(dict.fromkeys([*filter(None, [link]), *links])),
        status=status,
        flags=tuple(flags),
    )
    story = item.id("story_id") if kind == "comment" else ""
    return _Node(post, kind, story)


def _kind(values: Mapping[str, object], parent: str | None) -> str:
    """Whether an item is a story, a comment, or an option of a poll."""
    kind = values.get("type")
    if isinstance(kind, str) and kind in _TYPES:
        return kind
    return "comment" if parent or values.get("comment_text") else "story"


def _status(values: Mapping[str, object], author: str | None, raw: str, title: str | None) -> PostStatus:
    """Whether the item is still shown."""
    if values.get("deleted") is True or (author is None and not raw and not title):
        return PostStatus.DELETED
    return PostStatus.UNAVAILABLE if values.get("dead") is True or raw in _WITHHELD else PostStatus.LIVE
