"""`pullquote threads`, `posts`, `history` and `keys`: what there is, in forms that other programs can rely on."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.kit.commands import Commands, post_file, thread_file

THREAD = "1900000000000000001"
FIRST, SECOND, THIRD = (str(int(THREAD) + 1 + number) for number in range(3))
POST_KEYS = [
    "id", "text", "author", "author_name", "likes", "replies", "reposts", "views", "time", "time_precision",
    "time_given", "parent", "depth", "position", "root", "lang", "lang_from", "url", "media", "links", "details",
    "shared_by", "author_id", "utc_offset", "status", "flags", "held_back", "news", "gone_at", "alike", "accounts",
    "recheck", "history", "state", "tags", "lead_in", "comment", "note", "excerpt", "rating", "review", "confirmed",
    "translation",
]  # fmt: skip
HOSTILE = "a\x1b[2J\x1b]52;c;aGk=\x07 b\x9b31m c\u202egpj.exe\u2066 d\x7f\x00 e\u2028f"
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
ACTING = re.compile(f"{CONTROLS.pattern}|[\u2028-\u202e\u2066-\u2069]")


@pytest.fixture
def pullquote(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    """Commands on a library that has a thread of three replies."""
    commands = Commands(capsys)
    replies = ({"text": "four 伞"}, {"text": HOSTILE, "likes": 251, "author_name": HOSTILE}, {"likes": 0})
    files = thread_file(tmp_path / "replies.json", *replies), post_file(tmp_path / "post.json")
    commands("import", "--captured-at", "2026-02-24", *files)
    return commands


def test_posts_as_json_are_a_list_of_objects_with_documented_keys(pullquote: Commands) -> None:
    found = pullquote("posts", THREAD, "--json").json
    assert [list(post) for post in found] == [POST_KEYS] * 4
    first = found[1]
    assert {key: first[key] for key in ("id", "text", "author", "likes", "state", "tags", "flags", "root")} == {
        "id": FIRST, "text": "four 伞", "author": "reader0", "likes": None, "state": "new", "tags": [], "flags": [],
        "root": False,
    }  # fmt: skip
    assert (found[0]["id"], found[0]["root"], found[0]["depth"]) == (THREAD, True, 0)


def test_json_is_to_the_letter_for_a_parser_and_harmless_to_a_terminal(pullquote: Commands) -> None:
    said = pullquote("posts", THREAD, "--json")
    assert said.json[2]["text"] == HOSTILE
    assert ACTING.search(said.out) is None
    assert "伞" in said.out


@pytest.mark.parametrize("command", [("posts", THREAD), ("threads",), ("posts", THREAD, "--csv"), ("history", THREAD)])
def test_nothing_that_acts_on_a_terminal_is_listed(
    pullquote: Commands, tmp_path: Path, command: tuple[str, ...]
) -> None:
    pullquote("import", post_file(tmp_path / "evil.json", HOSTILE, root_id="1800000000000000001"))
    pullquote("mark", THREAD, FIRST, "--tag", HOSTILE, "--note", HOSTILE)
    said = pullquote(*command)
    # CSV is for files, and keeps bidirectional controls that are balanced.
    assert (CONTROLS if "--csv" in command else ACTING).search(said.out) is None
    assert said.err == ""


def test_the_marks_of_a_post_are_in_its_json(pullquote: Commands) -> None:
    texts = ["--translation", "四", "--lead-in", "above", "--comment", "below", "--note", "mine"]
    others = ["--rating", "4", "--review", "--confirm", "--excerpt", "0:4"]
    pullquote("mark", THREAD, FIRST, "--star", "--tag", "b", "--tag", "a", *texts, *others)
    (post,) = pullquote("posts", THREAD, "--where", "is:starred", "--json").json
    assert {key: post[key] for key in POST_KEYS[POST_KEYS.index("state") :]} == {
        "state": "starred", "tags": ["b", "a"], "lead_in": "above", "comment": "below", "note": "mine",
        "excerpt": [[0, 4]], "rating": 4, "review": True, "confirmed": True,
        "translation": {"lang": "zh", "text": "四", "state": "edited", "engine": None},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "time", "precision"),
    [
        ("17 Apr 2024", "2024-04-17", "day"),
        ("Apr 17, 2024 · 6:37 PM UTC", "2024-04-17T18:37:00Z", "exact"),
        ("2h", None, "relative"),
        ("Jan 1", None, "relative"),
        ("some day", None, "unknown"),
    ],
)
def test_a_time_in_json_is_as_exact_as_it_is_known(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, given: str, time: str | None, precision: str
) -> None:
    commands = Commands(capsys)
    commands("import", thread_file(tmp_path / "replies.json", {"time_ago": given, "tweet_id": ""}))
    (post,) = commands("posts", THREAD, "--json").json
    assert (post["time"], post["time_precision"], post["time_given"]) == (time, precision, given)


def test_posts_are_filtered_sorted_and_limited(pullquote: Commands) -> None:
    def ids(*arguments: str) -> list[str]:
        return [post["id"] for post in pullquote("posts", THREAD, "--json", *arguments).json]

    assert ids("--where", "likes:>40 is:reply") == [SECOND]
    assert ids("--sort", "-likes") == [THREAD, SECOND, FIRST, THIRD]
    assert ids("--sort", "text", "--where", "is:reply") == [SECOND, FIRST, THIRD]
    assert ids("--limit", "2") == [THREAD, FIRST]
    assert ids("--limit", "0") == []
    assert ids("--where", "nowhere at all") == []


@pytest.mark.parametrize(
    ("filter", "words"),
    [
        ("likes:many", ["likes", "(column 7)"]),
        ("hello colour:red", ["colour", "(column 7)"]),
        ("is:purple", ["is", "purple"]),
        ("(likes:>4", ["(column"]),
        ("date:never", ["date"]),
        ("x\x1b[2J likes:\x1b[2J", ["likes", "(column"]),
    ],
)
def test_a_filter_that_does_not_parse_is_told_with_field_and_column(
    pullquote: Commands, filter: str, words: list[str]
) -> None:
    said = pullquote("posts", THREAD, "--where", filter, code=1)
    assert all(word in said.err for word in words), said.err
    assert ACTING.search(said.err.rstrip("\n")) is None
    assert said.out == ""


@pytest.mark.parametrize("arguments", [("--sort", "colour"), ("--sort", "--likes"), ("--limit", "-1")])
def test_a_sort_or_limit_that_is_none_is_refused(pullquote: Commands, arguments: tuple[str, str]) -> None:
    said = pullquote("posts", THREAD, f"{arguments[0]}={arguments[1]}", code=2)
    assert arguments[0] in said.err


def test_a_post_is_one_line_for_people(pullquote: Commands) -> None:
    lines = pullquote("posts", THREAD, "--where", "is:reply", "--sort", "-likes").lines
    assert lines[0] == f"{SECOND} new 251 @reader1 a␛[2J␛]52;c;aGk=␇ b‹9B›31m c‹RLO›gpj.exe d␡␀ e f"
    assert lines[1] == f"{FIRST} new – @reader0 four 伞"


def test_posts_as_csv_have_the_columns_of_the_json(pullquote: Commands) -> None:
    pullquote("mark", THREAD, FIRST, "--tag", "=1+1", "--lead-in", "=HYPERLINK()")
    rows = list(csv.DictReader(io.StringIO(pullquote("posts", THREAD, "--csv").out)))
    assert list(rows[0]) == POST_KEYS
    assert (rows[1]["id"], rows[1]["text"], rows[1]["likes"]) == (FIRST, "four 伞", "")
    assert json.loads(rows[1]["tags"]) == ["=1+1"]
    assert rows[1]["lead_in"] == "'=HYPERLINK()"


def test_raw_csv_is_to_the_letter_and_keeps_off_the_terminal(
    pullquote: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = list(csv.DictReader(io.StringIO(pullquote("posts", THREAD, "--raw-csv").out, newline="")))
    assert rows[2]["text"] == HOSTILE
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    said = pullquote("posts", THREAD, "--raw-csv", code=1)
    assert (said.out, "--raw-csv" in said.err) == ("", True)


def test_threads_as_json_have_documented_keys(pullquote: Commands) -> None:
    pullquote("mark", THREAD, FIRST, "--star")
    (thread,) = pullquote("threads", "--json").json
    captured_at = thread.pop("captured_at")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", captured_at)
    assert thread == {
        "id": THREAD, "url": f"https://x.com/brolly/status/{THREAD}", "author": "brolly",
        "title": "Our labels were copied.", "replies": 3, "claimed": 7, "starred": 1, "decided": 1,
        "captured_from": "given",
        "verdict": "partial", "reasons": ["3 of ≈ 7 replies"], "site": "x.com", "number": 1, "mixed": False,
    }  # fmt: skip


def test_threads_are_a_line_each_for_people(pullquote: Commands) -> None:
    assert pullquote("threads").lines == [f"{THREAD} @brolly 0 starred of 3 Our labels were copied."]


def test_an_empty_library_lists_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    commands = Commands(capsys)
    assert commands("--library", tmp_path / "new.db", "threads").out == ""
    assert commands("--library", tmp_path / "new.db", "threads", "--json").json == []


@pytest.mark.parametrize(
    "name",
    [THREAD, f"https://x.com/brolly/status/{THREAD}", f"https://nitter.example/i/status/{THREAD}#m", "19", THREAD[:-1]],
)
def test_a_thread_is_named_by_id_by_link_and_by_a_unique_beginning(pullquote: Commands, name: str) -> None:
    assert len(pullquote("posts", name, "--json").json) == 4


def test_a_beginning_that_fits_two_threads_names_both(pullquote: Commands, tmp_path: Path) -> None:
    pullquote("import", post_file(tmp_path / "other.json", root_id="1900000000000000777"))
    said = pullquote("posts", "19", code=1)
    assert all(id in said.err for id in (THREAD, "1900000000000000777", "2 threads"))


def test_a_thread_that_is_not_there_is_told_with_the_next_step(pullquote: Commands) -> None:
    assert "‘pullquote threads’ lists" in pullquote("posts", "42", code=1).err


def test_history_lists_the_changes_that_hold_newest_first(pullquote: Commands) -> None:
    pullquote("mark", THREAD, FIRST, "--star", "--tag", "x")
    pullquote("undo", THREAD)
    pullquote("mark", THREAD, FIRST, "--rating", "2")
    lines = pullquote("history", THREAD).lines
    assert [re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ", "", line) for line in lines] == ["rate 1 post 2", "star 1 post"]


def test_every_key_is_listed_with_its_name_and_what_it_does(pullquote: Commands) -> None:
    lines = pullquote("keys").lines
    assert len(lines) > 40
    assert all(len(line.split(maxsplit=2)) == 3 for line in lines)


@pytest.mark.parametrize("way", [["--where", "-is:root"], ["--where=-is:root"], ["--where", "-id:1900000000000000001"]])
def test_a_filter_may_begin_with_a_dash(pullquote: Commands, way: list[str]) -> None:
    assert len(pullquote("posts", THREAD, "--json", *way).json) == 3


def test_an_option_without_its_value_is_still_told(pullquote: Commands) -> None:
    assert "expected one argument" in pullquote("posts", THREAD, "--where", "--json", code=2).err
