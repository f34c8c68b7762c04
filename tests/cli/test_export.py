"""`pullquote export`: the skeleton to a file or to standard output, and what stays as it was."""

from pathlib import Path

import pytest

from core.desk import Desk
from core.library import open_library, threads
from core.settings.locations import default_library
from exports import EXPORTERS
from exports.view import ArticleView, QuoteView
from tests.kit.commands import Commands, post_file, thread_file

THREAD = "1900000000000000001"
FIRST, SECOND = (str(int(THREAD) + 1 + number) for number in range(2))


@pytest.fixture
def pullquote(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    """Commands on a library that has a thread with two quotes."""
    commands = Commands(capsys)
    commands("import", thread_file(tmp_path / "r.json", {"text": "A *kettle*."}, {}), post_file(tmp_path / "p.json"))
    commands("mark", THREAD, FIRST, "--star", "--tag", "Kettles", "--translation", "一把壶。", "--lead-in", "First:")
    commands("mark", THREAD, SECOND, "--star")
    return commands


def test_a_dash_is_standard_output_and_nothing_else_is_printed_there(pullquote: Commands) -> None:
    said = pullquote("export", THREAD, "-o", "-", "--template", "en", "--title", "Labels")
    assert said.lines[0] == "# Labels"
    assert "## Kettles" in said.lines
    assert "> A &#42;kettle&#42;." in said.out
    undated, still_open = said.err.splitlines()
    assert undated.startswith("pullquote: the article does not say when it was captured")
    assert still_open == (
        "pullquote: still open: 2 without a translation · 2 without a comment · 1 section without an introduction · "
        "no closing quote"
    )


def test_a_file_is_written_as_it_is_printed(pullquote: Commands, tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    said = pullquote("export", THREAD, "-o", path)
    assert said.lines == [
        f"2 quotes in 2 sections written to {path}",
        "still open: no title · 2 without a translation · 2 without a comment · 1 section without an introduction · "
        "no closing quote",
    ]
    assert path.read_bytes().decode() == pullquote("export", THREAD, "-o", "-").out


def test_our_own_file_is_written_again_and_one_that_was_changed_is_kept(pullquote: Commands, tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    pullquote("export", THREAD, "-o", path)
    pullquote("mark", THREAD, FIRST, "--comment", "below")
    pullquote("export", THREAD, "-o", path)
    assert "below" in path.read_text(encoding="utf-8")
    path.write_text("my own words", encoding="utf-8")
    assert "was changed since" in pullquote("export", THREAD, "-o", path, code=1).err
    assert path.read_text(encoding="utf-8") == "my own words"
    pullquote("export", THREAD, "-o", path, "--force")
    assert "below" in path.read_text(encoding="utf-8")


def test_a_file_that_was_never_ours_is_kept(pullquote: Commands, tmp_path: Path) -> None:
    path = tmp_path / "diary.md"
    path.write_text("dear diary", encoding="utf-8")
    assert "was not written by pullquote" in pullquote("export", THREAD, "-o", path, code=1).err
    assert path.read_text(encoding="utf-8") == "dear diary"


@pytest.mark.parametrize("where", ["", "nowhere/article.md", "~nosuchuser/article.md"])
def test_a_file_that_cannot_be_written_is_told(
    pullquote: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert pullquote("export", THREAD, "-o", where, code=1).err.startswith("pullquote: ")


@pytest.mark.parametrize("template", ["nosuch", "broken.j2", "../zh"])
def test_an_export_that_fails_changes_no_title_and_writes_nothing(
    pullquote: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.j2").write_text("{% if %}")
    before = pullquote("history", THREAD).out
    said = pullquote("export", THREAD, "-o", "a.md", "--title", "New", "--template", template, code=1)
    assert said.err.startswith("pullquote: ")
    assert not (tmp_path / "a.md").exists()
    assert pullquote("history", THREAD).out == before


@pytest.mark.parametrize("option", ["-o", "--output", "--title", "--template", "--format"])
def test_two_dashes_are_the_value_of_no_option(pullquote: Commands, option: str) -> None:
    assert "expected one argument" in pullquote("export", THREAD, option, "--", code=2).err


def test_the_title_is_a_change_like_any_other(pullquote: Commands) -> None:
    pullquote("export", THREAD, "-o", "-", "--title", "New")
    assert pullquote("undo", THREAD).lines == ["undid: name the article"]


def test_a_quote_that_is_held_back_is_named_with_the_reason(pullquote: Commands, tmp_path: Path) -> None:
    pullquote("import", thread_file(tmp_path / "more.json", {"author": "", "tweet_id": "1900000000000000099"}, {}))
    pullquote("mark", THREAD, "1900000000000000099", "--star")
    said = pullquote("export", THREAD, "-o", "-")
    assert "1900000000000000099 is held back: its author is unknown" in said.err
    pullquote("mark", THREAD, "1900000000000000099", "--confirm")
    assert "held back" not in pullquote("export", THREAD, "-o", "-").err


def test_the_settings_decide_language_and_what_is_shown(pullquote: Commands, home: Path) -> None:
    config = home / ".config" / "pullquote" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[article]\nlanguage = "en"\nshow_handle = false\n')
    out = pullquote("export", THREAD, "-o", "-").out
    assert "一把壶" not in out
    assert "@reader0" not in out


def test_a_setting_that_does_not_fit_is_complained_of_and_the_export_goes_on(pullquote: Commands, home: Path) -> None:
    config = home / ".config" / "pullquote" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[article]\nlanguage = "\\u001b[2J"\n')
    said = pullquote("export", THREAD, "-o", "-")
    assert "article.language" in said.err
    assert "\x1b" not in said.err
    assert "## Kettles" in said.out


def test_the_closing_quote_stands_last(pullquote: Commands) -> None:
    pullquote("mark", THREAD, FIRST, "--closing")
    out = pullquote("export", THREAD, "-o", "-").out
    assert out.index("reply 1") < out.index("A &#42;kettle&#42;.")
    assert "name one post" in pullquote("mark", THREAD, FIRST, SECOND, "--closing", code=1).err


class MarksMeanwhile:
    """An exporter that makes a mark in the library while it renders, as another program may."""

    name, suffix = "meanwhile", ".txt"

    def render(self, article: ArticleView, template: str | Path) -> str:
        library = open_library(default_library())
        thread = threads.find_thread(library, THREAD)
        Desk(library, thread.id, "zh").set_article(title="Meanwhile")
        library.close()
        return "rendered"

    def render_quote(self, quote: QuoteView, lang: str) -> str:
        return ""


def test_the_library_is_free_while_an_article_is_rendered(pullquote: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXPORTERS, "meanwhile", "tests.cli.test_export:MarksMeanwhile")
    assert pullquote("export", THREAD, "--format", "meanwhile", "-o", "-").out == "rendered"
    assert pullquote("undo", THREAD).lines == ["undid: name the article"]
