"""Choosing with the keyboard which parts of a reply are quoted."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.stage import POSTS, Stage, post, stage
from tui.screens.dialogs.excerpt import ExcerptScreen, joined


def quoted(it: Stage) -> str:
    """What the dialog says would be quoted."""
    return str(it.dialog.query_one("#result").render())


async def test_a_part_is_begun_with_v_and_reaches_to_the_cursor(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("excerpt")
        assert isinstance(it.dialog, ExcerptScreen)
        assert quoted(it) == "quoted: the whole reply"
        await it.press("v", *"llll")
        assert quoted(it) == "quoted: From […]"
        await it.press("enter")
        assert it.quote("103").mark.excerpt == ((0, 4),)
        assert it.quote("103").quoted_text() == "From […]"


async def test_two_parts_are_quoted_with_a_gap(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("X", "v", "w", "+", "end", "v", "b", "b", "enter")
        spans = it.quote("103").mark.excerpt
        text = it.quote("103").post.text
        assert len(spans) == 2
        assert text[slice(*spans[0])].strip() == "From"
        assert text[slice(*spans[1])].endswith("kettle?")
        assert it.quote("103").quoted_text().startswith("From […] ")


async def test_backspace_quotes_the_whole_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("X", "v", *"llll", "enter", "X")
        assert quoted(it) == "quoted: From […]"
        await it.press("backspace", "enter")
        assert it.quote("103").mark.excerpt == ()
        await it.press("u")
        assert it.quote("103").mark.excerpt == ((0, 4),)


async def test_esc_changes_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("X", "v", "l", "escape")
        assert it.quote("103").mark.excerpt == ()


async def test_a_second_v_gives_the_part_up(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("X", "v", "l", "l", "v", "l", "enter")
        assert it.quote("103").mark.excerpt == ()


async def test_offsets_are_those_of_the_text_over_lines_emoji_and_hidden_characters(tmp_path: Path) -> None:
    text = "伞😭 zero\u200bwidth\r\nline\ttwo 👩‍👩‍👧 end\x1b[31m"
    async with stage(tmp_path, posts=(*POSTS, post("111", text, "ivy", likes=99))) as it:
        await it.press("X", "j", "home", "v", "end", "enter")
        ((start, end),) = it.quote("111").mark.excerpt
        assert text[start:end] == "line\ttwo 👩‍👩‍👧 end\x1b[31m"


@pytest.mark.parametrize("text", ["a\x0bb\x0cc\x1cd", "a\u2028b\u2029c\x85d", "a\rb"])
async def test_only_a_newline_breaks_a_line_so_that_no_offset_slips(tmp_path: Path, text: str) -> None:
    async with stage(tmp_path, posts=(*POSTS, post("111", text + "\nlast", "ivy", likes=99))) as it:
        await it.press("X", "j", "home", "v", "end", "enter")
        ((start, end),) = it.quote("111").mark.excerpt
        assert (text + "\nlast")[start:end] == "last"


async def test_a_post_without_text_has_nothing_to_quote_from(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=(*POSTS, post("111", "", "ivy", likes=99))) as it:
        await it.press("X")
        assert it.status == "There is no text here to quote from."


_SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda one: (one[0], one[0] + one[1])))


@given(_SPANS)
def test_joined_spans_are_apart_in_order_and_cover_the_same(spans: list[tuple[int, int]]) -> None:
    made = joined(tuple(spans))
    assert all(first[1] < second[0] for first, second in pairwise(made))
    assert {n for a, b in made for n in range(a, b)} == {n for a, b in spans for n in range(a, b)}
