"""Whole orders of a thread's posts, kept ready where the thread is large.

An order of a million posts is an array of 4 MB that is read in milliseconds; sorting them by a column takes a second.
Posts are frozen, so their orders hold until another capture joins; those by what the writer adds are made each time.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from sqlite3 import Connection
from typing import Any

from core.counts import SORTED_COUNTS
from core.library.database import Library

MANY = 20_000
"""Posts from which on a thread's orders are kept."""
SEQ_TYPECODE = "i"
"""The array type of seqs: 32 bits, enough for two thousand million posts in a library."""
COLUMNS: Mapping[str, str] = {
    **{name: f"p.{name}" for name in SORTED_COUNTS},
    "time": "p.posted_at",
    "author": "lower(p.author)",
    "text": "lower(substr(coalesce(p.folded, p.text), 1, 32))",
}
"""What each sort by a column of posts compares; NULL is unknown."""
Orders = Mapping[str, "Sequence[array[int]]"]
"""The ascending and the descending order by each sort."""
_FEW = 8
"""Posts to one value from which on they are sorted by grouping."""


def both_ways(seqs: Sequence[int], values: Sequence[Any], root: int | None) -> "tuple[array[int], array[int]]":
    """The orders of `seqs` by `values`, ascending and descending: the root first, None last, ties as they come."""
    known: Sequence[int] = range(len(values))
    unknown: Sequence[int] = ()
    if None in values:
        known = [place for place, value in enumerate(values) if value is not None]
        unknown = [seqs[place] for place, value in enumerate(values) if value is None]
    places = _grouped(values, known) if len(set(values)) * _FEW < len(values) else _sorted(values, known)
    rising, falling = (array(SEQ_TYPECODE, chain(map(seqs.__getitem__, one), unknown)) for one in places)
    return root_first(rising, root), root_first(falling, root)


def _grouped(values: Sequence[Any], known: Iterable[int]) -> tuple[Iterable[int], Iterable[int]]:
    """The places of known values both ways, where most values come many times."""
    groups: dict[Any, list[int]] = defaultdict(list)
    for place in known:
        groups[values[place]].append(place)
    rising = sorted(groups)
    return chain.from_iterable(groups[one] for one in rising), chain.from_iterable(groups[one] for one in rising[::-1])


def _sorted(values: Sequence[Any], known: Iterable[int]) -> tuple[Iterable[int], Iterable[int]]:
    """The places of known values both ways, where most values come once."""
    rising = sorted(known, key=values.__getitem__)
    return rising, sorted(rising, key=values.__getitem__, reverse=True)


def root_first(order: "array[int]", root: int | None) -> "array[int]":
    """`order` with the root, where it is there, moved to its beginning."""
    if root is not None and root in order:
        order.insert(0, order.pop(order.index(root)))
    return order


def keep_orders(connection: Connection, thread_id: int, sort: str, orders: "Sequence[array[int]]") -> None:
    """Keep the ascending and the descending order of a thread."""
    connection.executemany(
        "INSERT OR REPLACE INTO ordering (thread_id, sort, descending, seqs) VALUES (?, ?, ?, ?)",
        ((thread_id, sort, descending, order.tobytes()) for descending, order in enumerate(orders)),
    )


def is_order_kept(library: Library, thread_id: int, sort: str) -> bool:
    """Whether the thread's orders by `sort` are kept ready."""
    asked = library.connection.execute("SELECT 1 FROM ordering WHERE thread_id = ? AND sort = ?", (thread_id, sort))
    return asked.fetchone() is not None


def kept_order(connection: Connection, thread_id: int, sort: str, descending: bool) -> "array[int] | None":
    """A kept order, or None."""
    row = connection.execute(
        "SELECT seqs FROM ordering WHERE thread_id = ? AND sort = ? AND descending = ?",
        (thread_id, sort, int(descending)),
    ).fetchone()
    if row is None:
        return None
    order = array(SEQ_TYPECODE)
    order.frombytes(row[0])
    return order


def forget_orders(connection: Connection, thread_id: int) -> None:
    """Drop the thread's orders, for its posts have changed."""
    connection.execute("DELETE FROM ordering WHERE thread_id = ?", (thread_id,))


def orders_by_column(
    connection: Connection, thread_id: int, sort: str, root: int | None
) -> "tuple[array[int], array[int]]":
    """The orders by a column, made from the posts themselves, ascending and descending."""
    rows = connection.execute(
        f"SELECT p.seq, {COLUMNS[sort]} FROM post p WHERE p.thread_id = ? ORDER BY p.seq", (thread_id,)
    ).fetchall()
    return both_ways([seq for seq, _ in rows], [value for _, value in rows], root)


def selected_seqs(connection: Connection, what: str, values: Sequence[object]) -> "array[int]":
    """The seqs `p.seq` of what a FROM clause and its values select, ascending.

    They come as one text: a million rows, one by one, would take three times as long, and keep other threads waiting.
    """
    (found,) = connection.execute(f"SELECT group_concat(p.seq) {what}", values).fetchone()
    return array(SEQ_TYPECODE, sorted(map(int, found.split(",")))) if found else array(SEQ_TYPECODE)


def orders_in_source_order(connection: Connection, thread_id: int, root: int | None) -> "tuple[array[int], array[int]]":
    """The thread's posts as the source gave them, and the other way round, the root first."""
    order = selected_seqs(connection, "FROM post p WHERE p.thread_id = ?", (thread_id,))
    return root_first(order[:], root), root_first(order[::-1], root)


def prepare_orders(library: Library, thread_id: int) -> None:
    """Keep every order of a large thread; those of a small one are quickly made when they are wanted.

    They are made before the library is locked, and dropped where a capture has come in between.
    """
    connection = library.connection
    posts, root, state = _state(connection, thread_id)
    if posts < MANY:
        return
    keep_made_orders(library, thread_id, all_orders(connection, thread_id, root), state)


def all_orders(connection: Connection, thread_id: int, root: int | None) -> "dict[str, Sequence[array[int]]]":
    """Every order that is kept of a large thread, made from its posts."""
    made: dict[str, Sequence[array[int]]] = {
        sort: orders_by_column(connection, thread_id, sort, root) for sort in COLUMNS
    }
    made["thread"] = orders_in_source_order(connection, thread_id, root)
    return made


def make_orders(library: Library, thread_id: int, sort: str, root: int | None) -> "Sequence[array[int]]":
    """The orders by a column or as the source gave them, both ways; kept where the thread is large and whole."""
    connection = library.connection
    posts, _, state = _state(connection, thread_id)
    both = orders_in_source_order(connection, thread_id, root) if sort == "thread" else None
    both = both or orders_by_column(connection, thread_id, sort, root)
    if posts >= MANY and _is_finished(connection, thread_id):
        keep_made_orders(library, thread_id, {sort: both}, state)
    return both


def _is_finished(connection: Connection, thread_id: int) -> bool:
    """Whether no capture of the thread is still on its way."""
    asked = connection.execute("SELECT 1 FROM capture WHERE thread_id = ? AND NOT finished", (thread_id,))
    return asked.fetchone() is None


def keep_made_orders(library: Library, thread_id: int, made: "Mapping[str, Sequence[array[int]]]", state: int) -> None:
    """Keep orders that were made when the newest capture was number `state`."""
    with library.transaction() as connection:
        if _state(connection, thread_id)[2] == state:
            for sort, both in made.items():
                keep_orders(connection, thread_id, sort, both)


def _state(connection: Connection, thread_id: int) -> tuple[int, int | None, int]:
    """How many posts the thread has, its root's seq, and the number of its newest capture."""
    row: tuple[int, int | None, int] = connection.execute(
        "SELECT t.posts, (SELECT seq FROM post p WHERE p.thread_id = t.id AND p.id = t.root_id), "
        "(SELECT max(id) FROM capture c WHERE c.thread_id = t.id) FROM thread t WHERE t.id = ?",
        (thread_id,),
    ).fetchone()
    return row
