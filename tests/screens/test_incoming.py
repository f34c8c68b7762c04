"""A large file, opened: its first replies are read and marked while a process of its own goes on with the rest."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.importing.slices import LARGE
from core.library import open_library, threads
from core.library.captures import payloads
from core.library.captures.large_import import UNFINISHED
from tests.kit.terminal import REPOSITORY, Terminal, environment

pytestmark = pytest.mark.real

ROOT = 1_900_000_000_000_000_000
REPLIES = 60_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes a second or two to import."""
    path = tmp_path_factory.mktemp("fetched") / "many.json"
    told = {"url": f"https://x.com/brolly/status/{ROOT}", "username": "brolly", "tweet_id": str(ROOT)}
    replies = [
        {
            "author": f"@ada_{number}",
            "author_name": "Ada 伞",
            "text": f"n{number} Der Kettle wurde nie gefragt, was er vom Régen hält, und trotzdem zählen wir. " * 3,
            "time_ago": "2h",
            "likes": number % 5_000,
            "replies": 1,
            "views": 9_000,
            "tweet_id": str(ROOT + 1 + number),
        }
        for number in range(REPLIES)
    ]
    path.write_text(json.dumps({**told, "replies": replies}, ensure_ascii=False), encoding="utf-8")
    assert path.stat().st_size > LARGE
    return path


def library_of(folder: Path) -> Path:
    """Where the program keeps what it reads."""
    return folder / "library.db"


def opened(file: Path, folder: Path) -> Terminal:
    """The program with the file."""
    return Terminal(["open", "--library", str(library_of(folder)), str(file)], folder, (100, 24))


def test_the_first_replies_are_read_and_marked_while_the_rest_comes(file: Path, tmp_path: Path) -> None:
    with opened(file, tmp_path) as terminal:
        terminal.wait("Esc stops")
        terminal.press("j", "s")
        terminal.wait("1 starred")
        terminal.wait(f"{REPLIES:,} replies · end unknown · likes ↓ · 1 starred")
        terminal.wait("Esc stops", gone=True)
        terminal.wait(f"{REPLIES:,} new")
        terminal.press("Q")
        assert terminal.end() == 0
    library = open_library(library_of(tmp_path))
    (thread,) = threads.threads(library)
    assert (thread.replies, thread.starred, thread.reasons) == (REPLIES, 1, ())
    assert payloads.payload_data(library.connection, 1) == file.read_bytes()
    library.close()


def test_a_large_file_that_is_known_opens_its_thread(file: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui.cli", "import", "--library", str(library_of(tmp_path)), str(file)]
    subprocess.run(command, cwd=REPOSITORY, env=environment(tmp_path), capture_output=True, check=True)
    with opened(file, tmp_path) as terminal:
        terminal.wait(f"{REPLIES:,} replies · end unknown · likes ↓")
        terminal.press("Q")
        assert terminal.end() == 0


def test_esc_stops_an_import_and_the_same_file_goes_on(file: Path, tmp_path: Path) -> None:
    with opened(file, tmp_path) as terminal:
        terminal.wait("Esc stops")
        terminal.press("s", "escape")
        terminal.wait("goes on from there")
        terminal.wait("Esc stops", gone=True)
        terminal.press("Q")
        assert terminal.end() == 0
    library = open_library(library_of(tmp_path))
    (thread,) = threads.threads(library)
    assert thread.reasons == (UNFINISHED,)
    assert 0 < thread.replies < REPLIES
    with opened(file, tmp_path) as terminal:
        terminal.wait(f"{REPLIES:,} replies")
        terminal.wait("Esc stops", gone=True)
        terminal.press("Q")
        assert terminal.end() == 0
    (thread,) = threads.threads(library)
    assert (thread.replies, thread.starred, thread.reasons) == (REPLIES, 1, ())
    library.close()


def test_a_program_that_is_killed_takes_its_import_with_it_and_what_came_stays(file: Path, tmp_path: Path) -> None:
    with opened(file, tmp_path) as terminal:
        terminal.wait("Esc stops")
        terminal.process.kill()
        terminal.process.wait()
    command = [sys.executable, "-m", "tui.cli", "import", "--library", str(library_of(tmp_path)), str(file)]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    library = open_library(library_of(tmp_path))
    (thread,) = threads.threads(library)
    assert (thread.replies, thread.reasons) == (REPLIES, ())
    assert library.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    library.close()


def test_import_shows_a_bar_on_a_terminal_and_ctrl_c_keeps_what_came(file: Path, tmp_path: Path) -> None:
    command = ["import", "--library", str(library_of(tmp_path)), str(file)]
    with Terminal(command, tmp_path, (100, 24)) as terminal:
        terminal.wait("posts; Ctrl+C stops")
        terminal.press("ctrl+c")
        assert terminal.end() == 130
        terminal.wait("import the same again for the rest")
    library = open_library(library_of(tmp_path))
    assert threads.threads(library)[0].reasons == (UNFINISHED,)
    library.close()


def test_a_large_file_of_no_known_format_is_refused_with_words(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"rows": ["x" * 100] * (LARGE // 80)}), encoding="utf-8")
    with opened(path, tmp_path) as terminal:
        assert terminal.end() == 1
        assert "other.json" in terminal.screen
        assert "Traceback" not in terminal.text
