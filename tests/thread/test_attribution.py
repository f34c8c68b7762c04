"""Whether what captures say of a post's author agrees, and what is held back where it does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.article.outline import outline, why_left_out
from core.library import view_results
from core.models import Flag, Payload, Post, Reading
from core.query import parse
from core.readers import read
from core.readers.kit.finish import finish
from core.reasons import Reason
from core.thread.attribution import HELD, author_checks, hold_back_reason
from tests.kit.commands import Commands, post_file, thread_file
from tests.kit.sentences import sentence
from tests.kit.shelf import Shelf, capture, root, said, shelf

ROOT_ID = "1900000000000000000"
ADA = Post(ROOT_ID, "Our labels were copied.", "ada_brolly", "Ada Brolly")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    made = shelf(tmp_path, (root(), said("101")))
    yield made
    made.library.close()


def reply(number: int, author: str | None, name: str | None, **more: str) -> Post:
    """A reply to Ada's post."""
    return Post(str(int(ROOT_ID) + number), f"reply {number}", author, name, ROOT_ID, **more)  # type: ignore[arg-type]


def flags(*posts: Post, root_author: str | None = None) -> list[tuple[Flag, ...]]:
    """The doubts about each post of one capture."""
    reading = Reading(format="test", root_id=ROOT_ID, posts=posts, root_author=root_author)
    return [
        tuple(flag for flag in post.flags if flag in HELD)
        for post in finish(reading, captured_at=None, site="x.com").posts
    ]


def test_replies_by_people_with_a_name_of_their_own_are_in_no_doubt() -> None:
    assert flags(ADA, reply(1, "bo", "Bo"), reply(2, "cy", "Cy"), reply(3, "bo", "Bo")) == [()] * 4


def test_the_root_author_in_their_own_thread_is_in_no_doubt() -> None:
    assert flags(ADA, reply(1, "Ada_Brolly", "Ada Brolly ☔")) == [(), ()]


def test_a_link_that_names_another_account_is_a_doubt() -> None:
    assert flags(reply(1, "bo", None, url=f"https://x.com/cy/status/{ROOT_ID}")) == [(Flag.AUTHOR_LINK,)]


@pytest.mark.parametrize("account", ["BO", "i", "web"])
def test_a_link_in_other_case_or_without_an_account_is_none(account: str) -> None:
    assert flags(reply(1, "bo", None, url=f"https://x.com/{account}/status/{int(ROOT_ID) + 1}")) == [()]


def test_one_handle_with_two_names_is_doubted_where_the_name_is_the_rarer_one() -> None:
    posts = (reply(1, "bo", "Bo"), reply(2, "bo", "Bo"), reply(3, "bo", "Cy Mizzle"))
    assert flags(ADA, *posts) == [(), (), (), (Flag.AUTHOR_NAME,)]


def test_one_handle_with_two_names_as_often_is_doubted_throughout() -> None:
    assert flags(ADA, reply(1, "bo", "Bo"), reply(2, "bo", "Cy Mizzle")) == [
        (),
        (Flag.AUTHOR_NAME,),
        (Flag.AUTHOR_NAME,),
    ]


@pytest.mark.parametrize("name", ["bo", "BO ☔", "Ｂｏ", "B o", "@bo", "Bo\u200b"])
def test_a_name_that_reads_the_same_is_the_same(name: str) -> None:
    assert flags(ADA, reply(1, "bo", "Bo"), reply(2, "bo", name))[1:] == [(), ()]


def test_a_name_that_a_source_cut_short_is_the_same() -> None:
    assert flags(ADA, reply(1, "bo", "Bo of the Seven Umbrellas"), reply(2, "bo", "Bo of the Sev…"))[1:] == [(), ()]


@pytest.mark.parametrize("name", ["Ada Brolly", "ada brolly 🌂", "Аdа Вrоllу", "Ａｄａ Ｂｒｏｌｌｙ", "AdaBrolly"])
def test_the_root_authors_name_under_another_handle_is_a_doubt(name: str) -> None:
    assert flags(ADA, reply(1, "ada_brolly_", name))[1] == (Flag.AUTHOR_ROOT,)


@pytest.mark.parametrize("name", ["John", "小雨", "Ada"])
def test_a_short_name_is_shared_by_many_and_is_no_doubt(name: str) -> None:
    assert flags(Post(ROOT_ID, "x", "john_1", name), reply(1, "john_2", name)) == [(), ()]


def test_another_name_that_begins_like_the_root_authors_is_no_doubt() -> None:
    assert flags(ADA, reply(1, "bo", "Ada Brolly Senior"), reply(2, "cy", "Ada"))[1:] == [(), ()]


def test_two_strangers_may_share_a_name() -> None:
    assert flags(ADA, reply(1, "bo_1", "Bo Mizzle"), reply(2, "bo_2", "Bo Mizzle"))[1:] == [(), ()]


def test_the_roots_handle_with_another_name_is_a_doubt_about_the_reply() -> None:
    assert flags(ADA, reply(1, "ada_brolly", "Cy Mizzle")) == [(), (Flag.AUTHOR_ROOT,)]


def test_a_root_by_another_account_than_its_link_names_is_in_doubt() -> None:
    assert flags(ADA, root_author="mallory")[0] == (Flag.AUTHOR_LINK,)
    assert flags(ADA, root_author="i")[0] == ()


def test_one_id_with_two_authors_keeps_the_first_and_says_so() -> None:
    reading = Reading(format="test", root_id=ROOT_ID, posts=(reply(1, "bo", "Bo"), reply(1, "cy", "Cy")))
    found = finish(reading, captured_at=None, site="x.com")
    assert [(post.author, post.flags) for post in found.posts] == [("bo", (Flag.AUTHOR_CONFLICT,))]
    assert [sentence(problem.reason) for problem in found.problems] == ["comes with two authors; the first was kept"]


# The defect of x-tweet-fetcher: a reply of the root's author gets the handle of the reply before it.

NEIGHBOURS = (
    {"author": "@bo", "author_name": "Bo Drizzle", "text": "whose is it?"},
    {"author": "@bo", "author_name": "Ada Brolly", "text": "it is mine"},
    {"author": "@cy", "author_name": "Cy", "text": "no"},
)


def test_a_neighbours_handle_is_doubted_in_the_file_of_replies_alone(tmp_path: Path) -> None:
    (found,) = read(Payload("replies.json", thread_file(tmp_path / "replies.json", *NEIGHBOURS).read_bytes()))
    assert [Flag.AUTHOR_NAME in post.flags for post in found.posts] == [True, True, False]


def test_a_neighbours_handle_is_doubted_when_another_file_brings_the_root(here: Shelf) -> None:
    capture(here.library, (said("301", author="bo", author_name="Ada Brolly"), said("302", author="cy")))
    capture(here.library, (root(author_name="Ada Brolly"),))
    assert here.quote("301").post.flags == (Flag.AUTHOR_ROOT,)
    assert here.quote("302").post.flags == ()


def test_a_neighbours_handle_is_doubted_when_the_root_was_there_before(here: Shelf) -> None:
    capture(here.library, (root(author_name="Éva Brolly"),))
    capture(here.library, (said("301", author="bo", author_name="éva brolly"),))
    assert here.quote("301").post.flags == (Flag.AUTHOR_ROOT,)


# Several captures


def test_a_later_capture_with_another_author_overwrites_nothing_and_is_flagged(here: Shelf) -> None:
    capture(here.library, (said("301", author="bo"),))
    capture(here.library, (said("301", author="cy", author_name="Cy"),))
    post = here.quote("301").post
    assert (post.author, post.author_name, post.flags) == ("bo", None, (Flag.AUTHOR_CONFLICT,))
    capture(here.library, (said("301", author="dov"),))
    assert here.quote("301").post.flags == (Flag.AUTHOR_CONFLICT,)


def test_the_same_author_in_other_case_is_no_conflict(here: Shelf) -> None:
    capture(here.library, (said("301", author="bo"),))
    capture(here.library, (said("301", author="Bo"),))
    assert here.quote("301").post.flags == ()


def test_a_name_that_changed_between_captures_is_no_doubt(here: Shelf) -> None:
    capture(here.library, (said("301", author="bo", author_name="Bo"),))
    capture(here.library, (said("302", author="bo", author_name="Bo in autumn"),))
    capture(here.library, (said("301", author="bo", author_name="Bo in winter"),))
    assert [here.quote(id).post.flags for id in ("301", "302")] == [(), ()]
    assert here.quote("301").post.author_name == "Bo"


# What a doubt does


@pytest.mark.parametrize("flag", HELD)
def test_every_doubt_holds_back_with_its_reason_until_it_is_confirmed(here: Shelf, flag: Flag) -> None:
    capture(here.library, (said("301", flags=(flag,)),))
    here.desk.toggle_star(here.seqs("301"))
    ((quote, reason),) = outline(here.library, here.thread_id, "zh").held_back
    assert (quote.post.id, sentence(reason)) == (
        "301",
        f"{sentence(Reason(HELD[flag]))}; confirm it to quote it all the same",
    )
    here.desk.confirm(here.seqs("301"))
    assert outline(here.library, here.thread_id, "zh").held_back == ()
    assert why_left_out(here.quote("301")) is None


@pytest.mark.parametrize("flag", [flag for flag in Flag if flag not in HELD])
def test_every_other_flag_only_warns(flag: Flag) -> None:
    assert hold_back_reason(Post("1", "x", "bo", flags=(flag,))) is None


@pytest.mark.parametrize("flag", HELD)
def test_every_doubt_can_be_filtered_by(here: Shelf, flag: Flag) -> None:
    capture(here.library, (said("301", flags=(flag,)),))
    wanted = parse(f"flag:{flag}")
    assert wanted is not None
    assert view_results.posts_fitting(here.library, here.thread_id, wanted) == {here.seq("301")}


def test_a_name_is_compared_with_the_root_of_another_capture_only_under_another_handle(here: Shelf) -> None:
    capture(here.library, (root(author_name="Ada Brolly"),))
    capture(here.library, (said("301", author="brolly", author_name="Ada in autumn"),))
    assert here.quote("301").post.flags == ()


def test_posts_as_json_say_what_is_held_back_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pullquote = Commands(capsys)
    pullquote("import", thread_file(tmp_path / "replies.json", *NEIGHBOURS), post_file(tmp_path / "post.json"))
    held = {post["text"]: post["held_back"] for post in pullquote("posts", "19000", "--json").json}
    assert held["no"] is None
    assert "another display name" in held["it is mine"]


# The checks of the author card


def fits(post: Post, root: Post | None = ADA, *others: Post) -> dict[str, bool | None]:
    """How each check comes out."""
    return {check.aspect: check.fits for check in author_checks(post, root, others)}


def test_the_checks_of_a_reply_that_fits() -> None:
    post = reply(1, "bo", "Bo", url="https://x.com/bo/status/1")
    assert fits(post, ADA, reply(2, "bo", "Bo")) == {
        "handle": True, "link": True, "name": True, "root": True, "captures": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("post", "failed"),
    [
        (reply(1, None, "Bo"), {"handle"}),
        (reply(1, "bo", "Bo", url="https://x.com/cy/status/1"), {"link"}),
        (reply(1, "bo", "Cy Mizzle"), {"name"}),
        (reply(1, "bo", "Bo", flags=(Flag.AUTHOR_ROOT,)), {"root"}),  # type: ignore[arg-type]
        (reply(1, "bo", "Bo", flags=(Flag.AUTHOR_CONFLICT,)), {"captures"}),  # type: ignore[arg-type]
    ],
)
def test_the_check_that_fails_is_the_one_at_fault(post: Post, failed: set[str]) -> None:
    assert {name for name, fit in fits(post, ADA, reply(2, "bo", "Bo")).items() if fit is False} == failed


def test_what_cannot_be_compared_is_neither_right_nor_wrong() -> None:
    found = fits(reply(1, "bo", None), None)
    assert (found["link"], found["name"], found["root"]) == (None, None, None)
