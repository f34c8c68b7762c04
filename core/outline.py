"""An article: an ordered outline over a thread's marked posts."""

from dataclasses import dataclass

from core.models import Capture, Quote, Thread


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its quotes, fed by one tag."""

    tag: str
    """The tag's name, which is the heading; empty for quotes without a tag."""
    introduction: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """Everything that an exporter needs of a thread, in reading order.

    A quote stands once: under the first of its tags in section order, or in `closing`.
    """

    thread: Thread
    title: str
    """The writer's title, or empty."""
    root: Quote | None
    """The post itself, or None where no capture has it."""
    sections: tuple[Section, ...]
    """Sections with at least one quote; the one without a tag, if any, comes last."""
    closing: Quote | None
    """The one last quote, where the writer has chosen it."""
    captures: tuple[Capture, ...]
    """Newest first."""
    lang: str
    """The language that the article is written in, and translated into."""
    held_back: tuple[tuple[Quote, str], ...] = ()
    """Starred posts that are not exported, each with the reason."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotes in reading order, the root aside."""
        inside = tuple(quote for section in self.sections for quote in section.quotes)
        return inside if self.closing is None else (*inside, self.closing)
