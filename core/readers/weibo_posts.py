"""A comment or a post of Weibo, in the shapes of its interfaces."""

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeGuard

from core.models import DetailKind, Flag, Post, PostDetail, PostStatus, TextLoss
from core.readers.kit.details import detail
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
_REST = re.compile(
    r"(?:\.{3}|…+)?\s*(?:<(a|span)\b[^<>]*>\s*(?:全文|展开|展開)\s*</\1>|(?<=[.…])全文)[\s\u200b]*\Z", re.IGNORECASE
)
"""The label of the link to the rest of a long post, which a list gives the beginning of, with the dots before it."""
_PASSED_ON = re.compile(r"\s*//\s*@[\w·.-]{1,40}\s*[:：]")
"""Where in a repost the words of those begin whose repost it passes on."""
_FROM = re.compile(r"(?:发布于|來自|来自)\s*(\S.{0,30})")
"""A place as Weibo prints it."""


class _ShownText(NamedTuple):
    """A text as Weibo shows it, and what is known of it."""

    told: HtmlText
    is_cut: bool = False
    passed_on: str = ""
    """The words of others that a repost passes on."""


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
    shown = _shown(item)
    if shown.is_cut:
        flags.append(Flag.CUT_BY_SOURCE)
    if _is_edited(item):
        flags.append(Flag.EDITED_BEFORE)
    is_gone = item.values.get("deleted") in ("1", 1, True)
    found = post_id or f"{NO_ID}{item.place}"
    return Post(
        id=found,
        # What stands in a deleted post's place are Weibo's words.
        text="" if is_gone else shown.told.text,
        author=((user.handle("screen_name") or user.handle("name")) if user else None),
        author_id=(user.id("idstr") or user.id("id") or None) if user else None,
        parent_id=_parent(item, found) or parent,
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        url=_page(item, user),
        media=_media(item),
        links=shown.told.links,
        status=PostStatus.DELETED if is_gone else PostStatus.LIVE,
        flags=tuple(flags),
        losses=TextLoss.CUT if shown.is_cut else TextLoss.NONE,
        details=(*detail(DetailKind.QUOTED_POST, shown.passed_on), *_place(item)),
    )


def _is_edited(item: JsonObject) -> bool:
    """Whether Weibo says that the author has edited the post."""
    config = item.values.get("edit_config")
    return bool(item.values.get("edit_count")) or (isinstance(config, dict) and config.get("edited") is True)


def _place(item: JsonObject) -> tuple[PostDetail, ...]:
    """Where it was posted; the source of a post is a device, and that of a comment a place."""
    given = item.values.get("region_name") or (item.values.get("source") if "rootid" in item.values else None)
    match = _FROM.fullmatch(given.strip()) if isinstance(given, str) else None
    return detail(DetailKind.PLACE, match[1]) if match else ()


def _parent(item: JsonObject, own_id: str) -> str | None:
    """The comment that this one answers, as it says itself; a comment that begins a floor names itself."""
    answered = item.item("reply_comment") if isinstance(item.values.get("reply_comment"), dict) else None
    named = (
        answered.id("idstr") or answered.id("id") if answered else "",
        item.id("reply_id") if item.values.get("reply_id") else "",
        (item.id("rootidstr") or item.id("rootid")) if "rootid" in item.values or "rootidstr" in item.values else "",
    )
    return next((one for one in named if one not in ("", "0", own_id)), None)


def _shown(item: JsonObject) -> _ShownText:
    """The text as Weibo shows it, with its links; the long form where the source has that."""
    is_cut = False
    long = item.item("longText") if isinstance(item.values.get("longText"), dict) else None
    text = long.string("longTextContent") if long else None
    if text is None:
        text = item.text("text") if "text" in item.values else item.text("text_raw")
        text, labels = _REST.subn("…", text)
        is_cut = labels > 0 or item.values.get("isLongText") is True
        if is_cut:
            item.report("text", ReasonCode.REST_NOT_IN_FILE)
    told = html_as_text(text) if _MARKUP.search(text) else HtmlText(_BREAKS.sub("\n", unescaped(text)))
    if is_entry(item.values.get("retweeted_status")) and (others := _PASSED_ON.search(told.text)):
        own, passed_on = told.text[: others.start()], told.text[others.start() :].strip()
        return _ShownText(told._replace(text=own), is_cut, passed_on.removeprefix("//").strip())
    return _ShownText(told, is_cut)


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
