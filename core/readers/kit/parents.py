"""Parents that can be trusted to form a tree: no post answers itself, however long the way round."""

from core.models import Flag, Post


def sound_parents(posts: list[Post], root_id: str) -> list[Post]:
    """`posts` with cycles cut at their newest post, and answers to posts that are not here flagged.

    The root may be absent: many sources give the replies alone. Its own parent belongs to another thread.
    """
    places = {post.id: place for place, post in enumerate(posts)}
    mended = list(posts)
    for place in _cycle_cuts(posts, places):
        mended[place] = _flagged(posts[place], Flag.CYCLE, parent_id=None)
    for place, post in enumerate(mended):
        parent = post.parent_id
        if parent is not None and parent not in places and root_id not in (parent, post.id):
            mended[place] = _flagged(post, Flag.ORPHAN, parent_id=parent)
    return mended


def _cycle_cuts(posts: list[Post], places: dict[str, int]) -> list[int]:
    """The place of the newest post in each cycle of parents."""
    cuts = []
    walked = [0] * len(posts)
    for start in range(len(posts)):
        path = []
        here: int | None = start
        while here is not None and not walked[here]:
            walked[here] = start + 1
            path.append(here)
            parent = posts[here].parent_id
            here = None if parent is None else places.get(parent)
        if here is not None and walked[here] == start + 1:
            cycle = path[path.index(here) :]
            cuts.append(max(cycle, key=lambda place: (posts[place].posted_at or 0, place)))
    return cuts


def _flagged(post: Post, flag: Flag, parent_id: str | None) -> Post:
    """`post` with one more flag and the parent that remains to it."""
    return post.with_changes(parent_id=parent_id, flags=tuple(dict.fromkeys((*post.flags, flag))))
