"""Text where keys are wanted: what an input method commits and what is pasted triggers nothing, and is told of once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from textual.events import Key, Paste

from core.desk import Desk
from core.library import open_library
from core.words import change_words
from tests.kit.stage import BY_LIKES, ROOT, Stage, event, library_with, stage
from tests.kit.terminal import Terminal, environment
from tui.keyboard.bursts import BurstParser, InputBurst
from tui.keyboard.non_key_input import INPUT_METHOD, PASTED
from tui.keyboard.sequences import as_plain_key
from tui.screens.library import LibraryScreen
from tui.widgets.bars import Line, Status

Opened = tuple[Terminal, Callable[[], list[str]]]
PROSE = "Exactly 19 museums quoted a label, and zero asked whose words these were; Javier kept a list of them all."


async def commit(it: Stage, text: str, *, pasted: bool = False) -> None:
    """Send a text as the terminal's driver hands it on: all of it in one piece."""
    await it.app.on_event(InputBurst(len(text), pasted=pasted))
    await it.burst(*text)


@pytest.mark.parametrize("char", [*"伞の글ｱ〇😭"])
async def test_a_single_written_character_triggers_nothing_and_says_why(tmp_path: Path, char: str) -> None:
    async with stage(tmp_path) as it:
        await it.press(char)
        assert it.status == INPUT_METHOD
        assert it.bench.desk.history() == []


async def test_a_run_of_written_text_is_told_of_once_and_again_after_an_ordinary_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("伞")
        it.bench.say("something else")
        await commit(it, "是谁的")
        assert it.status == "something else"
        await it.press("j", "伞")
        assert it.status == INPUT_METHOD


async def test_the_next_key_takes_the_words_off_the_line(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("伞", "j")
        assert it.status == ""
        await it.press("伞", "s")
        assert "star" in it.status


async def test_what_stands_after_han_in_one_piece_is_part_of_the_text(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("star.toggle")
        await commit(it, "第1章，用Tax写的。sx")
        assert it.starred() == {"103"}
        assert len(it.bench.desk.history()) == 1
        await it.press("j", "s")
        assert it.starred() == {"103", "101"}


async def test_an_opening_quotation_mark_before_han_is_part_of_the_text(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("star.toggle")
        await it.press("v", "j")
        await commit(it, "“伞”")
        assert it.shown == BY_LIKES, "the selection was not made a view"


async def test_a_key_that_a_slow_line_put_before_the_text_still_acts(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.app.on_event(InputBurst(3))
        await it.burst("f", "伞", "enter")
        assert it.bench.view.filter == "伞"
        assert "105" in it.shown


async def test_full_width_marks_without_han_are_keys_though_they_come_together(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.burst("ｓ", "ｊ", "ｓ")
        assert it.starred() == {"103", "101"}


async def test_a_sequence_that_written_text_cuts_off_is_over(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("g", "伞", "s")
        assert it.starred() == {"103"}
        assert it.selected == set()


async def test_written_text_answers_no_question_that_waits_for_a_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("r", "伞", "s")
        assert it.quote("103").mark.rating == 0
        assert it.starred() == {"103"}


async def test_a_character_that_the_writer_has_bound_is_a_key_when_it_comes_alone(tmp_path: Path) -> None:
    async with stage(tmp_path, keys={"star.toggle": "收"}) as it:
        await it.press("收")
        assert it.starred() == {"103"}
        await commit(it, "收到")
        assert it.starred() == {"103"}
        assert it.status == INPUT_METHOD


async def test_in_a_field_written_text_is_text(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("c")
        await commit(it, "第1章，用Tax写的。")
        await it.press("ctrl+s")
        assert it.quote("103").mark.lead_in == "第1章，用Tax写的。"


@pytest.mark.parametrize("char", [*"①²Ⅰªé…"])
def test_a_character_that_only_resembles_a_key_is_none(char: str) -> None:
    assert cast(Key, as_plain_key(event(char))).character == char


async def test_the_list_of_threads_says_it_too(tmp_path: Path) -> None:
    async with stage(tmp_path, listed=True) as it:
        await it.press("伞")
        await it.pilot.pause()
        assert isinstance(it.app.screen, LibraryScreen)
        assert it.app.screen.query_one(Status).said == INPUT_METHOD


async def test_the_outline_says_it_in_its_own_line(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("s", "g", "o", "伞")
        assert it.app.screen.query_one("#status", Line)._text == INPUT_METHOD


async def test_a_paste_where_keys_are_wanted_is_told_of_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("g")
        await it.app.on_event(Paste("sax"))
        await it.settle()
        assert it.status == PASTED
        await it.press("s")
        assert it.starred() == {"103"}
        assert it.selected == set()


async def test_only_the_first_line_of_an_unbracketed_paste_gets_into_a_prompt_and_the_rest_is_not_run(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path) as it:
        await it.press("f")
        await it.app.on_event(InputBurst(11, pasted=True))
        await it.burst(*"umbrellas", "enter", "x")
        assert it.bench.view.filter == "umbrellas"
        assert it.status == PASTED
        assert it.bench.desk.history() == []


# Which pieces are announced


def announced(*pieces: str) -> list[tuple[int, bool]]:
    """The announcements in what the parser makes of some pieces of input."""
    parser = BurstParser()
    return [(one.keys, one.pasted) for piece in pieces for one in parser.feed(piece) if isinstance(one, InputBurst)]


@pytest.mark.parametrize(
    "typed",
    [
        "j",
        "伞",
        "。。",
        "ｓｊｓ",
        "axax jjs",
        "\x1b[A\x1b[B",
        "j" * 4000,
        "axs tjk12" * 40,
        "\x1b[200~伞是谁的\x1b[201~",
    ],
)
def test_keys_are_not_announced_however_many_come_at_once(typed: str) -> None:
    assert announced(typed) == []


def test_a_piece_with_han_is_announced_with_the_number_of_its_keys() -> None:
    assert announced("用Tax写\x1b[A") == [(6, False)]


def test_a_text_that_nobody_can_have_typed_is_announced_as_a_paste_with_what_follows_at_once() -> None:
    assert announced(PROSE, "s", "x") == [(len(PROSE), True), (1, True), (1, True)]


def test_announcing_changes_no_key() -> None:
    keys = [one.character for one in BurstParser().feed(PROSE) if isinstance(one, Key)]
    assert keys == [event(char).character for char in PROSE]


# In a real pseudo-terminal


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """The program in a terminal, and a function that leaves it and gives the names of the changes that were made."""
    library, thread_id = library_with(tmp_path / "library.db")
    library.close()
    env = environment(tmp_path, PULLQUOTE_LIBRARY=str(tmp_path / "library.db"))
    with Terminal(["open", ROOT], tmp_path, env=env) as terminal:
        terminal.wait("likes ↓")

        def changes() -> list[str]:
            terminal.press("Q")
            assert terminal.end() == 0
            library = open_library(tmp_path / "library.db")
            try:
                return [change_words(one.name) for one in Desk(library, thread_id, "zh").history()]
            finally:
                library.close()

        yield terminal, changes


@pytest.mark.real
def test_a_burst_from_an_input_method_triggers_nothing_and_says_that_it_is_on(opened: Opened) -> None:
    terminal, changes = opened
    terminal.press("第1章用Tax写的。sx")
    terminal.wait("The input method is on")
    assert changes() == []


@pytest.mark.real
def test_a_bracketed_paste_is_not_run(opened: Opened) -> None:
    terminal, changes = opened
    terminal.paste("sax\rZZ")
    terminal.wait("Pasted text is not run as keys")
    assert changes() == []


@pytest.mark.real
def test_a_long_paste_without_brackets_is_not_run(opened: Opened) -> None:
    terminal, changes = opened
    terminal.press(PROSE + "\rZZ")
    terminal.wait("Pasted text is not run as keys")
    terminal.wipe()  # Which waits until the paste is over.
    assert changes() == []


@pytest.mark.real
def test_twenty_keys_that_a_slow_line_held_back_all_act(opened: Opened) -> None:
    terminal, changes = opened
    terminal.press("axaxsjxaskuj ajsxkax")
    terminal.wait("› ")
    assert len(changes()) > 8


@pytest.mark.real
def test_a_filter_typed_in_one_piece_with_its_key_is_a_filter(opened: Opened) -> None:
    terminal, changes = opened
    terminal.press("f伞\r")
    terminal.wait("1 of 10 replies")
    assert changes() == []
