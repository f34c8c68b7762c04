"""The thread as a tree on the screen: folds, moving along the branches, changes to what is folded away."""

from pathlib import Path

import pytest

from core.models import State
from tests.kit.branched import AS_TREE, FAMILY, said
from tests.kit.stage import Stage, stage

# Flat and tree


async def test_one_key_turns_the_flat_thread_into_a_tree_and_back_with_the_cursor_on_its_post(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=FAMILY) as it:
        flat = it.shown
        await it.go("109")
        await it.do("view.tree")
        assert it.shown == AS_TREE
        assert it.at == "109"
        assert "· tree ·" in it.header
        await it.do("view.tree")
        assert it.shown == flat
        assert it.at == "109"


async def test_the_tree_comes_back_at_the_next_start(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=FAMILY) as it:
        await it.do("view.tree")
    async with stage(tmp_path, posts=FAMILY) as it:
        assert it.shown == AS_TREE


async def test_siblings_are_sorted_like_the_flat_table(it: Stage) -> None:
    await it.do("sort.thread")
    assert it.shown[4:8] == ["101", "103", "109", "102"]
    assert "thread ↑ · tree" in it.header


async def test_a_row_shows_how_far_in_it_is_and_whether_it_has_a_fold(it: Stage) -> None:
    lines = said(it)
    assert next(line for line in lines if "4,000" in line).lstrip(" ").startswith("▾ You own")
    assert next(line for line in lines if "Noch elf" in line).endswith("  Noch elf.")


async def test_a_filter_shows_what_its_hits_answer_marked_and_not_counted(it: Stage) -> None:
    await it.do("filter")
    await it.press(*"kettle.", "enter")
    assert it.shown == ["100", "101", "103", "109"]
    assert "1 of 19 replies" in it.header
    assert [line.strip()[:3] for line in said(it)[:3]] == ["1/3", "▾ ~", "▾ 1"]
    await it.do("select.all")
    assert it.selected == {"109"}


# Folds


async def test_a_closed_fold_says_how_many_it_hides(it: Stage) -> None:
    await it.go("101")
    for keys in (("z", "c"), ("z", "a"), ("h",), ("left",)):
        await it.press(*keys)
        assert it.shown == [id for id in AS_TREE if id not in ("103", "109")], keys
        assert next(line for line in said(it) if "4,000" in line).lstrip().startswith("▸ +2 You own")
        assert it.at == "101"
        await it.do("fold.open1")


async def test_a_fold_is_opened_again(it: Stage) -> None:
    await it.go("101")
    for keys in (("z", "o"), ("z", "a"), ("l",), ("right",)):
        await it.do("fold.close1")
        await it.press(*keys)
        assert it.shown == AS_TREE, keys
        assert it.at == "101"


async def test_what_is_not_folded_says_so_when_it_is_opened(it: Stage) -> None:
    await it.go("102")
    await it.do("fold.open1")
    assert it.status == "Nothing is folded here."


async def test_closing_on_a_leaf_closes_its_parents_fold(it: Stage) -> None:
    await it.go("109")
    await it.do("fold.close1")
    assert it.at == "103"
    await it.do("fold.close1")
    assert it.at == "101"


async def test_to_the_left_goes_to_the_parent_and_to_the_right_to_the_first_reply(it: Stage) -> None:
    await it.go("109")
    await it.press("h")
    assert it.at == "103"
    await it.press("l")
    assert it.at == "109"


async def test_all_folds_close_to_the_top_level_and_open_again(it: Stage) -> None:
    await it.go("109")
    await it.do("fold.close.all")
    assert it.shown == ["100", "111", "101", "102", "105", "110", "108", "107", "104", "114"]
    assert it.at == "101"
    await it.do("fold.open.all")
    assert it.shown == AS_TREE
    assert it.at == "101"


async def test_folds_outlive_a_sort_a_filter_and_the_flat_table(it: Stage) -> None:
    await it.go("101")
    await it.do("fold.close1", "sort.thread")
    assert "109" not in it.shown
    await it.do("filter")
    await it.press(*"kettle.", "enter")
    assert "109" in it.shown
    await it.do("filter.clear", "cursor.first", "view.tree", "view.tree")
    assert "103" not in it.shown


async def test_in_the_flat_table_the_arrows_choose_the_sort_column_and_folds_say_that_there_are_none(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path) as it:
        before = it.bench.table.sort_column
        await it.press("l")
        assert it.bench.table.sort_column == before + 1
        await it.do("fold.toggle")
        assert "z v shows it as a tree" in it.status


# Moving along the branches


async def test_the_parent_is_one_key_away_and_two_quotes_go_back(it: Stage) -> None:
    await it.go("109")
    await it.do("thread.parent")
    assert it.at == "103"
    await it.press("'", "'")
    assert it.at == "109"


async def test_the_next_and_the_previous_reply_to_the_post_skip_what_is_between(it: Stage) -> None:
    await it.go("103")
    await it.do("thread.next")
    assert it.at == "102"
    await it.do("thread.prev")
    assert it.at == "101"
    await it.do("thread.prev")
    assert it.at == "111"
    await it.do("thread.prev")
    assert it.at == "100"


@pytest.mark.parametrize("way", ["search", "undecided", "mark"])
async def test_a_jump_opens_what_hides_its_aim(it: Stage, way: str) -> None:
    await it.go("109")
    await it.press("m", "k")
    it.bench.decided = {it.seq(one.id) for one in FAMILY if one.id != "109"}
    await it.do("fold.close.all", "cursor.first")
    keys = {"search": ("/", *"is a kettle.", "enter"), "undecided": ("w",), "mark": ("'", "k")}[way]
    await it.press(*keys)
    assert it.at == "109"


async def test_a_post_and_all_below_it_are_selected_also_where_they_are_folded_away(it: Stage) -> None:
    await it.go("101")
    await it.do("fold.close1", "select.subtree")
    assert it.selected == {"101", "103", "109"}


# Changes


async def test_a_change_on_a_folded_reply_asks_and_y_takes_all(it: Stage) -> None:
    await it.go("101")
    await it.do("fold.close1", "reject")
    assert "This reply and the 2 folded below it?" in it.status
    assert it.state("101") is State.NEW
    await it.press("y")
    assert [it.state(id) for id in ("101", "103", "109")] == [State.REJECTED] * 3
    assert it.at == "102"
    await it.do("undo")
    assert [it.state(id) for id in ("101", "103", "109")] == [State.NEW] * 3


async def test_enter_takes_only_the_folded_reply_itself(it: Stage) -> None:
    await it.go("101")
    await it.do("fold.close1", "star.toggle")
    await it.press("enter")
    assert it.starred() == {"101"}


async def test_esc_changes_nothing(it: Stage) -> None:
    await it.go("101")
    await it.do("fold.close1", "star.toggle")
    await it.press("escape", "j")
    assert it.starred() == set()
    assert it.at == "102"


async def test_another_key_changes_nothing_and_says_so(it: Stage) -> None:
    await it.go("101")
    await it.do("fold.close1", "star.toggle")
    await it.press("n")
    assert "Nothing was changed" in it.status
    assert it.starred() == set()


async def test_a_tag_asks_about_what_is_folded_away(it: Stage) -> None:
    await it.go("101")
    await it.do("fold.close1", "tag.pick")
    await it.press(*"rain", "enter")
    assert "folded below it?" in it.status
    await it.press("y")
    assert [it.tags(id) for id in ("101", "103", "109")] == [("rain",)] * 3


async def test_a_tag_that_accepts_asks_once(it: Stage) -> None:
    await it.go("101")
    await it.do("fold.close1", "tag.pick")
    await it.press(*"rain", "ctrl+s", "y")
    assert [it.tags(id) for id in ("101", "103", "109")] == [("rain",)] * 3
    assert it.starred() == {"101", "103", "109"}
    assert it.at == "102"


async def test_an_open_reply_and_a_selection_are_changed_without_asking(it: Stage) -> None:
    await it.go("101")
    await it.do("star.toggle")
    assert it.starred() == {"101"}
    await it.go("105")
    await it.do("fold.close1", "visual", "star.toggle")
    assert it.starred() == {"101", "105"}
