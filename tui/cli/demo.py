"""`pullquote demo`: an invented thread, on the screen or to standard output."""

import argparse
import sys
import tempfile
from pathlib import Path

from core.library import Library
from tui.cli.exits import DONE
from tui.cli.opened import with_settings
from tui.cli.screen import show


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare how the demo is shown, and from where it begins."""
    command.add_argument(
        "--headless", action="store_true", help="curate it by its script, and print the article skeleton"
    )
    command.add_argument("--reset", action="store_true", help="begin the demo anew; its marks are lost")
    command.add_argument("--curated", action="store_true", help="open it with the script's marks made")
    command.add_argument("--template", metavar="T", help="zh, en, or a template's file")


def run(given: argparse.Namespace) -> int:
    """Show the demo on the screen, or print its article."""
    from core.demo.script import apply_script, open_demo
    from core.settings.locations import demo_library, path_of

    if given.headless:
        with tempfile.TemporaryDirectory() as folder:
            library, thread_id = open_demo(Path(folder) / "demo.db")
            try:
                apply_script(library, thread_id)
                sys.stdout.write(_skeleton(library, thread_id, given.template or "zh"))
            finally:
                library.close()
        return DONE
    path = path_of(given.library) if hasattr(given, "library") else demo_library()
    library, thread_id = open_demo(path, reset=given.reset or given.curated)
    try:
        if given.curated:
            apply_script(library, thread_id)
        return show(
            with_settings(library),
            thread_id,
            "An invented thread; {key:help} lists the keys, {key:accept} accepts a reply.",
        )
    finally:
        library.close()


def _skeleton(library: Library, thread_id: int, template: str) -> str:
    """The article of the demo's thread, as Markdown."""
    from core.article.outline import outline
    from exports import render_article
    from exports.settings import ExportSettings

    return render_article("markdown", outline(library, thread_id, "zh"), ExportSettings(), template)
