"""The desk: the only thing that changes marks. Every change is one journal entry, on disk when its method returns."""

import json
from collections.abc import Sequence

from core.desk.steps import ChangeResult, MarkEdits, change_result, clean_typed_text
from core.desk.tags import TagEdits
from core.errors import MarkError
from core.library import journal, views
from core.library.journal import JournalEntry, JournalStep
from core.library.rows import quote
from core.models import State, TranslationState
from core.text.counted import counted
from core.text.matching import fold

__all__ = ["ChangeResult", "Desk"]

_STATE_WORDS = {
    State.STARRED: "star",
    State.REJECTED: "reject",
    State.SKIPPED: "skip",
    State.NEW: "make undecided",
}


class Desk(MarkEdits):
    """The marks of one thread."""

    @property
    def tags(self) -> TagEdits:
        """The thread's tags."""
        return TagEdits(self.library, self.thread_id, self.lang)

    def decide(self, seqs: Sequence[int], state: State) -> ChangeResult:
        """Set the state of posts; the root has none, for it stands first anyway."""
        kept = self._replies(seqs)
        return self.mark(f"{_STATE_WORDS[state]} {counted(len(kept), 'post')}", kept, state=state)

    def toggle_star(self, seqs: Sequence[int]) -> ChangeResult:
        """Star the posts, or make them undecided again where all of them are starred."""
        kept = self._replies(seqs)
        starred = views.count_in_state(self.library, kept, State.STARRED) == len(kept)
        return self.decide(kept, State.NEW if starred else State.STARRED)

    def rate(self, seqs: Sequence[int], rating: int) -> ChangeResult:
        """Give 1 to 5, or 0 for none."""
        if rating not in range(6):
            raise MarkError(f"A rating is 0 to 5, not {rating}.")
        return self.mark(f"rate {counted(len(seqs), 'post')} {rating}", seqs, rating=rating)

    def toggle_review(self, seqs: Sequence[int]) -> ChangeResult:
        """Flag posts for checking, or take the flag from them where all have it."""
        on = not all(found.mark.review for found in self.quotes(seqs))
        return self.review(seqs, on)

    def review(self, seqs: Sequence[int], on: bool) -> ChangeResult:
        """Flag posts for checking, or not."""
        word = "flag" if on else "unflag"
        return self.mark(f"{word} {counted(len(seqs), 'post')} for checking", seqs, review=int(on))

    def confirm(self, seqs: Sequence[int], on: bool = True) -> ChangeResult:
        """Vouch for the posts' authors, so that they may be quoted."""
        word = "confirm" if on else "no longer confirm"
        return self.mark(f"{word} the author of {counted(len(seqs), 'post')}", seqs, confirmed=int(on))

    def write(
        self,
        seq: int,
        *,
        lead_in: str | None = None,
        comment: str | None = None,
        note: str | None = None,
        translation: str | None = None,
    ) -> ChangeResult:
        """Set what stands on a post's card, as one step; None leaves a field as it is.

        A translation that the writer sets is `edited`, and one that is emptied is removed.
        """
        given = {"lead_in": lead_in, "comment": comment, "note": note}
        columns = {name: clean_typed_text(text) for name, text in given.items() if text is not None}
        fields = [name.replace("_", "-") for name in columns] + ["translation"] * (translation is not None)
        with self.step(f"write the {' and '.join(fields)}") as step:
            if columns:
                step.put("mark", (seq,), **columns)
            if translation is not None:
                drafted = self.quotes((seq,))[0].translation
                self._set_translation(step, seq, self.lang, translation, drafted.engine if drafted else None)
        return change_result(step)

    def excerpt(self, seq: int, spans: Sequence[tuple[int, int]]) -> ChangeResult:
        """Quote only these spans (code points, end exclusive) of the text; none means the whole.

        Raises MarkError where a span lies outside the text or they overlap.
        """
        text = quote(self.library, seq, self.lang).post.text
        ordered = sorted(spans)
        end_before = 0
        for start, end in ordered:
            if not end_before <= start < end <= len(text) or not text[start:end].strip():
                raise MarkError(f"The excerpt {start}:{end} does not fit a text of {len(text)} characters.")
            end_before = end
        whole = [(0, len(text))]
        stored = json.dumps([] if ordered == whole else ordered)
        name = "choose an excerpt" if ordered and ordered != whole else "quote the whole"
        return self.each(name, (seq,), lambda step, seq: step.put("mark", (seq,), excerpt=stored))

    def translate(
        self,
        seq: int,
        text: str,
        *,
        lang: str | None = None,
        state: TranslationState = TranslationState.EDITED,
        engine: str | None = None,
        onto: int | None = None,
    ) -> ChangeResult:
        """Set the translation of a post; an empty one is removed. With `onto`, as part of that latest journal entry."""
        with self.step("translate 1 post", onto=onto) as step:
            self._set_translation(step, seq, lang or self.lang, text, engine, state)
        return change_result(step)

    def _set_translation(
        self,
        step: JournalStep,
        seq: int,
        lang: str,
        text: str,
        engine: str | None,
        state: TranslationState = TranslationState.EDITED,
    ) -> None:
        """Put or drop a translation."""
        if kept := clean_typed_text(text):
            folded = None if kept.isascii() else fold(kept)
            step.put("translation", (seq, lang), text=kept, folded=folded, state=state, engine=engine)
        else:
            step.drop("translation", (seq, lang))

    def toggle_approval(self, seqs: Sequence[int]) -> ChangeResult:
        """Approve the translations, or take approval back where all have it."""
        translated = [found for found in self.quotes(seqs) if found.translation]
        if not translated:
            raise MarkError(f"There is no translation into {self.lang} to approve; e writes one, T asks a machine.")
        on = not all(t.translation and t.translation.state is TranslationState.APPROVED for t in translated)
        return self.approve(seqs, on)

    def approve(self, seqs: Sequence[int], on: bool = True) -> ChangeResult:
        """Approve the posts' translations, or make them `edited` again; posts without one stay as they are."""
        translated = [found.seq for found in self.quotes(seqs) if found.translation]
        state = TranslationState.APPROVED if on else TranslationState.EDITED
        return self.each(
            f"{'approve' if on else 'un-approve'} {counted(len(translated), 'post')}",
            translated,
            lambda step, seq: step.put("translation", (seq, self.lang), state=state),
        )

    def set_article(
        self, *, title: str | None = None, closing: int | None = None, no_closing: bool = False
    ) -> ChangeResult:
        """Set the article's title, or the one last quote, or that there is none."""
        with self.step("name the article" if title is not None else "choose the closing quote") as step:
            if title is not None:
                step.put("thread", (self.thread_id,), title=clean_typed_text(title))
            if closing is not None or no_closing:
                step.put("thread", (self.thread_id,), closing=closing)
        return change_result(step)

    def undo(self) -> JournalEntry | None:
        """Take the latest change back."""
        return journal.undo(self.library, self.thread_id)

    def redo(self) -> JournalEntry | None:
        """Make again the change that was undone last."""
        return journal.redo(self.library, self.thread_id)

    def history(self, limit: int = 50) -> list[JournalEntry]:
        """The latest changes that hold, newest first."""
        return journal.history(self.library, self.thread_id, limit)

    def _replies(self, seqs: Sequence[int]) -> list[int]:
        """The posts without the root. Raises MarkError where only the root was meant."""
        root = views.root_of(self.library, self.thread_id)
        kept = [seq for seq in seqs if seq != root]
        if seqs and not kept:
            raise MarkError("The post itself always stands first in the article; it needs no decision.")
        return kept
