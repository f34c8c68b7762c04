"""`pullquote remove` and `pullquote part`: what leaves the list comes back, and what was mixed becomes two."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.doctor.storage import library as library_findings
from tests.kit.commands import Commands, thread_file
from tests.kit.places import DATA

THREAD = "1900000000000000001"


@pytest.fixture
def kept(pullquote: Commands, tmp_path: Path) -> Path:
    path = thread_file(tmp_path / "replies.json", {}, {})
    pullquote("import", path)
    return path


def first_reply(pullquote: Commands) -> str:
    return str(pullquote("posts", THREAD, "--json").json[-1]["id"])


def test_a_removed_thread_is_listed_no_more_and_undo_brings_it_back_with_its_marks(
    pullquote: Commands, kept: Path
) -> None:
    pullquote("mark", THREAD, first_reply(pullquote), "--star", "--tag", "tea")
    assert "brings it back" in pullquote("remove", THREAD, "--yes").out
    assert pullquote("threads").out == ""
    assert "no thread" in pullquote("posts", THREAD, code=1).err
    assert "undid: remove the thread" in pullquote("undo", THREAD).out
    (post,) = [one for one in pullquote("posts", THREAD, "--json").json if one["state"] == "starred"]
    assert post["tags"] == ["tea"]
    assert "undid: tag 1 post: tea" in pullquote("undo", THREAD).out


def test_the_latest_removal_is_undone_without_a_name(pullquote: Commands, kept: Path) -> None:
    assert "no thread is removed" in pullquote("undo").out
    pullquote("remove", THREAD, "--yes")
    assert THREAD in pullquote("undo").out
    assert len(pullquote("threads").lines) == 1


def test_a_removal_that_was_undone_can_be_made_again(pullquote: Commands, kept: Path) -> None:
    pullquote("remove", THREAD, "--yes")
    pullquote("undo")
    assert "redid: remove the thread" in pullquote("redo", THREAD).out
    assert pullquote("threads").out == ""


def test_importing_a_removed_thread_again_brings_it_back_and_leaves_no_removal_to_undo(
    pullquote: Commands, kept: Path
) -> None:
    pullquote("mark", THREAD, first_reply(pullquote), "--star")
    pullquote("remove", THREAD, "--yes")
    pullquote("import", kept)
    assert pullquote("threads", "--json").json[0]["starred"] == 1
    assert "undid: star 1 post" in pullquote("undo", THREAD).out


def test_nothing_is_removed_unasked_where_nobody_can_answer(pullquote: Commands, kept: Path) -> None:
    assert "--yes" in pullquote("remove", THREAD, code=2).err
    assert len(pullquote("threads").lines) == 1


# A library in which an older program had taken two threads for one


@pytest.fixture
def mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """It holds a thread with posts of two Lemmy servers, and one of X."""
    path = tmp_path / "mixed.db"
    with closing(sqlite3.connect(path)) as old:
        old.executescript((DATA / "libraries" / "format_10.sql").read_text(encoding="utf-8"))
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(path))
    return path


def test_a_thread_that_may_be_two_is_told_by_the_list_and_the_doctor(pullquote: Commands, mixed: Path) -> None:
    said = pullquote("threads").err
    assert "https://forge.example/post/77 may be two threads" in said
    assert "2022000000000000700" not in said
    found = [one.found for one in library_findings(mixed) if one.topic == "library threads"]
    assert found == ["thread:1 may be two threads that were taken for one"]


def test_every_mark_of_an_old_library_is_there(pullquote: Commands, mixed: Path) -> None:
    pullquote("threads")
    told = {(one["id"], one["state"], *one["tags"]) for one in pullquote("posts", "thread:1", "--json").json}
    assert {("31", "starred", "roofs"), ("32", "starred", "pancakes")} <= told
    (reply,) = [one for one in pullquote("posts", "2022000000000000700", "--json").json if one["state"] == "starred"]
    assert reply["tags"] == ["glaze"]


def test_parting_a_capture_gives_each_thread_its_own_posts_and_marks(pullquote: Commands, mixed: Path) -> None:
    first, second = pullquote("part", "thread:1", "mill.json").lines
    assert first.startswith("https://forge.example/post/77 1 starred of 1")
    assert second.startswith("https://mill.example/post/77 1 starred of 2")
    forge = pullquote("posts", "forge.example/post/77", "--json").json
    assert [(one["text"], one["state"], one["tags"], one["flags"]) for one in forge if not one["root"]] == [
        ("Slate, if it must last.", "starred", ["roofs"], [])
    ]
    mill = {one["text"]: one for one in pullquote("posts", "https://mill.example/post/77", "--json").json}
    assert mill["Rye keeps longest."]["state"] == "new"
    assert (mill["Spelt, for pancakes."]["state"], mill["Spelt, for pancakes."]["tags"]) == ("starred", ["pancakes"])
    assert pullquote("threads").err == ""
    with closing(sqlite3.connect(mixed)) as library:
        assert library.execute("PRAGMA foreign_key_check").fetchall() == []


def test_undo_goes_on_in_both_threads_after_parting(pullquote: Commands, mixed: Path) -> None:
    pullquote("part", "thread:1", "mill.json")
    for thread in ("https://mill.example/post/77", "https://forge.example/post/77"):
        while "nothing to undo" not in pullquote("undo", thread).out:
            pass
        assert {one["state"] for one in pullquote("posts", thread, "--json").json} == {"new"}


def test_the_capture_that_began_a_thread_stays_in_it(pullquote: Commands, mixed: Path) -> None:
    assert "began the thread" in pullquote("part", "thread:1", "forge.json", code=1).err


def test_a_capture_that_there_is_not_is_refused_with_those_that_there_are(pullquote: Commands, mixed: Path) -> None:
    assert "1 (forge.json)" in pullquote("part", "thread:1", "other.json", code=2).err
