"""Replies that say the same: folded into one row, or each by itself."""

from dataclasses import replace

from textual.binding import Binding

from core.library import Library, duplicates
from core.models import Quote
from core.text.counted import counted
from tui.keyboard.order import flow
from tui.screens.workbench import Workbench


class Alike(Workbench):
    """Folding and unfolding what is alike, and saying who posted it."""

    BINDINGS = [
        Binding(
            "z d", "toggle_alike", "Alike", show=False, id="view.dupes", tooltip="Fold replies that are alike, or not"
        ),
    ]

    def alike_with(self, quote: Quote) -> str:
        """Who else posted what a quote says, in a sentence."""
        if quote.accounts < 2:
            return f"posted {quote.alike:,} times by this account, nearly word for word; z d shows each"
        names = ", ".join(f"@{name}" for name in duplicates.accounts(self.library, quote.seq))
        more = " …" if quote.accounts > names.count("@") else ""
        return f"{quote.accounts:,} accounts posted this, nearly word for word: {names}{more}; z d shows each"

    @flow
    async def action_toggle_alike(self) -> None:
        """Fold replies that are alike into one row, or show each; of a very large thread, find them first."""
        if self.view.tree:
            self.say("The tree shows every reply in its place; z v goes back to the flat table.")
            return
        folded = not self.view.folded
        if duplicates.is_due(self.library, self.thread.id):
            if not await self.inquire("comparing all replies", self._compare):
                return
            self.table.forget_all()
            folded = True
        self.show_view(replace(self.view, folded=folded), then=self._say_alike)
        self.keep_place()

    def _compare(self, library: Library) -> bool:
        """Find what is alike, beside the screen."""
        duplicates.find_duplicates_of(library, self.thread.id)
        return True

    def _say_alike(self) -> None:
        """What is folded away now."""
        folded = self.piece.folded
        if not self.view.folded:
            self.say("Every reply stands by itself; z d folds those that are alike.")
        elif folded:
            self.say(f"{counted(folded, 'post')} folded away; a key acts on the row that is shown, z d shows each.")
        else:
            self.say("No two replies here are alike.")
