"""Machine translation of the row or the selection, with progress and cancel."""

from collections.abc import Sequence
from contextlib import aclosing

from textual import work
from textual.binding import Binding
from textual.worker import Worker

from core.errors import PullquoteError
from core.library import views
from core.models import Quote, State
from tui.screens.workbench import Workbench


class Translating(Workbench):
    """Translating by machine."""

    BINDINGS = [
        Binding("T", "translate", "Machine draft", show=False, id="translate", tooltip="Of the row or the selection"),
        Binding("g T", "translate_missing", "Draft what lacks one", show=False, id="translate.missing"),
        Binding("A", "approve", "Approve", show=False, id="translate.approve", tooltip="Approve, or un-approve"),
    ]

    drafting: "Worker[None] | None" = None

    def action_approve(self) -> None:
        """Approve the translations, or take that back."""
        self.change("approve", self.desk.toggle_approval)

    def action_translate(self) -> None:
        """Draft the row or the selection; what the writer has edited or approved is left alone."""
        self._draft(self.table.quotes(self.targets()), only_missing=False)

    def action_translate_missing(self) -> None:
        """Draft every starred reply of the view that has no translation."""
        starred = frozenset(views.posts_in_state(self.library, self.thread.id, State.STARRED))
        self._draft(self.table.quotes(list(filter(starred.__contains__, self.piece.order))), only_missing=True)

    def _draft(self, quotes: Sequence[Quote], *, only_missing: bool) -> None:
        """Begin a batch, unless one is under way."""
        if self.drafting is not None and self.drafting.is_running:
            self.say("A batch is under way; Esc cancels it.")
            return
        from core.desk.drafting import worth_drafting

        wanted = worth_drafting(quotes, self.settings.language, over_drafts=not only_missing)
        if wanted:
            self.drafting = self._run_batch(wanted)
        else:
            self.say("There is nothing to draft: translated by you already, without text, or in your language.")

    @work(group="translation", exclusive=True, name="translation batch")
    async def _run_batch(self, quotes: Sequence[Quote]) -> None:
        """Draft, show each draft as it comes, and end with one sentence whatever happened."""
        from core.desk.drafting import draft_quotes

        made = refused = 0
        reason = ""
        self.say(f"translating {len(quotes):,} · Esc cancels")
        try:
            async with aclosing(draft_quotes(self.desk, self.settings, quotes, self.say)) as outcomes:
                async for outcome, done in outcomes:
                    if done is None:
                        refused += 1
                        reason = getattr(outcome, "reason", "")
                    else:
                        made += 1
                        self.show_change(done.posts, "")
                    self.say(f"translating {made + refused:,} of {len(quotes):,} · Esc cancels")
        except PullquoteError as error:
            reason = str(error)
        finally:
            self.say(_ending(made, refused, len(quotes) - made - refused, reason))

    def cancel_batch(self) -> bool:
        """Cancel the batch; False where there is none."""
        if self.drafting is None or not self.drafting.is_running:
            return False
        self.drafting.cancel()
        return True


def _ending(made: int, refused: int, left: int, reason: str) -> str:
    """What a batch did."""
    parts = [f"{made:,} translated"]
    if refused:
        parts.append(f"{refused:,} refused")
    if left:
        parts.append(f"{left:,} not translated")
    return " · ".join(parts) + (f": {reason}" if reason else "")
