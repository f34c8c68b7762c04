"""`pullquote facts`: the plots without the screen."""

from pathlib import Path

import pytest

from tests.kit.commands import Commands, thread_file

THREAD = "1900000000000000001"
FIRST = str(int(THREAD) + 1)


@pytest.fixture
def pullquote(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    """Commands on a library that has a thread of three replies."""
    commands = Commands(capsys)
    hostile = {"author": "@evil\x1b[2J", "likes": 40}
    commands("import", thread_file(tmp_path / "replies.json", {"author": "@ada", "likes": 12}, hostile, {"likes": 0}))
    return commands


def test_facts_as_json_have_a_filter_for_each_bar(pullquote: Commands) -> None:
    pullquote("mark", THREAD, FIRST, "--star")
    found = pullquote("facts", THREAD, "--json").json
    assert (found["thread"], found["filter"], found["replies"]) == (THREAD, "", 3)
    assert list(found["plots"]) == [
        "time", "languages", "authors", "likes", "triage", "tags", "covered", "covered languages", "starred twice",
    ]  # fmt: skip
    assert {"label": "starred", "count": 1, "of": 3, "approximate": False, "filter": "is:starred"} in found["plots"][
        "triage"
    ]
    for bar in found["plots"]["likes"]:
        if bar["filter"]:
            assert len(pullquote("posts", THREAD, "--where", bar["filter"], "--json").json) == bar["count"]


def test_facts_count_only_what_a_filter_keeps(pullquote: Commands) -> None:
    found = pullquote("facts", THREAD, "--where", "likes:>20", "--json").json
    assert (found["filter"], found["replies"]) == ("likes:>20", 1)
    assert found["plots"]["languages"][0]["filter"] == "likes:>20 lang:?"


def test_facts_are_printed_line_by_line_and_cleaned(pullquote: Commands) -> None:
    ran = pullquote("facts", THREAD)
    assert "\x1b" not in ran.out
    assert any(line.split() == ["@ada", "1", "33.3%", "author:@ada"] for line in ran.lines)
    assert "by time" in ran.out


def test_a_filter_that_does_not_parse_is_refused_with_its_column(pullquote: Commands) -> None:
    assert "likes wants a number" in pullquote("facts", THREAD, "--where", "likes:many", code=1).err


def test_a_thread_that_is_not_there_is_refused(pullquote: Commands) -> None:
    assert "no thread" in pullquote("facts", "77", code=1).err
