"""Machine translation of the row or the selection, with progress and cancel."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.worker import Worker

from core.errors import PullquoteError
from core.models import Quote, TranslationState
from core.translation import EngineSettings, engine
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
        quotes = [quote for quote in self.table.quotes(self.table.order) if quote.mark.state == "starred"]
        self._draft(quotes, only_missing=True)

    def _draft(self, quotes: Sequence[Quote], *, only_missing: bool) -> None:
        """Begin a batch, unless one is under way."""
        if self.drafting is not None and self.drafting.is_running:
            self.say("A batch is under way; Esc cancels it.")
            return
        mine = (TranslationState.EDITED, TranslationState.APPROVED)
        wanted = [
            quote
            for quote in quotes
            if quote.post.text.strip()
            and not same_language(quote.post.lang, self.settings.language)
            and (quote.translation is None or not (only_missing or quote.translation.state in mine))
        ]
        if not wanted:
            self.say("There is nothing to draft: translated by you already, without text, or in your language.")
            return
        self.drafting = self._run_batch([(quote.seq, quote.post.text) for quote in wanted])

    @work(group="translation", exclusive=True, name="translation batch")
    async def _run_batch(self, items: list[tuple[int, str]]) -> None:
        """Draft, keep each draft as it comes, and end with one sentence whatever happened."""
        from core.translation.batch import Drafted, draft_all

        settings = self.settings
        made = refused = 0
        entry: int | None = None
        reason = ""
        try:
            translator = engine(
                settings.engine,
                EngineSettings(settings.base_url, settings.model, settings.api_key, settings.timeout, self.say),
            )
            try:
                self.say(f"translating {len(items):,} · Esc cancels")
                async for outcome in draft_all(translator, items, settings.language, concurrency=settings.concurrency):
                    if isinstance(outcome, Drafted):
                        made += 1
                        done = self.desk.translate(
                            outcome.seq,
                            outcome.draft.text,
                            state=TranslationState.MACHINE,
                            engine=outcome.draft.engine,
                            onto=entry,
                        )
                        entry = done.entry or entry
                        self.show_change(done.posts, "")
                    else:
                        refused += 1
                        reason = outcome.reason
                    self.say(f"translating {made + refused:,} of {len(items):,} · Esc cancels")
            finally:
                await translator.close()
        except PullquoteError as error:
            reason = str(error)
        finally:
            left = len(items) - made - refused
            self.say(_ending(made, refused, left, reason))

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


def same_language(lang: str | None, wanted: str) -> bool:
    """Whether a post is in the wanted language already, as far as its source says."""
    return lang is not None and lang.split("-")[0].lower() == wanted.split("-")[0].lower()
