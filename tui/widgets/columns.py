"""The reply table's columns; a column is one entry in TABLE_COLUMNS."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from rich.cells import cell_len, set_cell_size

from core.counts import COUNTS
from core.models import News, Quote, State, TimePrecision, TranslationState
from core.text.ages import MONTH_NAMES, age
from core.text.terminal_safe import for_line, without_variation_selectors

STATE_SIGNS = {State.NEW: "·", State.STARRED: "★", State.REJECTED: "✗", State.SKIPPED: "»"}
"""One cell each, readable without colour."""
TRANSLATION_SIGNS = {TranslationState.MACHINE: "m", TranslationState.EDITED: "e", TranslationState.APPROVED: "✓"}
NEWS_SIGNS = {News.NONE: " ", News.ADDED: "*", News.CHANGED: "~", News.GONE: "-"}
UNKNOWN = "–"
_RECENT = timedelta(days=300)
"""How old a post may be for its month to say which year it was."""
_LONGEST_GLANCE = 400
"""Characters of a text that a row may look at; more than any terminal shows."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the reply table."""

    name: str
    """The view's sort that it stands for."""
    title: str
    narrow: int
    """Cells on a line of less than WIDE_TABLE_FROM; 0 takes what is left."""
    wide: int
    """Cells from WIDE_TABLE_FROM on."""
    cell: Callable[[Quote, int], str]
    """The text for a width; it may be longer than the width."""
    right: bool = False


def count_cell(number: int | None, width: int) -> str:
    """A count in full where it fits, else in thousands or millions; unknown is not zero."""
    if number is None:
        return UNKNOWN
    full = f"{number:,}"
    if len(full) <= width:
        return full
    for size, unit in ((10**9, "G"), (10**6, "M"), (10**3, "K")):
        if number >= size:
            short = f"{number / size:.1f}{unit}"
            return short if len(short) <= width else f"{number // size}{unit}"
    return str(number)


def on_calendar(posted_at: int | None) -> datetime | None:
    """A time in UTC, or None where it is unknown or so far off that no calendar has it."""
    try:
        return None if posted_at is None else datetime.fromtimestamp(posted_at, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def time_cell(quote: Quote, width: int) -> str:
    """When the post was made, as exactly as it is known and fits."""
    post = quote.post
    given = for_line(post.time_given or "")
    at = on_calendar(post.posted_at)
    if post.time_precision is TimePrecision.RELATIVE:
        return _about(post.time_given or "", at, width)
    if at is None:
        return given or UNKNOWN
    if datetime.now(UTC) - at > _RECENT:
        return f"{at:%Y-%m-%d}" if width >= 10 else f"{MONTH_NAMES[at.month - 1]}{at:%y}"
    return f"{at:%m-%d %H:%M}" if width >= 11 and post.time_precision is TimePrecision.EXACT else f"{at:%m-%d}"


def _about(given: str, at: datetime | None, width: int) -> str:
    """A time that was reckoned from the capture: how long before it, or a day without the year that is not known."""
    if printed := age(given):
        return f"≈{printed.written}"
    shown = f"≈{for_line(given)}" if given else UNKNOWN
    return f"{at:%m-%d}" if given and at is not None and cell_len(shown) > width else shown


def _state(quote: Quote, _width: int) -> str:
    """State, translation, and a warning or else the news, a cell each."""
    state = "◆" if quote.is_root else STATE_SIGNS[quote.mark.state]
    translation = TRANSLATION_SIGNS[quote.translation.state] if quote.translation else " "
    return state + translation + ("!" if quote.mark.review or quote.post.flags else NEWS_SIGNS[quote.news])


def _author(quote: Quote, _width: int) -> str:
    """The handle, which unlike a display name is nobody else's."""
    return UNKNOWN if quote.post.author is None else "@" + for_line(quote.post.author)


def _tags(quote: Quote, width: int) -> str:
    """As many tags as fit, and how many do not."""
    tags = tuple(without_variation_selectors(tag) for tag in quote.mark.tags)
    if len(tags) < 2:
        return for_line(tags[0]) if tags else ""
    more = f"+{len(tags) - 1}"
    return fit(for_line(tags[0]), width - len(more)).rstrip() + more


def plain_text(quote: Quote) -> str:
    """The text on one line, behind how many accounts say it, or how often one does."""
    text = without_variation_selectors(for_line(quote.post.text[:_LONGEST_GLANCE]))
    if quote.alike:
        return f"×{quote.accounts:,} {text}" if quote.accounts > 1 else f"{quote.alike:,} times: {text}"
    return text or ("[picture or video]" if quote.post.media else f"[{quote.post.status}]")


def _text(quote: Quote, _width: int) -> str:
    """The text on one line, behind a sign where it answers another reply."""
    return f"↳ {plain_text(quote)}" if quote.depth > 1 else plain_text(quote)


def _count(name: str) -> Callable[[Quote, int], str]:
    """The cell of the count `name`."""
    value = attrgetter(name)
    return lambda quote, width: count_cell(value(quote.post), width)


TABLE_COLUMNS = (
    Column("state", "st", 3, 3, _state),
    *(
        Column(count.name, count.column.title, count.column.narrow, count.column.wide, _count(count.name), right=True)
        for count in COUNTS
        if count.column is not None
    ),
    Column("time", "time", 5, 5, time_cell),
    Column("author", "author", 12, 16, _author),
    Column("tags", "tags", 8, 12, _tags),
    Column("text", "text", 0, 0, _text),
)
WIDE_TABLE_FROM = 100
"""Cells of a line from which the columns are wide."""


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells: cut with an ellipsis, or filled with spaces. Never splits a wide character."""
    if len(text) > 2 * width and cell_len(text[: 2 * width]) > width:
        text = text[: 2 * width]
    elif cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(width - 1, 0)).rstrip() + "…", width)


def column_widths(total: int) -> tuple[int, ...]:
    """The columns' widths on a line of `total` cells, one cell between them and two before the first."""
    given = [column.narrow if total < WIDE_TABLE_FROM else column.wide for column in TABLE_COLUMNS]
    rest = total - 2 - sum(given) - (len(TABLE_COLUMNS) - 1)
    return tuple(width or max(rest, 8) for width in given)


def titles(total: int, sorted_by: str, descending: bool) -> list[str]:
    """The columns' titles on a line of `total` cells, the sort's with its direction."""
    texts = []
    for column, room in zip(TABLE_COLUMNS, column_widths(total), strict=True):
        title = column.title + (("↓" if descending else "↑") if column.name == sorted_by else "")
        texts.append(fit(title.rjust(room) if column.right else title, room))
    return texts


def meta_cells(quote: Quote, total: int) -> str:
    """A quote's cells on a line of `total` cells, up to the text."""
    texts = []
    for column, room in zip(TABLE_COLUMNS[:-1], column_widths(total), strict=False):
        text = fit(column.cell(quote, room), room)
        texts.append(" " * (room - cell_len(text.rstrip())) + text.rstrip() if column.right else text)
    return " ".join(texts)


def text_cell(quote: Quote, total: int, branch: str | None = None) -> str:
    """A quote's text, cut to what is left for it on a line of `total` cells; in a tree behind its `branch`."""
    room = column_widths(total)[-1]
    text = _text(quote, room) if branch is None else branch + plain_text(quote)
    return fit(text, room).rstrip()


def column_at(x: int, total: int) -> str | None:
    """The name of the column at cell `x` of a line of `total` cells, or None right of the last."""
    end = 2
    for column, room in zip(TABLE_COLUMNS, column_widths(total), strict=True):
        end += room + 1
        if x < end:
            return column.name
    return None
