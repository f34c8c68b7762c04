"""What the writer adds to posts: marks and translations, and a post seen with them."""

from dataclasses import dataclass
from enum import StrEnum

from core.models.posts import Post


class State(StrEnum):
    """What the writer has decided about a post."""

    NEW = "new"
    STARRED = "starred"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class News(StrEnum):
    """What the newest visit to the source says of a post."""

    NONE = ""
    ADDED = "added"
    """No earlier visit had brought it."""
    CHANGED = "changed"
    """Its text, a count, its status or its author's name had been another."""
    GONE = "gone"
    """A capture that was complete did not have it any more."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the writer added to a post."""

    state: State = State.NEW
    tags: tuple[str, ...] = ()
    """In the order in which they were given."""
    note: str = ""
    """Private; never exported."""
    lead_in: str = ""
    comment: str = ""
    excerpt: tuple[tuple[int, int], ...] = ()
    """Spans of the text to quote, as (start, end) in code points, ascending and apart; empty means the whole."""
    rating: int = 0
    """0 to 5; 0 is unrated."""
    review: bool = False
    """The writer wants to check this one."""
    confirmed: bool = False
    """The writer vouches for the author, who is unknown or in doubt."""


class TranslationState(StrEnum):
    """How far a translation can be trusted."""

    MACHINE = "machine"
    EDITED = "edited"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Translation:
    """A post's text in another language."""

    lang: str
    text: str
    state: TranslationState
    engine: str | None = None
    """The engine and model that drafted it; None where the writer did."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A post seen with its mark and its translation."""

    seq: int
    """The library's own number of the post; it does not travel."""
    post: Post
    mark: Mark
    translation: Translation | None
    depth: int
    """0 for the root, 1 for a reply to it; a reply whose parent is unknown counts as 1."""
    is_root: bool
    position: int
    """Place in the source's order, from 0."""
    news: News = News.NONE
    alike: int = 0
    """How many posts say the same, this one among them; 0 where none does, or they have not been compared."""
    accounts: int = 0
    """How many accounts they are by."""
    newer_text: str | None = None
    """What the post says now, where the author has edited it, or a truer text that would be shown if no excerpt or
    translation hung on this one; None where there is no such text."""

    def quoted_text(self, gap: str = " […] ") -> str:
        """The text, or its excerpt with `gap` where something is left out."""
        if not self.mark.excerpt:
            return self.post.text
        return excerpted(self.post.text, self.mark.excerpt, gap)


def excerpted(text: str, spans: tuple[tuple[int, int], ...], gap: str = " […] ") -> str:
    """The `spans` of `text`, with `gap` between them and at an end that was left out.

    White space at a cut is dropped, for the gap brings its own.
    """
    parts = [text[start:end].strip() for start, end in spans]
    joined = gap.join(part for part in parts if part)
    if spans and text[: spans[0][0]].strip():
        joined = gap.lstrip() + joined
    if spans and text[spans[-1][1] :].strip():
        joined += gap.rstrip()
    return joined
