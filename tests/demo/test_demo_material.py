"""The demo's thread and script of marks are what they claim to be, read as plain JSON."""

import json
import unicodedata
from collections import Counter
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from core.demo import demo_file

SNOWFLAKE_EPOCH_MS = 1288834974657

THREAD: dict[str, Any] = json.loads(demo_file("thread.json"))
MARKS: dict[str, Any] = json.loads(demo_file("marks.json"))
ROOT: dict[str, Any] = THREAD["status"]
REPLIES: list[dict[str, Any]] = THREAD["replies"]
TOMBSTONES = [reply for reply in REPLIES if reply["type"] == "tombstone"]
SHOWN = [reply for reply in REPLIES if reply["type"] == "status"]
STRANGERS = [reply for reply in SHOWN if reply["replying_to"] is None]
TRUE_REPLIES = [reply for reply in SHOWN if reply["replying_to"] is not None]
BY_ID = {post["id"]: post for post in (ROOT, *REPLIES)}
TEXT_MARKS = [*MARKS["marks"], {"post": MARKS["closing"], **MARKS["closing_mark"]}]


def second_of(post_id: str) -> int:
    """The second that a snowflake id was made in."""
    return ((int(post_id) >> 22) + SNOWFLAKE_EPOCH_MS) // 1000


def ancestors(post: dict[str, Any]) -> list[str]:
    """The ids from a reply's parent upwards, as far as they are stated."""
    above: list[str] = []
    while post.get("replying_to") is not None:
        post = BY_ID[post["replying_to"]["status"]]
        assert post["id"] not in above, "a chain of replies came back to itself"
        above.append(post["id"])
    return above


def strings(value: Any) -> list[str]:
    """Every string inside a JSON value."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in inside for text in strings(part)]


def test_the_envelope_is_that_of_a_v2_conversation() -> None:
    assert list(THREAD) == ["status", "thread", "replies", "author", "cursor", "code"]
    assert THREAD["code"] == 200
    assert THREAD["thread"] == [ROOT]
    assert THREAD["author"] == ROOT["author"]


def test_the_thread_is_long_enough_to_need_a_table() -> None:
    assert len(TRUE_REPLIES) >= 115
    assert len({reply["author"]["screen_name"] for reply in TRUE_REPLIES}) >= 80


def test_the_replies_are_written_in_many_languages() -> None:
    counted = Counter(reply["lang"] for reply in TRUE_REPLIES)
    assert {"en", "zh", "ja", "es", "de", "fr", "ar", "he", "ko", "hi"} <= set(counted)
    assert counted.most_common(1)[0][0] == "en"


def test_every_id_is_there_once() -> None:
    assert len(BY_ID) == len(REPLIES) + 1


@pytest.mark.parametrize("post", [ROOT, *SHOWN], ids=lambda post: post["id"])
def test_an_id_decodes_to_the_second_of_its_post(post: dict[str, Any]) -> None:
    stated = datetime.strptime(post["created_at"], "%a %b %d %H:%M:%S %z %Y")
    assert second_of(post["id"]) == post["created_timestamp"] == int(stated.timestamp())
    assert (stated.year, stated.month) == (2026, 10)


def test_replies_are_newer_than_what_they_answer() -> None:
    for reply in TRUE_REPLIES:
        assert int(reply["id"]) > int(reply["replying_to"]["status"])


def test_every_chain_ends_at_the_root_or_at_a_tombstone() -> None:
    ends = {ancestors(reply)[-1] for reply in TRUE_REPLIES}
    assert ends - {grave["id"] for grave in TOMBSTONES} == {ROOT["id"]}


def test_a_reply_names_the_author_of_what_it_answers() -> None:
    for reply in TRUE_REPLIES:
        parent = BY_ID[reply["replying_to"]["status"]]
        if parent["type"] == "status":
            assert reply["replying_to"]["screen_name"] == parent["author"]["screen_name"]


def test_a_chain_is_at_least_four_deep() -> None:
    assert max(len(ancestors(reply)) for reply in TRUE_REPLIES) >= 4


def test_the_root_author_answers_in_the_own_thread() -> None:
    own = [reply for reply in TRUE_REPLIES if reply["author"]["screen_name"] == ROOT["author"]["screen_name"]]
    assert any(reply["replying_to"]["status"] == ROOT["id"] for reply in own)
    assert any(len(ancestors(reply)) >= 3 for reply in own)


def test_three_strangers_are_mixed_in() -> None:
    assert len(STRANGERS) == 3


def test_one_post_is_deleted_with_answers_and_one_is_suspended() -> None:
    assert {grave["reason"] for grave in TOMBSTONES} == {"deleted", "suspended"}
    deleted = next(grave["id"] for grave in TOMBSTONES if grave["reason"] == "deleted")
    assert sum(reply["replying_to"]["status"] == deleted for reply in TRUE_REPLIES) >= 2


def test_the_capture_is_partial() -> None:
    assert ROOT["replies"] > 10 * len(TRUE_REPLIES)
    assert THREAD["cursor"]["bottom"]


def test_one_reply_is_as_long_as_an_essay() -> None:
    long = [reply for reply in TRUE_REPLIES if len(reply["text"]) > 1000]
    assert len(long) == 1
    assert 1800 <= len(long[0]["text"]) <= 2200
    assert long[0]["text"].count("\n\n") >= 4


def test_one_reply_is_a_single_word() -> None:
    assert any(reply["text"].isascii() and reply["text"].strip(".").isalpha() for reply in TRUE_REPLIES)


def test_a_pair_and_a_trio_share_their_texts_between_accounts() -> None:
    accounts: dict[str, set[str]] = {}
    for reply in TRUE_REPLIES:
        accounts.setdefault(reply["text"], set()).add(reply["author"]["screen_name"])
    assert sorted(len(names) for names in accounts.values() if len(names) > 1) == [2, 3]


def test_some_counts_are_unknown() -> None:
    for field in ("likes", "views", "replies"):
        assert any(reply[field] is None for reply in TRUE_REPLIES), field


def test_likes_run_from_none_at_all_to_thousands() -> None:
    likes = [reply["likes"] for reply in TRUE_REPLIES if reply["likes"] is not None]
    assert min(likes) == 0
    assert max(likes) > 3000


def test_nobody_is_liked_more_often_than_seen() -> None:
    for reply in TRUE_REPLIES:
        if reply["likes"] is not None and reply["views"] is not None:
            assert reply["likes"] <= reply["views"]


def test_some_replies_run_from_right_to_left() -> None:
    kinds = {unicodedata.bidirectional(letter) for reply in TRUE_REPLIES for letter in reply["text"]}
    assert {"R", "AL"} <= kinds


@pytest.mark.parametrize(
    "mark",
    ["\N{ZERO WIDTH JOINER}", "\U0001f1eb\U0001f1ee", "\U0001f3fd", "1\ufe0f\u20e3", "\n# ", "\n|---|", "[b]", "…"],
)
def test_the_texts_hold_what_is_hard_to_show(mark: str) -> None:
    assert any(mark in f"\n{reply['text']}" for reply in TRUE_REPLIES)


def test_every_address_is_reserved_for_examples_or_a_post_itself() -> None:
    words = [word for text in strings(THREAD) for word in text.replace("(", " ").replace(")", " ").split()]
    hosts = {urlsplit(word).hostname for word in words if "://" in word}
    assert hosts == {"x.com", "example.com", "example.org"}


def test_handles_are_short_ascii() -> None:
    for reply in SHOWN:
        handle = reply["author"]["screen_name"]
        assert handle.isascii()
        assert handle.replace("_", "").isalnum()
        assert len(handle) <= 15


def test_facets_point_at_what_they_name() -> None:
    for post in (ROOT, *SHOWN):
        for facet in post["raw_text"]["facets"]:
            start, end = facet["indices"]
            assert post["raw_text"]["text"][start:end].lstrip("#@") == facet["original"]


def test_the_script_has_an_articles_worth_of_marks() -> None:
    assert 14 <= len(MARKS["marks"]) <= 16
    assert 6 <= len(MARKS["sections"]) <= 7
    assert MARKS["title"]
    assert MARKS["lang"] == "zh"


def test_every_named_post_is_a_reply_of_the_thread() -> None:
    true_ids = {reply["id"] for reply in TRUE_REPLIES}
    named = [mark["post"] for mark in TEXT_MARKS] + MARKS["rejected"] + MARKS["skipped"]
    assert set(named) <= true_ids


def test_no_post_is_decided_twice() -> None:
    named = [mark["post"] for mark in TEXT_MARKS] + MARKS["rejected"] + MARKS["skipped"]
    assert len(named) == len(set(named))


def test_tags_are_sections_in_their_order() -> None:
    order = [section["tag"] for section in MARKS["sections"]]
    used = [mark["tag"] for mark in MARKS["marks"]]
    assert list(dict.fromkeys(used)) == order
    assert used == sorted(used, key=order.index)


def test_excerpts_are_exact_and_leave_something_out() -> None:
    cut = [mark for mark in MARKS["marks"] if "excerpt" in mark]
    assert 1 <= len(cut) <= 2
    for mark in cut:
        text = BY_ID[mark["post"]]["text"]
        assert text.count(mark["excerpt"]) == 1
        assert len(mark["excerpt"]) < len(text)


def test_only_what_is_not_chinese_is_translated() -> None:
    originals = {mark["post"] for mark in TEXT_MARKS if BY_ID[mark["post"]]["lang"] == "zh"}
    assert originals == {mark["post"] for mark in TEXT_MARKS if "translation" not in mark}
    assert originals


def test_what_the_writer_adds_is_chinese() -> None:
    added = [MARKS["title"], MARKS["root_mark"]["translation"]]
    added += [section[field] for section in MARKS["sections"] for field in ("tag", "introduction")]
    fields = ("lead_in", "translation", "comment", "note")
    added += [mark[field] for mark in TEXT_MARKS for field in fields if field in mark]
    for text in added:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text), text


def test_quoted_languages_are_several() -> None:
    assert len({BY_ID[mark["post"]]["lang"] for mark in TEXT_MARKS}) >= 5
