"""Libraries that older programs wrote, opened by this one: nothing is lost, and what was done can be undone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.article.outline import outline
from core.desk import Desk
from core.library import Library, open_library, rows, thread_posts, threads
from core.library.schema import MIGRATIONS
from core.models import State, TranslationState
from core.reasons import Reason, ReasonCode
from core.words import change_words, words_of_all
from tests.kit.places import DATA
from tests.kit.sentences import problem_sentences, sentences

ROOT = "1900000000000000001"
ENTRIES = [
    "choose the closing quote",
    "flag 1 post for checking",
    "reject 1 post",
    "approve 1 post",
    "write the translation",
    "choose an excerpt",
    "tag 1 post: wit",
    "rate 1 post 4",
    "write the lead-in and comment and note",
    "tag 1 post: kettles",
    "star 1 post",
    "star 2 posts",
]


@pytest.fixture(params=["format_1.sql", "format_7.sql"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """One of them, opened."""
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path)) as old:
        old.executescript((DATA / "libraries" / request.param).read_text(encoding="utf-8"))
    found = open_library(path)
    yield found
    found.close()


@pytest.fixture
def desk(library: Library) -> Desk:
    """The marks of the thread in it."""
    return Desk(library, threads.find_thread(library, ROOT).id, "zh")


def state(desk: Desk) -> list[tuple[object, ...]]:
    """Every post's mark and translation, and the tags."""
    seqs = [seq for (seq,) in desk.library.connection.execute("SELECT seq FROM post ORDER BY seq")]
    found = rows.quotes(desk.library, seqs, "zh")
    return [(quote.post.id, quote.mark, quote.translation) for quote in found] + [
        (tag.name, tag.slot) for tag in desk.tags.all()
    ]


def test_it_is_of_todays_format_and_sound(library: Library) -> None:
    assert library.connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert library.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_posts_marks_tags_and_translations_are_there(library: Library, desk: Desk) -> None:
    (thread,) = threads.threads(library)
    assert (thread.replies, thread.claimed, thread.starred) == (6, 7, 3)
    first, second = (
        rows.quote(library, thread_posts.seq_of(library, thread.id, str(int(ROOT) + number)) or 0, "zh")
        for number in (1, 2)
    )
    mark = first.mark
    assert (mark.state, mark.tags, mark.rating) == (State.STARRED, ("kettles",), 4)
    assert (mark.lead_in, mark.comment, mark.note) == ("It began so.", "Quite.", "ask her")
    assert first.translation is not None
    assert (first.translation.text, first.translation.state) == ("水壶先是我的。", TranslationState.APPROVED)
    assert (second.mark.tags, second.mark.excerpt) == (("wit",), ((0, 7),))
    assert [tag.name for tag in desk.tags.all()] == ["kettles", "wit"]


def test_reasons_are_shown_as_they_were_and_those_that_are_compared_are_records(library: Library) -> None:
    (thread,) = threads.threads(library)
    assert thread.reasons == (Reason(ReasonCode.FEWER_REPLIES, (6, 7)),)
    assert words_of_all(thread.reasons) == "6 of ≈ 7 replies"
    shown = [sentences(capture.reasons) for capture in threads.captures(library, thread.id)]
    assert sorted(shown) == [(), ("0 of ≈ 7 replies",), ("log in to see more",)]
    problems = [problem_sentences(capture.problems) for capture in threads.captures(library, thread.id)]
    assert (("replies[4].likes", "text that is no count; unknown"),) in problems


def test_a_post_without_an_author_is_held_back(library: Library, desk: Desk) -> None:
    ((quote, reason),) = outline(library, desk.thread_id, "zh").held_back
    assert (quote.post.id, quote.post.author) == (str(int(ROOT) + 4), None)
    assert reason.code is ReasonCode.TO_BE_CONFIRMED


def test_the_journal_reads_as_it_was_written(desk: Desk) -> None:
    assert [change_words(entry.name) for entry in desk.history()] == ENTRIES
    assert change_words(desk.history()[0].name, "zh") == ENTRIES[0]


def test_everything_is_undone_and_redone_across_the_formats(desk: Desk) -> None:
    before = state(desk)
    assert len(list(iter(desk.undo, None))) == len(ENTRIES)
    assert all(not quote.mark.tags for quote in rows.quotes(desk.library, (1, 2, 3), "zh"))
    redone = list(iter(desk.redo, None))
    assert [change_words(entry.name) for entry in redone] == [*reversed(ENTRIES), "rename tag wit to jokes"]
    assert desk.undo() is not None
    assert state(desk) == before


def test_a_new_change_follows_the_old_ones_and_drops_what_was_undone(desk: Desk) -> None:
    desk.tags.add((2,), "new")
    assert [change_words(entry.name) for entry in desk.history()] == ["tag 1 post: new", *ENTRIES]
    assert desk.redo() is None
    undone = desk.undo()
    assert undone is not None
    assert change_words(undone.name) == "tag 1 post: new"
