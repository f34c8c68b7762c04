"""Widgets of lines: what of a line is sent when it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui.widgets.lines import DiffingWidget, end_of_change, lean, plain_line

BOLD = Style(bold=True)
WIDTH = 30


def line(text: str, style: Style | None = None) -> Strip:
    """A line of WIDTH cells."""
    return plain_line(text, style).adjust_cell_length(WIDTH)


@pytest.mark.parametrize(
    ("before", "now", "end"),
    [
        ("the same", "the same", 0),
        ("a kettle", "a nettle", 3),
        ("long and gone", "long", 13),
        ("", "new", 3),
        ("伞是谁的", "伞是我的", 6),
        ("12 starred", "13 starred", 2),
    ],
)
def test_a_line_is_sent_up_to_its_last_change(before: str, now: str, end: int) -> None:
    assert end_of_change(line(before), line(now)) == end


def test_a_change_of_looks_alone_is_sent() -> None:
    assert end_of_change(line("star"), line("star", BOLD)) == 4


@pytest.mark.parametrize("odd", ["e\u0301", "👩‍👩‍👧", "ก็", "☂️"])
def test_a_line_is_sent_whole_where_what_terminals_see_differently_comes_or_goes(odd: str) -> None:
    assert end_of_change(line(f"a{odd} b"), line("ae b")) == WIDTH
    assert end_of_change(line("ae b"), line(f"a{odd} b")) == WIDTH


@pytest.mark.parametrize("odd", ["e\u0301", "👩‍👩‍👧", "ก็", "☂️"])
def test_what_terminals_see_differently_stays_where_only_looks_change(odd: str) -> None:
    lines = [
        Strip([Segment(f"@{odd}", style), Segment(f" {odd} b")]).adjust_cell_length(WIDTH) for style in (None, BOLD)
    ]
    assert end_of_change(*lines) == cell_len(f"@{odd}")


@given(*[st.text("ab伞，·★ é\u0301\u200d👩ก็", max_size=14)] * 2)
def test_what_is_not_sent_is_the_same(before: str, now: str) -> None:
    end = end_of_change(line(before), line(now))
    assert line(before).crop(end).text == line(now).crop(end).text
    assert line(now).crop(0, end).cell_length == end


@pytest.mark.parametrize(
    ("style", "left"),
    [
        (Style(color=Color.default(), bgcolor=Color.default()), None),
        (Style(), None),
        (Style(bold=True, bgcolor=Color.default()), BOLD),
        (Style(color="red"), Style(color="red")),
    ],
)
def test_a_lean_style_leaves_out_the_colours_that_the_terminal_has_anyway(style: Style, left: Style | None) -> None:
    assert lean(style) == left


class Greeting(DiffingWidget):
    """One line."""

    DEFAULT_CSS = "Greeting { height: 1; }"
    INDENT = 1
    said = "hello"

    def line(self, y: int) -> Strip:
        return Strip([Segment(self.said)])


class Alone(App[None]):
    """The line alone."""

    def compose(self) -> ComposeResult:
        yield Greeting()


async def test_a_line_is_indented_and_as_wide_as_the_widget() -> None:
    app = Alone()
    async with app.run_test(size=(WIDTH, 3)):
        assert app.query_one(Greeting).render_line(0).text == " hello".ljust(WIDTH)


async def test_a_line_that_does_not_fit_is_cut_before_the_indent() -> None:
    app = Alone()
    async with app.run_test(size=(WIDTH, 3)):
        greeting = app.query_one(Greeting)
        greeting.said = "x" * 99
        greeting.redraw()
        text = greeting.render_line(0).text
        assert (cell_len(text), text[-2:]) == (WIDTH, "x ")


@pytest.mark.parametrize("again", ["redraw", "refresh"])
async def test_a_line_that_has_changed_is_drawn_anew(again: str) -> None:
    app = Alone()
    async with app.run_test(size=(WIDTH, 3)):
        greeting = app.query_one(Greeting)
        greeting.said = "good night"
        getattr(greeting, again)()
        assert "good night" in greeting.render_line(0).text


async def test_a_line_of_another_width_is_drawn_anew() -> None:
    app = Alone()
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        await pilot.resize_terminal(WIDTH + 9, 3)
        assert cell_len(app.query_one(Greeting).render_line(0).text) == WIDTH + 9
