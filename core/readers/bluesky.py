"""A Bluesky thread as its servers answer: `getPostThread`, a tree, and `getPostThreadV2`, a list in the tree's order.

The thread's root is the topmost post that the answer has; what it answers in turn is not in the file.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from core.errors import PayloadError
from core.models import Post, PostStatus, Problem, Reading, TextLoss
from core.readers.bluesky_lists import document_list, is_list, list_readings
from core.readers.bluesky_posts import named_uri, page_of, post_of
from core.readers.kit.answer_counts import completeness
from core.readers.kit.document import Document
from core.readers.kit.fetcher_errors import fetcher_error
from core.readers.kit.fields import JsonObject
from core.readers.kit.readings import thread_reading
from core.reasons import Reason, ReasonCode

_GONE = (
    ("NotFound", "notFound", PostStatus.DELETED, "deleted"),
    ("Blocked", "blocked", PostStatus.UNAVAILABLE, "blocked"),
    ("NoUnauthenticated", "noUnauthenticated", PostStatus.PROTECTED, "shown to those who are logged in only"),
)
"""What stands for a post that is not shown: the end of its type, its mark, its status, and that in words."""


class _Entry(NamedTuple):
    """One place of the thread: a post, or what stands for it."""

    item: JsonObject
    """The node, whose `post` is the post."""
    uri: str
    parent: str | None
    """The post that this one answers, by where it stands."""


class BlueskyReader:
    """The JSON of a Bluesky thread."""

    name = "bluesky"
    title = "Bluesky threads and lists of posts (getPostThread, getPostThreadV2, searchPosts, feeds)"
    site = "bsky.app"
    long_list = None
    losses = TextLoss.SHORT_LINKS

    def detects(self, document: Document) -> bool:
        """Whether this is a node of a thread's tree, a list of posts with their depths, or such parts of one thread."""
        if is_list(document_list(document)):
            return True
        if not document.parts or not all(_is_thread(part.value) for part in document.parts):
            return False
        known: set[str] = set()
        for part in document.parts:
            entries = list(_entries(JsonObject(_answer(part.value), part.place, [], None)))
            # The hidden answers to a post come without it, and name the thread's first one.
            if known and not any(known & {first.uri, named_uri(first.item, "root")} for first in entries[:1]):
                return False
            known.update(entry.uri for entry in entries)
        return True

    def read(self, document: Document) -> list[Reading]:
        """One reading, with all posts from the topmost one down; of a list of posts, one for each thread."""
        if is_list(listed := document_list(document)):
            return list_readings(self.name, listed, document.captured_at)
        problems: list[Problem] = []
        if not document.parts:
            raise PayloadError(f"{document.name} is not the JSON of a thread; fetch the thread again")
        whole, *others = (
            JsonObject(_answer(one.value), one.place, problems, document.captured_at) for one in document.parts
        )
        is_v2 = isinstance(whole.values.get("thread"), list)
        entries = _together([list(_entries(one)) for one in (whole, *others)])
        if not any(_has_post(entry.item) for entry in entries):
            raise fetcher_error(f"the post is {_gone(entries[0].item)[1] if entries else 'missing'}", document.name)
        root_id = entries[0].uri
        if is_v2 and _depth(entries[0].item) > 0:
            root_id = named_uri(entries[0].item, "root") or root_id
        posts, gone = _posts(entries, problems)
        if not root_id:
            raise PayloadError(Reason(ReasonCode.URI_NOT_GIVEN, names=(document.name,)))
        claimed, verdict, reasons = completeness(
            posts,
            root_id,
            Counter(one.parent_id or "" for one in gone),
            provable=not whole.values.get("hasOtherReplies"),
        )
        if whole.values.get("hasOtherReplies") is True:
            reasons = (*reasons, Reason(ReasonCode.HIDDEN_REPLIES))
        return [
            thread_reading(
                self.name,
                root_id,
                posts,
                tool="Bluesky",
                reasons=reasons,
                verdict=verdict,
                problems=problems,
                url=page_of(None, root_id),
                claimed=claimed,
                gone=gone,
            )
        ]


def _is_thread(value: object) -> bool:
    """Whether a JSON value is a thread, as either method gives it."""
    thread = _answer(value).get("thread")
    if isinstance(thread, dict):
        return _is_node(thread)
    return isinstance(thread, list) and any(
        isinstance(one, dict) and "depth" in one and ("value" in one or str(one.get("uri")).startswith("at://"))
        for one in thread
    )


def _entries(whole: JsonObject) -> Iterator["_Entry"]:
    """The entries of an answer."""
    return _listed(whole) if isinstance(whole.values.get("thread"), list) else _nested(whole)


def _together(parts: list[list["_Entry"]]) -> list["_Entry"]:
    """The entries of all parts, of each post the first that shows it."""
    if len(parts) == 1:
        return parts[0]
    found: dict[str, _Entry] = {}
    for entry in (entry for part in parts for entry in part):
        known = found.get(entry.uri)
        if known is None or (_has_post(entry.item) and not _has_post(known.item)):
            found[entry.uri] = entry
    return list(found.values())


def _answer(value: object) -> Mapping[str, object]:
    """The object whose `thread` is the thread, be it wrapped as libraries do it or the bare tree."""
    if not isinstance(value, dict):
        return {}
    inner = value.get("data")
    if "thread" not in value and isinstance(inner, dict):
        value = inner
    return {"thread": value} if _is_node(value) else value


def _is_node(value: Mapping[str, object]) -> bool:
    """Whether an object is a node of a thread's tree."""
    kind = value.get("$type")
    if isinstance(kind, str) and kind.startswith("app.bsky."):
        return kind.endswith(("#threadViewPost", "#notFoundPost", "#blockedPost"))
    post = value.get("post")
    return isinstance(post, dict) and str(post.get("uri")).startswith("at://") and "record" in post


def _nested(whole: JsonObject) -> Iterator[_Entry]:
    """The entries of a tree: what the post answers, the post, and its answers."""
    above = [node for node in (whole.item("thread"),) if node]
    while above and isinstance(above[-1].values.get("parent"), dict):
        above += [_moved(node, f"parent {len(above)}") for node in (above[-1].item("parent"),) if node]
    pending = [(above[0], _uri(above[1]) if len(above) > 1 else None)] if above else []
    for place, node in reversed([*enumerate(above)][1:]):
        yield _Entry(node, _uri(node), _uri(above[place + 1]) if place + 1 < len(above) else None)
    number = 0
    while pending:
        node, parent = pending.pop()
        uri = _uri(node)
        yield _Entry(node, uri, parent)
        number += 1
        answers = [_moved(answer, f"post {number}, {place}") for place, answer in enumerate(node.items("replies"), 1)]
        pending += [(answer, uri) for answer in reversed(answers)]


def _moved(node: JsonObject, place: str) -> JsonObject:
    """A node with a short place, for the one in the tree grows with its depth."""
    return JsonObject(node.values, place, node.problems, node.captured_at)


def _listed(whole: JsonObject) -> Iterator[_Entry]:
    """The entries of a list, each under the last one before it that is less deep."""
    above: list[tuple[int, str]] = []
    for one in whole.items("thread"):
        depth = _depth(one)
        node = one.item("value") or JsonObject({}, one.at("value"), one.problems, one.captured_at)
        uri = one.id("uri") or _uri(node)
        while above and above[-1][0] >= depth:
            above.pop()
        yield _Entry(_with_depth(node, depth, uri), uri, above[-1][1] if above else None)
        above.append((depth, uri))


def _with_depth(node: JsonObject, depth: int, uri: str) -> JsonObject:
    """A list's node with what stands beside it."""
    return JsonObject({**node.values, "depth": depth, "uri": uri}, node.place, node.problems, node.captured_at)


def _depth(item: JsonObject) -> int:
    """How deep an entry of a list stands; negative for what the post answers."""
    depth = item.values.get("depth")
    return depth if isinstance(depth, int) else 0


def _has_post(node: JsonObject) -> bool:
    """Whether a node shows its post."""
    return isinstance(node.values.get("post"), dict)


def _uri(node: JsonObject) -> str:
    """The uri of a node's post."""
    post = node.values.get("post")
    if isinstance(post, dict):
        return JsonObject(post, node.at("post"), node.problems, None).id("uri")
    return node.id("uri")


def _gone(node: JsonObject) -> tuple[PostStatus, str]:
    """The status of a post that is not shown, and that in words."""
    kind = str(node.values.get("$type"))
    for name, mark, status, words in _GONE:
        if name.lower() in kind.lower() or node.values.get(mark) is True:
            return status, words
    return PostStatus.UNAVAILABLE, "unavailable"


def _posts(entries: list[_Entry], problems: list[Problem]) -> tuple[list[Post], list[Post]]:
    """The posts, and what stands for answers that are left out."""
    answered = {parent for entry in entries if (parent := _parent(entry))}
    posts: list[Post] = []
    gone: list[Post] = []
    left_out: Counter[str] = Counter()
    for entry in entries:
        if _has_post(entry.item):
            posts.append(post_of(entry.item, entry.uri, _parent(entry)))
            continue
        status, words = _gone(entry.item)
        post = Post(entry.uri, "", parent_id=entry.parent, url=page_of(None, entry.uri), status=status)
        if entry.uri in answered:
            posts.append(post)
        else:
            gone.append(post)
            left_out[words] += 1
    for words, number in left_out.items():
        problems.append(Problem("thread", Reason(ReasonCode.GONE_ANSWERS, (number,), (words,))))
    return posts, gone


def _parent(entry: _Entry) -> str | None:
    """The post that an entry answers."""
    return named_uri(entry.item, "parent") or entry.parent or None
