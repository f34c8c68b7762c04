"""The filter language: what parses, and what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import QueryError
from core.query import (
    FIELDS,
    NUMBERS,
    And,
    Node,
    Not,
    NumberComparison,
    NumberRange,
    Or,
    TextMatch,
    TimeRange,
    UnknownValue,
    ValueMatch,
    parse,
)
from core.text.matching import fold

DAY = 86_400
FEB_23 = 1_771_804_800
"""2026-02-23T00:00Z."""

ODD = "ab Zé１：:＞<>=()（）|\"“”＂\\-－*?@%_,.记\t\0\u200d'！"
words = st.sampled_from(["OR", "NOT", "AND", "-a", "@a", "none", "?", "*"]) | st.text(
    ODD, min_size=1, max_size=6
).filter(fold)
minutes = st.integers(-30_000_000, 60_000_000).map(lambda count: count * 60)
plain = st.text("abé记1.", min_size=1, max_size=4)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(TextMatch, words, st.sampled_from(("", "text", "note", "translation"))),
    st.builds(TextMatch, words.filter(lambda text: fold(text.lstrip("@＠"))), st.just("author")),
    st.builds(
        NumberComparison, st.sampled_from(NUMBERS), st.sampled_from(("=", ">", ">=", "<", "<=")), st.integers(-9, 10**9)
    ),
    st.builds(
        lambda name, ends: NumberRange(name, min(ends), max(ends)),
        st.sampled_from(NUMBERS),
        st.tuples(st.integers(-9, 9), st.integers(-9, 9)),
    ),
    st.builds(TimeRange, minutes, st.none()),
    st.builds(TimeRange, st.none(), minutes),
    st.tuples(minutes, minutes)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: TimeRange(min(pair), max(pair))),
    st.builds(UnknownValue, st.sampled_from((*NUMBERS, "date", "lang", "author", "tag"))),
    st.builds(ValueMatch, st.sampled_from(("tag", "id")), words),
    st.builds(ValueMatch, st.sampled_from(("tag", "id")), plain, st.just(True)),
    st.builds(ValueMatch, st.just("author"), plain),
    st.builds(ValueMatch, st.just("lang"), st.sampled_from(("zh", "zh-Hans", "none"))),
    st.sampled_from([ValueMatch(name, value) for name in ("is", "has", "flag") for value in FIELDS[name].values]),
)
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: And(tuple(terms))),
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: Or(tuple(terms))),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)


@given(trees)
def test_a_printed_tree_parses_to_an_equal_tree(tree: Node) -> None:
    assert parse(str(tree)) == tree


@given(
    st.lists(
        st.sampled_from([*ODD, " ", "OR ", "NOT ", "likes:", "date:", "tag:", "author:", "2026-02", "lang:"]),
        max_size=12,
    )
)
def test_any_text_parses_or_raises_an_error_that_points_into_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    column = 1
    try:
        node = parse(text)
    except QueryError as error:
        node, column = None, error.column
    assert 1 <= column <= len(text) + 1
    assert node is None or parse(str(node)) == node


@pytest.mark.parametrize("text", ["", "  ", "\u3000\n"])
def test_an_empty_filter_has_no_tree(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("memory", TextMatch("memory")),
        ('"two  words"', TextMatch("two  words")),
        ("“two ＂words”", TextMatch("two ＂words")),
        (r'"say \"hi\" \o/ \\"', TextMatch(r'say "hi" \o/ ' + "\\")),
        ("don't", TextMatch("don't")),
        ("记忆，很好", TextMatch("记忆，很好")),
        ("a b", And((TextMatch("a"), TextMatch("b")))),
        ("a\u3000AND b", And((TextMatch("a"), TextMatch("b")))),
        ("a b OR c", Or((And((TextMatch("a"), TextMatch("b"))), TextMatch("c")))),
        ("a|b｜c", Or((TextMatch("a"), TextMatch("b"), TextMatch("c")))),
        ("a (b OR c)", And((TextMatch("a"), Or((TextMatch("b"), TextMatch("c")))))),
        ("（a｜b）c", And((Or((TextMatch("a"), TextMatch("b"))), TextMatch("c")))),
        ("-a －b NOT c", And((Not(TextMatch("a")), Not(TextMatch("b")), Not(TextMatch("c"))))),
        ("-(a b)", Not(And((TextMatch("a"), TextMatch("b"))))),
        ("--a", Not(Not(TextMatch("a")))),
        ("well-known - fact", And((TextMatch("well-known"), TextMatch("-"), TextMatch("fact")))),
        ("or not and", And((TextMatch("or"), TextMatch("not"), TextMatch("and")))),
        (
            "text:a note:b translation:记",
            And((TextMatch("a", "text"), TextMatch("b", "note"), TextMatch("记", "translation"))),
        ),
        ('NOTE:"a b"', TextMatch("a b", "note")),
    ],
)
def test_words_and_the_signs_between_them_make_a_tree(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text", ["https://example.com/x", "text://x", "12:30", "3：1", "他说：好", ":x", "www.example.com:80"]
)
def test_a_colon_that_can_name_no_field_is_text(text: str) -> None:
    assert parse(text) == TextMatch(text)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("likes:40", NumberComparison("likes", "=", 40)),
        ("LIKES:>40", NumberComparison("likes", ">", 40)),
        ("likes：＞＝４０", NumberComparison("likes", ">=", 40)),
        ("likes:≥40", NumberComparison("likes", ">=", 40)),
        ("likes<=40", NumberComparison("likes", "<=", 40)),
        ("views:<1,200", NumberComparison("views", "<", 1200)),
        ("views:<1，200", NumberComparison("views", "<", 1200)),
        ("views:>1.2k", NumberComparison("views", ">", 1200)),
        ("views:>3M", NumberComparison("views", ">", 3_000_000)),
        ("views:>1.5万", NumberComparison("views", ">", 15_000)),
        ("likes:-3", NumberComparison("likes", "=", -3)),
        ("replies:10..50", NumberRange("replies", 10, 50)),
        ("replies:50..10", NumberRange("replies", 10, 50)),
        ("replies:1k..2k", NumberRange("replies", 1000, 2000)),
        ("reposts:10..", NumberComparison("reposts", ">=", 10)),
        ("reposts:..10", NumberComparison("reposts", "<=", 10)),
        ("likes:?", UnknownValue("likes")),
        ("likes:？", UnknownValue("likes")),
        ("rating:Unknown", UnknownValue("rating")),
        ('likes:"40"', NumberComparison("likes", "=", 40)),
    ],
)
def test_numbers_compare_in_every_spelling(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("date:2026-02-23", TimeRange(FEB_23, FEB_23 + DAY)),
        ("time:2026/2/23", TimeRange(FEB_23, FEB_23 + DAY)),
        ("date:>2026-02-23", TimeRange(FEB_23 + DAY, None)),
        ("date:>=2026-02-23", TimeRange(FEB_23, None)),
        ("date:<2026-02-23", TimeRange(None, FEB_23)),
        ("date:<=2026-02-23", TimeRange(None, FEB_23 + DAY)),
        ("date:2026-02-23..2026-02-25", TimeRange(FEB_23, FEB_23 + 3 * DAY)),
        ("date:2026-02-25..2026-02-23", TimeRange(FEB_23, FEB_23 + 3 * DAY)),
        ("date:2026-02-23..", TimeRange(FEB_23, None)),
        ("date:..2026-02-23", TimeRange(None, FEB_23 + DAY)),
        ("date:2026-02", TimeRange(FEB_23 - 22 * DAY, FEB_23 + 6 * DAY)),
        ("date:2026-12", TimeRange(FEB_23 + 281 * DAY, FEB_23 + 312 * DAY)),
        ("date:2026", TimeRange(FEB_23 - 53 * DAY, FEB_23 + 312 * DAY)),
        ("date:2026-02-23T12:30", TimeRange(FEB_23 + 45_000, FEB_23 + 45_060)),
        ("date:?", UnknownValue("date")),
    ],
)
def test_dates_are_periods_in_utc(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("lang:zh_Hans", ValueMatch("lang", "zh-Hans")),
        ("lang:?", UnknownValue("lang")),
        ("author:@ada", ValueMatch("author", "ada")),
        ("author：＠ada", ValueMatch("author", "ada")),
        ("author:ada", TextMatch("ada", "author")),
        ('author:"@ada"', TextMatch("@ada", "author")),
        ("author:?", UnknownValue("author")),
        ("tag:meme", ValueMatch("tag", "meme")),
        ('tag:"two words"', ValueMatch("tag", "two words")),
        ("tag:“两 词”", ValueMatch("tag", "两 词")),
        ("tag:me*", ValueMatch("tag", "me", prefix=True)),
        ('tag:"me*"', ValueMatch("tag", "me*")),
        ("tag:*", ValueMatch("has", "tag")),
        ("tag:?", UnknownValue("tag")),
        ("tag:none", UnknownValue("tag")),
        ('tag:"none"', ValueMatch("tag", "none")),
        ("is:Starred", ValueMatch("is", "starred")),
        ("is:undecided", ValueMatch("is", "new")),
        ("has:lead_in", ValueMatch("has", "lead-in")),
        ("has:links", ValueMatch("has", "link")),
        ("flag:bidi", ValueMatch("flag", "bidi")),
        ("id:h:1a2b", ValueMatch("id", "h:1a2b")),
        ("id:12*", ValueMatch("id", "12", prefix=True)),
    ],
)
def test_values_and_their_signs_make_a_match_that_prints_them_again(text: str, tree: Node) -> None:
    assert parse(text) == tree
    assert parse(str(tree)) == tree


@pytest.mark.parametrize(("name", "example"), [(name, example) for name in FIELDS for example in FIELDS[name].examples])
def test_every_example_in_the_help_parses(name: str, example: str) -> None:
    assert isinstance(
        parse(example), NumberComparison | NumberRange | TimeRange | UnknownValue | ValueMatch | TextMatch
    )
    assert example.startswith(f"{name}:")


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in FIELDS for value in FIELDS[name].values])
def test_every_listed_value_parses_to_itself(name: str, value: str) -> None:
    assert parse(f"{name}:{value}") == ValueMatch(name, value)
