"""The thread's screen under its keys: moving, the next start, and what none of the other files is about."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from core.desk import Desk
from core.library import open_library
from core.models import Post, State
from tests.kit.stage import BY_LIKES, POSTS, post, stage
from tests.kit.waiting import PATIENCE


async def test_the_cursor_begins_on_the_first_undecided_reply(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        assert it.shown == BY_LIKES
        assert it.at == "103"
        assert it.header == "10 replies · end unknown · likes ↓ · 0 starred"


async def test_j_and_k_move_by_a_row_and_stop_at_the_ends(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("cursor.down", "cursor.down", "cursor.up")
        assert it.at == "101"
        await it.press("down", "up", "up", "up", "up")
        assert it.at == "100"
        await it.do("cursor.last", "cursor.down")
        assert it.at == "104"
        await it.do("cursor.first")
        assert it.at == "100"


async def test_pages_move_by_what_is_visible(tmp_path: Path) -> None:
    posts = (*POSTS, *(_like(n) for n in range(200, 260)))
    async with stage(tmp_path, posts=posts) as it:
        table = it.bench.table
        await it.press("g", "g")
        await it.do("page.down")
        assert table.cursor == table.page_rows
        await it.do("half.down", "half.up", "page.up")
        assert table.cursor == 0
        await it.press("ctrl+f", "pageup")
        assert table.cursor == 0


async def test_h_m_and_l_go_to_the_top_middle_and_bottom_of_the_screen(tmp_path: Path) -> None:
    posts = (*POSTS, *(_like(n) for n in range(200, 260)))
    async with stage(tmp_path, posts=posts) as it:
        table = it.bench.table
        await it.press("G")
        await it.do("view.top")
        assert table.cursor == table.top > 0
        await it.do("view.bottom")
        assert table.cursor == len(table.order) - 1
        await it.do("view.mid")
        assert table.cursor == table.top + round((table.page_rows - 1) / 2)


async def test_z_sequences_put_the_row_at_the_top_middle_and_bottom(tmp_path: Path) -> None:
    posts = (*POSTS, *(_like(n) for n in range(200, 260)))
    async with stage(tmp_path, posts=posts) as it:
        table = it.bench.table
        table.go(30)
        await it.do("scroll.top")
        assert (table.cursor, table.top) == (30, 30)
        await it.do("scroll.bottom")
        assert table.top == 30 - table.page_rows + 1
        await it.do("scroll.mid")
        assert table.top == 30 - round((table.page_rows - 1) / 2)


def _like(number: int) -> Post:
    """A reply that sorts behind the invented ones."""
    return post(str(number), f"filler {number}", "hal")


# Undo, and the next start


async def test_undo_and_redo_say_what_they_did_and_survive_a_restart(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("a", "x")
        await it.do("undo")
        assert it.status == "undid: reject 1 post"
    async with stage(tmp_path) as it:
        await it.press("u")
        assert it.status == "undid: star 1 post"
        assert it.starred() == set()
        await it.do("redo")
        assert it.status == "redid: star 1 post"
        await it.press("ctrl+r")
        assert (it.state("103"), it.state("101")) == (State.STARRED, State.REJECTED)
        await it.press("ctrl+r")
        assert it.status == "There is nothing to redo."
        await it.press("u", "u", "u")
        assert it.status == "There is nothing to undo."


async def test_undo_leaves_the_cursor_on_its_post(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("x", "x", "G")
        await it.do("undo")
        assert it.at == "104"


async def test_view_and_row_are_there_again_after_a_restart(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"likes:<20", "enter", "[")
        await it.go("106")
        await it.do("quit")
    async with stage(tmp_path) as it:
        assert it.at == "106"
        assert "likes ↑ · likes:<20" in it.header
        assert it.shown == ["107", "108", "106", "110", "105", "102"]


async def test_the_pane_is_as_it_was_after_a_restart(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("z", "l", "enter")
    async with stage(tmp_path) as it:
        assert it.screen.has_class("-reading")
        assert it.bench.shown_language == "original"
        assert it.app.focused is it.screen.query_one("#pane")
        await it.press("escape", "z", "p")
    async with stage(tmp_path) as it:
        assert it.screen.has_class("-no-pane")
        assert not it.screen.has_class("-reading")
        assert it.app.focused is it.bench.table


async def test_a_library_that_another_program_holds_is_a_sentence_and_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.library.database.BUSY_SECONDS", 0.001)
    async with stage(tmp_path) as it:
        await it.press("s")
        other = sqlite3.connect(tmp_path / "library.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for key in ("x", "u", "ctrl+r", "1", "[", "W", "escape"):
            await it.press(key)
        other.close()
        await it.press("u")
        assert it.starred() == set()


# Other keys


async def test_suspend_is_bound_to_the_systems_own_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        assert it.screen.active_bindings["ctrl+z"].binding.id == "suspend"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (150, 40)])
async def test_every_size_shows_view_table_pane_tags_status_and_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size=size) as it:
        for name in ("#view", "#table", "#pane", "#tags", "#status", "#keys"):
            region = it.screen.query_one(name).region
            assert region.width > 0, name
            assert region.height > 0, name
            assert region.right <= size[0], name
            assert region.bottom <= size[1], name
        beside = it.bench.pane.region.x > 0
        assert beside == (size[0] >= 140)


async def test_a_time_that_no_calendar_has_is_a_dash_and_no_crash(tmp_path: Path) -> None:
    odd = (
        post("111", "long ago", "ivy", likes=99, posted_at=-90_000_000_000),
        post("112", "far off", "jo", likes=98, posted_at=9**18),
    )
    async with stage(tmp_path, posts=(*POSTS, *odd)) as it:
        assert it.at == "111"
        assert "time unknown" in it.pane
        assert "–" in it.bench.table.render_line(2).text


async def test_an_empty_thread_and_an_empty_view_take_every_key(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=POSTS[:1]) as it:
        await it.press("f", *"giraffe", "enter")
        assert it.shown == []
        assert "no post fits" in it.pane
        for key in "jkGHMLsax Uwbr!@.ur1+0tvV|npec{}m'TAgXE\"":
            await it.press(key, "escape", "escape")
        await it.press("z", "t", "z", "z", "z", "b", "y", "y", "g", "c", "g", "s", "g", "T", "ctrl+d", "pageup")
        await it.press("F")
        assert it.shown == ["100"]


async def test_what_another_program_marks_is_seen_within_a_second(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        other = open_library(it.bench.library.path)
        try:
            Desk(other, it.bench.thread.id, "zh").decide([it.seq("101")], State.STARRED)
        finally:
            other.close()
        async with asyncio.timeout(PATIENCE):
            while "1 starred" not in it.header:
                await asyncio.sleep(0.02)
        assert it.bench.table.quotes([it.seq("101")])[0].mark.state is State.STARRED
