"""What bird prints with --json: `read`, `replies` and `thread`, as a list, or with a cursor to the next page.

`replies` has no root and only direct answers; `thread` has the root.
"""

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading, TextLoss
from core.readers.kit.document import Document
from core.readers.kit.entities import unescaped
from core.readers.kit.entries import first_objects, json_objects
from core.readers.kit.fields import NO_ID, JsonObject
from core.readers.kit.threads import GatheredPosts, PostInThread
from core.reasons import Reason, ReasonCode
from core.text.x_posts import post_link

_COUNTS = {"likes": "likeCount", "replies": "replyCount", "reposts": "retweetCount"}


class BirdReader:
    """Reads the JSON that bird prints."""

    name = "bird"
    title = "bird JSON (read, replies or thread)"
    site = "x.com"
    long_list = None
    losses = TextLoss.HIDDEN_LINKS | TextLoss.NAMES_IN_FRONT

    def detects(self, document: Document) -> bool:
        """Whether these are tweets as bird names their fields, or its page of none."""
        value = document.value
        if isinstance(value, dict) and "nextCursor" in value and isinstance(value.get("tweets"), list):
            entries = value["tweets"]
            return not entries or any(_is_tweet(entry) for entry in entries[:20])
        return any(_is_tweet(values) for values in first_objects(document))

    def read(self, document: Document) -> list[Reading]:
        """One reading for each conversation."""
        problems: list[Problem] = []
        gathered = GatheredPosts()
        pages = [part.value for part in document.parts if isinstance(part.value, dict) and "tweets" in part.value]
        found = (
            (item for page in pages for item in JsonObject(page, "", problems, document.captured_at).items("tweets"))
            if pages
            else json_objects(document, problems)
        )
        for number, item in enumerate(found):
            one = _told(item, number) if _is_tweet(item.values) else None
            if one is None:
                problems.append(Problem(item.place or "payload", Reason(ReasonCode.NO_TWEET)))
            else:
                gathered.add(*one)
        if not gathered.posts:
            raise PayloadError(Reason(ReasonCode.BIRD_WITHOUT_TWEET, names=(document.name,)))
        leads_on = bool(pages and pages[-1].get("nextCursor"))
        reasons = [Reason(ReasonCode.FURTHER_REPLY_PAGES)] if leads_on else []
        return gathered.readings(self.name, "bird", reasons=reasons, problems=problems)


def _is_tweet(values: object) -> bool:
    """Whether an object is a tweet as bird prints it."""
    if not isinstance(values, dict) or not isinstance(values.get("author"), dict) or "text" not in values:
        return False
    named = "authorId" in values or "inReplyToStatusId" in values or "_raw" in values
    return (
        "username" in values["author"] and "id" in values and (named or {"conversationId", "createdAt"} <= set(values))
    )


def _told(item: JsonObject, number: int) -> PostInThread | None:
    """A tweet and where it stands; None where it cannot be placed."""
    flags: list[Flag] = []
    post_id, conversation = item.id("id", flags), item.id("conversationId")
    if not (post_id or conversation):
        return None
    time = item.time("createdAt")
    author = item.item("author")
    raw = item.values.get("_raw")
    told = JsonObject(raw if isinstance(raw, dict) else {}, item.at("_raw"), item.problems, None)
    views, legacy = told.item("views"), told.item("legacy")
    post = Post(
        id=post_id or f"{NO_ID}{number}",
        text=unescaped(item.text("text")),
        author=author.handle("username") if author else None,
        author_name=author.string("name") if author else None,
        parent_id=item.id("inReplyToStatusId") or None,
        **time.as_fields(),
        views=views.count("count", flags) if views else None,
        **item.counts(_COUNTS, flags),
        lang=legacy.language("lang") if legacy else None,
        media=_media(item),
        links=_quoted(item),
        flags=tuple(flags),
    )
    return PostInThread(post, conversation)


def _media(item: JsonObject) -> tuple[str, ...]:
    """The links of images, and of videos rather than of their still pictures."""
    found = (entry.link("videoUrl") or entry.link("url") for entry in item.items("media"))
    return tuple(dict.fromkeys(link for link in found if link))


def _quoted(item: JsonObject) -> tuple[str, ...]:
    """The link to the quoted tweet."""
    quoted = item.item("quotedTweet")
    author = quoted.item("author") if quoted else None
    link = post_link(author.handle("username") if author else None, quoted.id("id")) if quoted else None
    return (link,) if link else ()
