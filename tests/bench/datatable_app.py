"""The same replies in Textual's own DataTable, and nothing else.

python -m tests.bench.datatable_app LINES
"""

import json
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer

COLUMNS = ("likes", "replies", "views", "time_ago", "author", "text")


class DataTableApp(App[None]):
    """Fills a table with what JSON Lines hold."""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        """All rows, for the widget knows no other way."""
        table = self.query_one(DataTable)
        table.add_columns(*COLUMNS)
        with Path(sys.argv[1]).open(encoding="utf-8") as lines:
            replies = map(json.loads, lines)
            table.add_rows([[str(reply[name])[:40] for name in COLUMNS] for reply in replies])
        table.focus()


if __name__ == "__main__":
    DataTableApp().run()
