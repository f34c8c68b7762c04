"""A command is a plain function: undo and redo on a bench that is no screen."""

from pathlib import Path

import pytest

from core.desk import Desk
from core.library import open_library
from core.models import State
from tests.kit.stage import library_with
from tui.commands.undo import redo, undo


class Bench:
    """Remembers what was said and shown."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.said: list[str] = []
        self.shown: list[frozenset[int]] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def show_undone(self, posts: frozenset[int], said: str) -> None:
        self.shown.append(posts)
        self.say(said)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A bench over the invented thread, whose first reply is starred."""
    library, thread_id = library_with(tmp_path / "library.db")
    desk = Desk(library, thread_id, "zh")
    desk.decide([2], State.STARRED)
    return Bench(desk)


def test_undo_and_redo_show_the_posts_that_they_change(bench: Bench) -> None:
    undo(bench)
    redo(bench)
    assert bench.shown == [frozenset({2}), frozenset({2})]
    assert bench.said == ["undid: star 1 post", "redid: star 1 post"]


def test_where_there_is_nothing_to_undo_or_redo_that_is_said(bench: Bench) -> None:
    redo(bench)
    undo(bench)
    undo(bench)
    assert (bench.said[0], bench.said[2]) == ("There is nothing to redo.", "There is nothing to undo.")


def test_a_library_that_another_program_holds_is_said_and_nothing_shown(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.library.database.BUSY_SECONDS", 0.001)
    other = open_library(bench.desk.library.path)
    try:
        other.connection.execute("BEGIN IMMEDIATE")
        undo(bench)
        redo(bench)
    finally:
        other.close()
    assert "Another program holds the library" in bench.said[0]
    assert bench.shown == []
