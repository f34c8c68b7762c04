"""The desk: the only thing that changes marks. Every change is one journal entry, on disk when its method returns."""

from collections.abc import Sequence
from dataclasses import replace

from core.changes import ChangeName, ChangeVerb
from core.desk.steps import ChangeResult, MarkEdits, clean_typed_text
from core.desk.tags import TagEdits
from core.errors import MarkError
from core.library import journal, thread_posts
from core.library.journal import JournalEntry
from core.library.marks import Marks
from core.library.rows import quote
from core.models import State, Translation, TranslationState
from core.reasons import Reason, ReasonCode

__all__ = ["ChangeResult", "Desk"]

_STATE_VERBS = {
    State.STARRED: ChangeVerb.STAR,
    State.REJECTED: ChangeVerb.REJECT,
    State.SKIPPED: ChangeVerb.SKIP,
    State.NEW: ChangeVerb.MAKE_UNDECIDED,
}
_EDITED = TranslationState.EDITED


class Desk(MarkEdits):
    """The desk before one thread; each change that it makes is a step that can be undone."""

    @property
    def tags(self) -> TagEdits:
        """The edits of the thread's tags."""
        return TagEdits(self.library, self.thread_id, self.lang)

    def decide(self, seqs: Sequence[int], state: State) -> ChangeResult:
        """Set the state of posts; the root has none, for it stands first anyway."""
        kept = self._replies(seqs)
        name = ChangeName(_STATE_VERBS[state], len(kept))
        return self.change(name, lambda marks: marks.set_state(kept, state))

    def toggle_star(self, seqs: Sequence[int]) -> ChangeResult:
        """Star the posts, or make them undecided again where all of them are starred."""
        kept = self._replies(seqs)
        starred = thread_posts.count_in_state(self.library, kept, State.STARRED) == len(kept)
        return self.decide(kept, State.NEW if starred else State.STARRED)

    def rate(self, seqs: Sequence[int], rating: int) -> ChangeResult:
        """Rate posts 1 to 5, or 0 for unrated."""
        if rating not in range(6):
            raise MarkError(f"A rating is 0 to 5, not {rating}.")
        name = ChangeName(ChangeVerb.RATE, len(seqs), (str(rating),))
        return self.change(name, lambda marks: marks.set_rating(seqs, rating))

    def toggle_review(self, seqs: Sequence[int]) -> ChangeResult:
        """Flag posts for checking, or take the flag from them where all have it."""
        on = not all(found.mark.review for found in self.quotes(seqs))
        return self.review(seqs, on)

    def review(self, seqs: Sequence[int], on: bool) -> ChangeResult:
        """Flag posts for checking, or not."""
        name = ChangeName(ChangeVerb.FLAG if on else ChangeVerb.UNFLAG, len(seqs))
        return self.change(name, lambda marks: marks.set_review(seqs, on))

    def confirm(self, seqs: Sequence[int], on: bool = True) -> ChangeResult:
        """Vouch for the posts' authors, so that they may be quoted."""
        name = ChangeName(ChangeVerb.CONFIRM if on else ChangeVerb.NO_LONGER_CONFIRM, len(seqs))
        return self.change(name, lambda marks: marks.set_confirmed(seqs, on))

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
        texts = {field: clean_typed_text(text) for field, text in given.items() if text is not None}
        fields = [field.replace("_", "-") for field in texts] + ["translation"] * (translation is not None)

        def write(marks: Marks) -> None:
            marks.set_texts(seq, **texts)
            if translation is not None:
                before = self.quotes((seq,))[0].translation
                engine = before.engine if before else None
                self._translate(marks, seq, Translation(self.lang, translation, _EDITED, engine))

        return self.change(ChangeName(ChangeVerb.WRITE, names=tuple(fields)), write)

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
        chosen = [] if ordered == whole else ordered
        name = ChangeName(ChangeVerb.CHOOSE_EXCERPT if chosen else ChangeVerb.QUOTE_WHOLE)
        return self.change(name, lambda marks: marks.set_excerpt(seq, chosen))

    def translate(
        self,
        seq: int,
        text: str,
        *,
        lang: str | None = None,
        state: TranslationState = _EDITED,
        engine: str | None = None,
        onto: int | None = None,
    ) -> ChangeResult:
        """Set the translation of a post; an empty one is removed. With `onto`, as part of that latest journal entry."""
        given = Translation(lang or self.lang, text, state, engine)
        return self.change(ChangeName(ChangeVerb.TRANSLATE, 1), lambda marks: self._translate(marks, seq, given), onto)

    def _translate(self, marks: Marks, seq: int, given: Translation) -> None:
        """Set a translation as its writer typed it, or remove it where nothing is left of that."""
        if text := clean_typed_text(given.text):
            marks.set_translation(seq, replace(given, text=text))
        else:
            marks.remove_translation(seq, given.lang)

    def toggle_approval(self, seqs: Sequence[int]) -> ChangeResult:
        """Approve the translations, or take approval back where all have it."""
        translated = [found for found in self.quotes(seqs) if found.translation]
        if not translated:
            raise MarkError(Reason(ReasonCode.NOTHING_TO_APPROVE, names=(self.lang,)))
        on = not all(t.translation and t.translation.state is TranslationState.APPROVED for t in translated)
        return self.approve(seqs, on)

    def approve(self, seqs: Sequence[int], on: bool = True) -> ChangeResult:
        """Approve the posts' translations, or make them `edited` again; posts without one stay as they are."""
        translated = [found.seq for found in self.quotes(seqs) if found.translation]
        state = TranslationState.APPROVED if on else _EDITED
        name = ChangeName(ChangeVerb.APPROVE if on else ChangeVerb.UN_APPROVE, len(translated))
        return self.change(name, lambda marks: marks.set_translation_state(translated, self.lang, state))

    def set_article(
        self, *, title: str | None = None, closing: int | None = None, no_closing: bool = False
    ) -> ChangeResult:
        """Set the article's title, or the one last quote, or that there is none."""

        def set_article(marks: Marks) -> None:
            if title is not None:
                marks.set_title(clean_typed_text(title))
            if closing is not None or no_closing:
                marks.set_closing(closing)

        return self.change(
            ChangeName(ChangeVerb.NAME_ARTICLE if title is not None else ChangeVerb.CHOOSE_CLOSING), set_article
        )

    def undo(self) -> JournalEntry | None:
        """Take the latest change back; None where there is nothing to undo."""
        return journal.undo(self.library, self.thread_id)

    def redo(self) -> JournalEntry | None:
        """Make the change that was undone last again; None where there is none."""
        return journal.redo(self.library, self.thread_id)

    def history(self, limit: int = 50) -> list[JournalEntry]:
        """The latest changes that hold, newest first."""
        return journal.history(self.library, self.thread_id, limit)

    def _replies(self, seqs: Sequence[int]) -> list[int]:
        """The posts without the root. Raises MarkError where only the root was meant."""
        root = thread_posts.root_of(self.library, self.thread_id)
        kept = [seq for seq in seqs if seq != root]
        if seqs and not kept:
            raise MarkError("The post itself always stands first in the article; it needs no decision.")
        return kept
