"""Sentences that older programs kept, as records."""

import json

import pytest

from core.library.sentences import reason_of_sentence, reasons_column_of_sentences
from core.reasons import Reason, ReasonCode
from core.words import words

KNOWN = (
    "19 of ≈ 4,141 replies",
    "the source has further pages of replies",
    "559 comments behind 1 “more” stub",
    "1 comment with more answers than are here (1 more)",
    "2 posts with more answers than are here (31 more)",
    "cut short on the page (more replies): 1 chain",
    "the snapshot ends at character 74,800 of 112,000",
    "there are more than 1,000 pages (max_pages under [sources])",
    "its import has not finished; import the same file again and it goes on",
    "the fetch was broken off: it was stopped",
    "1 page could not be had",
)


@pytest.mark.parametrize("sentence", KNOWN)
def test_a_sentence_that_is_known_becomes_a_reason_that_says_the_same(sentence: str) -> None:
    found = reason_of_sentence(sentence)
    assert found.code is not ReasonCode.WRITTEN
    assert words(found) == sentence


def test_what_is_compared_with_a_total_is_told_from_other_reasons() -> None:
    assert reason_of_sentence("3 of ≈ 7 replies") == Reason(ReasonCode.FEWER_REPLIES, (3, 7))


def test_a_sentence_that_is_not_known_stays_as_it_was_written() -> None:
    assert reason_of_sentence("please log in; 3 times") == Reason.written("please log in; 3 times")


def test_why_a_fetch_was_broken_off_stays_as_it_was_written() -> None:
    found = reason_of_sentence("the fetch was broken off: x.example: no answer")
    assert found == Reason(ReasonCode.BROKEN_OFF, causes=(Reason.written("x.example: no answer"),))


def test_a_column_of_sentences_becomes_one_of_records() -> None:
    column = json.dumps(["3 of ≈ 7 replies", "未登录"], ensure_ascii=False)
    assert json.loads(reasons_column_of_sentences(column)) == [
        {"code": "fewer-replies", "numbers": [3, 7]},
        {"code": "written", "names": ["未登录"]},
    ]
