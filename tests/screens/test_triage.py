"""Triage and tags under the screen's keys."""

from pathlib import Path

import pytest

from core.models import State
from tests.kit.stage import BY_LIKES, POSTS, stage

# Deciding


async def test_a_star_stays_on_the_row_and_a_second_one_takes_it_back(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("star.toggle")
        assert (it.at, it.state("103"), it.status) == ("103", State.STARRED, "star 1 post")
        assert it.header == "10 replies · end unknown · likes ↓ · 1 starred"
        await it.do("star.toggle")
        assert it.state("103") is State.NEW


@pytest.mark.parametrize(
    ("action", "state"), [("accept", State.STARRED), ("reject", State.REJECTED), ("skip", State.SKIPPED)]
)
async def test_a_decision_goes_on_to_the_next_undecided_reply(tmp_path: Path, action: str, state: State) -> None:
    async with stage(tmp_path) as it:
        it.bench.desk.decide([it.seq("101")], State.SKIPPED)
        it.bench.show_change(frozenset({it.seq("101")}), "")
        await it.do(action)
        assert it.state("103") is state
        assert it.at == "109"


async def test_after_the_last_row_the_next_undecided_is_looked_for_from_the_top(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("G")
        await it.do("accept")
        assert it.state("104") is State.STARRED
        assert it.at == "103"


async def test_when_all_is_decided_the_program_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press(*"xxxxxxxxxx")
        assert {it.state(id) for id in BY_LIKES[1:]} == {State.REJECTED}
        assert it.status == "Every reply in this view is decided or skipped; f is:skipped shows the skipped ones."


async def test_undecide_stays_on_the_row(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("x", "k")
        assert it.at == "103"
        await it.do("undecide")
        assert (it.at, it.state("103")) == ("103", State.NEW)


async def test_w_and_b_go_to_undecided_replies_only(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("j", "s", "k")
        await it.do("todo.next")
        assert it.at == "109"
        await it.do("todo.prev")
        assert it.at == "103"


async def test_the_post_itself_cannot_be_decided_on(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("g", "g", "s")
        assert "always stands first" in it.status
        assert it.state("100") is State.NEW


async def test_a_rating_is_the_next_key(tmp_path: Path) -> None:
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


async def test_a_flag_for_checking_shows_in_row_and_pane(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("flag.review")
        assert it.quote("103").mark.review
        assert "! to be checked" in it.pane
        await it.do("flag.review")
        assert not it.quote("103").mark.review


async def test_repeat_makes_the_last_change_on_another_row(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("repeat")
        assert it.status == "There is no change to repeat yet."
        await it.press("+", *"meme", "enter", "j")
        await it.do("repeat")
        assert it.tags("101") == ("meme",)


# Tags


async def test_digits_toggle_the_tag_in_their_slot_and_the_bar_names_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        it.bench.desk.tags.add([it.seq("110")], *(f"tag{n}" for n in range(1, 10)))
        await it.press("k", "j")
        for slot in range(1, 10):
            await it.do(f"tag.slot.{slot}")
        assert it.tags("103") == tuple(f"tag{n}" for n in range(1, 10))
        await it.press("3")
        assert "tag3" not in it.tags("103")
        assert it.status == "untag 1 post: tag3"


async def test_a_digit_without_a_tag_says_how_to_make_one(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("5")
        assert it.status == "No tag has the key 5 yet; t makes one."


async def test_plus_and_minus_take_names_with_commas(tmp_path: Path) -> None:
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


async def test_star_key_tags_the_whole_view_and_nothing_beyond_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"author:@bo", "enter")
        await it.do("tag.all")
        await it.press(*"+jokes", "enter")
        assert {one.id for one in POSTS if it.tags(one.id)} == {"102", "108"}
        await it.press("*", *"-jokes", "enter")
        assert not any(it.tags(one.id) for one in POSTS)
        await it.press("u")
        assert it.tags("108") == ("jokes",)


async def test_a_full_width_minus_takes_tags_from_the_view(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("tag.all")
        await it.press(*"one、two", "enter")
        assert it.tags("101") == ("one", "two")
        await it.do("tag.all")
        await it.press(*"－one", "enter")
        assert it.tags("101") == ("two",)
