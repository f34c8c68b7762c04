"""Copying: original, translation, finished block, link and handle, saying which way they went."""

import os
from functools import partial

from core.models import Quote
from tui.commands.command import Command, in_section
from tui.thread.bench import Bench


def copy(bench: Bench, what: str) -> None:
    """Copy one thing of the row, or of every row of the selection, a blank line between them."""
    bench.screen.run_worker(_copy(bench, what), group="copy", exclusive=True)


async def _copy(bench: Bench, what: str) -> None:
    """Gather what is to be copied, copy it, and say how."""
    from tui.terminal.clipboard import copy as copy_text

    quotes = bench.table.quotes(bench.targets())
    texts = [text for quote in quotes if (text := _text(bench, what, quote))]
    if not texts:
        bench.say(f"There is no {what} here to copy.")
        return
    separator = "\n" if what in ("link", "handle") else "\n\n"
    result = await copy_text(
        separator.join(texts), write=lambda sequence: _write_to_terminal(bench, sequence), environ=os.environ
    )
    count = f"{len(texts):,} × " if len(texts) > 1 else ""
    bench.say(f"{count}{what}: {result.message}")


def _text(bench: Bench, what: str, quote: Quote) -> str:
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
    from exports import render_quote
    from exports.settings import ExportSettings

    return render_quote("markdown", quote, bench.settings.language, ExportSettings.from_settings(bench.settings))


def _write_to_terminal(bench: Bench, sequence: str) -> None:
    """Write past the screen: OSC 52 has no public way through Textual that says what it sends."""
    driver = bench.screen.app._driver
    if driver is not None:
        driver.write(sequence)
        driver.flush()


COMMANDS = in_section(
    "Copying",
    Command("yank.original", "y y", "Copy original", partial(copy, what="original")),
    Command("yank.translation", "y t", "Copy translation", partial(copy, what="translation")),
    Command("yank.markdown", "y m", "Copy Markdown", partial(copy, what="Markdown block")),
    Command("yank.url", "y u", "Copy link", partial(copy, what="link")),
    Command("yank.author", "y a", "Copy handle", partial(copy, what="handle")),
)
