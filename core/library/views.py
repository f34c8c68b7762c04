"""The answers to views: orders of posts, and counts."""

from array import array
from dataclasses import dataclass
from itertools import chain

from core.library.database import Library
from core.library.where import where
from core.models import State
from core.query import Node
from core.view import View

_ORDER = {
    "thread": (),
    "state": (
        "CASE coalesce(m.state, 'new') WHEN 'starred' THEN 0 WHEN 'new' THEN 1 WHEN 'skipped' THEN 2 ELSE 3 END",
    ),
    "likes": ("p.likes",),
    "replies": ("p.replies",),
    "views": ("p.views",),
    "time": ("p.posted_at",),
    "author": ("p.author COLLATE NOCASE",),
    "tags": ("s.section", "s.given"),
    "text": ("substr(coalesce(p.folded, p.text), 1, 32) COLLATE NOCASE",),
}
"""What each sort compares, first things first; NULL is unknown. Columns of `post` have an index of that form."""

_IN_FILE_ORDER = "INDEXED BY post_by_position"
"""A filter reads whole rows: through a sort's index it would jump about in the file for each of them."""
_MARKED = "LEFT JOIN mark m ON m.post = p.seq"
_TAGGED = (
    "LEFT JOIN (SELECT pt.post, min(g.position) AS section, min(pt.position) AS given "
    "FROM post_tag pt JOIN tag g ON g.id = pt.tag_id GROUP BY pt.post) s ON s.post = p.seq"
)


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


def order(library: Library, thread_id: int, view: View) -> "array[int]":
    """The posts of the view as seqs in its order: the root first, what is unknown last, ties in the source's order."""
    node = view.node
    clause, parameters = where(node)
    direction = "DESC" if view.descending else "ASC"
    keys = "".join(f"{key} {direction} NULLS LAST, " for key in _ORDER[view.sort])
    ties = direction if view.sort == "thread" else "ASC"
    joins = f"{'' if node is None and view.sort != 'state' else _MARKED} {_TAGGED if view.sort == 'tags' else ''}"
    rows = library.connection.execute(
        f"SELECT p.seq FROM post p {'' if node is None else _IN_FILE_ORDER} {joins} "
        f"WHERE p.thread_id = ? AND ({clause}) ORDER BY {keys} p.position {ties}",
        (thread_id, *parameters),
    )
    found = array("q", chain.from_iterable(rows))
    if view.only is not None:
        found = array("q", filter(view.only.__contains__, found))
    root = _root(library, thread_id)
    if root is not None and root in found:
        found.insert(0, found.pop(found.index(root)))
    return found


def _root(library: Library, thread_id: int) -> int | None:
    """The root's seq, where a capture has it."""
    row = library.connection.execute(
        "SELECT p.seq FROM thread t JOIN post p ON p.thread_id = t.id AND p.id = t.root_id WHERE t.id = ?", (thread_id,)
    ).fetchone()
    return None if row is None else int(row[0])


def matching(library: Library, thread_id: int, node: Node) -> frozenset[int]:
    """The posts that fit `node`, as seqs."""
    clause, parameters = where(node)
    rows = library.connection.execute(
        f"SELECT p.seq FROM post p {_IN_FILE_ORDER} {_MARKED} WHERE p.thread_id = ? AND ({clause})",
        (thread_id, *parameters),
    )
    return frozenset(chain.from_iterable(rows))


def texts(library: Library, thread_id: int) -> list[tuple[int, str]]:
    """Every post's seq and text."""
    return library.connection.execute("SELECT seq, text FROM post WHERE thread_id = ?", (thread_id,)).fetchall()


def in_state(library: Library, thread_id: int, state: State) -> "array[int]":
    """The posts in a state other than new, as seqs, in the order in which the source gave them."""
    rows = library.connection.execute(
        "SELECT p.seq FROM mark m CROSS JOIN post p ON p.seq = m.post "
        "WHERE m.state = ? AND p.thread_id = ? ORDER BY p.position",
        (state, thread_id),
    )
    return array("q", (seq for (seq,) in rows))


def decided(library: Library, thread_id: int) -> frozenset[int]:
    """The posts that are no longer undecided (starred, rejected or skipped), as seqs."""
    rows = library.connection.execute(
        "SELECT m.post FROM mark m CROSS JOIN post p ON p.seq = m.post WHERE p.thread_id = ? AND m.state != 'new'",
        (thread_id,),
    )
    return frozenset(seq for (seq,) in rows)


def seq_of(library: Library, thread_id: int, post_id: str) -> int | None:
    """The seq of a post by its full id."""
    row = library.connection.execute(
        "SELECT seq FROM post WHERE thread_id = ? AND id = ?", (thread_id, post_id)
    ).fetchone()
    return None if row is None else int(row[0])


def tags(library: Library, thread_id: int) -> tuple[Tag, ...]:
    """The thread's tags in section order."""
    rows = library.connection.execute(
        "SELECT g.id, g.name, g.slot, g.position, g.introduction, "
        "(SELECT count(*) FROM post_tag pt WHERE pt.tag_id = g.id), "
        "(SELECT coalesce(max(pt.position), -1) FROM post_tag pt WHERE pt.tag_id = g.id) "
        "FROM tag g WHERE g.thread_id = ? ORDER BY g.position, g.id",
        (thread_id,),
    )
    return tuple(Tag(*row) for row in rows)


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
