"""The filter in SQL: what it finds, at its edges and at its limits."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from core.desk import Desk
from core.library.captures.readings import keep_reading
from core.library.filter_sql import LONGEST_PATTERN, filter_condition
from core.library.schema import migrate
from core.library.thread_posts import seq_of
from core.library.view_results import posts_fitting
from core.models import Flag, Mark, Payload, Post, Reading, Translation, TranslationState
from core.query import MAX_NUMBER, MAX_TERMS, Node, TextMatch, ValueMatch, parse
from core.text.matching import fold
from tests.kit.blank import new_library

ROOT_AUTHOR = "Zoé"
NEWEST = (2, 3)
"""The captures of the newest visit."""


@dataclass(frozen=True, slots=True)
class Row:
    """A post with all that the library knows of it; a `mark` of None has no row of its own."""

    post: Post
    depth: int = 1
    mark: Mark | None = None
    translations: tuple[Translation, ...] = ()
    brought: int = 1
    """The capture that brought it: the first one, or one of the two of the newest visit."""
    observed: int | None = None
    gone: int | None = None


def said(text: str, **fields: Any) -> Row:
    """A row with this text."""
    return Row(Post(fields.pop("id", "1"), text, **fields))


class Shelf:
    """A library of one thread in memory."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.create_function("fold", 1, fold, deterministic=True)
        migrate(self.connection)
        self._put("thread", id=1, root_id="0", verdict="unknown", root_author=ROOT_AUTHOR, visit=2, visit_before=1)
        self._put("payload", id=1, sha256="", name="", data=b"")
        told = {"payload_id": 1, "name": "", "read_at": 0, "format": "", "verdict": "", "reasons": "", "problems": ""}
        for id in (1, *NEWEST):
            self._put("capture", id=id, thread_id=1, visit=min(id, 2), found=1, **told)

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
                folded = None if said.text.isascii() else fold(said.text)
                self._put("translation", post=seq, lang=said.lang, text=said.text, folded=folded, state=said.state)

    def _insert_post(self, seq: int, row: Row) -> None:
        post = row.post
        values = {name: value for name, value in structs.asdict(post).items() if value != ()} | {
            "id": f"1-{seq}" if post.id == "1" else post.id,
            "folded": None if post.text.isascii() else fold(post.text),
            "folded_name": None if post.author_name is None or post.author_name.isascii() else fold(post.author_name),
            "flags": " ".join(post.flags),
        }
        values |= {name: json.dumps(values[name]) for name in ("media", "links") if name in values}
        place = {"position": seq, "depth": row.depth, "is_root": row.depth == 0}
        captures = {"capture_id": row.brought, "observed": row.observed, "gone": row.gone}
        self._put("post", seq=seq, thread_id=1, **captures, **place, **values)

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
        clause, values = filter_condition(parse(filtered) if isinstance(filtered, str) else filtered)
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


def test_a_translation_is_found_in_the_form_that_the_desk_folds_it_into(tmp_path: Path) -> None:
    library = new_library(tmp_path / "library.db")
    thread_id = keep_reading(
        library, Payload("a.json", b"a"), Reading("invented", "1", (Post("1", "Summer"),))
    ).thread_id
    assert thread_id is not None
    desk = Desk(library, thread_id, "fr")
    seq = seq_of(library, thread_id, "1")
    assert seq is not None
    found = []
    for change in (
        lambda: desk.translate(seq, "L’ÉTÉ\r\n"),
        desk.undo,
        desk.redo,
        lambda: desk.translate(seq, "Summer"),
    ):
        change()
        found.append(posts_fitting(library, thread_id, TextMatch("été", "translation")))
    library.close()
    assert found == [{seq}, frozenset(), {seq}, frozenset()]


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
    assert shelf.kept(TextMatch(needle)) == kept


def test_a_lone_surrogate_finds_the_replacement_character_that_stands_for_it(shelf: Shelf) -> None:
    shelf.fill(said("a\ufffdb"), said("ab"))
    assert shelf.kept(TextMatch("a\ud800b")) == [0]
    assert shelf.kept(ValueMatch("tag", "\udfff")) == []


def test_a_needle_longer_than_a_pattern_may_be_is_still_found(shelf: Shelf) -> None:
    shelf.fill(said("x" + "记" * LONGEST_PATTERN * 3), said("记"))
    assert shelf.kept(TextMatch("记" * LONGEST_PATTERN * 2)) == [0]


def test_the_longest_filter_that_parses_is_one_that_sqlite_takes(shelf: Shelf) -> None:
    shelf.fill(said("a"), said("b"))
    assert shelf.kept("a " * MAX_TERMS) == [0]
    assert shelf.kept("author:z | " * (MAX_TERMS - 1) + "b") == [1]
    assert shelf.kept(f"likes:>{MAX_NUMBER}") == []


def test_every_value_is_bound_and_none_is_written_into_the_sql() -> None:
    fields = ("", "text:", "note:", "translation:", "author:", "author:@", "tag:", "id:")
    clause, values = filter_condition(
        parse(" ".join(f"{name}o'quote" for name in fields) + " likes:987654 views:1..987654")
    )
    assert "quote" not in clause
    assert "987654" not in clause
    assert clause.count("?") == len(values)
