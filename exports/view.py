"""An article as a template sees it: every value is fit for Markdown, whatever the template does with it."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from core.article.outline import Article
from core.counts import COUNT_NAMES, count_values
from core.models import Flag, Quote, TimePrecision
from core.reasons import Reason
from core.text.language import is_written_in
from core.words import words
from exports import ExportSettings, escaping
from exports.characters import balanced, harmless


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class WriterSafe:
    """Text from outside or from the writer; as a string it is one line of Markdown, and it is false when blank."""

    _raw: str

    def __str__(self) -> str:
        return escaping.inline(self._raw)

    __repr__ = __str__

    def __bool__(self) -> bool:
        return bool(self._raw.strip())

    def paragraphs(self, before: str = "", after: str = "") -> str:
        """The text with its line breaks, as Markdown, between `before` and `after`."""
        return escaping.paragraphs(f"{before}{self._raw.strip()}{after}" if before or after else self._raw)

    def yaml(self) -> str:
        """The text as a quoted YAML string, for front matter."""
        return json.dumps(balanced(harmless(self._raw)), ensure_ascii=False).replace("{", "\\u007b")


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote in an article."""

    text: WriterSafe
    """The original, or its excerpt."""
    translation: WriterSafe
    due: bool
    """The original is in another language than the article, and no translation is there."""
    handle: WriterSafe
    """With its `@`; blank where it is unknown or not wanted."""
    name: WriterSafe
    hidden: bool
    """The settings ask for no authors."""
    link: str | None
    counts: Mapping[str, int | None]
    """Every count of the post by its name, as `core.counts` declares them; None is unknown or not wanted."""
    rounded: bool
    """The source rounded its counts."""
    date: str | None
    """The day in UTC, where it is known."""
    lead_in: WriterSafe
    comment: WriterSafe

    @property
    def likes(self) -> int | None:
        """The count that articles print."""
        return self.counts["likes"]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading and its quotes; the heading is blank for quotes without a tag."""

    heading: WriterSafe
    introduction: WriterSafe
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A starred post that is not in the article, and why."""

    who: WriterSafe
    text: WriterSafe
    reason: WriterSafe


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with the figures of its capture; what is unknown is None."""

    title: WriterSafe
    root: QuoteView | None
    sections: tuple[SectionView, ...]
    closing: QuoteView | None
    author: WriterSafe
    """The root's handle, with its `@`."""
    link: str | None
    captured: str | None
    """Day and minute in UTC."""
    quoted: int
    read: int
    claimed: int | None
    verdict: str
    reasons: tuple[WriterSafe, ...]
    tools: tuple[WriterSafe, ...]
    held_back: tuple[HeldBack, ...]


def article_view(article: Article, settings: ExportSettings) -> ArticleView:
    """`article` for a template. The settings are applied here, so that no template can forget them."""
    thread = article.thread
    tools = dict.fromkeys(capture.tool for capture in article.captures if capture.tool)
    whole = ExportSettings(show_likes=settings.show_likes, show_links=settings.show_links)
    return ArticleView(
        title=WriterSafe(article.title),
        root=quote_view(article.root, article.lang, whole) if article.root else None,
        sections=tuple(
            SectionView(
                WriterSafe(section.tag),
                WriterSafe(section.introduction),
                tuple(quote_view(quote, article.lang, settings) for quote in section.quotes),
            )
            for section in article.sections
        ),
        closing=quote_view(article.closing, article.lang, settings) if article.closing else None,
        author=_handle(thread.root_author),
        link=escaping.link(thread.url) if thread.url else None,
        captured=_moment(thread.captured_at, "%Y-%m-%d %H:%M"),
        quoted=sum(not quote.is_root for quote in article.quotes),
        read=thread.replies,
        claimed=thread.claimed,
        verdict=thread.verdict.value,
        reasons=tuple(WriterSafe(words(reason, article.lang)) for reason in thread.reasons),
        tools=tuple(WriterSafe(tool) for tool in tools),
        held_back=tuple(_held_back(quote, reason, article.lang, settings) for quote, reason in article.held_back),
    )


def quote_view(quote: Quote, lang: str, settings: ExportSettings) -> QuoteView:
    """One quote for a template."""
    post, mark = quote.post, quote.mark
    text = quote.quoted_text()
    translation = quote.translation.text if quote.translation else ""
    known = settings.show_likes and Flag.ODD_COUNTS not in post.flags
    shown = settings.show_handle
    return QuoteView(
        text=WriterSafe(text),
        translation=WriterSafe(translation),
        due=not translation.strip() and not is_written_in(text, post.lang, lang),
        handle=_handle(post.author if shown else None),
        name=WriterSafe((post.author_name or "") if shown else ""),
        hidden=not shown,
        link=escaping.link(post.url) if post.url and shown and settings.show_links else None,
        counts={name: value if known else None for name, value in zip(COUNT_NAMES, count_values(post), strict=True)},
        rounded=Flag.ROUNDED_COUNTS in post.flags,
        date=_date(quote),
        lead_in=WriterSafe(mark.lead_in),
        comment=WriterSafe(mark.comment),
    )


def _held_back(quote: Quote, reason: Reason, lang: str, settings: ExportSettings) -> HeldBack:
    """One held-back post, with the beginning of its text."""
    who = _handle(quote.post.author if settings.show_handle else None)
    beginning = " ".join(quote.post.text.split())
    return HeldBack(
        who, WriterSafe(beginning if len(beginning) <= 60 else f"{beginning[:60]}…"), WriterSafe(words(reason, lang))
    )


def _handle(author: str | None) -> WriterSafe:
    """A handle with its `@`, without the invisible characters that make look-alikes."""
    visible = "".join(char for char in author or "" if unicodedata.category(char) != "Cf").strip()
    return WriterSafe(f"@{visible}" if visible else "")


def _date(quote: Quote) -> str | None:
    """The day of a post, or None where it was reckoned back, is unknown or cannot be."""
    known = quote.post.time_precision in (TimePrecision.EXACT, TimePrecision.DAY)
    return _moment(quote.post.posted_at, "%Y-%m-%d") if known and Flag.ODD_TIME not in quote.post.flags else None


def _moment(seconds: int | None, form: str) -> str | None:
    """A time in UTC, or None where it is unknown or beyond the calendar."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime(form)
    except (OverflowError, ValueError, OSError):
        return None
