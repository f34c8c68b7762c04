"""The answers to views: which posts, in which order.

An answer comes in pieces, for a writer wants the first screen at once: its beginning as soon as that is known, then
all of it.
"""

import time
from array import array
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, filterfalse
from sqlite3 import Connection

from core.library import duplicates, orders
from core.library.database import Library
from core.library.filter_sql import filter_condition
from core.library.orders import SEQ_TYPECODE
from core.library.thread_posts import root_of
from core.models import State
from core.query import Node, Not
from core.query.view import View

FIRST = 200
"""Posts that the beginning of an answer has, more than any screen shows."""
SCREEN = 60
"""Posts from which on a beginning is worth showing."""
GLANCE = 0.06
"""Seconds for which a filter walks along the order for its first hits, before it looks at every post."""
MANY = 50_000
"""Posts from which on a filter is looked for by two connections at a time."""
_READERS = 2
_STATES = (State.STARRED, State.NEW, State.SKIPPED, State.REJECTED)
"""The order in which a sort by state puts them."""


@dataclass(frozen=True, slots=True)
class ViewResult:
    """The beginning of an answer, or all of it."""

    order: "array[int]"
    whole: bool
    folded: int = 0
    """How many more posts are like those that are in it."""


def whole_order(library: Library, thread_id: int, view: View) -> "array[int]":
    """All of the answer to a view: the root first, what is unknown last, ties in the source's order."""
    *_, last = view_results(library, thread_id, view)
    return last.order


def view_results(
    library: Library, thread_id: int, view: View, stop: Callable[[], bool] = lambda: False
) -> Iterator[ViewResult]:
    """The answer to a view, its beginning first where that is known earlier; nothing more once `stop` says so."""
    for piece in _pieces(library, thread_id, view, stop):
        # In a tree a post may hold others, and those that were chosen one by one are wanted one by one.
        if view.folded and not view.tree and view.only is None:
            order = duplicates.without_duplicates(library.connection, thread_id, piece.order)
            yield ViewResult(order, piece.whole, len(piece.order) - len(order))
        else:
            yield piece


def _pieces(library: Library, thread_id: int, view: View, stop: Callable[[], bool]) -> Iterator[ViewResult]:
    """The pieces of `view_results`, in which every near-duplicate still stands."""
    base = _base(library, thread_id, view)
    if view.only is not None:
        base = array(SEQ_TYPECODE, filter(view.only.__contains__, base))
    if view.node is None:
        yield ViewResult(base, whole=True)
    else:
        yield from _filtered(library, thread_id, view.node, base, stop)


def posts_fitting(library: Library, thread_id: int, node: Node) -> frozenset[int]:
    """The posts that fit `node`, as seqs."""
    return frozenset(_hits(library, thread_id, node))


def _base(library: Library, thread_id: int, view: View) -> "array[int]":
    """Every post in the view's order."""
    connection = library.connection
    root = root_of(library, thread_id)
    if view.sort == "state":
        return _by_state(connection, thread_id, root, view.descending)
    if view.sort == "tags":
        return _by_tags(connection, thread_id, root, view.descending)
    found = orders.kept_order(connection, thread_id, view.sort, view.descending)
    if found is not None:
        return found
    return orders.make_orders(library, thread_id, view.sort, root)[view.descending]


def _by_state(connection: Connection, thread_id: int, root: int | None, descending: bool) -> "array[int]":
    """Posts by what the writer decided."""
    marked = dict(
        connection.execute(
            "SELECT m.post, m.state FROM mark m CROSS JOIN post p ON p.seq = m.post "
            "WHERE p.thread_id = ? AND m.state != 'new' ORDER BY m.post",
            (thread_id,),
        ).fetchall()
    )
    found = array(SEQ_TYPECODE)
    for state in reversed(_STATES) if descending else _STATES:
        if state is State.NEW:
            found.extend(filterfalse(marked.__contains__, _in_source_order(connection, thread_id)))
        else:
            found.extend(seq for seq, its in marked.items() if its == state)
    return orders.root_first(found, root)


def _by_tags(connection: Connection, thread_id: int, root: int | None, descending: bool) -> "array[int]":
    """Posts by the first section that they stand in, and their place in it; those without a tag last."""
    direction = "DESC" if descending else "ASC"
    rows = connection.execute(
        "SELECT pt.post FROM post_tag pt JOIN tag g ON g.id = pt.tag_id WHERE g.thread_id = ? "
        f"GROUP BY pt.post ORDER BY min(g.position) {direction}, min(pt.position) {direction}, pt.post",
        (thread_id,),
    )
    found = array(SEQ_TYPECODE, chain.from_iterable(rows))
    found.extend(filterfalse(frozenset(found).__contains__, _in_source_order(connection, thread_id)))
    return orders.root_first(found, root)


def _in_source_order(connection: Connection, thread_id: int) -> "array[int]":
    """The thread's posts as the source gave them."""
    return (
        orders.kept_order(connection, thread_id, "thread", False)
        or orders.orders_in_source_order(connection, thread_id, None)[0]
    )


def _filtered(
    library: Library, thread_id: int, node: Node, base: "array[int]", stop: Callable[[], bool]
) -> Iterator[ViewResult]:
    """The posts of `base` that fit `node`: the first of them from its beginning, then all."""
    if len(base) >= MANY and not stop():
        first = _glance(library.connection, node, base)
        if len(first) >= min(FIRST, SCREEN):
            yield ViewResult(first, whole=False)
    if stop():
        return
    if isinstance(node, Not):
        # What is left out is mostly little, and sooner found than what remains.
        others = _hits(library, thread_id, node.term)
        yield ViewResult(array(SEQ_TYPECODE, filterfalse(frozenset(others).__contains__, base)), whole=True)
        return
    fits = _hits(library, thread_id, node)
    yield ViewResult(array(SEQ_TYPECODE, filter(frozenset(fits).__contains__, base)), whole=True)


def _glance(connection: Connection, node: Node, base: "array[int]") -> "array[int]":
    """What fits of the order's beginning, as far as GLANCE goes."""
    clause, parameters = filter_condition(node)
    found, at, step = array(SEQ_TYPECODE), 0, FIRST
    until = time.monotonic() + GLANCE
    while at < len(base) and len(found) < FIRST and time.monotonic() < until:
        part = base[at : at + step]
        seqs = ",".join(map(str, part))
        rows = connection.execute(f"SELECT p.seq FROM post p WHERE p.seq IN ({seqs}) AND ({clause})", parameters)
        found.extend(filter(frozenset(chain.from_iterable(rows)).__contains__, part))
        at, step = at + step, min(step * 2, 5_000)
    return found


def _hits(library: Library, thread_id: int, node: Node) -> "array[int]":
    """Every post of the thread that fits, in the source's order."""
    clause, parameters = filter_condition(node)

    def scanned(connection: Connection, within: tuple[int, int] | None) -> "array[int]":
        # A range of rows is read without looking each of them up in an index.
        here = "p.thread_id = ?" if within is None else "+p.thread_id = ? AND p.seq BETWEEN ? AND ?"
        return orders.selected_seqs(
            connection, f"FROM post p WHERE {here} AND ({clause})", (thread_id, *(within or ()), *parameters)
        )

    own, *others = _ranges(library.connection, thread_id)
    if not others:
        return scanned(library.connection, own)
    # The library's own connection stays in this thread.
    with ThreadPoolExecutor(len(others)) as threads:
        parts = threads.map(scanned, library.others(len(others)), others)
        return array(SEQ_TYPECODE, chain(scanned(library.connection, own), *parts))


def _ranges(connection: Connection, thread_id: int) -> list[tuple[int, int] | None]:
    """The ranges of seqs in which a thread's posts are looked for side by side; [None] where they lie scattered."""
    count, low, high = connection.execute(
        "SELECT t.posts, coalesce((SELECT min(seq) FROM post WHERE thread_id = t.id), 0), "
        "coalesce((SELECT max(seq) FROM post WHERE thread_id = t.id), 0) FROM thread t WHERE t.id = ?",
        (thread_id,),
    ).fetchone()
    if count < MANY or high - low >= 2 * count:
        return [None]
    share = -(-(high - low + 1) // _READERS)
    return [(start, min(start + share - 1, high)) for start in range(low, high + 1, share)]
