"""The tags of a thread: in section order, by name, and the posts that carry them."""

from dataclasses import dataclass

from core.library.database import Library


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


def tagged_posts(library: Library, tag_id: int, *, starred: bool = False) -> list[int]:
    """The posts that carry a tag, as seqs, in the order in which they got it; with `starred`, the starred ones."""
    only = "AND m.state = 'starred'" if starred else ""
    rows = library.connection.execute(
        f"SELECT pt.post FROM post_tag pt LEFT JOIN mark m ON m.post = pt.post "
        f"WHERE pt.tag_id = ? {only} ORDER BY pt.position",
        (tag_id,),
    )
    return [seq for (seq,) in rows]
