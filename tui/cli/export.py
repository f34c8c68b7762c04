"""`pullquote export`: the article skeleton to a file or standard output."""

import argparse
import sys
from dataclasses import replace

from core.article.outline import outline
from core.library import threads
from core.settings.locations import path_of
from core.text.terminal_safe import for_line
from exports import render_article
from exports.notices import export_notices, open_words
from exports.settings import ExportSettings
from tui.cli.exits import complain
from tui.cli.opened import opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the thread, the file, and how it is written."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="the file to write; - is standard output"
    )
    command.add_argument("--format", metavar="NAME", help="markdown, or what another package adds")
    command.add_argument("--template", metavar="T", help="zh, en, or a template's file")
    command.add_argument("--title", metavar="TEXT", help="set the article's title")
    command.add_argument(
        "--force",
        action="store_true",
        help="overwrite a file that was changed since our last write, and keep a copy of it",
    )


def run(given: argparse.Namespace) -> None:
    """Render the thread's article, and write it to a file or to standard output."""
    with opened(given) as here:
        thread, settings = here.thread(given.thread), here.settings
        wanted, name = ExportSettings.from_settings(settings), given.format or settings.format
        article = outline(here.library, thread.id, settings.language)
        if given.title is not None:
            article = replace(article, title=given.title)
        # The library is free meanwhile, and a template that is wrong changes no title.
        text = render_article(name, article, wanted, given.template or settings.template)
        if given.title is not None:
            here.desk(thread).set_article(title=given.title)
        for notice in export_notices(article, name):
            complain(notice)
        still_open = open_words(article)
        if given.output == "-":
            sys.stdout.write(text)
            if still_open:
                complain(f"still open: {still_open}")
            return
        from exports.writing import write_article_file

        path = path_of(given.output).absolute()
        last = threads.last_export(here.library, str(path))
        written = write_article_file(path, text, expected=last, force=given.force, library=here.library.path)
        threads.keep_export(here.library, thread.id, str(path), written.digest)
    print(for_line(f"{article.size} written to {path}"))
    if written.kept is not None:
        print(for_line(f"what was there before is kept as {written.kept}"))
    if still_open:
        print(f"still open: {still_open}")
