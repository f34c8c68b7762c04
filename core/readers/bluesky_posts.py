"""A post of Bluesky, as its servers show it: who, what, the counts, and what is embedded."""

from collections.abc import Iterator

from core.models import Flag, Post
from core.readers.kit.fields import JsonObject
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
        text=record.text("text"),
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
    )


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
        external, quoted = embed.item("external"), embed.item("record")
        found.append(external.link("uri") if external else None)
        # A quotation with pictures holds the quoted post one step deeper.
        inner = quoted.item("record") if quoted and isinstance(quoted.values.get("record"), dict) else quoted
        if inner:
            writer = inner.item("author")
            found.append(_quoted(writer.handle("handle") if writer else None, inner.id("uri")))
    return tuple(dict.fromkeys(link for link in found if link))


def _quoted(handle: str | None, uri: str) -> str | None:
    """The page of a quoted post; feeds and lists have none here."""
    return page_of(handle, uri) if "/app.bsky.feed.post/" in uri else None
