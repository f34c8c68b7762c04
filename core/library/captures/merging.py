"""Merging the posts of a capture with those that the thread has already; the writer's marks are out of its reach."""

import json
from collections.abc import Mapping, Sequence
from sqlite3 import Connection

from core.library import orders
from core.library.captures import visits
from core.library.captures.attribution import flag_namesakes, flag_other_authors
from core.library.captures.known_posts import KnownPost
from core.library.captures.languages import take_languages
from core.library.captures.observations import CaptureComparison
from core.library.captures.post_flags import unflag_where
from core.library.rows import POST_COLUMNS, details_column, post_row
from core.models import Flag, Post, TimePrecision
from core.text.names import is_same_account


def merge_posts(connection: Connection, thread_id: int, capture_id: int, posts: Sequence[Post]) -> tuple[int, int]:
    """Insert what is new and observe what has changed; returns how many of each there were.

    `set_depths_and_parents`, and then `core.library.captures.visits.finish_visit`, belong behind the last posts.
    """
    root_id, count = connection.execute("SELECT root_id, posts FROM thread WHERE id = ?", (thread_id,)).fetchone()
    comparison = CaptureComparison(connection, thread_id, capture_id)
    seen = comparison.seen([post.id for post in posts]) if count else {}
    fresh = [post for post in posts if post.id not in seen]
    again = [(seen[post.id], post) for post in posts if post.id in seen]
    take_languages(connection, ((known.seq, post) for known, post in again))
    differences = [comparison.observe(known, post) for known, post in again]
    changed, edited = (sum(kind) for kind in zip(*differences, strict=True)) if differences else (0, 0)
    _fill_gaps(connection, again)
    flag_other_authors(connection, (known.seq for known, post in again if _is_another(known.author, post.author)))
    visits.keep_known_before(connection, capture_id, [known.seq for known, _ in again])
    levels = depths({post.id: post.parent_id for post in fresh}, root_id)
    connection.executemany(
        post_insertion(thread_id, capture_id, count),
        (post_row(post, place, levels[post.id], post.id == root_id) for place, post in enumerate(fresh)),
    )
    _take_nearer_parents(connection, thread_id, root_id, again)
    connection.execute("UPDATE thread SET posts = posts + ? WHERE id = ?", (len(fresh), thread_id))
    visits.count_brought(connection, capture_id, len(fresh), changed, edited)
    orders.forget_orders(connection, thread_id)
    return len(fresh), changed


def _is_another(kept: str | None, author: str | None) -> bool:
    """Whether a capture names another author than the one that is kept."""
    return kept is not None and author is not None and not is_same_account(kept, author)


def post_insertion(thread_id: int, capture_id: int, start: int) -> str:
    """The statement that takes a `post_row`, passing over a post that is there; `start` is added to its position."""
    values = ", ".join(f"? + {start}" if name == "position" else "?" for name in POST_COLUMNS)
    return (
        f"INSERT OR IGNORE INTO post (thread_id, capture_id, {', '.join(POST_COLUMNS)}) "
        f"VALUES ({thread_id}, {capture_id}, {values})"
    )


def set_depths_and_parents(connection: Connection, thread_id: int) -> None:
    """Set every depth anew, and find the parents of orphans, where several captures or pages make one thread."""
    (root_id,) = connection.execute("SELECT root_id FROM thread WHERE id = ?", (thread_id,)).fetchone()
    rows = connection.execute("SELECT seq, id, parent_id, depth FROM post WHERE thread_id = ?", (thread_id,)).fetchall()
    levels = depths({id: parent for _, id, parent, _ in rows}, root_id)
    connection.executemany(
        "UPDATE post SET depth = ? WHERE seq = ?",
        ((levels[id], seq) for seq, id, _, depth in rows if depth != levels[id]),
    )
    _find_parents(connection, thread_id)
    flag_namesakes(connection, thread_id)


def _take_nearer_parents(
    connection: Connection, thread_id: int, root_id: str, again: Sequence[tuple[KnownPost, Post]]
) -> None:
    """Let a post answer the reply that a capture names, where another one only said that it is under the root."""
    connection.executemany(
        "UPDATE post SET parent_id = ?1 WHERE seq = ?2 AND parent_id = ?3 AND id != ?1 AND EXISTS "
        "(SELECT 1 FROM post q WHERE q.thread_id = ?4 AND q.id = ?1 AND q.parent_id IS NOT post.id)",
        (
            (post.parent_id, seen.seq, root_id, thread_id)
            for seen, post in again
            if post.parent_id is not None and post.parent_id != root_id
        ),
    )


def _fill_gaps(connection: Connection, again: Sequence[tuple[KnownPost, Post]]) -> None:
    """Fill in what the posts' earlier captures left open, and a time that is better known."""
    connection.executemany(
        "UPDATE post SET parent_id = coalesce(parent_id, ?1), lang = coalesce(lang, ?2), url = coalesce(url, ?3), "
        "media = coalesce(media, ?4), links = coalesce(links, ?5), details = coalesce(details, ?6), "
        "author_id = coalesce(author_id, ?7) WHERE seq = ?8 AND (parent_id IS NULL AND "
        "?1 NOT NULL OR lang IS NULL AND ?2 NOT NULL OR url IS NULL AND ?3 NOT NULL OR media IS NULL AND ?4 NOT NULL "
        "OR links IS NULL AND ?5 NOT NULL OR details IS NULL AND ?6 NOT NULL OR author_id IS NULL AND ?7 NOT NULL)",
        (
            (
                post.parent_id,
                post.lang,
                post.url,
                json.dumps(post.media) if post.media else None,
                json.dumps(post.links) if post.links else None,
                details_column(post.details) if post.details else None,
                post.author_id,
                seen.seq,
            )
            for seen, post in again
        ),
    )
    precisions = list(TimePrecision)
    for rank, precision in enumerate(precisions[:-1]):
        worse = precisions[rank + 1 :]
        connection.executemany(
            "UPDATE post SET posted_at = ?, time_precision = ?, time_given = ? "
            f"WHERE seq = ? AND time_precision IN ({','.join('?' * len(worse))})",
            (
                (post.posted_at, precision, post.time_given, seen.seq, *worse)
                for seen, post in again
                if post.time_precision is precision
            ),
        )


def _find_parents(connection: Connection, thread_id: int) -> None:
    """Take the flag of an orphan from posts whose parent another capture has brought."""
    which = "thread_id = ?1 AND parent_id IN (SELECT id FROM post WHERE thread_id = ?1)"
    unflag_where(connection, Flag.ORPHAN, which, (thread_id,))


def depths(parents: Mapping[str, str | None], root_id: str) -> dict[str, int]:
    """How deep each post stands: 0 for the root, 1 where the parent is unknown or absent.

    Walks up each chain once and without recursion, so that one of any length, or a cycle, does no harm.
    """
    known = {root_id: 0}
    for id in parents:
        # In the order in which they were met; a cycle ends where it would be walked again.
        chain: dict[str, None] = {}
        at: str | None = id
        while at is not None and at not in known and at in parents and at not in chain:
            chain[at] = None
            at = parents[at]
        base = known.get(at, 0) if at is not None else 0
        for link in reversed(chain):
            base += 1
            known[link] = base
    return known
