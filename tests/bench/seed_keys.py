"""Rebuild the seed article with keys alone, in a real terminal, and print how many keys that took.

    python -m tests.bench.seed_keys [--show]

Needs tmux and the seed folder (`../shared/seed`, or the one in PULLQUOTE_SEED). Text that only the writer can write
(titles, lead-ins, translations, a filter's words) is not counted; every other key is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from tests.kit.seed import Choice, choices, reply_texts

SEED = Path(os.environ.get("PULLQUOTE_SEED", Path(__file__).resolve().parents[3] / "shared" / "seed"))
TITLE = "Anthropic 这条推文，评论区翻车了"
PATIENCE = 60.0
"""Seconds that the screen may take to show what a key must lead to."""


@dataclass
class Terminal:
    """A tmux pane of 80×24 with a program in it."""

    command: str
    socket: str = field(default_factory=lambda: f"pullquote-{uuid.uuid4().hex[:8]}")
    keys: int = 0

    def __enter__(self) -> "Terminal":
        config = tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False)
        config.write("set -g escape-time 0\nset -g default-terminal tmux-256color\n")
        config.close()
        self._config = Path(config.name)
        self._tmux("-f", config.name, "new-session", "-d", "-x", "80", "-y", "24", self.command)
        return self

    def __exit__(self, *_: object) -> None:
        self._tmux("kill-server", check=False)
        self._config.unlink()

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(["tmux", "-L", self.socket, *arguments], check=check, capture_output=True, text=True)
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys, each counted."""
        for key in keys:
            self._tmux("send-keys", key)
            self.keys += 1

    def type(self, text: str) -> None:
        """Type what only the writer can write, not counted."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self._tmux("send-keys", "Enter")
            if line:
                self._tmux("send-keys", "-l", "--", line)

    def screen(self) -> str:
        """What the pane shows."""
        return self._tmux("capture-pane", "-p")

    def wait(self, text: str, *, gone: bool = False) -> None:
        """Wait until the screen shows a text, or shows it no more."""
        until = time.monotonic() + PATIENCE
        while (text in self.screen()) is gone:
            if time.monotonic() > until:
                raise TimeoutError(f"waited for {text!r} in:\n{self.screen()}")
            time.sleep(0.03)


def triage(terminal: Terminal, replies: list[str], chosen: dict[str, Choice]) -> None:
    """Reply by reply in the thread's order: tag and accept, or reject."""
    slots: dict[str, int] = {}
    at = starred = 0
    while at < len(replies):
        choice = chosen.get(replies[at])
        if choice is None:
            terminal.press("x")
            terminal.wait("reject 1 post" if at + 1 < len(replies) else "Every reply in this view")
            at += 1
            continue
        run = 1
        while at + run < len(replies) and (after := chosen.get(replies[at + run])) and after.section == choice.section:
            run += 1
        if run > 2:
            terminal.press("v", *"j" * (run - 1))
            terminal.wait(f"{run} selected")
        else:
            run = 1
        if choice.section in slots:
            terminal.press(str(slots[choice.section]))
            terminal.wait("tag 1 post:" if run == 1 else f"tag {run} posts:")
            terminal.press("a")
        else:
            slots[choice.section] = len(slots) + 1
            terminal.press("t")
            terminal.wait("Enter tags")
            terminal.type(choice.section)
            terminal.wait("new tag: ")
            terminal.press("C-s")
        at, starred = at + run, starred + run
        terminal.wait(f"{starred} starred")


def write_cards(terminal: Terminal, quotes: list[Choice]) -> None:
    """Lead-ins and translations, card after card."""
    terminal.press("f")
    terminal.type("is:starred")
    terminal.wait(f"{len(quotes)} of ")
    terminal.press("Enter", "g", "g")
    for number, quote in enumerate(quotes):
        if number == 0:
            terminal.press("c")
        terminal.wait(f"{number + 1} of {len(quotes)} ·")
        terminal.type(quote.lead_in)
        if quote.translation:
            terminal.press("Tab")
            terminal.type(quote.translation)
        terminal.press("C-n")
    terminal.wait("last card")


def replay(
    folder: Path,
    files: tuple[Path, Path],
    *,
    seed: Path = SEED,
    title: str = TITLE,
    captured_at: str = "",
    show: bool = False,
) -> tuple[int, int, str]:
    """Rebuild the article of a seed from its captured files; returns (keys, quotes, the article)."""
    replies = reply_texts(seed)
    chosen = {choice.text: choice for choice in choices(seed)}
    environment = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    (folder / "config.toml").write_text(f'[article]\nexport_dir = "{folder}"\n', encoding="utf-8")
    environment |= {
        "PULLQUOTE_LIBRARY": str(folder / "library.db"),
        "PULLQUOTE_CONFIG": str(folder / "config.toml"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }
    words = " ".join(f"{name}='{value}'" for name, value in environment.items())
    opened = " ".join(f"'{file}'" for file in files) + (f" --captured-at {captured_at}" if captured_at else "")
    with Terminal(f"env {words} '{sys.executable}' -m tui.cli open {opened}") as terminal:
        terminal.wait("· likes ↓")
        terminal.press("g", "t")
        terminal.wait("thread ↑")
        triage(terminal, replies, chosen)
        if show:
            print(terminal.screen())
        write_cards(terminal, [chosen[text] for text in replies if text in chosen])
        terminal.press("W")
        terminal.wait("Write the article")
        terminal.type(title)
        terminal.press("Enter")
        terminal.wait("written to")
        if show:
            print(terminal.screen())
        keys = terminal.keys
        terminal.press("Q")
    (article,) = folder.glob("*.md")
    return keys, len(chosen), article.read_text(encoding="utf-8")


def main() -> None:
    """Replay, and print the count."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--show", action="store_true", help="print the screen on the way, and the article")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        keys, quotes, article = replay(Path(folder), (SEED / "post.json", SEED / "replies.json"), show=given.show)
    if given.show:
        print(article)
    print(f"{keys} keys for {quotes} quotes: {keys / quotes:.2f} a quote")


if __name__ == "__main__":
    main()
