"""`pullquote captures`, and what `import` says of a thread that is captured again."""

import json
import re
from pathlib import Path

import pytest

from tests.kit.commands import Commands, post_file, thread_file
from tests.kit.real import shared

THREAD = "1900000000000000001"
DAYS = ("--captured-at", "2026-02-24"), ("--captured-at", "2026-02-26")


@pytest.fixture
def first(pullquote: Commands, tmp_path: Path) -> Commands:
    """A post and two replies, captured together."""
    pullquote("import", *DAYS[0], post_file(tmp_path / "post.json"), thread_file(tmp_path / "replies.json", {}, {}))
    return pullquote


def test_a_second_capture_says_what_is_new_and_what_has_changed(first: Commands, tmp_path: Path) -> None:
    later = thread_file(tmp_path / "later.json", {}, {"likes": 9}, {})
    assert first("import", *DAYS[1], later).lines == [
        f"later.json: 3 posts of thread {THREAD} (x-tweet-fetcher) · 1 new since 2026-02-24 · 1 changed"
    ]
    (added,) = first("posts", THREAD, "--where", "is:added", "--json").json
    assert (added["text"], added["news"], added["history"]) == ("reply 2", "added", [])


def test_several_files_of_one_command_are_summed_up(first: Commands, tmp_path: Path) -> None:
    later = thread_file(tmp_path / "later.json", {}, {"likes": 9}, {})
    more = thread_file(tmp_path / "more.json", {}, {}, {}, {})
    assert first("import", *DAYS[1], later, more).lines[-1] == f"thread {THREAD}: 2 new since 2026-02-24, 1 changed"


def test_the_outcome_as_json_has_what_changed_and_since_when(first: Commands, tmp_path: Path) -> None:
    later = thread_file(tmp_path / "later.json", {}, {"likes": 9}, {})
    (thread,) = first("import", *DAYS[1], later, "--json").json[0]["threads"]
    assert {name: thread[name] for name in ("new", "changed", "edited", "gone", "since")} == {
        "new": 1, "changed": 1, "edited": 0, "gone": 0, "since": "2026-02-24T00:00:00Z",
    }  # fmt: skip


def test_a_posts_history_is_in_its_json(first: Commands, tmp_path: Path) -> None:
    first("import", *DAYS[1], thread_file(tmp_path / "later.json", {}, {"likes": 9}, {}))
    (changed,) = first("posts", THREAD, "--where", "is:changed", "--json").json
    assert [(one["at"], one["likes"]) for one in changed["history"]] == [
        ("2026-02-24T00:00:00Z", 1),
        ("2026-02-26T00:00:00Z", 9),
    ]


def test_captures_are_listed_with_verdict_reasons_and_names(first: Commands) -> None:
    assert first("captures", THREAD).lines == [
        "2026-02-24 · x-tweet-fetcher · 2 posts · 2 new · end unknown",
        "    from: replies.json",
        "2026-02-24 · x-tweet-fetcher · 1 post · 1 new · partial",
        "    because: 0 of ≈ 7 replies",
        "    from: post.json",
    ]


def test_captures_as_json_have_documented_keys(first: Commands) -> None:
    replies, post = first("captures", THREAD, "--json").json
    assert list(post) == [
        "captured_at", "captured_from", "read_at", "visit", "tool", "format", "payloads", "posts", "claimed", "new",
        "changed",
        "edited", "gone", "verdict", "reasons", "problems", "number",
    ]  # fmt: skip
    assert replies["visit"] == post["visit"], "they came with one command"
    assert (post["verdict"], post["reasons"], post["claimed"]) == ("partial", ["0 of ≈ 7 replies"], 7)


def test_nothing_in_a_captures_name_reaches_the_terminal_as_a_command(pullquote: Commands, tmp_path: Path) -> None:
    pullquote("import", thread_file(tmp_path / "a\x1b[2J\u202e.json", {}))
    for form in ((), ("--json",)):
        assert not re.search("[\x1b\u202e]", pullquote("captures", THREAD, *form).out)


def test_captures_of_no_thread_are_refused_in_words(pullquote: Commands) -> None:
    assert "has no thread" in pullquote("captures", "1", code=1).err


def test_a_visit_goes_on_in_another_process(first: Commands, tmp_path: Path) -> None:
    first("import", *DAYS[1], thread_file(tmp_path / "a.json", {}, {}, {}))
    visit = first("captures", THREAD, "--json").json[0]["visit"]
    first("import", *DAYS[1], "--visit", visit, thread_file(tmp_path / "b.json", {}, {}, {}, {}))
    assert len(first("posts", THREAD, "--where", "is:added", "--json").json) == 2


def test_the_seeds_later_capture_has_two_new_replies_and_the_top_one_went_from_251_to_290(pullquote: Commands) -> None:
    pullquote("import", *DAYS[0], shared("seed", "post.json"), shared("seed", "replies.json"))
    said = pullquote("import", *DAYS[1], shared("seed", "replies.later.json")).out
    assert "2 new since 2026-02-24 · 1 changed" in said
    thread = pullquote("threads", "--json").json[0]["id"]
    (top,) = pullquote("posts", thread, "--where", "is:changed", "--json").json
    assert [one["likes"] for one in top["history"]] == [251, 290]
    assert len(json.loads(pullquote("posts", thread, "--where", "is:added", "--json").out)) == 2
    assert pullquote("posts", thread, "--where", "is:gone", "--json").json == []
