"""The library's file: opened by several, refused where it is not ours, whole after any refusal."""

import os
import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from core.errors import LibraryError, NoSuchPost, NoSuchThread
from core.library import open_library, threads
from core.library.schema import APPLICATION_ID, MIGRATIONS
from core.models import State
from tests.kit.commands import TREE, run
from tests.kit.shelf import capture, root, said, shelf
from tests.kit.waiting import PATIENCE

WRITER = """
import sys
from pathlib import Path
from core.desk import Desk
from core.library import open_library
from core.models import State

library = open_library(Path(sys.argv[1]))
sys.stdin.readline()
for round in range(20):
    Desk(library, 1, "zh").tags.add((int(sys.argv[2]),), f"{sys.argv[3]} {round}")
print(library.connection.execute("PRAGMA journal_mode").fetchone()[0])
"""

AS_NOBODY = """
import os
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from tui.cli.main import main

with TemporaryDirectory() as folder:
    # What a command imports is imported here, for the next user may not read it.
    with redirect_stderr(StringIO()):
        main(["--library", str(Path(folder) / "library.db"), "mark", "1", "1", "--star"])
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(["--library", sys.argv[1], "mark", "100", "101", "--star"]))
"""
"""A mark made by a user who owns nothing, for the system's administrator could write everywhere."""


def files(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its content."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_a_library_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "library.db"
    open_library(path).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_every_change_is_on_disk_before_its_transaction_ends(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library.db")
    assert library.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert library.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    library.close()


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=memory"])
def test_a_name_that_sqlite_has_a_meaning_for_is_a_file_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    open_library(Path(name)).close()
    assert (tmp_path / name).exists()


@pytest.mark.real
def test_two_processes_may_write_at_once_and_both_succeed(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(), said("101"), said("102")))
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(here.library.path), str(here.seq(id)), name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=TREE,
        )
        for id, name in (("101", "one"), ("102", "other"))
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        out, err = writer.communicate(timeout=PATIENCE)
        assert (writer.returncode, out) == (0, "wal\n"), err
    assert len(here.tags()) == 40
    assert {len(here.mark(id).tags) for id in ("101", "102")} == {20}
    assert len(here.desk.history(100)) == 40
    here.library.close()


@pytest.mark.real
def test_several_processes_may_make_the_same_library_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui.cli", "--library", str(tmp_path / "library.db"), "threads"]
    started = [subprocess.Popen(command, cwd=TREE, stderr=subprocess.PIPE) for _ in range(4)]
    for one in started:
        _, err = one.communicate(timeout=PATIENCE)
        assert one.returncode == 0, err


def test_the_version_changes_when_another_connection_has_written(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(), said("101")))
    before = here.library.version()
    here.desk.decide(here.seqs("101"), State.STARRED)
    assert here.library.version() == before
    other = open_library(here.library.path)
    capture(other, (said("102"),))
    assert here.library.version() != before
    other.close()
    here.library.close()


def test_a_change_waits_for_another_program_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.library.database.BUSY_SECONDS", 0.05)
    here = shelf(tmp_path, (root(), said("101")))
    with sqlite3.connect(here.library.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="Another program holds the library"):
            here.desk.decide(here.seqs("101"), State.STARRED)
        other.execute("ROLLBACK")
    assert here.mark("101").state is State.NEW
    here.library.close()


def foreign(path: Path, *statements: str) -> None:
    """A SQLite file that is not this program's."""
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def refused(folder: Path, words: str) -> None:
    """See that the library is refused in words, by the program and by a command, and that no byte changed."""
    before = files(folder)
    with pytest.raises(LibraryError, match=words):
        open_library(folder / "library.db")
    ended = run("--library", folder / "library.db", "threads")
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.startswith(b"pullquote: ")
    assert b"Traceback" not in ended.stderr
    assert files(folder) == before


def test_a_library_from_a_newer_version_is_refused_and_unchanged(tmp_path: Path) -> None:
    open_library(tmp_path / "library.db").close()
    foreign(tmp_path / "library.db", f"PRAGMA user_version = {len(MIGRATIONS) + 7}")
    refused(tmp_path, "newer pullquote")


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE notes (a)",),
        ("PRAGMA application_id = 77",),
        ("PRAGMA application_id = 77", "CREATE TABLE n (a)"),
    ],
)
def test_a_database_of_another_program_is_refused_and_unchanged(tmp_path: Path, statements: tuple[str, ...]) -> None:
    foreign(tmp_path / "library.db", *statements)
    refused(tmp_path, "another program")


@pytest.mark.parametrize("content", [b"Dear diary, " * 200, b"SQLite format 3\0" + b"\xff" * 4096, b"{}"])
def test_what_is_no_database_is_refused_and_unchanged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "library.db").write_bytes(content)
    refused(tmp_path, "library.db")


def test_a_directory_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be used"):
        open_library(tmp_path)


def test_a_folder_that_is_a_file_is_refused_in_words_that_do_not_depend_on_its_name(tmp_path: Path) -> None:
    (tmp_path / "the disk is full and locked").write_text("x")
    with pytest.raises(LibraryError, match=r"cannot be used: (Not a directory|File exists)"):
        open_library(tmp_path / "the disk is full and locked" / "library.db")


@pytest.mark.parametrize("folder_mode", [0o555, 0o755])
def test_a_read_only_library_is_refused_for_a_mark_in_words_and_unchanged(folder_mode: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        here = shelf(folder, (root(), said("101")))
        here.library.close()
        here.library.path.chmod(0o444)
        folder.chmod(folder_mode)
        before = files(folder)
        command = [sys.executable, "-c", AS_NOBODY, str(here.library.path)]
        ended = subprocess.run(command, cwd=TREE, capture_output=True, text=True, check=False)
        folder.chmod(0o755)
        assert (ended.returncode, ended.stdout) == (1, ""), ended.stderr
        assert ended.stderr.startswith(f"pullquote: The library {here.library.path} cannot be ")
        # To whoever may write into the folder, SQLite adds its two companions, which hold nothing yet.
        companions = {"library.db-shm", "library.db-wal"} if os.getuid() and folder_mode == 0o755 else set()
        assert {name: data for name, data in files(folder).items() if name not in companions} == before


def test_a_damaged_library_is_told_in_words_where_it_is_read(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(), *(said(str(101 + n), "word " * 200) for n in range(200))))
    here.library.close()
    with here.library.path.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\x5a" * 40 * 4096)
    ended = run("--library", here.library.path, "posts", "100")
    assert ended.returncode == 1, ended.stderr
    assert b"malformed" in ended.stderr


def test_a_transaction_within_another_is_a_part_of_it(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(), said("101")))
    before = here.marks()

    def fail() -> None:
        with here.library.transaction():
            here.desk.decide(here.seqs("101"), State.STARRED)
            assert here.mark("101").state is State.STARRED
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert here.marks() == before
    assert here.desk.history() == []
    here.library.close()


def test_a_thread_is_found_by_id_by_link_and_by_a_unique_beginning(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(),), url="https://board.example/t/labels")
    names = ("100", " 100 ", "10", "https://x.example/brolly/status/100?s=20", "https://board.example/t/labels")
    for name in names:
        assert threads.find_thread(here.library, name).id == here.thread_id
    here.library.close()


def test_a_beginning_that_fits_several_threads_names_them(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(),))
    capture(here.library, (said("1007", parent_id=None),), root_id="1007")
    assert threads.find_thread(here.library, "100").id == here.thread_id
    with pytest.raises(NoSuchThread, match=r"‘10’ fits 2 threads \(100, 1007 …\)"):
        threads.find_thread(here.library, "10")
    here.library.close()


@pytest.mark.parametrize("name", ["", " ", "9", "%", "_", "10%", "\udcff", "https://x.example/a/status/9"])
def test_what_no_thread_and_no_post_is_called_finds_none(tmp_path: Path, name: str) -> None:
    here = shelf(tmp_path, (root(),))
    with pytest.raises(NoSuchThread):
        threads.find_thread(here.library, name)
    with pytest.raises(NoSuchPost):
        threads.find_post(here.library, here.thread_id, name)
    here.library.close()


def test_a_post_is_found_by_id_by_link_and_by_a_unique_beginning(tmp_path: Path) -> None:
    link = "https://board.example/p/7"
    here = shelf(tmp_path, (root(), said("h:0af"), said("h:0b"), said("200", url=link), said("2001")))
    for name, id in (("h:0a", "h:0af"), ("h:0b", "h:0b"), (link, "200"), ("https://x.example/a/status/2001", "2001")):
        assert threads.find_post(here.library, here.thread_id, name) == here.seq(id)
    assert threads.find_post(here.library, here.thread_id, "200") == here.seq("200")
    with pytest.raises(NoSuchPost, match=r"‘h:’ fits 2 posts \(h:0af, h:0b …\)"):
        threads.find_post(here.library, here.thread_id, "h:")
    here.library.close()


def test_the_place_in_a_thread_is_kept(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(),))
    assert threads.kept_place(here.library, here.thread_id) == {}
    threads.keep_place(here.library, here.thread_id, {"post": "伞", "pane": True})
    assert threads.kept_place(here.reopened().library, here.thread_id) == {"post": "伞", "pane": True}
