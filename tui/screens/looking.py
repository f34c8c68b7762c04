"""Looking: sorting, filtering, searching, selecting, and moving along the thread."""

import re
from dataclasses import replace

from textual.binding import Binding

from core.errors import QueryError
from core.library import view_results, views
from core.query import parse
from tui.keyboard.order import flow
from tui.screens.placing import LANGUAGES
from tui.screens.workbench import Workbench
from tui.widgets.columns import COLUMNS
from tui.widgets.reply_table import ReplyTable


class Looking(Workbench):
    """Looking: sort, filter, search, select, move along the thread."""

    BINDINGS = [
        Binding("f", "filter", "Filter", id="filter", tooltip="Limit the view: likes:>40 tag:meme -is:rejected word"),
        Binding("F", "clear_filter", "Clear filter", show=False, id="filter.clear", tooltip="Show every reply again"),
        Binding("slash", "search", "Search", id="search", tooltip="Find text inside the view; the filter stays"),
        Binding("n", "next_hit(1)", "Next hit", show=False, id="search.next"),
        Binding("N", "next_hit(-1)", "Previous hit", show=False, id="search.prev"),
        Binding("left_square_bracket", "sort(False)", "Sort ascending", show=False, id="sort.asc"),
        Binding("right_square_bracket", "sort(True)", "Sort descending", show=False, id="sort.desc"),
        Binding("g t", "sort_thread", "Thread order", show=False, id="sort.thread", tooltip="As the source gave it"),
        Binding("v", "visual", "Select", show=False, id="visual", tooltip="Select rows while moving; v or Esc ends it"),
        Binding("V", "select_subtree", "Select subtree", show=False, id="select.subtree"),
        Binding("vertical_line", "select_regex", "Select by regex", show=False, id="select.regex"),
        Binding("g s", "select_all", "Select all", show=False, id="select.all", tooltip="Select every row in the view"),
        Binding("g u", "select_none", "Select none", show=False, id="select.none"),
        Binding("quotation_mark", "only_selected", "Only selected", show=False, id="view.selected"),
        Binding("p", "parent", "Parent", show=False, id="thread.parent", tooltip="Go to the post that this answers"),
        Binding("right_curly_bracket", "top_level(1)", "Next top-level reply", show=False, id="thread.next"),
        Binding("left_curly_bracket", "top_level(-1)", "Previous top-level reply", show=False, id="thread.prev"),
        Binding("m", "set_place", "Set mark", show=False, id="mark.set", tooltip="Remember this row under a letter"),
        Binding("apostrophe", "go_place", "Go to mark", show=False, id="mark.go", tooltip="'' goes back"),
        Binding("z l", "cycle_language", "Language shown", show=False, id="view.lang"),
        Binding("z x", "toggle_reveal", "Show invisible", show=False, id="view.reveal"),
        Binding("z p", "toggle_pane", "Reading pane", show=False, id="view.pane"),
        Binding("j", "row(1)", "Next row", show=False, id="cursor.down"),
        Binding("k", "row(-1)", "Previous row", show=False, id="cursor.up"),
        Binding("g g", "first_row", "First row", show=False, id="cursor.first"),
        Binding("G", "last_row", "Last row", show=False, id="cursor.last"),
        Binding("enter,o", "read", "Read", show=False, id="open", tooltip="The reading pane alone; Esc goes back"),
        Binding("escape", "cancel", "Cancel", show=False, id="cancel"),
    ]

    # Filter and sort

    @flow
    async def action_filter(self) -> None:
        """Limit the view, shown as it is typed; Esc goes back to what it was."""
        before, seq, row = self.view, self.table.seq, self.table.cursor

        def shows(typed: str) -> bool:
            # Half a filter may hide the row that the whole one shows.
            self.table.cursor = row
            return self._try(typed, seq)

        label = "filter: likes:>40 tag:meme -is:rejected author:@x “exact words”"
        typed = await self.ask(label, before.filter, shows)
        while typed is not None and not shows(typed):
            typed = await self.ask(label, typed, shows)
        if typed is None:
            self.say("")
            self.show_view(before, seq)
        self.keep_place()

    def _try(self, typed: str, stay_on: int | None = None) -> bool:
        """Show the view with another filter, or say what is wrong with it."""
        try:
            self.show_view(self.view.filtered(typed), stay_on)
        except QueryError as error:
            self.say(str(error))
            return False
        self.say("")
        return True

    def action_clear_filter(self) -> None:
        """Show every reply; the cursor stays on its post."""
        self.show_view(replace(self.view.filtered(""), only=None))
        self.say("")
        self.keep_place()

    def action_sort(self, descending: bool) -> None:
        """Sort by the sort column."""
        self._sort(COLUMNS[self.table.sort_column].name, descending)

    def action_sort_thread(self) -> None:
        """The order in which the source gave the replies."""
        self._sort("thread", False)

    def _sort(self, name: str, descending: bool | None) -> None:
        """Sort, and keep that for the next time."""
        self.show_view(self.view.sorted_by(name, descending))
        self.keep_place()

    def on_reply_table_sort_asked(self, event: ReplyTable.SortAsked) -> None:
        """A click on a title sorts by it, a second one the other way."""
        self._sort(event.name, not self.view.descending if self.view.sort == event.name else None)

    # Search

    @flow
    async def action_search(self) -> None:
        """Find text inside the view, and go to the first hit from here."""
        typed = await self.ask("search (text, or /regex/)")
        if typed is None:
            return
        found = await self._found(typed)
        if found is not None:
            self.table.hits = found
            self.table.redraw()
            self.say(f"{sum(map(found.__contains__, self.piece.order)):,} hits · n next · N previous")
            if self.table.seq not in found:
                self.action_next_hit(1)

    async def _found(self, typed: str) -> frozenset[int] | None:
        """The posts that hold a text or fit /regex/; None after saying what is wrong with it."""
        if not typed.strip():
            return frozenset()
        if len(typed) > 2 and typed.startswith("/") and typed.endswith("/"):
            return await self._fitting(typed[1:-1])
        node = parse('"' + typed.replace('"', " ").strip() + '"')
        if node is None:
            return frozenset()
        return await self.inquire("searching", lambda library: view_results.matching(library, self.thread.id, node))

    async def _fitting(self, pattern: str) -> frozenset[int] | None:
        """The posts whose text fits a regular expression; None after saying what is wrong with it."""
        try:
            wanted = re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            self.say(f"The pattern does not parse: {error}.")
            return None
        return await self.inquire("searching", lambda library: views.posts_matching(library, self.thread.id, wanted))

    def action_next_hit(self, direction: int) -> None:
        """Go to the nearest hit in a direction, and round the end."""
        table = self.table
        for step in range(1, len(table.order) + 1):
            row = (table.cursor + step * direction) % len(table.order)
            if table.order[row] in table.hits:
                table.go(row)
                return
        self.say("Nothing in this view fits; / searches for something else.")

    # Selection

    def action_visual(self) -> None:
        """Begin or end selecting while moving."""
        self.table.toggle_visual()
        self.refresh_header()

    @flow
    async def action_select_subtree(self) -> None:
        """Select this reply and all below it."""
        seq = self.table.seq
        if seq is None:
            return
        below = await self.inquire("looking below", lambda library: views.subtree(library, self.thread.id, seq))
        if below is not None:
            self._select(self.table.selected | below)

    def action_select_all(self) -> None:
        """Select every reply in the view."""
        self._select(frozenset(self.piece.order) - {self.root_seq or 0})

    def action_select_none(self) -> None:
        """Clear the selection."""
        self._select(frozenset())

    @flow
    async def action_select_regex(self) -> None:
        """Select the rows whose text fits a pattern."""
        typed = await self.ask("select rows that fit a regular expression")
        if typed:
            found = await self._fitting(typed)
            if found is not None:
                self._select(self.table.selected | found.intersection(self.piece.order))

    def _select(self, seqs: frozenset[int]) -> None:
        """Select, and say how many."""
        self.table.select(seqs)
        self.refresh_header()
        self.say(f"{len(seqs):,} rows selected; a key now acts on them" if seqs else "")

    def action_only_selected(self) -> None:
        """Show only what is selected."""
        if not self.table.selected:
            self.say("Nothing is selected; v or | selects.")
            return
        self.show_view(replace(self.view, only=self.table.selected))
        self.say("Only what was selected; F shows every reply again.")

    # Along the thread

    def action_parent(self) -> None:
        """Go to the post that this one answers."""
        quote = self.table.quote
        parent = quote.post.parent_id if quote else None
        seq = None if parent is None else views.seq_of(self.library, self.thread.id, parent)
        if seq is None:
            self.say("What it answers was not captured." if parent else "It is not known what this answers.")
        else:
            self.places["apostrophe"] = self.table.seq or seq
            if not self.table.go_to_post(seq):
                self.say("The view's filter hides what it answers; F clears the filter.")

    def action_top_level(self, direction: int) -> None:
        """Go to the next reply that answers the post itself."""
        table = self.table
        row = table.cursor + direction
        while 0 <= row < len(table.order):
            if table.quotes((table.order[row],))[0].depth <= 1:
                table.go(row)
                return
            row += direction

    def action_set_place(self) -> None:
        """Remember the row under a letter."""
        seq = self.table.seq
        if seq is not None:
            self.take_next_key("A letter for this row", lambda key: self.places.update({key: seq}))

    def action_go_place(self) -> None:
        """Go to a remembered row."""
        self.take_next_key("Go to which letter? ' goes back", self._go_place)

    def _go_place(self, key: str) -> None:
        """Go to the row under a letter."""
        seq, here = self.places.get(key), self.table.seq
        if seq is None or not self.table.go_to_post(seq):
            self.say("No row of this view is remembered under that letter.")
        elif here is not None:
            self.places["apostrophe"] = here

    # The pane

    def action_cycle_language(self) -> None:
        """Original and translation, the original, the translation."""
        at = LANGUAGES.index(self.shown_language)
        self.shown_language = LANGUAGES[(at + 1) % len(LANGUAGES)]
        self.refresh_pane()
        self.say(f"the pane shows: {self.shown_language}")
        self.keep_place()

    def action_toggle_reveal(self) -> None:
        """Show invisible characters as their code points, or not."""
        self.reveal = not self.reveal
        self.refresh_pane()
        self.say("invisible characters are shown" if self.reveal else "")

    def action_toggle_pane(self) -> None:
        """Show or hide the pane."""
        self.toggle_class("-no-pane")
        self.keep_place()

    def action_read(self) -> None:
        """The pane alone, or the table again."""
        self.toggle_class("-reading")
        (self.pane if self.has_class("-reading") else self.table).focus()
        self.keep_place()

    def action_row(self, by: int) -> None:
        """Go to another row from the reader, whose arrows scroll the text."""
        self.table.action_move(by)

    def action_first_row(self) -> None:
        """Go to the first row from the reader."""
        self.table.action_move_to(0)

    def action_last_row(self) -> None:
        """Go to the last row from the reader."""
        self.table.action_move_to(-1)

    def action_cancel(self) -> None:
        """Leave the reader, visual mode, the selection or the hits, in that order."""
        table = self.table
        if self.has_class("-reading"):
            self.action_read()
        elif self.focused is not table:
            table.focus()
        elif table.visual_from is not None or table.selected:
            table.select(())
        else:
            table.hits = frozenset()
            table.refresh()
        self.say("")
        self.refresh_header()
