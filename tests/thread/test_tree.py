"""The thread as a tree: who answers whom, in what order, and how far in."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.thread.ancestry import MISSING_ROOT, Stopped, ancestry
from core.thread.tree import build_tree
from tests.kit.trees import FAMILY, Said, drawn, related, threads, tree


def test_a_reply_stands_under_what_it_answers_and_the_root_takes_no_level() -> None:
    assert drawn(tree(FAMILY)) == ["1", "2", "|4", "||5", "|6", "3"]


def test_siblings_keep_the_views_order() -> None:
    assert drawn(tree(FAMILY, [1, 3, 6, 5, 4, 2])) == ["1", "3", "2", "|6", "|4", "||5"]


def test_what_a_filter_hides_stands_in_the_tree_where_a_hit_is_below_it_and_is_no_hit() -> None:
    it = tree(FAMILY, [5, 3])
    assert drawn(it) == ["1", "2", "|4", "||5", "3"]
    assert [seq for seq, hit in zip(it.seqs, it.hits, strict=True) if hit] == [5, 3]


def test_what_only_connects_stands_where_its_first_hit_would() -> None:
    assert drawn(tree(FAMILY, [6, 3, 5])) == ["1", "2", "|6", "|4", "||5", "3"]


def test_replies_to_one_post_that_was_never_captured_stand_under_one_placeholder() -> None:
    it = tree([(1, "root", None), (2, "ada", 900), (3, "bo", 1), (4, "cy", 900), (5, "dee", 901)])
    assert drawn(it) == ["1", "-2", "|2", "|4", "3", "-5", "|5"]
    assert list(it.hits) == [1, 0, 1, 1, 1, 0, 1]


def test_a_root_that_was_never_captured_is_a_placeholder_too() -> None:
    it = tree([(2, "ada", 1), (3, "bo", 2), (4, "cy", None)], root=None)
    assert drawn(it) == [str(MISSING_ROOT), "2", "|3", "4"]


def test_a_reply_to_nobody_known_stands_at_the_top() -> None:
    assert drawn(tree([(1, "root", None), (2, "ada", None), (3, "bo", 2)])) == ["1", "2", "|3"]


def test_the_roots_own_parent_belongs_to_another_thread() -> None:
    assert drawn(tree([(2, "ada", 1), (1, "root", 777), (3, "bo", 1)])) == ["1", "2", "3"]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_cycle_is_cut_at_its_first_post(length: int) -> None:
    cycle = [(seq, f"reader{seq}", 2 if seq == length + 1 else seq + 1) for seq in range(2, length + 2)]
    it = tree([(1, "root", None), *cycle, (9, "ada", 2)])
    assert sorted(it.seqs) == [1, *range(2, length + 2), 9]
    assert it.level[list(it.seqs).index(2)] == 0


def test_a_chain_of_five_thousand_answers_is_a_tree_of_that_depth() -> None:
    it = tree([(1, "root", None), *((seq, f"reader{seq}", seq - 1) for seq in range(2, 5_002))])
    assert it.level[-1] == 4_999
    assert it.size[0] == 5_001


# Chains by one author


def test_the_parts_of_a_chain_stand_at_one_level_each_behind_the_others_replies_to_the_one_before() -> None:
    posts = [(1, "root", None), (2, "ada", 1), (3, "ada", 2), (4, "bo", 2), (5, "ada", 3), (6, "cy", 3), (7, "dee", 1)]
    it = tree(posts)
    assert drawn(it) == ["1", "2", "|4", "3", "|6", "5", "7"]
    assert {it.seqs[place]: it.part(place) for place in range(len(it.seqs))} == {
        **dict.fromkeys((1, 4, 6, 7), (0, 0)),
        **{2: (1, 3), 3: (2, 3), 5: (3, 3)},
    }


def test_where_the_roots_author_goes_on_that_comes_before_all_replies() -> None:
    posts = [(1, "root", None), (2, "ada", 1), (3, "root", 1), (4, "bo", 3), (5, "root", 3), (6, "cy", 1)]
    assert drawn(tree(posts, [1, 6, 2, 5, 4, 3])) == ["1", "3", "|4", "5", "6", "2"]


def test_an_authors_second_answer_to_himself_is_a_reply_like_any_other() -> None:
    it = tree([(1, "root", None), (2, "ada", 1), (3, "ada", 2), (4, "ada", 2)])
    assert drawn(it) == ["1", "2", "|4", "3"]
    assert [it.part(place) for place in range(4)] == [(0, 0), (1, 2), (0, 0), (2, 2)]


def test_authors_who_are_not_known_do_not_go_on() -> None:
    it = tree([(1, None, None), (2, None, 1), (3, None, 2)])
    assert drawn(it) == ["1", "2", "|3"]


def test_a_chain_of_five_thousand_parts_stands_at_one_level() -> None:
    it = tree([(1, "root", None), *((seq, "ada", seq - 1) for seq in range(2, 5_002))])
    assert set(it.level) == {0}
    assert it.part(5_000) == (5_000, 5_000)


def test_a_chain_is_given_around_a_part() -> None:
    it = related([(1, "root", None), *((seq, "ada", seq - 1) for seq in range(2, 12))])
    second, sixth = it.node(2), it.node(6)
    assert second is not None
    assert sixth is not None
    assert [it.seqs[node] for node in it.chain_of(sixth, 2)] == [4, 5, 6, 7, 8]
    assert [it.seqs[node] for node in it.chain_of(second, 99)] == list(range(2, 12))
    assert it.chain_of(0, 9) == ()


# Giving up, and any shape


def test_growing_stops_when_it_is_told_to() -> None:
    with pytest.raises(Stopped):
        build_tree(related(FAMILY), array("i", [1, 2]), stop=lambda: True)
    with pytest.raises(Stopped):
        ancestry([(2, "ada", None, None)], 1, "1", stop=lambda: True)


def test_a_post_that_came_after_the_kin_was_read_is_left_out() -> None:
    assert drawn(build_tree(related(FAMILY), array("i", [1, 2, 99]))) == ["1", "2"]


@given(threads(), st.data())
def test_every_post_of_a_view_stands_once_under_what_it_answers(posts: list[Said], data: st.DataObject) -> None:
    order = data.draw(st.permutations([seq for seq, _, _ in posts]))
    order = order[: data.draw(st.integers(0, len(order)))]
    it = tree(posts, order)
    seqs = list(it.seqs)
    assert len(set(seqs)) == len(seqs)
    assert sorted(seq for seq, hit in zip(seqs, it.hits, strict=True) if hit) == sorted(order)
    for place in range(1, len(seqs)):
        assert it.up[place] < place < it.up[place] + it.size[it.up[place]]
        assert it.ancestry.parents[it.nodes[place]] == it.nodes[it.up[place]]
        assert place + it.size[place] <= it.up[place] + it.size[it.up[place]]
        assert it.hits[place] or it.hits_below(place)
