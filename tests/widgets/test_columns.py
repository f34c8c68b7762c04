"""The cells of the reply table: counts, times, and texts cut to a width."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from core.models import Flag, Mark, Post, PostStatus, Quote, State, TimePrecision, Translation, TranslationState
from tui.widgets.columns import STATE_SIGNS, TABLE_COLUMNS, column_widths, count_cell, fit, time_cell

QUOTE = Quote(2, Post("2", "Kettle, black.", "ada"), Mark(), None, 1, False, 1)


def cell(name: str, quote: Quote, width: int = 20) -> str:
    """What a column says of a quote."""
    return next(column for column in TABLE_COLUMNS if column.name == name).cell(quote, width)


@pytest.mark.parametrize(
    ("number", "width", "shown"),
    [
        (None, 6, "–"),
        (0, 6, "0"),
        (1_234, 6, "1,234"),
        (159_636, 5, "159K"),
        (97_710, 5, "97.7K"),
        (1_942, 4, "1.9K"),
        (2_914_377, 5, "2.9M"),
        (10**18, 6, "1000000000G"),
        (-3, 4, "-3"),
    ],
)
def test_a_count_is_given_in_full_or_in_thousands(number: int | None, width: int, shown: str) -> None:
    assert count_cell(number, width) == shown


@given(st.integers(0, 10**12 - 1), st.integers(4, 12))
def test_a_count_below_a_billion_thousands_fits_its_column(number: int, width: int) -> None:
    assert len(count_cell(number, width)) <= max(width, 4)


@given(st.text(), st.integers(1, 60))
def test_a_cut_text_has_exactly_its_width(text: str, width: int) -> None:
    text = "".join(char for char in text if char.isprintable())
    assert cell_len(fit(text, width)) == width


def test_a_wide_character_is_never_split() -> None:
    assert fit("鱼香肉丝", 6) == "鱼香… "
    assert fit("鱼香肉丝", 8) == "鱼香肉丝"
    assert fit("ab", 4) == "ab  "


@pytest.mark.parametrize("total", range(60, 201))
def test_the_columns_and_their_gaps_fill_the_line(total: int) -> None:
    assert 2 + sum(column_widths(total)) + len(TABLE_COLUMNS) - 1 == total


@pytest.mark.parametrize("state", State)
def test_each_state_has_a_sign_of_one_cell_of_its_own(state: State) -> None:
    assert cell_len(STATE_SIGNS[state]) == 1
    assert len(set(STATE_SIGNS.values())) == len(State)
    assert cell("state", replace(QUOTE, mark=Mark(state)))[0] == STATE_SIGNS[state]


def test_the_state_column_tells_root_translation_and_warning() -> None:
    assert cell("state", replace(QUOTE, is_root=True)) == "◆  "
    for state, sign in zip(TranslationState, "me✓", strict=True):
        assert cell("state", replace(QUOTE, translation=Translation("zh", "壶", state)))[1] == sign
    assert cell("state", replace(QUOTE, mark=Mark(review=True)))[2] == "!"
    assert cell("state", replace(QUOTE, post=QUOTE.post.with_changes(flags=(Flag.BIDI,))))[2] == "!"


def test_an_author_is_a_handle_or_a_dash() -> None:
    assert cell("author", QUOTE) == "@ada"
    assert cell("author", replace(QUOTE, post=QUOTE.post.with_changes(author=None))) == "–"


def test_tags_that_do_not_fit_are_counted() -> None:
    assert cell("tags", replace(QUOTE, mark=Mark(tags=("memes",))), 8) == "memes"
    assert cell("tags", replace(QUOTE, mark=Mark(tags=("memes", "b", "c"))), 8) == "memes+2"
    assert cell("tags", QUOTE) == ""


def test_a_text_is_one_line_and_a_nested_one_has_a_sign() -> None:
    two = replace(QUOTE, post=QUOTE.post.with_changes(text="one\n\ttwo"))
    assert cell("text", two) == "one two"
    assert cell("text", replace(two, depth=2)) == "↳ one two"


def test_a_post_without_text_says_what_it_is_instead() -> None:
    empty = QUOTE.post.with_changes(text="")
    assert cell("text", replace(QUOTE, post=empty.with_changes(status=PostStatus.DELETED))) == "[deleted]"
    assert cell("text", replace(QUOTE, post=empty.with_changes(media=("a.jpg",)))) == "[picture or video]"


def at(time: datetime, precision: TimePrecision = TimePrecision.EXACT, given: str | None = None) -> Quote:
    """A quote posted then."""
    return replace(
        QUOTE,
        post=QUOTE.post.with_changes(posted_at=int(time.timestamp()), time_precision=precision, time_given=given),
    )


def test_a_recent_time_shows_month_and_day_and_with_room_the_minute() -> None:
    time = datetime.now(UTC) - timedelta(days=3)
    assert time_cell(at(time), 5) == f"{time:%m-%d}"
    assert time_cell(at(time), 11) == f"{time:%m-%d %H:%M}"
    assert time_cell(at(time, TimePrecision.DAY), 11) == f"{time:%m-%d}"


def test_an_old_time_shows_its_year() -> None:
    time = datetime(2019, 5, 17, tzinfo=UTC)
    assert time_cell(at(time), 11) == "2019-05-17"
    assert time_cell(at(time), 5) == "May19"


def test_a_relative_time_is_never_shown_as_a_date() -> None:
    assert time_cell(at(datetime.now(UTC), TimePrecision.RELATIVE, "2h"), 11) == "≈2h"
    assert time_cell(at(datetime.now(UTC), TimePrecision.RELATIVE, "2小时前"), 5) == "≈2h"
    assert time_cell(at(datetime(2020, 2, 15, tzinfo=UTC), TimePrecision.RELATIVE, "Feb 15"), 5) == "02-15"
    assert time_cell(at(datetime(2020, 2, 15, tzinfo=UTC), TimePrecision.RELATIVE, "Feb 15"), 11) == "≈Feb 15"


def test_an_unknown_time_is_given_as_the_source_has_it_or_as_a_dash() -> None:
    unknown = QUOTE.post.with_changes(posted_at=None, time_given="a while ago")
    assert time_cell(replace(QUOTE, post=unknown), 11) == "a while ago"
    assert time_cell(replace(QUOTE, post=unknown.with_changes(time_given=None)), 11) == "–"


@pytest.mark.parametrize("precision", [TimePrecision.RELATIVE, TimePrecision.UNKNOWN])
def test_a_time_as_given_is_cleaned(precision: TimePrecision) -> None:
    hostile = QUOTE.post.with_changes(time_given="\x1b]0;owned\x07", time_precision=precision)
    assert "\x1b" not in time_cell(replace(QUOTE, post=hostile), 11)
