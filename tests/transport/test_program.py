"""Asking another program: what it sees of us, what is said of it, and that it ends when we do."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.errors import FetchError
from core.transport import Request, SourceSettings
from core.transport.left_tabs import tabs_closed_after
from core.transport.program import program_transport
from core.words import words
from tests.kit.played import Played, as_json
from tests.kit.played import Request as PlayedRequest
from tests.kit.terminal import alive, until


async def printed(tmp_path: Path, script: str, option: str = "") -> bytes:
    """What a program prints that is written in Python."""
    program = tmp_path / "told.py"
    program.write_text(script)
    async with program_transport(
        (sys.executable, str(program)), "the fetcher", SourceSettings(fetch_timeout=5), lambda _why: None
    ) as transport:
        return (await transport.fetch(Request("https://x.com/brolly/status/19", kind=option))).data


async def refusal(tmp_path: Path, script: str, option: str = "") -> str:
    with pytest.raises(FetchError) as caught:
        await printed(tmp_path, script, option)
    return words(caught.value.reason)


async def test_a_program_sees_what_programs_need_and_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {"LC_TIME": "C", "https_proxy": "http://proxy.example:1", "SSL_CERT_FILE": "/c.pem", "XTF_NITTER": "a",
            "NITTER_URL": "b", "TMPDIR": str(tmp_path)}  # fmt: skip
    hidden = {"PULLQUOTE_API_KEY": "k", "MY_LLM_KEY": "k", "GITHUB_TOKEN": "k", "AWS_SECRET_ACCESS_KEY": "k",
              "SSH_AUTH_SOCK": "/s", "PATH_TO_KEY": "k", "DATABASE_URL": "k"}  # fmt: skip
    for name, value in {**seen, **hidden}.items():
        monkeypatch.setenv(name, value)
    told = await printed(tmp_path, "import os; print(*(f'{k}={v}' for k, v in os.environ.items()), sep='\\n')")
    variables = dict(line.split("=", 1) for line in told.decode().splitlines() if "=" in line)
    assert variables.keys() >= {*seen, "PATH", "HOME", "LANG", "TERM"}
    assert not variables.keys() & hidden.keys()


async def test_a_program_that_prints_nothing_is_called_by_its_title(tmp_path: Path) -> None:
    said = await refusal(tmp_path, "import sys; sys.exit('no module named requests')")
    assert said == "the fetcher printed nothing and ended with 1: no module named requests."


async def test_a_program_that_is_killed_is_said_to_be(tmp_path: Path) -> None:
    said = await refusal(tmp_path, "import os; os.kill(os.getpid(), 9)")
    assert said == "the fetcher was ended from outside (signal 9), before it printed anything."


async def test_an_option_that_a_version_does_not_know_is_named(tmp_path: Path) -> None:
    script = "import argparse; it = argparse.ArgumentParser(); it.add_argument('--url'); it.parse_args()"
    assert (await refusal(tmp_path, script, "--replies")).startswith("the fetcher does not know --replies")


def test_a_program_and_what_it_started_end_with_us_even_where_we_are_killed(tmp_path: Path) -> None:
    (tmp_path / "hangs.py").write_text(
        "import os, subprocess, sys, time\n"
        "below = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(tmp_path / 'part')!r}, 'w').write(f'{{os.getpid()}} {{below.pid}}')\n"
        f"os.rename({str(tmp_path / 'part')!r}, {str(tmp_path / 'pids')!r})\n"
        "time.sleep(600)\n"
    )
    asks = (
        "import asyncio, sys\n"
        "from core.transport import Request, SourceSettings\n"
        "from core.transport.program import program_transport\n"
        "async def ask():\n"
        f"    command = (sys.executable, {str(tmp_path / 'hangs.py')!r})\n"
        "    async with program_transport(command, 'it', SourceSettings(), print) as transport:\n"
        "        await transport.fetch(Request('https://x.com/brolly/status/19'))\n"
        "asyncio.run(ask())\n"
    )
    us = subprocess.Popen([sys.executable, "-c", asks])
    until(lambda: (tmp_path / "pids").exists(), "the program to have started")
    program, below = map(int, (tmp_path / "pids").read_text().split())
    # The watch is started right after the program.
    until(lambda: str(program) in _watches(), "the watch to have started")
    os.kill(us.pid, signal.SIGKILL)
    us.wait()
    until(lambda: not alive(program) and not alive(below), "both to be ended")


def _watches() -> str:
    """The arguments of the processes that watch over a program."""
    return subprocess.run(["ps", "-wweo", "args"], capture_output=True, text=True, check=True).stdout


async def test_the_tabs_that_a_user_opened_meanwhile_are_closed_and_no_others(server: Played) -> None:
    tabs: list[dict[str, Any]] = [{"tabId": "before"}]

    def answer(request: PlayedRequest) -> bytes:
        assert request.query == {"userId": "a-fetcher"}
        if request.method == "DELETE":
            tabs[:] = [tab for tab in tabs if not request.path.endswith(tab["tabId"])]
        return as_json({"running": True, "tabs": tabs})

    server.routes |= dict.fromkeys(("/tabs", "/tabs/one", "/tabs/two"), answer)
    async with tabs_closed_after(server.url, "a-fetcher"):
        tabs += [{"tabId": "one"}, {"tabId": "two"}]
    assert tabs == [{"tabId": "before"}]


async def test_where_no_browser_is_no_tab_is_looked_for_long(server: Played) -> None:
    server.routes["/tabs"] = b"nonsense"
    for nobody in ("http://127.0.0.1:9", server.url):
        async with tabs_closed_after(nobody, "a-fetcher"):
            pass
