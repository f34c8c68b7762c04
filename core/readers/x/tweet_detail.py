"""Two shapes of X that services hand out: a tweet's detail with its replies, and a search for replies to several posts.

Neither is documented: what is read are the fields that captured files have.
"""

from dataclasses import replace

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading, TextLoss
from core.readers.kit.details import quoted_post
from core.readers.kit.document import Document
from core.readers.kit.entities import unescaped
from core.readers.kit.fields import NO_ID, CountKeys, JsonObject
from core.readers.kit.json_values import objects_at
from core.readers.kit.threads import GatheredPosts, PostInThread
from core.readers.x.entities import is_advertised
from core.readers.x.shares import unless_share
from core.readers.x.text import known_losses, without_short_links
from core.reasons import Reason, ReasonCode
from core.text.x_posts import linked_id, post_link

_COUNTS: CountKeys = {
    "likes": "favorite_count",
    "replies": "reply_count",
    "reposts": "retweet_count",
    "views": ("view_count", "views_count", "views"),
}
_REPLIES = ("sourceReplyCount", "replyCount", "replies")
_REPLY_COUNTS = {"likes": "likes", "reposts": "retweets", "views": "views"}

_PARENTS = ("in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to_tweet_id")
_CURSORS = ("next_cursor", "next_cursor_str", "cursor")


class TweetDetailReader:
    """The JSON of RapidAPI's tweet-detail services and their kin."""

    name = "tweet-detail"
    title = "RapidAPI tweet-detail JSON"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

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
        # Where no conversation is named, the file is about the post that it begins with.
        about = ""
        for number, item in enumerate(whole.items("tweets")):
            if is_advertised(item.values):
                problems.append(Problem(item.place, Reason(ReasonCode.ADVERTISED, (1,))))
                continue
            flags: list[Flag] = []
            post_id = item.id("tweet_id", flags)
            conversation = item.id("conversation_id_str") or item.id("conversation_id")
            if not (post_id or conversation):
                problems.append(Problem(item.place, Reason(ReasonCode.NO_TWEET)))
                continue
            post = _tweet(item, post_id or f"{NO_ID}{number}", flags)
            if not gathered.posts:
                about = conversation or post.parent_id or post.id
            elif item.values.get("is_reply") is True and post.parent_id is None:
                conversation = conversation or about
            gathered.add(post, conversation)
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
    answered, quoted = _related(item)
    link = post_link(None, quoted)
    handle = next((key for key in ("screen_name", "username", "user_screen_name") if user.values.get(key)), None)
    media = _media(item)
    text = without_short_links(unescaped(item.text("text")), bool(media) + bool(quoted))
    number = next(
        (found for key in ("user_id", "id_str", "rest_id", "id") if user is not item and (found := user.id(key))), ""
    )
    return unless_share(
        Post(
            id=post_id,
            text=text,
            author=user.handle(handle) if handle else None,
            author_name=user.string("name"),
            author_id=number or None,
            parent_id=answered if answered not in ("", "0", post_id) else None,
            **time.as_fields(),
            **item.counts(_COUNTS, flags),
            lang=item.language("lang"),
            media=media,
            links=(link,) if link else (),
            flags=tuple(flags),
            losses=known_losses(text, may_begin_with_names=item.values.get("is_reply") is not False),
            details=quoted_post(None, None, link),
        )
    )


def _related(item: JsonObject) -> tuple[str, str]:
    """The ids of the post that is answered and of the one that is quoted.

    One field stands for either; of an answer that quotes, it is the quoted post, and what is answered is not told.
    """
    quotes, answers = item.values.get("is_quote") is True, item.values.get("is_reply") is not False
    related = item.id("related_tweet_id")
    answered = next((found for key in _PARENTS if (found := item.id(key))), "") if answers else ""
    if quotes:
        return answered, related
    return answered or (related if answers else ""), ""


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
    losses = TextLoss.NONE

    def detects(self, document: Document) -> bool:
        """Whether this has the posts that were asked for, and replies that name theirs."""
        value = document.value
        if isinstance(value, list):
            return bool(value) and all(map(_is_source, value[:20]))
        if not isinstance(value, dict) or not isinstance(value.get("replies"), list):
            return False
        return isinstance(value.get("sourcePosts"), list) or any(
            isinstance(entry, dict) and "sourceTweetId" in entry for entry in value["replies"][:20]
        )

    def read(self, document: Document) -> list[Reading]:
        """One reading for each of the posts."""
        problems: list[Problem] = []
        value = document.value if isinstance(document.value, dict) else {"sourcePosts": document.value}
        whole = JsonObject(value, "", problems, document.captured_at)
        fetched = whole.time("fetchedAt").posted_at
        gathered = GatheredPosts()
        for found in (*self._roots(whole), *self._replies(whole)):
            gathered.add(*found)
        if not gathered.posts:
            raise PayloadError(Reason(ReasonCode.SEARCH_WITHOUT_REPLY, names=(document.name,)))
        stated = self._stated(whole)
        return [
            replace(one, claimed=stated.get(one.root_id, one.claimed))
            for one in gathered.readings(self.name, "x-replies-search", problems=problems, captured_at=fetched)
        ]

    def _stated(self, whole: JsonObject) -> dict[str, int]:
        """How many replies each of the posts that were asked for has, as far as the source itself said so."""
        found = {}
        for entry in objects_at(whole.values, "sourcePosts"):
            item = JsonObject(entry, whole.at("sourcePosts"), [], None)
            count = item.count("sourceReplyCount", [])
            if count is not None and (post_id := _id_of(item)):
                found[post_id] = count
        return found

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


def _is_source(entry: object) -> bool:
    """Whether an entry is one of the posts that were asked for, which come in a list of their own as well."""
    if not isinstance(entry, dict) or "url" not in entry or not {"key", "label", "publishedAt"} <= entry.keys():
        return False
    return linked_id(entry["url"]) == str(entry.get("id"))


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
    time = item.time("createdAt", "created_at", "publishedAt", "date")
    parent = item.id("inReplyToId") or source
    said = unescaped(item.text(text))
    # A list of replies is no count of them.
    counted = next((key for key in _REPLIES if isinstance(values.get(key), int | str)), _REPLIES[0])
    named = next((key for key in ("authorName", "displayName", "name") if values.get(key)), "authorName")
    return Post(
        id=post_id,
        text=said,
        author=handle if author else item.handle("author") or item.handle("username"),
        author_name=author.string("name") if author else item.string(named),
        parent_id=parent,
        **time.as_fields(),
        replies=item.count(counted, flags),
        **item.counts(_REPLY_COUNTS, flags),
        lang=item.language("lang"),
        url=item.link("url"),
        flags=tuple(flags),
        losses=known_losses(said, may_begin_with_names=parent is not None),
    )
