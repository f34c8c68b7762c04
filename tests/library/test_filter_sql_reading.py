"""The filter in SQL, held against a plain reading of the tree over the same rows."""

from collections.abc import Iterator
from operator import eq, ge, gt, le, lt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import Flag, Mark, Post, PostStatus, State, Translation, TranslationState
from core.query import (
    FIELDS,
    MAX_DEPTH,
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
from tests.library.test_filter_sql import NEWEST, ROOT_AUTHOR, Row, Shelf, said

OPERATORS = {"=": eq, ">": gt, ">=": ge, "<": lt, "<=": le}


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    """One library for the module; each test fills it anew."""
    made = Shelf()
    yield made
    made.connection.close()


def fits(row: Row, node: Node) -> bool:
    """Whether a row fits, as the filter language promises it."""
    match node:
        case And(terms):
            return all(fits(row, term) for term in terms)
        case Or(terms):
            return any(fits(row, term) for term in terms)
        case Not(term):
            return not fits(row, term)
        case TextMatch(words, place):
            return any(fold(words) in fold(text) for text in read(row, place) if text is not None)
        case NumberComparison(name, op, value):
            number = known(row, name)
            return number is not None and OPERATORS[op](number, value)
        case NumberRange(name, low, high):
            number = known(row, name)
            return number is not None and low <= number <= high
        case TimeRange(start, end):
            at = row.post.posted_at
            return at is not None and (start is None or at >= start) and (end is None or at < end)
        case UnknownValue("tag" | "rating" as name):
            return row.mark is None or not (row.mark.tags if name == "tag" else row.mark.rating)
        case UnknownValue(name):
            return getattr(row.post, "posted_at" if name == "date" else name) is None
        case ValueMatch(name, value, prefix):
            return matches(row, name, value, prefix)


def known(row: Row, name: str) -> int | None:
    """A row's number."""
    number: int | None = (row.mark or Mark()).rating if name == "rating" else getattr(row.post, name)
    return number


def read(row: Row, place: str) -> list[str | None]:
    """The texts in which words are looked for."""
    translated: list[str | None] = [translation.text for translation in row.translations]
    places: dict[str, list[str | None]] = {
        "": [row.post.text, *translated],
        "text": [row.post.text],
        "translation": translated,
        "note": [row.mark.note if row.mark else None],
        "author": [row.post.author, row.post.author_name],
    }
    return places[place]


def matches(row: Row, name: str, value: str, prefix: bool) -> bool:
    """Whether a row has a value."""
    post, mark = row.post, row.mark or Mark()
    by_root = post.author is not None and fold(post.author) == fold(ROOT_AUTHOR)
    match name:
        case "author":
            return post.author is not None and fold(post.author) == fold(value)
        case "tag":
            tags, wanted = [fold(tag) for tag in mark.tags], fold(value)
            return any(tag.startswith(wanted) for tag in tags) if prefix else wanted in tags
        case "lang":
            return post.lang is not None and f"{post.lang.lower()}-".startswith(f"{value.lower()}-")
        case "flag":
            return value in post.flags
        case "recheck":
            return False
        case "has":
            things = {"translation": row.translations, "media": post.media, "link": post.links, "flag": post.flags,
                      "history": row.observed, "copies": ()}  # fmt: skip
            field = {"tag": "tags", "lead-in": "lead_in"}.get(value, value)
            return bool(things[value] if value in things else getattr(mark, field))
    standing = {
        "root": row.depth == 0, "reply": row.depth != 0, "top": row.depth == 1, "nested": row.depth > 1,
        "op": by_root, "deleted": post.status != "live", "review": mark.review, "confirmed": mark.confirmed,
        "decided": mark.state in ("starred", "rejected"), "added": row.brought in NEWEST, "gone": row.gone is not None,
        "changed": row.observed in NEWEST and row.brought not in NEWEST,
    }  # fmt: skip
    return standing.get(value, value in (mark.state, *(each.state for each in row.translations)))


LETTERS = "aAeéÉ１记%_\\ -*ß\u0301"
texts = st.text(LETTERS, max_size=8)
short = st.text(LETTERS, min_size=1, max_size=2)
numbers = st.integers(-1, 3)
counts = st.none() | numbers
posts = st.builds(
    Post, id=st.just("1"), text=texts, author=st.none() | st.sampled_from(["ada", "Ada", "ZOE", "zoé", "a_a"]),
    author_name=st.none() | texts, posted_at=st.none() | numbers.map(lambda n: n * 60),
    likes=counts, replies=counts, views=counts, reposts=counts,
    lang=st.none() | st.sampled_from(["zh", "zh-Hans", "ZH", "zhx", "en"]),
    media=st.sampled_from([(), ("a.png",)]), links=st.sampled_from([(), ("https://example.com",)]),
    status=st.sampled_from(PostStatus), flags=st.lists(st.sampled_from(Flag), max_size=2, unique=True).map(tuple),
)  # fmt: skip
marks = st.builds(
    Mark, state=st.sampled_from(State), tags=st.lists(short, max_size=2, unique=True).map(tuple),
    note=texts, lead_in=texts, comment=texts, excerpt=st.sampled_from([(), ((0, 1),)]),
    rating=st.integers(0, 3), review=st.booleans(), confirmed=st.booleans(),
)  # fmt: skip
translations = st.builds(Translation, st.sampled_from(["en", "zh"]), texts, st.sampled_from(TranslationState))
several = st.lists(translations, max_size=2, unique_by=lambda translation: translation.lang).map(tuple)
captures = st.integers(1, 3)
rows = st.builds(
    Row, posts, st.integers(0, 3), st.none() | marks, several, captures, st.none() | captures, st.none() | captures
)
shelves = st.lists(rows, min_size=1, max_size=5)
LISTED = [ValueMatch(name, value) for name in ("is", "has", "flag") for value in FIELDS[name].values]
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(TextMatch, short, st.sampled_from(["", "text", "note", "translation", "author"])),
    st.builds(NumberComparison, st.sampled_from(NUMBERS), st.sampled_from(["=", ">", ">=", "<", "<="]), numbers),
    st.builds(NumberRange, st.sampled_from(NUMBERS), numbers, numbers),
    st.builds(TimeRange, numbers.map(lambda n: n * 60), st.none() | st.just(120)),
    st.builds(TimeRange, st.none(), numbers.map(lambda n: n * 60)),
    st.builds(UnknownValue, st.sampled_from([*NUMBERS, "date", "lang", "author", "tag"])),
    st.builds(ValueMatch, st.just("tag"), short, st.booleans()),
    st.builds(ValueMatch, st.just("author"), st.sampled_from(["ADA", "zoe", "a%a"])),
    st.builds(ValueMatch, st.just("lang"), st.sampled_from(["zh", "Zh-hans", "z"])),
    st.sampled_from(LISTED),
)
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: And(tuple(terms))),
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: Or(tuple(terms))),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)


@given(shelves, st.lists(trees, min_size=1, max_size=12))
def test_sql_keeps_the_rows_that_a_plain_reading_keeps(shelf: Shelf, rows: list[Row], nodes: list[Node]) -> None:
    shelf.fill(*rows)
    for node in nodes:
        assert shelf.kept(node) == [seq for seq, row in enumerate(rows) if fits(row, node)]


@given(shelves)
def test_every_listed_value_keeps_the_rows_that_have_it(shelf: Shelf, rows: list[Row]) -> None:
    shelf.fill(*rows)
    for node in LISTED:
        assert shelf.kept(node) == [seq for seq, row in enumerate(rows) if fits(row, node)]


@given(shelves, trees)
def test_a_negated_filter_keeps_exactly_the_other_rows(shelf: Shelf, rows: list[Row], node: Node) -> None:
    shelf.fill(*rows)
    assert sorted(shelf.kept(node) + shelf.kept(Not(node))) == list(range(len(rows)))


@pytest.mark.parametrize("leaf", ["b", "is:op", "author:b", "tag:a*", "translation:b"])
@pytest.mark.parametrize("opening", ["x (", "x | (", "-("])
def test_the_deepest_filter_that_parses_is_one_that_sqlite_takes(shelf: Shelf, opening: str, leaf: str) -> None:
    rows = [said("a"), said("b")]
    shelf.fill(*rows)
    depth = MAX_DEPTH // 2 if opening == "-(" else MAX_DEPTH
    node = parse(opening * depth + f"{leaf} y" + ")" * depth)
    assert node is not None
    assert shelf.kept(node) == [seq for seq, row in enumerate(rows) if fits(row, node)]
