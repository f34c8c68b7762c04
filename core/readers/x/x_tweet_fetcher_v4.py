"""The document that version 4 of x-tweet-fetcher prints: one post or article, without its replies.

Its counts are made of numbers that may be missing, so that 0 says nothing.
"""

from typing import Any

from core.errors import PayloadError
from core.models import Flag, Post, PostDetail
from core.readers.kit.details import quoted_post
from core.readers.kit.fields import JsonObject
from core.readers.x.text import known_losses, without_link_to
from core.reasons import Reason, ReasonCode
from core.text.x_posts import linked_account, linked_id, post_link

_COUNTS = {"likes": "likes", "replies": "replies", "reposts": "reposts", "views": "views"}


def is_v4(values: dict[str, object]) -> bool:
    """Whether an object is such a document, or its error."""
    named = "post_id" in values or "error" in values
    return "schema_version" in values and "source_url" in values and named and "replies" not in values


def v4_post(whole: JsonObject, name: str) -> Post:
    """The post of the document. Raises PayloadError where nothing tells which it is."""
    flags: list[Flag] = []
    given = whole.id("post_id", flags)
    linked = linked_id(whole.values.get("canonical_url")) or linked_id(whole.values.get("source_url"))
    post_id = linked if linked and flags else given or linked
    if not post_id:
        raise PayloadError(Reason(ReasonCode.POST_ID_NOT_GIVEN, names=(name,)))
    author, metrics, quote = whole.item("author"), whole.item("metrics"), whole.item("quote")
    url = whole.link("canonical_url")
    handle = (author.handle("handle") if author else None) or linked_account(url)
    quoted_id = quote.id("post_id") if quote else ""
    text = whole.string("post_text") or whole.string("content_text") or whole.string("title") or ""
    text = without_link_to(text, (quoted_id,)) if quoted_id else text
    counts: dict[str, Any] = metrics.counts(_COUNTS, flags) if metrics else {}
    counts = {count: value or None for count, value in counts.items()}
    link = _link(quote) if quote else None
    return Post(
        id=post_id,
        text=text,
        author=handle,
        author_name=(author.string("name") if author else None) or None,
        **whole.time("published_at").as_fields(),
        **counts,
        lang=whole.language("language"),
        url=url,
        media=tuple(dict.fromkeys(link for one in whole.items("media") if (link := one.link("url")))),
        links=(link,) if link else (),
        flags=() if linked else tuple(flags),
        losses=known_losses(text, may_begin_with_names=True),
        details=_quoted(quote, link) if quote else (),
    )


def _link(quote: JsonObject) -> str | None:
    """The link to the quoted post."""
    author = quote.item("author")
    handle = (author.handle("handle") or author.handle("screen_name")) if author else None
    return post_link(handle, quote.id("post_id"))


def _quoted(quote: JsonObject, link: str | None) -> tuple[PostDetail, ...]:
    """The quoted post."""
    author = quote.item("author")
    return quoted_post(author.handle("handle") if author else None, quote.string("text"), link)
