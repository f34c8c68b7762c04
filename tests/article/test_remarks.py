"""What is known against a quotation is known to its article: cut, edited, gone, in doubt."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.article.notices import notices, open_work
from core.article.outline import Article, outline
from core.article.remarks import printed, remarks
from core.models import CapturedFrom, Flag, Mark, News, PostStatus, Quote, State, Verdict
from core.thread.history import RecheckedState
from tests.kit.sentences import sentences
from tests.kit.shelf import Shelf, capture, root, said, shelf


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf(tmp_path, (root(), said("101"), said("102")), verdict=Verdict.COMPLETE)
    yield made
    made.library.close()


def quote(
    *flags: Flag, status: PostStatus = PostStatus.LIVE, news: News = News.NONE, newer: str | None = None
) -> Quote:
    """A reply of which something is known."""
    post = said("101", status=status, flags=flags)
    return Quote(1, post, Mark(), None, 1, False, 0, news, newer_text=newer)


def look(outcome: str) -> RecheckedState:
    """What a later look found."""
    return RecheckedState(1771_000_000, outcome, "")


def article(here: Shelf) -> Article:
    return outline(here.library, here.thread_id, "zh")


@pytest.mark.parametrize("flag", [Flag.CUT, Flag.CUT_BY_SOURCE])
def test_a_text_that_is_cut_is_said_to_be(flag: Flag) -> None:
    assert sentences(remarks(quote(flag))) == ("cut off by the source",)


def test_an_edited_quote_is_said_to_be_and_to_be_the_earlier_wording_where_it_is() -> None:
    assert sentences(remarks(quote(Flag.EDITED))) == ("since edited by its author",)
    assert sentences(remarks(quote(Flag.EDITED, newer="Now it is blue."))) == (
        "since edited by its author, here in the earlier wording",
    )


def test_a_quote_whose_marks_hang_on_a_poorer_text_is_said_to_be() -> None:
    said_of_it = sentences(remarks(quote(newer="The whole of it.")))
    assert said_of_it == ("its excerpt or translation is of a poorer text than was captured since",)


@pytest.mark.parametrize("status", sorted(set(PostStatus) - {PostStatus.LIVE}))
def test_a_quote_that_its_source_no_longer_shows_is_said_to_be(status: PostStatus) -> None:
    assert sentences(remarks(quote(status=status))) == (f"{status} at the source",)


def test_a_quote_that_is_gone_is_said_to_be_unless_a_later_look_found_it() -> None:
    assert sentences(remarks(quote(news=News.GONE))) == ("gone from the source",)
    assert remarks(quote(news=News.GONE), look("live")) == ()


@pytest.mark.parametrize("outcome", ["edited", "deleted", "protected", "suspended", "renamed"])
def test_what_a_later_look_found_is_said_with_its_day(outcome: str) -> None:
    (said_of_it,) = sentences(remarks(quote(), look(outcome)))
    assert said_of_it.startswith(f"looked at again 2026-02-13: {outcome}")


def test_what_a_source_said_at_a_later_look_is_for_the_writer_alone() -> None:
    for outcome in ("edited", "deleted"):
        found = remarks(quote(), RecheckedState(1771_000_000, outcome, "Now it is blue"))
        assert "Now it is blue" in sentences(found)[0]
        assert sentences(printed(found)) == (f"looked at again 2026-02-13: {outcome}",)


@pytest.mark.parametrize("flag", [Flag.CONFLICT, Flag.DAMAGED_TEXT, Flag.MARKUP, Flag.OTHER_HOST])
def test_a_doubt_asks_the_writer_to_look_and_is_not_printed(flag: Flag) -> None:
    assert len(remarks(quote(flag))) == 1
    assert printed(remarks(quote(flag))) == ()


@pytest.mark.parametrize("outcome", ["live", "unknown"])
def test_a_look_that_found_nothing_else_says_nothing(outcome: str) -> None:
    assert remarks(quote(), look(outcome)) == ()


def test_a_quote_without_fault_has_no_remark() -> None:
    assert remarks(quote(Flag.ROUNDED_COUNTS, Flag.MIXED_SCRIPT)) == ()


def test_an_article_knows_of_a_quote_that_a_later_complete_capture_lacks(here: Shelf) -> None:
    here.desk.decide(here.seqs("101"), State.STARRED)
    capture(here.library, (root(), said("102")), verdict=Verdict.COMPLETE)
    found = [(one.quote.post.id, sentences(one.reasons)) for one in notices(article(here)) if one.quote]
    assert found == [("101", ("gone from the source",))]


def test_a_closing_quote_without_a_star_is_known_to_be_gone_too(here: Shelf) -> None:
    here.desk.set_article(closing=here.seq("101"))
    capture(here.library, (root(), said("102")), verdict=Verdict.COMPLETE)
    assert [one.quote.post.id for one in notices(article(here)) if one.quote] == ["101"]


def test_the_post_itself_is_looked_at_like_its_quotes(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(flags=(Flag.CUT_BY_SOURCE,)), said("101")))
    assert [one.quote.post.id for one in notices(article(here)) if one.quote] == ["100"]
    here.library.close()


def test_where_a_quote_with_two_tags_stands_is_said(here: Shelf) -> None:
    here.desk.decide(here.seqs("101", "102"), State.STARRED)
    here.desk.tags.add(here.seqs("101"), "one", "two")
    here.desk.tags.add(here.seqs("102"), "three")
    here.desk.set_article(closing=here.seq("102"))
    assert [(one.quote.post.id, *sentences(one.reasons)) for one in notices(article(here)) if one.quote] == [
        ("101", "tagged ‘two’ too, stands under ‘one’"),
        ("102", "tagged ‘three’, stands as the closing quote"),
    ]


@pytest.mark.parametrize("said_by", CapturedFrom)
def test_that_only_a_files_date_is_known_is_said(tmp_path: Path, said_by: CapturedFrom) -> None:
    here = shelf(tmp_path, (root(),))
    made = article(here)
    from dataclasses import replace

    dated = replace(made, thread=replace(made.thread, captured_at=1, captured_from=said_by))
    assert bool(notices(dated)) is (said_by is CapturedFrom.FILE)
    here.library.close()


def test_what_is_open_is_counted(here: Shelf) -> None:
    assert sentences(open_work(article(here))) == ("no title", "1 without a translation", "no closing quote")
    here.desk.decide(here.seqs("101", "102"), State.STARRED)
    here.desk.tags.add(here.seqs("101"), "one")
    assert sentences(open_work(article(here))) == (
        "no title", "3 without a translation", "2 without a comment", "1 section without an introduction",
        "no closing quote",
    )  # fmt: skip


def test_what_is_written_is_no_longer_open(here: Shelf) -> None:
    here.desk.decide(here.seqs("101"), State.STARRED)
    here.desk.tags.add(here.seqs("101"), "one")
    here.desk.tags.introduce("one", "先看这个。")
    here.desk.set_article(title="题目", closing=here.seq("102"))
    for id in ("100", "101", "102"):
        here.desk.translate(here.seq(id), "译文", lang="zh")
        here.desk.write(here.seq(id), comment="好。")
    assert open_work(article(here)) == ()
