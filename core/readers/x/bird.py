"""What bird prints with --json: `read`, `replies` and `thread`, as a list, or with a cursor to the next page.

`replies` has no root and only direct answers; `thread` has the root.
"""

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading, TextLoss
from core.readers.kit.details import quoted_post
from core.readers.kit.document import Document
from core.readers.kit.entities import unescaped
from core.readers.kit.entries import first_objects, json_objects
from core.readers.kit.fields import NO_ID, JsonObject
from core.readers.kit.json_values import value_at
from core.readers.kit.threads import GatheredPosts, PostInThread
from core.readers.x.graphql_post import Tweet, is_shown, unwrapped
from core.readers.x.shares import share_of, unless_share
from core.readers.x.text import known_losses, without_short_links
from core.reasons import Reason, ReasonCode
from core.text.x_posts import post_link

_COUNTS = {"likes": "likeCount", "replies": "replyCount", "reposts": "retweetCount"}


class BirdReader:
    """Reads the JSON that bird prints."""

    name = "bird"
    title = "bird JSON (read, replies or thread)"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

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
    raw = item.values.get("_raw")
    told = unwrapped(raw) if isinstance(raw, dict) else {}
    if is_shown(told):
        # What X itself said is kept beside what bird made of it.
        tweet = Tweet(JsonObject(told, item.at("_raw"), item.problems, None)).post(post_id)
        author = tweet.author or value_at(item.values, "author", "username")
        return PostInThread(tweet.with_changes(author=author if isinstance(author, str) else None), conversation)
    post = _post(item, post_id or f"{NO_ID}{number}", flags)
    original = item.item("retweetedTweet") or item.item("repostedTweet")
    if original and (original_id := original.id("id")):
        return PostInThread(share_of(_post(original, original_id, []), post.id, post.author), conversation)
    return PostInThread(unless_share(post), conversation)


def _post(item: JsonObject, post_id: str, flags: list[Flag]) -> Post:
    """The post that a tweet of bird is."""
    time = item.time("createdAt")
    author = item.item("author")
    raw = item.values.get("_raw")
    told = JsonObject(raw if isinstance(raw, dict) else {}, item.at("_raw"), item.problems, None)
    views, legacy = told.item("views"), told.item("legacy")
    parent = item.id("inReplyToStatusId") or None
    quoted, media = item.item("quotedTweet"), _media(item)
    text = without_short_links(_text(item), bool(media) + bool(quoted))
    link = _link(quoted) if quoted else None
    quoted_by = quoted.item("author") if quoted else None
    quote = quoted_post(quoted_by.handle("username") if quoted_by else None, _text(quoted), link) if quoted else ()
    return Post(
        id=post_id,
        text=text,
        author=author.handle("username") if author else None,
        author_name=author.string("name") if author else None,
        author_id=item.id("authorId") or None,
        parent_id=parent,
        **time.as_fields(),
        views=views.count("count", flags) if views else None,
        **item.counts(_COUNTS, flags),
        lang=legacy.language("lang") if legacy else None,
        media=media,
        links=(link,) if link else (),
        flags=tuple(flags),
        losses=known_losses(text, may_begin_with_names=parent is not None),
        details=quote,
    )


def _text(item: JsonObject) -> str:
    """The text, in which bird leaves short links and what X escapes."""
    return unescaped(item.text("text"))


def _media(item: JsonObject) -> tuple[str, ...]:
    """The links of images, and of videos rather than of their still pictures."""
    found = (entry.link("videoUrl") or entry.link("url") for entry in item.items("media"))
    return tuple(dict.fromkeys(link for link in found if link))


def _link(tweet: JsonObject) -> str | None:
    """The link to a tweet."""
    author = tweet.item("author")
    return post_link(author.handle("username") if author else None, tweet.id("id"))
