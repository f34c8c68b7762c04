"""The thread's screen under its keys: moving, looking, deciding, tagging, selecting, undoing."""

import sqlite3
from pathlib import Path

import pytest

from core.models import State
from tests.stage import BY_LIKES, POSTS, post, stage
from tui.widgets.columns import COLUMNS

_STATES = (State.STARRED, State.NEW, State.SKIPPED, State.REJECTED)


async def test_the_cursor_begins_on_the_first_undecided_reply(tmp_path):
    async with stage(tmp_path) as it:
        assert it.shown == BY_LIKES
        assert it.at == "103"
        assert it.header == "10 replies · likes ↓ · 0 starred"


async def test_j_and_k_move_by_a_row_and_stop_at_the_ends(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("cursor.down", "cursor.down", "cursor.up")
        assert it.at == "101"
        await it.press("down", "up", "up", "up", "up")
        assert it.at == "100"
        await it.do("cursor.last", "cursor.down")
        assert it.at == "104"
        await it.do("cursor.first")
        assert it.at == "100"


async def test_pages_move_by_what_is_visible(tmp_path):
    posts = (*POSTS, *(_like(n) for n in range(200, 260)))
    async with stage(tmp_path, posts=posts) as it:
        table = it.screen.table
        await it.press("g", "g")
        await it.do("page.down")
        assert table.cursor == table.page_rows
        await it.do("half.down", "half.up", "page.up")
        assert table.cursor == 0
        await it.press("ctrl+f", "pageup")
        assert table.cursor == 0


async def test_h_m_and_l_go_to_the_top_middle_and_bottom_of_the_screen(tmp_path):
    posts = (*POSTS, *(_like(n) for n in range(200, 260)))
    async with stage(tmp_path, posts=posts) as it:
        table = it.screen.table
        await it.press("G")
        await it.do("view.top")
        assert table.cursor == table.top > 0
        await it.do("view.bottom")
        assert table.cursor == len(table.order) - 1
        await it.do("view.mid")
        assert table.cursor == table.top + round((table.page_rows - 1) / 2)


async def test_z_sequences_put_the_row_at_the_top_middle_and_bottom(tmp_path):
    posts = (*POSTS, *(_like(n) for n in range(200, 260)))
    async with stage(tmp_path, posts=posts) as it:
        table = it.screen.table
        table.go(30)
        await it.do("scroll.top")
        assert (table.cursor, table.top) == (30, 30)
        await it.do("scroll.bottom")
        assert table.top == 30 - table.page_rows + 1
        await it.do("scroll.mid")
        assert table.top == 30 - round((table.page_rows - 1) / 2)


def _like(number: int):
    """A reply that sorts behind the invented ones."""
    return post(str(number), f"filler {number}", "hal")


# Sorting and filtering


@pytest.mark.parametrize("descending", [False, True], ids=["ascending", "descending"])
@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
async def test_each_column_sorts_both_ways_with_the_unknown_last_and_the_cursor_on_its_post(
    tmp_path, column, descending
):
    async with stage(tmp_path) as it:
        _mark_some(it)
        await it.go("105")
        for _ in COLUMNS:
            await it.do("col.left")
        for _ in range(COLUMNS.index(column)):
            await it.do("col.right")
        await it.do("sort.desc" if descending else "sort.asc")
        assert it.shown == _expected(column.name, descending)
        assert it.at == "105"
        assert f"· {column.name} {'↓' if descending else '↑'} ·" in it.header


def _mark_some(it) -> None:
    """States and tags on a few posts, so that their columns have something to sort."""
    desk = it.screen.desk
    desk.decide([it.seq("110")], State.STARRED)
    desk.decide([it.seq("102"), it.seq("103")], State.REJECTED)
    desk.decide([it.seq("107")], State.SKIPPED)
    desk.tags.add([it.seq("105"), it.seq("101")], "zebra")
    desk.tags.add([it.seq("106")], "apple")


def _expected(name: str, descending: bool) -> list[str]:
    """The order that a writer expects, made without the library."""
    states = {"110": State.STARRED, "102": State.REJECTED, "103": State.REJECTED, "107": State.SKIPPED}
    tagged = {"105": (0, 0), "101": (0, 1), "106": (1, 2)}
    values = {
        "state": lambda one: _STATES.index(states.get(one.id, State.NEW)),
        "likes": lambda one: one.likes,
        "replies": lambda one: one.replies,
        "views": lambda one: one.views,
        "time": lambda one: one.posted_at,
        "author": lambda one: one.author.lower(),
        "tags": lambda one: tagged.get(one.id),
        "text": lambda one: one.text.casefold(),
    }[name]
    known = [one for one in POSTS[1:] if values(one) is not None]
    unknown = [one.id for one in POSTS[1:] if values(one) is None]
    ordered = sorted(known, key=values)
    if descending:
        ordered = [
            one for value in sorted({values(o) for o in known}, reverse=True) for one in known if values(one) == value
        ]
    return ["100", *(one.id for one in ordered), *unknown]


async def test_thread_order_is_one_sequence_away(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("sort.thread")
        assert it.shown == [one.id for one in POSTS]
        assert it.at == "103"
        assert "thread ↑" in it.header


async def test_a_click_on_a_title_sorts_and_a_second_one_turns_it_round(tmp_path):
    async with stage(tmp_path) as it:
        await it.pilot.click("#table", offset=(15, 0))
        await it.settle()
        assert "replies ↓" in it.header
        await it.pilot.click("#table", offset=(15, 0))
        await it.settle()
        assert "replies ↑" in it.header


async def test_the_filter_works_while_it_is_typed_and_the_header_says_so(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("filter")
        await it.press(*"meme")
        assert it.shown == ["102", "108"]
        assert "meme" in it.header
        await it.press("enter")
        assert it.shown == ["102", "108"]
        assert it.screen.focused is it.screen.table


async def test_the_cursor_stays_on_its_post_although_half_a_filter_hides_it(tmp_path):
    async with stage(tmp_path) as it:
        await it.go("109")
        await it.do("filter")
        await it.press(*"likes:>20", "enter")
        assert it.shown == ["103", "101", "109"]
        assert it.at == "109"


async def test_a_filter_that_does_not_parse_is_explained_and_stays_until_it_is_mended(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("filter")
        await it.press(*"likes:>x")
        assert "(column 7)" in it.status
        await it.press("enter")
        assert "(column 7)" in it.status
        await it.press("backspace", *"20", "enter")
        assert it.status == ""
        assert it.shown == ["103", "101", "109"]


async def test_a_filter_that_does_not_parse_is_given_up_with_esc(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("f", *"likes:>", "enter", "escape")
        assert it.shown == BY_LIKES
        assert it.screen.focused is it.screen.table


async def test_esc_in_the_filter_goes_back_to_the_view_and_the_row_before(tmp_path):
    async with stage(tmp_path) as it:
        await it.go("110")
        await it.do("filter")
        await it.press(*"meme", "escape")
        assert it.shown == BY_LIKES
        assert it.at == "110"


async def test_clearing_the_filter_shows_all_and_keeps_the_row(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("filter")
        await it.press(*"author:@bo", "enter", "j")
        assert it.at == "108"
        await it.do("filter.clear")
        assert it.shown == BY_LIKES
        assert it.at == "108"


async def test_the_header_reads_as_a_sentence_about_the_view(tmp_path):
    async with stage(tmp_path, claimed=412) as it:
        await it.go("102")
        await it.press("+", *"meme", "enter", "s")
        assert it.header == "10 of ≈ 412 replies · likes ↓ · 1 starred"
        await it.press("f", *"tag:meme", "enter")
        assert it.header.endswith("· likes ↓ · tag:meme · 1 starred")
        assert it.header.startswith("1 of ")


# Searching


async def test_a_search_goes_from_hit_to_hit_and_round_the_end_inside_the_filter(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("f", *"-author:@cy", "enter")
        await it.do("search")
        await it.press(*"UMBRELLAS", "enter")
        assert "2 hits" in it.status
        assert it.at == "101"
        await it.do("search.next")
        assert it.at == "110"
        await it.do("search.next")
        assert it.at == "101"
        await it.do("search.prev")
        assert it.at == "110"
        assert it.screen.view.filter == "-author:@cy", "a search never touches the filter"


async def test_a_search_takes_a_regular_expression_between_slashes(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("/", *"/^(noch|it)\\b/", "enter")
        assert "2 hits" in it.status
        assert it.at == "109"


async def test_a_broken_pattern_is_explained(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("/", *"/(/", "enter")
        assert "does not parse" in it.status


async def test_a_search_for_what_is_not_there_says_so_and_stays(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("/", *"giraffe", "enter")
        assert "Nothing in this view fits" in it.status
        assert it.at == "103"


# Deciding


async def test_a_star_stays_on_the_row_and_a_second_one_takes_it_back(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("star.toggle")
        assert (it.at, it.state("103"), it.status) == ("103", State.STARRED, "star 1 post")
        assert it.header == "10 replies · likes ↓ · 1 starred"
        await it.do("star.toggle")
        assert it.state("103") is State.NEW


@pytest.mark.parametrize(
    ("action", "state"), [("accept", State.STARRED), ("reject", State.REJECTED), ("skip", State.SKIPPED)]
)
async def test_a_decision_goes_on_to_the_next_undecided_reply(tmp_path, action, state):
    async with stage(tmp_path) as it:
        it.screen.desk.decide([it.seq("101")], State.SKIPPED)
        it.screen.show_change(frozenset({it.seq("101")}), "")
        await it.do(action)
        assert it.state("103") is state
        assert it.at == "109"


async def test_after_the_last_row_the_next_undecided_is_looked_for_from_the_top(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("G")
        await it.do("accept")
        assert it.state("104") is State.STARRED
        assert it.at == "103"


async def test_when_all_is_decided_the_program_says_so(tmp_path):
    async with stage(tmp_path) as it:
        await it.press(*"xxxxxxxxxx")
        assert {it.state(id) for id in BY_LIKES[1:]} == {State.REJECTED}
        assert it.status == "Every reply in this view is decided."


async def test_undecide_stays_on_the_row(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("x", "k")
        assert it.at == "103"
        await it.do("undecide")
        assert (it.at, it.state("103")) == ("103", State.NEW)


async def test_w_and_b_go_to_undecided_replies_only(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("j", "s", "k")
        await it.do("todo.next")
        assert it.at == "109"
        await it.do("todo.prev")
        assert it.at == "103"


async def test_the_post_itself_cannot_be_decided_on(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("g", "g", "s")
        assert "always stands first" in it.status
        assert it.state("100") is State.NEW


async def test_a_rating_is_the_next_key(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("rate")
        await it.press("4")
        assert it.quote("103").mark.rating == 4
        await it.press("r", "0")
        assert it.quote("103").mark.rating == 0
        await it.press("r", "7")
        assert it.status == "A rating is 0 to 5."
        await it.press("r", "escape", "s")
        assert it.state("103") is State.STARRED, "after Esc the next key is itself again"


async def test_a_flag_for_checking_shows_in_row_and_pane(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("flag.review")
        assert it.quote("103").mark.review
        assert "! to be checked" in it.pane
        await it.do("flag.review")
        assert not it.quote("103").mark.review


async def test_repeat_makes_the_last_change_on_another_row(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("repeat")
        assert it.status == "There is no change to repeat yet."
        await it.press("+", *"meme", "enter", "j")
        await it.do("repeat")
        assert it.tags("101") == ("meme",)


# Tags


async def test_digits_toggle_the_tag_in_their_slot_and_the_bar_names_it(tmp_path):
    async with stage(tmp_path) as it:
        it.screen.desk.tags.add([it.seq("110")], *(f"tag{n}" for n in range(1, 10)))
        await it.press("k", "j")
        for slot in range(1, 10):
            await it.do(f"tag.slot.{slot}")
        assert it.tags("103") == tuple(f"tag{n}" for n in range(1, 10))
        await it.press("3")
        assert "tag3" not in it.tags("103")
        assert it.status == "untag 1 post: tag3"


async def test_a_digit_without_a_tag_says_how_to_make_one(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("5")
        assert it.status == "No tag has the key 5 yet; t makes one."


async def test_plus_and_minus_take_names_with_commas(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("tag.add")
        await it.press(*"one, two words,three", "enter")
        assert it.tags("103") == ("one", "two words", "three")
        await it.do("tag.remove")
        await it.press("ctrl+u", *"Two Words", "enter")
        assert it.tags("103") == ("one", "three")
        await it.press("-", *", nonsense", "enter")
        assert "There is no tag ‘nonsense’" in it.status
        assert it.tags("103") == ("one", "three")


async def test_star_key_tags_the_whole_view_and_nothing_beyond_it(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("f", *"author:@bo", "enter")
        await it.do("tag.all")
        await it.press(*"+jokes", "enter")
        assert {one.id for one in POSTS if it.tags(one.id)} == {"102", "108"}
        await it.press("*", *"-jokes", "enter")
        assert not any(it.tags(one.id) for one in POSTS)
        await it.press("u")
        assert it.tags("108") == ("jokes",)


# Selecting


async def test_visual_mode_selects_while_moving_and_one_key_is_one_step_on_all_of_them(tmp_path):
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


async def test_a_selection_accepts_as_one_step_and_goes_on_behind_it(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("v", "j", "a")
        assert it.starred() == {"103", "101"}
        assert it.status == "star 2 posts"
        assert (it.at, it.selected) == ("109", set())
        await it.press("u")
        assert it.starred() == set()


async def test_a_subtree_is_selected_with_all_its_children(tmp_path):
    async with stage(tmp_path) as it:
        await it.go("101")
        await it.do("select.subtree")
        assert it.selected == {"101", "103", "109"}
        assert "3 rows selected" in it.status


async def test_rows_are_selected_by_a_pattern(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("select.regex")
        await it.press(*"kettle.$", "enter")
        assert it.selected == {"103", "109"}


async def test_all_are_selected_but_the_post_itself_and_none_again(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("select.all")
        assert it.selected == set(BY_LIKES) - {"100"}
        await it.do("select.none")
        assert it.selected == set()


async def test_the_selection_alone_makes_a_view_that_f_leaves(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("view.selected")
        assert "Nothing is selected" in it.status
        await it.press("|", *"meme", "enter")
        await it.do("view.selected")
        assert it.shown == ["102", "108"]
        assert "2 selected" in it.header
        await it.press("F")
        assert it.shown == BY_LIKES


async def test_esc_leaves_visual_mode_with_its_selection(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("v", "j")
        await it.do("cancel")
        assert it.selected == set()
        assert it.screen.table.visual_from is None
        assert not it.header.startswith("VISUAL")


# Along the thread


async def test_p_goes_to_the_parent_and_a_quote_back(tmp_path):
    async with stage(tmp_path) as it:
        await it.go("109")
        await it.do("thread.parent")
        assert it.at == "103"
        await it.do("mark.go")
        await it.press("'")
        assert it.at == "109"


async def test_p_says_where_the_filter_hides_the_parent(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("f", *"is:kettle", "escape", "f", *"id:109", "enter", "p")
        assert it.at == "109"
        assert "hides what it answers" in it.status


async def test_braces_skip_nested_replies(tmp_path):
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


async def test_a_letter_remembers_a_row(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("mark.set")
        await it.press("k", "G", "'", "k")
        assert it.at == "103"
        await it.press("'", "z")
        assert "No row" in it.status


# The pane


async def test_z_l_goes_through_original_and_translation(tmp_path):
    async with stage(tmp_path) as it:
        it.screen.desk.write(it.seq("103"), translation="谁的？")
        it.screen.show_change(frozenset({it.seq("103")}), "")
        assert "From whom" in it.pane
        assert "谁的？" in it.pane
        await it.do("view.lang")
        assert "谁的？" not in it.pane
        await it.do("view.lang")
        assert "From whom" not in it.pane
        await it.do("view.lang")
        assert "From whom" in it.pane
        assert "谁的？" in it.pane


async def test_z_x_shows_what_is_invisible(tmp_path):
    odd = post("111", "zero\u200bwidth", "ivy", likes=99)
    async with stage(tmp_path, posts=(*POSTS, odd)) as it:
        assert "zerowidth" in it.pane
        await it.do("view.reveal")
        assert "zero‹U+200B›width" in it.pane
        await it.do("view.reveal")
        assert "zerowidth" in it.pane


async def test_z_p_hides_the_pane_and_gives_its_lines_to_the_table(tmp_path):
    async with stage(tmp_path) as it:
        before = it.screen.table.size.height
        await it.do("view.pane")
        assert it.screen.table.size.height > before
        await it.do("view.pane")
        assert it.screen.table.size.height == before


async def test_the_reader_takes_the_screen_and_its_keys_still_decide(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("open")
        assert not it.screen.table.display or it.screen.table.size.height == 0
        assert it.screen.focused is it.screen.pane
        await it.press("s", "w")
        assert it.state("103") is State.STARRED
        assert it.at == "101"
        assert "You own 4,000 umbrellas" in it.pane
        await it.press("G", "g", "g")
        assert it.at == "100"
        await it.press("escape")
        assert it.screen.focused is it.screen.table


async def test_a_long_text_scrolls_in_the_reader_with_j_and_k(tmp_path):
    long = post("111", "\n".join(f"line {n}" for n in range(100)), "ivy", likes=99)
    async with stage(tmp_path, posts=(*POSTS, long)) as it:
        await it.press("o")

        def top() -> str:
            return it.screen.pane.render_line(0).text.strip()

        first = top()
        await it.press("j")
        assert top() != first
        assert it.at == "111", "the text moves, not the cursor"
        await it.press("k")
        assert top() == first
        for _ in range(20):
            await it.press("pagedown")
        last = [it.screen.pane.render_line(y).text for y in range(it.screen.pane.content_size.height)]
        assert any("link: https://x.example/ivy/status/111" in line for line in last), "the end can be reached"


async def test_o_and_q_open_and_close_the_reader(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("o")
        assert it.screen.has_class("-reading")
        await it.do("back")
        assert not it.screen.has_class("-reading")
        assert it.app.screen is it.screen


@pytest.mark.parametrize("keys", ["gg", "zt", "zz", "zb", "gk"])
async def test_sequences_of_the_table_do_no_harm_while_the_pane_has_the_keys(tmp_path, keys):
    async with stage(tmp_path) as it:
        await it.press("tab")
        assert it.screen.focused is it.screen.pane
        await it.press(*keys)
        await it.press("s")
        assert len(it.starred()) == (0 if keys == "gg" else 1)


async def test_an_unfinished_sequence_is_shown_and_a_wrong_one_is_said_to_be_none(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("g")
        assert it.status == "g …"
        await it.press("k")
        assert it.status == "No such key; ? lists them."
        assert it.at == "103", "k was the end of a sequence, not a move"


# Undo, and the next start


async def test_undo_and_redo_say_what_they_did_and_survive_a_restart(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("a", "x")
        await it.do("undo")
        assert it.status == "undid: reject 1 post"
    async with stage(tmp_path) as it:
        await it.press("u")
        assert it.status == "undid: star 1 post"
        assert it.starred() == set()
        await it.do("redo")
        assert it.status == "redid: star 1 post"
        await it.press("ctrl+r")
        assert (it.state("103"), it.state("101")) == (State.STARRED, State.REJECTED)
        await it.press("ctrl+r")
        assert it.status == "There is nothing to redo."
        await it.press("u", "u", "u")
        assert it.status == "There is nothing to undo."


async def test_undo_leaves_the_cursor_on_its_post(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("x", "x", "G")
        await it.do("undo")
        assert it.at == "104"


async def test_view_and_row_are_there_again_after_a_restart(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("f", *"likes:<20", "enter", "[")
        await it.go("106")
        await it.do("quit")
    async with stage(tmp_path) as it:
        assert it.at == "106"
        assert it.screen.view.describe(0, 0, 0).count("likes") == 2
        assert it.shown == ["107", "108", "106", "110", "105", "102"]


async def test_a_library_that_another_program_holds_is_a_sentence_and_no_crash(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("s")
        it.library.connection.execute("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(tmp_path / "library.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for key in ("x", "u", "ctrl+r", "1", "[", "W", "escape"):
            await it.press(key)
        other.close()
        await it.press("u")
        assert it.starred() == set()


# Other keys


async def test_suspend_is_bound_to_the_systems_own_key(tmp_path):
    async with stage(tmp_path) as it:
        assert it.screen.active_bindings["ctrl+z"].binding.id == "suspend"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (150, 40)])
async def test_every_size_shows_view_table_pane_tags_status_and_keys(tmp_path, size):
    async with stage(tmp_path, size=size) as it:
        for name in ("#view", "#table", "#pane", "#tags", "#status", "#keys"):
            region = it.screen.query_one(name).region
            assert region.width > 0, name
            assert region.height > 0, name
            assert region.right <= size[0], name
            assert region.bottom <= size[1], name
        beside = it.screen.pane.region.x > 0
        assert beside == (size[0] >= 140)


async def test_a_time_that_no_calendar_has_is_a_dash_and_no_crash(tmp_path):
    odd = (
        post("111", "long ago", "ivy", likes=99, posted_at=-90_000_000_000),
        post("112", "far off", "jo", likes=98, posted_at=9**18),
    )
    async with stage(tmp_path, posts=(*POSTS, *odd)) as it:
        assert it.at == "111"
        assert "time unknown" in it.pane
        assert "–" in it.screen.table.render_line(2).text


async def test_an_empty_thread_and_an_empty_view_take_every_key(tmp_path: Path):
    async with stage(tmp_path, posts=POSTS[:1]) as it:
        await it.press("f", *"giraffe", "enter")
        assert it.shown == []
        assert "no post fits" in it.pane
        for key in "jkGHMLsax Uwbr!@.ur1+0tvV|npec{}m'TAgXE\"":
            await it.press(key, "escape", "escape")
        await it.press("z", "t", "z", "z", "z", "b", "y", "y", "g", "c", "g", "s", "g", "T", "ctrl+d", "pageup")
        await it.press("F")
        assert it.shown == ["100"]
