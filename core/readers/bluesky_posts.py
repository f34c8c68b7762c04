"""A post of Bluesky, as its servers show it: who, what, the counts, and what is embedded."""

from collections.abc import Iterator

from core.models import Flag, Post, PostDetail
from core.readers.kit.details import alt_texts, quoted_post
from core.readers.kit.fields import JsonObject
from core.readers.kit.html_text import is_short_for
from core.readers.kit.json_values import value_at
from core.text.language_tags import language_tag
from core.text.links import web_link

_COUNTS = {"likes": "likeCount", "replies": "replyCount", "reposts": "repostCount"}

_INVALID = "handle.invalid"
"""Stands for every handle that its owner's domain does not confirm."""


def post_of(node: JsonObject, uri: str, parent: str | None) -> Post:
    """The post of a node that shows it."""
    flags: list[Flag] = []
    view = node.item("post")
    assert view is not None, "only a node with a post is read as one"
    record = view.item("record") or JsonObject({}, view.at("record"), view.problems, view.captured_at)
    author = view.item("author")
    handle = author.handle("handle") if author else None
    did = author.string("did") if author else None
    time = record.time("createdAt")
    if time.posted_at is None:
        time = view.time("indexedAt")
    return Post(
        id=uri,
        text=_text(record),
        author_id=did,
        author=did if handle in (None, _INVALID) else handle,
        author_name=(author.string("displayName") if author else None) or None,
        parent_id=parent,
        **time.as_fields(),
        **view.counts(_COUNTS, flags),
        lang=_lang(record),
        url=page_of(handle, uri),
        media=_media(view),
        links=_links(record, view),
        flags=tuple(flags),
        details=tuple(_details(view)),
    )


def _text(record: JsonObject) -> str:
    """The text with its links in full: the apps cut what they show of a long one, and leave out its scheme.

    What a facet covers is counted in bytes of UTF-8.
    """
    text = record.text("text")
    spans = [found for facet in record.items("facets") if (found := _link_span(facet))]
    encoded = text.encode(errors="surrogatepass")
    for start, end, target in sorted(spans, reverse=True):
        shown = encoded[start:end].decode(errors="replace")
        if 0 <= start < end <= len(encoded) and is_short_for(shown, target, bare=True):
            encoded = encoded[:start] + target.encode() + encoded[end:]
    return encoded.decode(errors="surrogatepass")


def _link_span(facet: JsonObject) -> tuple[int, int, str] | None:
    """Where a facet's link begins and ends, and where it leads."""
    span = facet.values.get("index")
    links = (one.link("uri") for one in facet.items("features") if one.values.get("uri"))
    target = next(filter(None, links), None)
    start, end = (span.get("byteStart"), span.get("byteEnd")) if isinstance(span, dict) else (None, None)
    return (start, end, target) if type(start) is int and type(end) is int and target else None


def _details(view: JsonObject) -> Iterator[PostDetail]:
    """The descriptions of pictures, and the post that is quoted."""
    for embed in _embeds(view):
        pictures = [*embed.items("images"), *([embed] if "playlist" in embed.values else [])]
        yield from alt_texts((one.string("alt"), one.link("fullsize")) for one in pictures)
        if quoted := _quoted_record(embed):
            writer, value = quoted.item("author"), quoted.item("value")
            handle = writer.handle("handle") if writer else None
            if link := _quoted(handle, quoted.id("uri")):
                yield from quoted_post(handle, value.string("text") if value else None, link)


def _quoted_record(embed: JsonObject) -> JsonObject | None:
    """What is quoted; a quotation with pictures holds it one step deeper."""
    quoted = embed.item("record")
    return quoted.item("record") if quoted and isinstance(quoted.values.get("record"), dict) else quoted


def named_uri(node: JsonObject, which: str) -> str | None:
    """The `parent` or the `root` that a post itself names."""
    value = value_at(node.values, "post", "record", "reply", which, "uri")
    return value if isinstance(value, str) and value.startswith("at://") else None


def page_of(handle: str | None, uri: str) -> str | None:
    """The page of a post; the account's number does where its handle is not known."""
    parts = uri.removeprefix("at://").split("/")
    if len(parts) != 3 or not all(parts):
        return None
    account = parts[0] if handle in (None, _INVALID) else handle
    return web_link(f"https://bsky.app/profile/{account}/post/{parts[2]}")


def _lang(record: JsonObject) -> str | None:
    """The first of the languages that the author named."""
    first = value_at(record.values, "langs", 0)
    return language_tag(first) if isinstance(first, str) else None


def _embeds(view: JsonObject) -> Iterator[JsonObject]:
    """What is embedded in a post, with the parts of an embed that is a quotation with pictures."""
    embed = view.item("embed")
    if embed:
        yield embed
        media = embed.item("media")
        if media:
            yield media


def _media(view: JsonObject) -> tuple[str, ...]:
    """The pictures in full, and the videos."""
    found = []
    for embed in _embeds(view):
        found += [image.link("fullsize") or image.link("thumb") for image in embed.items("images")]
        found.append(embed.link("playlist"))
    return tuple(dict.fromkeys(link for link in found if link))


def _links(record: JsonObject, view: JsonObject) -> tuple[str, ...]:
    """Where the text's links lead, the page of a link card, and the quoted post."""
    found = [
        feature.link("uri")
        for facet in record.items("facets")
        for feature in facet.items("features")
        if feature.values.get("uri")
    ]
    for embed in _embeds(view):
        external, quoted = embed.item("external"), _quoted_record(embed)
        found.append(external.link("uri") if external else None)
        if quoted:
            writer = quoted.item("author")
            found.append(_quoted(writer.handle("handle") if writer else None, quoted.id("uri")))
    return tuple(dict.fromkeys(link for link in found if link))


def _quoted(handle: str | None, uri: str) -> str | None:
    """The page of a quoted post; feeds and lists have none here."""
    return page_of(handle, uri) if "/app.bsky.feed.post/" in uri else None
