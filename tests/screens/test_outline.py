"""The outline: sections and quotes moved about with keys."""

from pathlib import Path

import pytest
from textual.widgets import OptionList

from core.article.outline import outline
from core.library import open_library
from core.models import State
from tests.kit.stage import Stage, stage
from tui.screens.outline import OutlineScreen


async def opened(it: Stage) -> None:
    """Two sections of two and one quote, and a star without a tag."""
    tags, desk = it.bench.desk.tags, it.bench.desk
    tags.add([it.seq("103"), it.seq("101")], "kettles")
    tags.add([it.seq("110")], "umbrellas")
    desk.decide([it.seq(id) for id in ("103", "101", "110", "107")], State.STARRED)
    await it.do("outline")
    assert isinstance(it.dialog, OutlineScreen)


def lines(it: Stage) -> list[str]:
    """What the outline lists."""
    return [str(option.prompt).strip() for option in it.dialog.query_one(OptionList).options]


def sections(it: Stage) -> dict[str, list[str]]:
    """The article's quotes by section, in order."""
    return {
        section.tag: [quote.post.id for quote in section.quotes]
        for section in outline(it.library, it.thread_id, "zh").sections
    }


async def test_sections_and_quotes_are_listed_in_reading_order(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        assert [line.split("  ")[0] for line in lines(it)] == [
            "kettles",
            "From whom, though? A kettle?",
            "You own 4,000 umbrellas and none is yours.",
            "umbrellas",
            "Last word about the umbrellas",
            "(without a tag)",
            "zero likes here",
        ]


async def test_each_line_takes_one_line_of_the_screen(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        it.bench.desk.tags.introduce("kettles", "A long introduction. " * 20)
        it.dialog._show(0)
        await it.settle()
        listed = it.dialog.query_one(OptionList)
        assert listed.virtual_size.height == len(lines(it))


async def test_a_quote_moves_within_its_section_and_keeps_the_highlight(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("j")
        await it.do("item.down")
        assert sections(it)["kettles"] == ["101", "103"]
        await it.do("item.up")
        assert sections(it)["kettles"] == ["103", "101"]
        await it.press("K")
        assert sections(it)["kettles"] == ["103", "101"]


async def test_a_section_moves_among_the_sections(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("J")
        assert list(sections(it)) == ["umbrellas", "kettles", ""]
        await it.press("K")
        assert list(sections(it)) == ["kettles", "umbrellas", ""]


async def test_what_has_no_tag_stays_last_and_says_why(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("end", "K")
        assert list(sections(it)) == ["kettles", "umbrellas", ""]
        assert "tag it to move it" in it.dialog.query_one("#status")._text


async def test_a_quote_moves_to_the_next_section_and_back(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("j")
        await it.do("item.next.section")
        assert sections(it) == {"kettles": ["101"], "umbrellas": ["110", "103"], "": ["107"]}
        await it.do("item.prev.section")
        assert sections(it)["kettles"] == ["101", "103"]
        await it.press("<")
        assert "There is no section there" in it.dialog.query_one("#status")._text


async def test_a_section_gets_an_introduction(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.do("edit.section")
        await it.press(*"Kettles first.", "enter")
        assert it.bench.desk.tags.named("kettles").introduction == "Kettles first."
        assert "Kettles first." in lines(it)[0]
        await it.press("C", *"x", "escape")
        assert isinstance(it.dialog, OutlineScreen), "Esc leaves the line, not the outline"
        assert it.bench.desk.tags.named("kettles").introduction == "Kettles first."


async def test_undo_takes_back_what_was_moved(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("J", "u")
        assert list(sections(it)) == ["kettles", "umbrellas", ""]
        assert "undid: order the sections" in it.dialog.query_one("#status")._text


@pytest.mark.parametrize("action", ["undo", "redo", "item.down", "item.next.section", "edit.section"])
async def test_what_another_program_keeps_from_being_changed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    monkeypatch.setattr("core.library.database.BUSY_SECONDS", 0.001)
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("J", "K", "u", "home", *("j" if action == "item.next.section" else ""))
        before = sections(it)
        other = open_library(it.library.path)
        try:
            other.connection.execute("BEGIN IMMEDIATE")
            await it.do(action)
            if action == "edit.section":
                await it.press("x", "enter")
            assert "Another program holds the library" in it.dialog.query_one("#status")._text
        finally:
            other.close()
        assert sections(it) == before


async def test_enter_goes_to_the_quote_in_the_table(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("j", "j", "j", "j", "enter")
        assert it.app.screen is it.screen
        assert it.at == "110"


async def test_a_quote_that_the_filter_hides_is_said_to_be_hidden(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"author:@bo", "enter")
        await opened(it)
        await it.press("j", "enter")
        assert "hides that quote" in it.status


async def test_q_and_esc_go_back(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("q", "g", "o", "escape")
        assert it.app.screen is it.screen


async def test_an_empty_outline_says_what_to_do_and_takes_every_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("g", "o")
        assert "star replies and tag them first" in it.dialog.query_one("#view")._text
        await it.press("J", "K", ">", "<", "C", "j", "k", "enter")
        assert isinstance(it.dialog, OutlineScreen)
