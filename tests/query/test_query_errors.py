"""The filter language: what it says of a filter that does not parse."""

import pytest

from core.errors import QueryError
from core.query import MAX_DEPTH, MAX_TERMS, parse


@pytest.mark.parametrize(
    ("text", "says", "column"),
    [
        ("likes:abc", "likes wants a number such as likes:>40, not ‘abc’", 7),
        ("a likes:1,20", "not ‘1,20’", 9),
        ("likes:1.5", "not ‘1.5’", 7),
        ("likes:<>4", "not ‘<>4’", 7),
        ("likes:..", "not ‘..’", 7),
        ("likes:999999999999999999万", "not ‘999999999999999999万’", 7),
        ("likes:" + "9" * 5000, "likes wants a number", 7),
        ("date:2026-02-30", "date wants a date such as date:2026-02-23, not ‘2026-02-30’", 6),
        ("date:9999", "date wants a date", 6),
        ("date:yesterday", "date wants a date", 6),
        ("likes: 40", "likes has no value; write it without a space, such as likes:>40", 7),
        ("author:@", "author has no value", 8),
        ('tag:""', "tag has no value", 5),
        ("a lkies:>4", "There is no field ‘lkies’; did you mean ‘likes’?", 3),
        ("mailto:ada@example.com", "put them in quotes", 1),
        ("is:stared", "is does not know ‘stared’; it takes starred, rejected", 4),
        ("has:hat", "it takes translation, note, lead-in", 5),
        ("flag:x", "it takes author-unknown", 6),
        ("lang:*", "lang wants a language", 6),
        ('a "b', "This quote is not closed", 3),
        ('“b"', "This quote is not closed", 1),
        ("a (b", "This parenthesis is not closed", 3),
        ("a )b", "This parenthesis closes nothing", 3),
        ("a OR", "A term is missing here", 5),
        ("| a", "A term is missing here", 1),
        ("a AND OR b", "A term is missing here", 7),
        ("()", "A term is missing here", 2),
        ("NOT", "A term is missing here", 4),
        ('""', "nothing to search for", 1),
        ("a \u200d", "nothing to search for", 3),
    ],
)
def test_a_filter_that_does_not_parse_says_where_and_what_to_do(text: str, says: str, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert says in str(caught.value)
    assert caught.value.column == column


@pytest.mark.parametrize(
    "text", ["(" * 5000, "-" * 5000 + "a", "a " * (MAX_TERMS + 1), "NOT " * 5000 + "a", "(" * (MAX_DEPTH + 1) + "a"]
)
def test_a_filter_beyond_the_limits_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="more than"):
        parse(text)


def test_a_long_run_of_backslashes_in_an_open_quote_is_refused_at_once() -> None:
    with pytest.raises(QueryError, match="not closed"):
        parse('"' + "\\" * 100_001)
