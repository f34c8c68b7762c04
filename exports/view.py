"""An article as an exporter sees it, in no format yet: plain numbers, and texts to the letter.

Text that others or the writer wrote is marked as such, so that an exporter can tell it from what the program says.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from core.article.outline import Article
from core.counts import COUNT_NAMES, count_values
from core.models import Flag, Quote, TimePrecision
from core.reasons import Reason
from core.text.language import is_written_in
from core.words import verdict_words, words
from exports.settings import ExportSettings


class OutsideText(str):
    """Text from outside or from the writer, to the letter: a format makes it harmless before it lets it out."""

    __slots__ = ()


class OutsideLink(OutsideText):
    """A link from outside, which may lead anywhere or be none."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote as an article shows it: its texts, its author and its figures."""

    text: OutsideText
    """The original, or its excerpt."""
    translation: OutsideText
    due: bool
    """The original is in another language than the article, and no translation is there."""
    handle: OutsideText
    """With its `@`; blank where it is unknown or not wanted."""
    name: OutsideText
    hidden: bool
    """The settings ask for no authors."""
    link: OutsideLink | None
    counts: Mapping[str, int | None]
    """Every count of the post by its name, as `core.counts` declares them; None is unknown or not wanted."""
    rounded: bool
    """The source rounded its counts."""
    date: str | None
    """The day in UTC, where it is known."""
    lead_in: OutsideText
    comment: OutsideText

    @property
    def likes(self) -> int | None:
        """The count that articles print."""
        return self.counts["likes"]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading and its quotes; the heading is blank for quotes without a tag."""

    heading: OutsideText
    introduction: OutsideText
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class HeldBackView:
    """A starred post that is not in the article, and why."""

    who: OutsideText
    text: OutsideText
    reason: OutsideText


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with the figures of its capture; what is unknown is None."""

    lang: str
    """The language of the article (BCP 47)."""

    title: OutsideText
    root: QuoteView | None
    sections: tuple[SectionView, ...]
    closing: QuoteView | None
    author: OutsideText
    """The root's handle, with its `@`."""
    link: OutsideLink | None
    captured: str | None
    """Day and minute in UTC."""
    quoted: int
    read: int
    claimed: int | None
    verdict: str
    """A code: complete, partial, empty, failed or unknown."""
    verdict_words: str
    """The verdict in the article's language."""
    reasons: tuple[OutsideText, ...]
    tools: tuple[OutsideText, ...]
    held_back: tuple[HeldBackView, ...]


def article_view(article: Article, settings: ExportSettings) -> ArticleView:
    """`article` for an exporter. The settings are applied here, so that no exporter and no template can forget them."""
    thread = article.thread
    tools = dict.fromkeys(capture.tool for capture in article.captures if capture.tool)
    whole = ExportSettings(show_likes=settings.show_likes, show_links=settings.show_links)
    return ArticleView(
        lang=article.lang,
        title=OutsideText(article.title),
        root=quote_view(article.root, article.lang, whole) if article.root else None,
        sections=tuple(
            SectionView(
                OutsideText(section.tag),
                OutsideText(section.introduction),
                tuple(quote_view(quote, article.lang, settings) for quote in section.quotes),
            )
            for section in article.sections
        ),
        closing=quote_view(article.closing, article.lang, settings) if article.closing else None,
        author=_handle(thread.root_author),
        link=OutsideLink(thread.url) if thread.url else None,
        captured=_utc_text(thread.captured_at, "%Y-%m-%d %H:%M"),
        quoted=sum(not quote.is_root for quote in article.quotes),
        read=thread.replies,
        claimed=thread.claimed,
        verdict=thread.verdict.value,
        verdict_words=verdict_words(thread.verdict, article.lang),
        reasons=tuple(OutsideText(words(reason, article.lang)) for reason in thread.reasons),
        tools=tuple(OutsideText(tool) for tool in tools),
        held_back=tuple(_held_back(quote, reason, article.lang, settings) for quote, reason in article.held_back),
    )


def quote_view(quote: Quote, lang: str, settings: ExportSettings) -> QuoteView:
    """One quote for an exporter, in an article in the language `lang`."""
    post, mark = quote.post, quote.mark
    text = quote.quoted_text()
    translation = quote.translation.text if quote.translation else ""
    known = settings.show_likes and Flag.ODD_COUNTS not in post.flags
    shown = settings.show_handle
    return QuoteView(
        text=OutsideText(text),
        translation=OutsideText(translation),
        due=not translation.strip() and not is_written_in(text, post.lang, lang),
        handle=_handle(post.author if shown else None),
        name=OutsideText((post.author_name or "") if shown else ""),
        hidden=not shown,
        link=OutsideLink(post.url) if post.url and shown and settings.show_links else None,
        counts={name: value if known else None for name, value in zip(COUNT_NAMES, count_values(post), strict=True)},
        rounded=Flag.ROUNDED_COUNTS in post.flags,
        date=_date(quote),
        lead_in=OutsideText(mark.lead_in),
        comment=OutsideText(mark.comment),
    )


def _held_back(quote: Quote, reason: Reason, lang: str, settings: ExportSettings) -> HeldBackView:
    """One held-back post, with the beginning of its text."""
    who = _handle(quote.post.author if settings.show_handle else None)
    beginning = " ".join(quote.post.text.split())
    return HeldBackView(
        who, OutsideText(beginning if len(beginning) <= 60 else f"{beginning[:60]}…"), OutsideText(words(reason, lang))
    )


def _handle(author: str | None) -> OutsideText:
    """A handle with its `@`, without the invisible characters that make look-alikes."""
    visible = "".join(char for char in author or "" if unicodedata.category(char) != "Cf").strip()
    return OutsideText(f"@{visible}" if visible else "")


def _date(quote: Quote) -> str | None:
    """The day of a post, or None where it was reckoned back, is unknown or cannot be."""
    known = quote.post.time_precision in (TimePrecision.EXACT, TimePrecision.DAY)
    return _utc_text(quote.post.posted_at, "%Y-%m-%d") if known and Flag.ODD_TIME not in quote.post.flags else None


def _utc_text(seconds: int | None, form: str) -> str | None:
    """A time in UTC, or None where it is unknown or beyond the calendar."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime(form)
    except (OverflowError, ValueError, OSError):
        return None
