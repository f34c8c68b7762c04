"""The excerpt: choosing with the keyboard which parts of a reply are quoted."""

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Selection

from core.models import Quote, excerpted
from core.text.terminal_safe import same_length_for_screen
from tui.keyboard.hints import hint
from tui.keyboard.sections import in_section
from tui.screens.dialogs.dialog import Dialog

Spans = tuple[tuple[int, int], ...]


class ExcerptScreen(Dialog[Spans]):
    """Answers with spans of the text; none means the whole."""

    BINDINGS = in_section(
        "The excerpt",
        Binding("v", "anchor", "Begin a part here", show=False, priority=True, id="excerpt.begin"),
        Binding("plus", "add", "Quote this part too", show=False, priority=True, id="excerpt.add"),
        Binding("enter", "finish", "Quote it", show=False, priority=True, id="excerpt.finish"),
        Binding("backspace", "clear", "Quote the whole", show=False, priority=True, id="excerpt.whole"),
        Binding("h,left", "cursor('left')", "Left", show=False, priority=True, id="excerpt.left"),
        Binding("l,right", "cursor('right')", "Right", show=False, priority=True, id="excerpt.right"),
        Binding("j,down", "cursor('down')", "Down", show=False, priority=True, id="excerpt.down"),
        Binding("k,up", "cursor('up')", "Up", show=False, priority=True, id="excerpt.up"),
        Binding("home", "cursor('line_start')", "Line start", show=False, priority=True, id="excerpt.line.start"),
        Binding("end", "cursor('line_end')", "Line end", show=False, priority=True, id="excerpt.line.end"),
        Binding("w", "cursor('word_right')", "Word right", show=False, priority=True, id="excerpt.word.right"),
        Binding("b", "cursor('word_left')", "Word left", show=False, priority=True, id="excerpt.word.left"),
    )

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self._text = quote.post.text
        self._spans: Spans = quote.mark.excerpt
        self._anchor: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        """The text, what would be quoted, and the keys."""
        keys = (
            "{key:excerpt.begin} begins a part · {key:excerpt.add} adds it · {key:excerpt.finish} quotes · "
            "{key:excerpt.whole} the whole · {key:leave}"
        )
        with Vertical(classes="box tall"):
            yield TextArea(same_length_for_screen(self._text), read_only=True, compact=True, id="text")
            yield Static(id="result", markup=False)
            yield Static(Text(hint(keys, self), style="dim"))

    def on_mount(self) -> None:
        """Show what is quoted now."""
        self._show()

    @property
    def _area(self) -> TextArea:
        """The widget that shows the reply's text."""
        return self.query_one(TextArea)

    def action_anchor(self) -> None:
        """Begin a part at the cursor, or give it up."""
        self._anchor = None if self._anchor else self._area.cursor_location
        self._area.selection = Selection.cursor(self._area.cursor_location)
        self._show()

    def action_cursor(self, where: str) -> None:
        """Move the cursor; with a part begun, move that part's end."""
        getattr(self._area, f"action_cursor_{where}")(self._anchor is not None)

    def on_text_area_selection_changed(self) -> None:
        """A part that has begun reaches to the cursor."""
        end = self._area.cursor_location
        if self._anchor is not None and self._area.selection != Selection(self._anchor, end):
            self._area.selection = Selection(self._anchor, end)
        self._show()

    def _part(self) -> Spans:
        """The part that is selected, as a span."""
        start, end = sorted((self._offset(self._area.selection.start), self._offset(self._area.selection.end)))
        return ((start, end),) if self._text[start:end].strip() else ()

    def _offset(self, location: tuple[int, int]) -> int:
        """A line and a column as an offset into the text."""
        row, column = location
        return sum(len(line) + 1 for line in self._text.split("\n")[:row]) + column

    def action_add(self) -> None:
        """Quote the selected part beside the others."""
        self._spans = joined((*self._spans, *self._part()))
        self._anchor = None
        self._area.selection = Selection.cursor(self._area.cursor_location)
        self._show()

    def action_finish(self) -> None:
        """Answer with the added parts and the selected one."""
        self.answer(joined((*self._spans, *self._part())))

    def action_clear(self) -> None:
        """Quote the whole reply again, and forget its parts."""
        self._spans, self._anchor = (), None
        self._area.selection = Selection.cursor(self._area.cursor_location)
        self._show()

    def _show(self) -> None:
        """Show what would be quoted now."""
        spans = joined((*self._spans, *self._part()))
        said = excerpted(same_length_for_screen(self._text), spans) if spans else "the whole reply"
        self.query_one("#result", Static).update(Text(f"quoted: {said}", style="bold"))


def joined(spans: Spans) -> Spans:
    """Spans in order, with those that touch or overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
