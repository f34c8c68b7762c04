"""Publishing: preview, writing the skeleton, the outline, and the closing quote."""

import asyncio
from functools import partial

from core.article.outline import Article, outline
from core.errors import FileChanged, PullquoteError
from core.library import threads
from core.settings.locations import path_of
from tui.commands.command import Command, in_section
from tui.screens.dialogs.write import ChangedFile, ChangedFileAnswer, WriteDialog, WriteWish
from tui.thread.bench import Bench


async def _rendered(bench: Bench, article: Article, template: str) -> str:
    """The article's text, made beside the screen, with the library free. Raises ExportError."""
    from exports import render_article
    from exports.settings import ExportSettings

    settings = ExportSettings.from_settings(bench.settings)
    return await asyncio.to_thread(render_article, bench.settings.format, article, settings, template)


def _article(bench: Bench) -> Article:
    """The article as it stands."""
    return outline(bench.library, bench.thread.id, bench.settings.language)


async def preview(bench: Bench) -> None:
    """Show the article; W from there writes it."""
    from tui.screens.preview import Preview

    try:
        text = await _rendered(bench, _article(bench), bench.settings.template)
    except PullquoteError as error:
        bench.say(str(error))
        return
    if await bench.open(Preview(text, is_markdown=bench.settings.format == "markdown")):
        await write(bench)


async def write(bench: Bench) -> None:
    """Ask for title, file and template, say what is to be known first, and write; an edited file only after asking."""
    from exports import exporter
    from exports.notices import export_notices

    title, _ = threads.article_title_and_closing(bench.library, bench.thread.id)
    try:
        folder = path_of(bench.settings.export_dir).absolute()
        suffix = exporter(bench.settings.format).suffix
        notices = export_notices(_article(bench), bench.settings.format)
    except PullquoteError as error:
        bench.say(str(error))
        return
    path = folder / f"{_safe(bench.thread.root_id)}{suffix}"
    wish = await bench.open(WriteDialog(title, str(path), bench.settings.template, notices))
    if wish is None:
        return
    if wish.title.strip() != title:
        bench.attempt(lambda: bench.desk.set_article(title=wish.title))
    try:
        await _write(bench, wish)
    except PullquoteError as error:
        bench.say(str(error))


async def _write(bench: Bench, wish: WriteWish) -> None:
    """Write the file, after asking where somebody else has changed it, and say what is still open."""
    from exports.notices import open_words
    from exports.writing import free_beside, write_article_file

    article = _article(bench)
    text = await _rendered(bench, article, wish.template)
    path = path_of(wish.path).absolute()
    expected = threads.last_export(bench.library, str(path))
    write = partial(write_article_file, text=text, library=bench.library.path)
    try:
        written = write(path, expected=expected)
    except FileChanged as error:
        answer = await bench.open(ChangedFile(str(error)))
        if answer is None:
            bench.say("Nothing was written; the file is as it was.")
            return
        if answer is ChangedFileAnswer.BESIDE:
            path = free_beside(path)
            written = write(path, expected=None)
        else:
            written = write(path, expected=expected, force=True)
    threads.keep_export(bench.library, bench.thread.id, str(path), written.digest)
    held = f" · {len(article.held_back)} held back (see the end of the file)" if article.held_back else ""
    still_open = open_words(article)
    kept = f" · what was there before: {written.kept.name}" if written.kept else ""
    bench.say(f"{article.size} written to {path}{kept}{held}{f' · open: {still_open}' if still_open else ''}")


async def order_article(bench: Bench) -> None:
    """Order sections and quotes; Enter goes to a quote."""
    from tui.screens.outline import OutlineScreen

    chosen = await bench.open(OutlineScreen(bench.desk))
    bench.show_undone(frozenset(), "")
    if chosen is not None and not bench.table.go_to_post(chosen):
        bench.say("The view's filter hides that quote; {key:filter.clear} clears the filter.")


def choose_closing_quote(bench: Bench) -> None:
    """Make the post under the cursor the one last quote, or take that back."""
    seq = bench.table.seq
    if seq is None:
        bench.say("There is no post here.")
        return
    _, closing = threads.article_title_and_closing(bench.library, bench.thread.id)
    if closing == seq:
        bench.attempt(lambda: bench.desk.set_article(no_closing=True))
        bench.say("The article has no closing quote now.")
    else:
        bench.attempt(lambda: bench.desk.set_article(closing=seq))
        bench.say("This is the closing quote now; it stands at the end, and the sections of its tags name it.")


def _safe(name: str) -> str:
    """A thread's id as a file's name."""
    return "".join(char if char.isalnum() and char.isascii() else "-" for char in name)[:80] or "article"


COMMANDS = in_section(
    "The article",
    Command("preview", "P", "Preview", preview, "The article as it stands, rendered", footer=True),
    Command("write", "W", "Write", write, "Write the article skeleton to a file", footer=True),
    Command("outline", "g o", "Outline", order_article, "Order sections and quotes"),
    Command("closing", "g c", "Closing quote", choose_closing_quote, "Make it the one last quote"),
)
