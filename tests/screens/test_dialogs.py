"""The boxes over the screen: help, palette, command line, the question at the end, the author's card."""

from pathlib import Path
from typing import cast

from textual.command import CommandPalette
from textual.widgets import OptionList

from core.models import Flag, State
from tests.kit.stage import POSTS, UNLIKE, post, stage
from tui.screens.dialogs.author import AuthorCard
from tui.screens.dialogs.write import WriteDialog
from tui.screens.help import HelpScreen
from tui.screens.library import LibraryScreen
from tui.widgets.bars import Line, Status

# Help, palette, command line


async def test_help_lists_every_key_of_the_screen_and_narrows_while_typing(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        bound = {one.binding.id: one.binding for one in it.screen.active_bindings.values() if one.binding.id}
        await it.do("help")
        assert isinstance(it.dialog, HelpScreen)
        for binding in bound.values():
            assert binding.system or binding.description in it.dialog_text, binding.id
        await it.press(*"wake")
        assert "Reject" not in it.dialog_text
        await it.press("ctrl+u", *"thread.parent")
        assert "Parent" in it.dialog_text
        assert "Undo" not in it.dialog_text
        await it.press("escape")
        assert it.app.screen is it.screen


async def test_all_of_help_can_be_reached_with_keys_on_a_small_screen(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(80, 24)) as it:
        await it.press("f1")
        area = it.dialog.query_one("VerticalScroll")
        assert area.max_scroll_y > 0
        for _ in range(60):
            await it.press("pagedown")
        assert area.scroll_y == area.max_scroll_y
        await it.press("up", "pageup")
        assert area.scroll_y < area.max_scroll_y


async def test_the_palette_finds_an_action_by_its_words_and_does_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("ctrl+p")
        assert isinstance(it.app.screen, CommandPalette)
        await it.press(*"flag to check")
        await it.pilot.pause(0.3)
        await it.press("enter")
        await it.pilot.pause(0.1)
        assert it.quote("103").mark.review


async def test_a_command_is_an_actions_name(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("command")
        await it.press(*"star.toggle", "enter")
        assert it.starred() == {"103"}
        await it.press(":", *"no.such", "enter")
        assert it.status == "There is no action ‘no.such’; ? lists them."


async def test_commands_sort_and_filter_with_their_words(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press(":", *"sort time", "enter")
        assert "time ↑" in it.header
        await it.press(":", *"filter author:@bo", "enter")
        assert it.shown == ["102", "108"]
        await it.press(":", *"filter likes:>", "enter")
        assert "(column" in it.status
        await it.press(":", "w", "enter")
        assert isinstance(it.dialog, WriteDialog)


async def test_a_sort_that_there_is_not_is_said_to_be_none(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press(":", *"sort beauty", "enter")
        assert "beauty" in it.status
        assert "likes ↓" in it.header


async def test_command_q_leaves(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press(":", "q", "enter")
        assert it.app._exit


# Leaving


async def test_q_asks_at_the_top_and_capital_q_does_not(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("q")
        assert "Everything is on disk" in it.dialog_text
        await it.press("n")
        assert it.app.screen is it.screen
        await it.press("q", "escape")
        assert it.app.screen is it.screen
        await it.press("Q")
        assert it.app._exit


async def test_zz_leaves_and_y_answers_the_question(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("Z", "Z")
        assert it.app._exit
    async with stage(tmp_path) as it:
        await it.press("q", "y")
        assert it.app._exit


async def test_the_library_opens_a_thread_and_q_comes_back_to_it(tmp_path: Path) -> None:
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


async def test_a_thread_is_removed_from_the_list_and_the_removal_is_undone(tmp_path: Path) -> None:
    async with stage(tmp_path, listed=True) as it:
        await it.press("u")
        assert "no thread is removed" in it.app.screen.query_one(Status)._text
        await it.press("d")
        assert it.app.screen.query_one(OptionList).option_count == 0
        assert "u brings it back" in it.app.screen.query_one(Status)._text
        await it.press("d", "u")
        assert "Our labels were copied" in str(it.app.screen.query_one(OptionList).options[0].prompt)
        await it.press("enter", "s", "u", "u")
        assert it.quote("103").mark.state is State.NEW


async def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    async with stage(tmp_path, listed=True) as it:
        it.library.connection.execute("PRAGMA foreign_keys = OFF")
        it.library.connection.execute("DELETE FROM thread")
        cast(LibraryScreen, it.app.screen).on_screen_resume()
        await it.press("j", "k", "enter", "o")
        assert "pullquote open FILE" in it.app.screen.query_one("#view", Line)._text


# The author


async def test_the_author_card_shows_what_else_they_said_and_takes_a_vouch(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("who")
        assert isinstance(it.dialog, AuthorCard)
        assert "@cy" in it.dialog_text
        assert "It is a kettle." in it.dialog_text
        assert "umbrellas" not in it.dialog_text
        await it.press("y")
        assert it.quote("103").mark.confirmed
        await it.press("@")
        assert "confirmed by you" in it.dialog_text
        await it.press("n")
        assert not it.quote("103").mark.confirmed
        await it.press("@", "escape")
        assert it.app.screen is it.screen


async def test_the_author_card_shows_each_check_and_why_a_post_is_held_back(tmp_path: Path) -> None:
    odd = post("111", "mine too", "brolly_", likes=99, author_name="Brolly", flags=(Flag.AUTHOR_ROOT,))
    async with stage(tmp_path, posts=(*POSTS, odd)) as it:
        await it.do("who")
        lines = it.dialog_text.splitlines()
        assert [
            line.strip() for line in lines if line.strip().startswith(("✓ handle", "– link", "✗ root", "✓ captures"))
        ] == [
            "✓ handle   @brolly_",
            "– link     names no account",
            "✗ root     has the name of @brolly (Brolly), and another handle",
            "✓ captures none names another author",
        ]
        assert "held back from the article: its handle and its name" in it.dialog_text
        await it.press("y", "@")
        assert "held back" not in it.dialog_text


async def test_any_author_has_a_card(tmp_path: Path) -> None:
    authors = ('a"b', "a b", "*", "-x", "OR", "(", None)
    odd = {author: post(str(111 + 2 * place), UNLIKE[place], author) for place, author in enumerate(authors)}
    others = [post(str(int(one.id) + 1), f"the other one of {author}", author) for author, one in odd.items()]
    async with stage(tmp_path, posts=(*POSTS, *odd.values(), *others)) as it:
        for author, shown in odd.items():
            await it.go(shown.id)
            await it.press("@")
            assert isinstance(it.dialog, AuthorCard)
            assert (f"the other one of {author}" in it.dialog_text) == (author is not None)
            await it.press("escape")
