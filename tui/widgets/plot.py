"""Bars as lines of text, which can be read without colour and stood on in a list."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from rich.bar import Bar as Blocks
from rich.console import Console

from core.doctor.surroundings import is_utf8
from core.facts import Bar
from core.text.terminal_safe import for_line, without_variation_selectors
from core.words import words
from tui.widgets.columns import count_cell, fit

_LABEL, _COUNT, _SHARE = 20, 9, 4
WORDS = _LABEL + _COUNT + _SHARE + 3
"""Cells that a bar's words take before its plot."""
_EIGHTHS = 8


@dataclass(frozen=True, slots=True)
class BarGlyphs:
    """What a terminal can draw a bar with."""

    step: int
    """The smallest part of a cell, in eighths."""
    full: str = ""
    """What stands for a filled cell where blocks cannot be shown."""


def bar_glyphs(environ: Mapping[str, str] = os.environ) -> BarGlyphs:
    """Eighths of a block; halves on the Linux console, whose fonts have no other; `#` without a UTF-8 locale."""
    if not is_utf8(environ):
        return BarGlyphs(_EIGHTHS, "#")
    return BarGlyphs(_EIGHTHS // 2) if environ.get("TERM", "").startswith("linux") else BarGlyphs(1)


def bar_line(bar: Bar, width: int, drawn_with: BarGlyphs, console: Console) -> str:
    """A bar in `width` cells: label, count, share, and as much of a plot as there is room for."""
    label = fit(without_variation_selectors(for_line(words(bar.label))), _LABEL)
    number = ("≈" if bar.about else "") + count_cell(bar.count, _COUNT - 1)
    text = f"{label} {number:>{_COUNT}} {_share(bar):>{_SHARE}} "
    return fit(text + _blocks(bar, width - WORDS, drawn_with, console), width).rstrip()


def _share(bar: Bar) -> str:
    """What the count is of the whole; more than nothing is never 0%, less than all never 100%."""
    if not bar.of:
        return ""
    percent = 100 * bar.count // bar.of
    return "<1%" if bar.count and not percent else f"{percent}%"


def _blocks(bar: Bar, room: int, drawn_with: BarGlyphs, console: Console) -> str:
    """The plot itself; what is there at all has at least the smallest part."""
    if room < 1 or not bar.full or not bar.count:
        return ""
    smallest = drawn_with.step
    filled = max(smallest, bar.count * room * _EIGHTHS // bar.full // smallest * smallest)
    drawn = Blocks(room * _EIGHTHS, 0, filled, width=room)
    text = "".join(segment.text for segment in console.render(drawn)).rstrip()
    return text.replace("█", drawn_with.full) if drawn_with.full else text
