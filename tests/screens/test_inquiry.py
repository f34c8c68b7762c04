"""Views of a large thread: asked in another thread, shown in pieces, given up with Esc, replaced by newer questions."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.library import Library, view_results
from core.library.view_results import ViewResult
from core.query.view import View
from tests.kit.stage import BY_LIKES, event, stage
from tests.kit.waiting import PATIENCE
from tui.commands.program import leave
from tui.thread import views as thread_views


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every thread a large one."""
    monkeypatch.setattr(thread_views, "POSTS_WITHIN_A_FRAME", 0)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Answers to filters give their first two posts, and wait with the rest until the gate is opened."""
    opened = threading.Event()
    pieces = view_results.view_results

    def slowly(library: Library, thread_id: int, view: View, stop: Callable[[], bool]) -> Iterator[ViewResult]:
        (whole,) = pieces(library, thread_id, view)
        if view.filter:
            yield ViewResult(whole.order[:2], whole=False)
            while not opened.wait(0.01):
                if stop():
                    return
        yield whole

    monkeypatch.setattr(view_results, "view_results", slowly)
    yield opened
    opened.set()


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something to come true."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


async def test_sorting_and_filtering_end_where_they_do_in_a_small_thread(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await until(lambda: it.shown == BY_LIKES)
        await it.press("f", *"likes:<20", "enter")
        assert it.shown == ["102", "105", "110", "106", "108", "107"]
        await it.press("[")
        assert it.shown == ["107", "108", "106", "110", "105", "102"]
        await it.press("F")
        assert len(it.shown) == len(BY_LIKES)


async def test_the_first_hits_are_shown_while_the_rest_is_counted(tmp_path: Path, gate: threading.Event) -> None:
    async with stage(tmp_path) as it:
        for key in ("f", *"likes:>2"):
            await it.app.on_event(event(key))
        await until(lambda: "likes:>2" in it.header and "+ of 10" in it.header)
        assert it.shown == ["100", "103"]
        gate.set()
        await it.settle()
        assert it.shown == ["100", "103", "101", "109", "102", "105", "110", "106"]
        assert "+ of" not in it.header


async def test_typing_goes_on_while_an_answer_is_awaited_and_the_newest_question_counts(
    tmp_path: Path, gate: threading.Event
) -> None:
    async with stage(tmp_path) as it:
        for key in ("f", *"likes:>2"):
            await it.app.on_event(event(key))
        await until(lambda: "likes:>2" in it.header and "+ of 10" in it.header)
        for key in "9":
            await it.app.on_event(event(key))
        await until(lambda: "likes:>29" in it.header)
        gate.set()
        await it.settle()
        assert set(it.shown) <= {"100", "103", "101", "109"}
        await it.press("enter")
        assert set(it.shown) <= {"100", "103", "101", "109"}


async def test_keys_for_the_table_wait_for_its_rows(tmp_path: Path, gate: threading.Event) -> None:
    async with stage(tmp_path) as it:
        await until(lambda: it.shown == BY_LIKES)
        for key in ("f", *"elf", "enter", "j", "s"):
            await it.app.on_event(event(key))
        await until(lambda: "+ of 10" in it.header or "elf" in it.header)
        assert it.starred() == set()
        gate.set()
        await it.settle()
        assert it.starred() == {"106"}


async def test_esc_gives_up_a_question_and_shows_what_was_there(tmp_path: Path, gate: threading.Event) -> None:
    async with stage(tmp_path) as it:
        await until(lambda: it.shown == BY_LIKES)
        before = it.at
        for key in ("f", *"likes:>2", "enter"):
            await it.app.on_event(event(key))
        await until(lambda: "likes:>2" in it.header and it.app.focused is it.bench.table)
        await it.press("escape")
        assert "Given up" in it.status
        assert it.shown == BY_LIKES
        assert it.at == before
        await it.press("j")
        assert it.at != before


async def test_a_search_can_be_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()

    def endless(library: Library, _thread_id: int, _node: object) -> frozenset[int]:
        asked.set()
        library.connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        )
        return frozenset()

    monkeypatch.setattr(view_results, "posts_fitting", endless)
    async with stage(tmp_path) as it:
        for key in ("slash", *"kettle", "enter"):
            await it.app.on_event(event(key))
        await until(asked.is_set)
        await until(lambda: "Esc gives up" in it.status)
        await it.press("escape")
        assert "Given up" in it.status
        await it.press("s")
        assert len(it.starred()) == 1


async def test_leaving_while_a_question_is_open_waits_for_nothing(tmp_path: Path, gate: threading.Event) -> None:
    async with stage(tmp_path) as it:
        for key in ("f", *"likes:>2"):
            await it.app.on_event(event(key))
        await until(lambda: "likes:>2" in it.header and "+ of 10" in it.header)
        leave(it.bench)
    assert not gate.is_set()
