"""What gallery-dl knows of tweets: `gallery-dl -j`, and the metadata files beside the pictures.

A tweet comes once for each of its pictures; in the list of `-j` the picture's link stands before it.
"""

from collections.abc import Iterator

from core.errors import PayloadError
from core.models import DetailKind, Flag, Post, Problem, Reading, TextLoss
from core.readers.kit.details import detail
from core.readers.kit.document import Document
from core.readers.kit.entries import first_objects
from core.readers.kit.fetcher_errors import fetcher_error
from core.readers.kit.fields import JsonObject, type_name
from core.readers.kit.threads import GatheredPosts, PostInThread
from core.readers.kit.times import PostTime, post_time
from core.readers.x.shares import share_alone
from core.readers.x.text import known_losses
from core.reasons import Reason, ReasonCode
from core.text.links import web_link
from core.text.names import is_same_account
from core.text.x_posts import post_link

_COUNTS = {
    "likes": "favorite_count",
    "replies": "reply_count",
    "reposts": "retweet_count",
    "views": "view_count",
}

_ERROR, _MEDIA = -1, 3
_KINDS = (_ERROR, 2, _MEDIA, 6)
"""What an entry of `-j` can be: an error, a post, a picture, another page to visit."""


class GalleryDlReader:
    """The JSON of gallery-dl, of which tweets are read."""

    name = "gallery-dl"
    title = "gallery-dl JSON (-j, or --write-metadata) of X"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

    def detects(self, document: Document) -> bool:
        """Whether this is gallery-dl's list of messages, or the metadata of tweets."""
        return _is_list(document) or any(_is_tweet(values) for values in first_objects(document))

    def read(self, document: Document) -> list[Reading]:
        """One reading for each conversation."""
        problems: list[Problem] = []
        tweets: dict[str, PostInThread] = {}
        for item, link in _entries(document, problems):
            one = _told(item) if _is_tweet(item.values) else None
            if one is None:
                category = item.values.get("category")
                is_other = isinstance(category, str) and category != "twitter"
                why = (
                    Reason(ReasonCode.OF_OTHER_SITE, names=(str(category),))
                    if is_other
                    else Reason(ReasonCode.NO_TWEET)
                )
                problems.append(Problem(item.place, why))
                continue
            # Rounded ids may be those of two tweets.
            key = f"{one.post.id} {one.post.text}" if one.post.flags else one.post.id
            known = tweets.setdefault(key, one)
            if link:
                media = tuple(dict.fromkeys((*known.post.media, link)))
                tweets[key] = known._replace(post=known.post.with_changes(media=media))
        if not tweets:
            raise _nothing(document, problems)
        gathered = GatheredPosts()
        for tweet in tweets.values():
            gathered.add(*tweet)
        return gathered.readings(self.name, "gallery-dl", problems=problems)


def _is_list(document: Document) -> bool:
    """Whether this is the list that `-j` prints."""
    value = document.value
    if not isinstance(value, list) or not value:
        return False
    return all(
        isinstance(entry, list)
        and len(entry) > 1
        and type(entry[0]) is int
        and entry[0] in _KINDS
        and isinstance(entry[-1], dict)
        for entry in value[:20]
    )


def _is_tweet(values: object) -> bool:
    """Whether an object is the metadata of a tweet."""
    return isinstance(values, dict) and values.get("category") == "twitter" and "tweet_id" in values


def _entries(document: Document, problems: list[Problem]) -> Iterator[tuple[JsonObject, str | None]]:
    """Each object of metadata, and the link of its picture where that is told."""
    for part in document.parts:
        values = part.value if isinstance(part.value, list) else [part.value]
        for number, entry in enumerate(values):
            place = part.place or f"[{number}]"
            told = entry[-1] if isinstance(entry, list) and entry else entry
            if isinstance(told, dict):
                is_media = isinstance(entry, list) and entry[0] == _MEDIA and len(entry) == 3
                yield JsonObject(told, place, problems, document.captured_at), web_link(entry[1]) if is_media else None
            else:
                problems.append(Problem(place, Reason(ReasonCode.ENTRY_NOT_AN_OBJECT, names=(type_name(told),))))


def _nothing(document: Document, problems: list[Problem]) -> PayloadError:
    """What to say where there is no tweet: gallery-dl's own error, or what there is instead."""
    value = document.value if isinstance(document.value, list) else []
    for entry in value:
        told = entry[-1] if isinstance(entry, list) and entry and entry[0] == _ERROR else None
        if isinstance(told, dict):
            return fetcher_error(
                ": ".join(str(told[key])[:500] for key in ("error", "message") if told.get(key)), document.name
            )
    why = problems[0].reason if problems else None
    if why is None:
        return PayloadError(Reason(ReasonCode.GALLERY_DL_EMPTY, names=(document.name,)))
    is_other = why.code is ReasonCode.OF_OTHER_SITE
    code = ReasonCode.GALLERY_DL_OTHER_SITE if is_other else ReasonCode.GALLERY_DL_NO_TWEET
    return PayloadError(Reason(code, names=(document.name, *why.names)))


def _told(item: JsonObject) -> PostInThread | None:
    """A tweet and where it stands; None where its id is missing."""
    flags: list[Flag] = []
    post_id = item.id("tweet_id", flags)
    if not post_id:
        return None
    time = _time(item, "date")
    author = item.item("author") or item.item("user")
    quoted, parent = _id(item, "quote_id"), _id(item, "reply_id") or None
    text = item.text("content")
    post = Post(
        id=post_id,
        text=text,
        author=author.handle("name") if author else None,
        author_name=author.string("nick") if author else None,
        author_id=(author.id("id") or None) if author else None,
        parent_id=parent,
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        lang=item.language("lang"),
        links=tuple(filter(None, [post_link(None, quoted)])),
        flags=tuple(flags),
        losses=known_losses(text, may_begin_with_names=parent is not None),
        details=detail(DetailKind.COMMUNITY_NOTE, item.string("birdwatch")),
    )
    original_id = _id(item, "retweet_id")
    if original_id:
        post = _shared(post, item, original_id)
    return PostInThread(post, _id(item, "conversation_id"), item.handle("reply_to"))


def _shared(post: Post, item: JsonObject, original_id: str) -> Post:
    """The original of a share, which has its author and its words, but the counts and the time of the share."""
    user = item.item("user")
    sharer = user.handle("name") if user else None
    whole = share_alone(post, original_id)
    is_named = bool(whole.author and post.author) and is_same_account(whole.author or "", post.author or "")
    if not is_named:
        return whole
    flags = tuple(flag for flag in whole.flags if flag is not Flag.SHARE_ALONE)
    losses = whole.losses if Flag.CUT_BY_SOURCE in flags else post.losses
    sharer = sharer if sharer and not is_same_account(sharer, post.author or "") else None
    return whole.with_changes(
        author_name=post.author_name,
        author_id=post.author_id,
        flags=flags,
        losses=losses,
        shared_by=sharer or "",
        **_time(item, "date_original").as_fields(),
    )


def _id(item: JsonObject, key: str) -> str:
    """An id, which gallery-dl gives as 0 where there is none."""
    found = item.id(key)
    return "" if found == "0" else found


def _time(item: JsonObject, key: str) -> PostTime:
    """The time, which is printed without its zone, UTC."""
    given = item.values.get(key)
    exact = post_time(f"{given.strip()}+00:00", None) if isinstance(given, str) and len(given.strip()) == 19 else None
    return exact if exact and exact.posted_at is not None else item.time(key)
