"""The edits of tags: names, keys, sections, and the order of quotes in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import MarkError
from core.library import tags
from core.models import State
from core.words import change_words
from tests.kit.shelf import Shelf, root, said, shelf


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf(tmp_path, (root(), *(said(str(101 + n)) for n in range(5))))
    yield made
    made.library.close()


def tagged(here: Shelf, name: str) -> list[str]:
    """The ids of the posts with a tag, in the order in which they got it."""
    ids = dict(here.library.connection.execute("SELECT seq, id FROM post"))
    return [ids[seq] for seq in tags.tagged_posts(here.library, here.desk.tags.named(name).id)]


def test_new_tags_get_the_nine_keys_in_turn_and_then_none(here: Shelf) -> None:
    names = [f"tag {n}" for n in range(11)]
    here.desk.tags.add(here.seqs("101"), *names)
    assert [tag.slot for tag in here.desk.tags.all()] == [1, 2, 3, 4, 5, 6, 7, 8, 9, None, None]
    assert here.mark("101").tags == tuple(names)


def test_a_key_that_is_free_again_goes_to_the_next_new_tag(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), "one", "two", "three")
    here.desk.tags.delete("two")
    here.desk.tags.add(here.seqs("101"), "four")
    assert [(tag.name, tag.slot) for tag in here.desk.tags.all()] == [("one", 1), ("three", 3), ("four", 2)]


@pytest.mark.parametrize("name", ["Meme", "MEME", " méme ", "ｍｅｍｅ"])
def test_a_tag_is_found_whatever_its_case_accents_and_width(here: Shelf, name: str) -> None:
    here.desk.tags.add(here.seqs("101"), "meme")
    here.desk.tags.add(here.seqs("102"), name)
    assert here.tags() == ["meme"]
    assert tagged(here, "meme") == ["101", "102"]


def test_a_name_is_one_line(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), " 评论区 \n在\t玩梗 ")
    assert here.tags() == ["评论区 在 玩梗"]


@pytest.mark.parametrize("name", ["", "  ", "\n", "\u200b", "\u2060\ufeff", "x" * 201])
def test_a_name_that_nobody_could_see_or_read_is_refused(here: Shelf, name: str) -> None:
    with pytest.raises(MarkError, match="A tag"):
        here.desk.tags.add(here.seqs("101"), "fine", name)
    assert here.tags() == []


def test_a_tag_that_is_not_there_is_named_with_those_that_are(here: Shelf) -> None:
    with pytest.raises(MarkError, match=r"no tag ‘x’\. The tags are: none yet"):
        here.desk.tags.remove(here.seqs("101"), "x")
    here.desk.tags.add(here.seqs("101"), "one", "two")
    with pytest.raises(MarkError, match="The tags are: one, two"):
        here.desk.tags.delete("x")


def test_a_tag_is_taken_from_the_posts_that_have_it(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101", "102"), "meme")
    done = here.desk.tags.remove(here.seqs("102", "103"), "meme")
    assert (change_words(done.name), done.posts) == ("untag 2 posts: meme", frozenset(here.seqs("102")))
    assert tagged(here, "meme") == ["101"]


def test_a_tag_is_toggled_off_only_where_all_have_it(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), "meme")
    here.desk.tags.toggle(here.seqs("101", "102"), "meme")
    assert tagged(here, "meme") == ["101", "102"]
    here.desk.tags.toggle(here.seqs("101", "102"), "meme")
    assert tagged(here, "meme") == []
    assert here.tags() == ["meme"]


def test_a_tag_is_renamed_on_every_post(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), "meme")
    here.desk.tags.rename("meme", "MEME")
    assert (here.mark("101").tags, here.tags()) == (("MEME",), ["MEME"])


def test_a_tag_is_not_renamed_to_another_ones_name(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), "one", "two")
    with pytest.raises(MarkError, match="merge ‘one’ into it"):
        here.desk.tags.rename("one", "TWO")


def test_a_merged_tag_is_gone_and_its_posts_have_the_other_one_once(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101", "102"), "one")
    here.desk.tags.add(here.seqs("102", "103"), "two")
    here.desk.tags.merge("one", "two")
    assert here.tags() == ["two"]
    assert tagged(here, "two") == ["102", "103", "101"]
    with pytest.raises(MarkError, match="into itself"):
        here.desk.tags.merge("two", "TWO")


def test_a_key_that_is_taken_is_exchanged(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), "one", "two", "three")
    assert change_words(here.desk.tags.set_slot("three", 1).name) == "put tag three on key 1"
    assert [tag.slot for tag in here.desk.tags.all()] == [3, 2, 1]
    assert change_words(here.desk.tags.set_slot("one", None).name) == "take tag one off its key"
    assert [tag.slot for tag in here.desk.tags.all()] == [None, 2, 1]


@pytest.mark.parametrize("key", [0, 10, -1])
def test_a_key_is_one_to_nine(here: Shelf, key: int) -> None:
    here.desk.tags.add(here.seqs("101"), "one")
    with pytest.raises(MarkError, match="1 to 9"):
        here.desk.tags.set_slot("one", key)


def test_sections_are_put_in_order_and_the_others_follow_as_they_were(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), "one", "two", "three", "four")
    here.desk.tags.order(["three", "ONE"])
    assert here.tags() == ["three", "one", "two", "four"]


def test_a_section_gets_an_introduction(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), "one")
    here.desk.tags.introduce("one", " so it\r\nbegan ")
    assert here.desk.tags.named("one").introduction == "so it\nbegan"


def test_a_quote_moves_among_the_starred_ones_of_its_section(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101", "102", "103", "104"), "one")
    here.desk.decide(here.seqs("101", "103", "104"), State.STARRED)
    here.desk.tags.move_quote(here.seq("104"), "one", -1)
    assert tagged(here, "one") == ["101", "102", "104", "103"]
    here.desk.tags.move_quote(here.seq("101"), "one", 9)
    assert tagged(here, "one") == ["104", "102", "103", "101"]
    with pytest.raises(MarkError, match="not a starred one"):
        here.desk.tags.move_quote(here.seq("102"), "one", 1)


def test_a_quote_moves_to_the_end_of_another_section_as_one_step(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), "one")
    here.desk.tags.add(here.seqs("102"), "two")
    here.desk.tags.retag(here.seq("101"), "one", "two")
    assert (tagged(here, "one"), tagged(here, "two")) == ([], ["102", "101"])
    here.desk.undo()
    assert (tagged(here, "one"), tagged(here, "two")) == (["101"], ["102"])


def test_the_tag_counts_its_posts(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101", "102"), "one")
    assert here.desk.tags.named("one").posts == 2


def test_a_quote_that_moves_to_its_own_section_stays_where_it_is(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101", "102"), "one")
    assert here.desk.tags.retag(here.seq("101"), "one", "ONE").entry is None
    assert tagged(here, "one") == ["101", "102"]


def test_a_section_that_is_named_twice_stands_where_it_was_named_first(here: Shelf) -> None:
    here.desk.tags.add(here.seqs("101"), "one", "two", "three")
    here.desk.tags.order(["two", "one", "TWO"])
    assert [(tag.name, tag.position) for tag in here.desk.tags.all()] == [("two", 0), ("one", 1), ("three", 2)]
