"""Tweets as twscrape and snscrape write them: JSON Lines, or a list.

Both name the same fields; twscrape adds the ids as texts, snscrape has two versions of the names for the text.
"""

import re
from collections.abc import Iterable, Mapping

from core.errors import PayloadError
from core.models import DetailKind, Flag, Post, PostDetail, Problem, Reading, TextLoss
from core.readers.kit.details import alt_texts, detail, poll, quoted_post
from core.readers.kit.document import Document
from core.readers.kit.entries import first_objects, json_objects
from core.readers.kit.fields import NO_ID, JsonObject
from core.readers.kit.json_values import value_at
from core.readers.kit.threads import GatheredPosts, PostInThread
from core.readers.x.entities import status_of
from core.readers.x.shares import share_of, unless_share
from core.readers.x.text import display_text, is_escaped, known_losses, without_link_to
from core.reasons import Reason, ReasonCode
from core.text.links import web_link
from core.text.x_posts import linked_id, post_link

_COUNTS = {"likes": "likeCount", "replies": "replyCount", "reposts": "retweetCount", "views": "viewCount"}

_TYPE = "snscrape.modules.twitter."
_SHORT = re.compile(r"https?://t\.co/\w{1,40}(?=\s*$)")
_TEXTS = ("rawContent", "content", "renderedContent")


class TwscrapeReader:
    """The JSON of twscrape and snscrape."""

    name = "twscrape"
    title = "twscrape or snscrape JSON Lines"
    site = "x.com"
    long_list = None
    losses = TextLoss.NONE

    def detects(self, document: Document) -> bool:
        """Whether there are tweets in this shape."""
        return any(_is_tweet(values) for values in first_objects(document))

    def read(self, document: Document) -> list[Reading]:
        """One reading for each conversation."""
        problems: list[Problem] = []
        gathered = GatheredPosts()
        by_twscrape = False
        for number, item in enumerate(json_objects(document, problems)):
            one = _told(item, number)
            if one is None:
                problems.append(Problem(item.place or "payload", Reason(ReasonCode.NO_TWEET)))
                continue
            by_twscrape |= "id_str" in item.values
            gathered.add(*one)
        if not gathered.posts:
            raise PayloadError(f"{document.name} has no tweet that tells which it is; fetch them again")
        tool = "twscrape" if by_twscrape else "snscrape"
        return gathered.readings(self.name, tool, problems=problems)


def _is_tweet(values: Mapping[str, object]) -> bool:
    """Whether an object is a tweet of this shape, or stands for one that is gone."""
    kind = values.get("_type")
    if isinstance(kind, str):
        return kind in (_TYPE + "Tweet", _TYPE + "Tombstone")
    return isinstance(values.get("user"), dict) and "conversationId" in values and any(key in values for key in _TEXTS)


def _told(item: JsonObject, number: int) -> PostInThread | None:
    """A tweet and where it stands; None for what is none, or cannot be placed."""
    if not _is_tweet(item.values):
        return None
    flags: list[Flag] = []
    post_id = _id(item, "id", "id_str", flags)
    conversation = _id(item, "conversationId", "conversationIdStr", None)
    if not (post_id or conversation):
        return None
    answered = item.item("inReplyToUser")
    handle = answered.handle("username") if answered else item.handle("inReplyToScreenName")
    post = _post(item, post_id or f"{NO_ID}{number}", flags)
    return PostInThread(post, conversation, handle)


def _id(item: JsonObject, number: str, text: str, flags: list[Flag] | None) -> str:
    """An id, from the text that twscrape gives beside the number, which other tools round."""
    return (item.id(text) if item.values.get(text) else "") or item.id(number, flags)


def _post(item: JsonObject, post_id: str, flags: list[Flag]) -> Post:
    """One tweet, or the one that it passes on; a tombstone keeps its id and has no text."""
    if item.values.get("_type") == _TYPE + "Tombstone":
        words = value_at(item.values, "text", "text") or item.values.get("text")
        return Post(id=post_id, text="", status=status_of(words if isinstance(words, str) else ""))
    post = _own_post(item, post_id, flags)
    original = item.item("retweetedTweet")
    if original is None:
        return unless_share(post)
    found: list[Flag] = []
    original_id = _id(original, "id", "id_str", found)
    whole = _own_post(original, original_id or linked_id(original.values.get("url")) or "", found)
    return share_of(whole, post_id, post.author)


def _own_post(item: JsonObject, post_id: str, flags: list[Flag]) -> Post:
    """One tweet with its own words and counts."""
    time = item.time("date")
    user = item.item("user")
    text = _text(item)
    media, described = _media(item)
    has_range = isinstance(item.values.get("displayTextRange"), list)
    answers = item.values.get("inReplyToTweetId") is not None or item.values.get("inReplyToUser") is not None
    return Post(
        id=post_id,
        text=text,
        author=user.handle("username") if user else None,
        author_name=user.string("displayname") if user else None,
        author_id=(_id(user, "id", "id_str", None) or None) if user else None,
        parent_id=_id(item, "inReplyToTweetId", "inReplyToTweetIdStr", None) or None,
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        lang=item.language("lang"),
        url=item.link("url"),
        media=media,
        links=_links(item),
        flags=tuple(flags),
        losses=known_losses(text, may_begin_with_names=answers and not has_range),
        details=(*_details(item), *described),
    )


def _details(item: JsonObject) -> tuple[PostDetail, ...]:
    """What stands beside the tweet: the quoted one, a poll, a place."""
    found: tuple[PostDetail, ...] = ()
    quoted, card, place = item.item("quotedTweet"), item.item("card"), item.item("place")
    if quoted and not str(quoted.values.get("_type")).endswith(("Tombstone", "TweetRef")):
        user = quoted.item("user")
        found = quoted_post(user.handle("username") if user else None, _text(quoted), quoted.link("url"))
    elif quoted and (link := post_link(None, _id(quoted, "id", "id_str", None))):
        found = quoted_post(None, None, link)
    if card:
        found += poll(option.string("label") for option in card.items("options"))
    return (*found, *detail(DetailKind.PLACE, place.string("fullName") if place else None))


def _text(item: JsonObject) -> str:
    """The text as X shows it, as far as the tool tells what X hides of it."""
    text = item.text(next((key for key in _TEXTS if item.values.get(key) is not None), _TEXTS[0]))
    full = _addresses(item)
    quoted = item.values.get("quotedTweet")
    quote_id = linked_id(quoted.get("url")) if isinstance(quoted, dict) else None
    attached = [short for short, link in full.items() if quote_id and linked_id(link) == quote_id]
    if isinstance(item.values.get("links"), list) and _media(item)[0]:
        # The link that stands for pictures is the only one that is not among the links.
        attached += [short for short in _SHORT.findall(text)[-1:] if short not in full]
    shown = display_text(text, item.values.get("displayTextRange"), full, attached, escaped=is_escaped(text))
    return without_link_to(shown, (quote_id,)) if quote_id else shown


def _addresses(item: JsonObject) -> dict[str, str]:
    """Short link -> where it leads; snscrape once had them in two lists of the same length."""
    links, outlinks, short = (item.values.get(key) for key in ("links", "outlinks", "tcooutlinks"))
    pairs: list[tuple[object, object]] = []
    if isinstance(links, list):
        pairs += [(entry.get("tcourl"), entry.get("url")) for entry in links if isinstance(entry, dict)]
    if isinstance(outlinks, list) and isinstance(short, list) and len(outlinks) == len(short):
        pairs += zip(short, outlinks, strict=True)
    return {one: link for one, other in pairs if isinstance(one, str) and one and (link := web_link(other))}


def _media(item: JsonObject) -> tuple[tuple[str, ...], Iterable[PostDetail]]:
    """The links of images and videos with their descriptions: twscrape sorts them by kind, snscrape has one list."""
    media = item.values.get("media")
    if isinstance(media, dict):
        inside = JsonObject(media, item.at("media"), item.problems, None)
        entries = [entry for kind in ("photos", "videos", "animated") for entry in inside.items(kind)]
    else:
        entries = list(item.items("media"))
    found = [(entry.string("altText"), _source(entry)) for entry in entries]
    return tuple(dict.fromkeys(link for _, link in found if link)), alt_texts(found)


def _source(entry: JsonObject) -> str | None:
    """The link of one image, or of the best version of one video."""
    variants = [one for one in entry.items("variants") if isinstance(one.values.get("bitrate"), int)]
    if variants:
        return max(variants, key=lambda one: int(str(one.values["bitrate"]))).link("url")
    found = (entry.link(key) for key in ("videoUrl", "fullUrl", "url", "thumbnailUrl", "previewUrl"))
    return next((link for link in found if link), None)


def _links(item: JsonObject) -> tuple[str, ...]:
    """The links in the text, in full, and that of the quoted tweet."""
    found: list[str | None] = []
    if isinstance(item.values.get("links"), list):
        found += [entry.link("url") for entry in item.items("links")]
    else:
        found += item.links("outlinks")
    other = item.item("quotedTweet")
    quoted = other.link("url") if other else None
    found = [link for link in found if link and not (quoted and linked_id(link) == linked_id(quoted))]
    return tuple(dict.fromkeys(link for link in (*found, quoted) if link))
