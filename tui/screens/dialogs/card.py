"""The quote card: the original, and beside it what the writer writes around it."""

from dataclasses import dataclass, replace
from functools import partial

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Static, TextArea

from core.models import Quote
from core.text.terminal_safe import for_screen
from tui.keyboard.hints import hint, key_of
from tui.keyboard.sections import in_section
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.quote_layout import QuoteDetails, quote_layout

CARD_FIELDS = ("lead_in", "translation", "comment", "note")
"""The card's fields from top to bottom, by the name that marks give them."""
_TITLES = {
    "lead_in": "lead-in (above the quote)",
    "translation": "translation",
    "comment": "comment (below the quote)",
    "note": "note (private)",
}
_FIELDS_BESIDE_FROM = 100


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the card."""

    lead_in: str
    translation: str
    comment: str
    note: str
    go_on: bool = False
    """The writer wants the next post's card."""

    @classmethod
    def from_quote(cls, quote: Quote) -> "Card":
        """The card as the library has it."""
        translation = quote.translation.text if quote.translation else ""
        return cls(quote.mark.lead_in, translation, quote.mark.comment, quote.mark.note)


class CardScreen(Dialog[Card]):
    """Edits a card; Esc leaves it as it was."""

    BINDINGS = in_section(
        "The card",
        Binding("ctrl+s", "save(False)", "Save", priority=True, id="card.save"),
        Binding("ctrl+n", "save(True)", "Save, next card", priority=True, id="card.next"),
    )

    def __init__(self, quote: Quote, parent: Quote | None, first: str, where: str) -> None:
        """`first` is the field that has the cursor; `where` says which card of how many this is."""
        super().__init__()
        self._quote, self._above, self._first, self._where = quote, parent, first, where
        self._before = Card.from_quote(quote)

    def compose(self) -> ComposeResult:
        """Original and fields, beside each other where there is room."""
        bare = replace(self._quote, translation=None, mark=replace(self._quote.mark, lead_in="", comment="", note=""))
        with Container(id="card"):
            with VerticalScroll(id="original", can_focus=False):
                yield Static(quote_layout(QuoteDetails(bare, self._above), partial(key_of, self)))
            with Vertical(id="fields"):
                for name in CARD_FIELDS:
                    area = TextArea(
                        for_screen(getattr(self._before, name)), id=name, tab_behavior="focus", compact=True
                    )
                    area.border_title = Text(_TITLES[name])
                    yield area
        keys = hint("Tab field · {key:card.save} save · {key:card.next} save, next card · {key:leave} leave", self)
        yield Static(Text(f"{self._where} · {keys}", no_wrap=True), id="card-keys")

    def on_mount(self) -> None:
        """The cursor stands at the end of the wanted field."""
        self.set_class(self.app.size.width >= _FIELDS_BESIDE_FROM, "-wide")
        area = self.query_one(f"#{self._first}", TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_save(self, go_on: bool) -> None:
        """Answer with what stands there now; a field that was not touched stays to the letter."""
        values = {}
        for name in CARD_FIELDS:
            before, text = getattr(self._before, name), self.query_one(f"#{name}", TextArea).text
            values[name] = before if text == for_screen(before) else text
        self.answer(Card(**values, go_on=go_on))
