"""The filter in SQL, held against a plain reading of the tree over the same rows."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from operator import eq, ge, gt, le, lt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.library.schema import migrate
from core.library.where import LONGEST_PATTERN, where
from core.models import Flag, Mark, Post, PostStatus, State, Translation, TranslationState
from core.query import (
    FIELDS,
    MAX_DEPTH,
    MAX_NUMBER,
    MAX_TERMS,
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
    parse,
)
from core.text.matching import fold

ROOT_AUTHOR = "Zoé"
OPERATORS = {"=": eq, ">": gt, ">=": ge, "<": lt, "<=": le}


@dataclass(frozen=True, slots=True)
class Row:
    """A post with all that the library knows of it; a `mark` of None has no row of its own."""

    post: Post
    depth: int = 1
    mark: Mark | None = None
    translations: tuple[Translation, ...] = ()


def said(text: str, **fields: Any) -> Row:
    """A row with this text."""
    return Row(Post(fields.pop("id", "1"), text, **fields))


class Shelf:
    """A library of one thread in memory."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.create_function("fold", 1, fold, deterministic=True)
        migrate(self.connection)
        self._put("thread", id=1, root_id="0", verdict="unknown", root_author=ROOT_AUTHOR)

    def fill(self, *rows: Row) -> None:
        """Hold these rows alone; a row's seq is its place, and its id is made unique where it is `1`."""
        for table in ("post", "mark", "tag", "post_tag", "translation"):
            self.connection.execute(f"DELETE FROM {table}")
        for seq, row in enumerate(rows):
            self._insert_post(seq, row)
            for mark in [row.mark] if row.mark else []:
                kept = {name: value for name, value in asdict(mark).items() if name != "tags"}
                self._put("mark", post=seq, **kept | {"excerpt": json.dumps(mark.excerpt)})
                self._insert_tags(seq, mark.tags)
            for said in row.translations:
                self._put("translation", post=seq, lang=said.lang, text=said.text, state=said.state)

    def _insert_post(self, seq: int, row: Row) -> None:
        post = row.post
        values = {name: value for name, value in asdict(post).items() if value != ()} | {
            "id": f"1-{seq}" if post.id == "1" else post.id,
            "folded": None if post.text.isascii() else fold(post.text),
            "folded_name": None if post.author_name is None or post.author_name.isascii() else fold(post.author_name),
            "flags": " ".join(post.flags),
        }
        values |= {name: json.dumps(values[name]) for name in ("media", "links") if name in values}
        place = {"position": seq, "depth": row.depth, "is_root": row.depth == 0}
        self._put("post", seq=seq, thread_id=1, capture_id=1, **place, **values)

    def _insert_tags(self, seq: int, tags: tuple[str, ...]) -> None:
        for place, tag in enumerate(tags):
            found = self.connection.execute("SELECT id FROM tag WHERE name = ?", (tag,)).fetchone()
            number = found[0] if found else self._put("tag", thread_id=1, name=tag, position=0)
            self._put("post_tag", post=seq, tag_id=number, position=place)

    def _put(self, table: str, **values: object) -> int | None:
        marks = ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"
        return self.connection.execute(statement, tuple(values.values())).lastrowid

    def kept(self, filtered: Node | str | None) -> list[int]:
        """The rows that a filter keeps."""
        clause, values = where(parse(filtered) if isinstance(filtered, str) else filtered)
        found = self.connection.execute(
            f"SELECT p.seq FROM post p LEFT JOIN mark m ON m.post = p.seq "
            f"WHERE p.thread_id = ? AND ({clause}) ORDER BY p.is_root, p.seq",
            (1, *values),
        )
        return sorted(seq for (seq,) in found)


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
        case Words(words, place):
            return any(fold(words) in fold(text) for text in read(row, place) if text is not None)
        case Compare(name, op, value):
            number = known(row, name)
            return number is not None and OPERATORS[op](number, value)
        case Between(name, low, high):
            number = known(row, name)
            return number is not None and low <= number <= high
        case Dated(start, end):
            at = row.post.posted_at
            return at is not None and (start is None or at >= start) and (end is None or at < end)
        case Unknown("tag" | "rating" as name):
            return row.mark is None or not (row.mark.tags if name == "tag" else row.mark.rating)
        case Unknown(name):
            return getattr(row.post, "posted_at" if name == "date" else name) is None
        case Match(name, value, prefix):
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
        case "has":
            things = {"translation": row.translations, "media": post.media, "link": post.links, "flag": post.flags}
            field = {"tag": "tags", "lead-in": "lead_in"}.get(value, value)
            return bool(things[value] if value in things else getattr(mark, field))
    standing = {
        "root": row.depth == 0, "reply": row.depth != 0, "top": row.depth == 1, "nested": row.depth > 1,
        "op": by_root, "deleted": post.status != "live", "review": mark.review, "confirmed": mark.confirmed,
        "decided": mark.state in ("starred", "rejected"),
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
shelves = st.lists(st.builds(Row, posts, st.integers(0, 3), st.none() | marks, several), min_size=1, max_size=5)
LISTED = [Match(name, value) for name in ("is", "has", "flag") for value in FIELDS[name].values]
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Words, short, st.sampled_from(["", "text", "note", "translation", "author"])),
    st.builds(Compare, st.sampled_from(NUMBERS), st.sampled_from(["=", ">", ">=", "<", "<="]), numbers),
    st.builds(Between, st.sampled_from(NUMBERS), numbers, numbers),
    st.builds(Dated, numbers.map(lambda n: n * 60), st.none() | st.just(120)),
    st.builds(Dated, st.none(), numbers.map(lambda n: n * 60)),
    st.builds(Unknown, st.sampled_from([*NUMBERS, "date", "lang", "author", "tag"])),
    st.builds(Match, st.just("tag"), short, st.booleans()),
    st.builds(Match, st.just("author"), st.sampled_from(["ADA", "zoe", "a%a"])),
    st.builds(Match, st.just("lang"), st.sampled_from(["zh", "Zh-hans", "z"])),
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


def test_no_filter_keeps_every_row(shelf: Shelf) -> None:
    shelf.fill(said("a"), said("b"))
    assert shelf.kept(None) == [0, 1]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("cafe", [0, 1]),
        ("ｃＡＦÉ", [0, 1]),
        ("100%", [2]),
        ("a_b", [3]),
        (r'"c:\\d"', [3]),
        ("忆很", [4]),
        ('"很 好"', []),
        ("straße", [5]),
        ("nuit", [5]),
        ("translation:ÉTÉ", [5]),
        ("text:nuit", []),
    ],
)
def test_words_are_found_whatever_their_case_accents_and_width(shelf: Shelf, text: str, kept: list[int]) -> None:
    rows = [said(line) for line in ("Café", "a CAFE", "100% of 1000", r"a_b c:\d", "记忆很好的")]
    french = Translation("fr", "Nuit d’été", TranslationState.MACHINE)
    shelf.fill(*rows, Row(Post("6", "STRASSE axb"), translations=(french,)))
    assert shelf.kept(text) == kept


def test_an_unknown_count_is_neither_over_nor_under_but_outside_both(shelf: Shelf) -> None:
    shelf.fill(said("a", likes=50), said("b", likes=5), said("c"))
    assert shelf.kept("likes:>40") == [0]
    assert shelf.kept("likes:<=40") == [1]
    assert shelf.kept("-likes:>40") == [1, 2]
    assert shelf.kept("-likes:>40 -likes:?") == [1]


def test_an_id_matches_to_the_letter_or_by_its_beginning(shelf: Shelf) -> None:
    shelf.fill(said("a", id="h:1aB"), said("b", id="h:1ab"), said("c", id="2%"))
    assert shelf.kept("id:h:1aB") == [0]
    assert shelf.kept("id:h:*") == [0, 1]
    assert shelf.kept("id:%*") == []


@pytest.mark.parametrize(("needle", "kept"), [("\0", [0, 1]), ("b\0", [0, 1]), ("\0É", [1]), ("CD", [0])])
def test_a_nul_is_found_and_hides_nothing_behind_it(shelf: Shelf, needle: str, kept: list[int]) -> None:
    shelf.fill(said("ab\0cd", flags=(Flag.CONTROL,)), said("ab\0éd", flags=(Flag.CONTROL,)), said("ab"))
    assert shelf.kept(Words(needle)) == kept


def test_a_lone_surrogate_finds_the_replacement_character_that_stands_for_it(shelf: Shelf) -> None:
    shelf.fill(said("a\ufffdb"), said("ab"))
    assert shelf.kept(Words("a\ud800b")) == [0]
    assert shelf.kept(Match("tag", "\udfff")) == []


def test_a_needle_longer_than_a_pattern_may_be_is_still_found(shelf: Shelf) -> None:
    shelf.fill(said("x" + "记" * LONGEST_PATTERN * 3), said("记"))
    assert shelf.kept(Words("记" * LONGEST_PATTERN * 2)) == [0]


@pytest.mark.parametrize("leaf", ["b", "is:op", "author:b", "tag:a*", "translation:b"])
@pytest.mark.parametrize("opening", ["x (", "x | (", "-("])
def test_the_deepest_filter_that_parses_is_one_that_sqlite_takes(shelf: Shelf, opening: str, leaf: str) -> None:
    rows = [said("a"), said("b")]
    shelf.fill(*rows)
    depth = MAX_DEPTH // 2 if opening == "-(" else MAX_DEPTH
    node = parse(opening * depth + f"{leaf} y" + ")" * depth)
    assert node is not None
    assert shelf.kept(node) == [seq for seq, row in enumerate(rows) if fits(row, node)]


def test_the_longest_filter_that_parses_is_one_that_sqlite_takes(shelf: Shelf) -> None:
    shelf.fill(said("a"), said("b"))
    assert shelf.kept("a " * MAX_TERMS) == [0]
    assert shelf.kept("author:z | " * (MAX_TERMS - 1) + "b") == [1]
    assert shelf.kept(f"likes:>{MAX_NUMBER}") == []


def test_every_value_is_bound_and_none_is_written_into_the_sql() -> None:
    fields = ("", "text:", "note:", "translation:", "author:", "author:@", "tag:", "id:")
    clause, values = where(parse(" ".join(f"{name}o'quote" for name in fields) + " likes:987654 views:1..987654"))
    assert "quote" not in clause
    assert "987654" not in clause
    assert clause.count("?") == len(values)
