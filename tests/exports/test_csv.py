"""A table as CSV: nothing in it is computed by a spreadsheet, and everything can be read back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.csv import csv_table


def cell(value: object, *, raw: bool = False) -> str:
    """What a reader gets back for one cell."""
    rows = list(csv.reader(io.StringIO(csv_table([[value]], ["text"], raw=raw))))
    assert len(rows) == 2
    assert len(rows[1]) == 1
    return rows[1][0]


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("before", ["\t", "\r", "\n", " ", '"', "'", ",", ";", "|", ' ";', "\r\n"])
def test_white_space_separators_and_quotes_do_not_hide_a_formula(before: str) -> None:
    shown = cell(f"{before}=1+1")
    assert shown.startswith("'")
    assert shown.endswith("=1+1")


@pytest.mark.parametrize("inside", ["hello,=1", "hello;@x", "hello|+1", "hello\t-1", "hello\n=1", 'hello;"=1', "x,＝1"])
def test_a_formula_after_a_separator_is_no_cell_start_of_its_own(inside: str) -> None:
    assert "'" in cell(inside)


@pytest.mark.parametrize("text", ["hello, @someone", "1 - 2", "a=b", "a@b.example", "it's", '"quoted"', "第一，好", ""])
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("text", ["=1+1", "hello;=1", "\t-1"])
def test_raw_leaves_formulas_alone(text: str) -> None:
    assert cell(text, raw=True) == text


def test_numbers_are_no_formulas_and_nothing_is_an_empty_cell() -> None:
    assert csv_table([[-5, None, 2.5]], ["a", "b", "c"]) == '"a","b","c"\n"-5","","2.5"\n'


def test_control_characters_become_signs_unless_raw() -> None:
    assert cell("a\x1b[2Jb") == "a␛[2Jb"
    assert cell("a\x1b[2Jb", raw=True) == "a\x1b[2Jb"


@given(st.text(alphabet='=+-@",;| \t\n\rab＝'))
def test_no_cell_begins_with_a_formula_under_any_separator(text: str) -> None:
    shown = cell(text)
    for separator in (",", ";", "|", "\t", "\n"):
        for piece in shown.split(separator):
            assert piece.lstrip('"')[:1] not in set("=+-@＝＋－＠"), shown


@given(st.lists(st.lists(st.text(alphabet="ab,;\"'\n中 "), min_size=2, max_size=2)))
def test_harmless_rows_are_read_back_equal(rows: list[list[str]]) -> None:
    assert list(csv.reader(io.StringIO(csv_table(rows, ["one", "two"]))))[1:] == rows
