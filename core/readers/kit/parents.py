"""Parents that can be trusted to form a tree: no post answers itself, however long the way round."""

from collections.abc import Sequence

from core.models import Flag, Post


def unsound_parents(posts: Sequence[Post], root_id: str) -> dict[str, Flag]:
    """The ids of posts whose parent is not to be trusted, each with why: it closes a cycle, or is not here.

    The newest post of a cycle is the one that closes it. The root may be absent: many sources give the replies alone.
    Its own parent belongs to another thread.
    """
    places = {post.id: place for place, post in enumerate(posts)}
    odd = {posts[place].id: Flag.CYCLE for place in _cycle_cuts(posts, places)}
    for post in posts:
        parent = post.parent_id
        if parent is not None and parent not in places and root_id not in (parent, post.id):
            odd[post.id] = Flag.ORPHAN
    return odd


def _cycle_cuts(posts: Sequence[Post], places: dict[str, int]) -> list[int]:
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
