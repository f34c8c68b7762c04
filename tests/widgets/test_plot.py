"""Bars as lines of text, with what the terminal can draw."""

import pytest
from rich.console import Console

from core.facts import Bar
from core.facts.records import named
from tui.widgets.plot import BarGlyphs, bar_glyphs, bar_line


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}, BarGlyphs(1)),
        ({"LC_ALL": "zh_CN.utf8", "TERM": "linux"}, BarGlyphs(4)),
        ({"LC_ALL": "C", "TERM": "xterm-256color"}, BarGlyphs(8, "#")),
        ({"LC_ALL": "de_DE.ISO-8859-1", "TERM": "linux"}, BarGlyphs(8, "#")),
    ],
)
def test_bars_are_drawn_with_what_the_terminal_has(environ: dict[str, str], wanted: BarGlyphs) -> None:
    assert bar_glyphs(environ) == wanted


@pytest.mark.parametrize("count", [1, 3, 50, 99, 100])
@pytest.mark.parametrize(("drawn_with", "signs"), [(BarGlyphs(4), {"█", "▌"}), (BarGlyphs(8, "#"), {"#"})])
def test_a_poor_terminal_gets_only_signs_that_it_has(count: int, drawn_with: BarGlyphs, signs: set[str]) -> None:
    drawn = bar_line(Bar(named("x"), count, 100, 100), 60, drawn_with, Console())[36:]
    assert drawn
    assert set(drawn) <= signs


@pytest.mark.parametrize(("count", "drawn"), [(0, ""), (1, "▏"), (500, "█" * 12), (1_000, "█" * 24)])
def test_a_bar_is_as_long_as_its_count_and_what_is_there_is_seen(count: int, drawn: str) -> None:
    assert bar_line(Bar(named("x"), count, 1_000, 1_000), 60, BarGlyphs(1), Console())[36:] == drawn


@pytest.mark.parametrize(("count", "share"), [(0, "0%"), (1, "<1%"), (999, "99%"), (1_000, "100%")])
def test_a_share_is_neither_nothing_nor_all_where_it_is_not(count: int, share: str) -> None:
    assert bar_line(Bar(named("x"), count, 1_000, 1_000), 40, BarGlyphs(1), Console()).split()[2] == share


@pytest.mark.parametrize("width", [0, 5, 36, 37])
def test_a_line_without_room_for_a_plot_is_cut(width: int) -> None:
    assert len(bar_line(Bar(named("x" * 50), 10**9, 10**9, 10**9, about=True), width, BarGlyphs(1), Console())) <= width
