"""Copying under the screen's keys: what is copied, and what is said about the way it went."""

import base64
import re
from pathlib import Path

import pytest

from core.settings.locations import clip_file
from tests.kit.stage import Stage, stage


@pytest.fixture(autouse=True)
def _into_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No clipboard is in reach, so that the text goes into the file."""
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def copied(it: Stage, action: str) -> str:
    """What an action copies."""
    clip_file().unlink(missing_ok=True)
    await it.do(action)
    await it.until("the text is in")
    return clip_file().read_text(encoding="utf-8")


async def test_the_original_the_link_and_the_handle_are_copied(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        assert await copied(it, "yank.original") == "From whom, though? A kettle?"
        assert await copied(it, "yank.url") == "https://x.example/cy/status/103"
        assert await copied(it, "yank.author") == "@cy"
        assert it.status.startswith("handle: No clipboard takes it here")


async def test_the_translation_and_the_finished_block_are_copied(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("e", *"谁的？", "ctrl+s")
        assert await copied(it, "yank.translation") == "谁的？"
        block = await copied(it, "yank.markdown")
        assert "> From whom, though? A kettle?" in block
        assert "谁的？" in block
        assert "&#64;cy" in block


async def test_an_excerpt_is_copied_as_it_is_quoted(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("X", "v", "w", "enter")
        assert await copied(it, "yank.original") == "From […]"


async def test_a_selection_is_copied_whole_and_counted(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("|", *"meme", "enter")
        assert await copied(it, "yank.author") == "@bo\n@bo"
        assert it.status.startswith("2 × handle: ")
        assert await copied(it, "yank.original") == (
            "meme: Kettle, black. Probably.\n\nanother meme, a long one:\nsecond line"
        )


async def test_what_is_not_there_is_not_copied(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("y", "t")
        await it.until("There is no translation here to copy.")
        assert not clip_file().exists()


async def test_through_the_terminal_the_text_travels_as_base64_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    async with stage(tmp_path) as it:
        sent: list[str] = []
        monkeypatch.setattr(it.app._driver, "write", sent.append)
        await it.press("y", "y")
        await it.until("does not confirm")
        found = [re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", one) for one in sent]
        texts = [base64.b64decode(match[1]).decode() for match in found if match]
        assert texts == ["From whom, though? A kettle?"]
