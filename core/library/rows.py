"""Posts as rows of their table, and quotes as they are read from the rows of several."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from core.counts import COUNT_NAMES, count_values
from core.library.database import Library, in_chunks
from core.library.named_columns import NamedColumns
from core.library.newer_texts import newer_texts
from core.library.news import news_conditions
from core.models import (
    DetailKind,
    Flag,
    LangFrom,
    Mark,
    News,
    Post,
    PostDetail,
    PostStatus,
    Quote,
    State,
    TextLoss,
    TimePrecision,
    Translation,
    TranslationState,
)
from core.text.matching import folded_if_other

POST_COLUMNS = (
    "id",
    "parent_id",
    "position",
    "depth",
    "is_root",
    "author",
    "author_name",
    "text",
    "folded",
    "folded_name",
    "posted_at",
    "time_precision",
    "time_given",
    *COUNT_NAMES,
    "lang",
    "url",
    "media",
    "links",
    "status",
    "flags",
    "lang_from",
    "losses",
    "details",
    "utc_offset",
    "shared_by",
    "author_id",
)
"""The columns that `post_row` fills, in its order."""

_NEWS = news_conditions(
    brought="(h.visit_before IS NOT NULL AND b.visit = h.visit)",
    observed="(h.visit_before IS NOT NULL AND o.visit = h.visit)",
)
QUOTE: Mapping[str, str] = {
    "seq": "p.seq",
    "id": "p.id",
    "text": "p.text",
    "author": "p.author",
    "author_name": "p.author_name",
    "parent_id": "p.parent_id",
    "posted_at": "p.posted_at",
    "time_precision": "p.time_precision",
    "time_given": "p.time_given",
    "lang": "p.lang",
    "url": "p.url",
    "media": "p.media",
    "links": "p.links",
    "status": "p.status",
    "flags": "p.flags",
    "observed": "p.observed",
    "lang_from": "p.lang_from",
    "losses": "p.losses",
    "details": "p.details",
    "utc_offset": "p.utc_offset",
    "shared_by": "p.shared_by",
    "author_id": "p.author_id",
    "depth": "p.depth",
    "is_root": "p.is_root",
    "position": "p.position",
    "state": "m.state",
    "note": "m.note",
    "lead_in": "m.lead_in",
    "comment": "m.comment",
    "excerpt": "m.excerpt",
    "rating": "m.rating",
    "review": "m.review",
    "confirmed": "m.confirmed",
    "translation": "t.text",
    "translation_state": "t.state",
    "engine": "t.engine",
    "news": f"CASE {' '.join(f'WHEN {holds} THEN {news.value!r}' for news, holds in _NEWS.items())} ELSE '' END",
    "alike": "coalesce(a.posts, 0)",
    "accounts": "coalesce(a.accounts, 0)",
    **{name: f"p.{name}" for name in COUNT_NAMES},
}
"""What is read of a quote, by the names that `quote_from` reads it by."""
QUOTE_TABLES = """
post p
JOIN thread h ON h.id = p.thread_id
LEFT JOIN capture b ON b.id = p.capture_id
LEFT JOIN capture o ON o.id = p.observed
LEFT JOIN alike a ON a.post = p.seq
LEFT JOIN mark m ON m.post = p.seq
LEFT JOIN translation t ON t.post = p.seq AND t.lang = ?
"""
_QUOTE = NamedColumns(QUOTE)


def post_row(post: Post, position: int, depth: int, is_root: bool) -> tuple[object, ...]:
    """A post as a row of POST_COLUMNS."""
    name = post.author_name
    return (
        post.id,
        post.parent_id,
        position,
        depth,
        int(is_root),
        post.author,
        name,
        post.text,
        None if post.text.isascii() else folded_if_other(post.text),
        None if name is None or name.isascii() else folded_if_other(name),
        post.posted_at,
        post.time_precision.value,
        post.time_given,
        *count_values(post),
        post.lang,
        post.url,
        json.dumps(post.media) if post.media else None,
        json.dumps(post.links) if post.links else None,
        post.status.value,
        " ".join(post.flags),
        # A source's word is what a language is unless something else is said of it, as in a library of before.
        None if post.lang_from is None or post.lang_from is LangFrom.SOURCE else post.lang_from.value,
        int(post.losses),
        details_column(post.details) if post.details else None,
        post.utc_offset,
        post.shared_by,
        post.author_id,
    )


def details_column(details: Sequence[PostDetail]) -> str:
    """A post's details as they are kept."""
    return json.dumps([[detail.kind, detail.text, detail.url] for detail in details], ensure_ascii=False)


def _details_from(column: str) -> tuple[PostDetail, ...]:
    """A post's details, as they were kept."""
    return tuple(PostDetail(DetailKind(kind), text, url) for kind, text, url in json.loads(column))


def quotes(library: Library, seqs: Sequence[int], lang: str) -> list[Quote]:
    """The posts `seqs` with their marks and their translations into `lang`, in the order asked for."""
    found: dict[int, Quote] = {}
    for some, among in in_chunks(seqs):
        tags = tags_of(library, some)
        rows = library.connection.execute(
            f"SELECT {_QUOTE.sql} FROM {QUOTE_TABLES} WHERE p.seq IN ({among})", (lang, *some)
        )
        named = [*_QUOTE.named(rows)]
        newer = newer_texts(library, named)
        for row in named:
            found[row.seq] = quote_from(row, tags.get(row.seq, ()), lang, newer.get(row.seq))
    return [found[seq] for seq in seqs if seq in found]


def quote(library: Library, seq: int, lang: str) -> Quote:
    """One post with its mark and translation; `seq` must be in the library."""
    return quotes(library, (seq,), lang)[0]


def tags_of(library: Library, seqs: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The names of posts' tags, in the order in which they were given; posts without a tag are left out."""
    by_post: dict[int, tuple[str, ...]] = {}
    for some, among in in_chunks(seqs):
        for post, name in library.connection.execute(
            "SELECT pt.post, g.name FROM post_tag pt JOIN tag g ON g.id = pt.tag_id "
            f"WHERE pt.post IN ({among}) ORDER BY pt.position",
            tuple(some),
        ):
            by_post[post] = (*by_post.get(post, ()), name)
    return by_post


def quote_from(row: Any, tags: tuple[str, ...], lang: str, newer_text: str | None) -> Quote:
    """The quote that a row of QUOTE holds; `newer_text` is what `core.library.newer_texts` has of it."""
    translation = None
    if row.translation is not None:
        translation = Translation(lang, row.translation, TranslationState(row.translation_state), row.engine)
    return Quote(
        seq=row.seq,
        post=_post(row),
        mark=_mark(row, tags),
        translation=translation,
        depth=row.depth,
        is_root=bool(row.is_root),
        position=row.position,
        news=News(row.news),
        alike=row.alike,
        accounts=row.accounts,
        newer_text=newer_text,
    )


def _post(row: Any) -> Post:
    """The post that a row of QUOTE holds."""
    counts: dict[str, Any] = dict(zip(COUNT_NAMES, count_values(row), strict=True))
    return Post(
        id=row.id,
        text=row.text,
        author=row.author,
        author_name=row.author_name,
        parent_id=row.parent_id,
        posted_at=row.posted_at,
        time_precision=TimePrecision(row.time_precision),
        time_given=row.time_given,
        lang=row.lang,
        url=row.url,
        media=tuple(json.loads(row.media)) if row.media else (),
        links=tuple(json.loads(row.links)) if row.links else (),
        status=PostStatus(row.status),
        flags=tuple(map(Flag, row.flags.split())),
        lang_from=None if row.lang is None else LangFrom(row.lang_from or LangFrom.SOURCE),
        losses=TextLoss(row.losses or 0),
        details=_details_from(row.details) if row.details else (),
        utc_offset=row.utc_offset,
        shared_by=row.shared_by,
        author_id=row.author_id,
        **counts,
    )


def _mark(row: Any, tags: tuple[str, ...]) -> Mark:
    """The mark that a row of QUOTE holds; a post without one has the defaults."""
    if row.state is None:
        return Mark(tags=tags)
    return Mark(
        state=State(row.state),
        tags=tags,
        note=row.note,
        lead_in=row.lead_in,
        comment=row.comment,
        excerpt=tuple((start, end) for start, end in json.loads(row.excerpt)),
        rating=row.rating,
        review=bool(row.review),
        confirmed=bool(row.confirmed),
    )
