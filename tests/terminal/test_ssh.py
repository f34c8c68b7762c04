"""The program over SSH and mosh: a real sshd on this machine, at the end of a line of 100 ms each way."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from socket import create_connection, create_server

import pytest

from core.desk import Desk
from core.library import open_library
from core.models import State
from core.words import change_words
from tests.kit.delay import LongLine
from tests.kit.real import missing, need
from tests.kit.stage import BY_LIKES, POSTS, ROOT, library_with
from tests.kit.terminal import REPOSITORY, Terminal, alive, environment, until

pytestmark = pytest.mark.real

WAY = 0.1
"""Seconds from here to the server."""


@dataclass(frozen=True)
class Server:
    """A machine that one can log in to, with a library on it."""

    folder: Path
    port: int

    @property
    def library(self) -> Path:
        """The library that is there."""
        return self.folder / "library.db"

    @property
    def program(self) -> str:
        """The command that opens the thread there, after noting the number of its process."""
        homes = {"PULLQUOTE_LIBRARY": self.library, "HOME": self.folder, "PYTHONPATH": REPOSITORY, "LANG": "C.UTF-8"}
        given = [f"{name}={value}" for name, value in {**homes, "PULLQUOTE_CONFIG": os.devnull}.items()]
        words = ["env", *given, sys.executable, "-m", "tui.cli", "open", ROOT]
        return f"echo $$ > {shlex.quote(str(self.folder / 'pid'))}; exec {shlex.join(words)}"

    @property
    def pid(self) -> int:
        """The process that was started last."""
        return int((self.folder / "pid").read_text())

    def log_in(self, line: LongLine) -> Terminal:
        """Open the thread over a line."""
        options = ["StrictHostKeyChecking=no", f"UserKnownHostsFile={os.devnull}", "LogLevel=ERROR", "EscapeChar=none",
                   "IdentitiesOnly=yes", f"IdentityFile={self.folder / 'key'}"]  # fmt: skip
        command = [need("ssh"), "-F", os.devnull, "-tt", "-p", str(line.port)]
        command += [word for option in options for word in ("-o", option)]
        return Terminal([*command, f"{getuser()}@127.0.0.1", self.program], self.folder)

    def starred(self) -> set[str]:
        """The ids that are starred there."""
        library = open_library(self.library)
        try:
            found = Desk(library, 1, "zh").quotes(range(1, len(POSTS) + 1))
        finally:
            library.close()
        return {quote.post.id for quote in found if quote.mark.state is State.STARRED}

    def history(self) -> list[str]:
        """What was done there, the oldest first."""
        library = open_library(self.library)
        try:
            return [change_words(entry.name) for entry in reversed(Desk(library, 1, "zh").history())]
        finally:
            library.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A throwaway sshd with keys of its own."""
    sshd = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin") or missing("sshd is not installed")
    if os.getuid() == 0:
        # Where Debian's sshd, run by the system's administrator, gives up its rights; a boot makes it, nothing else.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    for name in ("host", "key"):
        subprocess.run([need("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    port = free_port()
    (tmp_path / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {tmp_path}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"AuthorizedKeysFile {tmp_path}/key.pub\nPasswordAuthentication no\nPrintMotd no\nPrintLastLog no\n"
    )
    library_with(tmp_path / "library.db")[0].close()
    process = subprocess.Popen([sshd, "-D", "-e", "-f", str(tmp_path / "sshd_config")], stderr=subprocess.PIPE)
    made = Server(tmp_path, port)
    try:
        until(lambda: listens(port) or process.poll() is not None, "sshd")
        assert process.poll() is None, process.stderr and process.stderr.read()
        yield made
    finally:
        process.terminate()
        process.wait()
        if (tmp_path / "pid").exists() and alive(made.pid):
            os.kill(made.pid, signal.SIGKILL)


def listens(port: int) -> bool:
    """Whether somebody answers there."""
    try:
        create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def test_keys_typed_ahead_over_a_line_of_200_ms_act_in_their_order(server: Server) -> None:
    with LongLine(server.port, WAY) as line, server.log_in(line) as terminal:
        terminal.wait("likes ↓")
        # All of it is on its way before the first answer is back.
        terminal.press("x", "s", "t", *"last words", "enter", "c", *"So they said: fa", "ctrl+s")
        terminal.press("f", *"kettle, black", "enter", "a", "F", "Q")
        assert terminal.end() == 0
        terminal.restored()
    assert server.history() == [
        "reject 1 post",
        "star 1 post",
        "tag 1 post: last words",
        "write the lead-in",
        "star 1 post",
    ]
    assert server.starred() == {"101", "102"}


def test_what_was_shown_before_the_line_was_cut_is_there_and_nothing_stays_behind(server: Server) -> None:
    with LongLine(server.port, WAY) as line, server.log_in(line) as terminal:
        terminal.wait("likes ↓")
        terminal.press(*"asjsjsjsjs")
        terminal.wait(" 0 starred", gone=True)
        shown = int(re.findall(r"(\d+) starred", terminal.screen)[0])
        line.cut()
        assert terminal.end() == 255
    until(lambda: not alive(server.pid), "the program's end")
    assert shown > 0
    # What was on its way may have been done too, in its order.
    assert server.starred() in [set(BY_LIKES[1:last]) for last in range(shown + 1, 8)]


def test_after_a_cut_the_program_opens_with_the_same_view_and_row(server: Server) -> None:
    with LongLine(server.port, 0) as line:
        with server.log_in(line) as terminal:
            terminal.wait("likes ↓")
            terminal.press("f", *"-meme", "enter", *"lll]j")
            terminal.wait("8 of 10 replies · end unknown · time ↓ · -meme")
            terminal.wait("› ·       40")
            line.cut()
            terminal.end()
        until(lambda: not alive(server.pid), "the program's end")
        with server.log_in(line) as terminal:
            terminal.wait("8 of 10 replies · end unknown · time ↓ · -meme")
            terminal.wait("› ·       40")


def test_a_line_that_falls_silent_keeps_nobody_out(server: Server) -> None:
    with LongLine(server.port, 0) as line, server.log_in(line) as terminal:
        terminal.wait("likes ↓")
        terminal.press("s")
        terminal.wait("1 starred")
        left = server.pid
        line.silent = True
        with LongLine(server.port, 0) as other, server.log_in(other) as anew:
            anew.wait("1 starred")
            anew.press("w", "s")
            anew.wait("2 starred")
            anew.press("Q")
            assert anew.end() == 0
        line.cut()
        until(lambda: not alive(left), "the end of the program on the silent line")
    assert len(server.starred()) == 2


def test_through_mosh_keys_act_and_the_terminal_is_left_as_it_was(server: Server) -> None:
    mosh = subprocess.run(
        [need("mosh-server"), "new", "-i", "127.0.0.1", "--", "sh", "-c", server.program],
        env=environment(server.folder), capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(r"MOSH CONNECT (\d+) (\S+)", mosh.stdout)
    assert found, mosh.stdout + mosh.stderr
    client = [need("mosh-client"), "127.0.0.1", found[1]]
    with Terminal(client, server.folder, env=environment(server.folder, MOSH_KEY=found[2])) as terminal:
        terminal.wait("likes ↓")
        terminal.press("s", "t", *"双标", "enter", "f", *"kettle, black", "enter", "a", "F")
        terminal.wait("2 starred")
        terminal.wait("双标")
        terminal.press("Q")
        assert terminal.end() == 0
        terminal.restored()
    assert server.starred() == {"103", "102"}
