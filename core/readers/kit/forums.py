"""What the readers of forums share: titles above texts, Markdown's links, scores, posts of which nothing is left."""

import re
from collections import Counter
from collections.abc import Iterable

from core.models import Post, PostStatus, Problem
from core.readers.kit.counts import LARGEST
from core.readers.kit.fields import JsonObject
from core.reasons import Reason, ReasonCode
from core.text.links import web_link

_ADDRESS = re.compile(r"(!\[[^\]\n]{0,500}\]\(\s*)?(https?://[^\s<>\"'`\\|]{1,4000})")
_AFTER_ADDRESS = ".,;:!?*_~"


def with_title(title: str | None, body: str) -> str:
    """A post with a title of its own: the title, and below it the text."""
    return "\n\n".join(part for part in ((title or "").strip(), body) if part)


def unix_newlines(text: str) -> str:
    """`text` with newlines of one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def score(item: JsonObject, key: str) -> int | None:
    """Votes for less votes against, which may be below zero."""
    value = item.values.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value < 0:
        return value
    return item.count(key, [])


def markdown_links(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses that a Markdown text links to, and those of its pictures."""
    links: list[str] = []
    images: list[str] = []
    for match in _ADDRESS.finditer(text) if "://" in text else ():
        if found := web_link(_balanced(match[2])):
            (images if match[1] else links).append(found)
    return tuple(dict.fromkeys(links)), tuple(dict.fromkeys(images))


def _balanced(address: str) -> str:
    """`address` up to where the sentence or the bracket around it goes on."""
    depth = 0
    for place, letter in enumerate(address):
        depth += (letter in "([") - (letter in ")]")
        if depth < 0:
            return address[:place]
    return address.rstrip(_AFTER_ADDRESS)


def without_empty_ends(
    posts: list[Post], root_id: str, problems: list[Problem], answered: Iterable[str | None] = ()
) -> tuple[list[Post], list[Post]]:
    """`posts` without those that were deleted, name nobody and are answered by nobody, and those that are so.

    `problems` says how many. The answers to the posts `answered` are known to be elsewhere.
    """
    by_id = {post.id: post for post in posts}
    answers = Counter([*(post.parent_id for post in posts), *answered])
    empty = [post for post in posts if _is_empty(post) and not answers[post.id] and post.id != root_id]
    dropped: set[str] = set()
    while empty:
        post = empty.pop()
        dropped.add(post.id)
        answers[post.parent_id] -= 1
        above = by_id.get(post.parent_id or "")
        if above and not answers[above.id] and _is_empty(above) and above.id not in {root_id, *dropped}:
            empty.append(above)
    if len(dropped) == len(posts):
        return posts, []
    if dropped:
        problems.append(Problem("replies", Reason(ReasonCode.DELETED_POSTS, (len(dropped),))))
    return [one for one in posts if one.id not in dropped], [one for one in posts if one.id in dropped]


def _is_empty(post: Post) -> bool:
    """Whether nothing is left of a post."""
    return post.status is not PostStatus.LIVE and post.author is None and not post.text
