"""`pullquote mark`, `tags`, `undo` and `redo`: the desk without the screen."""

from pathlib import Path
from typing import Any

import pytest

from tests.kit.commands import Commands, Ran, post_file, thread_file

THREAD = "1900000000000000001"
FIRST, SECOND, THIRD = (str(int(THREAD) + 1 + number) for number in range(3))


class Desk(Commands):
    """Commands on one thread."""

    def mark(self, *arguments: object, code: int = 0) -> Ran:
        return self("mark", THREAD, *arguments, code=code)

    def post(self, id: str) -> dict[str, Any]:
        """A post as it is listed now."""
        (found,) = [post for post in self("posts", THREAD, "--json").json if post["id"] == id]
        return dict(found)

    def everything(self) -> tuple[str, str, str]:
        """All that can be seen of the marks."""
        return self("posts", THREAD, "--json").out, self("tags", THREAD, "--json").out, self("history", THREAD).out


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Desk:
    commands = Desk(capsys)
    commands("import", thread_file(tmp_path / "replies.json", {}, {}, {}), post_file(tmp_path / "post.json"))
    return commands


@pytest.mark.parametrize(
    ("flag", "state", "said"),
    [
        ("--star", "starred", "star 2 posts"),
        ("--reject", "rejected", "reject 2 posts"),
        ("--skip", "skipped", "skip 2 posts"),
    ],
)
def test_posts_are_decided(desk: Desk, flag: str, state: str, said: str) -> None:
    assert desk.mark(FIRST, SECOND, flag).lines == [said]
    assert [desk.post(id)["state"] for id in (FIRST, SECOND, THIRD)] == [state, state, "new"]


@pytest.mark.parametrize("flag", ["--undecided", "--unstar"])
def test_a_decision_is_taken_back(desk: Desk, flag: str) -> None:
    desk.mark(FIRST, "--star")
    desk.mark(FIRST, flag)
    assert desk.post(FIRST)["state"] == "new"


def test_a_post_cannot_be_two_things(desk: Desk) -> None:
    assert "not allowed with" in desk.mark(FIRST, "--star", "--reject", code=2).err


def test_tags_are_added_and_taken_away(desk: Desk) -> None:
    desk.mark(FIRST, SECOND, "--tag", "meme", "--tag", "two words")
    desk.mark(FIRST, "--untag", "MEME")
    assert (desk.post(FIRST)["tags"], desk.post(SECOND)["tags"]) == (["two words"], ["meme", "two words"])


def test_what_stands_around_a_quote_is_written_and_emptied(desk: Desk) -> None:
    desk.mark(FIRST, "--lead-in", "above", "--comment", "below", "--note", "mine", "--translation", "译文")
    desk.mark(FIRST, "--comment", "", "--translation", "")
    post = desk.post(FIRST)
    assert (post["lead_in"], post["comment"], post["note"], post["translation"]) == ("above", "", "mine", None)


def test_a_translation_into_another_language_stands_beside_the_usual_one(desk: Desk) -> None:
    desk.mark(FIRST, "--translation", "eins", "--to", "de")
    assert desk.post(FIRST)["translation"] is None
    desk.mark(FIRST, "--translation", "一")
    assert desk.post(FIRST)["translation"]["text"] == "一"


@pytest.mark.parametrize("language", ["", "中文", "z", "../zh", "zh_CN", "\x1b[2J"])
def test_what_is_no_language_is_refused(desk: Desk, language: str) -> None:
    said = desk.mark(FIRST, "--translation", "x", "--to", language, code=2)
    assert "--to wants a language" in said.err
    assert "\x1b" not in said.err


def test_a_translation_is_approved(desk: Desk) -> None:
    desk.mark(FIRST, "--translation", "一", "--approve")
    assert desk.post(FIRST)["translation"]["state"] == "approved"


def test_a_part_is_chosen_and_the_whole_again(desk: Desk) -> None:
    desk.mark(FIRST, "--excerpt", "0:2,3:5")
    assert desk.post(FIRST)["excerpt"] == [[0, 2], [3, 5]]
    desk.mark(FIRST, "--excerpt", "")
    assert desk.post(FIRST)["excerpt"] == []


@pytest.mark.parametrize(
    ("spans", "code"),
    [("x", 2), ("3", 2), ("1:2:3", 2), ("9" * 5000 + ":1", 2), ("5:3", 1), ("0:99", 1), ("0:4,2:6", 1), ("-1:3", 1)],
)
def test_a_part_that_is_none_is_refused(desk: Desk, spans: str, code: int) -> None:
    before = desk.everything()
    assert "xcerpt" in desk.mark(FIRST, f"--excerpt={spans}", code=code).err
    assert desk.everything() == before


def test_flags_are_set_and_taken_back(desk: Desk) -> None:
    desk.mark(FIRST, "--review", "--confirm", "--rating", "5")
    assert [desk.post(FIRST)[key] for key in ("review", "confirmed", "rating")] == [True, True, 5]
    desk.mark(FIRST, "--no-review", "--no-confirm", "--rating", "0")
    assert [desk.post(FIRST)[key] for key in ("review", "confirmed", "rating")] == [False, False, 0]


def test_a_post_that_is_named_twice_is_marked_once(desk: Desk) -> None:
    assert desk.mark(FIRST, f"https://x.com/reader0/status/{FIRST}", "--star").lines == ["star 1 post"]


def test_a_command_without_a_mark_says_how_to_make_one(desk: Desk) -> None:
    assert "--star" in desk.mark(FIRST, code=2).err


@pytest.mark.parametrize(
    "refused",
    [
        ("--untag", "nosuch"),
        ("--rating", "6"),
        ("--excerpt", "0:999"),
        ("--tag", " "),
        ("--closing",),
    ],
)
def test_a_mark_that_is_refused_keeps_those_beside_it_from_being_made(desk: Desk, refused: tuple[str, ...]) -> None:
    desk.mark(FIRST, "--rating", "1")
    desk("undo", THREAD)
    before = desk.everything()
    said = desk.mark(FIRST, SECOND, "--star", "--tag", "meme", "--note", "x", *refused, code=1)
    assert said.out == ""
    assert desk.everything() == before
    assert desk("redo", THREAD).lines == ["redid: rate 1 post 1"]


def test_one_post_that_is_not_there_keeps_the_others_unmarked(desk: Desk) -> None:
    assert "no post ‘77’" in desk.mark(FIRST, "77", "--star", code=1).err
    assert desk.post(FIRST)["state"] == "new"


def test_a_beginning_that_fits_several_posts_names_them(desk: Desk) -> None:
    said = desk.mark("19", "--star", code=1)
    assert "fits 4 posts" in said.err
    assert FIRST in said.err


def test_the_root_needs_no_star(desk: Desk) -> None:
    assert "always stands first" in desk.mark(THREAD, "--star", code=1).err


def test_bytes_that_are_no_text_are_kept_as_the_sign_for_that(desk: Desk) -> None:
    desk.mark(FIRST, "--tag", "a\udcff", "--note", "\udcff")
    assert (desk.post(FIRST)["tags"], desk.post(FIRST)["note"]) == (["a\ufffd"], "\ufffd")
    assert "no post ‘\ufffd’" in desk.mark("\udcff", "--star", code=1).err


def test_undo_and_redo_say_what_they_did_until_there_is_no_more(desk: Desk) -> None:
    start = desk.everything()
    desk.mark(FIRST, "--star", "--tag", "meme")
    marked = desk.everything()
    assert [desk("undo", THREAD).out for _ in range(3)] == [
        "undid: tag 1 post: meme\n", "undid: star 1 post\n", "nothing to undo\n",
    ]  # fmt: skip
    assert desk.everything() == start
    assert [desk("redo", THREAD).out for _ in range(3)] == [
        "redid: star 1 post\n", "redid: tag 1 post: meme\n", "nothing to redo\n",
    ]  # fmt: skip
    assert desk.everything() == marked


@pytest.fixture
def tagged(desk: Desk) -> Desk:
    """Three tags, of which the first is on two posts."""
    desk.mark(FIRST, "--tag", "one", "--tag", "two", "--tag", "three")
    desk.mark(SECOND, "--tag", "one")
    return desk


def names(desk: Desk) -> list[str]:
    return [tag["name"] for tag in desk("tags", THREAD, "--json").json]


def test_tags_are_listed_in_section_order(tagged: Desk) -> None:
    assert tagged("tags", THREAD).lines == ["1 one 2", "2 two 1", "3 three 1"]
    assert tagged("tags", THREAD, "--json").json[0] == {"name": "one", "slot": 1, "posts": 2, "introduction": ""}


def test_tags_are_changed_and_what_was_done_is_said_first(tagged: Desk) -> None:
    assert tagged("tags", THREAD, "--order", "three", "one").lines[0] == "order the sections"
    assert names(tagged) == ["three", "one", "two"]
    assert tagged("tags", THREAD, "--rename", "one", "First").lines[0] == "rename tag one to First"
    assert tagged("tags", THREAD, "--merge", "first", "two").lines[0] == "merge tag First into two"
    assert tagged("tags", THREAD, "--delete", "three").lines == ["delete tag three", "2 two 2"]
    tagged("tags", THREAD, "--introduce", "two", "so it began")
    assert tagged("tags", THREAD, "--json").json[0]["introduction"] == "so it began"


def test_a_tag_is_put_on_a_key_and_off_it(tagged: Desk) -> None:
    assert tagged("tags", THREAD, "--key", "three", "1").lines[1:] == ["3 one 2", "2 two 1", "1 three 1"]
    assert tagged("tags", THREAD, "--key", "three", "0").lines[-1] == "– three 1"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--rename", "nosuch", "x"), ("--rename", "one", "two"), ("--rename", "one", " "), ("--merge", "one", "one"),
        ("--delete", "nosuch"), ("--order", "nosuch"), ("--key", "one", "x"), ("--key", "one", "12"),
        ("--key", "one", "²"), ("--key", "one", "9" * 5000), ("--introduce", "nosuch", "x"),
    ],
)  # fmt: skip
def test_a_change_of_tags_that_cannot_be_made_is_refused(tagged: Desk, arguments: tuple[str, ...]) -> None:
    before = tagged.everything()
    said = tagged("tags", THREAD, *arguments, code=2 if arguments[0] == "--key" else 1)
    assert said.err.startswith("pullquote: ")
    assert said.out == ""
    assert tagged.everything() == before


def test_only_one_change_of_tags_is_made_at_a_time(tagged: Desk) -> None:
    said = tagged("tags", THREAD, "--delete", "one", "--order", "two", code=2)
    assert "not allowed with" in said.err
