"""Two shapes of X that services hand out: a tweet's detail with its replies, and a search for replies to several posts.

Neither is documented: what is read are the fields that captured files have.
"""

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading, TextLoss
from core.readers.kit.document import Document
from core.readers.kit.entities import unescaped
from core.readers.kit.fields import NO_ID, CountKeys, JsonObject
from core.readers.kit.threads import GatheredPosts, PostInThread
from core.reasons import Reason, ReasonCode
from core.text.x_posts import linked_id, post_link

_COUNTS: CountKeys = {
    "likes": "favorite_count",
    "replies": "reply_count",
    "reposts": "retweet_count",
    "views": ("view_count", "views_count", "views"),
}
_REPLY_COUNTS = {"likes": "likes", "reposts": "retweets", "views": "views"}

_PARENTS = ("in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to_tweet_id", "related_tweet_id")
_CURSORS = ("next_cursor", "next_cursor_str", "cursor")


class TweetDetailReader:
    """The JSON of RapidAPI's tweet-detail services and their kin."""

    name = "tweet-detail"
    title = "RapidAPI tweet-detail JSON"
    site = "x.com"
    long_list = None
    losses = TextLoss.HIDDEN_LINKS | TextLoss.NAMES_IN_FRONT

    def detects(self, document: Document) -> bool:
        """Whether this is a list of tweets as these services name their fields."""
        value = document.value
        entries = value.get("tweets") if isinstance(value, dict) else None
        if not isinstance(entries, list) or not isinstance(value, dict):
            return False
        return any(_is_tweet(entry) for entry in entries[:20]) or ("pinned_tweet" in value and not entries)

    def read(self, document: Document) -> list[Reading]:
        """One reading for each conversation."""
        problems: list[Problem] = []
        value = document.value if isinstance(document.value, dict) else {}
        whole = JsonObject(value, "", problems, document.captured_at)
        gathered = GatheredPosts()
        for number, item in enumerate(whole.items("tweets")):
            flags: list[Flag] = []
            post_id = item.id("tweet_id", flags)
            conversation = item.id("conversation_id_str") or item.id("conversation_id")
            if post_id or conversation:
                gathered.add(_tweet(item, post_id or f"{NO_ID}{number}", flags), conversation)
            else:
                problems.append(Problem(item.place, Reason(ReasonCode.NO_TWEET)))
        if not gathered.posts:
            raise PayloadError(Reason(ReasonCode.TWEET_DETAIL_WITHOUT_TWEET, names=(document.name,)))
        leads_on = any(value.get(key) for key in _CURSORS)
        reasons = [Reason(ReasonCode.FURTHER_REPLY_PAGES)] if leads_on else []
        return gathered.readings(self.name, "RapidAPI", reasons=reasons, problems=problems)


def _is_tweet(values: object) -> bool:
    """Whether an object is a tweet of tweet-detail."""
    return isinstance(values, dict) and "tweet_id" in values and "text" in values and "favorite_count" in values


def _tweet(item: JsonObject, post_id: str, flags: list[Flag]) -> Post:
    """The post that an entry of tweet-detail is."""
    values = item.values
    user = next((item.item(key) for key in ("user", "author") if isinstance(values.get(key), dict)), None) or item
    time = item.time("created_at", "creation_date")
    answered = (
        "" if values.get("is_reply") is False else next((found for key in _PARENTS if (found := item.id(key))), "")
    )
    quoted = item.id("related_tweet_id") if values.get("is_quote") and not answered else ""
    handle = next((key for key in ("screen_name", "username", "user_screen_name") if user.values.get(key)), None)
    return Post(
        id=post_id,
        text=unescaped(item.text("text")),
        author=user.handle(handle) if handle else None,
        author_name=user.string("name"),
        parent_id=answered if answered not in ("", "0", post_id) else None,
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        lang=item.language("lang"),
        media=_media(item),
        links=tuple(filter(None, [post_link(None, quoted)])),
        flags=tuple(flags),
    )


def _media(item: JsonObject) -> tuple[str, ...]:
    """The links of pictures and videos, which come as links or as objects with one."""
    found: list[str | None] = []
    for key in ("medias", "media_url", "media"):
        value = item.values.get(key)
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            for entry in item.items(key):
                link = next((one for one in ("media_url_https", "url", "media_url") if entry.values.get(one)), "url")
                found.append(entry.link(link))
        elif isinstance(value, list):
            found += item.links(key)
    return tuple(dict.fromkeys(link for link in found if link))


class RepliesSearchReader:
    """The JSON of x-replies-search: replies to several posts in one list, without times."""

    name = "x-replies-search"
    title = "x-replies-search JSON (sourcePosts and replies)"
    site = "x.com"
    long_list = None
    losses = TextLoss.HIDDEN_LINKS | TextLoss.NAMES_IN_FRONT

    def detects(self, document: Document) -> bool:
        """Whether this has the posts that were asked for, and replies that name theirs."""
        value = document.value
        if not isinstance(value, dict) or not isinstance(value.get("replies"), list):
            return False
        return isinstance(value.get("sourcePosts"), list) or any(
            isinstance(entry, dict) and "sourceTweetId" in entry for entry in value["replies"][:20]
        )

    def read(self, document: Document) -> list[Reading]:
        """One reading for each of the posts."""
        problems: list[Problem] = []
        value = document.value if isinstance(document.value, dict) else {}
        whole = JsonObject(value, "", problems, document.captured_at)
        fetched = whole.time("fetchedAt").posted_at
        gathered = GatheredPosts()
        for found in (*self._roots(whole), *self._replies(whole)):
            gathered.add(*found)
        if not gathered.posts:
            raise PayloadError(Reason(ReasonCode.SEARCH_WITHOUT_REPLY, names=(document.name,)))
        return gathered.readings(self.name, "x-replies-search", problems=problems, captured_at=fetched)

    def _roots(self, whole: JsonObject) -> list[PostInThread]:
        """The posts that were asked for, where more than their ids is told."""
        found = []
        entries = whole.values.get("sourcePosts")
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            if not isinstance(entry, dict):
                continue
            item = JsonObject(entry, whole.at(f"sourcePosts[{number}]"), whole.problems, whole.captured_at)
            post_id = _id_of(item)
            if post_id and any(item.values.get(key) for key in ("text", "content", "fullText")):
                found.append(PostInThread(_reply(item, post_id, None), post_id))
        return found

    def _replies(self, whole: JsonObject) -> list[PostInThread]:
        """The replies, each with the post that it answers."""
        found = []
        for number, item in enumerate(whole.items("replies")):
            source = item.id("sourceTweetId")
            if source:
                found.append(PostInThread(_reply(item, _id_of(item) or f"{NO_ID}{number}", source), source))
            else:
                item.report("sourceTweetId", ReasonCode.ANSWERED_POST_MISSING)
        return found


def _id_of(item: JsonObject) -> str:
    """A post's id, from whichever field has it."""
    found = (item.id(key) for key in ("id", "tweetId", "tweet_id", "sourceTweetId"))
    return next((one for one in found if one), "") or linked_id(item.values.get("url")) or ""


def _reply(item: JsonObject, post_id: str, source: str | None) -> Post:
    """One post of x-replies-search; it says of each reply only whose post was searched, which it therefore answers."""
    flags: list[Flag] = []
    values = item.values
    author = item.item("author") if isinstance(values.get("author"), dict) else None
    handle = author.handle("username" if "username" in author.values else "screen_name") if author else None
    text = next((key for key in ("text", "content", "fullText") if values.get(key) is not None), "text")
    time = item.time("createdAt", "created_at", "date")
    named = next((key for key in ("authorName", "displayName", "name") if values.get(key)), "authorName")
    return Post(
        id=post_id,
        text=unescaped(item.text(text)),
        author=handle if author else item.handle("author") or item.handle("username"),
        author_name=author.string("name") if author else item.string(named),
        parent_id=item.id("inReplyToId") or source,
        **time.as_fields(),
        replies=item.count("replies", flags) if not isinstance(values.get("replies"), list) else None,
        **item.counts(_REPLY_COUNTS, flags),
        lang=item.language("lang"),
        url=item.link("url"),
        flags=tuple(flags),
    )
