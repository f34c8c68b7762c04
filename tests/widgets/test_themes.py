"""Colours: the terminal's own, or a theme's, or none."""

import re
from pathlib import Path

import pytest

from core.settings.load import Settings
from tests.kit.stage import ROOT, library_with, stage
from tests.kit.terminal import Terminal, environment

_COLOURS = re.compile(r"\x1b\[[0-9;]*?\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
"""A change to any colour but the terminal's own."""
_MANY = re.compile(r"\x1b\[[0-9;]*[34]8;[25];[0-9;]*m")
"""A change to a colour that a terminal of 16 colours does not have."""


@pytest.fixture
def opened(tmp_path: Path) -> dict[str, str]:
    """The environment in which the invented thread is opened."""
    library, _ = library_with(tmp_path / "library.db")
    library.close()
    return environment(tmp_path, PULLQUOTE_LIBRARY=str(tmp_path / "library.db"), COLORTERM="truecolor")


def sent(tmp_path: Path, env: dict[str, str]) -> str:
    """All that is sent while every dialog is looked at."""
    with Terminal(["open", ROOT], tmp_path, env=env) as terminal:
        terminal.wait("likes ↓")
        for keys in ("s", "jjx", "vjv", "t", "?", "c", "X", "W", "go", "P", "@", "f", "/"):
            terminal.press(*keys)
            terminal.lines()
            terminal.press("escape", "escape")
        terminal.wait("likes ↓")
        terminal.press("Q")
        assert terminal.end() == 0
        return terminal.text


async def test_the_terminals_own_colours_are_used_unless_another_theme_is_set(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        assert it.app.theme == "terminal"
        assert it.app.native_ansi_color


async def test_a_theme_of_the_settings_is_used(tmp_path: Path) -> None:
    async with stage(tmp_path, settings=Settings(export_dir=str(tmp_path), theme="nord")) as it:
        assert it.app.theme == "nord"
        assert not it.app.native_ansi_color


async def test_a_theme_that_does_not_exist_is_said_and_costs_nothing_else(tmp_path: Path) -> None:
    async with stage(tmp_path, settings=Settings(export_dir=str(tmp_path), theme="nrod")) as it:
        assert it.app.theme == "terminal"
        assert "There is no theme ‘nrod’" in it.status


@pytest.mark.real
def test_no_screen_sends_a_colour_that_a_terminal_of_sixteen_lacks(tmp_path: Path, opened: dict[str, str]) -> None:
    assert not _MANY.search(sent(tmp_path, opened))


@pytest.mark.real
def test_with_no_color_no_colour_is_sent_and_the_cursors_row_is_still_reversed(
    tmp_path: Path, opened: dict[str, str]
) -> None:
    said = sent(tmp_path, {**opened, "NO_COLOR": "1"})
    assert not _COLOURS.search(said)
    assert re.search(r"\x1b\[7(;39;49)?m›", said)


@pytest.mark.real
def test_with_no_color_a_theme_with_colours_of_its_own_does_no_harm(tmp_path: Path, opened: dict[str, str]) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[screen]\ntheme = "nord"\n')
    with Terminal(
        ["open", ROOT], tmp_path, env={**opened, "NO_COLOR": "1", "PULLQUOTE_CONFIG": str(config)}
    ) as terminal:
        terminal.wait("likes ↓")
        terminal.press("j", "Q")
        assert terminal.end() == 0


@pytest.mark.real
def test_the_linux_console_gets_what_it_has(tmp_path: Path, opened: dict[str, str]) -> None:
    env = {name: value for name, value in opened.items() if name != "COLORTERM"} | {"TERM": "linux"}
    with Terminal(["open", ROOT], tmp_path, env=env) as terminal:
        terminal.wait("likes ↓")
        terminal.press("j")
        terminal.wait("› ·")
        terminal.press("Q")
        assert terminal.end() == 0
        assert not _MANY.search(terminal.text)
