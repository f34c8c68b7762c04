"""The tag picker under its keys."""

from pathlib import Path

import pytest
from textual.widgets import OptionList

from core.models import State
from core.text.matching import fold
from tests.kit.stage import Stage, stage
from tui.screens.dialogs import tag_picker
from tui.screens.dialogs.dialog import YesOrNo
from tui.screens.dialogs.tag_picker import TagPicker, ranked


def listed(it: Stage) -> list[str]:
    """The picker's lines."""
    return [str(option.prompt) for option in it.dialog.query_one(OptionList).options]


async def test_the_picker_makes_a_tag_and_gives_it_the_next_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("tag.pick")
        assert isinstance(it.dialog, TagPicker)
        await it.press(*"dry jokes")
        assert listed(it) == ["  + new tag: dry jokes"]
        await it.press("enter")
        assert it.tags("103") == ("dry jokes",)
        await it.press("j", "1")
        assert it.tags("101") == ("dry jokes",)


async def test_the_picker_finds_by_parts_of_a_name_and_the_arrows_choose(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        it.bench.desk.tags.add([it.seq("110")], "memes", "umbrellas", "kettles")
        await it.press("t", *"me")
        assert "memes" in listed(it)[0]
        await it.press("ctrl+u", "down", "down", "enter")
        assert it.tags("103") == ("kettles",)
        await it.press("t", "up", "enter")
        assert it.tags("103") == (), "up from the first goes to the last, and a second time takes it away"


async def test_the_picker_tags_accepts_and_goes_on_with_one_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("t", *"memes", "ctrl+s")
        assert it.tags("103") == ("memes",)
        assert it.state("103") is State.STARRED
        assert it.at == "101"


async def test_the_picker_tags_a_whole_selection_and_says_so_before(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("v", "j", "t")
        assert "Tag 2 replies" in it.dialog_text
        await it.press(*"pair", "enter")
        assert (it.tags("103"), it.tags("101")) == (("pair",), ("pair",))
        await it.press("u")
        assert (it.tags("103"), it.tags("101")) == ((), ())


async def test_the_picker_renames_a_tag(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        it.bench.desk.tags.add([it.seq("103")], "memes")
        await it.press("t", "ctrl+r", "ctrl+u", *"jokes", "enter")
        assert it.tags("103") == ("jokes",)
        assert "jokes" in str(it.screen.query_one("#tags").render())


async def test_the_picker_merges_into_a_tag_that_is_there_only_after_asking(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        it.bench.desk.tags.add([it.seq("103")], "memes")
        it.bench.desk.tags.add([it.seq("101")], "jokes")
        await it.press("t", *"memes", "ctrl+r", "ctrl+u", *"jokes", "enter")
        assert isinstance(it.dialog, YesOrNo)
        assert "merge ‘memes’ into it" in it.dialog_text
        await it.press("n")
        assert it.tags("103") == ("memes",)
        await it.press("t", *"memes", "ctrl+r", "ctrl+u", *"jokes", "enter", "y")
        assert it.tags("103") == ("jokes",)
        assert [tag.name for tag in it.bench.desk.tags.all()] == ["jokes"]


async def test_the_picker_puts_a_tag_on_a_digit(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        it.bench.desk.tags.add([it.seq("103")], "memes")
        await it.press("t", "ctrl+t", "7")
        assert it.bench.desk.tags.named("memes").slot == 7
        assert "7 memes" in str(it.screen.query_one("#tags").render())
        await it.press("t", "ctrl+t", "x")
        assert it.status == "A tag's key is a digit."
        await it.press("t", "ctrl+t", "0")
        assert it.bench.desk.tags.named("memes").slot is None


async def test_esc_leaves_the_picker_and_changes_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("t", *"memes", "escape")
        assert it.bench.desk.tags.all() == ()
        assert it.app.screen is it.screen


async def test_recent_tags_are_the_latest_first_and_none_is_made_there(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        it.bench.desk.tags.add([it.seq("110")], "old")
        it.bench.desk.tags.add([it.seq("110")], "new")
        await it.do("tag.recent")
        assert [line.split()[1] for line in listed(it)] == ["new", "old"]
        await it.press(*"zzz")
        assert listed(it) == []
        await it.press("enter", "escape", "0", "enter")
        assert it.tags("103") == ("new",)


def test_the_tag_of_the_very_name_ranks_first_whatever_fits_better(tmp_path: Path) -> None:
    from core.library.tags import Tag

    tags = [Tag(n, name, None, n, "", 0, -1) for n, name in enumerate(["memes of cats", "meme", "Mémes"])]
    folded = [fold(tag.name) for tag in tags]
    assert ranked(tags, "memes", folded)[0].name == "Mémes"
    assert [tag.name for tag in ranked(tags, "", folded)] == ["memes of cats", "meme", "Mémes"]
    assert ranked(tags, "xyz", folded) == []


async def test_of_very_many_tags_the_picker_lists_some_and_says_how_many_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tag_picker, "MOST_TAGS_LISTED", 3)
    monkeypatch.setattr(tag_picker, "TAGS_COMPARED_LOOSELY", 5)
    async with stage(tmp_path) as it:
        for number in range(12):
            it.bench.desk.tags.add([it.seq("110")], f"tag {number}")
        await it.do("tag.pick")
        assert len(listed(it)) == 4
        assert "9 more" in listed(it)[-1]
        await it.press(*"g 11", "enter")
        assert "tag 11" in it.tags("103")
