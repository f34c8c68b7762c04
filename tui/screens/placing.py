"""Where the writer is in a thread, kept for the next start: view, row and pane."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.errors import LibraryError, QueryError
from core.library import Library, threads, views
from core.query.view import View
from core.settings.load import Settings
from core.sorts import SORTS
from tui.screens.viewing import Viewing

LANGUAGES = ("both", "original", "translation")
"""What the pane can show."""


class Placing(Viewing):
    """A thread that is opened where it was left."""

    def __init__(self, library: Library, thread_id: int, settings: Settings) -> None:
        super().__init__(library, thread_id, settings)
        self.shown_language = LANGUAGES[0]
        self._kept: Mapping[str, Any] = {}
        """The place as this program knows it to be kept."""

    def keep_place(self) -> None:
        """Keep view, row and pane for the next start; see `take_place`."""
        quote = self.table.quote
        place = {
            "filter": self.view.filter,
            "sort": self.view.sort,
            "descending": self.view.descending,
            "tree": self.view.tree,
            "folded": self.view.folded,
            "post": None if quote is None else quote.post.id,
            "hidden": self.has_class("-no-pane"),
            "reading": self.has_class("-reading"),
            "language": self.shown_language,
        }
        # Where nothing has changed here, another program may have kept a later place.
        if place == self._kept:
            return
        try:
            threads.keep_place(self.library, self.thread.id, place)
            self._kept = place
        except LibraryError as error:
            self.say(str(error))

    def take_place(self, place: Mapping[str, Any]) -> tuple[View, int | None]:
        """Put the pane as it was kept; returns the view that was, and the seq of the row."""
        self._kept = place
        self.set_class(bool(place.get("hidden")), "-no-pane")
        self.set_class(bool(place.get("reading")), "-reading")
        if place.get("language") in LANGUAGES:
            self.shown_language = place["language"]
        post = place.get("post")
        seq = None if post is None else views.seq_of(self.library, self.thread.id, post)
        try:
            view = replace(
                self.view.filtered(place.get("filter", "")),
                tree=bool(place.get("tree")),
                folded=bool(place.get("folded", True)),
            )
        except QueryError:
            return self.view, seq
        if place.get("sort") in SORTS:
            view = view.sorted_by(place["sort"], bool(place.get("descending")))
        return view, seq
