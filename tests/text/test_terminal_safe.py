"""The only way out for text to a terminal: nothing that acts gets through, and nothing that people write is lost."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.terminal_safe import for_line, for_screen, same_length_for_screen

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys, or what turns the text around it."""
ANY = st.text(st.characters(exclude_categories=()))
ODD = st.text(
    st.sampled_from(
        "a é\u0301\u0e49\x1b[]\x9b\x07\x00\x7f\r\n\t\u202e\u2066\u2069\u200d\ufe0f\u200b\ud83d\U000e0041🏴👩9"
    )
)
ORDINARY = {
    "Chinese": "最毒舌的双关：“改名吧”——（真的）！",
    "Japanese": "がんばれ、ニッポン。ﾊﾝｶｸ",
    "Korean": "안녕하세요",
    "Hebrew": "שָׁלוֹם, העולם! (123)",
    "Arabic": "السَّلامُ عَلَيْكُمْ، ١٢٣",
    "Persian": "می‌خواهم نمی‌دانم",
    "Hindi": "हिन्दी में क्‍षमा प्रार्थना",
    "Thai": "ที่นี่น้ำ",
    "Vietnamese": "Tiếng Việt, nguyễn",
    "a family": "👨‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈",
    "flags": "🇩🇪 🇹🇼 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "keycaps": "1️⃣ #️⃣ *️⃣",
    "skin tones": "👍🏿 👋🏻",
    "signs with a selector": "☂️ ❤️ ✂︎",
    "markup": "[/b] [link=x] {{ x }} <b>",
    "combining": "e\u0301 n\u0303 o\u0302\u0323",
}


@given(ANY | ODD, st.booleans())
def test_no_text_brings_a_character_that_acts_to_the_screen(text: str, reveal: bool) -> None:
    assert ACTING.search(for_screen(text, reveal=reveal)) is None


@given(ANY | ODD, st.booleans())
def test_a_line_is_one_line_without_white_space_at_its_ends(text: str, reveal: bool) -> None:
    line = for_line(text, reveal=reveal)
    assert len(line.splitlines()) <= 1
    assert ACTING.search(line) is None
    assert line == line.strip()


@given(ANY | ODD)
def test_text_for_an_editor_keeps_its_length_and_brings_nothing_that_acts(text: str) -> None:
    shown = same_length_for_screen(text)
    assert len(shown) == len(text)
    assert ACTING.search(shown) is None
    assert [at for at, char in enumerate(shown) if char == "\n"] == [at for at, char in enumerate(text) if char == "\n"]


def test_every_single_code_point_is_harmless() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    for text in (everything, "x".join(everything)):
        assert ACTING.search(for_screen(text)) is None
        assert ACTING.search(same_length_for_screen(text)) is None


@pytest.mark.parametrize("name", ORDINARY)
def test_what_people_write_is_unchanged(name: str) -> None:
    text = ORDINARY[name]
    assert for_screen(text) == text
    assert for_line(text) == text
    assert same_length_for_screen(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x9b31m", "‹9B›31m"),
        ("a\x00b\x7fc\x08", "a␀b␡c␈"),
        ("one\r\ntwo", "one\ntwo"),
        ("over\rwritten", "over␍written"),
        ("a\tb", "a    b"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc‹85›d"),
        ("\u202egnp.exe\u202c", "‹RLO›gnp.exe‹PDF›"),
        ("a\u200bb\u00adc\ufeffd", "abcd"),
        ("\ud800", "\ufffd"),
        ("\U000e0041hidden", "hidden"),
        ("\u200dalone", "alone"),
    ],
)
def test_what_acts_or_hides_is_shown_or_dropped(text: str, shown: str) -> None:
    assert for_screen(text) == shown


@pytest.mark.parametrize(
    ("hidden", "sign"), [("\u200b", "‹U+200B›"), ("\U000e0041", "‹U+E0041›"), ("\u2066", "‹U+2066›")]
)
def test_what_is_dropped_is_shown_where_that_is_asked_for(hidden: str, sign: str) -> None:
    assert for_screen(f"a{hidden}b", reveal=True) == f"a{sign}b"


@pytest.mark.parametrize("mark", ["\u0301", "\u0e49", "\u0489", "\u064e", "\u05b8", "\u0f71", "\u20dd", "\U0001e944"])
def test_marks_are_stacked_four_high_and_the_others_counted(mark: str) -> None:
    assert for_screen(f"Z{mark * 200}a") == f"Z{mark * 4}+196a"
    assert for_screen(f"Z{mark * 4}a") == f"Z{mark * 4}a"


def test_marks_of_several_kinds_are_one_stack() -> None:
    marks = "\u0301\u0e49\u20dd\u0489\u064e\u0302"
    assert for_screen(f"a{marks}b") == f"a{marks[:4]}+2b"


def test_signs_in_a_row_are_no_stack() -> None:
    assert for_screen("😭😭😭😭😭😭 ——————… ！！！！！！") == "😭😭😭😭😭😭 ——————… ！！！！！！"


@given(ODD)
def test_no_base_on_the_screen_carries_more_than_four_marks(text: str) -> None:
    run = 0
    for char in for_screen(text):
        # A variation selector chooses a glyph; it is not drawn above anything.
        run = run + 1 if unicodedata.category(char) in ("Mn", "Me") and char != "\ufe0f" else 0
        assert run <= 4


def test_in_place_shows_one_sign_for_each_character() -> None:
    assert same_length_for_screen("a\x1b[2J\x9b\r\n\u202eb\tc") == "a␛[2J\ufffd␍\n\ufffdb c"


def test_a_text_full_of_flags_and_controls_takes_no_time_that_anybody_notices() -> None:
    flag = "🏴󠁧󠁢󠁳󠁣󠁴󠁿"
    assert for_screen(f"{flag}\x1b" * 100_000) == f"{flag}␛" * 100_000
