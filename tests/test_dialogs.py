"""The boxes over the screen: picker, questions, help, author card, palette, command line, write and preview."""

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from core.library import threads
from core.models import State
from tests.stage import POSTS, Stage, post, stage
from tui.screens.author import AuthorCard
from tui.screens.dialog import Ask
from tui.screens.help import HelpScreen
from tui.screens.library import LibraryScreen
from tui.screens.preview import Preview
from tui.screens.tag_picker import TagPicker, ranked
from tui.screens.write import WriteDialog


def said(it: Stage) -> str:
    """Everything that stands in the dialog."""
    return "\n".join(str(static.render()) for static in it.dialog.query("Static"))


def listed(it: Stage) -> list[str]:
    """The picker's lines."""
    return [str(option.prompt) for option in it.dialog.query_one(OptionList).options]


# The tag picker


async def test_the_picker_makes_a_tag_and_gives_it_the_next_key(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("tag.pick")
        assert isinstance(it.dialog, TagPicker)
        await it.press(*"dry jokes")
        assert listed(it) == ["  + new tag: dry jokes"]
        await it.press("enter")
        assert it.tags("103") == ("dry jokes",)
        await it.press("j", "1")
        assert it.tags("101") == ("dry jokes",)


async def test_the_picker_finds_by_parts_of_a_name_and_the_arrows_choose(tmp_path):
    async with stage(tmp_path) as it:
        it.screen.desk.tags.add([it.seq("110")], "memes", "umbrellas", "kettles")
        await it.press("t", *"me")
        assert "memes" in listed(it)[0]
        await it.press("ctrl+u", "down", "down", "enter")
        assert it.tags("103") == ("kettles",)
        await it.press("t", "up", "enter")
        assert it.tags("103") == (), "up from the first goes to the last, and a second time takes it away"


async def test_the_picker_tags_accepts_and_goes_on_with_one_key(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("t", *"memes", "ctrl+s")
        assert it.tags("103") == ("memes",)
        assert it.state("103") is State.STARRED
        assert it.at == "101"


async def test_the_picker_tags_a_whole_selection_and_says_so_before(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("v", "j", "t")
        assert "Tag 2 replies" in said(it)
        await it.press(*"pair", "enter")
        assert (it.tags("103"), it.tags("101")) == (("pair",), ("pair",))
        await it.press("u")
        assert (it.tags("103"), it.tags("101")) == ((), ())


async def test_the_picker_renames_a_tag(tmp_path):
    async with stage(tmp_path) as it:
        it.screen.desk.tags.add([it.seq("103")], "memes")
        await it.press("t", "ctrl+r", "ctrl+u", *"jokes", "enter")
        assert it.tags("103") == ("jokes",)
        assert "jokes" in str(it.screen.query_one("#tags").render())


async def test_the_picker_merges_into_a_tag_that_is_there_only_after_asking(tmp_path):
    async with stage(tmp_path) as it:
        it.screen.desk.tags.add([it.seq("103")], "memes")
        it.screen.desk.tags.add([it.seq("101")], "jokes")
        await it.press("t", *"memes", "ctrl+r", "ctrl+u", *"jokes", "enter")
        assert isinstance(it.dialog, Ask)
        assert "merge ‘memes’ into it" in said(it)
        await it.press("n")
        assert it.tags("103") == ("memes",)
        await it.press("t", *"memes", "ctrl+r", "ctrl+u", *"jokes", "enter", "y")
        assert it.tags("103") == ("jokes",)
        assert [tag.name for tag in it.screen.desk.tags.all()] == ["jokes"]


async def test_the_picker_puts_a_tag_on_a_digit(tmp_path):
    async with stage(tmp_path) as it:
        it.screen.desk.tags.add([it.seq("103")], "memes")
        await it.press("t", "ctrl+t", "7")
        assert it.screen.desk.tags.named("memes").slot == 7
        assert "7 memes" in str(it.screen.query_one("#tags").render())
        await it.press("t", "ctrl+t", "x")
        assert it.status == "A tag's key is a digit."
        await it.press("t", "ctrl+t", "0")
        assert it.screen.desk.tags.named("memes").slot is None


async def test_esc_leaves_the_picker_and_changes_nothing(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("t", *"memes", "escape")
        assert it.screen.desk.tags.all() == ()
        assert it.app.screen is it.screen


async def test_recent_tags_are_the_latest_first_and_none_is_made_there(tmp_path):
    async with stage(tmp_path) as it:
        it.screen.desk.tags.add([it.seq("110")], "old")
        it.screen.desk.tags.add([it.seq("110")], "new")
        await it.do("tag.recent")
        assert [line.split()[1] for line in listed(it)] == ["new", "old"]
        await it.press(*"zzz")
        assert listed(it) == []
        await it.press("enter", "escape", "0", "enter")
        assert it.tags("103") == ("new",)


def test_the_tag_of_the_very_name_ranks_first_whatever_fits_better(tmp_path):
    from core.library.views import Tag

    tags = [Tag(n, name, None, n, "", 0) for n, name in enumerate(["memes of cats", "meme", "Mémes"])]
    assert ranked(tags, "memes")[0].name == "Mémes"
    assert [tag.name for tag in ranked(tags, "")] == ["memes of cats", "meme", "Mémes"]
    assert ranked(tags, "xyz") == []


# Help, palette, command line


async def test_help_lists_every_key_of_the_screen_and_narrows_while_typing(tmp_path):
    async with stage(tmp_path) as it:
        bound = {one.binding.id: one.binding for one in it.screen.active_bindings.values() if one.binding.id}
        await it.do("help")
        assert isinstance(it.dialog, HelpScreen)
        for binding in bound.values():
            assert binding.system or binding.description in said(it), binding.id
        await it.press(*"wake")
        assert "Reject" not in said(it)
        await it.press("ctrl+u", *"thread.parent")
        assert "Parent" in said(it)
        assert "Undo" not in said(it)
        await it.press("escape")
        assert it.app.screen is it.screen


async def test_all_of_help_can_be_reached_with_keys_on_a_small_screen(tmp_path):
    async with stage(tmp_path, size=(80, 24)) as it:
        await it.press("f1")
        area = it.dialog.query_one("VerticalScroll")
        assert area.max_scroll_y > 0
        for _ in range(60):
            await it.press("pagedown")
        assert area.scroll_y == area.max_scroll_y
        await it.press("up", "pageup")
        assert area.scroll_y < area.max_scroll_y


async def test_the_palette_finds_an_action_by_its_words_and_does_it(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("ctrl+p")
        assert isinstance(it.app.screen, CommandPalette)
        await it.press(*"flag to check")
        await it.pilot.pause(0.3)
        await it.press("enter")
        await it.pilot.pause(0.1)
        assert it.quote("103").mark.review


async def test_a_command_is_an_actions_name(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("command")
        await it.press(*"star.toggle", "enter")
        assert it.starred() == {"103"}
        await it.press(":", *"no.such", "enter")
        assert it.status == "There is no action ‘no.such’; ? lists them."


async def test_commands_sort_and_filter_with_their_words(tmp_path):
    async with stage(tmp_path) as it:
        await it.press(":", *"sort time", "enter")
        assert "time ↑" in it.header
        await it.press(":", *"filter author:@bo", "enter")
        assert it.shown == ["102", "108"]
        await it.press(":", *"filter likes:>", "enter")
        assert "(column" in it.status
        await it.press(":", "w", "enter")
        assert isinstance(it.dialog, WriteDialog)


async def test_a_sort_that_there_is_not_is_said_to_be_none(tmp_path):
    async with stage(tmp_path) as it:
        await it.press(":", *"sort beauty", "enter")
        assert "beauty" in it.status
        assert "likes ↓" in it.header


async def test_command_q_leaves(tmp_path):
    async with stage(tmp_path) as it:
        await it.press(":", "q", "enter")
        assert it.app._exit


# Leaving


async def test_q_asks_at_the_top_and_capital_q_does_not(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("q")
        assert "Everything is on disk" in said(it)
        await it.press("n")
        assert it.app.screen is it.screen
        await it.press("q", "escape")
        assert it.app.screen is it.screen
        await it.press("Q")
        assert it.app._exit


async def test_zz_leaves_and_y_answers_the_question(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("Z", "Z")
        assert it.app._exit
    async with stage(tmp_path) as it:
        await it.press("q", "y")
        assert it.app._exit


async def test_the_library_opens_a_thread_and_q_comes_back_to_it(tmp_path):
    async with stage(tmp_path, listed=True) as it:
        assert isinstance(it.app.screen, LibraryScreen)
        assert "Our labels were copied" in str(it.app.screen.query_one(OptionList).options[0].prompt)
        await it.press("j", "k", "enter")
        assert it.at == "103"
        await it.press("s", "q")
        assert isinstance(it.app.screen, LibraryScreen)
        assert "1 starred of 10" in str(it.app.screen.query_one(OptionList).options[0].prompt)
        await it.press("?", "escape")
        await it.press("q")
        assert it.app._exit


async def test_an_empty_library_says_how_to_fill_it(tmp_path):
    async with stage(tmp_path, listed=True) as it:
        it.library.connection.execute("PRAGMA foreign_keys = OFF")
        it.library.connection.execute("DELETE FROM thread")
        it.app.screen.on_screen_resume()
        await it.press("j", "k", "enter", "o")
        assert "pullquote open FILE" in it.app.screen.query_one("#view")._text


# The author


async def test_the_author_card_shows_what_else_they_said_and_takes_a_vouch(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("who")
        assert isinstance(it.dialog, AuthorCard)
        assert "@cy" in said(it)
        assert "It is a kettle." in said(it)
        assert "umbrellas" not in said(it)
        await it.press("y")
        assert it.quote("103").mark.confirmed
        await it.press("@")
        assert "confirmed by you" in said(it)
        await it.press("n")
        assert not it.quote("103").mark.confirmed
        await it.press("@", "escape")
        assert it.app.screen is it.screen


@pytest.mark.parametrize("author", ['a"b', "a b", "*", "-x", "OR", "(", None])
async def test_any_author_has_a_card(tmp_path, author):
    odd = post("111", "strange name", author, likes=99), post("112", "the other one", author)
    async with stage(tmp_path, posts=(*POSTS, *odd)) as it:
        await it.press("@")
        assert isinstance(it.dialog, AuthorCard)
        assert ("the other one" in said(it)) == (author is not None)
        await it.press("escape")


# Preview and writing


async def curated(it: Stage) -> None:
    """Two tagged stars."""
    await it.press("+", *"kettles", "enter", "a", "1", "a")


async def test_the_preview_shows_the_article_and_scrolls_and_writes_from_there(tmp_path):
    async with stage(tmp_path) as it:
        await curated(it)
        await it.do("preview")
        assert isinstance(it.dialog, Preview)
        text = it.dialog._text
        assert "## kettles" in text
        assert "From whom, though? A kettle?" in text
        await it.press("j", "k", "space", "b", "W")
        assert isinstance(it.dialog, WriteDialog)
        await it.press("escape", "P", "q")
        assert it.app.screen is it.screen


async def test_writing_makes_the_file_and_keeps_the_title(tmp_path):
    async with stage(tmp_path) as it:
        await curated(it)
        await it.do("write")
        await it.press(*"A dry affair", "enter")
        assert "written to" in it.status
        assert "2 quotes" in it.status
        article = (tmp_path / "100.md").read_text(encoding="utf-8")
        assert article.startswith("# A dry affair")
        assert threads.article_of(it.library, it.thread_id)[0] == "A dry affair"


async def test_a_path_and_a_template_of_ones_own(tmp_path: Path):
    async with stage(tmp_path) as it:
        await curated(it)
        path = tmp_path / "mine" / "a.md"
        path.parent.mkdir()
        await it.press("W", "tab", "ctrl+u", *str(path), "tab", "ctrl+u", *"en", "enter")
        assert "To be written" in path.read_text(encoding="utf-8") or "<!--" in path.read_text(encoding="utf-8")
        await it.press("W", "tab", "ctrl+u", *str(tmp_path / "no" / "a.md"), "enter")
        assert "a.md" in it.status
        await it.press("W", "tab", "tab", "ctrl+u", *"nonsense", "enter")
        assert "nonsense" in it.status


async def test_a_file_that_was_edited_is_overwritten_only_after_asking(tmp_path):
    async with stage(tmp_path) as it:
        await curated(it)
        await it.press("W", "enter")
        file = tmp_path / "100.md"
        written = file.read_text(encoding="utf-8")
        file.write_text("mine", encoding="utf-8")
        await it.press("W", "enter")
        assert isinstance(it.dialog, Ask)
        await it.press("n")
        assert file.read_text(encoding="utf-8") == "mine"
        assert "Nothing was written" in it.status
        await it.press("W", "enter", "y")
        assert file.read_text(encoding="utf-8") == written


async def test_the_closing_quote_is_chosen_and_taken_back(tmp_path):
    async with stage(tmp_path) as it:
        await it.do("closing")
        assert threads.article_of(it.library, it.thread_id)[1] == it.seq("103")
        await it.do("closing")
        assert threads.article_of(it.library, it.thread_id)[1] is None
        await it.press("u")
        assert threads.article_of(it.library, it.thread_id)[1] == it.seq("103")


async def test_a_field_that_has_the_keys_takes_letters_that_are_actions_elsewhere(tmp_path):
    async with stage(tmp_path) as it:
        await it.press("W", *"saxQq")
        assert it.dialog.query_one("#title", Input).value == "saxQq"
        await it.press("escape")
        assert it.starred() == set()
