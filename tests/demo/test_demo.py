"""The demo: it runs on a machine that has nothing, and its library can begin anew."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.demo import demo_file
from core.demo.script import apply_script, open_demo
from core.desk import Desk
from core.errors import LibraryError
from core.library import open_library, tags, thread_posts, threads, view_results
from core.models import State
from core.query.view import View
from tests.kit.commands import TREE, run, thread_file
from tests.kit.shelf import root, said, shelf

SCRIPT = json.loads(demo_file("marks.json"))

NO_NETWORK = f"""
import socket
import sys
def refuse(*_):
    raise OSError("the demo asked for the network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
sys.path.insert(0, {str(TREE)!r})
from tui.cli.main import run
sys.argv = ["pullquote", "demo", "--headless"]
run()
"""


@pytest.mark.real
def test_the_headless_demo_needs_no_network_no_key_and_no_home(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    ended = subprocess.run(
        [sys.executable, "-I", "-c", NO_NETWORK],
        env={"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)},
        cwd=tmp_path, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, b"")
    headings = re.findall(r"^## (.+)$", ended.stdout.decode(), re.MULTILINE)
    assert headings == [section["tag"] for section in SCRIPT["sections"]]
    assert len(headings) == 7
    assert list(tmp_path.iterdir()) == [tmp_path / "home"]
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.real
def test_the_headless_demo_prints_the_same_each_time_and_in_english_too() -> None:
    first, again = run("demo", "--headless"), run("demo", "--headless")
    assert first.stdout == again.stdout
    assert first.stdout.decode().startswith(f"# {SCRIPT['title']}\n")
    english = run("demo", "--headless", "--template", "en")
    assert (english.returncode, english.stderr) == (0, b"")
    assert english.stdout != first.stdout


@pytest.mark.real
def test_a_template_that_is_not_there_ends_the_demo_in_words() -> None:
    ended = run("demo", "--headless", "--template", "nosuch")
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.startswith(b"pullquote: ")


def test_the_script_marks_as_it_says(tmp_path: Path) -> None:
    library, thread_id = open_demo(tmp_path / "demo.db")
    apply_script(library, thread_id)
    wanted = {
        State.STARRED: {mark["post"] for mark in SCRIPT["marks"]} | {SCRIPT["closing"]},
        State.REJECTED: set(SCRIPT["rejected"]),
        State.SKIPPED: set(SCRIPT["skipped"]),
    }
    for state, ids in wanted.items():
        assert set(thread_posts.posts_in_state(library, thread_id, state)) == {
            thread_posts.seq_of(library, thread_id, id) for id in ids
        }
    assert [tag.name for tag in tags.tags(library, thread_id)] == [section["tag"] for section in SCRIPT["sections"]]
    library.close()


def test_the_demo_finds_its_library_again_with_the_marks_in_it(tmp_path: Path) -> None:
    for _ in range(2):
        library, thread_id = open_demo(tmp_path / "demo.db")
        seq = view_results.whole_order(library, thread_id, View().filtered("is:reply"))[0]
        Desk(library, thread_id, "zh").decide((seq,), State.STARRED)
        library.close()
    library, thread_id = open_demo(tmp_path / "demo.db")
    assert threads.thread(library, thread_id).starred == 1
    assert len(threads.threads(library)) == len(threads.captures(library, thread_id)) == 1
    library.close()


def test_a_reset_begins_as_on_the_first_day(tmp_path: Path) -> None:
    library, thread_id = open_demo(tmp_path / "demo.db")
    apply_script(library, thread_id)
    library.close()
    library, thread_id = open_demo(tmp_path / "demo.db", reset=True)
    assert threads.thread(library, thread_id).starred == 0
    assert Desk(library, thread_id, "zh").history() == []
    library.close()


def test_a_reset_takes_no_thread_of_the_writers_own(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(), said("101")))
    here.library.close()
    with pytest.raises(LibraryError, match="a thread of your own"):
        open_demo(here.library.path, reset=True)
    library = open_library(here.library.path)
    assert [thread.root_id for thread in threads.threads(library)] == ["100"]
    library.close()


@pytest.mark.real
@pytest.mark.parametrize("option", ["--reset", "--curated"])
def test_a_reset_takes_no_file_of_another_program(tmp_path: Path, option: str) -> None:
    path = thread_file(tmp_path / "notes.json", {})
    before = path.read_bytes()
    ended = run("--library", path, "demo", option)
    assert ended.returncode == 1
    assert b"is no pullquote library" in ended.stderr
    assert path.read_bytes() == before
