"""`pullquote import`: what is kept, what is refused and why, and what other programs read of it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.kit.commands import Commands, post_file, run, thread_file

THREAD = "1900000000000000001"


def test_a_file_is_imported_and_what_was_kept_is_said(pullquote: Commands, tmp_path: Path) -> None:
    files = thread_file(tmp_path / "replies.json", {}, {}), post_file(tmp_path / "post.json")
    said = pullquote("import", "--captured-at", "2026-02-24", *files)
    assert said.lines == [
        f"replies.json: 2 posts of thread {THREAD} (x-tweet-fetcher) · 2 new",
        f"post.json: 1 post of thread {THREAD} (x-tweet-fetcher) · 1 new",
    ]
    (thread,) = pullquote("threads", "--json").json
    assert (thread["id"], thread["title"], thread["replies"]) == (THREAD, "Our labels were copied.", 2)


def test_the_same_file_again_adds_nothing_and_says_so(pullquote: Commands, tmp_path: Path) -> None:
    path = thread_file(tmp_path / "replies.json", {}, {})
    pullquote("import", path)
    assert "known already (2 posts); nothing was added" in pullquote("import", path).out


def test_the_outcome_as_json_tells_each_file_and_thread(pullquote: Commands, tmp_path: Path) -> None:
    good, bad = thread_file(tmp_path / "good.json", {}), tmp_path / "bad.json"
    bad.write_text("{")
    first, second = pullquote("import", "--json", bad, good, code=1).json
    assert first["file"] == str(bad)
    assert "broken JSON" in first["error"]
    assert first["threads"] == []
    assert (second["file"], second["error"]) == (str(good), None)
    (thread,) = second["threads"]
    assert thread == {
        "thread": THREAD, "format": "x-tweet-fetcher", "posts": 1, "new": 1, "changed": 0, "known": False,
        "edited": 0, "gone": 0, "since": None, "claimed": None, "verdict": "unknown", "reasons": [], "problems": [],
    }  # fmt: skip


def test_an_import_that_is_followed_tells_its_outcome_as_a_line_of_json(pullquote: Commands, tmp_path: Path) -> None:
    path = thread_file(tmp_path / "replies.json", {}, {})
    (line,) = pullquote("import", "--follow", "--captured-at", "2026-02-24", path).lines
    assert json.loads(line) == {
        "outcome": f"replies.json: 2 posts of thread {THREAD} (x-tweet-fetcher) · 2 new", "root_id": THREAD,
        "thread_id": 1, "posts": 2
    }  # fmt: skip


def test_an_outcome_has_one_form(pullquote: Commands, tmp_path: Path) -> None:
    path = thread_file(tmp_path / "replies.json", {})
    assert "not allowed with" in pullquote("import", "--json", "--follow", path, code=2).err


@pytest.mark.parametrize("content", ["", "{", "hello", "<html>log in</html>", '{"a": 1}', "\x00\x01"])
def test_a_broken_file_keeps_no_good_one_beside_it_out(pullquote: Commands, tmp_path: Path, content: str) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(content)
    good, other = (
        thread_file(tmp_path / "a.json", {}),
        thread_file(tmp_path / "b.json", {}, root_id="1900000000000001000"),
    )
    said = pullquote("import", good, bad, other, code=1)
    assert [line.partition(":")[0] for line in said.lines] == ["a.json", "b.json"]
    assert said.err.startswith("pullquote: ")
    assert "bad.json" in said.err
    assert len(pullquote("threads", "--json").json) == 2


def test_the_library_is_the_same_after_a_file_that_cannot_be_read(pullquote: Commands, tmp_path: Path) -> None:
    pullquote("import", thread_file(tmp_path / "a.json", {}))
    before = pullquote("posts", THREAD, "--json").out
    (tmp_path / "cut.json").write_bytes((tmp_path / "a.json").read_bytes()[:-20])
    pullquote("import", tmp_path / "cut.json", code=1)
    assert pullquote("posts", THREAD, "--json").out == before


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: None], ids=["a folder", "nothing"])
def test_what_is_no_file_is_refused_by_its_name(
    pullquote: Commands, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "what.json"
    make(path)
    assert str(path) in pullquote("import", path, code=1).err


def test_what_the_fetcher_said_instead_of_a_thread_is_told(pullquote: Commands, tmp_path: Path) -> None:
    path = tmp_path / "said.json"
    path.write_text(json.dumps({"url": f"https://x.com/a/status/{THREAD}", "error": "\x1b[31mCamofox is not running"}))
    said = pullquote("import", path, code=1)
    assert "Camofox is not running" in said.err
    assert "\x1b" not in said.err


def test_a_dash_is_standard_input(tmp_path: Path) -> None:
    data = thread_file(tmp_path / "replies.json", {}).read_bytes()
    ended = run("import", "-", input=data)
    assert (ended.returncode, ended.stdout.split(b":")[0]) == (0, b"standard input")


def test_standard_input_that_is_closed_or_empty_is_refused_in_words(
    pullquote: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert "Standard input is closed" in pullquote("import", "-", code=1).err
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO()))
    assert "standard input is empty" in pullquote("import", "-", code=1).err


def test_the_time_of_the_capture_can_be_given(pullquote: Commands, tmp_path: Path) -> None:
    path = thread_file(tmp_path / "replies.json", {})
    pullquote("import", "--captured-at", "2026-02-24T01:30+08:00", path)
    assert pullquote("threads", "--json").json[0]["captured_at"] == "2026-02-23T17:30:00Z"


def test_a_time_without_a_zone_is_in_utc_and_a_date_is_its_beginning(pullquote: Commands, tmp_path: Path) -> None:
    pullquote("import", "--captured-at", "2026-02-24T01:30", thread_file(tmp_path / "a.json", {}))
    pullquote(
        "import", "--captured-at", "2026-03-01", thread_file(tmp_path / "b.json", {}, root_id="1900000000000001000")
    )
    times = [thread["captured_at"] for thread in pullquote("threads", "--json").json]
    assert times == ["2026-03-01T00:00:00Z", "2026-02-24T01:30:00Z"]


@pytest.mark.parametrize("time", ["", "yesterday", "2026-13-01", "1771870521", "25:00", "\x1b[2J"])
def test_a_time_that_is_none_is_refused_before_anything_is_kept(pullquote: Commands, tmp_path: Path, time: str) -> None:
    said = pullquote("import", "--captured-at", time, thread_file(tmp_path / "a.json", {}), code=2)
    assert "--captured-at wants a time such as" in said.err
    assert "\x1b" not in said.err
    assert pullquote("threads", "--json").json == []


@pytest.mark.parametrize("time", ["0001-01-01", "9999-12-31T23:59-14:00", "1969-12-31"])
def test_a_time_beyond_the_calendar_does_no_harm(pullquote: Commands, tmp_path: Path, time: str) -> None:
    pullquote("import", "--captured-at", time, thread_file(tmp_path / "a.json", {}), post_file(tmp_path / "b.json"))
    for command in (("threads",), ("threads", "--json"), ("posts", THREAD, "--json"), ("export", THREAD, "-o", "-")):
        assert THREAD in pullquote(*command).out


def test_a_file_in_another_encoding_is_read_where_that_is_named(pullquote: Commands, tmp_path: Path) -> None:
    path = thread_file(tmp_path / "a.json", {"text": "蒸馏怎么就成了偷"})
    path.write_bytes(json.dumps(json.loads(path.read_bytes()), ensure_ascii=False).encode("gb18030"))
    assert "--encoding" in pullquote("import", path, code=1).err
    pullquote("import", "--encoding", "gb18030", path)
    assert pullquote("posts", THREAD, "--json").json[0]["text"] == "蒸馏怎么就成了偷"
    assert "is no encoding" in pullquote("import", "--encoding", "klingon\x1b", path, code=1).err


def test_a_file_whose_name_is_no_unicode_is_imported(tmp_path: Path) -> None:
    path = thread_file(tmp_path / "bad\udcff.json", {})
    ended = run("import", path)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("bad\ufffd.json: 1 post".encode())
    assert run("import", "--json", path).returncode == 0


def test_odd_numbers_and_texts_in_a_file_reach_every_listing(pullquote: Commands, tmp_path: Path) -> None:
    odd = ({"likes": 10**30}, {"likes": -3}, {"text": "\ud800 half"}, {"text": "\x00nul"}, {"author": "@\u202eada"},
           {"text": None}, {"time_ago": "99999999999d"}, {"tweet_id": 1.9e18})  # fmt: skip
    pullquote("import", thread_file(tmp_path / "a.json", *odd))
    found = pullquote("posts", THREAD, "--json").json
    assert len(found) >= len(odd) - 1
    for more in ([], ["--csv"], ["--raw-csv"], ["--where", "likes:?"]):
        pullquote("posts", THREAD, *more)
    pullquote("mark", THREAD, *(post["id"] for post in found), "--star")
    pullquote("export", THREAD, "-o", "-")


def test_open_without_a_terminal_names_the_commands_that_need_none(pullquote: Commands, tmp_path: Path) -> None:
    said = pullquote("open", thread_file(tmp_path / "a.json", {}), code=1)
    assert "wants a terminal" in said.err
    assert "no file ‘nosuch.json’" in pullquote("open", "nosuch.json", code=1).err


def test_each_file_in_an_archive_is_imported_and_those_that_hold_no_thread_are_told(
    pullquote: Commands, tmp_path: Path
) -> None:
    first, other = thread_file(tmp_path / "a.json", {}), tmp_path / "notes.txt"
    second = thread_file(tmp_path / "b.json", {}, root_id="1900000000000001000")
    other.write_text("Buy an umbrella.")
    with zipfile.ZipFile(tmp_path / "days.zip", "w") as archive:
        for path in (first, other, second):
            archive.write(path, path.name)
    said = pullquote("import", tmp_path / "days.zip")
    assert [line.partition(":")[0] for line in said.lines] == ["days.zip/a.json", "days.zip/b.json"]
    assert "1 file in it without a thread, such as days.zip/notes.txt" in said.err
