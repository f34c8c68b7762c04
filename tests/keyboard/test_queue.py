"""Keys that come faster than the screen can answer keep their order and miss nothing."""

import asyncio
from pathlib import Path
from typing import cast

from textual.events import Key, Paste
from textual.widgets import TextArea

from core.models import State
from core.settings.load import Settings
from tests.kit.stage import event, stage


async def test_a_burst_into_a_dialog_is_typed_there(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.burst("t", *"memes", "enter", "j", "t", *"other", "ctrl+s")
        assert it.tags("103") == ("memes",)
        assert it.tags("101") == ("other",)
        assert it.state("101") is State.STARRED


async def test_a_burst_into_the_prompt_is_typed_there(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.burst("f", *"author:@bo", "enter", "x", "x", "F", "+", *"a,b", "enter")
        assert {it.state("102"), it.state("108")} == {State.REJECTED}
        assert it.tags(it.at or "") == ("a", "b")


async def test_a_burst_through_several_cards_writes_each(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.burst("c", *"one", "ctrl+n", *"two", "tab", *"zwei", "ctrl+n", *"three", "ctrl+s", "s")
        assert it.quote("103").mark.lead_in == "one"
        assert it.quote("101").mark.lead_in == "two"
        assert it.translation("101").text == "zwei"
        assert it.quote("109").mark.lead_in == "three"
        assert it.starred() == {"109"}


async def test_a_burst_of_decisions_decides_each_reply_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.burst(*"axax ")
        states = [it.state(id) for id in ("103", "101", "109", "102", "105")]
        assert states == [State.STARRED, State.REJECTED, State.STARRED, State.REJECTED, State.SKIPPED]


async def test_a_paste_keeps_its_place_among_the_keys(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.app.on_event(event("+"))
        await it.app.on_event(Paste("pasted "))
        await it.burst(*"typed", "enter")
        assert it.tags("103") == ("pasted typed",)


async def test_what_is_pasted_into_a_field_is_harmless_there(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("c")
        await it.app.on_event(Paste("one\x1b]0;x\x07\ntwo\x9b2J\u202e"))
        await it.settle()
        assert cast(TextArea, it.app.focused).text == "one␛]0;x␇\ntwo‹9B›2J‹RLO›"


async def test_a_key_that_came_in_one_piece_with_esc_is_two_keys(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("v", "j")
        await it.app.on_event(Key("alt+j", "j"))
        await it.app.on_event(Key("alt+shift+g", "G"))
        await it.settle()
        assert it.selected == set(), "Esc ended the selection"
        assert it.at == "104", "and G went to the last row"


async def test_keys_are_idle_only_when_all_have_had_their_effect(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        assert it.app.keys.idle
        await it.app.on_event(event("t"))
        assert not it.app.keys.idle
        await it.settle()
        assert it.dialog


async def test_a_flow_that_fails_lets_the_next_key_through(tmp_path: Path) -> None:
    settings = Settings(template=str(tmp_path / "none.j2"), export_dir=str(tmp_path))
    async with stage(tmp_path, settings=settings) as it:
        async with asyncio.timeout(2):
            await it.burst("P", "s")
        assert it.starred() == {"103"}


async def test_leaving_while_a_prompt_is_open_is_no_crash(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"likes")
        await it.app.action_quit()
    assert it.app.crash == ""
    assert it.app.return_code == 0


async def test_the_key_after_enter_never_falls_into_the_field(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        for _ in range(20):
            await it.burst("f", "u", "enter", "n", "F")
        assert it.bench.view.filter == ""
        assert it.at is not None


async def test_the_lines_of_a_paste_stay_lines_whatever_ends_them(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("c")
        await it.app.on_event(Paste("one\rtwo\r\nthree"))
        await it.press("ctrl+s")
        assert it.quote("103").mark.lead_in == "one\ntwo\nthree"
