"""What the library says of a thread's posts and tags, apart from the answers to views."""

import json
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from core.library.database import Library
from core.library.orders import SEQ_TYPECODE
from core.models import State


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a thread, as its writer orders them."""

    id: int
    name: str
    slot: int | None
    """1 to 9, or None without a key."""
    position: int
    introduction: str
    """Opens the section that the tag feeds."""
    posts: int
    """How many posts carry it."""
    given: int
    """When it was given last, as a count over the thread's tags; -1 for never."""


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


def tags(library: Library, thread_id: int) -> tuple[Tag, ...]:
    """The thread's tags in section order."""
    return _tags(library, "g.thread_id = ?", thread_id)


def tags_with_keys(library: Library, thread_id: int) -> tuple[Tag, ...]:
    """The thread's tags that a digit gives, in section order."""
    return _tags(library, "g.thread_id = ? AND g.slot IS NOT NULL", thread_id)


def tag_named(library: Library, thread_id: int, name: str) -> Tag | None:
    """The tag of this name to the letter, or None."""
    return next(iter(_tags(library, "g.thread_id = ? AND g.name = ?", thread_id, name)), None)


def _tags(library: Library, condition: str, *values: object) -> tuple[Tag, ...]:
    """The tags that fit a condition, in section order."""
    rows = library.connection.execute(
        "SELECT g.id, g.name, g.slot, g.position, g.introduction, "
        "(SELECT count(*) FROM post_tag pt WHERE pt.tag_id = g.id), "
        "(SELECT coalesce(max(pt.position), -1) FROM post_tag pt WHERE pt.tag_id = g.id) "
        f"FROM tag g WHERE {condition} ORDER BY g.position, g.id",
        values,
    )
    return tuple(Tag(*row) for row in rows)


def tag_names(library: Library, thread_id: int) -> list[str]:
    """The names of the thread's tags in section order."""
    rows = library.connection.execute("SELECT name FROM tag WHERE thread_id = ? ORDER BY position, id", (thread_id,))
    return [name for (name,) in rows]


def next_section_place(library: Library, thread_id: int) -> int:
    """The place after the last section."""
    row = library.connection.execute(
        "SELECT coalesce(max(position), -1) + 1 FROM tag WHERE thread_id = ?", (thread_id,)
    ).fetchone()
    return int(row[0])


def tagged(library: Library, tag_id: int, *, starred: bool = False) -> list[int]:
    """The posts that carry a tag, as seqs, in the order in which they got it; with `starred`, the starred ones."""
    only = "AND m.state = 'starred'" if starred else ""
    rows = library.connection.execute(
        f"SELECT pt.post FROM post_tag pt LEFT JOIN mark m ON m.post = pt.post "
        f"WHERE pt.tag_id = ? {only} ORDER BY pt.position",
        (tag_id,),
    )
    return [seq for (seq,) in rows]


def tag_positions(library: Library, tag_id: int, seqs: list[int]) -> list[int]:
    """The places of posts within a tag."""
    wanted = set(seqs)
    rows = library.connection.execute("SELECT post, position FROM post_tag WHERE tag_id = ?", (tag_id,))
    return [position for seq, position in rows if seq in wanted]


def next_tag_position(library: Library, thread_id: int) -> int:
    """The place after every tag that was given in the thread."""
    row = library.connection.execute(
        "SELECT coalesce(max(pt.position), -1) + 1 FROM post_tag pt JOIN tag g ON g.id = pt.tag_id "
        "WHERE g.thread_id = ?",
        (thread_id,),
    ).fetchone()
    return int(row[0])


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
