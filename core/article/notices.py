"""What the writer of an article should know of it when it is written: what is against its quotes, and what is open."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.article.outline import Article
from core.models import CapturedFrom, Quote
from core.reasons import Reason, ReasonCode
from core.text.language import is_written_in

KNOWN_CAPTURE = frozenset({CapturedFrom.PAYLOAD, CapturedFrom.FETCH, CapturedFrom.GIVEN})
"""What an article takes for the date of a capture; a file's own date is none."""


@dataclass(frozen=True, slots=True)
class ArticleNotice:
    """Something that the writer should know before the article is read by others."""

    reasons: tuple[Reason, ...]
    quote: Quote | None = None
    """The quote that it is about; None where it is about the article."""


def notices(article: Article) -> tuple[ArticleNotice, ...]:
    """What is against the quotes, what stands elsewhere than its tags say, and what the article cannot say."""
    return (
        *(ArticleNotice((reason,), quote) for quote, reason in _elsewhere(article)),
        *(
            ArticleNotice(article.remarks[quote.seq], quote)
            for quote in (*((article.root,) if article.root else ()), *article.quotes)
            if quote.seq in article.remarks
        ),
        *_of_the_capture(article),
    )


def _elsewhere(article: Article) -> Iterator[tuple[Quote, Reason]]:
    """The quotes that a section's tag names and that stand in another place, each with where."""
    for section in article.sections:
        for one in section.elsewhere:
            if one.tag is None:
                yield one.quote, Reason(ReasonCode.STANDS_LAST, names=(section.tag,))
            else:
                yield one.quote, Reason(ReasonCode.STANDS_UNDER, names=(section.tag, one.tag))


def _of_the_capture(article: Article) -> Iterator[ArticleNotice]:
    """That the article does not say when it was captured, where that is so."""
    if article.thread.captured_at is not None and article.thread.captured_from not in KNOWN_CAPTURE:
        yield ArticleNotice((Reason(ReasonCode.CAPTURE_UNDATED),))


def translation_is_due(quote: Quote, lang: str) -> bool:
    """Whether the quoted words are in another language than the article's, and no translation is there."""
    has_one = quote.translation is not None and bool(quote.translation.text.strip())
    return not has_one and not is_written_in(quote.quoted_text(), quote.post.lang, lang)


def open_work(article: Article) -> tuple[Reason, ...]:
    """What the writer has still to write, as far as the library can tell, each with its number."""
    quotes = article.quotes
    shown = quotes if article.root is None else (article.root, *quotes)
    counts = {
        ReasonCode.OPEN_TITLE: not article.title.strip(),
        ReasonCode.OPEN_TRANSLATIONS: sum(translation_is_due(quote, article.lang) for quote in shown),
        ReasonCode.OPEN_COMMENTS: sum(not quote.mark.comment.strip() for quote in quotes),
        ReasonCode.OPEN_INTRODUCTIONS: sum(not one.introduction.strip() for one in article.sections if one.tag),
        ReasonCode.OPEN_CLOSING: article.closing is None,
    }
    return tuple(Reason(code, (int(count),)) for code, count in counts.items() if count)
