"""The clipboard ladder, against a real tmux, a real GNU screen and a real X server where they are there."""

import asyncio
import base64
import os
import pty
import re
import select
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.kit.real import need
from tests.kit.terminal import Terminal
from tests.kit.waiting import PATIENCE
from tui.terminal.clipboard import OSC52_BYTES, copy

Tmux = tuple[Callable[..., bytes], str]
TEXT = "模型蒸馏 \x1b]0;owned\x07 😭\nsecond line"


@pytest.fixture(autouse=True)
def _own_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """A private tmux server; gives a function that runs its commands, and the value of TMUX inside it."""
    program = need("tmux")
    socket = tmp_path / "tmux"

    def run(*command: str) -> bytes:
        clean = {name: value for name, value in os.environ.items() if name != "TMUX"}
        done = subprocess.run([program, "-S", socket, "-f", os.devnull, *command], env=clean, capture_output=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("new-session", "-d", "-x", "80", "-y", "24", "sleep 600")
    inside = run("display-message", "-p", "#{socket_path},#{pid},0").decode().strip()
    yield run, inside
    run("kill-server")


def environ(**given: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", **given}


def never(text: str) -> None:
    pytest.fail("nothing may be written to the terminal here")


@pytest.mark.real
async def test_inside_tmux_the_text_is_in_the_buffer_of_that_server(tmux: Tmux) -> None:
    run, inside = tmux
    result = await copy(TEXT, write=never, environ=environ(TMUX=inside, DISPLAY=":0"))
    assert (result.way, result.certain) == ("tmux", True)
    assert "tmux's buffer" in result.message
    assert run("show-buffer") == TEXT.encode()


@pytest.mark.real
@pytest.mark.parametrize("setting", ["on", "external", "off"])
async def test_through_tmux_the_text_reaches_the_terminal_around_it_whatever_set_clipboard_says(
    tmp_path: Path, setting: str
) -> None:
    tmux = [need("tmux"), "-S", str(tmp_path / "socket")]
    (tmp_path / "conf").write_text(f"set -g set-clipboard {setting}\n")
    with Terminal([*tmux, "-f", str(tmp_path / "conf"), "new-session", "cat"], tmp_path) as terminal:
        terminal.wait("[0] 0:")
        try:
            asked = [*tmux, "display-message", "-p", "#{socket_path},#{pid},0"]
            inside = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
            result = await copy(TEXT, write=never, environ=environ(TMUX=inside))
            assert result.way == "tmux"
            terminal.receives(rb"\x1b\]52;[a-z]*;" + re.escape(base64.b64encode(TEXT.encode())))
        finally:
            subprocess.run([*tmux, "kill-server"], check=True)


@pytest.mark.real
async def test_a_text_too_long_for_osc_52_still_fits_tmux(tmux: Tmux) -> None:
    run, inside = tmux
    result = await copy("字" * OSC52_BYTES, write=never, environ=environ(TMUX=inside))
    assert result.way == "tmux"
    assert run("show-buffer") == ("字" * OSC52_BYTES).encode()


@pytest.mark.real
async def test_a_tmux_that_has_gone_away_leaves_the_next_way(tmp_path: Path) -> None:
    need("tmux")
    sent: list[str] = []
    result = await copy(TEXT, write=sent.append, environ=environ(TMUX=f"{tmp_path}/gone,1,0"))
    assert result.way == "osc52"
    assert len(sent) == 1


async def test_plain_osc_52_carries_the_text_and_does_not_claim_success() -> None:
    sent: list[str] = []
    result = await copy(TEXT, write=sent.append, environ=environ())
    assert (result.way, result.certain) == ("osc52", False)
    assert "does not confirm" in result.message
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", sent[0])
    assert found
    assert base64.b64decode(found[1]) == TEXT.encode()


async def test_over_ssh_a_forwarded_display_is_not_the_writers_desktop() -> None:
    sent: list[str] = []
    result = await copy(TEXT, write=sent.append, environ=environ(DISPLAY=":0", SSH_CONNECTION="a 1 b 2"))
    assert result.way == "osc52"


async def test_a_display_that_is_dead_leaves_the_next_way_and_writes_no_complaint(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    sent: list[str] = []
    result = await copy(TEXT, write=sent.append, environ=environ(DISPLAY=":4711"))
    assert result.way == "osc52"
    assert capfd.readouterr() == ("", "")


@pytest.mark.real
async def test_on_a_desktop_the_text_is_on_the_real_clipboard() -> None:
    server, xclip = need("Xvfb"), need("xclip")
    reading, writing = os.pipe()
    x = subprocess.Popen([server, "-displayfd", str(writing), "-nolisten", "tcp"], pass_fds=[writing], stderr=-3)
    os.close(writing)
    try:
        display = ":" + os.read(reading, 20).decode().strip()
        result = await copy(TEXT, write=never, environ=environ(DISPLAY=display))
        assert (result.way, result.certain) == ("desktop", True)
        pasted = subprocess.run(
            [xclip, "-selection", "c", "-o"],
            env=environ(DISPLAY=display),
            capture_output=True,
            check=True,
            timeout=PATIENCE,
        )
        assert pasted.stdout == TEXT.encode()
    finally:
        os.close(reading)
        x.terminate()
        x.wait()


@pytest.mark.real
@pytest.mark.parametrize("length", [10, 3_000, OSC52_BYTES])
async def test_gnu_screen_passes_the_sequence_on_to_its_terminal(tmp_path: Path, length: int) -> None:
    screen = need("screen")
    text = "x" * length
    sent: list[str] = []
    result = await copy(text, write=sent.append, environ=environ(STY="1.pts-0.here", TERM="screen"))
    assert (result.way, result.certain) == ("screen", False)
    (tmp_path / "sent").write_text(sent[0])
    wanted = b"\x1b]52;c;" + base64.b64encode(text.encode()) + b"\x07"
    assert wanted in screen_output(screen, tmp_path, wanted)


def screen_output(screen: str, folder: Path, wanted: bytes) -> bytes:
    """What the terminal around a real screen gets while a program inside prints the file `sent`."""
    sockets = folder / "sockets"
    sockets.mkdir(mode=0o700)
    outside, inside = pty.openpty()
    env = {**environ(), "SCREENDIR": str(sockets)}
    command = [screen, "-c", os.devnull, "sh", "-c", f"sleep 0.3; cat '{folder}/sent'; read line"]
    process = subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, env=env, start_new_session=True)
    os.close(inside)
    got = b""
    until = monotonic() + PATIENCE
    try:
        while wanted not in got and monotonic() < until:
            if select.select([outside], [], [], 0.2)[0]:
                got += os.read(outside, 65_536)
    finally:
        subprocess.run([screen, "-X", "quit"], env=env, capture_output=True, timeout=PATIENCE)
        os.close(outside)
        process.wait(10)
    return got


@pytest.mark.parametrize("around", [{}, {"STY": "1.pts-0.here", "TERM": "screen"}])
async def test_the_largest_text_goes_through_the_terminal_and_one_byte_more_into_the_file(
    around: dict[str, str],
) -> None:
    sent: list[str] = []
    assert (await copy("x" * OSC52_BYTES, write=sent.append, environ=environ(**around))).way in ("osc52", "screen")
    assert len(re.sub(r"\x1b[P\\]", "", sent[0])) <= 100_000
    result = await copy("x" * (OSC52_BYTES + 1), write=never, environ=environ(**around))
    assert (result.way, result.certain) == ("file", True)


@pytest.mark.parametrize("terminal", ["", "dumb", "linux"])
async def test_a_terminal_without_osc_52_gets_a_private_file_whose_path_is_said(tmp_path: Path, terminal: str) -> None:
    path = tmp_path / "state" / "pullquote" / "clip.txt"
    for text in ("first", TEXT):
        result = await copy(text, write=never, environ=environ(TERM=terminal))
    assert result.way == "file"
    assert str(path) in result.message
    assert path.read_bytes() == TEXT.encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [child.name for child in path.parent.iterdir()] == ["clip.txt"]


async def test_a_symbolic_link_in_place_of_the_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "pullquote"
    folder.mkdir(parents=True)
    (tmp_path / "precious").write_text("keep")
    (folder / "clip.txt").symlink_to(tmp_path / "precious")
    await copy(TEXT, write=never, environ=environ(TERM="dumb"))
    assert (tmp_path / "precious").read_text() == "keep"
    assert not (folder / "clip.txt").is_symlink()


async def test_where_not_even_the_file_can_be_written_the_failure_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    result = await copy(TEXT, write=never, environ=environ(TERM="dumb"))
    assert (result.way, result.certain) == ("none", False)
    assert "Not copied" in result.message


async def test_nothing_is_not_copied() -> None:
    assert (await copy("", write=never, environ=environ())).way == "none"


@pytest.mark.parametrize("env", [environ(), environ(STY="1.x"), environ(TERM="dumb")])
async def test_no_message_repeats_the_text_and_no_control_byte_of_it_is_written(env: dict[str, str]) -> None:
    sent: list[str] = []
    result = await copy(TEXT, write=sent.append, environ=env)
    assert "owned" not in result.message
    assert "\x1b]0;" not in "".join(sent)


async def test_a_lone_surrogate_does_not_stop_the_copy() -> None:
    sent: list[str] = []
    assert (await copy("broken \ud83d", write=sent.append, environ=environ())).way == "osc52"


async def test_the_event_loop_stays_free_while_a_program_takes_its_time(tmp_path: Path) -> None:
    slow, go = tmp_path / "tmux", tmp_path / "go"
    slow.write_text(f"#!/bin/sh\nwhile [ ! -e '{go}' ]; do sleep 0.01; done\n")
    slow.chmod(0o755)
    task = asyncio.create_task(copy(TEXT, write=never, environ=environ(TMUX="x", PATH=f"{tmp_path}:/usr/bin:/bin")))
    for _ in range(10):
        await asyncio.sleep(0.01)
        assert not task.done()
    go.touch()
    assert (await task).way == "tmux"


async def test_a_program_that_hangs_is_ended_and_the_next_way_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = tmp_path / "tmux"
    hanging.write_text(f"#!/bin/sh\necho $$ >> {tmp_path}/pids\nexec sleep 600\n")
    hanging.chmod(0o755)
    monkeypatch.setattr("tui.terminal.clipboard._PATIENCE", 0.3)
    sent: list[str] = []
    env = environ(TMUX="x", PATH=f"{tmp_path}:/usr/bin:/bin")
    assert (await copy(TEXT, write=sent.append, environ=env)).way == "osc52"
    for pid in (tmp_path / "pids").read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)
