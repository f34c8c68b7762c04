"""Comments as the YouTube Data API (v3) answers: threads of comments, and lists of comments."""

import re
from collections.abc import Iterator, Mapping

from core.models import Flag, Post
from core.readers.kit.fields import NO_ID, JsonObject
from core.readers.kit.html_text import html_text

_KINDS = ("youtube#commentThread", "youtube#comment")
_MARKUP = re.compile(r"<(?:br|a|b|i)\b|&(?:amp|lt|gt|quot|#39);", re.IGNORECASE)


def is_api(value: Mapping[str, object]) -> bool:
    """Whether an object is a comment or a thread of comments, or an answer with a list of them."""
    if str(value.get("kind")).startswith(_KINDS):
        return True
    listed = value.get("items")
    first = listed[0] if isinstance(listed, list) and listed else value
    snippet = first.get("snippet") if isinstance(first, dict) else None
    return isinstance(snippet, dict) and ("topLevelComment" in snippet or "textDisplay" in snippet)


def api_comments(one: JsonObject, video: str) -> Iterator[tuple[str, list[Post], int]]:
    """The comments, with the video that they are on and the number of answers that are not here.

    `video` is the one that the document spoke of before.
    """
    entries = [*one.items("items")] if "items" in one.values else [one]
    for entry in entries:
        snippet = entry.item("snippet")
        if snippet is None:
            continue
        found = snippet.id("videoId") or video
        top = snippet.item("topLevelComment")
        if top is None:
            yield found, [_post(entry, found, None)], 0
            continue
        below = entry.item("replies")
        answers = [*below.items("comments")] if below else []
        total = snippet.count("totalReplyCount", [])
        first = _post(top, found, total)
        posts = [first, *(_post(answer, found, None, first.id) for answer in answers)]
        yield found, posts, max(0, (total or 0) - len(answers))


def _post(comment: JsonObject, video: str, replies: int | None, parent: str | None = None) -> Post:
    """The post that a comment is; `parent` is what it answers where it does not say so itself."""
    flags: list[Flag] = []
    snippet = comment.item("snippet") or JsonObject({}, comment.at("snippet"), comment.problems, comment.captured_at)
    time = snippet.time("publishedAt", "updatedAt")
    comment_id = comment.id("id")
    likes = snippet.count("likeCount", flags)
    if snippet.values.get("updatedAt") not in (None, snippet.values.get("publishedAt")):
        flags.append(Flag.EDITED_BEFORE)
    return Post(
        id=comment_id or f"{NO_ID}{comment.place}",
        text=_text(snippet),
        author=snippet.handle("authorDisplayName"),
        author_id=_channel(snippet),
        parent_id=snippet.id("parentId") or parent or video or None,
        **time.as_fields(),
        likes=likes,
        replies=replies,
        url=f"https://www.youtube.com/watch?v={video}&lc={comment_id}" if video and comment_id else None,
        flags=tuple(flags),
    )


def _channel(snippet: JsonObject) -> str | None:
    """The author's channel."""
    channel = snippet.item("authorChannelId") if isinstance(snippet.values.get("authorChannelId"), dict) else None
    return channel.id("value") or None if channel else None


def _text(snippet: JsonObject) -> str:
    """The text as it was written, or else as it is displayed, which may be HTML."""
    written = snippet.string("textOriginal")
    if written is not None:
        return written
    text = snippet.text("textDisplay")
    return html_text(text) if _MARKUP.search(text) else text
