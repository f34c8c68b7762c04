"""Threads of a few posts as trees, for tests that need no library."""

from array import array
from collections.abc import Sequence

from hypothesis import strategies as st

from core.thread.ancestry import Ancestry, ancestry
from core.thread.tree import Tree, build_tree

Said = tuple[int, str | None, int | None]
"""A post's seq, its author, and the seq of what it answers; one that is not among the posts was never captured."""


def related(posts: Sequence[Said], root: int | None = 1) -> Ancestry:
    """The kin of posts; those in hundreds were never captured."""
    here = {seq for seq, _, _ in posts}
    return ancestry(
        [
            (seq, author, parent if parent in here else None, None if parent in here or parent is None else str(parent))
            for seq, author, parent in posts
        ],
        root,
        "1",
    )


def tree(posts: Sequence[Said], order: Sequence[int] | None = None, root: int | None = 1) -> Tree:
    """The tree of posts in a view's order, or in the source's."""
    return build_tree(related(posts, root), array("i", [seq for seq, _, _ in posts] if order is None else order))


def drawn(it: Tree) -> list[str]:
    """A line of the tree each: a bar for each step in, and the seq."""
    return [f"{'|' * level}{seq}" for level, seq in zip(it.level, it.seqs, strict=True)]


FAMILY = [(1, "root", None), (2, "ada", 1), (3, "bo", 1), (4, "cy", 2), (5, "dee", 4), (6, "eli", 2)]


@st.composite
def threads(draw: st.DrawFn) -> list[Said]:
    """Threads of any shape: cycles, posts that were never captured, few authors."""
    count = draw(st.integers(0, 25))
    seqs = draw(st.permutations(range(2, count + 2)))
    parents = st.one_of(st.none(), st.integers(1, count + 1), st.integers(900, 903))
    authors = st.sampled_from(["ada", "bo", None])
    return [(1, "ada", None), *((seq, draw(authors), draw(parents)) for seq in sorted(seqs))]
