"""Writing around a quote: translation, lead-in, comment, note and excerpt."""

import os

from textual.binding import Binding

from core.errors import PullquoteError
from core.models import Quote
from tui.external import edit_card
from tui.keyboard.order import flow
from tui.screens.dialogs.card import FIELDS, Card, CardScreen
from tui.screens.dialogs.excerpt import ExcerptScreen
from tui.screens.workbench import Workbench


class Writing(Workbench):
    """Writing around a quote."""

    BINDINGS = [
        Binding("e", "card('translation')", "Translation", id="edit.translation", tooltip="Translate by hand"),
        Binding("c", "card('lead_in')", "Lead-in", id="edit.comment", tooltip="Lead-in, comment and private note"),
        Binding("E", "card_in_editor", "Card in $EDITOR", show=False, id="edit.external"),
        Binding("X", "excerpt", "Excerpt", show=False, id="excerpt", tooltip="Choose which parts of it are quoted"),
    ]

    @flow
    async def action_card(self, field: str) -> None:
        """Edit the card; go on to the next post's card as long as the writer wants."""
        while (quote := self.table.quote) is not None:
            where = f"{self.table.cursor + 1:,} of {len(self.table.order):,}"
            card = await self.app.push_screen_wait(CardScreen(quote, self.answered(quote), field, where))
            if card is None:
                self.say("The card is as it was.")
                return
            self._keep(quote, card)
            if not card.go_on:
                return
            if self.table.cursor + 1 == len(self.table.order):
                self.say("That was the last card of this view.")
                return
            self.table.action_move(1)
            while self.table.quote is None and self.table.cursor + 1 < len(self.table.order):
                self.table.action_move(1)
        self.say("There is no post here.")

    def _keep(self, quote: Quote, card: Card) -> None:
        """Write what has changed on the card."""
        before = Card.from_quote(quote)
        new = {name: getattr(card, name) for name in FIELDS if getattr(card, name) != getattr(before, name)}
        if new:
            self.attempt(lambda: self.desk.write(quote.seq, **new))
        else:
            self.say("The card is as it was.")

    @flow
    async def action_card_in_editor(self) -> None:
        """Edit the card in the writer's own editor."""
        quote = self.table.quote
        if quote is None:
            self.say("There is no post here.")
            return
        try:
            with self.app.suspend():
                card = edit_card(Card.from_quote(quote), quote, os.environ)
        except PullquoteError as error:
            self.say(str(error))
            return
        self.app.refresh()
        self._keep(quote, card)

    @flow
    async def action_excerpt(self) -> None:
        """Choose which parts of the reply are quoted."""
        quote = self.table.quote
        if quote is None or not quote.post.text:
            self.say("There is no text here to quote from.")
            return
        spans = await self.app.push_screen_wait(ExcerptScreen(quote))
        if spans is not None:
            self.attempt(lambda: self.desk.excerpt(quote.seq, spans))
