"""Two texts compared word by word."""

import random

import pytest

from core.text.word_diff import differences


def marked(before: str, after: str) -> str:
    """The comparison as one line."""
    return "".join(old if old == new else f"[-{old}-]{{+{new}+}}" for old, new in differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("a black kettle", "a white kettle", "a [-black-]{+white+} kettle"),
        ("雨伞是谁的", "雨伞是我的", "雨伞是[-谁-]{+我+}的"),
        ("Hey", "Hey you", "Hey[--]{+ you+}"),
        ("", "now", "[--]{+now+}"),
    ],
)
def test_what_went_and_what_came_stand_in_their_places(before: str, after: str, wanted: str) -> None:
    assert marked(before, after) == wanted


def test_the_parts_make_both_texts_to_the_letter() -> None:
    chance = random.Random(4)
    for _ in range(300):
        one, other = ("".join(chance.choices("ab 伞!\n\u200bé", k=chance.randrange(30))) for _ in range(2))
        parts = list(differences(one, other))
        assert "".join(old for old, _ in parts) == one
        assert "".join(new for _, new in parts) == other


def test_long_texts_are_replaced_whole() -> None:
    one, other = "a b " * 5_000, "a c " * 5_000
    assert list(differences(one, other)) == [(one, other)]
