"""What the desk and its tags share: making a change as one step of the journal, and telling what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.changes import ChangeName
from core.library import Library
from core.library.marks import Marks, change_marks
from core.library.rows import quotes
from core.models import Quote
from core.text.storable import storable


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """What a change did, for the status line."""

    name: ChangeName
    posts: frozenset[int]
    """The posts whose marks changed, as seqs; empty where nothing did."""
    entry: int | None = None
    """The journal entry's number, or None where nothing changed."""


def clean_typed_text(text: str) -> str:
    """Text that the writer typed, as it is kept: no carriage returns, no white space at its ends."""
    return storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True, slots=True)
class MarkEdits:
    """Edits of one thread's marks in one library, each a step that can be undone."""

    library: Library
    thread_id: int
    lang: str
    """The language that translations are made into."""

    def change(self, name: ChangeName, make: Callable[[Marks], object], onto: int | None = None) -> ChangeResult:
        """Make a change as one journal entry, or as more of the latest one where its number is `onto`."""
        with change_marks(self.library, self.thread_id, name, onto) as marks:
            make(marks)
        step = marks.step
        return ChangeResult(step.name, step.posts, step.entry)

    def quotes(self, seqs: Sequence[int]) -> list[Quote]:
        """The posts with their marks."""
        return quotes(self.library, seqs, self.lang)
