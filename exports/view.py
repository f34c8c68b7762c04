"""An article as an exporter sees it, in no format yet: plain numbers, and texts to the letter.

Text that others wrote is marked as such, and so is the writer's own Markdown, so that an exporter can tell them from
each other, and from what the program says.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from core.article.notices import KNOWN_CAPTURE, translation_is_due
from core.article.outline import Article, StandsElsewhere
from core.article.remarks import printed, remarks
from core.counts import COUNT_NAMES, count_values
from core.models import Flag, Quote, TimePrecision
from core.reasons import Reason
from core.text.post_links import link_of_post
from core.words import verdict_words, words
from exports.settings import ExportSettings


class OutsideText(str):
    """Text from outside or from the writer, to the letter: a format makes it harmless before it lets it out."""

    __slots__ = ()


class WriterMarkdown(str):
    """Markdown of the writer's own, to the letter."""

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
    """The day, where it is known: by the clock of the source's own zone, or else in UTC, which it says."""
    posted: str | None
    """The moment as RFC 3339 has it, for front matter; None where it is not known to the second."""
    shared_by: OutsideText
    """The handle of the account that passed the post on, with its `@`; blank where none did."""
    pictures: bool
    """The post has a picture or video."""
    remarks: tuple[OutsideText, ...]
    """What readers should know of it, in the article's language: that it is cut, edited since, gone."""
    lead_in: WriterMarkdown
    comment: WriterMarkdown

    @property
    def likes(self) -> int | None:
        """The count that articles print."""
        return self.counts["likes"]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading and its quotes; the heading is blank for quotes without a tag."""

    heading: WriterMarkdown
    introduction: WriterMarkdown
    quotes: tuple[QuoteView, ...]
    elsewhere: tuple["ElsewhereView", ...] = ()
    """The quotes with its tag that stand in another place."""


@dataclass(frozen=True, slots=True)
class ElsewhereView:
    """A quote with a section's tag that stands in another place."""

    who: OutsideText
    """Its author's handle; blank where it is unknown or not wanted."""
    text: OutsideText
    """The beginning of its text."""
    heading: WriterMarkdown
    """The section in which it stands; blank where it is the closing quote."""


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

    title: WriterMarkdown
    root: QuoteView | None
    sections: tuple[SectionView, ...]
    closing: QuoteView | None
    author: OutsideText
    """The root's handle, with its `@`."""
    link: OutsideLink | None
    captured: str | None
    """Day and minute in UTC, where the payload, the fetch or the writer says it; a file's date is none."""
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


def article_view(article: Article, settings: ExportSettings, tongue: str = "") -> ArticleView:
    """`article` for an exporter. The settings are applied here, so that no exporter and no template can forget them.

    `tongue` is the language of the template, where that is another than the article's.
    """
    tongue = tongue or article.lang
    thread = article.thread
    tools = dict.fromkeys(capture.tool for capture in article.captures if capture.tool)
    whole = ExportSettings(show_likes=settings.show_likes, show_links=settings.show_links)

    def view(quote: Quote, wanted: ExportSettings) -> QuoteView:
        return quote_view(quote, article.lang, wanted, article.remarks.get(quote.seq, ()), tongue)

    return ArticleView(
        lang=article.lang,
        title=WriterMarkdown(article.title),
        root=view(article.root, whole) if article.root else None,
        sections=tuple(
            SectionView(
                WriterMarkdown(section.tag),
                WriterMarkdown(section.introduction),
                tuple(view(quote, settings) for quote in section.quotes),
                tuple(_elsewhere(one, settings) for one in section.elsewhere),
            )
            for section in article.sections
        ),
        closing=view(article.closing, settings) if article.closing else None,
        author=_handle(thread.root_author),
        link=OutsideLink(link_of_post(thread.url)) if thread.url else None,
        captured=_time(thread.captured_at, "%Y-%m-%d %H:%M") if thread.captured_from in KNOWN_CAPTURE else None,
        quoted=sum(not quote.is_root for quote in article.quotes),
        read=thread.replies,
        claimed=thread.claimed,
        verdict=thread.verdict.value,
        verdict_words=verdict_words(thread.verdict, tongue),
        reasons=tuple(OutsideText(words(reason, tongue)) for reason in thread.reasons),
        tools=tuple(OutsideText(tool) for tool in tools),
        held_back=tuple(_held_back(quote, reason, tongue, settings) for quote, reason in article.held_back),
    )


def quote_view(
    quote: Quote, lang: str, settings: ExportSettings, said: tuple[Reason, ...] | None = None, tongue: str = ""
) -> QuoteView:
    """One quote for an exporter, in an article in the language `lang`; `said` is what is known against it.

    That is said in the language `tongue`, where it is another.
    """
    post, mark = quote.post, quote.mark
    known = settings.show_likes and Flag.ODD_COUNTS not in post.flags
    shown = settings.show_handle
    against = remarks(quote) if said is None else said
    return QuoteView(
        text=OutsideText(quote.quoted_text()),
        translation=OutsideText(quote.translation.text if quote.translation else ""),
        due=translation_is_due(quote, lang),
        handle=_handle(post.author if shown else None),
        name=OutsideText((post.author_name or "") if shown else ""),
        hidden=not shown,
        link=OutsideLink(link_of_post(post.url)) if post.url and shown and settings.show_links else None,
        counts={name: value if known else None for name, value in zip(COUNT_NAMES, count_values(post), strict=True)},
        rounded=Flag.ROUNDED_COUNTS in post.flags,
        date=_date(quote),
        posted=_moment(quote),
        shared_by=_handle(post.shared_by if shown else None),
        pictures=bool(post.media),
        remarks=tuple(OutsideText(words(reason, tongue or lang)) for reason in printed(against)),
        lead_in=WriterMarkdown(mark.lead_in),
        comment=WriterMarkdown(mark.comment),
    )


def _elsewhere(one: StandsElsewhere, settings: ExportSettings) -> ElsewhereView:
    """A quote that stands in another place than its section."""
    who = _handle(one.quote.post.author if settings.show_handle else None)
    return ElsewhereView(who, _beginning(one.quote), WriterMarkdown(one.tag or ""))


def _held_back(quote: Quote, reason: Reason, lang: str, settings: ExportSettings) -> HeldBackView:
    """One held-back post, with the beginning of its text."""
    who = _handle(quote.post.author if settings.show_handle else None)
    return HeldBackView(who, _beginning(quote), OutsideText(words(reason, lang)))


def _beginning(quote: Quote) -> OutsideText:
    """The first words of a post."""
    line = " ".join(quote.post.text.split())
    return OutsideText(line if len(line) <= 60 else f"{line[:60]}…")


def _handle(author: str | None) -> OutsideText:
    """A handle with its `@`, without the invisible characters that make look-alikes."""
    visible = "".join(char for char in author or "" if unicodedata.category(char) != "Cf").strip()
    return OutsideText(f"@{visible}" if visible else "")


def _date(quote: Quote) -> str | None:
    """The day of a post, or None where it was reckoned back, is unknown or cannot be."""
    post = quote.post
    if Flag.ODD_TIME in post.flags:
        return None
    if post.time_precision is TimePrecision.DAY:
        return _time(post.posted_at, "%Y-%m-%d")
    if post.time_precision is not TimePrecision.EXACT:
        return None
    if post.utc_offset is None:
        return _time(post.posted_at, "%Y-%m-%d UTC")
    return _time(post.posted_at, "%Y-%m-%d", post.utc_offset)


def _moment(quote: Quote) -> str | None:
    """The moment of a post with its zone, where it is known to the second."""
    post = quote.post
    if post.time_precision is not TimePrecision.EXACT or Flag.ODD_TIME in post.flags:
        return None
    day = _time(post.posted_at, "%Y-%m-%dT%H:%M:%S%z", post.utc_offset or 0)
    return None if day is None else f"{day[:-2]}:{day[-2:]}"


def _time(seconds: int | None, form: str, utc_offset: int = 0) -> str | None:
    """A time by a clock so many minutes east of UTC, or None where it is unknown or beyond the calendar."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, timezone(timedelta(minutes=utc_offset))).strftime(form)
    except (OverflowError, ValueError, OSError):
        return None
