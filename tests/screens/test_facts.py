"""The facts on the screen: bars one can stand on, at every size, and back to the table."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

from core.errors import LibraryError
from core.library import Library, facts
from core.models import State
from tests.kit.stage import POSTS, Stage, post, stage
from tests.kit.terminal import Terminal, environment
from tests.kit.waiting import PATIENCE
from tui.screens.facts import FactsScreen


async def opened(it: Stage) -> None:
    """The facts, with everything counted."""
    await it.do("facts")
    assert isinstance(it.dialog, FactsScreen)
    await counted(it)


async def counted(it: Stage) -> None:
    """Wait until nothing is being counted any more."""
    async with asyncio.timeout(PATIENCE):
        while it.dialog._question is not None and not it.dialog._question.done.is_set():
            await asyncio.sleep(0.001)
    await it.settle()


def lines(it: Stage) -> list[str]:
    """Every line of the lists that are shown."""
    lists = [listed for listed in it.dialog.query(OptionList) if listed.display]
    return [str(option.prompt) for listed in lists for option in listed.options]


def here(it: Stage) -> str:
    """The line with the cursor's sign."""
    (found,) = [one for one in lines(it) if one.startswith("›")]
    return " ".join(found[1:].split())


async def to(it: Stage, label: str) -> None:
    """Go down to the bar with this label."""
    for _ in range(100):
        if here(it).startswith(label):
            return
        await it.press("j")
    raise AssertionError(f"no bar {label} in {lines(it)}")


async def test_enter_on_a_bar_shows_its_replies(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await to(it, "zh")
        await it.press("enter")
        assert it.app.screen is it.screen
        assert it.shown == ["105"]
        assert it.bench.view.filter == "lang:zh"


async def test_a_bar_narrows_the_filter_in_force_and_counts_only_what_that_keeps(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"author:@cy", "enter")
        await opened(it)
        assert it.dialog.query_one("#view")._text == "facts · 2 of 10 replies · author:@cy"
        await to(it, "50–99")
        await it.press("enter")
        assert it.bench.view.filter == "author:@cy likes:50..99"
        assert it.shown == ["103"]


async def test_the_whole_thread_can_be_counted_in_spite_of_a_filter(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"author:@cy", "enter")
        await opened(it)
        await it.press("F")
        await counted(it)
        assert it.dialog.query_one("#view")._text == "facts · 10 replies"
        await to(it, "de")
        await it.press("enter")
        assert it.bench.view.filter == "lang:de"


async def test_esc_and_q_leave_everything_as_it_was(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("f", *"author:@bo", "enter")
        before = (it.bench.view, it.shown, it.at)
        for key in ("escape", "q"):
            await opened(it)
            await it.press("j", key)
            assert it.app.screen is it.screen
            assert (it.bench.view, it.shown, it.at) == before


async def test_the_row_stays_where_the_bar_holds_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.go("109")
        await opened(it)
        await to(it, "@cy")
        await it.press("enter")
        assert it.at == "109"


async def test_only_the_selected_stays_in_force_unless_the_whole_thread_was_counted(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.go("105")
        await it.press("v", "j", '"')
        await opened(it)
        assert "only the selected" in it.dialog.query_one("#view")._text
        await it.press("F")
        await counted(it)
        await to(it, "en")
        await it.press("enter")
        assert it.bench.view.only is None
        assert len(it.shown) == 9


async def test_a_bar_without_replies_says_so_and_stays(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await to(it, "starred")
        await it.press("enter")
        assert "There is no reply behind this bar" in it.dialog.query_one("#status")._text


async def test_what_the_stars_cover_is_counted_anew_each_time(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        assert any("nothing is starred yet" in one for one in lines(it))
        await it.press("escape")
        it.bench.desk.decide([it.seq("103"), it.seq("109")], State.STARRED)
        await opened(it)
        assert any("covered by the stars · 2 of 10 replies" in one for one in lines(it))
        await to(it, "replies")
        await it.press("}", "}")
        assert here(it).startswith("@cy 2 100%")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40), (300, 100), (40, 10)])
async def test_no_line_is_longer_than_its_column(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size=size) as it:
        await opened(it)
        for listed in it.dialog.query(OptionList):
            if listed.display:
                assert listed.virtual_size.height == listed.option_count
                assert (
                    max(option.prompt.cell_len for option in listed.options if not option.disabled) < listed.size.width
                )


async def test_a_wide_terminal_has_two_columns_and_keys_between_them(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(140, 40)) as it:
        await opened(it)
        left, right = it.dialog.query(OptionList)
        assert right.display
        await it.press("l")
        assert right.has_focus
        assert here(it).startswith("en")
        await it.press("h")
        assert left.has_focus
        assert here(it).startswith("2026-02-24")
        await it.press("tab")
        assert here(it).startswith("en")


async def test_a_resize_keeps_the_bar(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(80, 24)) as it:
        await opened(it)
        await to(it, "5–9")
        await it.pilot.resize_terminal(140, 40)
        await it.settle()
        assert here(it).startswith("5–9")


async def test_braces_go_from_plot_to_plot(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("}")
        assert here(it).startswith("en")
        await it.press("}")
        assert here(it).startswith("@")
        await it.press("{", "{")
        assert here(it).startswith("2026-02-24")


async def test_help_lists_the_keys_of_the_facts(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await opened(it)
        await it.press("?")
        assert "Show these" in str(it.dialog.query_one("#lines").render())


async def test_text_from_outside_is_shown_cleaned_and_never_as_markup(tmp_path: Path) -> None:
    hostile = "[/b]\x1b]52;c;aGk=\x07"
    async with stage(tmp_path, posts=(*POSTS, post("111", "x", hostile, lang="[red]"))) as it:
        it.bench.desk.tags.add([it.seq("111")], hostile)
        await opened(it)
        assert not any("\x1b" in one or "\x07" in one for one in lines(it))
        assert any("[/b]" in one for one in lines(it))


async def test_an_empty_thread_has_facts_too(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=POSTS[:1]) as it:
        await opened(it)
        assert it.dialog.query_one("#view")._text == "facts · 0 replies"
        await it.press("j", "enter", "}", "escape")
        assert it.app.screen is it.screen


# While it is counted


async def test_keys_work_while_it_is_counted_and_what_comes_late_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    real = facts.count_facts

    def slow(library: Library, scope: Any) -> Iterator[Any]:
        go.wait(PATIENCE)
        yield from real(library, scope)

    monkeypatch.setattr(facts, "count_facts", slow)
    try:
        async with stage(tmp_path) as it:
            await it.do("facts")
            assert lines(it).count("  counting …") == 6
            await it.press("j", "enter", "}", "escape")
            assert it.app.screen is it.screen
            go.set()
            await it.press("j")
            assert it.app.screen is it.screen
    finally:
        go.set()


async def test_esc_breaks_off_a_query_that_takes_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = threading.Event(), threading.Event()

    def endless(library: Library, _scope: Any) -> Iterator[Any]:
        begun.set()
        try:
            numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
            yield library.connection.execute(numbers).fetchone()
        finally:
            ended.set()

    monkeypatch.setattr(facts, "count_facts", endless)
    async with stage(tmp_path) as it:
        await it.do("facts")
        assert await asyncio.to_thread(begun.wait, PATIENCE)
        async with asyncio.timeout(PATIENCE):
            # An interrupt that comes before the query has begun breaks nothing off.
            await it.press("escape")
            while not ended.is_set():
                await asyncio.sleep(0.01)
        assert it.app.screen is it.screen


async def test_a_library_that_refuses_is_said_and_can_be_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_library: Library, _scope: Any) -> Iterator[Any]:
        raise LibraryError("Another program holds the library.")
        yield

    real = facts.count_facts
    monkeypatch.setattr(facts, "count_facts", refuses)
    async with stage(tmp_path) as it:
        await opened(it)
        assert "Another program holds the library." in it.dialog.query_one("#status")._text
        monkeypatch.setattr(facts, "count_facts", real)
        await it.press("F")
        await counted(it)
        assert "facts · 10 replies" in it.dialog.query_one("#view")._text


# Without colour


@pytest.mark.real
def test_without_colour_and_blocks_the_facts_can_be_read_and_used(tmp_path: Path) -> None:
    env = environment(tmp_path, LC_ALL="C", NO_COLOR="1", TERM="linux", PULLQUOTE_LIBRARY=str(tmp_path / "demo.db"))
    with Terminal(["demo"], tmp_path, (60, 20), env) as terminal:
        terminal.wait("likes ↓")
        terminal.press("g", "f")
        terminal.wait("####")
        terminal.press("j", "j", "enter")
        terminal.wait("date:")
        terminal.press("Q")
        assert terminal.end() == 0
        assert "Traceback" not in terminal.text
