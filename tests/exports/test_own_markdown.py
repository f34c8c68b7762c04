"""The writer's own words are her Markdown, and reach no further than their place."""

import pytest

from exports.own_markdown import contained_block, contained_line
from tests.kit.real import need
from tests.kit.renderers import PANDOC_FORMATS, RENDERERS, Page, pandoc
from tests.kit.sentences import sentences

PLAIN = [
    "他说**好**，见[原帖](https://moor.example)。", "1. 一\n2. 二\n\n- 三", "## Of bridges\n\nText.", "- a\n  - b",
    "| a |\n|---|\n| 1 |", "```\ncode\n```", "`<div>` and ``` `` ```", "a <b>bold</b> word", "<!-- to do -->",
    "<div>\nx\n</div>", "::: note\nx\n:::", "two  \nlines", "$x$ and \\(y\\)", "a note[^1]\n\n[^1]: here", "    code",
]  # fmt: skip
REACHING = [
    ("```\nx", "```"), ("~~~~ py\nx\n\ny", "~~~~"), ("<!-- x", "-->"), ("words <!-- x", "-->"), ("<div>\nx", "</div>"),
    ("a <b>x", "</b>"), ("<pre>\nx\n\ny", "</pre>"), ("<details>\n<summary>x</summary>\n\ny", "</details>"),
    ("::: note\nx", ":::"), ("<script>\nx", "</script>"), ("<em>a\n\nb", "</em>"), ("a\n\n```\nb\n\nc", "```"),
]  # fmt: skip
STARS = ["**“好”**说", "**重点：**后面", "说**“好”** 了", "**（一）**二", "** x**", "**好", "a **b** **c"]
GOOD_STARS = [
    "“**好**”说", "**重点**：后面", "**“好”** 说", "**“好”**，说", "`**“好**说`", "\\*\\*好", "**a**b**c**", "2 ** 3",
    "a **b** **",
]  # fmt: skip


def after(own: str) -> str:
    """Her words, somebody's quoted words behind them, and what follows."""
    return f"{contained_block(own).text}\n\n> quoted words\n\nlast words\n"


@pytest.mark.parametrize("own", PLAIN)
def test_markdown_that_keeps_to_its_place_is_untouched(own: str) -> None:
    assert contained_block(own).text == own


@pytest.mark.parametrize(("own", "end"), REACHING)
def test_what_is_left_open_is_closed_and_said(own: str, end: str) -> None:
    made = contained_block(own)
    assert made.text.startswith(own)
    assert made.text[len(own) :].strip() == end
    assert f"‘{end}’ was added" in sentences(made.changes)[0]


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize(
    "own", [*PLAIN, *(own for own, _ in REACHING), "> mine", "mine:\n\n> and\n> more", "> ```\n> x"]
)
def test_a_quote_behind_her_words_stands_by_itself(own: str, name: str) -> None:
    page = Page(RENDERERS[name](after(own)))
    assert {"quoted words", "last words"} <= set(page.text.split("\n\n"))
    assert "blockquote" in page.elements


@pytest.mark.real
@pytest.mark.parametrize("form", PANDOC_FORMATS)
@pytest.mark.parametrize("own", [*(own for own, _ in REACHING), "> mine"])
def test_a_quote_behind_her_words_stands_by_itself_in_pandoc(own: str, form: str) -> None:
    need("pandoc")
    assert {"quoted words", "last words"} <= set(Page(pandoc(after(own), form)).text.split("\n\n"))


@pytest.mark.parametrize("own", ["> mine", "mine\n\n> and more"])
def test_a_block_quote_of_hers_is_kept_apart_from_the_next_one(own: str) -> None:
    made = contained_block(own)
    assert made.text.endswith("\n\n<!-- -->")
    assert "‘<!-- -->’ was added" in sentences(made.changes)[0]
    assert RENDERERS["python-markdown"](after(own)).count("<blockquote>") == 2


@pytest.mark.parametrize("own", STARS)
def test_stars_that_do_not_make_bold_are_told(own: str) -> None:
    made = contained_block(own)
    assert made.text == own
    assert "stays in print" in sentences(made.changes)[0]


@pytest.mark.parametrize("own", GOOD_STARS)
def test_stars_that_make_bold_or_are_none_are_not_told(own: str) -> None:
    assert contained_block(own).changes == ()


def test_a_title_is_one_line_of_markdown() -> None:
    assert contained_line("On *bridges*\nand C++") == contained_line("On *bridges* and C++")
    assert contained_line("On *bridges* and C++").text == "On *bridges* and C++"
    assert contained_line("a <!-- b").text == "a <!-- b -->"
    assert contained_line("a <i>b").text == "a <i>b</i>"


def test_no_control_character_of_hers_leaves() -> None:
    assert contained_block("a\x1b[2Jb\u202ec").text == "a␛[2Jb\u202ec\u202c"
    assert contained_line("a\x07").text == "a␇"
