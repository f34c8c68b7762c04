"""Esc and the key behind it, which a slow line brings in one piece; what cannot be typing."""

from pathlib import Path

import pytest
from textual.events import Key, Paste

from tests.kit.stage import stage
from tui.keyboard.bursts import BurstParser, InputBurst
from tui.screens import preview


def fed(*pieces: str) -> list[str]:
    """The keys that come of pieces of input, and what is pasted."""
    parser = BurstParser()
    events = [event for piece in pieces for event in parser.feed(piece)]
    return [one.key if isinstance(one, Key) else f"paste {one.text}" for one in events if isinstance(one, Key | Paste)]


@pytest.mark.parametrize("char", list("!/?@#*+-=|:{};'\",.<>~&%$_ 0189"))
def test_esc_and_a_sign_are_two_keys_in_one_piece_and_in_two(char: str) -> None:
    alone = fed(char)
    assert fed("\x1b" + char) == ["escape", *alone]
    assert fed("\x1b", char) == ["escape", *alone]
    assert fed("j\x1b" + char + "k") == ["j", "escape", *alone, "k"]


@pytest.mark.parametrize(
    ("sequence", "key"), [("\x1b[A", "up"), ("\x1bOB", "down"), ("\x1b[6~", "pagedown"), ("\x1bf", "ctrl+right")]
)
def test_what_terminals_send_behind_esc_is_still_one_key(sequence: str, key: str) -> None:
    assert fed(sequence) == [key]
    assert fed(sequence[0], sequence[1:]) == [key]


def test_what_is_pasted_is_left_alone() -> None:
    assert fed("\x1b[200~one - two", "! three\x1b[201~x") == ["paste one - two! three", "x"]


@pytest.mark.parametrize(
    ("text", "pasted"),
    [("j" * 200, False), ("jkjkaxjjsj" * 9, False), ("Nobody asked the umbrella what it thinks of rain.", True)],
)
def test_many_different_characters_at_once_are_no_typing(text: str, pasted: bool) -> None:
    announced = [event for event in BurstParser().feed(text) if isinstance(event, InputBurst)]
    assert [one.pasted for one in announced] == ([True] if pasted else [])


async def test_a_page_down_in_the_palette_that_is_still_empty_does_no_harm(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.burst("ctrl+p", "pageup", "pagedown", "escape")
        assert it.app.crash == ""


async def test_a_pasted_second_line_stays_in_a_field_of_one_line(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f")
        await it.app.on_event(Paste("kettle\nblack"))
        await it.settle()
        await it.press("enter")
        assert it.bench.view.filter == "kettle black"


async def test_the_preview_of_a_long_article_shows_its_beginning_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "LONGEST_PREVIEW", 200)
    async with stage(tmp_path) as it:
        await it.press("s", "P")
        assert "its beginning; W writes the other" in str(it.dialog.query_one("#view").said)
