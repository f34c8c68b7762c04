"""The outline: which quotes an article has, where each stands, and which are held back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.article.outline import Article, outline
from core.models import Flag, PostStatus, State
from exports import render_article
from exports.settings import ExportSettings
from tests.kit.sentences import sentence
from tests.kit.shelf import ROOT, Shelf, capture, root, said, shelf

REPLIES = tuple(said(str(101 + n)) for n in range(6))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf(tmp_path, (root(), *REPLIES))
    yield made
    made.library.close()


def star(here: Shelf, id: str, *tags: str) -> None:
    """Choose a post, under these tags."""
    here.desk.decide(here.seqs(id), State.STARRED)
    here.desk.tags.add(here.seqs(id), *tags)


def article(here: Shelf) -> Article:
    return outline(here.library, here.thread_id, "zh")


def sections(here: Shelf) -> list[tuple[str, list[str]]]:
    """Each heading with the ids under it."""
    return [(one.tag, [quote.post.id for quote in one.quotes]) for one in article(here).sections]


def elsewhere(here: Shelf) -> list[tuple[str, str, str | None]]:
    """Each tag of a quote that stands under another, with the other; None is the end."""
    return [(one.tag, it.quote.post.id, it.tag) for one in article(here).sections for it in one.elsewhere]


def held(here: Shelf) -> list[tuple[str, str]]:
    """Each post that is held back, with the first words of the reason."""
    return [(quote.post.id, sentence(reason).partition(";")[0]) for quote, reason in article(here).held_back]


def test_an_article_without_a_mark_is_the_post_alone(here: Shelf) -> None:
    made = article(here)
    assert made.root is not None
    assert (made.root.post.id, made.sections, made.closing, made.quotes, made.title) == (ROOT, (), None, (), "")


def test_a_thread_whose_post_was_not_captured_has_an_article_too(tmp_path: Path) -> None:
    here = shelf(tmp_path, REPLIES)
    star(here, "101", "one")
    assert article(here).root is None
    assert sections(here) == [("one", ["101"])]
    here.library.close()


def test_sections_stand_in_the_order_of_their_tags(here: Shelf) -> None:
    star(here, "101", "one")
    star(here, "102", "two")
    here.desk.tags.introduce("two", "and then")
    here.desk.tags.order(["two", "one"])
    assert sections(here) == [("two", ["102"]), ("one", ["101"])]
    assert article(here).sections[0].introduction == "and then"


def test_quotes_stand_in_the_order_in_which_they_were_tagged(here: Shelf) -> None:
    for id in ("103", "101", "102"):
        star(here, id, "one")
    assert sections(here) == [("one", ["103", "101", "102"])]
    here.desk.tags.move_quote(here.seq("102"), "one", -2)
    assert sections(here) == [("one", ["102", "103", "101"])]


def test_a_quote_with_two_tags_stands_once_under_the_first_section_and_the_other_names_it(here: Shelf) -> None:
    star(here, "102", "two")
    star(here, "101", "one", "two")
    assert sections(here) == [("two", ["102", "101"]), ("one", [])]
    assert elsewhere(here) == [("one", "101", "two")]
    here.desk.tags.order(["one", "two"])
    assert sections(here) == [("one", ["101"]), ("two", ["102"])]
    assert elsewhere(here) == [("two", "101", "one")]


def test_the_closing_quote_leaves_its_section_its_heading(here: Shelf) -> None:
    star(here, "101", "one")
    here.desk.tags.introduce("one", "First of all.")
    here.desk.set_article(closing=here.seq("101"))
    assert sections(here) == [("one", [])]
    assert elsewhere(here) == [("one", "101", None)]
    assert article(here).sections[0].introduction == "First of all."
    assert (
        "## one\n\nFirst of all.\n\n<!-- 同有此标签，放在别处：\n@reader101：reply 101（结尾）\n-->\n"
        in render_article("markdown", article(here), ExportSettings(), "zh")
    )


def test_quotes_without_a_tag_come_last_under_no_heading(here: Shelf) -> None:
    for id in ("105", "104"):
        star(here, id)
    star(here, "106", "one")
    assert sections(here) == [("one", ["106"]), ("", ["104", "105"])]


def test_a_tag_on_a_post_that_is_not_starred_makes_no_section(here: Shelf) -> None:
    star(here, "101", "one")
    here.desk.tags.add(here.seqs("102"), "two")
    here.desk.decide(here.seqs("101"), State.REJECTED)
    assert sections(here) == []


def test_the_closing_quote_stands_once_at_the_end(here: Shelf) -> None:
    star(here, "101", "one")
    star(here, "102", "one")
    here.desk.set_article(closing=here.seq("101"))
    assert sections(here) == [("one", ["102"])]
    assert [quote.post.id for quote in article(here).quotes] == ["102", "101"]


def test_a_closing_quote_needs_no_star(here: Shelf) -> None:
    here.desk.set_article(closing=here.seq("103"))
    assert [quote.post.id for quote in article(here).quotes] == ["103"]


def test_a_quote_of_nobody_known_is_held_back_until_its_author_is_confirmed(here: Shelf) -> None:
    capture(here.library, (said("201", author=None, flags=(Flag.AUTHOR_UNKNOWN,)),))
    star(here, "201", "one")
    assert (sections(here), held(here)) == ([], [("201", "its author is unknown")])
    here.desk.confirm(here.seqs("201"))
    assert (sections(here), held(here)) == ([("one", ["201"])], [])


def test_a_quote_whose_author_is_in_doubt_is_held_back_too(here: Shelf) -> None:
    capture(here.library, (said("201", author="cy", flags=(Flag.AUTHOR_LINK,)),))
    star(here, "201", "one")
    assert (sections(here), held(here)) == ([], [("201", "its link names another account than its author")])


@pytest.mark.parametrize("starred", [True, False])
def test_a_closing_quote_is_held_back_like_any_other_and_told_once(here: Shelf, starred: bool) -> None:
    capture(here.library, (said("201", author=None),))
    if starred:
        star(here, "201", "one")
    here.desk.set_article(closing=here.seq("201"))
    assert article(here).closing is None
    assert (sections(here), held(here)) == ([], [("201", "its author is unknown")])
    here.desk.confirm(here.seqs("201"))
    assert [quote.post.id for quote in article(here).quotes] == ["201"]


def test_a_deleted_post_without_a_text_is_held_back_and_one_with_its_text_is_not(here: Shelf) -> None:
    gone = PostStatus.DELETED
    capture(here.library, (said("201", " ", status=gone), said("101", " ", author=None, status=gone)))
    star(here, "201", "one")
    star(here, "101", "one")
    assert sections(here) == [("one", ["101"])]
    assert held(here) == [("201", "it has no text (deleted)")]


def test_a_picture_without_words_is_held_back_as_that(here: Shelf) -> None:
    capture(here.library, (said("201", " ", media=("https://moor.example/a.png",)), said("202", " ")))
    star(here, "201", "one")
    star(here, "202", "one")
    assert held(here) == [("201", "it is a picture or video without words"), ("202", "it has no words")]


def test_translations_are_those_of_the_articles_language(here: Shelf) -> None:
    star(here, "101", "one")
    here.desk.translate(here.seq("101"), "eins", lang="de")
    (quote,) = outline(here.library, here.thread_id, "de").quotes
    assert quote.translation is not None
    assert article(here).quotes[0].translation is None
