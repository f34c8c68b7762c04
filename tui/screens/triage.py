"""Triage: one key a decision, then on to the next undecided reply."""

from collections.abc import Callable

from textual.binding import Binding

from core.errors import LibraryError
from core.library.journal import JournalEntry
from core.models import State
from core.words import change_words
from tui.keyboard.order import flow
from tui.screens.dialogs.author import AuthorCard, beside
from tui.screens.workbench import Workbench


class Triage(Workbench):
    """Deciding: one key a reply, then on to the next undecided."""

    BINDINGS = [
        Binding("s", "star", "Star", id="star.toggle", tooltip="Star or unstar, and stay on the row"),
        Binding("a", "decide('starred')", "Accept", id="accept", tooltip="Star, and go to the next undecided reply"),
        Binding("x", "decide('rejected')", "Reject", id="reject", tooltip="Reject, and go to the next undecided reply"),
        Binding("space", "decide('skipped')", "Skip", id="skip", tooltip="Skip for now, and go to the next undecided"),
        Binding("U", "undecide", "Undecide", show=False, id="undecide", tooltip="Make undecided, and stay on the row"),
        Binding("w", "next_undecided(1)", "Next undecided", show=False, id="todo.next"),
        Binding("b", "next_undecided(-1)", "Previous undecided", show=False, id="todo.prev"),
        Binding("r", "rate", "Rate", show=False, id="rate", tooltip="Rating 1 to 5 with the next key; 0 clears it"),
        Binding("!", "review", "Flag to check", show=False, id="flag.review", tooltip="Flag for checking, or unflag"),
        Binding("@", "author", "Author", show=False, id="who", tooltip="The author's other replies; confirm who it is"),
        Binding("full_stop", "repeat", "Repeat", show=False, id="repeat", tooltip="Make the last change here too"),
        Binding("u", "undo", "Undo", id="undo", tooltip="Take the latest change back, also after a restart"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="redo", tooltip="Make the undone change again"),
    ]

    def action_star(self) -> None:
        """Star or unstar, and stay."""
        self.change("star", self.desk.toggle_star)

    def action_decide(self, state: str) -> None:
        """Set the state, and go on."""
        wanted = State(state)
        self.change(state, lambda seqs: self.desk.decide(seqs, wanted), then=self._move_on)

    def action_undecide(self) -> None:
        """Make undecided, and stay."""
        self.change("undecide", lambda seqs: self.desk.decide(seqs, State.NEW))

    def _move_on(self) -> None:
        """End the selection, and go to the next undecided reply after it."""
        table = self.table
        if table.selected:
            last = max((n for n, seq in enumerate(table.order) if seq in table.selected), default=table.cursor)
            table.select(())
            table.go(last)
        self.action_next_undecided(1)
        self.refresh_header()

    def action_next_undecided(self, direction: int) -> None:
        """Go to the nearest undecided reply in a direction, and round the end."""
        table = self.table
        count = len(table.order)
        for step in range(1, count):
            row = (table.cursor + step * direction) % count
            seq = table.order[row]
            if seq not in self.decided and seq != self.root_seq:
                table.go(row)
                return
        if table.seq in self.decided or table.seq == self.root_seq:
            self.say("Every reply in this view is decided or skipped; f is:skipped shows the skipped ones.")

    def action_rate(self) -> None:
        """Rate with the next key."""

        def rate(key: str) -> None:
            if key in tuple("012345"):
                self.change(f"rate {key}", lambda seqs: self.desk.rate(seqs, int(key)))
            else:
                self.say("A rating is 0 to 5.")

        self.take_next_key("Rating: 1 to 5, 0 clears, Esc leaves it", rate)

    def action_review(self) -> None:
        """Flag for checking, or unflag."""
        self.change("flag", self.desk.toggle_review)

    @flow
    async def action_author(self) -> None:
        """Show who wrote this, and let the writer vouch for it."""
        quote = self.table.quote
        if quote is None:
            self.say("There is no post here.")
            return
        found = await self.inquire("reading", lambda library: beside(library, self.thread.id, quote))
        if found is None:
            return
        confirmed = await self.app.push_screen_wait(AuthorCard(quote, *found))
        if confirmed is not None and confirmed != quote.mark.confirmed:
            self.attempt(lambda: self.desk.confirm((quote.seq,), confirmed))

    def action_repeat(self) -> None:
        """Make the last change on the posts here."""
        if self.last_change is None:
            self.say("There is no change to repeat yet.")
        else:
            self.change(self.last_change.name, self.last_change.change)

    def action_undo(self) -> None:
        """Take the latest change back."""
        self._through_history("undid", self.desk.undo, "There is nothing to undo.")

    def action_redo(self) -> None:
        """Make the undone change again."""
        self._through_history("redid", self.desk.redo, "There is nothing to redo.")

    def _through_history(self, verb: str, step: Callable[[], JournalEntry | None], otherwise: str) -> None:
        """Undo or redo, and show what that did; tags may have changed on any row."""
        try:
            entry = step()
        except LibraryError as error:
            self.say(str(error))
            return
        if entry is None:
            self.say(otherwise)
            return
        self.table.forget_all()
        self.show_change(entry.posts, f"{verb}: {change_words(entry.name)}")
