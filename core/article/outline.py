"""An article: an ordered outline over a thread's marked posts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.article.remarks import remarks
from core.library import Library, tags, thread_posts, threads
from core.library.page import QuoteRow, quote_rows
from core.models import Capture, PostStatus, Quote, State, Thread
from core.reasons import Reason, ReasonCode
from core.text.counted import counted
from core.thread.attribution import hold_back_reason


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its quotes, fed by one tag."""

    tag: str
    """The tag's name, which is the heading; empty for quotes without a tag."""
    introduction: str
    quotes: tuple[Quote, ...]
    elsewhere: tuple["StandsElsewhere", ...] = ()
    """The quotes that have the tag too, and stand in another place."""


@dataclass(frozen=True, slots=True)
class StandsElsewhere:
    """A quote of a section's tag that stands in another place of the article."""

    quote: Quote
    tag: str | None
    """The section in which it stands; None where it is the closing quote."""


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
    """Sections that a quote is tagged for, wherever it stands; the one without a tag, if any, comes last."""
    closing: Quote | None
    """The one last quote, where the writer has chosen one that can be quoted."""
    captures: tuple[Capture, ...]
    """Newest first."""
    lang: str
    """The language that the article is written in, and translated into."""
    held_back: tuple[tuple[Quote, Reason], ...] = ()
    """Chosen posts that are not exported, each with the reason."""
    remarks: Mapping[int, tuple[Reason, ...]] = field(default_factory=dict)
    """What is known against each quote as it stands, by its seq."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotes in reading order, the root aside."""
        inside = tuple(quote for section in self.sections for quote in section.quotes)
        return inside if self.closing is None else (*inside, self.closing)

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
    return Article(
        thread=thread,
        title=title,
        root=None if root_seq is None else found[root_seq].quote,
        sections=_sections(library, thread_id, left, closing, found),
        closing=closing,
        captures=threads.captures(library, thread_id),
        lang=lang,
        held_back=held_back,
        remarks={seq: said for seq, row in found.items() if (said := remarks(row.quote, row.look))},
    )


def _sections(
    library: Library, thread_id: int, left: dict[int, Quote], closing: Quote | None, found: Mapping[int, QuoteRow]
) -> tuple[Section, ...]:
    """The sections, and in each what is `left` for it when those before it have taken theirs."""
    places: dict[int, str | None] = {} if closing is None else {closing.seq: None}
    sections = []
    for tag in tags.tags(library, thread_id):
        tagged = tags.tagged_posts(library, tag.id, starred=True)
        here = tuple(left.pop(seq) for seq in tagged if seq in left)
        elsewhere = tuple(StandsElsewhere(found[seq].quote, places[seq]) for seq in tagged if seq in places)
        places |= {quote.seq: tag.name for quote in here}
        if here or elsewhere:
            sections.append(Section(tag.name, tag.introduction, here, elsewhere))
    if left:
        sections.append(Section("", "", tuple(left.values())))
    return tuple(sections)


def why_left_out(quote: Quote) -> Reason | None:
    """Why a chosen post cannot be quoted, or None."""
    if quote.mark.confirmed:
        return None
    if doubt := hold_back_reason(quote.post):
        return Reason(ReasonCode.TO_BE_CONFIRMED, causes=(doubt,))
    if quote.post.text.strip():
        return None
    if quote.post.status is not PostStatus.LIVE:
        return Reason(ReasonCode.WITHOUT_TEXT, names=(str(quote.post.status),))
    return Reason(ReasonCode.PICTURE_ONLY if quote.post.media else ReasonCode.NO_WORDS)
