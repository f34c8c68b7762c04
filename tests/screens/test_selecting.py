"""Selecting rows, and moving along the thread."""

from pathlib import Path

from tests.kit.stage import BY_LIKES, stage

# Selecting


async def test_visual_mode_selects_while_moving_and_one_key_is_one_step_on_all_of_them(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("visual")
        await it.press("j", "j")
        assert it.selected == {"103", "101", "109"}
        assert it.header.startswith("VISUAL · 3 selected · ")
        await it.press("k")
        assert it.selected == {"103", "101"}
        await it.press("s")
        assert it.status == "star 2 posts"
        assert it.starred() == {"103", "101"}
        await it.press("u")
        assert it.starred() == set()


async def test_a_selection_accepts_as_one_step_and_goes_on_behind_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("v", "j", "a")
        assert it.starred() == {"103", "101"}
        assert it.status == "star 2 posts"
        assert (it.at, it.selected) == ("109", set())
        await it.press("u")
        assert it.starred() == set()


async def test_a_subtree_is_selected_with_all_its_children(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.go("101")
        await it.do("select.subtree")
        assert it.selected == {"101", "103", "109"}
        assert "3 rows selected" in it.status


async def test_rows_are_selected_by_a_pattern(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("select.regex")
        await it.press(*"kettle.$", "enter")
        assert it.selected == {"103", "109"}


async def test_all_are_selected_but_the_post_itself_and_none_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("select.all")
        assert it.selected == set(BY_LIKES) - {"100"}
        await it.do("select.none")
        assert it.selected == set()


async def test_the_selection_alone_makes_a_view_that_f_leaves(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("view.selected")
        assert "Nothing is selected" in it.status
        await it.press("|", *"meme", "enter")
        await it.do("view.selected")
        assert it.shown == ["102", "108"]
        assert "2 of 10 replies" in it.header
        assert "only the selected" in it.header
        await it.press("F")
        assert it.shown == BY_LIKES


async def test_esc_leaves_visual_mode_with_its_selection(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("v", "j")
        await it.do("cancel")
        assert it.selected == set()
        assert it.bench.table.visual_from is None
        assert not it.header.startswith("VISUAL")


# Along the thread


async def test_p_goes_to_the_parent_and_a_quote_back(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.go("109")
        await it.do("thread.parent")
        assert it.at == "103"
        await it.do("mark.go")
        await it.press("'")
        assert it.at == "109"


async def test_p_says_where_the_filter_hides_the_parent(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"is:kettle", "escape", "f", *"id:109", "enter", "p")
        assert it.at == "109"
        assert "hides what it answers" in it.status


async def test_braces_skip_nested_replies(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("g", "t", "g", "g", "j", "j")
        assert it.at == "102"
        await it.do("thread.next")
        assert it.at == "104"
        await it.do("thread.next")
        await it.do("thread.next")
        assert it.at == "107", "106 answers 105 and is passed over"
        await it.do("thread.prev")
        assert it.at == "105"


async def test_a_letter_remembers_a_row(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("mark.set")
        await it.press("k", "G", "'", "k")
        assert it.at == "103"
        await it.press("'", "z")
        assert "No row" in it.status
