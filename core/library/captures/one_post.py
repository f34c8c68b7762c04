"""Two rows that turn out to be one post: what captures said of either is kept, and so is all that the writer added."""

import json
from array import array
from collections.abc import Iterable, Mapping
from itertools import groupby
from sqlite3 import Connection
from typing import Any

from core.library import rows
from core.library.captures.merging import merge_posts
from core.library.captures.post_flags import flag_posts
from core.library.database import Library
from core.library.orders import SEQ_TYPECODE
from core.models import Flag, Post, State

_TEXTS = ("note", "lead_in", "comment")
_MARK = ("state", *_TEXTS, "excerpt", "rating", "review", "confirmed")
_OF_CAPTURES = {Flag.EDITED, Flag.CONFLICT, Flag.AUTHOR_CONFLICT}
"""What several captures of a post have shown."""
_REFERRING = {"observation": "post", "post_tag": "post", "recheck": "post", "alike": "post"}
"""Tables of which a row that the post has already stays as it is."""


def join_rows(library: Library, thread_id: int, pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Make each pair of seqs one post of the thread, under the first one's id.

    The row to which the writer has added something stays, be it the first or the second, for excerpts and translations
    hang on its words. Returns the seqs that are gone, each with the one in its place.
    """
    connection, gone = library.connection, dict[int, int]()
    told: list[tuple[int, int, Post]] = []
    for first, second in pairs:
        is_second = _is_marked(connection, second) and not _is_marked(connection, first)
        stays, goes = (second, first) if is_second else (first, second)
        post_id, parent_id = _named(connection, first)
        brought, post = _brought_by(connection, goes), rows.quote(library, goes, "").post
        told.append((brought, stays, post.with_changes(id=post_id)))
        _hand_over(connection, goes, stays)
        connection.execute("DELETE FROM post WHERE seq = ?", (goes,))
        connection.execute(
            "UPDATE post SET thread_id = ?, id = ?, parent_id = coalesce(?, parent_id), "
            "is_root = EXISTS (SELECT 1 FROM thread t WHERE t.id = ?1 AND t.root_id = ?2) WHERE seq = ?",
            (thread_id, post_id, parent_id, stays),
        )
        gone[goes] = stays
    for capture_id, group in groupby(sorted(told, key=lambda one: one[:2]), key=lambda one: one[0]):
        merge_posts(connection, thread_id, capture_id, [post for _, _, post in group])
    connection.executemany(
        "UPDATE post SET capture_id = min(capture_id, ?) WHERE seq = ?", ((brought, seq) for brought, seq, _ in told)
    )
    for _, seq, post in told:
        flag_posts(connection, (seq,), [flag for flag in post.flags if flag in _OF_CAPTURES])
    _replace_in_visits(connection, thread_id, gone)
    return gone


def _is_marked(connection: Connection, seq: int) -> bool:
    """Whether the writer has added anything to a post."""
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE post = ? LIMIT 1", (seq,)).fetchone()
        for table in ("mark", "post_tag", "translation")
    )


def _named(connection: Connection, seq: int) -> tuple[str, str | None]:
    """A row's id and that of the post that it answers."""
    post_id, parent_id = connection.execute("SELECT id, parent_id FROM post WHERE seq = ?", (seq,)).fetchone()
    return post_id, parent_id


def _brought_by(connection: Connection, seq: int) -> int:
    """The capture that brought a post."""
    return int(connection.execute("SELECT capture_id FROM post WHERE seq = ?", (seq,)).fetchone()[0])


def _hand_over(connection: Connection, goes: int, stays: int) -> None:
    """Give one post all that hangs on another."""
    _join_marks(connection, goes, stays)
    _join_translations(connection, goes, stays)
    for table, column in _REFERRING.items():
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (stays, goes))
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (goes,))
    connection.execute("UPDATE thread SET closing = ? WHERE closing = ?", (stays, goes))


def _join_marks(connection: Connection, goes: int, stays: int) -> None:
    """Join what the writer added to two posts; no text is lost."""
    columns = ", ".join(_MARK)
    found = {
        seq: dict(zip(_MARK, values, strict=True))
        for seq, *values in connection.execute(f"SELECT post, {columns} FROM mark WHERE post IN (?, ?)", (goes, stays))
    }
    if goes in found:
        mark = _joined_mark(found[stays], found[goes]) if stays in found else found[goes]
        connection.execute("DELETE FROM mark WHERE post IN (?, ?)", (goes, stays))
        connection.execute(
            f"INSERT INTO mark (post, {columns}) VALUES (?{', ?' * len(_MARK)})", (stays, *mark.values())
        )


def _joined_mark(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """One mark of two: its decision and excerpt those of the first that has any, its texts those of both."""
    texts = {name: "\n\n".join(dict.fromkeys(filter(None, (one[name], other[name])))) for name in _TEXTS}
    largest = {name: max(one[name], other[name]) for name in ("rating", "review", "confirmed")}
    return {
        "state": other["state"] if one["state"] == State.NEW else one["state"],
        **texts,
        "excerpt": other["excerpt"] if one["excerpt"] == "[]" else one["excerpt"],
        **largest,
    }


def _join_translations(connection: Connection, goes: int, stays: int) -> None:
    """Keep of two translations into one language the one that is trusted more."""
    trust = "CASE {}.state WHEN 'approved' THEN 2 WHEN 'edited' THEN 1 ELSE 0 END"
    connection.execute(
        "DELETE FROM translation WHERE post = ?1 AND EXISTS (SELECT 1 FROM translation o WHERE o.post = ?2 "
        f"AND o.lang = translation.lang AND {trust.format('o')} > {trust.format('translation')})",
        (stays, goes),
    )
    connection.execute("UPDATE OR IGNORE translation SET post = ? WHERE post = ?", (stays, goes))
    connection.execute("DELETE FROM translation WHERE post = ?", (goes,))


def _replace_in_visits(connection: Connection, thread_id: int, gone: Mapping[int, int]) -> None:
    """Let captures that had a post know it by the row that it has now."""
    for number, seqs in connection.execute(
        "SELECT k.id, k.seqs FROM known_before k JOIN capture c ON c.id = k.capture_id WHERE c.thread_id = ?",
        (thread_id,),
    ).fetchall():
        known = array(SEQ_TYPECODE, seqs)
        if not gone.keys().isdisjoint(known):
            kept = array(SEQ_TYPECODE, dict.fromkeys(gone.get(seq, seq) for seq in known))
            connection.execute("UPDATE known_before SET seqs = ? WHERE id = ?", (kept.tobytes(), number))


def rewrite_journal(
    connection: Connection, thread_ids: Iterable[int], seqs: Mapping[int, int], tags: Mapping[int, int], thread_id: int
) -> None:
    """Let the journal of several threads speak of one, and of posts and tags by the rows that they have now.

    What made or named a tag that has become another thread's tag of that name can no longer be taken back, nor can the
    name of an article that has become part of another one.
    """
    for old_thread in thread_ids:
        for entry, changes in connection.execute(
            "SELECT id, changes FROM journal WHERE thread_id = ?", (old_thread,)
        ).fetchall():
            told = [_rewritten(change, seqs, tags, thread_id) for change in json.loads(changes)]
            kept = json.dumps([one for one in told if one is not None], ensure_ascii=False)
            connection.execute("UPDATE journal SET thread_id = ?, changes = ? WHERE id = ?", (thread_id, kept, entry))


def _rewritten(change: list[Any], seqs: Mapping[int, int], tags: Mapping[int, int], thread_id: int) -> list[Any] | None:
    """A change of the journal about the rows that there are now; None where it is about one that is gone."""
    table, key, before, after = change
    if table in ("mark", "translation", "post_tag"):
        key = [seqs.get(key[0], key[0]), *key[1:]]
        if table == "post_tag":
            key[1] = tags.get(key[1], key[1])
    elif table == "tag":
        if key[0] in tags:
            return None
        before, after = (
            None if one is None else {name: thread_id if name == "thread_id" else value for name, value in one.items()}
            for one in (before, after)
        )
    elif table == "thread" and key[0] != thread_id:
        return None
    return [table, key, before, after]
