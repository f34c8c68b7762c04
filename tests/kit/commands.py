"""The commands, run in the test's process or in one of their own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.kit.places import ROOT
from tui.cli.main import main

TREE = ROOT


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed."""

    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """Standard output, line by line."""
        return self.out.splitlines()


class Commands:
    """Runs commands on the library in the test's home."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object, code: int = 0) -> Ran:
        """Run a command, and see that it ends with `code`."""
        self._capsys.readouterr()
        try:
            ended: object = main([str(argument) for argument in arguments])
        except SystemExit as left:
            ended = left.code
        captured = self._capsys.readouterr()
        assert ended == code, captured.err
        return Ran(captured.out, captured.err)


def run(*arguments: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own; with `env`, on top of the test's environment."""
    environment = {**os.environ, "PYTHONPATH": str(TREE), **more.pop("env", {})}
    command: list[bytes | str] = [sys.executable, "-m", "tui.cli", *(os.fsencode(str(one)) for one in arguments)]
    given: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 60, **more}
    if "input" in given:
        del given["stdin"]
    return subprocess.run(command, env=environment, check=False, **given)


def thread_file(path: Path, *replies: dict[str, Any], root_id: str = "1900000000000000001") -> Path:
    """A file as x-tweet-fetcher writes it, with these replies; each has an id one higher than the last."""
    first = int(root_id) + 1
    described = [
        {
            "author": f"@reader{number}",
            "author_name": f"Reader {number}",
            "text": f"reply {number}",
            "time_ago": "2h",
            "likes": number,
            "replies": 0,
            "views": 0,
            "tweet_id": str(first + number),
            **reply,
        }
        for number, reply in enumerate(replies)
    ]
    return _written(path, "replies", described, root_id)


def post_file(path: Path, text: str = "Our labels were copied.", root_id: str = "1900000000000000001") -> Path:
    """A file as x-tweet-fetcher writes it for a post alone."""
    tweet = {"text": text, "author": "Brolly", "screen_name": "brolly", "likes": 20, "retweets": 3, "views": 900,
             "replies_count": 7, "created_at": "Mon Feb 23 18:15:21 +0000 2026", "lang": "en"}  # fmt: skip
    return _written(path, "tweet", tweet, root_id)


def _written(path: Path, key: str, value: object, root_id: str) -> Path:
    whole = {"url": f"https://x.com/brolly/status/{root_id}", "username": "brolly", "tweet_id": root_id, key: value}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path
