"""Replies that say the same, on the screen: one row for all of them, and each by itself with a key."""

from pathlib import Path

import pytest

from core.library import duplicates
from tests.kit.stage import POSTS, Stage, post, stage

TEXT = "Everyone should stop buying from these museums until they answer for the copied labels!"
CAMPAIGN = (
    *POSTS[:4],
    post("120", TEXT, "ada", likes=50),
    post("121", TEXT.upper() + " https://t.co/x", "eva", likes=45),
    post("122", "@brolly " + TEXT, "gus", likes=2),
)


def lines(it: Stage) -> list[str]:
    """The rows of the table, as they are drawn."""
    table = it.bench.table
    return [table.line(y).text for y in range(1, len(table.order) + 1)]


async def test_what_is_alike_stands_in_one_row_with_its_accounts(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=CAMPAIGN) as it:
        assert it.shown == ["100", "103", "120", "101", "102"]
        assert "2 folded as alike" in it.header
        await it.go("120")
        assert any("×3 Everyone should stop" in line for line in lines(it))
        assert "3 accounts posted this, nearly word for word: @ada, @eva, @gus; z d shows each" in it.pane


async def test_a_key_shows_each_and_folds_them_again(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=CAMPAIGN) as it:
        await it.go("120")
        await it.do("view.dupes")
        assert it.shown == ["100", "103", "120", "121", "101", "102", "122"]
        assert it.at == "120"
        assert "folded" not in it.header
        await it.do("view.dupes")
        assert it.shown == ["100", "103", "120", "101", "102"]


async def test_they_stay_apart_over_a_restart(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=CAMPAIGN) as it:
        await it.do("view.dupes")
        await it.pilot.pause()
    async with stage(tmp_path, posts=CAMPAIGN) as it:
        assert len(it.shown) == 7


async def test_a_key_acts_on_the_row_that_is_shown(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=CAMPAIGN) as it:
        await it.go("120")
        await it.do("star.toggle")
        assert "1 starred" in it.header
        assert it.shown == ["100", "103", "120", "101", "102"]


async def test_in_a_tree_every_reply_stands_in_its_place(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=CAMPAIGN) as it:
        await it.do("view.tree")
        assert {"120", "121", "122"} <= set(it.shown)
        await it.do("view.dupes")
        assert "z v goes back" in it.status


async def test_a_very_large_thread_is_compared_when_the_key_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "MOST", 3)
    async with stage(tmp_path, posts=CAMPAIGN) as it:
        assert len(it.shown) == 7
        await it.do("view.dupes")
        await it.until("2 posts folded away")
        assert it.shown == ["100", "103", "120", "101", "102"]


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
async def test_one_account_that_repeats_itself_is_told_as_that(tmp_path: Path, size: tuple[int, int]) -> None:
    posts = (*POSTS[:2], post("120", TEXT, "ada", likes=50), post("121", TEXT, "ada", likes=1))
    async with stage(tmp_path, posts=posts, size=size) as it:
        await it.go("120")
        assert any("2 times: Everyone" in line for line in lines(it))
        assert "posted 2 times by this account" in it.pane
