"""Folds: what is seen of a tree while some of it is closed."""

from hypothesis import given
from hypothesis import strategies as st

from core.thread.folds import Folds
from tests.kit.trees import FAMILY, Said, threads, tree


def seen(folds: Folds) -> list[int]:
    """The seqs that are seen, after the two arrays were compared."""
    assert [folds.tree.seqs[place] for place in folds.rows] == list(folds.order)
    return list(folds.order)


def place(folds: Folds, seq: int) -> int:
    """Where a post stands in the tree."""
    return list(folds.tree.seqs).index(seq)


def test_a_closed_fold_hides_all_that_is_below_and_says_how_many() -> None:
    folds = Folds(tree(FAMILY))
    assert folds.close(place(folds, 2))
    assert seen(folds) == [1, 2, 3]
    assert folds.tree.hits_below(place(folds, 2)) == 3


def test_an_opened_fold_shows_what_is_below_as_it_was_folded_before() -> None:
    folds = Folds(tree(FAMILY))
    folds.close(place(folds, 4))
    folds.close(place(folds, 2))
    assert folds.open(place(folds, 2))
    assert seen(folds) == [1, 2, 4, 6, 3]


def test_a_leaf_and_the_root_have_no_fold() -> None:
    folds = Folds(tree(FAMILY))
    assert not folds.close(place(folds, 5))
    assert not folds.close(0)
    assert seen(folds) == [1, 2, 4, 5, 6, 3]


def test_all_folds_close_to_the_replies_to_the_root_and_all_open_again() -> None:
    folds = Folds(tree(FAMILY))
    folds.close_all()
    assert seen(folds) == [1, 2, 3]
    folds.open(place(folds, 2))
    assert seen(folds) == [1, 2, 4, 6, 3]
    folds.open_all()
    assert seen(folds) == [1, 2, 4, 5, 6, 3]


def test_what_is_folded_away_is_revealed_by_opening_what_hides_it_alone() -> None:
    folds = Folds(tree([*FAMILY, (7, "fay", 3)]))
    folds.close_all()
    folds.reveal(place(folds, 5))
    assert seen(folds) == [1, 2, 4, 5, 6, 3]


def test_folds_outlive_another_order() -> None:
    before = Folds(tree(FAMILY))
    before.close(place(before, 4))
    assert seen(Folds(tree(FAMILY, [1, 3, 6, 5, 4, 2]), before.closed)) == [1, 3, 2, 6, 4]


def test_a_tree_without_posts_shows_only_its_root() -> None:
    assert seen(Folds(tree(FAMILY, []))) == [1]


@given(threads(), st.data())
def test_a_line_is_seen_unless_something_above_it_is_closed(posts: list[Said], data: st.DataObject) -> None:
    folds = Folds(tree(posts))
    count = len(folds.tree.seqs)
    moves = st.tuples(st.sampled_from(["close", "open", "reveal", "close_all", "open_all"]), st.integers(0, count - 1))
    for name, at in data.draw(st.lists(moves, max_size=30)):
        method = getattr(folds, name)
        method() if name.endswith("all") else method(at)
        if name == "reveal":
            assert folds.shows(at)
    closed = {at for at in range(count) if folds.is_closed(at)}
    expected = [at for at in range(count) if not any(one < at < one + folds.tree.size[one] for one in closed)]
    assert list(folds.rows) == expected
    assert seen(folds) == [folds.tree.seqs[at] for at in expected]
