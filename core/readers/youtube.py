"""YouTube's comments: yt-dlp's info.json, youtube-comment-downloader's lines, and answers of the YouTube Data API.

Comments on their own do not say which video they are on; a thread whose video is unknown is named after its first
comment. What yt-dlp gives as a comment's time is counted back from "2 years ago".
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading, TimePrecision
from core.readers.kit.document import Document
from core.readers.kit.entries import first_objects, json_objects
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.fields import NO_ID, JsonObject
from core.readers.kit.forums import with_title
from core.readers.kit.html_text import html_text
from core.readers.kit.readings import thread_reading, with_problems
from core.readers.kit.times import PostTime
from core.readers.youtube_api import api_comments, is_api
from core.reasons import Reason, ReasonCode

_COUNTS = {"likes": "like_count", "reposts": "repost_count", "views": "view_count"}

_PRINTED = ("_time_text", "time_text", "time")
"""Where a comment's time stands as YouTube prints it."""
_VIDEO_TIMES = ("timestamp", "release_timestamp")


class ToldComment(NamedTuple):
    """What one object of a document tells."""

    video: str
    """The video's id, or the empty text where that is not said."""
    posts: list[Post]
    reasons: list[Reason]
    claimed: int | None = None
    tool: str | None = None
    captured_at: int | None = None
    lacking: int = 0
    """Answers to comments that are not here."""


class YouTubeReader:
    """The JSON of a video and its comments."""

    name = "youtube"
    title = "YouTube comments (yt-dlp info.json, youtube-comment-downloader, Data API)"
    site = "youtube.com"
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether every value is a video, a comment, or holds comments of one of the three tools."""
        found = first_objects(document)
        return bool(found) and all(_is_video(one) or _holds_comments(one) or is_api(one) for one in found)

    def read(self, document: Document) -> list[Reading]:
        """One reading for each video."""
        problems: list[Problem] = []
        threads: dict[str, list[ToldComment]] = {}
        video = ""
        for one in json_objects(document, problems):
            message = fetcher_message(one.values)
            if message and one.values is document.value:
                raise fetcher_error(message, document.name)
            for told in _told(one, video):
                video = told.video or video
                threads.setdefault(video, []).append(told)
        if not any(told.posts for found in threads.values() for told in found):
            raise PayloadError(Reason(ReasonCode.YOUTUBE_WITHOUT_COMMENT, names=(document.name,)))
        return with_problems([_reading(self.name, video, told) for video, told in threads.items()], problems)


def _is_video(value: Mapping[str, object]) -> bool:
    """Whether an object is what yt-dlp writes of a video."""
    return "webpage_url" in value and ("extractor" in value or "extractor_key" in value or "comments" in value)


def _holds_comments(value: Mapping[str, object]) -> bool:
    """Whether an object is a comment of yt-dlp or youtube-comment-downloader, or has a list of them."""
    if _is_comment(value):
        return True
    listed = value.get("comments")
    return isinstance(listed, list) and bool(listed) and _is_comment(listed[0])


def _is_comment(value: object) -> bool:
    """Whether an object is a comment of yt-dlp or youtube-comment-downloader."""
    if not isinstance(value, dict) or not ("text" in value or "html" in value):
        return False
    if "cid" in value:
        return "author" in value
    return "id" in value and "parent" in value and ("author_id" in value or value["parent"] == "root")


def _told(one: JsonObject, video: str) -> Iterator[ToldComment]:
    """What an object tells; `video` is the one that the document spoke of before."""
    if is_api(one.values):
        more = [Reason(ReasonCode.FURTHER_PAGES)] if one.values.get("nextPageToken") else []
        for found, posts, lacking in api_comments(one, video):
            yield ToldComment(found, posts, more, tool="YouTube Data API", lacking=lacking)
    elif _is_video(one.values):
        yield _video(one)
    elif _is_comment(one.values):
        yield ToldComment("", [_comment(one, video, True)], [], tool=_tool(one.values))
    else:
        found = one.id("video_id") or one.id("id")
        posts = [_comment(comment, found or video, True) for comment in one.items("comments")]
        listed = one.values.get("comments")
        first = listed[0] if isinstance(listed, list) and listed else {}
        yield ToldComment(found, posts, [], one.count("comment_count", []), _tool(first))


def _tool(comment: object) -> str:
    """The program that a comment's fields are of."""
    return "youtube-comment-downloader" if isinstance(comment, dict) and "cid" in comment else "yt-dlp"


def _video(one: JsonObject) -> ToldComment:
    """A video and the comments that were fetched with it."""
    flags: list[Flag] = []
    video = one.id("id") or one.id("display_id")
    time = _video_time(one)
    name = one.string("channel") or one.string("uploader")
    author = one.handle("uploader_id") if str(one.values.get("uploader_id")).startswith("@") else name
    claimed = one.count("comment_count", flags)
    root = Post(
        id=video,
        text=with_title(one.string("title") or one.string("fulltitle"), one.string("description") or ""),
        author=author or None,
        author_name=name if name and name != author else None,
        **time.as_fields(),
        replies=claimed,
        **one.counts(_COUNTS, flags),
        lang=one.language("language"),
        url=one.link("webpage_url"),
        media=one.links("thumbnail"),
        flags=tuple(flags),
    )
    comments = one.values.get("comments")
    is_youtube = str(one.values.get("extractor_key") or one.values.get("extractor") or "youtube").lower() == "youtube"
    posts = [_comment(comment, video, is_youtube) for comment in one.items("comments")]
    is_cut = bool(posts) and claimed is None and "comment_count" in one.values
    reasons = [Reason(ReasonCode.COMMENTS_INTERRUPTED)] if is_cut else []
    if not isinstance(comments, list) and claimed:
        reasons.append(Reason(ReasonCode.COMMENTS_NOT_FETCHED))
    fetched = one.values.get("epoch")
    return ToldComment(video, [root, *posts], reasons, claimed, "yt-dlp", fetched if isinstance(fetched, int) else None)


def _video_time(one: JsonObject) -> PostTime:
    """When a video was published: to the second where that is known, or the day."""
    time = one.time(*_VIDEO_TIMES)
    day = one.values.get("upload_date")
    if time.posted_at is None and isinstance(day, str) and len(day) == 8 and day.isascii() and day.isdecimal():
        dated = JsonObject({"day": f"{day[:4]}-{day[4:6]}-{day[6:]}"}, one.place, one.problems, one.captured_at)
        return dated.time("day")
    return time


def _comment(one: JsonObject, video: str, is_youtube: bool) -> Post:
    """A comment of yt-dlp or youtube-comment-downloader."""
    flags: list[Flag] = []
    comment_id = one.id("cid") or one.id("id", flags)
    parent = one.id("parent") if "parent" in one.values else comment_id.rpartition(".")[0]
    if parent in ("", "root"):
        parent = video
    time = _time(one, is_youtube)
    text = one.text("text") if "text" in one.values else html_text(one.text("html"))
    if (time.given or "").endswith("(edited)"):
        flags.append(Flag.EDITED_BEFORE)
    return Post(
        id=comment_id or f"{NO_ID}{one.place}",
        text=text,
        author=one.handle("author"),
        author_id=one.id("author_id") or (one.id("channel") if "cid" in one.values else "") or None,
        parent_id=parent or None,
        **time.as_fields(),
        likes=one.count("votes" if "cid" in one.values else "like_count", flags),
        replies=_replies(one, flags),
        url=_link(video, comment_id) if is_youtube else None,
        flags=tuple(flags),
    )


def _replies(one: JsonObject, flags: list[Flag]) -> int | None:
    """How many answers a comment has, where the tool tells; it may print nothing for none."""
    key = "reply_count" if "reply_count" in one.values else "replies"
    return one.count(key, flags) if not isinstance(one.values.get(key), list) else None


def _link(video: str, comment_id: str) -> str | None:
    """The page of a comment."""
    return f"https://www.youtube.com/watch?v={video}&lc={comment_id}" if video and comment_id else None


def _time(one: JsonObject, is_youtube: bool) -> PostTime:
    """A comment's time: as YouTube prints it, and what the tool made of that."""
    printed = next((text for key in _PRINTED if isinstance(text := one.values.get(key), str)), None)
    time = one.time("timestamp", "time_parsed")
    if time.posted_at is None:
        return PostTime(given=printed) if printed else time
    return PostTime(time.posted_at, TimePrecision.RELATIVE, printed) if is_youtube else time


def _reading(name: str, video: str, told: list[ToldComment]) -> Reading:
    """The reading of one video, from all that the document tells of it."""
    posts = [post for one in told for post in one.posts]
    reasons = list(dict.fromkeys(reason for one in told for reason in one.reasons))
    if lacking := sum(one.lacking for one in told):
        reasons.append(Reason(ReasonCode.ANSWERS_MISSING, (lacking,)))
    if not video:
        reasons.append(Reason(ReasonCode.VIDEO_NOT_NAMED))
    return thread_reading(
        name,
        video or f"under:{posts[0].id if not posts[0].id.startswith(NO_ID) else 'unknown'}",
        posts,
        tool=told[0].tool,
        reasons=reasons,
        url=f"https://www.youtube.com/watch?v={video}" if video else None,
        claimed=max((one.claimed for one in told if one.claimed is not None), default=None),
        captured_at=next((one.captured_at for one in told if one.captured_at), None),
    )
