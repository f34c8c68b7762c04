"""What a capture has shown of other threads: which of them are a part of its own, and of which its own is one.

A thread is a part of another one that has its root, or the post that its root answers. A list of posts that names no
root gives its posts up to the threads that they belong to.
"""

from collections.abc import Iterator
from sqlite3 import Connection

from core.library.captures.joining import join_threads
from core.library.captures.lists import give_up_posts
from core.library.captures.matching import (
    TELLING_DIGITS,
    KnownThread,
    is_other_author,
    is_other_text,
    known_threads,
)
from core.library.database import Library

_HAS = "EXISTS (SELECT 1 FROM post p WHERE p.thread_id = {} AND p.id = {})"
_MOST = 1_000
"""Joins of one capture."""


def settle_thread(library: Library, thread_id: int, *, apart_from: int = 0) -> int:
    """Join the thread with those that it is one with, but for one; returns the number of the one that is left."""
    for _ in range(_MOST):
        joined = next((one for one in _joins(library.connection, thread_id) if apart_from not in one), None)
        if joined is None:
            break
        part, whole = joined
        join_threads(library, part, whole)
        thread_id = whole if thread_id == part else thread_id
    give_up_posts(library, thread_id)
    return thread_id


def _joins(connection: Connection, thread_id: int) -> Iterator[tuple[int, int]]:
    """Which thread is part of which, of those that are one with this one."""
    (this,) = known_threads(connection, "t.id = ?", (thread_id,))
    if this.is_list:
        return
    others = "NOT t.is_list AND t.id != ?1 AND"
    address, answers = connection.execute("SELECT address, answers FROM thread WHERE id = ?", (thread_id,)).fetchone()
    for one in known_threads(connection, f"{others} t.address != '' AND t.address = ?2", (thread_id, address)):
        yield max(thread_id, one.id), min(thread_id, one.id)
    for one in known_threads(connection, f"{others} t.root_id = ?2", (thread_id, this.root_id)):
        if _are_one(connection, this, one, this.root_id):
            yield max(thread_id, one.id), min(thread_id, one.id)
    for column in ("root_id", "answers"):
        below = f"{others} {_below(connection, thread_id, column)}"
        for one in known_threads(connection, below, (thread_id, this.root_id)):
            (shared,) = connection.execute(f"SELECT {column} FROM thread WHERE id = ?", (one.id,)).fetchone()
            if _are_one(connection, this, one, shared):
                yield one.id, thread_id
    for shared in (this.root_id, answers):
        if shared:
            above = f"({_HAS.format('t.id', '?2')} OR t.root_id = ?2)"
            for one in known_threads(connection, f"{others} {above}", (thread_id, shared)):
                if _are_one(connection, this, one, shared):
                    yield thread_id, one.id


def _below(connection: Connection, thread_id: int, column: str) -> str:
    """The condition for threads `t` whose root, or what that answers, is a post here; asked of whichever are fewer."""
    posts, threads = connection.execute(
        "SELECT posts, (SELECT count(*) FROM thread) FROM thread WHERE id = ?", (thread_id,)
    ).fetchone()
    if posts > threads:
        return f"t.{column} NOT NULL AND ({_HAS.format('?1', f't.{column}')} OR t.{column} = ?2)"
    return (
        f"t.id IN (SELECT o.id FROM post p CROSS JOIN thread o ON o.{column} = p.id WHERE p.thread_id = ?1 "
        f"UNION SELECT o.id FROM thread o WHERE o.{column} = ?2)"
    )


def _are_one(connection: Connection, one: KnownThread, other: KnownThread, shared_id: str) -> bool:
    """Whether two threads that both name a post mean the same one."""
    is_sure = bool(one.site) and one.site == other.site
    if one.site and other.site and not is_sure:
        return False
    same = differing = 0
    for author, text, other_author, other_text in connection.execute(
        "SELECT p.author, p.text, q.author, q.text FROM post p JOIN post q ON q.thread_id = ? AND q.id = p.id "
        "WHERE p.thread_id = ? LIMIT 400",
        (other.id, one.id),
    ):
        by_other, has_other_words = is_other_author(author, other_author), is_other_text(text, other_text)
        is_anonymous = author is None or other_author is None
        is_other = by_other and has_other_words if is_sure else by_other or (has_other_words and is_anonymous)
        differing, same = differing + is_other, same + (not is_other)
    if differing > same:
        return False
    return is_sure or same > 0 or not shared_id.rpartition("/")[2].isdecimal() or len(shared_id) >= TELLING_DIGITS
