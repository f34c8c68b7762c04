"""The desk: what each change does to the posts, what it is called, and what it refuses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import MarkError
from core.library import threads
from core.models import State, Translation, TranslationState
from core.words import change_words
from tests.kit.shelf import ROOT, Shelf, root, said, shelf


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf(tmp_path, (root(), said("101", "One, two and three."), said("102"), said("103")))
    yield made
    made.library.close()


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (State.STARRED, "star 2 posts"),
        (State.REJECTED, "reject 2 posts"),
        (State.SKIPPED, "skip 2 posts"),
    ],
)
def test_a_decision_is_about_all_of_the_posts_and_says_so(here: Shelf, state: State, name: str) -> None:
    seqs = here.seqs("101", "102")
    done = here.desk.decide(seqs, state)
    assert (change_words(done.name), done.posts) == (name, frozenset(seqs))
    assert [here.mark(id).state for id in ("101", "102", "103")] == [state, state, State.NEW]


def test_a_decision_can_be_taken_back_by_deciding_that_it_is_open(here: Shelf) -> None:
    here.desk.decide(here.seqs("101"), State.STARRED)
    assert change_words(here.desk.decide(here.seqs("101"), State.NEW).name) == "make undecided 1 post"
    assert here.mark("101").state is State.NEW


def test_the_root_needs_no_decision(here: Shelf) -> None:
    with pytest.raises(MarkError, match="always stands first"):
        here.desk.decide(here.seqs(ROOT), State.STARRED)
    done = here.desk.decide(here.seqs(ROOT, "101"), State.STARRED)
    assert (change_words(done.name), here.mark(ROOT).state) == ("star 1 post", State.NEW)


def test_a_star_is_toggled_off_only_where_all_have_it(here: Shelf) -> None:
    here.desk.decide(here.seqs("101"), State.STARRED)
    here.desk.toggle_star(here.seqs("101", "102"))
    assert here.mark("102").state is State.STARRED
    here.desk.toggle_star(here.seqs("101", "102"))
    assert {here.mark(id).state for id in ("101", "102")} == {State.NEW}


@pytest.mark.parametrize("rating", [-1, 6, 10**30])
def test_a_rating_beyond_five_is_refused(here: Shelf, rating: int) -> None:
    with pytest.raises(MarkError, match="A rating is 0 to 5"):
        here.desk.rate(here.seqs("101"), rating)


def test_a_flag_for_checking_is_toggled(here: Shelf) -> None:
    seqs = here.seqs("101", "102")
    assert change_words(here.desk.toggle_review(seqs).name) == "flag 2 posts for checking"
    assert here.mark("101").review
    assert change_words(here.desk.toggle_review(seqs).name) == "unflag 2 posts for checking"
    assert not here.mark("101").review


def test_a_card_is_written_as_one_step_and_what_is_not_given_stays(here: Shelf) -> None:
    here.desk.write(here.seq("101"), note="mine", comment="below")
    done = here.desk.write(here.seq("101"), lead_in=" above\r\n\r\nit ", translation="一、二、三")
    assert change_words(done.name) == "write the lead-in and translation"
    quote = here.quote("101")
    assert (quote.mark.lead_in, quote.mark.comment, quote.mark.note) == ("above\n\nit", "below", "mine")
    assert quote.translation == Translation("zh", "一、二、三", TranslationState.EDITED)
    assert len(here.desk.history()) == 2


def test_a_translation_that_the_writer_changes_is_edited_and_keeps_who_drafted_it(here: Shelf) -> None:
    seq = here.seq("101")
    here.desk.translate(seq, "draft", state=TranslationState.MACHINE, engine="echo")
    here.desk.write(seq, translation="better")
    assert here.quote("101").translation == Translation("zh", "better", TranslationState.EDITED, "echo")


@pytest.mark.parametrize("empty", ["", "  \n "])
def test_an_emptied_translation_is_removed(here: Shelf, empty: str) -> None:
    here.desk.write(here.seq("101"), translation="一")
    here.desk.write(here.seq("101"), translation=empty)
    assert here.quote("101").translation is None


def test_half_a_surrogate_pair_is_kept_as_the_sign_for_what_cannot_be_read(here: Shelf) -> None:
    here.desk.write(here.seq("101"), note="a\ud800b😭", translation="\udcff")
    quote = here.quote("101")
    assert quote.mark.note == "a\ufffdb😭"
    assert quote.translation is not None
    assert quote.translation.text == "\ufffd"


def test_translations_into_two_languages_do_not_know_of_each_other(here: Shelf) -> None:
    seq = here.seq("101")
    here.desk.translate(seq, "一")
    here.desk.translate(seq, "eins", lang="de")
    here.desk.translate(seq, "", lang="de")
    assert here.quote("101").translation == Translation("zh", "一", TranslationState.EDITED)


def test_approval_is_toggled_where_there_is_a_translation(here: Shelf) -> None:
    here.desk.translate(here.seq("101"), "一")
    seqs = here.seqs("101", "102")
    assert change_words(here.desk.toggle_approval(seqs).name) == "approve 1 post"
    translation = here.quote("101").translation
    assert translation is not None
    assert translation.state is TranslationState.APPROVED
    assert change_words(here.desk.toggle_approval(seqs).name) == "un-approve 1 post"


def test_approval_without_a_translation_is_refused(here: Shelf) -> None:
    with pytest.raises(MarkError, match="no translation into zh"):
        here.desk.toggle_approval(here.seqs("101"))


def test_an_excerpt_is_kept_in_the_order_of_the_text(here: Shelf) -> None:
    assert change_words(here.desk.excerpt(here.seq("101"), [(13, 18), (0, 3)]).name) == "choose an excerpt"
    assert here.quote("101").quoted_text() == "One […] three […]"


@pytest.mark.parametrize("whole", [[], [(0, 19)]])
def test_an_excerpt_of_everything_is_the_whole(here: Shelf, whole: list[tuple[int, int]]) -> None:
    here.desk.excerpt(here.seq("101"), [(0, 3)])
    assert change_words(here.desk.excerpt(here.seq("101"), whole).name) == "quote the whole"
    assert here.mark("101").excerpt == ()


@pytest.mark.parametrize(
    "spans", [[(-1, 3)], [(3, 3)], [(5, 3)], [(0, 20)], [(0, 5), (4, 8)], [(4, 5)], [(10**30, 10**31)]]
)
def test_an_excerpt_that_does_not_fit_the_text_is_refused(here: Shelf, spans: list[tuple[int, int]]) -> None:
    with pytest.raises(MarkError, match="does not fit a text of 19 characters"):
        here.desk.excerpt(here.seq("101"), spans)
    assert here.mark("101").excerpt == ()


def test_the_article_gets_a_title_and_a_closing_quote(here: Shelf) -> None:
    assert change_words(here.desk.set_article(title=" Umbrellas\n").name) == "name the article"
    assert change_words(here.desk.set_article(closing=here.seq("102")).name) == "choose the closing quote"
    assert threads.article_title_and_closing(here.library, here.thread_id) == ("Umbrellas", here.seq("102"))
    here.desk.set_article(no_closing=True)
    assert threads.article_title_and_closing(here.library, here.thread_id) == ("Umbrellas", None)


def test_every_change_is_there_after_the_program_was_started_anew(here: Shelf) -> None:
    here.desk.decide(here.seqs("101"), State.STARRED)
    here.desk.confirm(here.seqs("101"))
    again = here.reopened()
    assert (again.mark("101").state, again.mark("101").confirmed) == (State.STARRED, True)
    assert [change_words(entry.name) for entry in again.desk.history()] == [
        "confirm the author of 1 post",
        "star 1 post",
    ]


def test_nobody_is_asked_about_no_post_at_all(here: Shelf) -> None:
    for done in (here.desk.decide((), State.STARRED), here.desk.toggle_star(()), here.desk.tags.add((), *())):
        assert done.entry is None
