"""Answers to views: kept orders, first pieces, two connections side by side."""

from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.desk import Desk
from core.library import Library, orders, thread_posts, view_results
from core.library.captures.readings import keep_reading
from core.models import Payload, Reading, State
from core.query.view import View
from core.sorts import SORTS
from tests.kit.stage import POSTS, library_with, post

WAYS = [(sort, descending) for sort in SORTS for descending in (False, True)]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[tuple[Library, int]]:
    """A thread in a library of its own."""
    library, thread_id = library_with(tmp_path / "library.db")
    yield library, thread_id
    library.close()


def ids(library: Library, seqs: "array[int]") -> list[str]:
    """The posts' ids."""
    return [library.connection.execute("SELECT id FROM post WHERE seq = ?", (seq,)).fetchone()[0] for seq in seqs]


def marked(library: Library, thread_id: int) -> None:
    """Give the thread marks of every kind."""
    desk = Desk(library, thread_id, "zh")
    seqs = {one.id: thread_posts.seq_of(library, thread_id, one.id) or 0 for one in POSTS}
    desk.decide([seqs["106"], seqs["103"]], State.STARRED)
    desk.decide([seqs["101"]], State.REJECTED)
    desk.decide([seqs["107"]], State.SKIPPED)
    desk.tags.add([seqs["109"], seqs["102"]], "kettle")
    desk.tags.add([seqs["106"]], "meme")


@pytest.mark.parametrize(("sort", "descending"), WAYS)
def test_a_kept_order_is_the_one_that_is_made(
    sort: str, descending: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, thread_id = library_with(tmp_path / "small.db")
    monkeypatch.setattr(orders, "MANY", 1)
    large, _ = library_with(tmp_path / "large.db")
    for library in (small, large):
        marked(library, thread_id)
    assert small.connection.execute("SELECT count(*) FROM ordering").fetchone() == (0,)
    assert large.connection.execute("SELECT count(*) FROM ordering").fetchone() == (14,)
    view = View(sort=sort, descending=descending)
    assert ids(large, view_results.whole_order(large, thread_id, view)) == ids(
        small, view_results.whole_order(small, thread_id, view)
    )
    small.close()
    large.close()


@pytest.mark.parametrize(("sort", "descending"), WAYS)
def test_every_order_has_each_post_once_and_the_root_first(
    sort: str, descending: bool, shelf: tuple[Library, int]
) -> None:
    library, thread_id = shelf
    marked(library, thread_id)
    found = ids(library, view_results.whole_order(library, thread_id, View(sort=sort, descending=descending)))
    assert found[0] == "100"
    assert sorted(found) == sorted(one.id for one in POSTS)


def test_states_come_as_starred_undecided_skipped_rejected(shelf: tuple[Library, int]) -> None:
    library, thread_id = shelf
    marked(library, thread_id)
    rising = ids(library, view_results.whole_order(library, thread_id, View(sort="state", descending=False)))
    assert rising == ["100", "103", "106", "102", "104", "105", "108", "109", "110", "107", "101"]
    falling = ids(library, view_results.whole_order(library, thread_id, View(sort="state", descending=True)))
    assert falling == ["100", "101", "107", "102", "104", "105", "108", "109", "110", "103", "106"]


def test_tagged_posts_come_in_section_order_and_those_without_a_tag_last(shelf: tuple[Library, int]) -> None:
    library, thread_id = shelf
    marked(library, thread_id)
    rising = ids(library, view_results.whole_order(library, thread_id, View(sort="tags", descending=False)))
    assert rising[:4] == ["100", "109", "102", "106"]
    falling = ids(library, view_results.whole_order(library, thread_id, View(sort="tags", descending=True)))
    assert falling[:4] == ["100", "106", "102", "109"]
    assert falling[4:] == rising[4:]


def test_another_capture_makes_kept_orders_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "MANY", 1)
    library, thread_id = library_with(tmp_path / "library.db")
    more = (POSTS[3].with_changes(likes=9_000), post("111", "One more.", "hal", likes=4_000))
    keep_reading(library, Payload("second.json", b"{}"), Reading("invented", "100", more))
    assert ids(library, view_results.whole_order(library, thread_id, View()))[:4] == ["100", "103", "111", "101"]
    library.close()


@given(st.lists(st.none() | st.integers(0, 5) | st.integers(), max_size=60), st.integers(-1, 59))
def test_orders_are_stable_both_ways_with_unknown_last(values: list[int | None], root: int) -> None:
    seqs = range(10, 10 + len(values))
    start = 10 + root if 0 <= root < len(values) else None
    for order, sign in zip(orders.both_ways(seqs, values, start), (1, -1), strict=True):
        assert sorted(order) == list(seqs)
        rest = list(order)
        if start is not None:
            assert rest.pop(0) == start
        wanted = [seq for seq in seqs if seq != start]
        keys = {
            seq: (value is None, 0 if value is None else sign * value) for seq, value in zip(seqs, values, strict=True)
        }
        assert rest == sorted(wanted, key=lambda seq: (keys[seq], seq))


@pytest.mark.parametrize("filter", ["kettle", "likes:>10", "-is:starred", "author:@ada", "tag:meme", "lang:en OR 伞"])
def test_two_connections_find_what_one_does(
    filter: str, shelf: tuple[Library, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, thread_id = shelf
    marked(library, thread_id)
    view = View().filtered(filter)
    alone = view_results.whole_order(library, thread_id, view)
    monkeypatch.setattr(view_results, "MANY", 1)
    assert len(view_results._ranges(library.connection, thread_id)) == 2
    assert view_results.whole_order(library, thread_id, view) == alone


def test_the_first_piece_is_the_beginning_of_the_whole(
    shelf: tuple[Library, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, thread_id = shelf
    monkeypatch.setattr(view_results, "MANY", 1)
    monkeypatch.setattr(view_results, "FIRST", 2)
    first, last = view_results.view_results(library, thread_id, View().filtered("likes:>2"))
    assert (first.whole, last.whole) == (False, True)
    assert 2 <= len(first.order) < len(last.order)
    assert last.order[: len(first.order)] == first.order


def test_a_question_that_is_stopped_gives_nothing_more(shelf: tuple[Library, int]) -> None:
    library, thread_id = shelf
    assert list(view_results.view_results(library, thread_id, View().filtered("kettle"), stop=lambda: True)) == []


def test_a_thread_that_lies_scattered_is_read_through_its_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, thread_id = library_with(tmp_path / "library.db")
    between = tuple(post(str(900 + n), "elsewhere kettle", "ivy", "900") for n in range(40))
    keep_reading(library, Payload("other.json", b"{1}"), Reading("invented", "900", between))
    keep_reading(
        library,
        Payload("late.json", b"{2}"),
        Reading("invented", "100", (post("111", "late kettle", "hal"),), root_author="brolly"),
    )
    monkeypatch.setattr(view_results, "MANY", 1)
    assert view_results._ranges(library.connection, thread_id) == [None]
    found = ids(
        library, view_results.whole_order(library, thread_id, View(sort="thread", descending=False).filtered("kettle"))
    )
    assert found == ["102", "103", "109", "111"]
    assert all(one < two for one, two in pairwise(found))
    library.close()
