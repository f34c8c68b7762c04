"""Handles and display names: when two of them are one."""

import pytest

from core.text.names import is_same_account, is_same_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada 伞", "ada  伞", True),
        ("Ada ☂️✨", "Ada", True),
        ("Ａda", "Ada", True),
        ("Аdа", "Ada", True),
        ("Ada of the Ra…", "Ada of the Rain", True),
        ("Ada", "Ada of the Rain", False),
        ("☂", "☔", False),
        ("…", "Ada", True),
    ],
)
def test_a_display_name_is_one_whatever_signs_a_tool_leaves_out(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is is_same_name(other, one) is same


def test_the_case_of_a_handle_does_not_count() -> None:
    assert is_same_account("Brolly", "brOLLY")
    assert not is_same_account("brolly", "br0lly")
