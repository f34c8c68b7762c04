"""Links, media and what stands beside the words in the posts of X's own APIs."""

import re
from collections.abc import Iterable, Iterator, Mapping

from core.models import DetailKind, PostDetail, PostStatus
from core.readers.kit.details import alt_texts, detail, poll
from core.readers.kit.fields import JsonObject
from core.readers.kit.json_values import object_at, objects_at, value_at
from core.text.links import web_link
from core.text.x_posts import linked_id

_STATUSES = (
    (PostStatus.SUSPENDED, ("suspend", "suspens", "gesperrt", "凍結", "冻结", "封禁", "정지")),
    (
        PostStatus.DELETED,
        ("delete", "no longer exist", "eliminad", "supprim", "gelöscht", "apagad", "削除", "删除", "刪除", "삭제"),
    ),
    (
        PostStatus.PROTECTED,
        ("protect", "private", "limits who can", "not authorized", "非公開", "受保护", "受保護", "限制了", "비공개"),
    ),
)
"""What X's words for a post that it does not show have in the languages in which it says them."""

_CHOICES = tuple(f"choice{number}_label" for number in range(1, 5))
_SHORT_LINK = re.compile(r"https?://t\.co/\w{1,40}")


def status_of(words: str) -> PostStatus:
    """What X's words for a post that it does not show mean."""
    words = words.casefold()
    return next((status for status, signs in _STATUSES if any(sign in words for sign in signs)), PostStatus.UNAVAILABLE)


def addresses(entities: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Short link -> where it leads."""
    found = {}
    for entity in entities:
        short, full = entity.get("url"), web_link(entity.get("expanded_url"))
        if isinstance(short, str) and short and full:
            found[short] = full
    return found


def link_texts(entities: Iterable[Mapping[str, object]]) -> list[str]:
    """The short links of entities, as the text has them."""
    return [short for entity in entities if isinstance(short := entity.get("url"), str) and short]


def leading_to(full: Mapping[str, str], post_id: str | None) -> list[str]:
    """Those of the short links that lead to a post."""
    return [short for short, link in full.items() if post_id and linked_id(link) == post_id]


def media_link(entity: Mapping[str, object]) -> str | None:
    """The link of a picture, or of the best MP4 of a video."""
    best, link = -1, None
    info = object_at(entity, "media_results", "result", "media_info")
    for variant in [
        *objects_at(entity, "video_info", "variants"),
        *objects_at(entity, "variants"),
        *objects_at(info, "variants"),
    ]:
        rate = variant.get("bitrate", variant.get("bit_rate", 0))
        if variant.get("content_type") == "video/mp4" and isinstance(rate, int) and rate > best:
            best, link = rate, web_link(variant.get("url")) or link
    pictures = {**info, **entity}
    keys = ("media_url_https", "media_url", "original_img_url", "url", "preview_image_url")
    return link or next((found for key in keys if (found := web_link(pictures.get(key)))), None)


def media_links(entities: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """The links of all media, once each."""
    return tuple(dict.fromkeys(link for entity in entities if (link := media_link(entity))))


def text_at(item: JsonObject, *keys: str) -> str | None:
    """The text in the first of the fields that has one; an odd field is reported."""
    return next((found for key in keys if (found := item.string(key)) is not None), None)


def is_advertised(*told: Mapping[str, object]) -> bool:
    """Whether what tells of a post says that it is an advertisement, in whatever spelling."""
    return any("promoted" in key.casefold() and bool(value) for values in told for key, value in values.items())


def described(entities: Iterable[Mapping[str, object]]) -> Iterator[PostDetail]:
    """The descriptions of pictures and videos that their authors gave."""
    yield from alt_texts(
        (words, media_link(entity))
        for entity in entities
        if isinstance(words := entity.get("ext_alt_text") or entity.get("alt_text"), str)
    )


def asked(card: object) -> tuple[PostDetail, ...]:
    """The answers of the poll that a card is; none where it is another card."""
    card = value_at(card, "legacy") or card
    values = value_at(card, "binding_values")
    if isinstance(values, list):
        values = {one.get("key"): one.get("value") for one in objects_at(card, "binding_values")}
    words = (value_at(values, key, "string_value") for key in _CHOICES)
    return poll(one for one in words if isinstance(one, str))


def place_of(values: Mapping[str, object]) -> tuple[PostDetail, ...]:
    """Where a post says that it was made."""
    named = next((one for key in ("full_name", "name") if isinstance(one := value_at(values, "place", key), str)), None)
    return detail(DetailKind.PLACE, named)


def noted(pivot: object) -> tuple[PostDetail, ...]:
    """What readers have noted below a post, with its links in full where X gives them."""
    told = value_at(pivot, "subtitle") or value_at(pivot, "note", "summary")
    words = value_at(told, "text")
    if not isinstance(words, str):
        return ()
    short = _SHORT_LINK.findall(words)
    full = [link for one in objects_at(told, "entities") if (link := web_link(value_at(one, "ref", "url")))]
    if len(short) == len(full):
        links = iter(full)
        words = _SHORT_LINK.sub(lambda _: next(links), words)
    return detail(DetailKind.COMMUNITY_NOTE, words)
