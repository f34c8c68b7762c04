"""Lists of Bluesky's posts: a search, a feed, a profile, quotes of a post, or some posts by their uris.

A post names its thread's root and what it answers; a feed shows both beside it, and who has passed a post on.
"""

from collections.abc import Iterator, Mapping

from core.models import Post, Problem, Reading
from core.readers.bluesky_posts import named_uri, page_of, post_of
from core.readers.kit.document import Document
from core.readers.kit.fields import JsonObject
from core.readers.kit.json_values import list_at, object_at, value_at
from core.readers.kit.readings import thread_reading, with_problems
from core.readers.kit.threads import part_posts
from core.reasons import Reason, ReasonCode

_LISTS = ("posts", "feed")


def document_list(document: Document) -> object:
    """The value of a document; of several, the list of them."""
    return document.value if len(document.parts) == 1 else [part.value for part in document.parts]


def is_list(value: object) -> bool:
    """Whether a JSON value is a list of posts, or an answer with one."""
    listed = _listed(value)
    return bool(listed) and all(_view(one) is not None for one in listed[:20])


def list_readings(name: str, value: object, captured_at: int | None) -> list[Reading]:
    """One reading for each thread of which the list has posts."""
    problems: list[Problem] = []
    posts: dict[str, Post] = {}
    roots: dict[str, str] = {}
    for number, entry in enumerate(_listed(value)):
        if _view(entry) is None or not isinstance(entry, dict):
            problems.append(Problem(f"post {number + 1}", Reason(ReasonCode.NO_POST_OR_COMMENT)))
            continue
        for node, shared_by in _nodes(JsonObject(entry, f"post {number + 1}", problems, captured_at)):
            view = node.item("post")
            uri = view.id("uri") if view else ""
            if not uri:
                continue
            post = post_of(node, uri, named_uri(node, "parent"))
            posts.setdefault(uri, post.with_changes(shared_by=shared_by) if shared_by else post)
            roots.setdefault(uri, named_uri(node, "root") or uri)
    more = isinstance(value, dict) and bool(value.get("cursor"))
    reasons = [Reason(ReasonCode.FURTHER_PAGES)] if more else []
    found = [
        thread_reading(name, root_id, group, tool="Bluesky", reasons=reasons, url=page_of(None, root_id))
        for root_id, group in part_posts(posts.values(), roots).items()
    ]
    return with_problems(found, problems)


def _listed(value: object) -> list[object]:
    """The entries of a list, as the interfaces wrap it."""
    if isinstance(value, list):
        return value
    if _view(value) is not None:
        return [value]
    answer = object_at(value, "data") or value
    return next((held for key in _LISTS if (held := list_at(answer, key))), [])


def _view(entry: object) -> Mapping[str, object] | None:
    """The post that an entry of a list shows, be it bare or an entry of a feed."""
    if not isinstance(entry, dict):
        return None
    view = entry.get("post", entry)
    if not isinstance(view, dict) or not isinstance(view.get("record"), dict):
        return None
    return view if str(view.get("uri")).startswith("at://") else None


def _nodes(entry: JsonObject) -> Iterator[tuple[JsonObject, str | None]]:
    """The posts of an entry, each as the node of a tree would hold it, with who has passed it on: it comes first."""
    reason = entry.item("reason") if isinstance(entry.values.get("reason"), dict) else None
    by = reason.item("by") if reason else None
    yield _node(entry, _view(entry.values)), by.handle("handle") if by else None
    for key in ("root", "parent"):
        if (view := _view(value_at(entry.values, "reply", key))) is not None:
            yield _node(entry, view), None


def _node(entry: JsonObject, view: Mapping[str, object] | None) -> JsonObject:
    """A post as the node of a tree would hold it."""
    return JsonObject({"post": view}, entry.place, entry.problems, entry.captured_at)
