"""Hostile text in a real pseudo-terminal: none of it reaches the terminal as a command."""

import json
import re
from pathlib import Path

import pytest

from core.desk import Desk
from core.library import thread_posts
from core.models import State
from core.reasons import Reason
from tests.kit.stage import ROOT, library_with, post
from tests.kit.terminal import Terminal, environment

pytestmark = pytest.mark.real

ATTACKS = {
    "clipboard": "\x1b]52;c;Q0FOQVJZ\x07",
    "title": "\x1b]0;CANARY-TITLE\x07\x1b]2;CANARY-TITLE\x1b\\",
    "link": "\x1b]8;;https://canary.example\x1b\\here\x1b]8;;\x1b\\",
    "device": "\x1bP+qCANARY\x1b\\\x1b_CANARY\x1b\\\x1b^CANARY\x1b\\",
    "clear": "\x1b[2;2J\x1bc\x1b[7331m\x1b[?7331h",
    "eight bits": "\x9b2J\x9d0;CANARY\x9c\x90q\x85\x8d",
    "single": "\x07\x08\x00\r\x7f\x0b\x0c\x0e\x0f\x1a\x1b",
    "direction": "\u202e\u2066\u200f",
    "markup": "[/b] [link=https://canary.example] [@click=app.quit]x[/] [$x] [",
    "stack": "z" + "\u0301" * 200,
    "surrogate": "\ufffe\uffff",
}
HOSTILE = " ".join(ATTACKS.values())
NEVER = {
    "an OSC 52": r"\x1b\]52",
    "a title": r"\x1b\](0|2);CANARY",
    "a link": r"\x1b\]8;[^;]*;https://canary",
    "a DCS": r"\x1b[P_^][^\x1b]*CANARY",
    "a clear": r"\x1b\[2;2J",
    "a reset": r"\x1bc",
    "a mode": r"\x1b\[\??7331",
    "a C1": r"[\x80-\x9f]",
    "a control character": r"[\x00\x07\x08\x0b\x0c\x0e\x0f\x1a\x7f]",
    "an override": "[\u202a-\u202e\u2066-\u2069\u200f]",
    "a stack": "\u0301{6}",
}


def harmless(sent: str) -> None:
    """Assert that nothing hostile is among the bytes that went to the terminal."""
    sent = re.sub(r"\x1b\]22;[a-z]*\x07", "", sent)  # Textual's own: the pointer's shape.
    for name, pattern in NEVER.items():
        found = re.search(pattern, sent)
        assert found is None, f"{name} reached the terminal: {sent[max(0, found.start() - 80) : found.end() + 20]!r}"


def hostile_library(folder: Path) -> Path:
    """A library in which everything that can hold text from outside or from the writer holds every attack."""
    posts = (
        post(ROOT, HOSTILE, f"root{HOSTILE}", None, author_name=HOSTILE, likes=9),
        *(
            post(str(101 + number), f"{name} {attack}\n{attack}", f"h{attack}", author_name=attack, likes=50 - number)
            for number, (name, attack) in enumerate(ATTACKS.items())
        ),
        post("130", "times", HOSTILE, time_given=HOSTILE, posted_at=None, likes=60, media=(HOSTILE,), links=(HOSTILE,)),
    )
    path = folder / "library.db"
    library, thread_id = library_with(path, posts, reasons=(Reason.written(HOSTILE),), tool=HOSTILE, site="x.com")
    desk = Desk(library, thread_id, "zh")
    seqs = [thread_posts.seq_of(library, thread_id, one.id) for one in posts[1:]]
    known = [seq for seq in seqs if seq is not None]
    for name, attack in (("all", HOSTILE[:180]), *ATTACKS.items()):
        desk.tags.add(known, f"{name} {attack[:180]}")
    for seq in known:
        desk.write(seq, lead_in=HOSTILE, comment=HOSTILE, note=HOSTILE, translation=HOSTILE)
    desk.tags.introduce(desk.tags.all()[0].name, HOSTILE)
    desk.set_article(title=HOSTILE)
    desk.decide(known[:5], State.STARRED)
    desk.decide(known[5:6], State.REJECTED)
    library.close()
    return path


def hostile_file(folder: Path) -> Path:
    """A fetched file of the same thread whose own name attacks too."""
    reply = {
        "type": "status",
        "id": "150",
        "text": HOSTILE,
        "author": {"screen_name": "late", "name": HOSTILE},
        "replying_to": {"screen_name": "root", "status": ROOT},
        "created_timestamp": 1771900000,
        "likes": 99,
        "lang": HOSTILE,
    }
    status = {"id": ROOT, "text": HOSTILE, "author": {"screen_name": "root", "name": HOSTILE}, "likes": 1}
    file = folder / f"evil {ATTACKS['title']}{ATTACKS['clipboard']}[b].json".replace("/", "|")
    file.write_text(json.dumps({"code": 200, "status": status, "thread": [], "replies": [reply]}), encoding="utf-8")
    return file


def test_nothing_in_a_reply_a_name_a_tag_or_a_file_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    library, file = hostile_library(tmp_path), hostile_file(tmp_path)
    env = environment(tmp_path, PULLQUOTE_LIBRARY=str(library), PULLQUOTE_BASE_URL="http://127.0.0.1:9/v1")
    with Terminal(["open", str(file)], tmp_path, (120, 40), env) as terminal:
        terminal.wait("replies · end unknown · likes ↓")
        assert "evil" in terminal.screen, "the file is named when it is opened"
        terminal.press(*"jjjjjjjjjjjj", "k", "z", "x", "j", "j", "z", "x")
        terminal.press("enter", "pagedown", "j", "q", "z", "l", "z", "l", "z", "l")
        for column in range(8):
            terminal.press("l", "]" if column % 2 else "[")
        _dialogs(terminal)
        _prompts(terminal)
        terminal.press("T")
        terminal.wait("127.0.0.1:9")
        terminal.press("escape")
        terminal.wait("not translated")
        terminal.press("1", "2", "u", "ctrl+r", "v", "j", "s", "escape", "p", "V", "g", "u")
        terminal.press("Q")
        assert terminal.end() == 0
        harmless(terminal.text)
        terminal.restored()


def _dialogs(terminal: Terminal) -> None:
    """Every dialog, once."""
    for keys, shows in (
        ("@", "I vouch for this author"),
        ("t", "Enter tags"),
        ("e", "ctrl+s save"),
        ("X", "quoted:"),
        ("?", "type to find a key"),
        ("go", "outline"),
        ("P", "preview of the article"),
        ("W", "Write the article"),
        ("q", "Leave pullquote?"),
    ):
        terminal.press(*keys)
        terminal.wait(shows)
        terminal.press("down", "escape")
        terminal.wait(shows if shows != "outline" else "outline ·", gone=True)
    terminal.press("ctrl+p")
    terminal.wait("Search for commands")
    terminal.press(*"tag")
    terminal.press("escape")
    terminal.wait("Search for commands", gone=True)


def _prompts(terminal: Terminal) -> None:
    """Every line to type in, with what stands in it and with what is pasted."""
    terminal.press("t", "ctrl+r")
    terminal.wait("Enter takes it")
    terminal.press("escape")
    terminal.wait("Enter takes it", gone=True)
    for key in ("-", "+", "*", "f", "/", "|", ":"):
        terminal.press(key)
        terminal.wait("Enter takes it")
        terminal.paste(HOSTILE)
        terminal.press("enter", "escape", "escape")
        terminal.wait("Enter takes it", gone=True)
        # What follows at once would belong to what was pasted.
        terminal.settled()
    terminal.press("F", "g", "o", "C")
    terminal.wait("Enter takes it")
    terminal.press("escape", "escape")
    terminal.press("t")
    terminal.wait("Enter tags")
    terminal.paste(HOSTILE)
    terminal.press("escape")
    terminal.press("c")
    terminal.wait("ctrl+s save")
    terminal.paste(HOSTILE)
    terminal.press("ctrl+s")
    terminal.press("W", "tab")
    terminal.paste("/no/such/" + HOSTILE)
    # What follows at once would belong to what was pasted.
    terminal.settled()
    terminal.press("enter")


def test_the_library_list_shows_hostile_threads_harmlessly(tmp_path: Path) -> None:
    env = environment(tmp_path, PULLQUOTE_LIBRARY=str(hostile_library(tmp_path)))
    with Terminal(["--library", env["PULLQUOTE_LIBRARY"]], tmp_path, env=env) as terminal:
        terminal.wait("threads")
        terminal.press("j", "k", "enter")
        terminal.wait("likes ↓")
        terminal.press("Q")
        assert terminal.end() == 0
        harmless(terminal.text)
        terminal.restored()


@pytest.mark.parametrize(
    "command", [["posts", ROOT], ["threads"], ["history", ROOT], ["tags", ROOT], ["posts", HOSTILE]]
)
def test_the_command_line_prints_hostile_text_harmlessly(tmp_path: Path, command: list[str]) -> None:
    env = environment(tmp_path, PULLQUOTE_LIBRARY=str(hostile_library(tmp_path)))
    with Terminal([one.replace("\0", "") for one in command], tmp_path, env=env) as terminal:
        assert terminal.end() in (0, 1)
        harmless(terminal.text)
        assert "Traceback" not in terminal.text
