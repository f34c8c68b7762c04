"""A post in the form of X's API v1.1, which the web's GraphQL still has inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.models import Flag, Post
from core.readers.kit.fields import JsonObject
from core.readers.kit.json_values import objects_at, value_at
from core.readers.x.entities import addresses, leading_to, link_texts, media_links, text_at
from core.readers.x.text import display_text
from core.reasons import ReasonCode
from core.text.links import web_link
from core.text.x_posts import post_link

_COUNTS = {"likes": "favorite_count", "replies": "reply_count", "reposts": "retweet_count"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a post says and shows, as it was sent; see `core.readers.x.text`."""

    text: str
    span: object = None
    urls: Sequence[Mapping[str, object]] = ()
    """Its links, short and in full."""
    attached: Sequence[str] = ()
    """The short links of its pictures and videos."""
    media: tuple[str, ...] = ()
    quoted_id: str | None = None
    quoted_url: str | None = None
    escaped: bool = True

    def shown(self) -> str:
        """The text as X shows it."""
        full = addresses(self.urls)
        attached = [*self.attached, *leading_to(full, self.quoted_id)]
        return display_text(self.text, self.span, full, attached, escaped=self.escaped)

    def links(self) -> tuple[str, ...]:
        """Where its links lead, those of pictures aside, and the quoted post."""
        full = addresses(self.urls)
        own = {*self.attached, *leading_to(full, self.quoted_id)}
        found = [link for short, link in full.items() if short not in own]
        return tuple(dict.fromkeys((*found, *filter(None, [self.quoted_url]))))


def sent(item: JsonObject, quoted_url: str | None = None) -> Sent:
    """The content of a post of API v1.1; a long one of the streaming API has its own in `extended_tweet`."""
    longer = item.item("extended_tweet")
    whole = longer if longer and text_at(longer, "full_text", "text") else item
    media = objects_at(whole.values, "extended_entities", "media") or objects_at(whole.values, "entities", "media")
    text = text_at(whole, "full_text", "text")
    if text is None:
        item.report("full_text", ReasonCode.TEXT_MISSING)
    elif whole is item and item.values.get("truncated") is True:
        item.report("text", ReasonCode.CUT_BY_SOURCE)
    quoted_id = item.id("quoted_status_id_str") or None
    linked = web_link(value_at(item.values, "quoted_status_permalink", "expanded"))
    return Sent(
        text=text or "",
        span=whole.values.get("display_text_range"),
        urls=objects_at(whole.values, "entities", "urls"),
        attached=link_texts(media),
        media=media_links(media),
        quoted_id=quoted_id,
        quoted_url=quoted_url or linked or post_link(None, quoted_id or ""),
    )


def legacy_post(
    item: JsonObject,
    post_id: str,
    author: tuple[str | None, str | None],
    told: Sent,
    flags: list[Flag],
    views: int | None = None,
) -> Post:
    """The post itself; `author` is handle and name, `flags` what is odd about it so far, to which more is added."""
    time = item.time("created_at")
    handle, name = author
    return Post(
        id=post_id,
        text=told.shown(),
        author=handle,
        author_name=name,
        parent_id=item.id("in_reply_to_status_id_str") or item.id("in_reply_to_status_id") or None,
        **time.as_fields(),
        views=views,
        **item.counts(_COUNTS, flags),
        lang=item.language("lang"),
        media=told.media,
        links=told.links(),
        flags=tuple(flags),
    )
