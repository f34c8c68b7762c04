"""On the screen: how complete the thread is, what is new since last time, and what a post was before."""

from pathlib import Path
from typing import Any

import pytest

from core.library import open_library
from core.library.captures.readings import keep_reading
from core.models import Payload, Post, Problem, Reading, TextLoss, Verdict
from core.reasons import Reason, ReasonCode
from tests.kit.stage import BY_ID, DAY, FIRST_DAY, POSTS, ROOT, Stage, post, stage
from tui.widgets.columns import meta_cells

LATER = FIRST_DAY + 22 * DAY
"""Two days after the stage's capture."""


async def later(it: Stage, *posts: Post, format: str = "invented", **reading: Any) -> None:
    """Keep a later capture, as another program would, and let the screen notice."""
    payload = Payload("later.json", repr(("later", posts)).encode("utf-8", "replace"), LATER)
    other = open_library(it.library.path)
    keep_reading(other, payload, Reading(format, ROOT, posts, **{"tool": "by hand", **reading}))
    other.close()
    it.screen.look_for_others()
    await it.settle()


SECOND = (
    BY_ID["101"].with_changes(likes=44),
    BY_ID["102"].with_changes(text="meme: Kettle, white. Probably."),
    post("111", "A new voice.", "hal", likes=2),
)


# The header


@pytest.mark.parametrize(
    ("verdict", "claimed", "said"),
    [
        (Verdict.COMPLETE, 10, "10 replies · likes ↓"),
        (Verdict.PARTIAL, 412, "10 of ≈ 412 replies · partial · likes ↓"),
        (Verdict.UNKNOWN, None, "10 replies · end unknown · likes ↓"),
        (Verdict.FAILED, None, "10 replies · failed · likes ↓"),
    ],
)
async def test_the_header_says_how_complete_the_thread_is_unless_it_is(
    tmp_path: Path, verdict: Verdict, claimed: int | None, said: str
) -> None:
    async with stage(tmp_path, verdict=verdict, claimed=claimed) as it:
        assert it.header.startswith(said)


async def test_the_header_follows_a_capture_that_makes_the_thread_complete(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await later(it, *POSTS, verdict=Verdict.COMPLETE, claimed=10)
        assert it.header.startswith("10 replies · likes")


# g i


async def test_g_i_lists_each_capture_with_its_verdict_and_the_reasons(tmp_path: Path) -> None:
    problems = tuple(Problem(f"replies[{number}]", Reason.written("has no text")) for number in range(7))
    async with stage(tmp_path, verdict=Verdict.PARTIAL, reasons=(Reason(ReasonCode.FURTHER_PAGES),)) as it:
        await later(it, *SECOND, problems=problems)
        await it.press("g", "i")
        text = it.dialog.text.plain
        assert "2026-03-17 · by hand (invented) · 3 posts · 1 new · 2 changed · 1 edited · end unknown" in text
        assert "2026-03-15 · by hand (invented) · 11 posts · 11 new · partial" in text
        assert "because: the source has further pages" in text
        assert "from: later.json" in text
        assert text.count("left out or mended: replies[") == 5
        assert "and 2 more problems" in text
        await it.press("j", "space", "k", "b", "q")
        assert it.at == "103"


async def test_nothing_that_a_capture_says_is_obeyed_by_the_terminal(tmp_path: Path) -> None:
    reasons = (Reason.written("[bold]log in[/] \x1b[2J\u202e"),)
    async with stage(tmp_path, reasons=reasons, tool="a\x1b]52;c;x\x07") as it:
        await it.press("g", "i")
        assert "[bold]log in[/]" in it.dialog.text.plain
        assert not {"\x1b", "\x07", "\u202e"} & set(it.dialog.text.plain)


# g n


async def test_another_capture_is_told_of_and_g_n_shows_what_is_new(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await later(it, *SECOND)
        assert it.status == "1 new since 2026-03-15, 2 changed (1 edited); g n shows the new"
        await it.do("view.new")
        assert it.shown == ["111"]
        assert "is:added" in it.header
        assert "f is:changed shows those" in it.status
        await it.press("F")
        assert len(it.shown) == 12


async def test_without_an_earlier_capture_g_n_says_that_there_is_nothing_to_compare(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("g", "n")
        assert it.status.startswith("Nothing to compare with")
        assert len(it.shown) == 11


async def test_where_nothing_is_new_the_view_stays(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await later(it, SECOND[0])
        await it.press("g", "n")
        assert it.status.startswith("0 new since 2026-03-15, 1 changed.")
        assert len(it.shown) == 11


# The table and the pane


async def test_the_table_has_a_sign_for_new_changed_and_gone(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        rest = [one for one in POSTS if one.id not in ("101", "102", "108")]
        await later(it, *rest, SECOND[0], SECOND[2], verdict=Verdict.COMPLETE, claimed=9)
        quotes = {quote.post.id: quote for quote in it.bench.table.quotes(tuple(it.bench.table.order))}
        assert [meta_cells(quotes[id], 80)[2] for id in ("111", "101", "102", "108", "103")] == [
            "*",
            "~",
            "-",
            "-",
            " ",
        ]


async def test_a_warning_stands_before_the_news(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await later(it, SECOND[1])
        assert meta_cells(it.quote("102"), 80)[2] == "!"


async def test_the_pane_has_a_counts_history_under_the_counts(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(160, 40)) as it:
        await later(it, *SECOND)
        await it.go("101")
        assert "likes 40 → 44 (2026-03-15 → 2026-03-17)" in it.pane


async def test_the_pane_shows_what_an_edit_took_away_and_what_it_brought(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(160, 40)) as it:
        await later(it, *SECOND)
        await it.go("102")
        assert "meme: Kettle, black. Probably." in it.pane
        assert "edited by the author (2026-03-15 → 2026-03-17)" in it.pane
        assert "meme: Kettle, [-black-]{+white+}. Probably." in it.pane
        assert "its author has edited it" in it.pane


async def test_the_pane_says_since_when_a_post_is_new_or_gone(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(160, 40)) as it:
        await later(it, *(one for one in POSTS if one.id != "102"), SECOND[2], verdict=Verdict.COMPLETE, claimed=10)
        await it.go("102")
        assert "gone from the source at 2026-03-17 (not in the capture)" in it.pane
        await it.go("111")
        assert "new since 2026-03-15" in it.pane


async def test_the_pane_says_that_a_text_was_cut_off_before(tmp_path: Path) -> None:
    """Its tool is known to cut texts at names."""
    cut = BY_ID["110"].with_changes(losses=TextLoss.CUT)
    async with stage(tmp_path, posts=[*(post for post in POSTS if post.id != cut.id), cut], size=(160, 40)) as it:
        whole = BY_ID["110"].with_changes(text="Last word about the umbrellas @brolly, and the kettle")
        await later(it, whole, format="other")
        await it.go("110")
        assert "umbrellas @brolly, and the kettle" in it.pane
        assert "cut off before the capture of 2026-03-17" in it.pane
