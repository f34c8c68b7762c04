"""What is meant of a file that holds many threads, and what its date is worth."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from core.importing.picking import are_strangers
from core.models import Post, Reading
from tests.kit.commands import Commands, thread_file

AT = 1_770_714_300


def search(path: Path, count: int = 4, **more: Any) -> Path:
    """A file with what a search found: posts that answer none of the others."""
    rows = [
        {"tweet_id": f"19000000000{n}7654321", "username": f"brolly_{n}", "text": f"Umbrella {n}",
         "conversation_id": f"19000000000{n}7654321", **more}
        for n in range(1, count + 1)
    ]  # fmt: skip
    path.write_text(json.dumps(rows))
    return path


def roots(pullquote: Commands) -> list[str]:
    return sorted(thread["id"] for thread in pullquote("threads", "--json").json)


def test_a_search_is_refused_with_what_it_is_before_it_fills_the_library(pullquote: Commands, tmp_path: Path) -> None:
    said = pullquote("import", search(tmp_path / "found.json"), code=1)
    assert "holds 4 posts of 4 threads with hardly an answer among them" in said.err
    assert "1900000000017654321 @brolly_1 “Umbrella 1”" in said.err
    assert roots(pullquote) == []


def test_the_threads_of_a_search_that_the_writer_names_are_kept(pullquote: Commands, tmp_path: Path) -> None:
    link = "https://x.com/brolly_3/status/1900000000037654321"
    pullquote("import", search(tmp_path / "found.json"), "--root", "1900000000017654321", "--root", link)
    assert roots(pullquote) == ["1900000000017654321", "1900000000037654321"]


def test_all_threads_of_a_search_are_kept_where_the_writer_says_so(pullquote: Commands, tmp_path: Path) -> None:
    pullquote("import", search(tmp_path / "found.json"), "--all")
    assert len(roots(pullquote)) == 4


def test_a_thread_that_a_search_does_not_hold_is_refused(pullquote: Commands, tmp_path: Path) -> None:
    said = pullquote("import", search(tmp_path / "found.json"), "--root", "5", code=1)
    assert "found.json holds no thread of 5" in said.err


@pytest.mark.parametrize(
    ("sizes", "is_search"),
    [
        ((1, 1), False),
        ((1, 1, 1), True),
        ((2, 2, 2), False),
        ((1, 1, 1, 9), True),
        ((1, 1, 9, 9), False),
        ((0, 0, 0), False),
    ],
)
def test_strangers_are_many_threads_of_which_most_are_a_post_alone(sizes: tuple[int, ...], is_search: bool) -> None:
    found = [Reading("x", str(n), tuple(Post(f"{n}.{m}", "Tea") for m in range(size))) for n, size in enumerate(sizes)]
    assert are_strangers(found) is is_search


def dated(path: Path, moment: float) -> Path:
    os.utime(path, (moment, moment))
    return path


def test_the_date_of_a_file_is_told_as_that(pullquote: Commands, tmp_path: Path) -> None:
    path = dated(thread_file(tmp_path / "replies.json", {}), AT)
    assert "· file dated 2026-02-10" in pullquote("import", path).out
    assert "(file dated 2026-02-10)" in pullquote("threads").out
    assert pullquote("captures", "1900000000000000001").out.startswith("file dated 2026-02-10 · ")
    assert pullquote("threads", "--json").json[0]["captured_from"] == "file"


@pytest.mark.parametrize(("moment", "why"), [(1_577_836_800, "before its newest post"), (4_000_000_000, "to come")])
def test_a_file_that_cannot_be_of_its_date_was_captured_nobody_knows_when(
    pullquote: Commands, tmp_path: Path, moment: float, why: str
) -> None:
    path = dated(thread_file(tmp_path / "replies.json", {"time_ago": "Feb 10, 2026 · 9:05 AM UTC"}), moment)
    assert why in pullquote("import", path).err
    (thread,) = pullquote("threads", "--json").json
    assert (thread["captured_at"], thread["captured_from"]) == (None, None)
    assert pullquote("posts", thread["id"], "--json").json[0]["flags"] == []


def test_a_time_that_the_writer_gives_goes_before_a_files_date(pullquote: Commands, tmp_path: Path) -> None:
    path = dated(thread_file(tmp_path / "replies.json", {}), 1_577_836_800)
    assert "file dated" not in pullquote("import", path, "--captured-at", "2026-02-24").out


def test_counts_that_speak_against_the_dates_of_two_files_are_said_and_the_larger_shown(
    pullquote: Commands, tmp_path: Path
) -> None:
    reply = {"time_ago": "Feb 10, 2026 · 9:05 AM UTC", "tweet_id": "1900000000000000002"}
    newer = dated(thread_file(tmp_path / "newer.json", {**reply, "likes": 290}), AT + 1e5)
    copied = dated(thread_file(tmp_path / "copied.json", {**reply, "likes": 251}), AT + 9e5)
    pullquote("import", newer)
    assert "1 post with smaller counts than another file gives" in pullquote("import", copied).err
    assert [post["likes"] for post in pullquote("posts", "1900000000000000001", "--json").json] == [290]
    assert "smaller counts" in pullquote("captures", "1900000000000000001").out
    given = ("--captured-at", "2026-11-01")
    assert (
        "smaller counts" not in pullquote("import", *given, thread_file(tmp_path / "c.json", {**reply, "likes": 9})).err
    )
