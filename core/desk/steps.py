"""What every drawer of the desk needs: steps, the posts they are about, and what they did."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from core.library import Library, journal
from core.library.database import storable
from core.library.journal import JournalStep
from core.library.rows import quotes
from core.models import Quote


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """What a change did, for the status line."""

    name: str
    """For example `star 3 posts`."""
    posts: frozenset[int]
    """The posts whose marks changed, as seqs; empty where nothing did."""
    entry: int | None = None
    """The journal entry's number, or None where nothing changed."""


def clean_typed_text(text: str) -> str:
    """Text that the writer typed, as it is kept: no carriage returns, no white space at its ends."""
    return storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def change_result(step: JournalStep) -> ChangeResult:
    """What a finished step did."""
    posts = frozenset(key[0] for table, key, _, _ in step.changes if table in ("mark", "post_tag", "translation"))
    return ChangeResult(step.name, posts, step.entry)


@dataclass(frozen=True, slots=True)
class MarkEdits:
    """A part of the desk: one thread's marks in one library."""

    library: Library
    thread_id: int
    lang: str
    """The language that translations are made into."""

    @contextmanager
    def step(self, name: str, onto: int | None = None) -> Iterator[JournalStep]:
        """One journal entry, or more of the latest one where its number is `onto`."""
        with journal.step(self.library, self.thread_id, name, onto) as made:
            yield made

    def each(self, name: str, seqs: Sequence[int], change: Callable[[JournalStep, int], None]) -> ChangeResult:
        """Make the same change to every one of the posts, as one step."""
        with self.step(name) as made:
            for seq in seqs:
                change(made, seq)
        return change_result(made)

    def mark(self, name: str, seqs: Sequence[int], **columns: object) -> ChangeResult:
        """Set the same columns of every one of the posts' marks, as one step."""
        with self.step(name) as made:
            made.put_marks(list(dict.fromkeys(seqs)), **columns)
        return change_result(made)

    def quotes(self, seqs: Sequence[int]) -> list[Quote]:
        """The posts with their marks."""
        return quotes(self.library, seqs, self.lang)
