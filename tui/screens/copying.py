"""Copying: original, translation, finished block, link and handle, saying which way they went."""

import os

from textual import work
from textual.binding import Binding

from core.models import Quote
from tui.screens.workbench import Workbench


class Copying(Workbench):
    """Copying, by the way that works here."""

    BINDINGS = [
        Binding("y y", "copy('original')", "Copy original", show=False, id="yank.original"),
        Binding("y t", "copy('translation')", "Copy translation", show=False, id="yank.translation"),
        Binding("y m", "copy('Markdown block')", "Copy Markdown", show=False, id="yank.markdown"),
        Binding("y u", "copy('link')", "Copy link", show=False, id="yank.url"),
        Binding("y a", "copy('handle')", "Copy handle", show=False, id="yank.author"),
    ]

    @work(group="copy", exclusive=True)
    async def action_copy(self, what: str) -> None:
        """Copy one thing of the row, or of every row of the selection, a blank line between them."""
        from tui.terminal.clipboard import copy

        quotes = self.table.quotes(self.targets())
        pieces = [piece for quote in quotes if (piece := self._piece(what, quote))]
        if not pieces:
            self.say(f"There is no {what} here to copy.")
            return
        separator = "\n" if what in ("link", "handle") else "\n\n"
        result = await copy(separator.join(pieces), write=self._write_to_terminal, environ=os.environ)
        count = f"{len(pieces):,} × " if len(pieces) > 1 else ""
        self.say(f"{count}{what}: {result.message}")

    def _piece(self, what: str, quote: Quote) -> str:
        """One thing of a quote, or nothing where it is unknown; control characters as signs, wherever it is pasted."""
        from exports.characters import harmless

        if what == "original":
            return harmless(quote.quoted_text())
        if what == "translation":
            return harmless(quote.translation.text) if quote.translation else ""
        if what == "link":
            return quote.post.url or ""
        if what == "handle":
            return f"@{quote.post.author}" if quote.post.author else ""
        from exports import ExportSettings, render_quote

        return render_quote("markdown", quote, self.settings.language, ExportSettings.from_settings(self.settings))

    def _write_to_terminal(self, sequence: str) -> None:
        """Write past the screen: OSC 52 has no public way through Textual that says what it sends."""
        driver = self.app._driver
        if driver is not None:
            driver.write(sequence)
            driver.flush()
