"""A published article, rebuilt from its replies with `import`, `mark` and `export` alone."""

import json
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.kit.commands import Commands
from tests.kit.real import shared
from tests.kit.seed import Choice, choices

THREAD = "2025997928242811253"


@dataclass(frozen=True)
class Block:
    """A part of the rendered article: a heading, a paragraph or a quote, as a reader sees it."""

    kind: str
    paragraphs: tuple[str, ...]


def rendered(markdown: str) -> list[Block]:
    """The article as CommonMark shows it, block by block."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    blocks: list[Block] = []
    for at, token in enumerate(tokens):
        if token.level == 0 and token.nesting == 1:
            end = next(n for n in range(at, len(tokens)) if tokens[n].level == 0 and tokens[n].nesting == -1)
            inside = tuple(shown(one) for one in tokens[at:end] if one.type == "inline")
            blocks.append(Block(token.tag, inside))
    return blocks


def shown(inline: Token) -> str:
    """The text of a paragraph."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        breaks.get(child.type, child.content) for child in inline.children or () if child.type != "html_inline"
    )


@pytest.fixture(scope="module")
def chosen() -> list[Choice]:
    """What is to be in the article."""
    return choices(shared("seed"))


@pytest.fixture(scope="module")
def made() -> list[Block]:
    """The article, once the first test that wants it has rebuilt it; nothing of it changes."""
    return []


@pytest.fixture
def article(pullquote: Commands, tmp_path: Path, chosen: list[Choice], made: list[Block]) -> list[Block]:
    """The article, rebuilt."""
    if made:
        return made
    pullquote("import", shared("seed", "post.json"), shared("seed", "replies.json"))
    posts = pullquote("posts", THREAD, "--json").json
    for choice in chosen:
        (id,) = [post["id"] for post in posts if post["text"] == choice.text]
        given = ["--star", "--tag", choice.section, "--lead-in", choice.lead_in, "--translation", choice.translation]
        pullquote("mark", THREAD, id, *given)
    path = tmp_path / "article.md"
    pullquote(
        "export", f"https://x.com/AnthropicAI/status/{THREAD}", "-o", path, "--template", "zh", "--title", "翻车了"
    )
    made += rendered(path.read_text(encoding="utf-8"))
    return made


def entries(article: list[Block]) -> list[tuple[str, str, Block]]:
    """Each quote with its heading and the paragraph before it."""
    heading, found = "", []
    for before, block in pairwise(article):
        if block.kind == "h2":
            heading = block.paragraphs[0]
        elif block.kind == "blockquote" and heading:
            found.append((heading, before.paragraphs[0] if before.kind == "p" else "", block))
    return found


def test_the_curation_is_sixteen_quotes_under_nine_headings(chosen: list[Choice]) -> None:
    assert len(chosen) == 16
    assert len({choice.text for choice in chosen}) == 16
    assert len([*groupby(chosen, key=lambda choice: choice.section)]) == 9


def test_no_heading_is_lost_or_out_of_order(article: list[Block], chosen: list[Choice]) -> None:
    wanted = [section for section, _ in groupby(chosen, key=lambda choice: choice.section)]
    assert [block.paragraphs[0] for block in article if block.kind == "h2"] == wanted
    assert [block.paragraphs[0] for block in article if block.kind == "h1"] == ["翻车了"]


def test_every_quote_stands_under_its_heading_after_its_lead_in(article: list[Block], chosen: list[Choice]) -> None:
    found = entries(article)
    assert [heading for heading, _, _ in found] == [choice.section for choice in chosen]
    assert [lead_in for _, lead_in, _ in found] == [choice.lead_in for choice in chosen]


def test_every_original_is_quoted_to_the_letter_and_its_translation_follows(
    article: list[Block], chosen: list[Choice]
) -> None:
    for (_, _, block), choice in zip(entries(article), chosen, strict=True):
        original = tuple(choice.text.split("\n\n"))
        translation = tuple(f"（{choice.translation}）".split("\n\n")) if choice.translation else ()
        *quoted, credit = block.paragraphs
        assert tuple(quoted) == (*original, *translation)
        assert credit.startswith("—— @")


def test_the_top_reply_has_its_251_likes_with_it(article: list[Block]) -> None:
    block = next(block for _, _, block in entries(article) if "HOW IS MODEL DISTILLATION" in block.paragraphs[0])
    assert block.paragraphs[-1] == "—— @cneuralnetwork · 251 赞"


def test_the_post_stands_first_to_the_letter(article: list[Block]) -> None:
    text = json.loads(shared("seed", "post.json").read_text("utf-8"))["tweet"]["text"]
    first = next(block for block in article if block.kind == "blockquote")
    assert first.paragraphs[: len(text.split("\n\n"))] == tuple(text.split("\n\n"))
    assert "33,505 赞" in first.paragraphs[-1]


def test_the_footer_is_computed_from_the_capture(article: list[Block]) -> None:
    replies = json.loads(shared("seed", "replies.json").read_text("utf-8"))["replies"]
    footer = "\n".join(text for block in article[-3:] for text in block.paragraphs)
    assert f"引用 16 条，读到 {len(replies)} 条，来源称约 4,141 条" in footer
    assert f"https://x.com/AnthropicAI/status/{THREAD}" in footer
    assert "x-tweet-fetcher" in footer


def test_a_later_capture_adds_its_replies_and_takes_no_mark(pullquote: Commands) -> None:
    pullquote("import", shared("seed", "post.json"), shared("seed", "replies.json"))
    (top,) = pullquote("posts", THREAD, "--where", '"HOW IS MODEL"', "--json").json
    pullquote("mark", THREAD, top["id"], "--star", "--tag", "first", "--lead-in", "251")
    (outcome,) = pullquote("import", shared("seed", "replies.later.json"), "--json").json
    assert (outcome["threads"][0]["new"], outcome["threads"][0]["changed"]) == (2, 1)
    (now,) = pullquote("posts", THREAD, "--where", "is:starred", "--json").json
    assert [one["likes"] for one in now.pop("history")] == [251, 290]
    del top["history"]
    marks = {"state": "starred", "tags": ["first"], "lead_in": "251"}
    assert now == {**top, "likes": 290, "news": "changed", **marks}
