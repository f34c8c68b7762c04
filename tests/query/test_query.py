"""The filter language: what parses, and what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import QueryError
from core.query import (
    FIELDS,
    NUMBERS,
    And,
    Between,
    Compare,
    Dated,
    Match,
    Node,
    Not,
    Or,
    Unknown,
    Words,
    describe,
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
    st.builds(Words, words, st.sampled_from(("", "text", "note", "translation"))),
    st.builds(Words, words.filter(lambda text: fold(text.lstrip("@＠"))), st.just("author")),
    st.builds(Compare, st.sampled_from(NUMBERS), st.sampled_from(("=", ">", ">=", "<", "<=")), st.integers(-9, 10**9)),
    st.builds(
        lambda name, ends: Between(name, min(ends), max(ends)),
        st.sampled_from(NUMBERS),
        st.tuples(st.integers(-9, 9), st.integers(-9, 9)),
    ),
    st.builds(Dated, minutes, st.none()),
    st.builds(Dated, st.none(), minutes),
    st.tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Dated(min(pair), max(pair))),
    st.builds(Unknown, st.sampled_from((*NUMBERS, "date", "lang", "author", "tag"))),
    st.builds(Match, st.sampled_from(("tag", "id")), words),
    st.builds(Match, st.sampled_from(("tag", "id")), plain, st.just(True)),
    st.builds(Match, st.just("author"), plain),
    st.builds(Match, st.just("lang"), st.sampled_from(("zh", "zh-Hans", "none"))),
    st.sampled_from([Match(name, value) for name in ("is", "has", "flag") for value in FIELDS[name].values]),
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


@given(trees)
def test_every_tree_describes_itself(tree: Node) -> None:
    assert describe(tree).strip()


@pytest.mark.parametrize("text", ["", "  ", "\u3000\n"])
def test_an_empty_filter_has_no_tree(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("memory", Words("memory")),
        ('"two  words"', Words("two  words")),
        ("“two ＂words”", Words("two ＂words")),
        (r'"say \"hi\" \o/ \\"', Words(r'say "hi" \o/ ' + "\\")),
        ("don't", Words("don't")),
        ("记忆，很好", Words("记忆，很好")),
        ("a b", And((Words("a"), Words("b")))),
        ("a\u3000AND b", And((Words("a"), Words("b")))),
        ("a b OR c", Or((And((Words("a"), Words("b"))), Words("c")))),
        ("a|b｜c", Or((Words("a"), Words("b"), Words("c")))),
        ("a (b OR c)", And((Words("a"), Or((Words("b"), Words("c")))))),
        ("（a｜b）c", And((Or((Words("a"), Words("b"))), Words("c")))),
        ("-a －b NOT c", And((Not(Words("a")), Not(Words("b")), Not(Words("c"))))),
        ("-(a b)", Not(And((Words("a"), Words("b"))))),
        ("--a", Not(Not(Words("a")))),
        ("well-known - fact", And((Words("well-known"), Words("-"), Words("fact")))),
        ("or not and", And((Words("or"), Words("not"), Words("and")))),
        ("text:a note:b translation:记", And((Words("a", "text"), Words("b", "note"), Words("记", "translation")))),
        ('NOTE:"a b"', Words("a b", "note")),
    ],
)
def test_words_and_the_signs_between_them_make_a_tree(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text", ["https://example.com/x", "text://x", "12:30", "3：1", "他说：好", ":x", "www.example.com:80"]
)
def test_a_colon_that_can_name_no_field_is_text(text: str) -> None:
    assert parse(text) == Words(text)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("likes:40", Compare("likes", "=", 40)),
        ("LIKES:>40", Compare("likes", ">", 40)),
        ("likes：＞＝４０", Compare("likes", ">=", 40)),
        ("likes:≥40", Compare("likes", ">=", 40)),
        ("likes<=40", Compare("likes", "<=", 40)),
        ("views:<1,200", Compare("views", "<", 1200)),
        ("views:<1，200", Compare("views", "<", 1200)),
        ("views:>1.2k", Compare("views", ">", 1200)),
        ("views:>3M", Compare("views", ">", 3_000_000)),
        ("views:>1.5万", Compare("views", ">", 15_000)),
        ("likes:-3", Compare("likes", "=", -3)),
        ("replies:10..50", Between("replies", 10, 50)),
        ("replies:50..10", Between("replies", 10, 50)),
        ("replies:1k..2k", Between("replies", 1000, 2000)),
        ("reposts:10..", Compare("reposts", ">=", 10)),
        ("reposts:..10", Compare("reposts", "<=", 10)),
        ("likes:?", Unknown("likes")),
        ("likes:？", Unknown("likes")),
        ("rating:Unknown", Unknown("rating")),
        ('likes:"40"', Compare("likes", "=", 40)),
    ],
)
def test_numbers_compare_in_every_spelling(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("date:2026-02-23", Dated(FEB_23, FEB_23 + DAY)),
        ("time:2026/2/23", Dated(FEB_23, FEB_23 + DAY)),
        ("date:>2026-02-23", Dated(FEB_23 + DAY, None)),
        ("date:>=2026-02-23", Dated(FEB_23, None)),
        ("date:<2026-02-23", Dated(None, FEB_23)),
        ("date:<=2026-02-23", Dated(None, FEB_23 + DAY)),
        ("date:2026-02-23..2026-02-25", Dated(FEB_23, FEB_23 + 3 * DAY)),
        ("date:2026-02-25..2026-02-23", Dated(FEB_23, FEB_23 + 3 * DAY)),
        ("date:2026-02-23..", Dated(FEB_23, None)),
        ("date:..2026-02-23", Dated(None, FEB_23 + DAY)),
        ("date:2026-02", Dated(FEB_23 - 22 * DAY, FEB_23 + 6 * DAY)),
        ("date:2026-12", Dated(FEB_23 + 281 * DAY, FEB_23 + 312 * DAY)),
        ("date:2026", Dated(FEB_23 - 53 * DAY, FEB_23 + 312 * DAY)),
        ("date:2026-02-23T12:30", Dated(FEB_23 + 45_000, FEB_23 + 45_060)),
        ("date:?", Unknown("date")),
    ],
)
def test_dates_are_periods_in_utc(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("lang:zh_Hans", Match("lang", "zh-Hans")),
        ("lang:?", Unknown("lang")),
        ("author:@ada", Match("author", "ada")),
        ("author：＠ada", Match("author", "ada")),
        ("author:ada", Words("ada", "author")),
        ('author:"@ada"', Words("@ada", "author")),
        ("author:?", Unknown("author")),
        ("tag:meme", Match("tag", "meme")),
        ('tag:"two words"', Match("tag", "two words")),
        ("tag:“两 词”", Match("tag", "两 词")),
        ("tag:me*", Match("tag", "me", prefix=True)),
        ('tag:"me*"', Match("tag", "me*")),
        ("tag:*", Match("has", "tag")),
        ("tag:?", Unknown("tag")),
        ("tag:none", Unknown("tag")),
        ('tag:"none"', Match("tag", "none")),
        ("is:Starred", Match("is", "starred")),
        ("is:undecided", Match("is", "new")),
        ("has:lead_in", Match("has", "lead-in")),
        ("has:links", Match("has", "link")),
        ("flag:bidi", Match("flag", "bidi")),
        ("id:h:1a2b", Match("id", "h:1a2b")),
        ("id:12*", Match("id", "12", prefix=True)),
    ],
)
def test_values_and_their_signs_make_a_match_that_prints_them_again(text: str, tree: Node) -> None:
    assert parse(text) == tree
    assert parse(str(tree)) == tree


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("likes:>1k -is:rejected", "likes over 1,000 and not rejected"),
        ("(a OR tag:me*) lang:zh", "(contains “a” or tagged me…) and in zh"),
        ("-(a b)", "not (contains “a” and contains “b”)"),
        ("note:x author:@ada author:ad", "note contains “x” and by @ada and author contains “ad”"),
        ("date:2026-02", "posted 2026-02-01 to 2026-02-28"),
        ("date:>2026-02-23", "posted since 2026-02-24"),
        ("date:<2026-02-23T12:30", "posted before 2026-02-23T12:30"),
        ("likes:? tag:? rating:?", "likes unknown and without a tag and unrated"),
        ("likes:1..2000 has:excerpt flag:bidi", "likes 1 to 2,000 and with an excerpt and flagged bidi"),
    ],
)
def test_a_filter_is_told_in_words(text: str, told: str) -> None:
    node = parse(text)
    assert node is not None
    assert describe(node) == told


@pytest.mark.parametrize(("name", "example"), [(name, example) for name in FIELDS for example in FIELDS[name].examples])
def test_every_example_in_the_help_parses(name: str, example: str) -> None:
    assert isinstance(parse(example), Compare | Between | Dated | Unknown | Match | Words)
    assert example.startswith(f"{name}:")


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in FIELDS for value in FIELDS[name].values])
def test_every_listed_value_parses_to_itself(name: str, value: str) -> None:
    assert parse(f"{name}:{value}") == Match(name, value)
