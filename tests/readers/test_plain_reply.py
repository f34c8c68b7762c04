"""The quick ways of reading a reply and of finishing a post end where the careful ways do."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PayloadError
from core.models import Flag, Payload, Post, Reading, TimePrecision
from core.readers import read
from core.readers.kit.finish import finish
from core.readers.x.plain_reply import plain_reply

ID = "1990000006291456000"
MADE_AT = 1_763_287_948  # (ID >> 22) + 1288834974657 ms, in seconds: 2025-11-16 10:12:28 UTC
PLAIN = {
    "author": "@mist_1",
    "author_name": "Liv ☔",
    "text": "hé, wie geht's?",
    "time_ago": "Nov 16, 2025 · 10:12 AM UTC",
    "likes": 3,
    "replies": 0,
    "views": 11,
    "retweets": 0,
    "tweet_id": ID,
}
NUMBERS = [None, True, -1, 0, 20, 10**15, 10**15 + 1, 2**63, 1.5, 3.0]
HANDLES = ["", "@", "i", "Web", "@@ada", "＠ada", " @ada ", "a" * 21, "not a handle", "p\u0430ypal"]
IDS = [int(ID), 1.99e18, "1.99e18", "20", "007", "٢٠", "12345678901234567890", str(2**42), "x"]
TIMES = [
    "Nov 16, 2025 · 10:13 AM UTC",
    "Nov 16, 2025 · 10:72 AM UTC",
    "Feb 30, 2025 · 10:12 AM UTC",
    "2h",
    "17 Apr 2024",
]
TEXTS = ["\ue801 12", "\ud800", "👩\u200d💻", "pass\u200dword", "a\nb", "a\rb", "\u202eabc", "n" * 1001, "文" * 30_000]
LINKS = [
    [],
    {},
    ["https://a.example/b"] * 2,
    ["https://a.example/\ud800"],
    ["javascript:x"],
    [None],
    "https://a.example/b",
]
VALUES = [*NUMBERS, *HANDLES, *IDS, *TIMES, *TEXTS, *LINKS]
FIELDS = [*PLAIN, "media", "links", "url", "thread_replies"]
ODD = st.one_of(st.sampled_from(VALUES), st.text(max_size=6))
CHANGES = st.dictionaries(st.sampled_from(FIELDS[:-1]), ODD, max_size=3)
CHAINS = st.lists(st.builds(lambda changes: PLAIN | {"tweet_id": f"{ID[:-1]}7"} | changes, CHANGES), max_size=2)
REPLIES = st.lists(
    st.builds(
        lambda number, changes, chain: PLAIN | {"tweet_id": ID[:-1] + number} | changes | chain,
        st.sampled_from("0123"),
        CHANGES,
        st.just({}) | st.builds(lambda answers: {"thread_replies": answers}, CHAINS),
    ),
    min_size=1,
    max_size=3,
)


def told(replies: list[object], captured_at: int | None, backend: str | None) -> list[Reading] | str:
    """The readings of a file with `replies`, or why there is none."""
    value = {"tweet_id": "1990000000000000000", "username": "ada", "backend": backend, "replies": replies}
    try:
        return read(Payload("replies.json", json.dumps(value).encode(), captured_at))
    except PayloadError as error:
        return str(error)


def careful(reply: object) -> object:
    """`reply` with a field that says nothing, and that the quick way leaves to the careful one."""
    if not isinstance(reply, dict):
        return reply
    answers = reply.get("thread_replies")
    nested = {"thread_replies": [careful(answer) for answer in answers]} if isinstance(answers, list) else {}
    return {**reply, **nested, "lang": None}


def is_same(replies: list[object], captured_at: int | None, backend: str | None) -> bool:
    """Whether both ways read the same."""
    return told(replies, captured_at, backend) == told([careful(reply) for reply in replies], captured_at, backend)


@pytest.mark.parametrize("backend", [None, "nitter"])
@pytest.mark.parametrize("name", FIELDS)
def test_a_reply_with_one_other_value_is_the_same_read_quickly_and_carefully(name: str, backend: str | None) -> None:
    assert [value for value in VALUES if not is_same([PLAIN | {name: value}], MADE_AT, backend)] == []


@pytest.mark.parametrize("name", PLAIN)
def test_a_reply_without_a_field_is_the_same_read_quickly_and_carefully(name: str) -> None:
    reply = {key: value for key, value in PLAIN.items() if key != name}
    assert is_same([reply], MADE_AT, None)
    assert is_same([reply], MADE_AT, "nitter")


@given(REPLIES, st.sampled_from([None, MADE_AT, MADE_AT - 301]), st.sampled_from([None, "nitter"]))
def test_replies_are_the_same_read_quickly_and_carefully(
    replies: list[object], captured_at: int | None, backend: str | None
) -> None:
    assert is_same(replies, captured_at, backend)


def test_a_reply_as_the_tool_prints_it_is_read_quickly() -> None:
    post = plain_reply(PLAIN, "7", None, from_html=True)
    assert post is not None
    assert (post.author, post.parent_id, post.posted_at, post.likes, post.reposts) == ("mist_1", "7", MADE_AT, 3, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"likes": "3"},
        {"retweets": -1},
        {"author": "not a handle"},
        {"tweet_id": 7},
        {"time_ago": None},
        {"lang": "de"},
    ],
)
def test_a_reply_with_an_oddity_is_left_to_the_careful_way(change: dict[str, object]) -> None:
    assert plain_reply(PLAIN | change, None, None, from_html=True) is None


def test_a_post_that_needs_nothing_is_finished_as_it_is() -> None:
    post = plain_reply(PLAIN, None, None, from_html=True)
    assert post is not None
    found = finish(Reading(format="test", root_id="7", posts=(post,)), captured_at=MADE_AT, site="x.com", detect=False)
    assert found.posts[0] is post


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"likes": 12}, Flag.ODD_COUNTS),
        ({"text": "pass\u200dword"}, Flag.INVISIBLE),
        ({"author_name": "p\u0430ypal"}, Flag.MIXED_SCRIPT),
        ({"author_name": "a" * 1001}, Flag.CUT),
        ({"media": ("https://a.example/\ud800",)}, Flag.DAMAGED_TEXT),
        ({"parent_id": "\ud800"}, Flag.DAMAGED_TEXT),
        ({"posted_at": MADE_AT + 400, "time_precision": TimePrecision.EXACT}, Flag.ODD_TIME),
    ],
)
def test_a_post_that_is_plain_but_for_one_thing_is_flagged(changes: dict[str, object], flag: Flag) -> None:
    post = plain_reply(PLAIN, None, None, from_html=True)
    assert post is not None
    whole = Reading(format="test", root_id="7", posts=(post.with_changes(**changes),))
    assert flag in finish(whole, captured_at=MADE_AT, site="x.com").posts[0].flags


def test_a_post_is_frozen() -> None:
    post = Post(id="7", text="x")
    with pytest.raises(AttributeError):
        post.text = "y"  # type: ignore[misc]
