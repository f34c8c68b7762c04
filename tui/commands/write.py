"""Writing around a quote: translation, lead-in, comment, note and excerpt."""

import os
from functools import partial

from core.errors import PullquoteError
from core.models import Quote
from tui.commands.command import Command, in_section
from tui.editor import edit_card
from tui.screens.dialogs.card import CARD_FIELDS, Card, CardScreen
from tui.screens.dialogs.excerpt import ExcerptScreen
from tui.thread.bench import Bench


async def edit(bench: Bench, field: str) -> None:
    """Edit the card; go on to the next post's card as long as the writer wants."""
    table = bench.table
    while (quote := table.quote) is not None:
        where = f"{table.cursor + 1:,} of {len(table.order):,}"
        card = await bench.open(CardScreen(quote, bench.answered(quote), field, where))
        if card is None:
            bench.say("The card is as it was.")
            return
        _keep(bench, quote, card)
        if not card.go_on:
            return
        if table.cursor + 1 == len(table.order):
            bench.say("That was the last card of this view.")
            return
        table.action_move(1)
        while table.quote is None and table.cursor + 1 < len(table.order):
            table.action_move(1)
    bench.say("There is no post here.")


def _keep(bench: Bench, quote: Quote, card: Card) -> None:
    """Write what has changed on the card."""
    before = Card.from_quote(quote)
    new = {name: getattr(card, name) for name in CARD_FIELDS if getattr(card, name) != getattr(before, name)}
    if new:
        bench.attempt(lambda: bench.desk.write(quote.seq, **new))
    else:
        bench.say("The card is as it was.")


async def edit_in_editor(bench: Bench) -> None:
    """Edit the card in the writer's own editor."""
    quote = bench.table.quote
    if quote is None:
        bench.say("There is no post here.")
        return
    app = bench.screen.app
    try:
        with app.suspend():
            card = edit_card(Card.from_quote(quote), quote, os.environ)
    except PullquoteError as error:
        bench.say(str(error))
        return
    app.refresh()
    _keep(bench, quote, card)


async def choose_excerpt(bench: Bench) -> None:
    """Choose which parts of the reply are quoted."""
    quote = bench.table.quote
    if quote is None or not quote.post.text:
        bench.say("There is no text here to quote from.")
        return
    spans = await bench.open(ExcerptScreen(quote))
    if spans is not None:
        bench.attempt(lambda: bench.desk.excerpt(quote.seq, spans))


COMMANDS = in_section(
    "Writing around a quote",
    Command(
        "edit.translation", "e", "Translation", partial(edit, field="translation"), "Translate by hand", footer=True
    ),
    Command(
        "edit.comment", "c", "Lead-in", partial(edit, field="lead_in"), "Lead-in, comment and private note", footer=True
    ),
    Command("edit.external", "E", "Card in $EDITOR", edit_in_editor),
    Command("excerpt", "X", "Excerpt", choose_excerpt, "Choose which parts of it are quoted"),
)
