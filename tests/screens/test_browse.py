"""Looking at a thread: sorting, filtering and searching."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.models import State
from tests.kit.stage import BY_LIKES, POSTS, Stage, stage
from tui.widgets.columns import TABLE_COLUMNS

_STATES = (State.STARRED, State.NEW, State.SKIPPED, State.REJECTED)

# Sorting and filtering


@pytest.mark.parametrize("descending", [False, True], ids=["ascending", "descending"])
async def test_each_column_sorts_both_ways_with_the_unknown_last_and_the_cursor_on_its_post(
    tmp_path: Path, descending: bool
) -> None:
    async with stage(tmp_path) as it:
        _mark_some(it)
        await it.go("105")
        for _ in TABLE_COLUMNS:
            await it.do("col.left")
        for column in TABLE_COLUMNS:
            await it.do("sort.desc" if descending else "sort.asc")
            assert it.shown == _expected(column.name, descending)
            assert it.at == "105"
            assert f"· {column.name} {'↓' if descending else '↑'} ·" in it.header
            await it.do("col.right")


def _mark_some(it: Stage) -> None:
    """States and tags on a few posts, so that their columns have something to sort."""
    desk = it.bench.desk
    desk.decide([it.seq("110")], State.STARRED)
    desk.decide([it.seq("102"), it.seq("103")], State.REJECTED)
    desk.decide([it.seq("107")], State.SKIPPED)
    desk.tags.add([it.seq("105"), it.seq("101")], "zebra")
    desk.tags.add([it.seq("106")], "apple")


def _expected(name: str, descending: bool) -> list[str]:
    """The order that a writer expects, made without the library."""
    states = {"110": State.STARRED, "102": State.REJECTED, "103": State.REJECTED, "107": State.SKIPPED}
    tagged = {"105": (0, 0), "101": (0, 1), "106": (1, 2)}
    values: Callable[[Any], Any] = {
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


async def test_thread_order_is_one_sequence_away(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("sort.thread")
        assert it.shown == [one.id for one in POSTS]
        assert it.at == "103"
        assert "thread ↑" in it.header


async def test_a_click_on_a_title_sorts_and_a_second_one_turns_it_round(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.pilot.click("#table", offset=(15, 0))
        await it.settle()
        assert "replies ↓" in it.header
        await it.pilot.click("#table", offset=(15, 0))
        await it.settle()
        assert "replies ↑" in it.header


async def test_the_filter_works_while_it_is_typed_and_the_header_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("filter")
        await it.press(*"meme")
        assert it.shown == ["102", "108"]
        assert "meme" in it.header
        await it.press("enter")
        assert it.shown == ["102", "108"]
        assert it.screen.focused is it.bench.table


async def test_the_cursor_stays_on_its_post_although_half_a_filter_hides_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.go("109")
        await it.do("filter")
        await it.press(*"likes:>20", "enter")
        assert it.shown == ["103", "101", "109"]
        assert it.at == "109"


async def test_a_filter_that_does_not_parse_is_explained_and_stays_until_it_is_mended(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("filter")
        await it.press(*"likes:>x")
        assert "(column 7)" in it.status
        await it.press("enter")
        assert "(column 7)" in it.status
        await it.press("backspace", *"20", "enter")
        assert it.status == ""
        assert it.shown == ["103", "101", "109"]


async def test_a_filter_that_does_not_parse_is_given_up_with_esc(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"likes:>", "enter", "escape")
        assert it.shown == BY_LIKES
        assert it.screen.focused is it.bench.table


async def test_esc_in_the_filter_goes_back_to_the_view_and_the_row_before(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.go("110")
        await it.do("filter")
        await it.press(*"meme", "escape")
        assert it.shown == BY_LIKES
        assert it.at == "110"


async def test_clearing_the_filter_shows_all_and_keeps_the_row(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("filter")
        await it.press(*"author:@bo", "enter", "j")
        assert it.at == "108"
        await it.do("filter.clear")
        assert it.shown == BY_LIKES
        assert it.at == "108"


async def test_the_header_reads_as_a_sentence_about_the_view(tmp_path: Path) -> None:
    async with stage(tmp_path, claimed=412) as it:
        await it.go("102")
        await it.press("+", *"meme", "enter", "s")
        assert it.header == "10 of ≈ 412 replies · partial · likes ↓ · 1 starred"
        await it.press("f", *"tag:meme", "enter")
        assert it.header.endswith("· likes ↓ · tag:meme · 1 starred")
        assert it.header.startswith("1 of ")


# Searching


async def test_a_search_goes_from_hit_to_hit_and_round_the_end_inside_the_filter(tmp_path: Path) -> None:
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
        assert it.bench.view.filter == "-author:@cy", "a search never touches the filter"


async def test_a_search_takes_a_regular_expression_between_slashes(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("/", *"/^(noch|it)\\b/", "enter")
        assert "2 hits" in it.status
        assert it.at == "109"


async def test_a_broken_pattern_is_explained(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("/", *"/(/", "enter")
        assert "does not parse" in it.status


async def test_a_search_for_what_is_not_there_says_so_and_stays(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("/", *"giraffe", "enter")
        assert "Nothing in this view fits" in it.status
        assert it.at == "103"
