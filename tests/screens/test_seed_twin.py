"""The main job on an invented thread: keys, or commands, make the article of a writer's choices, to the byte."""

from pathlib import Path

from core.library import open_library, threads
from core.settings.load import Settings
from tests.kit.commands import Commands
from tests.kit.seed import TWIN, TWIN_THREAD, TWIN_TITLE, Choice, captured_twin, choices, reply_texts
from tests.kit.stage import Stage, stage_for

CAPTURED = ("--captured-at", "2026-03-16T06:00:00Z")
ARTICLE = (TWIN / "article.md").read_text(encoding="utf-8")


async def test_keys_on_the_screen_make_the_article(pullquote: Commands, tmp_path: Path) -> None:
    pullquote("--library", tmp_path / "library.db", "import", *captured_twin(tmp_path), *CAPTURED)
    library = open_library(tmp_path / "library.db")
    thread = threads.find_thread(library, TWIN_THREAD)
    (tmp_path / "articles").mkdir()
    async with stage_for(library, thread.id, Settings(export_dir=str(tmp_path / "articles"))) as it:
        await _triage(it)
        await _write_cards(it)
        await it.press("W")
        await it.burst(*TWIN_TITLE, "enter")
        await it.until("written to")
    (article,) = (tmp_path / "articles").glob("*.md")
    assert article.read_text(encoding="utf-8") == ARTICLE


def test_commands_make_the_article(pullquote: Commands, tmp_path: Path) -> None:
    pullquote("import", *captured_twin(tmp_path), *CAPTURED)
    posts = pullquote("posts", TWIN_THREAD, "--json").json
    for choice in choices(TWIN):
        (id,) = [post["id"] for post in posts if post["text"] == choice.text]
        given = ["--star", "--tag", choice.section, "--lead-in", choice.lead_in, "--translation", choice.translation]
        pullquote("mark", TWIN_THREAD, id, *given)
    pullquote("export", TWIN_THREAD, "-o", tmp_path / "article.md", "--template", "zh", "--title", TWIN_TITLE)
    assert (tmp_path / "article.md").read_text(encoding="utf-8") == ARTICLE


async def _triage(it: Stage) -> None:
    """Tag and accept, or reject, reply by reply in the thread's order; a tag's second time is its number."""
    chosen = {choice.text: choice for choice in choices(TWIN)}
    slots: dict[str, str] = {}
    keys = ["g", "t"]
    for text in reply_texts(TWIN):
        choice = chosen.get(text)
        if choice is None:
            keys.append("x")
        elif choice.section in slots:
            keys += slots[choice.section], "a"
        else:
            slots[choice.section] = str(len(slots) + 1)
            await it.burst(*keys, "t", *choice.section, "ctrl+s")
            keys = []
    await it.burst(*keys)


async def _write_cards(it: Stage) -> None:
    """Write lead-ins and translations, card after card."""
    by_text: dict[str, Choice] = {choice.text: choice for choice in choices(TWIN)}
    await it.press("f")
    await it.burst(*"is:starred", "enter", "g", "g", "c")
    for text in (one for one in reply_texts(TWIN) if one in by_text):
        await it.burst(*_keys(by_text[text].lead_in), "tab", *_keys(by_text[text].translation), "ctrl+n")


def _keys(text: str) -> list[str]:
    """The keys that type a text of several lines."""
    return ["enter" if char == "\n" else char for char in text]
