"""An article: an ordered outline over a thread's marked posts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.library import Library, tags, thread_posts, threads
from core.library.page import quote_rows
from core.models import Capture, Quote, State, Thread
from core.reasons import Reason, ReasonCode
from core.text.counted import counted
from core.thread.attribution import hold_back_reason
from core.thread.history import RecheckedState


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
    """The one last quote, where the writer has chosen one that can be quoted."""
    captures: tuple[Capture, ...]
    """Newest first."""
    lang: str
    """The language that the article is written in, and translated into."""
    held_back: tuple[tuple[Quote, Reason], ...] = ()
    """Chosen posts that are not exported, each with the reason."""
    looks: Mapping[int, RecheckedState] = field(default_factory=dict)
    """What later looks at the source found of the quoted posts, by their seqs."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotes in reading order, the root aside."""
        inside = tuple(quote for section in self.sections for quote in section.quotes)
        return inside if self.closing is None else (*inside, self.closing)

    @property
    def doubts(self) -> tuple[tuple[Quote, Reason], ...]:
        """Quotes that a recheck did not find as they were captured, each with what it found."""
        return tuple(
            (quote, self.looks[quote.seq].reason)
            for quote in self.quotes
            if quote.seq in self.looks and self.looks[quote.seq].outcome not in ("live", "unknown")
        )

    @property
    def size(self) -> str:
        """How much it quotes: `16 quotes in 9 sections`."""
        return f"{counted(len(self.quotes), 'quote')} in {counted(len(self.sections), 'section')}"


def outline(library: Library, thread_id: int, lang: str) -> Article:
    """The article that the thread's marks make now."""
    thread = threads.thread(library, thread_id)
    title, closing_seq = threads.article_title_and_closing(library, thread_id)
    root_seq = thread_posts.root_of(library, thread_id)
    starred_seqs = thread_posts.posts_in_state(library, thread_id, State.STARRED)
    wanted = dict.fromkeys(seq for seq in (root_seq, closing_seq, *starred_seqs) if seq is not None)
    found = {row.quote.seq: row for row in quote_rows(library, tuple(wanted), lang)}
    starred = [found[seq].quote for seq in starred_seqs]
    held_back = tuple((quote, reason) for quote in starred if (reason := why_left_out(quote)))
    held = {quote.seq for quote, _ in held_back}
    left = {quote.seq: quote for quote in starred if quote.seq not in held and quote.seq != closing_seq}
    closing = None if closing_seq is None else found[closing_seq].quote
    if closing is not None and (reason := why_left_out(closing)):
        held_back, closing = (*(pair for pair in held_back if pair[0].seq != closing_seq), (closing, reason)), None
    sections = []
    for tag in tags.tags(library, thread_id):
        here = [left.pop(seq) for seq in tags.tagged_posts(library, tag.id, starred=True) if seq in left]
        if here:
            sections.append(Section(tag.name, tag.introduction, tuple(here)))
    if left:
        sections.append(Section("", "", tuple(left.values())))
    return Article(
        thread=thread,
        title=title,
        root=None if root_seq is None else found[root_seq].quote,
        sections=tuple(sections),
        closing=closing,
        captures=threads.captures(library, thread_id),
        lang=lang,
        held_back=held_back,
        looks={seq: look for seq in starred_seqs if (look := found[seq].look) is not None},
    )


def why_left_out(quote: Quote) -> Reason | None:
    """Why a chosen post cannot be quoted, or None."""
    if quote.mark.confirmed:
        return None
    if doubt := hold_back_reason(quote.post):
        return Reason(ReasonCode.TO_BE_CONFIRMED, causes=(doubt,))
    if not quote.post.text.strip():
        return Reason(ReasonCode.WITHOUT_TEXT, names=(str(quote.post.status),))
    return None
