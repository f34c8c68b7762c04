"""Trees of odd shapes on the screen: posts that were never captured, chains by one author, great depth."""

from pathlib import Path

from tests.kit.branched import GONE, said
from tests.kit.stage import POSTS, Stage, post, stage

# Posts that were never captured


async def test_replies_to_a_missing_post_stand_under_one_placeholder(it: Stage) -> None:
    assert [line[:18] for line in said(it)[-3:]] == ["▾ [not captured: 9", "  Who deletes such", "  I saw it too."]
    assert "19 replies" in it.header


async def test_the_pane_says_what_is_known_of_a_missing_post(it: Stage) -> None:
    await it.go("118")
    await it.do("thread.parent")
    assert it.at is None
    assert GONE in it.pane
    assert "2 posts" in it.pane


async def test_no_action_acts_on_a_placeholder(it: Stage) -> None:
    await it.go("118")
    await it.do("thread.parent")
    before = it.library.connection.total_changes
    for action in ("star.toggle", "accept", "rate", "flag.review", "tag.slot.1", "closing"):
        it.bench.say("")
        await it.do(action) if action != "rate" else await it.press("r", "3")
        assert it.status, action
        assert it.starred() == set()
        assert it.library.connection.total_changes == before


async def test_selecting_over_a_placeholder_selects_only_posts(it: Stage) -> None:
    await it.go("116")
    await it.do("visual")
    await it.press("j", "j")
    assert it.selected == {"116", "118"}


async def test_a_thread_without_its_post_hangs_under_a_placeholder(tmp_path: Path) -> None:
    async with stage(tmp_path, posts=POSTS) as it:
        it.library.connection.execute("PRAGMA foreign_keys = OFF")
        it.library.connection.execute("DELETE FROM post WHERE id = '100'")
        it.bench.root_seq = None
        await it.do("view.tree")
        await it.go("101")
        await it.do("thread.parent")
        assert it.at is None
        assert "[not captured: 100]" in it.pane


# Chains by one author


async def test_the_parts_of_a_chain_are_numbered_at_one_level(it: Stage) -> None:
    lines = said(it)
    starts = [next(line for line in lines if words in line) for words in ("First,", "Second,", "Third,")]
    assert [line.replace("▾ ", "")[:4] for line in starts] == ["1/3 ", "2/3 ", "3/3 "]


async def test_the_pane_shows_a_whole_chain_with_the_part_under_the_cursor_pointed_out(it: Stage) -> None:
    await it.go("115")
    assert "1/3 First, an umbrella is a tent. › 2/3 Second, a tent is an umbrella. 3/3 Third, both leak." in it.pane
    await it.go("100")
    assert "› 1/3 Our labels were copied" in it.pane
    assert "3/3 Thread ends here." in it.pane


# Size and shape


async def test_a_thread_five_thousand_deep_leaves_room_for_its_texts(tmp_path: Path) -> None:
    posts = [POSTS[0], *(post(str(n), f"answer {n}", f"reader{n}", str(n - 1)) for n in range(101, 5_101))]
    async with stage(tmp_path, posts=posts) as it:
        await it.do("view.tree", "cursor.last")
        assert said(it)[-1].strip().startswith("4999 answer 5100")
        await it.do("fold.close.all")
        assert it.shown == ["100", "101"]


async def test_a_chain_of_five_thousand_parts_is_read_around_the_cursor(tmp_path: Path) -> None:
    posts = [POSTS[0], *(post(str(n), f"part {n}", "ada", str(n - 1)) for n in range(101, 5_101))]
    async with stage(tmp_path, posts=posts) as it:
        await it.do("view.tree")
        await it.go("5100")
        assert "[4,974 earlier parts]" in it.pane
        assert "› 5000/5000 part 5100" in it.pane
