"""The journal: whatever the desk does is taken back and made again to the letter, whenever that is asked."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.changes import ChangeName, ChangeVerb
from core.desk import Desk
from core.errors import MarkError
from core.library.marks import change_marks
from core.models import State, TranslationState
from core.words import change_words
from tests.kit.examples import examples
from tests.kit.shelf import Shelf, capture, root, said, shelf

TEXT = "Überall 😭 umbrellas"
REPLIES = tuple(said(str(101 + n), TEXT) for n in range(5))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf(tmp_path, (root(), *REPLIES))
    yield made
    made.library.close()


@dataclass(frozen=True)
class Operation:
    """A call of one of the methods of the desk; `tags.add` is one of its edits of tags."""

    name: str
    values: tuple[Any, ...]
    named: dict[str, Any]

    def on(self, desk: Desk) -> None:
        drawer, _, method = self.name.rpartition(".")
        getattr(desk.tags if drawer else desk, method)(*self.values, **self.named)


def operations() -> st.SearchStrategy[Operation]:
    """Every method of the desk that changes marks, with values of its own."""
    # The root is the first post of the library and has the number 1.
    seq = st.integers(1, 6)
    seqs = st.lists(seq, max_size=4)
    tag = st.sampled_from(["meme", "Meme", "双标", "last words", "四", "é", "e", " "])
    words = st.sampled_from(["", "x", "two\r\nlines", "译文", " spaced ", "\udcff", "\0"])
    maybe = st.none() | words
    spans = st.lists(st.tuples(st.integers(0, 21), st.integers(0, 21)), max_size=2)

    def call(
        name: str, *values: st.SearchStrategy[Any], **named: st.SearchStrategy[Any]
    ) -> st.SearchStrategy[Operation]:
        return st.builds(Operation, st.just(name), st.tuples(*values), st.fixed_dictionaries(named))

    return st.one_of(
        call("decide", seqs, st.sampled_from(State)),
        call("toggle_star", seqs),
        call("rate", seqs, st.integers(-1, 6)),
        call("toggle_review", seqs),
        call("review", seqs, st.booleans()),
        call("confirm", seqs, st.booleans()),
        call("write", seq, lead_in=maybe, comment=maybe, note=maybe, translation=maybe),
        call("excerpt", seq, spans),
        call("translate", seq, words, lang=st.sampled_from(["zh", "en"]), state=st.sampled_from(TranslationState)),
        call("toggle_approval", seqs),
        call("approve", seqs, st.booleans()),
        call("set_article", title=maybe, closing=st.none() | seq, no_closing=st.booleans()),
        call("tags.add", seqs, tag),
        call("tags.remove", seqs, tag),
        call("tags.toggle", seqs, tag),
        call("tags.rename", tag, tag),
        call("tags.merge", tag, tag),
        call("tags.delete", tag),
        call("tags.set_slot", tag, st.none() | st.integers(0, 10)),
        call("tags.order", st.lists(tag, max_size=3)),
        call("tags.introduce", tag, words),
        call("tags.move_quote", seq, tag, st.integers(-9, 9)),
        call("tags.retag", seq, tag | st.just(""), tag),
    )


@settings(max_examples=examples(80))
@given(st.lists(operations(), max_size=12), st.data())
def test_whatever_the_desk_did_is_undone_and_redone_to_the_letter(work: list[Operation], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        here = shelf(Path(folder), (root(), *REPLIES))
        states = [here.marks()]
        for operation in work:
            before, entries = here.marks(), len(here.desk.history(100))
            with suppress(MarkError):
                operation.on(here.desk)
            made = len(here.desk.history(100)) - entries
            assert made == (here.marks() != before)
            states += [here.marks()] * made
        here = here.reopened()
        for earlier in reversed(states[:-1]):
            assert here.desk.undo() is not None
            assert here.marks() == earlier
        assert here.desk.undo() is None
        here = here.reopened()
        for later in states[1:]:
            assert here.desk.redo() is not None
            assert here.marks() == later
        assert here.desk.redo() is None
        for back in data.draw(st.lists(st.booleans(), max_size=6)):
            before = here.marks()
            moved = here.desk.undo() if back else here.desk.redo()
            if moved is not None:
                assert (here.desk.redo() if back else here.desk.undo()) == moved
            assert here.marks() == before
        here.library.close()


@settings(max_examples=examples(80))
@given(st.lists(operations(), max_size=6), operations())
def test_a_refused_change_leaves_nothing_behind(work: list[Operation], last: Operation) -> None:
    with TemporaryDirectory() as folder:
        here = shelf(Path(folder), (root(), *REPLIES))
        for operation in work:
            with suppress(MarkError):
                operation.on(here.desk)
        here.desk.undo()
        before, history = list(here.library.connection.iterdump()), here.desk.history(100)
        try:
            last.on(here.desk)
        except MarkError:
            assert list(here.library.connection.iterdump()) == before
            assert here.desk.history(100) == history
        here.library.close()


def test_a_new_change_drops_what_could_be_redone(here: Shelf) -> None:
    (seq,) = here.seqs("101")
    here.desk.decide((seq,), State.STARRED)
    here.desk.rate((seq,), 3)
    here.desk.undo()
    here.desk.write(seq, note="another way")
    assert here.desk.redo() is None
    assert [change_words(entry.name) for entry in here.desk.history()] == ["write the note", "star 1 post"]
    assert here.mark("101").rating == 0


def test_a_change_that_changes_nothing_is_no_step_and_drops_nothing(here: Shelf) -> None:
    (seq,) = here.seqs("101")
    here.desk.decide((seq,), State.STARRED)
    here.desk.rate((seq,), 3)
    here.desk.undo()
    done = here.desk.decide((seq,), State.STARRED)
    assert (done.posts, done.entry) == (frozenset(), None)
    redone = here.desk.redo()
    assert redone is not None
    assert change_words(redone.name) == "rate 1 post 3"


def test_undo_and_redo_say_what_they_did_and_to_which_posts(here: Shelf) -> None:
    seqs = here.seqs("101", "102")
    made = here.desk.decide(seqs, State.REJECTED)
    undone, redone = here.desk.undo(), here.desk.redo()
    assert undone is not None
    assert (undone.id, change_words(undone.name), undone.posts) == (made.entry, "reject 2 posts", frozenset(seqs))
    assert redone == undone


def test_each_thread_has_a_journal_of_its_own(here: Shelf) -> None:
    other = capture(here.library, (said("900", parent_id=None), said("901", parent_id="900")), root_id="900").thread_id
    assert other is not None
    there = Shelf(here.library, other, Desk(here.library, other, "zh"))
    here.desk.decide(here.seqs("101"), State.STARRED)
    there.desk.decide(there.seqs("901"), State.REJECTED)
    here.desk.undo()
    assert (here.mark("101").state, there.mark("901").state) == (State.NEW, State.REJECTED)


@pytest.mark.parametrize("way_back", [("undo", "redo"), ("delete", "undo")])
def test_a_tag_that_comes_back_takes_no_other_threads_tag_away(here: Shelf, way_back: tuple[str, str]) -> None:
    other = capture(here.library, (said("900", parent_id=None), said("901", parent_id="900")), root_id="900").thread_id
    assert other is not None
    there = Shelf(here.library, other, Desk(here.library, other, "zh"))
    here.desk.tags.add(here.seqs("101"), "mine")
    if way_back[0] == "delete":
        here.desk.tags.delete("mine")
    else:
        here.desk.undo()
    there.desk.tags.add(there.seqs("901"), "theirs")
    getattr(here.desk, way_back[1])()
    assert (here.tags(), there.tags()) == (["mine"], ["theirs"])
    assert (here.mark("101").tags, there.mark("901").tags) == (("mine",), ("theirs",))


def test_a_change_of_ten_thousand_posts_is_one_step(tmp_path: Path) -> None:
    here = shelf(tmp_path, (root(), *(said(str(101 + n)) for n in range(10_000))))
    seqs = [seq for (seq,) in here.library.connection.execute("SELECT seq FROM post WHERE NOT is_root")]
    start = here.marks()
    done = here.desk.tags.add(seqs, "meme")
    assert (change_words(done.name), len(done.posts)) == ("tag 10,000 posts: meme", 10_000)
    assert len(here.desk.history()) == 1
    here.desk.undo()
    assert here.marks() == start
    redone = here.desk.redo()
    assert redone is not None
    assert len(redone.posts) == 10_000
    assert here.library.connection.execute("SELECT count(*) FROM post_tag").fetchone() == (10_000,)
    here.library.close()


def drafted(here: Shelf, id: str, onto: int | None) -> int | None:
    """A machine's draft for a post; returns its journal entry."""
    state = TranslationState.MACHINE
    return here.desk.translate(here.seq(id), f"译 {id}", state=state, engine="echo", onto=onto).entry


def test_drafts_that_come_one_by_one_are_one_step(here: Shelf) -> None:
    entry = drafted(here, "101", None)
    assert drafted(here, "102", entry) == entry
    assert drafted(here, "103", entry) == entry
    assert [(change_words(one.name), len(one.posts)) for one in here.desk.history()] == [("translate 3 posts", 3)]
    start = here.marks()
    here.desk.undo()
    assert [here.quote(id).translation for id in ("101", "102", "103")] == [None] * 3
    here.desk.redo()
    assert here.marks() == start


def test_a_draft_after_another_change_is_a_step_of_its_own(here: Shelf) -> None:
    entry = drafted(here, "101", None)
    here.desk.decide(here.seqs("104"), State.STARRED)
    assert drafted(here, "102", entry) != entry
    assert [change_words(one.name) for one in here.desk.history()] == [
        "translate 1 post",
        "star 1 post",
        "translate 1 post",
    ]


def test_a_draft_onto_a_step_that_was_undone_does_not_bring_it_back(here: Shelf) -> None:
    entry = drafted(here, "101", None)
    here.desk.undo()
    assert drafted(here, "102", entry) != entry
    assert here.quote("101").translation is None
    assert here.desk.redo() is None


def test_history_tells_the_latest_changes_first_and_no_more_than_asked(here: Shelf) -> None:
    for rating in (1, 2, 3):
        here.desk.rate(here.seqs("101"), rating)
    assert [change_words(one.name) for one in here.desk.history(2)] == ["rate 1 post 3", "rate 1 post 2"]
    assert [one.id for one in here.desk.history()] == sorted((one.id for one in here.desk.history()), reverse=True)


def test_a_step_that_fails_half_way_leaves_nothing(here: Shelf) -> None:
    before = here.marks()

    def fail() -> None:
        with change_marks(here.library, here.thread_id, ChangeName(ChangeVerb.WRITE)) as marks:
            marks.set_texts(here.seq("101"), note="half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert here.marks() == before
    assert here.desk.history() == []
