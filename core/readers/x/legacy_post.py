"""A post in the form of X's API v1.1, which the web's GraphQL still has inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.models import Flag, Post, PostDetail, TextLoss
from core.readers.kit.fields import JsonObject
from core.readers.kit.json_values import objects_at, value_at
from core.readers.x.entities import addresses, asked, described, leading_to, link_texts, media_links, place_of, text_at
from core.readers.x.text import display_text, known_losses, without_link_to
from core.reasons import ReasonCode
from core.text.links import web_link
from core.text.x_posts import post_link

Author = tuple[str | None, str | None, str | None]
"""Handle, display name and X's own number of an account."""
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
    own_ids: Sequence[str] = ()
    """Those of the post, to which X adds a link where it cuts or has edited the text."""
    quoted_id: str | None = None
    quoted_url: str | None = None
    escaped: bool = True
    is_cut: bool = False
    """Whether X gives the beginning of the text only."""
    details: tuple[PostDetail, ...] = ()

    def shown(self) -> str:
        """The text as X shows it."""
        full = addresses(self.urls)
        text = display_text(self.text, self.span, full, self._no_words(full), escaped=self.escaped)
        return without_link_to(text, (self.quoted_id, *self.own_ids))

    def links(self) -> tuple[str, ...]:
        """Where its links lead, those of pictures aside, and the quoted post."""
        full = addresses(self.urls)
        beside = self._no_words(full)
        found = [link for short, link in full.items() if short not in beside]
        return tuple(dict.fromkeys((*found, *filter(None, [self.quoted_url]))))

    def _no_words(self, full: Mapping[str, str]) -> list[str]:
        """The short links that stand for what is attached, or for the post itself."""
        ids = (self.quoted_id, *self.own_ids)
        return [*self.attached, *(short for post_id in ids for short in leading_to(full, post_id))]


def sent(item: JsonObject, quoted_url: str | None = None) -> Sent:
    """The content of a post of API v1.1; a long one of the streaming API has its own in `extended_tweet`."""
    longer = item.item("extended_tweet")
    whole = longer if longer and text_at(longer, "full_text", "text") else item
    media = objects_at(whole.values, "extended_entities", "media") or objects_at(whole.values, "entities", "media")
    text = text_at(whole, "full_text", "text")
    is_cut = whole is item and item.values.get("truncated") is True and "full_text" not in item.values
    if text is None:
        item.report("full_text", ReasonCode.TEXT_MISSING)
    elif is_cut:
        item.report("text", ReasonCode.CUT_BY_SOURCE)
    quoted_id = item.id("quoted_status_id_str") or None
    linked = web_link(value_at(item.values, "quoted_status_permalink", "expanded"))
    return Sent(
        text=text or "",
        span=whole.values.get("display_text_range"),
        urls=objects_at(whole.values, "entities", "urls"),
        attached=link_texts(media),
        media=media_links(media),
        own_ids=[item.id("id_str")] if is_cut else (),
        quoted_id=quoted_id,
        quoted_url=quoted_url or linked or post_link(None, quoted_id or ""),
        is_cut=is_cut,
        details=(*asked(item.values.get("card")), *place_of(item.values), *described(media)),
    )


def legacy_post(
    item: JsonObject,
    post_id: str,
    author: Author,
    told: Sent,
    flags: list[Flag],
    views: int | None = None,
) -> Post:
    """The post itself; `flags` are what is odd about it so far, to which more is added."""
    time = item.time("created_at")
    handle, name, number = author
    text = told.shown()
    answers = bool(item.values.get("in_reply_to_user_id_str") or item.values.get("in_reply_to_screen_name"))
    losses = known_losses(text, may_begin_with_names=answers and not isinstance(told.span, list))
    if told.is_cut:
        flags.append(Flag.CUT_BY_SOURCE)
        losses |= TextLoss.CUT
    return Post(
        id=post_id,
        text=text,
        author=handle,
        author_name=name,
        author_id=number,
        parent_id=item.id("in_reply_to_status_id_str") or item.id("in_reply_to_status_id") or None,
        **time.as_fields(),
        views=views,
        **item.counts(_COUNTS, flags),
        lang=item.language("lang"),
        media=told.media,
        links=told.links(),
        flags=tuple(flags),
        losses=losses,
        details=told.details,
    )
