"""The author of a post: what was checked of them, and whether the writer vouches for them."""

from tui.commands.command import Command, in_section
from tui.screens.dialogs.author import AuthorCard, beside
from tui.thread.bench import Bench


async def show_author(bench: Bench) -> None:
    """Show who wrote this, and let the writer vouch for it."""
    quote = bench.table.quote
    if quote is None:
        bench.say("There is no post here.")
        return
    compared = await bench.inquire("reading", lambda library: beside(library, bench.thread.id, quote))
    if compared is None:
        return
    confirmed = await bench.open(AuthorCard(quote, *compared))
    if confirmed is not None and confirmed != quote.mark.confirmed:
        bench.attempt(lambda: bench.desk.confirm((quote.seq,), confirmed))


COMMANDS = in_section(
    "Who wrote it",
    Command("who", "@", "Author", show_author, "The author's other replies; confirm who it is"),
)
