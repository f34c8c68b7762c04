"""A thread with branches on the screen: chains by one author, and a post that was never captured."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.kit.stage import POSTS, Stage, post, stage
from tui.widgets.columns import column_widths

GONE = "990000000000000000001"
FAMILY = (
    *POSTS,
    post("111", "And one more thing about labels.", "brolly"),
    post("112", "Thread ends here.", "brolly", "111"),
    post("113", "Which museums?", "dov", "111"),
    post("114", "First, an umbrella is a tent.", "hana"),
    post("115", "Second, a tent is an umbrella.", "hana", "114"),
    post("116", "Third, both leak.", "hana", "115"),
    post("117", "Mine does not leak!", "ivo", "114"),
    post("118", "Who deletes such a thing?", "jun", GONE),
    post("119", "I saw it too.", "ada", GONE),
)
AS_TREE = ["100", "111", "113", "112", "101", "103", "109", "102", "105", "106", "110", "108", "107", "104"]
AS_TREE += ["114", "117", "115", "116", "118", "119"]
"""The posts of the tree, from top to bottom."""


@asynccontextmanager
async def branched(folder: Path) -> AsyncIterator[Stage]:
    """The program with that thread as a tree."""
    async with stage(folder, posts=FAMILY, size=(100, 50)) as it:
        await it.do("view.tree")
        yield it


def said(it: Stage) -> list[str]:
    """The text column of the rows that are on the screen."""
    table = it.bench.table
    lines = [table.line(y).text for y in range(1, min(table.size.height, len(table.order) + 1))]
    return [line[-column_widths(table.size.width)[-1] :].rstrip() for line in lines]
