"""One post of a Nitter page: its own words and counts, and apart from them what the page shows beside it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from core.models import DetailKind, Flag, Post, PostDetail, TextLoss
from core.readers.kit.counts import printed_count
from core.readers.kit.details import alt_texts, detail, poll, quoted_post
from core.readers.kit.times import PostTime, post_time
from core.readers.x.entities import status_of
from core.readers.x.nitter_links import may_be_put_in, media_link, outer_link
from core.text.links import web_link
from core.text.x_posts import XLink, linked_account, linked_post, names_account

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STATS = {"icon-comment": "replies", "icon-retweet": "reposts", "icon-heart": "likes", "icon-views": "views"}
_ALT = re.compile(r"^\s*ALT\s+")
_PLACE = re.compile(r"^\s*[–—-]\s*at\s+")
_SHARED = re.compile(r"\s+retweeted\s*$")


class OwnLink(NamedTuple):
    """Where a page says that one of its posts stands."""

    post_id: str
    """Empty where it does not say."""
    link: XLink | None


def own_link(node: "LexborNode") -> OwnLink:
    """Where a post of the page stands, by its own links and none of a quoted post's."""
    for link in node.css(".tweet-date a, a.tweet-link, a.unavailable-box"):
        found = linked_post(link.attributes.get("href"))
        # Nitter links a post whose id it does not know as number 0.
        if found and found.post_id.strip("0") and not is_quoted(link):
            return OwnLink(found.post_id, found)
    return OwnLink("", None)


def page_post(
    node: "LexborNode", post_id: str, link: XLink | None, parent: str | None, captured_at: int | None, page_host: str
) -> Post:
    """The post that an item of the page is; one that is gone keeps its id and its author."""
    quote, quoted_links = _take_quotes(node)
    box = node.css_first(".unavailable-box")
    if box is not None or "unavailable" in classes_of(node):
        return _gone(node, post_id, link, parent, box.text() if box is not None else "")
    content = node.css_first(".tweet-content")
    place = _take_place(content)
    text, links = _text_and_links(content)
    put_in = any(may_be_put_in(one, page_host) for one in links)
    counts, flags = _counts(node)
    if _is_edited(node):
        flags = (*flags, Flag.EDITED_BEFORE)
    media, described = _media(node)
    return Post(
        id=post_id,
        text=text,
        author=_titled(node, ".tweet-header .username", "@"),
        author_name=_titled(node, ".tweet-header .fullname", ""),
        parent_id=parent,
        **_time(node, captured_at).as_fields(),
        **counts,
        url=link.address if link else None,
        media=media,
        links=tuple(dict.fromkeys([*links, *quoted_links])),
        flags=(*flags, Flag.OTHER_HOST) if put_in else flags,
        losses=TextLoss.HIDDEN_LINKS if put_in or "://t.co/" in text else TextLoss.NONE,
        details=(*quote, *place, *_poll(node), *_note(node), *described),
    )


def shared_by(node: "LexborNode") -> str | None:
    """The display name of the account that has passed a post on, or None; the page does not give its handle."""
    header = node.css_first(".retweet-header")
    return _SHARED.sub("", " ".join(header.text().split())) or None if header is not None else None


def _gone(node: "LexborNode", post_id: str, link: XLink | None, parent: str | None, words: str) -> Post:
    """A post that the page does not show."""
    named = (node.attributes.get("data-username") or "").strip().removeprefix("@")
    linked = link.handle if link and names_account(link.handle) else None
    return Post(
        id=post_id,
        text="",
        author=(named if named and names_account(named) else None) or linked,
        parent_id=parent,
        url=link.address if link else None,
        status=status_of(words),
    )


def classes_of(node: "LexborNode") -> list[str]:
    """The classes of an element."""
    return (node.attributes.get("class") or "").split()


def is_quoted(node: "LexborNode") -> bool:
    """Whether a part of the page belongs to a post that is quoted inside another."""
    at = node.parent
    while at is not None:
        if "quote" in classes_of(at):
            return True
        at = at.parent
    return False


def _take_quotes(node: "LexborNode") -> tuple[tuple[PostDetail, ...], list[str]]:
    """Take quoted posts out of `node`, for they have names and dates of their own; with their links."""
    found: list[PostDetail] = []
    links = []
    for quote in node.css(".quote"):
        if is_quoted(quote):
            continue
        leads = quote.css_first("a.quote-link, a.unavailable-quote")
        url = outer_link(leads.attributes.get("href")) if leads is not None else None
        words = quote.css_first(".quote-text")
        text = _text_and_links(words)[0] if words is not None else ""
        # Of one that is gone there is the link alone.
        found += quoted_post(_titled(quote, ".username", "@") or linked_account(url), text, url)
        links += [url] if url else []
    for quote in node.css(".quote"):
        quote.decompose()
    return tuple(found), links


def _take_place(content: "LexborNode | None") -> tuple[PostDetail, ...]:
    """Take the place of a post out of its text, in which Nitter shows it."""
    found = content.css(".tweet-geo") if content is not None else []
    places = [_PLACE.sub("", " ".join(place.text().split())) for place in found]
    for place in found:
        place.decompose()
    return detail(DetailKind.PLACE, places[0]) if places else ()


def _text_and_links(content: "LexborNode | None") -> tuple[str, list[str]]:
    """The text as it is displayed, newlines included, but with whole addresses; and where its links lead.

    Nitter cuts the text of a link and drops its scheme; mentions and hashtags lead to the page's own site.
    """
    if content is None:
        return "", []
    links = []
    for line_break in content.css("br"):
        line_break.replace_with("\n")
    for link in content.css("a"):
        if target := outer_link(link.attributes.get("href")):
            links.append(target)
            link.replace_with(target)
    return content.text().rstrip(), links


def _titled(node: "LexborNode", selector: str, prefix: str) -> str | None:
    """A name: the element's title, which holds no badges, or else its text."""
    element = node.css_first(selector)
    if element is None:
        return None
    text = element.attributes.get("title") or element.text()
    return text.strip().removeprefix(prefix) or None


def _time(node: "LexborNode", captured_at: int | None) -> PostTime:
    """The time, from the date's tooltip, which is to the minute, or else from the date itself."""
    date = node.css_first(".tweet-date a")
    if date is None:
        return PostTime()
    full = post_time(date.attributes.get("title"), captured_at)
    return full if full and full.posted_at is not None else post_time(date.text(), captured_at) or PostTime()


def _media(node: "LexborNode") -> tuple[tuple[str, ...], tuple[PostDetail, ...]]:
    """The originals of the pictures and the still pictures of the videos, and how they are described."""
    found: list[str] = []
    told: list[tuple[str | None, str | None]] = []
    for place, original in _attached(node):
        link = media_link(original)
        found += [link] if link else []
        words = place.css_first(".alt-text") if place is not None else None
        picture = place.css_first("a.still-image img") if place is not None else None
        described = _ALT.sub("", words.text()) if words is not None else None
        told.append((described or (picture.attributes.get("alt") if picture is not None else None), link))
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(alt_texts(told)))


def _attached(node: "LexborNode") -> "Iterator[tuple[LexborNode | None, str | None]]":
    """What is attached to a post: its element, and where the picture is.

    A video has been an image with something laid over it since it need not play, and a `.video-container` before.
    """
    for link in node.css(".attachments a.still-image"):
        yield _holder(link), link.attributes.get("href")
    seen = set()
    for still in node.css(".attachments .attachment > img, .attachments .video-container img, .attachments video"):
        if still.mem_id not in seen:
            seen.add(still.mem_id)
            yield _holder(still), still.attributes.get("poster") or still.attributes.get("src")


def _holder(node: "LexborNode") -> "LexborNode | None":
    """The attachment that a picture or video stands in."""
    at = node.parent
    return at if at is not None and "attachment" in classes_of(at) else None


def _poll(node: "LexborNode") -> tuple[PostDetail, ...]:
    """The answers of the post's poll."""
    return poll(" ".join(one.text().split()) for one in node.css(".poll .poll-choice-option"))


def _note(node: "LexborNode") -> tuple[PostDetail, ...]:
    """What readers have noted below the post."""
    note = node.css_first(".community-note-text")
    return detail(DetailKind.COMMUNITY_NOTE, _text_and_links(note)[0]) if note is not None else ()


def _is_edited(node: "LexborNode") -> bool:
    """Whether the page says that the author has edited the post."""
    published = node.css_first(".tweet-published")
    told = published is not None and published.text().strip().startswith("Last edited")
    return told or node.css_first(".latest-post-version") is not None


def _counts(node: "LexborNode") -> tuple[dict[str, Any], tuple[Flag, ...]]:
    """The counts below the post; Nitter prints nothing for 0, and for views that it does not know."""
    found: dict[str, Any] = {}
    flags = []
    for stat in node.css(".tweet-stats .tweet-stat"):
        classes = " ".join(icon.attributes.get("class") or "" for icon in stat.css("[class]")).split()
        name = next((_STATS[one] for one in classes if one in _STATS), None)
        if name and name not in found:
            # A post that is shown has been seen: no number of views is one that the page does not have.
            parsed = printed_count(stat.text().strip() or (None if name == "views" else 0))
            found[name] = parsed.value
            flags += [parsed.flag] if parsed.flag else []
    return found, tuple(flags)


def page_host(page: "LexborNode | None") -> str:
    """The host of the instance that made a page, where the page names it; otherwise empty."""
    link = page.css_first('link[rel="search"]') if page is not None else None
    found = web_link(link.attributes.get("href")) if link is not None else None
    return found.split("/")[2].lower() if found else ""
