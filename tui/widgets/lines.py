"""Widgets of lines that send to the terminal only what differs from what stands there."""

import re
from functools import lru_cache
from typing import ClassVar, Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_NOTHING = Style()
_USUAL = re.compile("[ -~¡-¬®-ÿĀ-ɏΑ-ώЀ-Я–—‘-”†-•…‹›ぁ-ゖァ-ヺー、-】一-鿿가-힣！-～·★✗»◆✓≈↳↓↑▸▾│─]*")
"""Characters that stand alone, and of whose width a terminal and we are of one mind."""


class DiffingWidget(Widget):
    """A widget that says what stands on each of its lines; a line is sent up to the last cell that has changed."""

    INDENT: ClassVar[int] = 0
    """Blank cells at either end of a line; they cost less than the padding of a style, which is sent as a colour."""

    def __init__(self, *, id: str | None = None) -> None:
        self._drawn: dict[int, Strip] = {}
        """The lines as they stand on the screen, or are about to."""
        self._looks: dict[str, Style | None] = {}
        """The widget's style under the empty name, and those of its components."""
        super().__init__(id=id)

    @property
    def room(self) -> int:
        """How many cells a line has between its indents."""
        return max(self.content_size.width - 2 * self.INDENT, 0)

    def line(self, y: int) -> Strip:
        """What is to stand on a line between the indents; shorter than the room, if the rest is blank."""
        raise NotImplementedError

    def redraw(self, first: int = 0, last: int | None = None) -> None:
        """Draw lines anew, as far as they have changed; by default all."""
        height = self.content_size.height
        for y in range(max(first, 0), height if last is None else min(last, height)):
            before, now = self._drawn.get(y), self._whole(y)
            end = now.cell_length if before is None else end_of_change(before, now)
            self._drawn[y] = now
            if end:
                super().refresh(Region(0, y, end, 1))

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw these regions anew, or all that has changed; a widget with a border is drawn whole."""
        self._looks.clear()
        if not regions and self._drawn and repaint and not (layout or recompose or self.gutter):
            self.redraw()
            return self
        for y in [y for region in regions for y in region.line_range] or tuple(self._drawn):
            self._drawn.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Other colours: lines may be others."""
        super().notify_style_update()
        self._looks.clear()
        self.redraw()

    def on_resize(self) -> None:
        """Draw every line anew, for each has another width."""
        self.refresh()

    def look(self, component: str = "") -> Style | None:
        """The style of a component class, or the widget's own; None where it is the terminal's."""
        if component not in self._looks:
            style = self.get_component_rich_style(component) if component else self.rich_style
            self._looks[component] = lean(style)
        return self._looks[component]

    def render_line(self, y: int) -> Strip:
        """A line from edge to edge."""
        if y not in self._drawn:
            self._drawn[y] = self._whole(y)
        return self._drawn[y]

    def render(self) -> Text:
        """All lines, one below the other."""
        return Text("\n".join(self._whole(y).text.rstrip() for y in range(self.content_size.height)))

    def _whole(self, y: int) -> Strip:
        """A line from edge to edge, in the widget's colours."""
        ground = self.look()
        strip = self.line(y) if self.room else plain_line("")
        if self.INDENT:
            strip = Strip([Segment(" " * self.INDENT), *strip.crop(0, self.room)])
        strip = strip.adjust_cell_length(self.content_size.width)
        return strip if ground is None else strip.apply_style(ground)


@lru_cache(256)
def lean(style: Style) -> Style | None:
    """A style without the colours that the terminal has anyway; None where that leaves nothing."""
    color = None if style.color is None or style.color.is_default else style.color
    ground = None if style.bgcolor is None or style.bgcolor.is_default else style.bgcolor
    made = style.without_color + Style(color=color, bgcolor=ground)
    return None if made == _NOTHING else made


def end_of_change(before: Strip, now: Strip) -> int:
    """Cells from the left up to the last one in which two lines of one width differ; 0 where they are the same.

    Where a character changes whose width terminals see differently, that is the whole line, so that none of it is left
    askew.
    """
    if before == now:
        return 0
    if before.cell_length != now.cell_length:
        return now.cell_length
    one, other = _cells(before), _cells(now)
    same = _common_end(one, other)
    while same and not _USUAL.fullmatch(other[-same][0]):
        same -= 1
    gone, come = _text(one[: len(one) - same]), _text(other[: len(other) - same])
    if gone != come and not (_USUAL.fullmatch(gone) and _USUAL.fullmatch(come)):
        return now.cell_length
    return now.cell_length - cell_len(_text(other[len(other) - same :]))


_Cell = tuple[str, Style | None]


def _cells(strip: Strip) -> list[_Cell]:
    """Each character with its style."""
    return [(char, segment.style) for segment in strip for char in segment.text]


def _common_end(one: list[_Cell], other: list[_Cell]) -> int:
    """How many characters at the end of two lines are the same."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((count for count, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _text(cells: list[_Cell]) -> str:
    """The characters of a line, without their styles."""
    return "".join(char for char, _ in cells)


def plain_line(text: str, style: Style | None = None) -> Strip:
    """A line of one style."""
    return Strip([Segment(text, style)] if text else [])
