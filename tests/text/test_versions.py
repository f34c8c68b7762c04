"""Two captures' texts of one post: what is an edit, and what only another tool's way of writing it down."""

from time import process_time

import pytest

from core.text.versions import Relation, text_relation

SAME, FULLER, CUT, EDITED = Relation.SAME, Relation.FULLER, Relation.CUT, Relation.EDITED


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("a kettle & a lid", "a kettle &amp; a lid"),
        ("a kettle &amp;amp; a lid", "a kettle & a lid"),
        ("see https://t.co/abc123 now", "see https://museum.example/labels?id=4 now"),
        ("see https://museum.example/labels now", "see museum.example/lab… now"),
        ("@brolly @ada you own none", "you own none"),
        ("回复 @brolly :伞是谁的", "伞是谁的"),
        ("a kettle https://t.co/picture", "a kettle"),
        ("a kettle pic.twitter.com/abc", "a kettle"),
        ("thanks @user , let's see", "thanks @user, let's see"),
        ("one\n\ntwo", "one two"),
        ("a kettle \ue803 4", "a kettle 4"),
        ("he\u0301 \u200bbien", "hé bien"),
        ("☂️ ours", "☂ ours"),
    ],
)
def test_what_tools_do_to_a_text_is_no_edit(earlier: str, later: str) -> None:
    assert text_relation(earlier, later, alike=False) is text_relation(later, earlier, alike=False) is SAME


@pytest.mark.parametrize(
    ("earlier", "later", "alike", "wanted"),
    [
        ("you own 4,000 umbrellas", "you own 4 umbrellas", False, EDITED),
        ("Kettle", "kettle", True, EDITED),
        ("Hey", "Hey @grok is this real", False, FULLER),
        ("Hey @grok is this real", "Hey", False, CUT),
        ("Hey", "Hey. EDIT: sorry", True, EDITED),
        ("x" * 270 + "… https://t.co/abc", "x" * 400, True, FULLER),
        ("well…", "well… EDIT: no", True, EDITED),
        ("buy https://a.example/one", "buy https://b.example/two", True, EDITED),
        ("buy https://a.example/one", "buy https://b.example/two", False, SAME),
        ("buy https://t.co/one", "buy https://t.co/two", True, SAME),
        ("", "now it is here", True, FULLER),
        ("it was here", "", True, CUT),
    ],
)
def test_an_edit_is_told_from_a_text_that_a_tool_had_cut(
    earlier: str, later: str, alike: bool, wanted: Relation
) -> None:
    assert text_relation(earlier, later, alike=alike) is wanted


@pytest.mark.parametrize("part", ["@a", " ", "a-", "a.", "@a ", "&amp;", "http://", "回复", "a.a/", "\u200b"])
def test_a_hostile_text_is_compared_in_no_time(part: str) -> None:
    text = part * (65_536 // len(part))
    start = process_time()
    assert text_relation(text + "one", text + "two", alike=False) in Relation
    assert process_time() - start < 5.0
