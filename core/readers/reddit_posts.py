"""Posts and comments out of Reddit's fields.

Unless it is asked for raw JSON, Reddit escapes `&`, `<` and `>` in texts; which of both a payload is, is told from
all its texts together.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from core.models import Flag, Post, PostDetail, PostStatus
from core.readers.kit.details import poll, quoted_post
from core.readers.kit.fields import JsonObject
from core.readers.kit.forums import markdown_links, score, unix_newlines, with_title
from core.text.links import web_link

SITE = "https://www.reddit.com"
_NOBODY = ("[deleted]", "[removed]", "[unavailable]", "")
_GONE = {
    "[deleted]": PostStatus.DELETED,
    "[deleted by user]": PostStatus.DELETED,
    "[removed]": PostStatus.UNAVAILABLE,
    "[unavailable]": PostStatus.UNAVAILABLE,
    "[ removed by reddit ]": PostStatus.UNAVAILABLE,
    "[ removed by moderator ]": PostStatus.UNAVAILABLE,
}
"""What stands in the place of a text that is gone."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WITH_KIND = re.compile(r"t\d_")
_NOT_ESCAPED = re.compile(r"[<>]|&(?!amp;|lt;|gt;)")
_PICTURE = re.compile(r"https?://(?:[iv]\.redd\.it/|[^?#]+\.(?:jpe?g|png|gif|gifv|webp|mp4)(?:[?#]|$))", re.IGNORECASE)


def are_escaped(things: Iterable[Mapping[str, object]]) -> bool:
    """Whether the texts of `things` are escaped."""
    for values in things:
        for key in ("body_html", "selftext_html"):
            html = values.get(key)
            if isinstance(html, str) and html.lstrip()[:4] in ("&lt;", "<div", "<!--"):
                return html.lstrip().startswith("&lt;")
        for key in ("body", "selftext", "title"):
            text = values.get(key)
            if isinstance(text, str) and _NOT_ESCAPED.search(text):
                return False
    return True


def full_id(kind: str, item: JsonObject) -> str:
    """A thing's id with its kind, as `parent_id` gives it; empty where it has none."""
    own = item.id("name")
    if own.startswith(f"{kind}_"):
        return own
    own = item.id("id")
    if own and isinstance(item.values.get("id"), int | float):
        own = _base36(int(own))
    return own if own.startswith(f"{kind}_") else f"{kind}_{own}" if own else ""


def other_id(item: JsonObject, key: str, link: str = "") -> str:
    """The id of another thing that a field names, with its kind; a bare one is a comment's unless it is that of `link`.

    Dumps give ids as numbers too, which Reddit itself writes in base 36.
    """
    found = item.id(key)
    if found and isinstance(item.values.get(key), int | float):
        found = _base36(int(found))
    if not found or _WITH_KIND.match(found):
        return found
    return f"t3_{found}" if key == "link_id" or link == f"t3_{found}" else f"t1_{found}"


def _base36(number: int) -> str:
    """A number in the digits of Reddit's ids."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


def permalink(item: JsonObject) -> str | None:
    """The thing's own link, where it is given."""
    path = item.values.get("permalink")
    return web_link(f"{SITE}{path}" if isinstance(path, str) and path.startswith("/") else path)


def _text(item: JsonObject, key: str, escaped: bool) -> str:
    """A text as its author wrote it."""
    text = unix_newlines(item.string(key) or "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if escaped and "&" in text else text


def _author(item: JsonObject) -> str | None:
    """The author's name, unless the account is gone."""
    author = item.handle("author")
    return None if author in _NOBODY else author


def _votes(item: JsonObject) -> int | None:
    """The score, unless Reddit still keeps it to itself."""
    if item.values.get("score_hidden") is True or item.values.get("hide_score") is True:
        return None
    return score(item, "score" if "score" in item.values else "ups")


def comment_post(item: JsonObject, own: str, parent: str, link: str, escaped: bool) -> Post:
    """One comment, which answers `parent`, under the post at `link`."""
    body = _text(item, "body", escaped)
    status = _GONE.get(body.strip().lower(), PostStatus.LIVE)
    time = item.time("created_utc")
    links, images = markdown_links(body)
    return Post(
        id=own,
        text=body if status is PostStatus.LIVE else "",
        author=_author(item),
        parent_id=parent,
        **time.as_fields(),
        likes=_votes(item),
        url=permalink(item) or (f"{link.rstrip('/')}/{own[3:]}/" if own.startswith("t1_") else None),
        media=images,
        links=links,
        status=status,
        flags=(Flag.EDITED_BEFORE,) if item.values.get("edited") else (),
    )


def link_post(item: JsonObject, own: str, _parent: str, link: str, escaped: bool) -> Post:
    """The post that the comments are under: its title, and its text where it has one."""
    body = _text(item, "selftext", escaped)
    status = _GONE.get(body.strip().lower(), PostStatus.LIVE)
    time = item.time("created_utc")
    flags = [Flag.EDITED_BEFORE] if item.values.get("edited") else []
    links, images = markdown_links(body)
    target = None if item.values.get("is_self") is True else web_link(_text(item, "url", escaped))
    if target and _PICTURE.match(target):
        images = (target, *images)
    elif target:
        links = (target, *links)
    return Post(
        id=own,
        text=with_title(_text(item, "title", escaped), body if status is PostStatus.LIVE else ""),
        author=_author(item),
        **time.as_fields(),
        likes=_votes(item),
        replies=item.count("num_comments", flags),
        url=link if own.startswith("t3_") else None,
        media=tuple(dict.fromkeys((*images, *_gallery(item, escaped)))),
        links=links,
        status=status,
        flags=tuple(flags),
        details=tuple(_details(item, escaped)),
    )


def _details(item: JsonObject, escaped: bool) -> Iterator[PostDetail]:
    """The answers of a poll, and the post that is passed on from another community."""
    if isinstance(item.values.get("poll_data"), dict) and (asked := item.item("poll_data")):
        yield from poll(_text(option, "text", escaped) for option in asked.items("options"))
    if isinstance(item.values.get("crosspost_parent_list"), list):
        for other in item.items("crosspost_parent_list"):
            words = with_title(_text(other, "title", escaped), _text(other, "selftext", escaped))
            yield from quoted_post(_author(other), words, permalink(other))


def _gallery(item: JsonObject, escaped: bool) -> Iterator[str]:
    """The pictures of a gallery."""
    entries = item.values.get("media_metadata")
    for entry in entries.values() if isinstance(entries, dict) else ():
        source = entry.get("s") if isinstance(entry, dict) else None
        address = source.get("u") if isinstance(source, dict) else None
        if isinstance(address, str) and (found := web_link(address.replace("&amp;", "&") if escaped else address)):
            yield found
