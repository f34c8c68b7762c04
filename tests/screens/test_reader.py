"""The reading pane, beside the table and alone."""

import asyncio
from pathlib import Path

import pytest

from core.models import Flag, State, TimePrecision
from core.reasons import Reason
from core.thread.attribution import HELD
from tests.kit.sentences import sentence
from tests.kit.stage import DAY, FIRST_DAY, POSTS, UNLIKE, post, stage
from tests.kit.waiting import PATIENCE

# The pane


async def test_z_l_goes_through_original_and_translation(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        it.bench.desk.write(it.seq("103"), translation="谁的？")
        it.bench.show_change(frozenset({it.seq("103")}), "")
        assert "From whom" in it.pane
        assert "谁的？" in it.pane
        await it.do("view.lang")
        assert "谁的？" not in it.pane
        await it.do("view.lang")
        assert "From whom" not in it.pane
        await it.do("view.lang")
        assert "From whom" in it.pane
        assert "谁的？" in it.pane


async def test_z_x_shows_what_is_invisible(tmp_path: Path) -> None:
    odd = post("111", "zero\u200bwidth", "ivy", likes=99)
    async with stage(tmp_path, posts=(*POSTS, odd)) as it:
        assert "zerowidth" in it.pane
        await it.do("view.reveal")
        assert "zero‹U+200B›width" in it.pane
        await it.do("view.reveal")
        assert "zerowidth" in it.pane


async def test_the_pane_says_what_each_flag_means_and_which_hold_a_post_back(tmp_path: Path) -> None:
    odd = {
        flag: post(str(111 + place), f"{flag} it is", f"hal{place}", flags=(flag,)) for place, flag in enumerate(Flag)
    }
    async with stage(tmp_path, posts=(*POSTS, *odd.values())) as it:
        for flag, flagged in odd.items():
            await it.go(flagged.id)
            shown = " ".join(it.pane.split())
            assert ("held back from the article until you confirm it (@)" in shown) == (flag in HELD), flag
            if flag in HELD:
                assert sentence(Reason(HELD[flag])) in shown
                await it.press("@", "y")
                assert "confirmed by you" in it.pane


async def test_the_pane_shows_a_time_as_exactly_as_it_is_known(tmp_path: Path) -> None:
    times = (
        ("relative", "2h", "≈ 2 h before the capture"),
        ("relative", "2小时前", "≈ 2 h before the capture"),
        ("relative", "just now", "≈ at the capture"),
        ("relative", "Feb 15", "≈ Feb 15, without a year"),
        ("relative", "2 दिन पहले", "≈ 2 दिन पहले, as the source printed it"),
        ("relative", None, "time known only roughly"),
        ("day", "17 Apr 2024", "2026-03-06"),
        ("exact", None, "2026-03-06 00:00 UTC"),
    )
    odd = [
        post(
            str(111 + place), UNLIKE[place], "hal", likes=99, time_precision=TimePrecision(precision), time_given=given,
            posted_at=FIRST_DAY + 11 * DAY,
        )
        for place, (precision, given, _) in enumerate(times)
    ]  # fmt: skip
    async with stage(tmp_path, posts=(*POSTS, *odd)) as it:
        for timed, (_, _, shown) in zip(odd, times, strict=True):
            await it.go(timed.id)
            assert f"@hal · {shown} 99 likes" in it.pane


async def test_z_p_hides_the_pane_and_gives_its_lines_to_the_table(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        before = it.bench.table.size.height
        await it.do("view.pane")
        assert it.bench.table.size.height > before
        await it.do("view.pane")
        assert it.bench.table.size.height == before


# The pane behind a run of moves


async def test_a_move_after_a_rest_shows_its_post_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("j")
        assert it.at == "101"
        assert "You own 4,000 umbrellas" in it.pane


@pytest.fixture
def _an_hour_is_no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Moves are one run however long a busy machine takes for each."""
    monkeypatch.setattr("tui.thread.pane.RUN", 3600)
    monkeypatch.setattr("tui.thread.pane.REST", 3600)


@pytest.mark.usefixtures("_an_hour_is_no_rest")
async def test_in_a_run_of_moves_the_pane_stays_with_the_post_of_the_first(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("j", "j", "j")
        assert it.at == "102"
        assert "You own 4,000 umbrellas" in it.pane


async def test_the_pane_follows_a_run_of_moves_once_the_cursor_rests(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("j", "j", "j")
        async with asyncio.timeout(PATIENCE):
            while "Kettle, black" not in it.pane:
                await asyncio.sleep(0.01)


@pytest.mark.usefixtures("_an_hour_is_no_rest")
@pytest.mark.parametrize("key", ["enter", "tab", "y", "g", "f", "X"])
async def test_any_key_but_a_move_brings_the_pane_up_to_the_cursor(tmp_path: Path, key: str) -> None:
    async with stage(tmp_path) as it:
        await it.press("j", "j", "j")
        assert "Kettle, black" not in it.pane
        await it.press(key)
        assert "Kettle, black" in it.pane


async def test_a_decision_in_a_run_of_moves_shows_the_next_post_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("j", "j", "a")
        assert it.at == "102"
        assert "Kettle, black" in it.pane


async def test_in_the_reader_every_move_shows_its_post_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("enter", "j", "j", "j")
        assert it.at == "102"
        assert "Kettle, black" in it.pane


async def test_the_reader_takes_the_screen_and_its_keys_still_decide(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("open")
        assert not it.bench.table.display or it.bench.table.size.height == 0
        assert it.screen.focused is it.bench.pane
        await it.press("s", "j")
        assert it.state("103") is State.STARRED
        assert it.at == "101", "in the reader j still means the next row"
        assert "You own 4,000 umbrellas" in it.pane
        await it.press("k", "G", "g", "g")
        assert it.at == "100"
        await it.press("escape")
        assert it.app.focused is it.bench.table


async def test_a_long_text_scrolls_in_the_reader_with_the_arrows(tmp_path: Path) -> None:
    long = post("111", "\n".join(f"line {n}" for n in range(100)), "ivy", likes=99)
    async with stage(tmp_path, posts=(*POSTS, long)) as it:
        await it.press("o")

        def top() -> str:
            return it.bench.pane.render_line(0).text.strip()

        first = top()
        await it.press("down")
        assert top() != first
        assert it.at == "111", "the text moves, not the cursor"
        await it.press("up")
        assert top() == first
        for _ in range(20):
            await it.press("pagedown")
        last = [it.bench.pane.render_line(y).text for y in range(it.bench.pane.content_size.height)]
        assert any("link: https://x.example/ivy/status/111" in line for line in last), "the end can be reached"


async def test_o_and_q_open_and_close_the_reader(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("o")
        assert it.screen.has_class("-reading")
        await it.do("back")
        assert not it.screen.has_class("-reading")
        assert it.app.screen is it.screen


@pytest.mark.parametrize("keys", ["gg", "zt", "zz", "zb", "gk"])
async def test_sequences_of_the_table_do_no_harm_while_the_pane_has_the_keys(tmp_path: Path, keys: str) -> None:
    async with stage(tmp_path) as it:
        await it.press("tab")
        assert it.screen.focused is it.bench.pane
        await it.press(*keys)
        await it.press("s")
        assert len(it.starred()) == (0 if keys == "gg" else 1)


async def test_an_unfinished_sequence_is_shown_and_a_wrong_one_is_said_to_be_none(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("g")
        assert it.status == "g …"
        await it.press("k")
        assert it.status == "No such key; ? lists them."
        assert it.at == "103", "k was the end of a sequence, not a move"
