"""The posts of a thread, as seqs: by id, state or text, below another, or come since; see `view_results` for views."""

import json
import re
from array import array
from collections.abc import Sequence

from core.library.database import Library
from core.library.orders import SEQ_TYPECODE
from core.models import State


def posts_after(library: Library, thread_id: int, seq: int) -> "array[int]":
    """The thread's posts that came after `seq`, in the source's order."""
    rows = library.connection.execute(
        "SELECT seq FROM post WHERE thread_id = ? AND seq > ? ORDER BY seq", (thread_id, seq)
    )
    return array(SEQ_TYPECODE, (one for (one,) in rows))


def posts_matching(library: Library, thread_id: int, pattern: re.Pattern[str]) -> frozenset[int]:
    """The posts in whose text a regular expression is found, as seqs."""
    rows = library.connection.execute("SELECT seq, text FROM post WHERE thread_id = ?", (thread_id,))
    return frozenset(seq for seq, text in rows if pattern.search(text))


def posts_in_state(library: Library, thread_id: int, state: State) -> "array[int]":
    """The posts in a state other than new, as seqs, in the order in which the source gave them."""
    rows = library.connection.execute(
        "SELECT p.seq FROM mark m CROSS JOIN post p ON p.seq = m.post "
        "WHERE m.state = ? AND p.thread_id = ? ORDER BY p.seq",
        (state, thread_id),
    )
    return array(SEQ_TYPECODE, (seq for (seq,) in rows))


def decided_posts(library: Library, thread_id: int) -> frozenset[int]:
    """The posts that are no longer undecided (starred, rejected or skipped), as seqs."""
    rows = library.connection.execute(
        "SELECT m.post FROM mark m CROSS JOIN post p ON p.seq = m.post WHERE p.thread_id = ? AND m.state != 'new'",
        (thread_id,),
    )
    return frozenset(seq for (seq,) in rows)


def count_in_state(library: Library, seqs: Sequence[int], state: State) -> int:
    """How many of the posts are in a state other than new."""
    (count,) = library.connection.execute(
        "SELECT count(*) FROM mark WHERE state = ? AND post IN (SELECT value FROM json_each(?))",
        (state, json.dumps(list(seqs))),
    ).fetchone()
    return int(count)


def root_of(library: Library, thread_id: int) -> int | None:
    """The root's seq, where a capture has it."""
    row = library.connection.execute(
        "SELECT p.seq FROM thread t JOIN post p ON p.thread_id = t.id AND p.id = t.root_id WHERE t.id = ?", (thread_id,)
    ).fetchone()
    return None if row is None else int(row[0])


def seq_of(library: Library, thread_id: int, post_id: str) -> int | None:
    """The seq of a post by its full id."""
    row = library.connection.execute(
        "SELECT seq FROM post WHERE thread_id = ? AND id = ?", (thread_id, post_id)
    ).fetchone()
    return None if row is None else int(row[0])


def subtree(library: Library, thread_id: int, seq: int) -> frozenset[int]:
    """A post and everything below it, as seqs."""
    children: dict[str, list[tuple[int, str]]] = {}
    ids: dict[int, str] = {}
    for one, id, parent in library.connection.execute(
        "SELECT seq, id, parent_id FROM post WHERE thread_id = ?", (thread_id,)
    ):
        ids[one] = id
        if parent is not None:
            children.setdefault(parent, []).append((one, id))
    found, waiting = {seq}, [ids[seq]]
    while waiting:
        for one, id in children.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(id)
    return frozenset(found)
