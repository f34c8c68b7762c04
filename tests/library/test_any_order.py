"""Threads of sites that share their numbers, captured in parts and in any order: the same threads and marks."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from core.desk import Desk
from core.library import Library, open_library, rows, threads
from core.library.captures.readings import keep_readings, parted_readings
from core.models import Payload, Post, Reading
from core.reasons import Reason, ReasonCode

SITES = ("fen.example", "marsh.example", "moor.example")
Tree = dict[str, str | None]
"""A post's id -> its parent's."""


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A thread whose posts have numbers that other sites have too."""
    ids = [str(number) for number in draw(st.lists(st.integers(1, 12), min_size=2, max_size=7, unique=True))]
    tree: Tree = {ids[0]: None}
    for place, post_id in enumerate(ids[1:], 1):
        tree[post_id] = ids[draw(st.integers(0, place - 1))]
    return tree


def post(site: str, post_id: str, parent: str | None) -> Post:
    """A post, which nobody else could have written."""
    return Post(
        post_id,
        f"What {site} says of {post_id}, and why.",
        author=f"author{post_id}_{site[0]}",
        parent_id=parent,
        url=f"https://{site}/post/{post_id}",
    )


def branch(tree: Tree, top: str) -> list[str]:
    """A post and all below it."""
    found = [top]
    for post_id in tree:
        if tree[post_id] in found and post_id not in found:
            found.append(post_id)
    return found


def parts(site: str, tree: Tree, draw: st.DrawFn) -> Iterator[Reading]:
    """A capture of the whole thread, of some branches with or without their tops, of single posts, and a list."""
    root_id = next(iter(tree))
    yield reading(site, root_id, tree, list(tree))
    for top in draw(st.lists(st.sampled_from(list(tree)), max_size=3)):
        ids = branch(tree, top)
        yield reading(site, top, tree, ids if draw(st.booleans()) or len(ids) == 1 else ids[1:])
    listed = draw(st.lists(st.sampled_from(list(tree)), max_size=4, unique=True))
    if listed:
        posts = tuple(post(site, one, None) for one in listed)
        yield Reading("list", "list.csv", posts, site=site, reasons=(Reason(ReasonCode.ROOT_NOT_NAMED),))


def reading(site: str, root_id: str, tree: Tree, ids: list[str]) -> Reading:
    """A capture of some posts under one."""
    posts = tuple(post(site, one, tree[one]) for one in ids)
    return Reading("invented", root_id, posts, url=f"https://{site}/post/{root_id}", site=site)


@st.composite
def captured(draw: st.DrawFn) -> tuple[list[tuple[str, Tree]], list[Reading]]:
    """Threads, one to a site, and captures of them in any order."""
    found = [(site, draw(trees())) for site in SITES[: draw(st.integers(1, 3))]]
    readings = [one for site, tree in found for one in parts(site, tree, draw)]
    return found, draw(st.permutations(readings))


@given(captured(), st.data())
def test_any_order_of_any_parts_gives_the_same_threads_and_keeps_every_mark(
    given_threads: tuple[list[tuple[str, Tree]], list[Reading]], data: st.DataObject
) -> None:
    expected, readings = given_threads
    with TemporaryDirectory() as folder:
        library = open_library(Path(folder) / "library.db")
        tagged: list[tuple[str, str]] = []
        for number, one in enumerate(readings):
            payload = Payload(f"{number}.json", f"{number}{one.posts}".encode())
            keep_readings(library, payload, parted_readings(library, [one]))
            chosen = data.draw(st.sampled_from(one.posts))
            _tag(library, chosen.text, f"tag{number}")
            tagged.append((chosen.text, f"tag{number}"))
        assert _kept(library) == sorted((site, next(iter(tree)), tuple(sorted(tree))) for site, tree in expected)
        assert {text: tags for text, tags in _tags(library).items() if tags} == _by_text(tagged)
        assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert {flags for (flags,) in library.connection.execute("SELECT flags FROM post")} == {""}
        for thread in threads.threads(library):
            desk = Desk(library, thread.id, "zh")
            while desk.undo():
                pass
        assert not any(_tags(library).values())
        library.close()


def _tag(library: Library, text: str, name: str) -> None:
    """Tag the post with this text, of which there must be one."""
    ((seq, thread_id),) = library.connection.execute(
        "SELECT seq, thread_id FROM post WHERE text = ?", (text,)
    ).fetchall()
    Desk(library, thread_id, "zh").tags.add([seq], name)


def _tags(library: Library) -> dict[str, set[str]]:
    """The tags of every post."""
    seqs = [seq for (seq,) in library.connection.execute("SELECT seq FROM post")]
    return {quote.post.text: set(quote.mark.tags) for quote in rows.quotes(library, seqs, "zh")}


def _by_text(tagged: list[tuple[str, str]]) -> dict[str, set[str]]:
    """The tags that were given, by the text of their post."""
    found: dict[str, set[str]] = {}
    for text, name in tagged:
        found.setdefault(text, set()).add(name)
    return found


def _kept(library: Library) -> list[tuple[str, str, tuple[str, ...]]]:
    """Every thread: its site, its root, its posts."""
    found = []
    for thread in threads.threads(library):
        ids = library.connection.execute("SELECT id FROM post WHERE thread_id = ? ORDER BY id", (thread.id,)).fetchall()
        found.append((thread.site, thread.root_id, tuple(one for (one,) in ids)))
    return sorted(found)
