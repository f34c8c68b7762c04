"""The quote card: translation, lead-in, comment and note, on the screen and in the writer's own editor."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from core.models import TranslationState
from tests.kit.stage import POSTS, Stage, post, stage
from tui.editor import card_text, read_card
from tui.screens.dialogs.card import Card, CardScreen


def editor(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a shell script the writer's editor; it finds the file in $1."""
    program = folder / "editor"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(program))


def focused(it: Stage) -> str | None:
    """The field that has the cursor."""
    return it.app.focused.id if it.app.focused else None


async def test_e_writes_a_translation_that_counts_as_edited(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("edit.translation")
        assert isinstance(it.dialog, CardScreen)
        assert focused(it) == "translation"
        await it.press(*"谁的？", "enter", *"壶的？", "ctrl+s")
        assert it.translation("103").text == "谁的？\n壶的？"
        assert it.translation("103").state is TranslationState.EDITED
        assert "谁的？" in it.pane


async def test_c_begins_with_the_lead_in_and_tab_goes_through_the_fields(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("edit.comment")
        fields = []
        for _ in range(4):
            fields.append(focused(it))
            await it.press(*"abc", "tab")
        assert fields == ["lead_in", "translation", "comment", "note"]
        await it.press("ctrl+s")
        mark = it.quote("103").mark
        assert (mark.lead_in, mark.comment, mark.note) == ("abc", "abc", "abc")
        await it.press("u")
        assert it.quote("103").translation is None, "a card is one step"
        assert it.quote("103").mark.note == ""


async def test_esc_leaves_the_card_as_it_was(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("c", *"lost", "escape")
        assert it.quote("103").mark.lead_in == ""
        assert it.status == "The card is as it was."


async def test_saving_an_untouched_card_is_no_step(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("e", *"x", "ctrl+s", "s", "e", "ctrl+s")
        assert it.status == "The card is as it was."
        await it.press("u")
        assert it.status == "undid: star 1 post"


async def test_an_emptied_translation_is_removed(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("e", "x", "ctrl+s", "e", "backspace", "ctrl+s")
        assert it.quote("103").translation is None


async def test_saving_with_ctrl_n_goes_on_to_the_next_card_and_stops_at_the_last(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"author:@bo", "enter", "g", "g", "c", *"one", "ctrl+n")
        assert "2 of 2" in str(it.dialog.query_one("#card-keys").render())
        await it.press(*"two", "ctrl+n")
        assert it.status == "That was the last card of this view."
        assert (it.quote("102").mark.lead_in, it.quote("108").mark.lead_in) == ("one", "two")


async def test_the_card_shows_the_original_and_what_it_answers(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(120, 40)) as it:
        await it.press("e")
        original = str(it.dialog.query_one("#original Static").render())
        assert "From whom, though?" in original
        assert "answers @ada: You own 4,000 umbrellas" in original


async def test_a_field_that_cannot_be_shown_to_the_letter_is_kept_to_the_letter(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        odd = "soft\u00adhyphen \x1b[31m"
        it.bench.desk.write(it.seq("103"), note=odd)
        await it.press("c", *"lead", "ctrl+s")
        assert it.quote("103").mark.note == odd.strip()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_field_has_room_to_write_in(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size=size) as it:
        await it.press("c")
        for area in it.dialog.query(TextArea):
            assert area.content_region.height >= 2, area.id
            assert area.region.bottom < size[1], area.id


# $EDITOR


async def test_the_writers_own_editor_edits_every_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "sed -i 's/^=== lead_in ===$/&\\nlead/; s/^=== translation ===$/&\\n壶的？/; s/^=== note ===$/&\\nn/' \"$1\""
    )
    editor(tmp_path, script, monkeypatch)
    async with stage(tmp_path) as it:
        monkeypatch.setattr(it.app, "suspend", _still)
        await it.do("edit.external")
        mark = it.quote("103").mark
        assert (mark.lead_in, mark.comment, mark.note) == ("lead", "", "n")
        assert it.translation("103").text == "壶的？"


async def test_an_editor_that_fails_changes_nothing_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, 'echo \'=== note ===\' > "$1"; echo gone >> "$1"; exit 3', monkeypatch)
    async with stage(tmp_path) as it:
        monkeypatch.setattr(it.app, "suspend", _still)
        await it.press("E")
        assert "ended with status 3" in it.status
        assert it.quote("103").mark.note == ""
        monkeypatch.setenv("EDITOR", "/no/such/editor")
        await it.press("E")
        assert "/no/such/editor" in it.status


async def test_the_file_for_the_editor_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, f'echo "$1" > {tmp_path}/name', monkeypatch)
    async with stage(tmp_path) as it:
        monkeypatch.setattr(it.app, "suspend", _still)
        await it.press("E")
        assert not Path((tmp_path / "name").read_text().strip()).exists()
        assert it.status == "The card is as it was."


async def test_the_editor_sees_no_key_of_ours_or_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, f"env > {tmp_path}/seen", monkeypatch)
    monkeypatch.setenv("PULLQUOTE_API_KEY", "sk-invented")
    monkeypatch.setenv("SOME_LLM_KEY", "sk-invented")
    monkeypatch.setenv("VIMINIT", "set nocompatible")
    async with stage(tmp_path) as it:
        monkeypatch.setattr(it.app, "suspend", _still)
        await it.press("E")
    seen = (tmp_path / "seen").read_text()
    assert "sk-invented" not in seen
    assert "VIMINIT=set nocompatible" in seen


class _still:
    """Stands for suspending, which needs a terminal of its own; the real one is in test_hostile_terminal.py."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


async def test_a_text_of_the_original_cannot_pass_for_a_part_of_the_card(tmp_path: Path) -> None:
    forged = post("111", "=== note ===\nforged", "mal", likes=99)
    async with stage(tmp_path, posts=(*POSTS, forged)) as it:
        quote = it.quote("111")
        before = Card("lead", "", "", "mine")
        assert read_card(card_text(before, quote), before) == before


def test_a_part_whose_line_was_removed_stays_as_it_was() -> None:
    before = Card("lead", "translated", "comment", "note")
    assert read_card("=== comment ===\nnew\n", before) == Card("lead", "translated", "new", "note")
    assert read_card("", before) == before
