"""What a text hides is found, and ordinary writing of any script is left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import Flag
from core.text.hidden_characters import is_plain, is_plain_name, name_flags, text_flags, visible

ORDINARY = {
    "ascii with newlines": "plain\n\ttext\r\nagain",
    "Hebrew": "שלום עולם, hello",
    "Arabic": "مرحبا بالعالم 123",
    "Hebrew with a mark": "\u200fשלום (x)\u200e",
    "balanced isolates": "by \u2068דוד\u2069 and \u2067x\u2069",
    "balanced embedding": "\u202bשלום\u202c",
    "Persian with a non-joiner": "می\u200cخواهم",
    "Hindi with joiners": "क्\u200dष and क्\u200cष",
    "family": "👨\u200d👩\u200d👧\u200d👦 👩🏽\u200d💻 🏳️\u200d🌈 ❤️\u200d🔥",
    "emoji with a selector": "ok ☺️ 🖥️ ™️ 1️⃣ ©️",
    "flags": "🇨🇭 \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "Thai with a zero-width space": "ภาษา\u200bไทย",
    "ideograph with a variant": "葛\U000e0100城",
    "combining marks": "e\u0301 ñ",
}

HIDING = {
    "right-to-left override": ("safe \u202egnp.exe\u202c", Flag.BIDI),
    "left-to-right override": ("\u202dabc\u202c", Flag.BIDI),
    "unclosed isolate": ("\u2067abc\ndef\u2069", Flag.BIDI),
    "stray closing": ("abc\u2069", Flag.BIDI),
    "zero-width space": ("pass\u200bword", Flag.INVISIBLE),
    "joiner in Latin": ("pass\u200dword", Flag.INVISIBLE),
    "non-joiner in Latin": ("pass\u200cword", Flag.INVISIBLE),
    "joiner at the end": ("👩\u200d", Flag.INVISIBLE),
    "tags without a flag": ("hi\U000e0068\U000e0069", Flag.INVISIBLE),
    "a sentence behind a flag": (
        "\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in "obey me now") + "\U000e007f",
        Flag.INVISIBLE,
    ),
    "tags after another emoji": ("😀\U000e0067\U000e007f", Flag.INVISIBLE),
    "Hangul filler": ("\u3164", Flag.INVISIBLE),
    "soft hyphen": ("co\u00adop", Flag.INVISIBLE),
    "byte order mark inside": ("a\ufeffb", Flag.INVISIBLE),
    "word joiner": ("a\u2060b", Flag.INVISIBLE),
    "selector after a letter": ("a\ufe0f", Flag.INVISIBLE),
    "escape": ("\x1b[2Jé", Flag.CONTROL),
    "escape in ascii": ("\x1b]52;c;aGk=\x07", Flag.CONTROL),
    "C1 control": ("\x9b2J", Flag.CONTROL),
    "lone carriage return": ("good\rbad", Flag.CONTROL),
    "NUL": ("a\0b", Flag.CONTROL),
}


MIXED = st.lists(
    st.one_of(
        st.sampled_from([*ORDINARY.values(), *(text for text, _ in HIDING.values())]),
        st.sampled_from("\u200d\ufe0f\u200b👩💻❤☺a1#é文Я\U000e0100\U000e0067\U000e007f\U0001f3f4©\n\r\ud800"),
        st.characters(),
    ),
    max_size=6,
).map("".join)


def has_surrogate(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY.keys())
def test_ordinary_text_has_no_flag(text: str) -> None:
    assert text_flags(text) == ()


@pytest.mark.parametrize(("text", "flag"), HIDING.values(), ids=HIDING.keys())
def test_hiding_text_is_flagged(text: str, flag: Flag) -> None:
    assert text_flags(text) == (flag,)


def test_each_kind_of_hiding_is_named_once() -> None:
    assert text_flags("\u202e\u200b\u200b\x1b\x1bé") == (Flag.BIDI, Flag.INVISIBLE, Flag.CONTROL)


def test_a_handle_with_a_look_alike_letter_is_mixed_script() -> None:
    assert name_flags("p\u0430ypal", None) == (Flag.MIXED_SCRIPT,)


@pytest.mark.parametrize("name", ["Иван Ivan", "iPhone手机", "カタカナ abc", "Łukasz Żółć", "ℳ𝓪𝓻𝓲𝓪", "Crémieux"])
def test_names_that_people_have_are_not_mixed_script(name: str) -> None:
    assert name_flags("plain", name) == ()


def test_a_name_is_searched_for_hidden_characters_too() -> None:
    assert name_flags(None, "Ad\u200ba") == (Flag.INVISIBLE,)


def test_a_handle_loses_what_cannot_be_seen() -> None:
    assert visible("a\u200bd\u202ea\x00\u3164\ufe0f") == "ada"


def test_a_long_hostile_text_is_examined_to_its_end() -> None:
    text = "\u2067\u200d\U0001f3f4\U000e0067" * 50_000
    assert {Flag.BIDI, Flag.INVISIBLE} <= set(text_flags(text))


@given(MIXED)
def test_a_plain_text_is_one_without_flags_and_lone_surrogates(text: str) -> None:
    assert is_plain(text) == (not text_flags(text) and not has_surrogate(text))


@given(MIXED)
def test_a_plain_name_is_one_without_flags_and_lone_surrogates(name: str) -> None:
    assert is_plain_name(name) == (not name_flags(None, name) and not has_surrogate(name))


def test_an_emoji_does_not_excuse_what_stands_elsewhere() -> None:
    assert text_flags("❤\ufe0f👩\u200d💻 pass\u200dword") == (Flag.INVISIBLE,)
