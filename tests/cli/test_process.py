"""The command as a process: exit codes, its streams, and what never reaches a terminal."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.commands import TREE, Commands, post_file, run, thread_file
from tests.kit.terminal import until
from tests.kit.waiting import PATIENCE

pytestmark = pytest.mark.real

THREAD = "1900000000000000001"
FIRST = "1900000000000000002"
HOSTILE = "\x1b]0;owned\x07\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\x90q\x9c\x1bP\x08\x7f\x00\u202e"
ACTING = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
SAID = re.compile(rb"(pullquote: [^\n]+\n)+")


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A library whose every text is hostile."""
    path = tmp_path / "library.db"
    commands = Commands(capsys)
    reply = {"text": f"x {HOSTILE} y", "author": f"@a{HOSTILE}da", "author_name": HOSTILE, "time_ago": HOSTILE}
    files = thread_file(tmp_path / "r.json", reply, {}), post_file(tmp_path / "p.json", f"post {HOSTILE}")
    commands("--library", path, "import", *files)
    for option in ("--tag", "--note", "--lead-in", "--comment", "--translation"):
        commands("--library", path, "mark", THREAD, FIRST, "--star", "--confirm", option, f"x{HOSTILE}y")
    return path


def test_a_command_that_does_its_work_ends_with_0(library: Path) -> None:
    ended = run("--library", library, "posts", THREAD)
    assert (ended.returncode, ended.stderr, ended.stdout.count(b"\n")) == (0, b"", 3)


@pytest.mark.parametrize(
    "arguments", [("posts", "42"), ("posts", THREAD, "--where", "is:x"), ("import", "nosuch.json")]
)
def test_input_that_is_at_fault_ends_with_1_and_a_sentence(library: Path, arguments: tuple[str, ...]) -> None:
    ended = run("--library", library, *arguments)
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert SAID.fullmatch(ended.stderr)


@pytest.mark.parametrize(
    "arguments", [("nosuch",), ("posts",), ("posts", THREAD, "--limit", "x"), ("mark", THREAD), ("export", THREAD)]
)
def test_wrong_usage_ends_with_2_and_how_it_goes(arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.startswith(b"usage: pullquote")


def test_our_own_fault_ends_with_3_and_a_file_that_holds_no_text(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError(f"secret {HOSTILE}")

    monkeypatch.setattr("tui.cli.posts.run", fail)
    said = Commands(capsys)("--library", library, "posts", THREAD, code=3)
    assert "This is our fault (ZeroDivisionError)" in said.err
    (crash,) = (home / ".local" / "state" / "pullquote").glob("crash-*.txt")
    written = crash.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "secret" not in written + said.err
    assert crash.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("mark", "--help"), ("keys",)])
def test_what_asks_for_no_library_makes_none(arguments: tuple[str, ...], home: Path) -> None:
    ended = run(*arguments)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert len(ended.stdout.strip()) > 10
    assert not list(home.rglob("*.db"))


@pytest.mark.parametrize("place", ["before", "after", "environment"])
def test_another_library_is_named_before_or_after_the_command_or_in_the_environment(
    tmp_path: Path, home: Path, place: str
) -> None:
    path = tmp_path / "other.db"
    named = ("--library", path)
    arguments = {"before": (*named, "threads"), "after": ("threads", *named), "environment": ("threads",)}[place]
    assert run(*arguments, env={"PULLQUOTE_LIBRARY": str(path if place == "environment" else "")}).returncode == 0
    assert path.exists()
    assert not list(home.rglob("library.db"))


def test_the_argument_wins_over_the_environment(tmp_path: Path) -> None:
    run("--library", tmp_path / "a.db", "threads", env={"PULLQUOTE_LIBRARY": str(tmp_path / "b.db")})
    assert [path.name for path in tmp_path.glob("*.db")] == ["a.db"]


@pytest.mark.parametrize(
    "arguments", [("--library", "~nosuchuser/x.db", "threads"), ("--library", "/dev/null/x.db", "threads")]
)
def test_a_library_that_cannot_be_there_is_told(arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert ended.returncode == 1
    assert SAID.fullmatch(ended.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ("threads",),
        ("threads", "--json"),
        ("posts", THREAD),
        ("posts", THREAD, "--json"),
        ("history", THREAD),
        ("tags", THREAD),
        ("tags", THREAD, "--json"),
        ("undo", THREAD),
        ("mark", THREAD, FIRST, "--untag", f"x{HOSTILE}y".replace("\x00", "")),
        ("export", THREAD, "-o", "-"),
        ("posts", HOSTILE.replace("\x00", "")),
        ("posts", THREAD, "--where", HOSTILE.replace("\x00", "") + " likes:" + HOSTILE.replace("\x00", "")),
        ("mark", THREAD, FIRST, "--rename-" + HOSTILE.replace("\x00", "")),
        (HOSTILE.replace("\x00", ""),),
        ("import", HOSTILE.replace("\x00", "")),
        ("export", THREAD, "-o", "/nosuch" + HOSTILE.replace("\x00", "") + "/x"),
    ],
)  # fmt: skip
def test_hostile_bytes_reach_neither_stream_as_they_are(library: Path, arguments: tuple[str, ...]) -> None:
    ended = run("--library", library, *arguments)
    assert ended.returncode in (0, 1, 2), ended.stderr
    assert ended.stdout + ended.stderr
    bidi = "export" in arguments and "-" in arguments
    for stream in (ended.stdout, ended.stderr):
        # An article keeps bidirectional controls that are balanced.
        found = ACTING.search(re.sub(rb"\xe2\x80[\xaa-\xae]", b"", stream) if bidi else stream)
        assert found is None, (found, stream)


def test_a_terminal_gets_no_sequence_from_a_reply(library: Path) -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "tui.cli", "--library", str(library), "posts", THREAD]
    with subprocess.Popen(command, cwd=TREE, stdin=slave, stdout=slave, stderr=slave) as process:
        os.close(slave)
        seen = b""
        while select.select([master], [], [], 30)[0]:
            try:
                seen += os.read(master, 65536)
            except OSError:
                break
            if not seen:
                break
    os.close(master)
    assert process.returncode == 0
    assert b"reply 1" in seen
    assert ACTING.search(seen) is None


def test_a_reader_that_goes_away_early_is_no_failure(library: Path, tmp_path: Path) -> None:
    many = thread_file(tmp_path / "many.json", *({"text": "word " * 50} for _ in range(3000)))
    assert run("--library", library, "import", many).returncode == 0
    for form in ("--json", "--csv"):
        command = [sys.executable, "-m", "tui.cli", "--library", str(library), "posts", THREAD, form]
        with subprocess.Popen(command, cwd=TREE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 0


@pytest.mark.parametrize("arguments", [("threads",), ("posts", THREAD, "--json"), ("export", THREAD, "-o", "-")])
def test_a_full_disk_behind_standard_output_is_told(library: Path, arguments: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        ended = run("--library", library, *arguments, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert ended.returncode == 1
    assert ended.stderr.endswith(b"pullquote: Standard output cannot be used: No space left on device.\n")
    assert b"fault" not in ended.stderr


def test_closed_streams_are_no_fault_of_ours(library: Path) -> None:
    for arguments in (f"posts {THREAD}", f"export {THREAD} -o -", f"posts {THREAD} --csv", "threads"):
        shell = f"exec '{sys.executable}' -m tui.cli --library '{library}' {arguments} <&- >&-"
        ended = subprocess.run(["sh", "-c", shell], cwd=TREE, stderr=subprocess.PIPE, check=False)
        assert ended.returncode == 0
        # What is open in an article is said all the same.
        assert not ended.stderr or ("export" in arguments and b"still open" in ended.stderr)
        assert b"fault" not in ended.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_what_is_printed_is_utf_8_whatever_the_locale_says(library: Path, encoding: str) -> None:
    usual = run("--library", library, "posts", THREAD)
    odd = run("--library", library, "posts", THREAD, env={"PYTHONIOENCODING": encoding, "LC_ALL": "C"})
    assert (odd.returncode, odd.stdout) == (0, usual.stdout)
    assert "–".encode() in odd.stdout or "␛".encode() in odd.stdout


def test_an_interrupt_ends_with_a_sentence(tmp_path: Path) -> None:
    read, write = os.pipe()
    command = [sys.executable, "-m", "tui.cli", "--library", str(tmp_path / "l.db"), "import", "-"]
    with subprocess.Popen(command, cwd=TREE, stdin=read, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.write(write, b"{")
        until(lambda: not select.select([read], [], [], 0)[0], "the command to read what there is")
        os.close(read)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    os.close(write)
    assert (process.returncode, err) == (
        130,
        b"pullquote: Stopped. What came is kept; import the same again for the rest.\n",
    )


def test_the_screen_is_refused_where_there_is_no_terminal() -> None:
    for arguments in ((), ("demo",), ("open", THREAD)):
        ended = run(*arguments)
        assert ended.returncode == 1
        assert SAID.fullmatch(ended.stderr)
