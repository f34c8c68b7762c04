"""Between the tables' rows and the records of core.models."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from core.counts import COUNT_NAMES, count_values
from core.library.database import Library
from core.models import (
    Flag,
    LangFrom,
    Mark,
    News,
    Post,
    PostStatus,
    Quote,
    State,
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
)
"""The columns that `post_row` fills, in its order."""

_CHUNK = 500
"""Parameters in one IN list."""

_QUOTE = """
SELECT p.seq, p.id, p.text, p.author, p.author_name, p.parent_id, p.posted_at, p.time_precision, p.time_given,
       p.lang, p.url, p.media, p.links, p.status, p.flags, p.lang_from,
       p.depth, p.is_root, p.position,
       m.state, m.note, m.lead_in, m.comment, m.excerpt, m.rating, m.review, m.confirmed,
       t.text, t.state, t.engine,
       CASE WHEN p.gone IS NOT NULL THEN 'gone' WHEN h.visit_before IS NULL THEN '' WHEN b.visit = h.visit THEN 'added'
       WHEN o.visit = h.visit THEN 'changed' ELSE '' END,
       coalesce(a.posts, 0), coalesce(a.accounts, 0),
       {counts}
FROM post p
JOIN thread h ON h.id = p.thread_id
LEFT JOIN capture b ON b.id = p.capture_id
LEFT JOIN capture o ON o.id = p.observed
LEFT JOIN alike a ON a.post = p.seq
LEFT JOIN mark m ON m.post = p.seq
LEFT JOIN translation t ON t.post = p.seq AND t.lang = ?
WHERE p.seq IN ({marks})
"""
_COUNTS = ", ".join(f"p.{name}" for name in COUNT_NAMES)


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
    )


def quotes(library: Library, seqs: Sequence[int], lang: str) -> list[Quote]:
    """The posts `seqs` with their marks and their translations into `lang`, in the order asked for."""
    found: dict[int, Quote] = {}
    for start in range(0, len(seqs), _CHUNK):
        chunk = seqs[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        tags = _tags(library, chunk, marks)
        for row in library.connection.execute(_QUOTE.format(marks=marks, counts=_COUNTS), (lang, *chunk)):
            found[row[0]] = _quote(row, tags.get(row[0], ()), lang)
    return [found[seq] for seq in seqs if seq in found]


def quote(library: Library, seq: int, lang: str) -> Quote:
    """One post with its mark and translation; `seq` must be in the library."""
    return quotes(library, (seq,), lang)[0]


def _tags(library: Library, seqs: Iterable[int], marks: str) -> dict[int, tuple[str, ...]]:
    """Tag names by post, in the order in which they were given."""
    by_post: dict[int, tuple[str, ...]] = {}
    for post, name in library.connection.execute(
        f"SELECT pt.post, g.name FROM post_tag pt JOIN tag g ON g.id = pt.tag_id "
        f"WHERE pt.post IN ({marks}) ORDER BY pt.position",
        tuple(seqs),
    ):
        by_post[post] = (*by_post.get(post, ()), name)
    return by_post


def _quote(row: tuple[Any, ...], tags: tuple[str, ...], lang: str) -> Quote:
    """A row of _QUOTE as a record."""
    text, state, engine = row[27:30]
    return Quote(
        seq=row[0],
        post=_post(row[1:16], row[33:]),
        mark=_mark(row[19:27], tags),
        translation=None if text is None else Translation(lang, text, TranslationState(state), engine),
        depth=row[16],
        is_root=bool(row[17]),
        position=row[18],
        news=News(row[30]),
        alike=row[31],
        accounts=row[32],
    )


def _post(columns: tuple[Any, ...], counts: tuple[int | None, ...]) -> Post:
    """The post's columns of _QUOTE, in the order of the record's fields, and its counts."""
    values = list(columns)
    values[6] = TimePrecision(values[6])
    values[10] = tuple(json.loads(values[10])) if values[10] else ()
    values[11] = tuple(json.loads(values[11])) if values[11] else ()
    values[12] = PostStatus(values[12])
    values[13] = tuple(Flag(flag) for flag in values[13].split())
    if values[8] is not None:
        values[14] = LangFrom(values[14] or LangFrom.SOURCE)
    by_name: dict[str, Any] = dict(zip(COUNT_NAMES, counts, strict=True))
    return Post(*values, **by_name)


def _mark(columns: tuple[Any, ...], tags: tuple[str, ...]) -> Mark:
    """The mark's columns of _QUOTE as a record; a post without a mark row has the defaults."""
    state, note, lead_in, comment, excerpt, rating, review, confirmed = columns
    if state is None:
        return Mark(tags=tags)
    return Mark(
        state=State(state),
        tags=tags,
        note=note,
        lead_in=lead_in,
        comment=comment,
        excerpt=tuple((start, end) for start, end in json.loads(excerpt)),
        rating=rating,
        review=bool(review),
        confirmed=bool(confirmed),
    )
