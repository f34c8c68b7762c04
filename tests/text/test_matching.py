"""Folding is what its definition says for every text, however quickly it is found."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.text.matching import fold, folded_if_other

EVERY_CHARACTER = [chr(code) for code in range(0x110000)]
ASSIGNED = [char for char in EVERY_CHARACTER if unicodedata.category(char) not in ("Cn", "Co", "Cs")]
IN_PARTS = [unicodedata.normalize("NFD", char) for char in ASSIGNED if not unicodedata.is_normalized("NFD", char)]
"""Letters in their parts, which melt into one where they meet."""
PARTS = st.one_of(
    st.sampled_from(IN_PARTS),
    st.sampled_from([char for char in ASSIGNED if unicodedata.category(char) in ("Mc", "Me", "Cf", "Mn")]),
    st.sampled_from("\u1100\u1161\u11a8가각ㅋㅠㄳ㈎ｶﾞﾡￂが゙，！？：（）ＡａßẞİıΣςéÅ…ﬁ½\u00a0\u3000"),
    st.characters(),
)


def defined(text: str) -> str:
    """The definition, word for word."""
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in parts if unicodedata.category(char) not in ("Mn", "Me", "Cf"))
    return unicodedata.normalize("NFC", bare).casefold()


def test_every_character_folds_as_defined() -> None:
    assert [hex(ord(char)) for char in ASSIGNED if fold(char) != defined(char)] == []


def test_letters_in_parts_fold_as_defined() -> None:
    assert [ascii(parts) for parts in IN_PARTS if fold(parts) != defined(parts)] == []


@given(st.lists(PARTS, max_size=8).map("".join))
@example("\u09c7\u09be")
@example("가\u11a8")
@example("ㄱㅏ\u200dㄱ")
@example("\u302e\u200d\u1b44")
def test_every_text_folds_as_defined(text: str) -> None:
    assert fold(text) == defined(text)


@pytest.mark.parametrize("text", ["plain Text", "你好 World", "雨を数えて ABC", "안녕 OK"])
def test_a_text_that_differs_by_the_case_of_ascii_letters_alone_is_not_kept_twice(text: str) -> None:
    assert folded_if_other(text) is None


@pytest.mark.parametrize(("text", "folded"), [("Привет", "привет"), ("Née", "nee"), ("你好，World", "你好,world")])
def test_a_text_that_folds_to_other_letters_is_kept_folded(text: str, folded: str) -> None:
    assert folded_if_other(text) == folded
