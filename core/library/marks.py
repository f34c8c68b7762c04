"""The marks of a thread, changed in the writer's terms: states, texts, spans to quote, translations, tags.

Every change is part of a step of the journal, the only door through which the tables of marks are written.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from core.changes import ChangeName
from core.library import journal
from core.library.database import Library
from core.library.journal import JournalStep
from core.library.tags import tagged_posts
from core.models import State, Translation, TranslationState
from core.text.matching import fold


@contextmanager
def change_marks(library: Library, thread_id: int, name: ChangeName, onto: int | None = None) -> Iterator["Marks"]:
    """One change of a thread's marks, on disk when the block ends; `name` and `onto` are as in `journal.step`."""
    with journal.step(library, thread_id, name, onto) as step:
        yield Marks(library, step)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one thread while a step changes them; posts are given as seqs, tags by their numbers."""

    library: Library
    step: JournalStep

    # What is said of posts

    def set_state(self, seqs: Iterable[int], state: State) -> None:
        """Set what the writer has decided about posts."""
        self.step.put_marks(seqs, state=state)

    def set_rating(self, seqs: Iterable[int], rating: int) -> None:
        """Rate posts 1 to 5, or 0 for unrated."""
        self.step.put_marks(seqs, rating=rating)

    def set_review(self, seqs: Iterable[int], on: bool) -> None:
        """Flag posts for checking, or take the flag from them."""
        self.step.put_marks(seqs, review=int(on))

    def set_confirmed(self, seqs: Iterable[int], on: bool) -> None:
        """Vouch for the posts' authors, or no longer."""
        self.step.put_marks(seqs, confirmed=int(on))

    def set_texts(
        self, seq: int, *, lead_in: str | None = None, comment: str | None = None, note: str | None = None
    ) -> None:
        """Set what the writer says beside a post; None leaves a text as it is."""
        texts = {"lead_in": lead_in, "comment": comment, "note": note}
        self.step.put_marks((seq,), **{column: text for column, text in texts.items() if text is not None})

    def set_excerpt(self, seq: int, spans: Sequence[tuple[int, int]]) -> None:
        """Quote only these spans of a post's text, or all of it where there are none."""
        self.step.put_marks((seq,), excerpt=json.dumps(spans))

    # Translations

    def set_translation(self, seq: int, translation: Translation) -> None:
        """Set a post's translation into one language."""
        text = translation.text
        self.step.put(
            "translation",
            (seq, translation.lang),
            text=text,
            folded=None if text.isascii() else fold(text),
            state=translation.state,
            engine=translation.engine,
        )

    def set_translation_state(self, seqs: Iterable[int], lang: str, state: TranslationState) -> None:
        """Say how far the posts' translations into a language, which they must have, can be trusted."""
        for seq in seqs:
            self.step.put("translation", (seq, lang), state=state)

    def remove_translation(self, seq: int, lang: str) -> None:
        """Remove a post's translation into a language, if it has one."""
        self.step.drop("translation", (seq, lang))

    # The article

    def set_title(self, title: str) -> None:
        """Set the article's title."""
        self.step.put("thread", (self.step.thread_id,), title=title)

    def set_closing(self, seq: int | None) -> None:
        """Set the article's one last quote, or that there is none."""
        self.step.put("thread", (self.step.thread_id,), closing=seq)

    # Tags

    def make_tag(self, name: str, slot: int | None) -> int:
        """Make a tag that feeds the last section; returns its number."""
        (position,) = self.step.connection.execute(
            "SELECT coalesce(max(position), -1) + 1 FROM tag WHERE thread_id = ?", (self.step.thread_id,)
        ).fetchone()
        return self.step.insert(
            "tag", thread_id=self.step.thread_id, name=name, slot=slot, position=position, introduction=""
        )

    def rename_tag(self, tag_id: int, name: str) -> None:
        """Give a tag another name."""
        self.step.put("tag", (tag_id,), name=name)

    def set_tag_slot(self, tag_id: int, slot: int | None) -> None:
        """Put a tag on a digit key, or on none."""
        self.step.put("tag", (tag_id,), slot=slot)

    def set_introduction(self, tag_id: int, text: str) -> None:
        """Set what opens the section that a tag feeds."""
        self.step.put("tag", (tag_id,), introduction=text)

    def order_sections(self, tag_ids: Iterable[int]) -> None:
        """Put the sections of all the thread's tags in this order."""
        for position, tag_id in enumerate(tag_ids):
            self.step.put("tag", (tag_id,), position=position)

    def delete_tag(self, tag_id: int) -> None:
        """Remove a tag from every post, and from the thread."""
        self.take_tag(tagged_posts(self.library, tag_id), tag_id)
        self.step.drop("tag", (tag_id,))

    def give_tag(self, seqs: Iterable[int], tag_id: int) -> None:
        """Give a tag to posts that lack it, after all tags that were given in the thread before."""
        have = set(tagged_posts(self.library, tag_id))
        (position,) = self.step.connection.execute(
            "SELECT coalesce(max(pt.position), -1) + 1 FROM post_tag pt JOIN tag g ON g.id = pt.tag_id "
            "WHERE g.thread_id = ?",
            (self.step.thread_id,),
        ).fetchone()
        for place, seq in enumerate((seq for seq in seqs if seq not in have), position):
            self.step.put("post_tag", (seq, tag_id), position=place)

    def take_tag(self, seqs: Iterable[int], tag_id: int) -> None:
        """Take a tag from those of the posts that have it."""
        for seq in seqs:
            self.step.drop("post_tag", (seq, tag_id))

    def order_quotes(self, tag_id: int, seqs: Sequence[int]) -> None:
        """Put these of a tag's posts in this order, in the places that they had among the others."""
        rows = self.step.connection.execute("SELECT post, position FROM post_tag WHERE tag_id = ?", (tag_id,))
        wanted = set(seqs)
        places = sorted(place for seq, place in rows if seq in wanted)
        for seq, place in zip(seqs, places, strict=True):
            self.step.put("post_tag", (seq, tag_id), position=place)
