"""The program with one more count, bookmarks: its declaration and a line in a reader are all that is added to it.

Run with a folder that has `library.db` and the payloads `earlier.json`, `later.json` and `table.csv`; prints where the
count was found, as JSON.
"""

import importlib.util
import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

_DECLARATION = """
    bookmarks: Annotated[int | None, Count("bookmarks", "bookmark", CountColumn("book", 4, 6), has_plot=True)] = None
"""


def declare_bookmarks() -> None:
    """Let `core.counts` be what it is with one more field in `PostCounts`; nothing may have imported it yet."""
    spec = importlib.util.find_spec("core.counts")
    assert spec is not None
    assert spec.origin is not None
    assert "core.counts" not in sys.modules
    source = Path(spec.origin).read_text(encoding="utf-8")
    before, after = source.split("\n\n\ndef declared_counts", 1)
    module = ModuleType("core.counts")
    sys.modules["core.counts"] = module
    exec(before + _DECLARATION + "\n\ndef declared_counts" + after, module.__dict__)
    sys.modules["core"].counts = module  # type: ignore[attr-defined]


def let_a_reader_know() -> None:
    """The line in the reader of FxTwitter."""
    from core.readers.x import fxtwitter

    fxtwitter._COUNTS = {**fxtwitter._COUNTS, "bookmarks": "bookmarks"}


def found_in(folder: Path) -> dict[str, Any]:
    """Where the count is found."""
    from core.facts import Facts, plots
    from core.facts.records import Scope
    from core.importing import import_payload
    from core.importing.parts import read_slice_rows
    from core.library import open_library, rows, threads, view_results
    from core.library.facts import count_spread, count_triage
    from core.models import Payload
    from core.query.fields import FIELDS
    from core.query.view import View
    from core.readers import read
    from core.sorts import SORTS
    from core.words import words
    from exports.settings import ExportSettings
    from exports.view import quote_view
    from tui.cli.main import main
    from tui.widgets.columns import meta_cells, titles
    from tui.widgets.quote_layout import _counts

    library = open_library(folder / "library.db")
    (thread,) = threads.threads(library)

    def quotes(view: View) -> list[Any]:
        return rows.quotes(library, view_results.whole_order(library, thread.id, view), "en")

    kept_before = [quote.post.bookmarks for quote in quotes(View())]
    for name in ("earlier.json", "later.json"):
        import_payload(library, Payload(name, (folder / name).read_bytes(), None))
    by_bookmarks = quotes(View(sort="bookmarks"))
    most = by_bookmarks[1]
    scope = Scope(thread.id)
    facts = Facts(count_spread(library, scope), count_triage(library, scope))
    printed = {}
    for form in ("--json", "--csv"):
        with redirect_stdout(StringIO()) as out:
            main(["--library", str(folder / "library.db"), "posts", thread.root_id, form])
        printed[form] = out.getvalue()
    (table,) = read(Payload("table.csv", (folder / "table.csv").read_bytes(), None))
    return {
        "kept before": kept_before,
        "sorted": [quote.post.id for quote in by_bookmarks],
        "sorts": [*SORTS],
        "filtered": [quote.post.id for quote in quotes(View(filter="bookmarks:>100"))],
        "help of the filter": FIELDS["bookmarks"].description,
        "titles": " ".join(titles(120, "bookmarks", True)),
        "cells": meta_cells(most, 120),
        "pane": _counts(most.post),
        "json": {
            post["id"]: [post["bookmarks"], *(one["bookmarks"] for one in post["history"])]
            for post in json.loads(printed["--json"])
        },
        "csv": printed["--csv"],
        "plots": {plot.name: words(plot.title) for plot in plots(facts)},
        "template": quote_view(most, "en", ExportSettings()).counts["bookmarks"],
        "large import": [*read_slice_rows(Payload("later.json", (folder / "later.json").read_bytes(), None)).values],
        "table": [post.bookmarks for post in table.posts],  # type: ignore[attr-defined]
    }


if __name__ == "__main__":
    declare_bookmarks()
    let_a_reader_know()
    print(json.dumps(found_in(Path(sys.argv[1]))))
