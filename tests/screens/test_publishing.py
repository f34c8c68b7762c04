"""Preview, writing, and the closing quote, under the screen's keys."""

from pathlib import Path

import pytest
from textual.widgets import Input, Markdown, Static

from core.library import threads
from core.settings.load import Settings
from exports import EXPORTERS
from tests.kit.stage import Stage, stage
from tui.screens.dialogs.write import ChangedFile, WriteDialog
from tui.screens.preview import Preview
from tui.widgets.bars import Line


async def curated(it: Stage) -> None:
    """Two tagged stars."""
    await it.press("+", *"kettles", "enter", "a", "1", "a")


async def test_the_preview_shows_the_article_and_scrolls_and_writes_from_there(tmp_path: Path) -> None:
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


async def test_writing_makes_the_file_and_keeps_the_title(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await curated(it)
        await it.do("write")
        await it.press(*"A dry affair", "enter")
        assert "written to" in it.status
        assert "2 quotes" in it.status
        article = (tmp_path / "100.md").read_text(encoding="utf-8")
        assert article.startswith("# A dry affair")
        assert threads.article_title_and_closing(it.library, it.thread_id)[0] == "A dry affair"


async def test_a_path_and_a_template_of_ones_own(tmp_path: Path) -> None:
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


async def test_a_file_that_was_edited_is_overwritten_only_after_asking(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await curated(it)
        await it.press("W", "enter")
        file = tmp_path / "100.md"
        written = file.read_text(encoding="utf-8")
        file.write_text("mine", encoding="utf-8")
        await it.press("W", "enter")
        assert isinstance(it.dialog, ChangedFile)
        await it.press("n")
        assert file.read_text(encoding="utf-8") == "mine"
        assert "Nothing was written" in it.status
        await it.press("W", "enter", "y")
        assert file.read_text(encoding="utf-8") == written
        assert (tmp_path / "100.md.bak").read_text(encoding="utf-8") == "mine"
        assert "what was there before: 100.md.bak" in it.status


async def test_an_article_can_be_written_beside_a_file_that_was_edited(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await curated(it)
        file = tmp_path / "100.md"
        file.write_text("mine", encoding="utf-8")
        await it.press("W", "enter", "b")
        assert file.read_text(encoding="utf-8") == "mine"
        assert "From whom, though?" in (tmp_path / "100 (2).md").read_text(encoding="utf-8")
        assert "written to" in it.status


async def test_what_is_known_against_a_quote_is_said_before_the_article_is_written(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await curated(it)
        it.library.connection.execute("UPDATE post SET flags = 'cut-by-source' WHERE seq = ?", (it.seq("103"),))
        await it.press("W")
        shown = str(it.dialog.query_one("#notices", Static).render())
        assert "103 by @" in shown
        assert "is quoted: cut off by the source" in shown


async def test_what_is_open_is_said_after_writing_and_in_the_outline(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await curated(it)
        await it.press("W", "enter")
        assert "without a comment · 1 section without an introduction · no closing quote" in it.status
        await it.press("g", "o")
        assert "open: no title · 3 without a translation" in str(it.dialog.query_one("#view", Line).render())


async def test_the_closing_quote_is_chosen_and_taken_back(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.do("closing")
        assert threads.article_title_and_closing(it.library, it.thread_id)[1] == it.seq("103")
        await it.do("closing")
        assert threads.article_title_and_closing(it.library, it.thread_id)[1] is None
        await it.press("u")
        assert threads.article_title_and_closing(it.library, it.thread_id)[1] == it.seq("103")


async def test_a_field_that_has_the_keys_takes_letters_that_are_actions_elsewhere(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await it.press("W", *"saxQq")
        assert it.dialog.query_one("#title", Input).value == "saxQq"
        await it.press("escape")
        assert it.starred() == set()


async def test_a_path_in_nobodys_home_is_refused_in_words(tmp_path: Path) -> None:
    async with stage(tmp_path) as it:
        await curated(it)
        await it.press("W", "tab", "ctrl+u", *"~nobody-is-here/a.md", "enter")
        assert "the home of nobody who is here" in it.status


async def test_an_article_in_another_format_is_previewed_as_it_is_and_gets_its_suffix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = "tests.data.plugs.working.pullquote_brolly:PlainText"
    monkeypatch.setitem(EXPORTERS, "plain", plain)
    async with stage(tmp_path, settings=Settings(export_dir=str(tmp_path), format="plain")) as it:
        await curated(it)
        await it.do("preview")
        assert isinstance(it.dialog, Preview)
        assert it.dialog.query(Static)
        assert not it.dialog.query(Markdown)
        await it.press("W", "enter")
        assert "From whom, though? A kettle?" in (tmp_path / "100.txt").read_text(encoding="utf-8")
