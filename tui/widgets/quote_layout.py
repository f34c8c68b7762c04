"""A quote as text: everything that is known of it and written around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_letters, digits

from rich.text import Text

from core.counts import COUNTS, count_values
from core.models import Flag, Post, Quote, TimePrecision
from core.reasons import Reason
from core.text.ages import age, is_yearless
from core.text.terminal_safe import for_line, for_screen, without_variation_selectors
from core.thread.attribution import HELD
from core.thread.history import History, history_lines
from core.words import detail_words, with_keys, words
from tui.keyboard.hints import KeyOf
from tui.widgets.chain import Chain, chain_text
from tui.widgets.columns import STATE_SIGNS, UNKNOWN, fit, on_calendar
from tui.widgets.flag_words import FLAG_WORDS
from tui.widgets.missing_text import missing_words
from tui.widgets.wordings import append_wordings

LONGEST_TEXT = 20_000
"""Characters of one text that are laid out; the rest is in the library, and the text says so."""

_GLANCE = 200
"""Cells, at the most, of what a post answers."""


@dataclass(frozen=True, slots=True)
class QuoteDetails:
    """A quote, and what is known and wanted of it where it is shown in full."""

    quote: Quote
    parent: Quote | None = None
    """The post that it answers."""
    reveal: bool = False
    """Whether invisible characters are shown."""
    only: str = "both"
    """`original`, `translation` or `both`."""
    chain: Chain | None = None
    """The chain by one author that it is part of."""
    history: History | None = None
    """How its captures differ."""
    alike: str = ""
    """Who else posted it, in a sentence."""


def quote_layout(details: QuoteDetails, key_of: KeyOf, width: int = _GLANCE) -> Text:
    """A quote as text, from who said it to what was written around it.

    `key_of` gives the keys of the actions that it names; `width` cuts what it answers to a line.
    """
    quote, reveal, history = details.quote, details.reveal, details.history
    post, mark, translation = quote.post, quote.mark, quote.translation
    out = Text()
    _append_head(out, details, key_of, width)
    if details.only != "translation" or translation is None:
        original = _original(quote, reveal)
        out.append_text(original if details.chain is None else chain_text(details.chain, original, reveal=reveal))
        out.append("\n")
        for detail in post.details:
            out.append(f"\n── {detail_words(detail.kind)}\n", "dim")
            out.append(_clean(detail.text[:LONGEST_TEXT] or detail.url or "", reveal=reveal) + "\n")
        if history is not None:
            append_wordings(out, history, quote, lambda text: _clean(text, reveal=reveal))
    if translation is not None and details.only != "original":
        made = f", {_clean_line(translation.engine)}" if translation.engine else ""
        out.append(f"\n── {translation.lang} · {translation.state}{made}\n", "dim")
        out.append(_clean(translation.text[:LONGEST_TEXT], reveal=reveal) + "\n")
    for title, text in (("lead-in", mark.lead_in), ("comment", mark.comment), ("note", mark.note)):
        if text:
            out.append(f"\n── {title}\n", "dim")
            out.append(_clean(text) + "\n")
    _append_marks(out, quote, key_of)
    return out


def _append_head(out: Text, details: QuoteDetails, key_of: KeyOf, width: int) -> None:
    """Who, when, how often, how captures differ, who else, and what it answers."""
    quote, post, parent = details.quote, details.quote.post, details.parent
    out.append(f"{'◆' if quote.is_root else STATE_SIGNS[quote.mark.state]} ", "bold")
    if post.author_name:
        out.append(_clean_line(post.author_name) + " ", "bold")
    out.append("@" + _clean_line(post.author) if post.author else "author unknown", "bold")
    out.append(f" · {_when(post)}\n")
    if post.shared_by:
        out.append(f"passed on by @{_clean_line(post.shared_by)}\n", "dim")
    out.append(_counts(post) + (f" · {post.status}" if post.status != "live" else "") + "\n", "dim")
    if details.history is not None:
        out.append("".join(f"{_clean_line(words(line))}\n" for line in history_lines(details.history)), "dim")
    if details.alike:
        out.append(_clean_line(with_keys(details.alike, key_of)) + "\n", "dim")
    if parent is not None:
        who = f"@{_clean_line(parent.post.author)}" if parent.post.author else "unknown"
        said = f"answers {who}: {_clean_line(parent.post.text[:_GLANCE])}"
        out.append(fit(said, min(_GLANCE, width)).rstrip() + "\n", "dim")
    out.append("\n")


def _append_marks(out: Text, quote: Quote, key_of: KeyOf) -> None:
    """Tags, rating, media, links, and what to know before quoting."""
    post, mark = quote.post, quote.mark
    parts: Sequence[tuple[str, Sequence[str]]] = (
        ("tags", mark.tags),
        ("link", (post.url,) if post.url else ()),
        ("rating", (str(mark.rating),) if mark.rating else ()),
        ("media", post.media),
        ("links", post.links),
    )
    for title, values in parts:
        if values:
            out.append(f"\n{title}: ", "dim")
            out.append(", ".join(_clean_line(value) for value in values))
    if mark.review:
        out.append("\n! to be checked", "bold")
    for flag in post.flags:
        out.append(f"\n! {with_keys(_flag_words(flag, mark.confirmed), key_of)}", "bold")


def _flag_words(flag: Flag, confirmed: bool) -> str:
    """What a flag means, and what it does."""
    if flag not in HELD:
        return FLAG_WORDS[flag]
    return f"{words(Reason(HELD[flag]))}; " + (
        "confirmed by you" if confirmed else "held back from the article until you confirm it ({key:who})"
    )


def _original(quote: Quote, reveal: bool) -> Text:
    """The text as written; what an excerpt leaves out is dim, what it quotes underlined."""
    text = quote.post.text
    cut = f"\n[{len(text) - LONGEST_TEXT:,} more characters are in the library]" if len(text) > LONGEST_TEXT else ""
    if not text:
        return Text(f"[{missing_words(quote.post)}]", "dim")
    if not quote.mark.excerpt:
        return Text(_clean(text[:LONGEST_TEXT], reveal=reveal) + cut)
    out, at = Text(), 0
    for start, end in quote.mark.excerpt:
        out.append(_clean(text[at:start], reveal=reveal), "dim")
        out.append(_clean(text[start:end], reveal=reveal), "underline")
        at = end
    out.append(_clean(text[at:LONGEST_TEXT], reveal=reveal) + cut, "dim")
    return out


def _when(post: Post) -> str:
    """The time as exactly as it is known."""
    if post.time_precision is TimePrecision.RELATIVE:
        return _about(post.time_given or "")
    at = on_calendar(post.posted_at)
    if at is None:
        return _clean_line(post.time_given) if post.time_given else "time unknown"
    return f"{at:%Y-%m-%d %H:%M} UTC" if post.time_precision is TimePrecision.EXACT else f"{at:%Y-%m-%d}"


def _about(given: str) -> str:
    """A time that was reckoned from the capture, as the source printed it."""
    printed = age(given)
    if printed is None:
        why = "without a year" if is_yearless(given.strip()) else "as the source printed it"
        return f"≈ {_clean_line(given)}, {why}" if given else "time known only roughly"
    if not printed.seconds:
        return "≈ at the capture"
    return f"≈ {printed.written.rstrip(ascii_letters)} {printed.written.lstrip(digits)} before the capture"


def _counts(post: Post) -> str:
    """Every count; what is not known is a dash, not a zero."""
    return " · ".join(
        f"{UNKNOWN if number is None else f'{number:,}'} {count.singular if number == 1 else count.name}"
        for count, number in zip(COUNTS, count_values(post), strict=True)
    )


def _clean(text: str, *, reveal: bool = False) -> str:
    """A text for the pane; emoji keep their wide form only where every terminal agrees on it."""
    return for_screen(text, reveal=True) if reveal else without_variation_selectors(for_screen(text))


def _clean_line(text: str) -> str:
    """A text as `_clean` leaves it, on one line."""
    return without_variation_selectors(for_line(text))
