"""What the FxTwitter API answers: a status (v1 and v2), a thread, a conversation.

X mixes posts that it recommends into a conversation. They name no post that they answer, or one from before the
root, and are left out.
"""

from core.errors import PayloadError
from core.models import Flag, Post, PostStatus, Problem, Reading, TextLoss, Verdict
from core.readers.kit.document import Document
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.fields import NO_ID, CountKeys, JsonObject
from core.readers.kit.readings import thread_reading
from core.reasons import Reason, ReasonCode
from core.text.x_posts import is_older, linked_id

_COUNTS: CountKeys = {"likes": "likes", "replies": "replies", "reposts": ("reposts", "retweets"), "views": "views"}

_STATUSES = {
    "suspended": PostStatus.SUSPENDED,
    "deleted": PostStatus.DELETED,
    "private": PostStatus.PROTECTED,
    "protected": PostStatus.PROTECTED,
}
_OK = (200, None)


class FxTwitterReader:
    """The JSON of api.fxtwitter.com and its kin."""

    name = "fxtwitter"
    title = "FxTwitter JSON (status, thread or conversation, v1 and v2)"
    site = "x.com"
    long_list = None
    losses = TextLoss.NAMES_IN_FRONT

    def detects(self, document: Document) -> bool:
        """Whether this is a status of API v1, or one of v2 with or without what stands around it."""
        value = document.value
        if not isinstance(value, dict):
            return False
        if "status" in value and ("thread" in value or "replies" in value or "code" in value):
            return isinstance(value["status"], dict | None)
        return "tweet" in value and "code" in value

    def read(self, document: Document) -> list[Reading]:
        """One reading, with the post, its author's continuation and the replies."""
        values = document.value if isinstance(document.value, dict) else {}
        problems: list[Problem] = []
        whole = JsonObject(values, "", problems, document.captured_at)
        item = whole.item("status") or whole.item("tweet")
        around = [*whole.items("thread")], [*whole.items("replies")]
        if item is None or (_is_tombstone(item) and not any(around)):
            raise fetcher_error(_failure(values, item), document.name)
        root = _post(item, f"{NO_ID}root")
        if root.id.startswith(NO_ID):
            raise PayloadError(Reason(ReasonCode.POST_ID_NOT_GIVEN, names=(document.name,)))
        posts = [root, *_around(root, *around, whole)]
        more = _bottom(whole)
        ends = isinstance(values.get("replies"), list) and not more
        return [
            thread_reading(
                self.name,
                root.id,
                posts,
                tool="FxTwitter",
                reasons=[Reason(ReasonCode.FURTHER_REPLY_PAGES)] if more else [],
                verdict=Verdict.COMPLETE if ends else Verdict.UNKNOWN,
                problems=problems,
            )
        ]


def _failure(values: dict[str, object], item: JsonObject | None) -> str:
    """What FxTwitter says instead of a post."""
    told = item.string("message") or item.string("reason") if item else None
    code = values.get("code")
    message = told or fetcher_message(values) or "there is no such post"
    return f"{message} (code {code})" if isinstance(code, int) and code not in _OK else message


def _bottom(whole: JsonObject) -> bool:
    """Whether a cursor leads to more replies."""
    cursor = whole.values.get("cursor")
    return bool(cursor.get("bottom")) if isinstance(cursor, dict) else bool(cursor)


def _around(root: Post, thread: list[JsonObject], replies: list[JsonObject], whole: JsonObject) -> list[Post]:
    """The root author's continuation and the replies, in the source's order, without strangers."""
    continuation = [_post(item, f"{NO_ID}thread{number}") for number, item in enumerate(thread)]
    roots = [place for place, post in enumerate(continuation) if post.id == root.id]
    if roots:
        if roots[0]:
            whole.report("thread", ReasonCode.ABOVE_ROOT, numbers=(roots[0],))
        continuation = continuation[roots[0] + 1 :]
    found = [*continuation, *(_post(item, f"{NO_ID}reply{number}") for number, item in enumerate(replies))]
    found = [post for post in found if post.id != root.id]
    kept = _of_this_thread(root, found)
    if len(kept) < len(found):
        whole.report("replies", ReasonCode.RECOMMENDED, numbers=(len(found) - len(kept),))
    return kept


def _of_this_thread(root: Post, posts: list[Post]) -> list[Post]:
    """Those of `posts` whose chain of answers reaches the root, or breaks off where it still may."""
    by_id = {root.id: root}
    for post in posts:
        by_id.setdefault(post.id, post)
    belongs: dict[str, bool] = {root.id: True}
    for post in posts:
        path: list[str] = []
        here = post
        verdict: bool | None = None
        while verdict is None:
            path.append(here.id)
            parent = here.parent_id
            if here.status is not PostStatus.LIVE:
                verdict = True
            elif parent is None:
                verdict = False
            elif parent not in by_id:
                verdict = not is_older(parent, root.id)
            else:
                # A chain that comes back to itself is cut later, and kept until then.
                verdict = belongs.get(parent)
                here = by_id[parent]
                belongs[path[-1]] = True
        belongs.update(dict.fromkeys(path, verdict))
    return [post for post in posts if belongs[post.id]]


def _is_tombstone(item: JsonObject) -> bool:
    """Whether an entry stands for a post that cannot be shown."""
    return item.values.get("type") == "tombstone"


def _post(item: JsonObject, provisional_id: str) -> Post:
    """One status; a tombstone keeps its id and has no text."""
    flags: list[Flag] = []
    post_id = item.id("id", flags)
    if not post_id or flags:
        post_id = linked_id(item.values.get("url")) or post_id
        flags = [] if post_id and post_id == linked_id(item.values.get("url")) else flags
    if _is_tombstone(item):
        status = _STATUSES.get(str(item.values.get("reason")).lower(), PostStatus.UNAVAILABLE)
        return Post(id=post_id or provisional_id, text="", parent_id=_parent(item), url=item.link("url"), status=status)
    time = item.time("created_timestamp", "created_at")
    author = item.item("author")
    return Post(
        id=post_id or provisional_id,
        text=item.text("text"),
        author=author.handle("screen_name") if author else None,
        author_name=author.string("name") if author else None,
        parent_id=_parent(item),
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        lang=item.language("lang"),
        url=item.link("url"),
        media=_media(item),
        links=_links(item),
        flags=tuple(flags),
    )


def _parent(item: JsonObject) -> str | None:
    """The id of the post that this one answers: `replying_to.status` in v2, `replying_to_status` in v1."""
    answered = item.values.get("replying_to")
    if isinstance(answered, dict):
        return JsonObject(answered, item.at("replying_to"), item.problems, None).id("status") or None
    return item.id("replying_to_status") or None


def _media(item: JsonObject) -> tuple[str, ...]:
    """The links of all images and videos."""
    media = item.item("media")
    if media is None:
        return ()
    entries = list(media.items("all")) or [*media.items("photos"), *media.items("videos")]
    return tuple(dict.fromkeys(link for entry in entries if (link := entry.link("url"))))


def _links(item: JsonObject) -> tuple[str, ...]:
    """The links in the text, in full, and the quoted post's."""
    raw = item.values.get("raw_text")
    facets = JsonObject(raw, item.at("raw_text"), item.problems, None).items("facets") if isinstance(raw, dict) else ()
    found = [facet.link("replacement") for facet in facets if facet.values.get("type") == "url"]
    quote = item.item("quote")
    if quote:
        found.append(quote.link("url"))
    return tuple(dict.fromkeys(link for link in found if link))
