"""Counting: what the thread is made of, and from a count to the replies behind it."""

from dataclasses import replace

from textual.binding import Binding

from core.errors import QueryError
from tui.keyboard.order import flow
from tui.screens.workbench import Workbench


class Counting(Workbench):
    """Counting: what the thread is made of."""

    BINDINGS = [
        Binding("g f", "facts", "Facts", show=False, id="facts", tooltip="Bars by time, author, …; what stars cover"),
    ]

    @flow
    async def action_facts(self) -> None:
        """Count the replies of the view; Enter on a bar shows those behind it."""
        from tui.screens.facts import FactsScreen

        chosen = await self.app.push_screen_wait(FactsScreen(self.library, self.thread, self.view))
        if chosen is None:
            return
        try:
            view = replace(self.view, only=None) if chosen.whole else self.view
            self.show_view(view.filtered(chosen.filter), self.table.seq)
        except QueryError as error:
            self.say(str(error))
            return
        self.say("F shows every reply again, g f counts these.")
        self.keep_place()
