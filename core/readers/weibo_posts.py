"""A comment or a post of Weibo, in the shapes of its interfaces."""

import re
from collections.abc import Mapping
from typing import TypeGuard

from core.models import Flag, Post, PostStatus
from core.readers.kit.entities import unescaped
from core.readers.kit.fields import NO_ID, CountKeys, JsonObject
from core.readers.kit.html_text import HtmlText, html_as_text
from core.reasons import ReasonCode
from core.text.links import web_link

_SIGNS = frozenset(
    ("mid", "idstr", "rootid", "rootidstr", "attitudes_count", "reposts_count", "like_counts", "floor_number", "bid")
)
"""Fields of which a comment or post of Weibo has at least one, and no post of X any."""
_MARKUP = re.compile(r"<(?:a|span|img|br|p)\b", re.IGNORECASE)
_NAMED_POST = re.compile(r"\bmid:(\d{10,20})\b")
_COUNTS: CountKeys = {
    "likes": ("like_count", "like_counts", "attitudes_count"),
    "replies": ("comments_count", "total_number"),
    "reposts": "reposts_count",
}
_BREAKS = re.compile(r"\r\n?")


def is_entry(value: object) -> TypeGuard[dict[str, object]]:
    """Whether `value` is a comment or a post."""
    return (
        isinstance(value, dict)
        and ("text" in value or "text_raw" in value)
        and ("user" in value or "deleted" in value)
        and not _SIGNS.isdisjoint(value)
    )


def named_post(page: Mapping[str, object]) -> str:
    """The post that a page of comments is on, where something in it says so; otherwise empty."""
    holders = [page, page.get("data")]
    for holder in holders:
        if not isinstance(holder, dict):
            continue
        listed = holder.get("data")
        entry = listed[0] if isinstance(listed, list) and listed else None
        for one in (holder, entry):
            told = one.get("analysis_extra") if isinstance(one, dict) else None
            if isinstance(told, str) and (match := _NAMED_POST.search(told[:1000])):
                return match[1]
    return ""


def post_page(post_id: str) -> str | None:
    """The page of a post of which only the number is known."""
    return f"https://m.weibo.cn/detail/{post_id}" if post_id.isascii() and post_id.isdecimal() else None


def post_of(item: JsonObject, post_id: str, parent: str | None) -> Post:
    """A comment or post; `parent` is what it answers where it does not say so itself."""
    flags: list[Flag] = []
    user = item.item("user")
    time = item.time("created_at")
    told = _shown(item)
    is_gone = item.values.get("deleted") in ("1", 1, True)
    found = post_id or f"{NO_ID}{item.place}"
    return Post(
        id=found,
        # What stands in a deleted post's place are Weibo's words.
        text="" if is_gone else told.text,
        author=((user.handle("screen_name") or user.handle("name")) if user else None),
        parent_id=_parent(item, found) or parent,
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        url=_page(item, user),
        media=_media(item),
        links=told.links,
        status=PostStatus.DELETED if is_gone else PostStatus.LIVE,
        flags=tuple(flags),
    )


def _parent(item: JsonObject, own_id: str) -> str | None:
    """The comment that this one answers, as it says itself; a comment that begins a floor names itself."""
    answered = item.item("reply_comment") if isinstance(item.values.get("reply_comment"), dict) else None
    named = (
        answered.id("idstr") or answered.id("id") if answered else "",
        item.id("reply_id") if item.values.get("reply_id") else "",
        (item.id("rootidstr") or item.id("rootid")) if "rootid" in item.values or "rootidstr" in item.values else "",
    )
    return next((one for one in named if one not in ("", "0", own_id)), None)


def _shown(item: JsonObject) -> HtmlText:
    """The text as Weibo shows it, with its links; the long form where the source has that."""
    long = item.item("longText") if isinstance(item.values.get("longText"), dict) else None
    text = long.string("longTextContent") if long else None
    if text is None:
        text = item.text("text") if "text" in item.values else item.text("text_raw")
        if item.values.get("isLongText") is True:
            item.report("text", ReasonCode.REST_NOT_IN_FILE)
    if _MARKUP.search(text):
        return html_as_text(text)
    return HtmlText(_BREAKS.sub("\n", unescaped(text)))


def _page(item: JsonObject, user: JsonObject | None) -> str | None:
    """A post's page; comments have none of their own."""
    if not {"reposts_count", "attitudes_count", "bid", "mblogid"} & item.values.keys() or "rootid" in item.values:
        return None
    short, account = item.id("bid") or item.id("mblogid"), user.id("id") if user else ""
    if short and account:
        return web_link(f"https://weibo.com/{account}/{short}")
    return post_page(item.id("idstr") or item.id("id") or item.id("mid"))


def _media(item: JsonObject) -> tuple[str, ...]:
    """The pictures, in the largest size that the source names, and a video's page."""
    pictures = [*item.items("pics")] if isinstance(item.values.get("pics"), list) else []
    if isinstance(item.values.get("pic"), dict) and (one := item.item("pic")):
        pictures.append(one)
    found = []
    for picture in pictures:
        large = picture.item("large") if isinstance(picture.values.get("large"), dict) else None
        found.append((large.link("url") if large else None) or picture.link("url"))
    for key in ("original_pic",) if not pictures else ():
        found.append(item.link(key))
    return tuple(dict.fromkeys(link for link in found if link))
