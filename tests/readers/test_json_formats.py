"""The JSON formats' own shapes and defects, on invented threads."""

import json

import pytest

from core.errors import FetcherSaid, PayloadError
from core.models import Flag, Payload, PostStatus, Reading, Verdict
from core.readers import read
from core.readers.kit.fields import identifier
from tests.kit.places import DATA
from tests.kit.sentences import sentence, sentences

READERS_DATA = DATA / "readers"
ROOT = "1900000000000000000"
CAPTURED = 1_750_000_000


def thread(name: str) -> Reading:
    (found,) = read(Payload(name, (READERS_DATA / name).read_bytes(), CAPTURED))
    return found


def of(value: object) -> Reading:
    (found,) = read(Payload("x.json", json.dumps(value).encode(), CAPTURED))
    return found


def replies(*items: object, **values: object) -> Reading:
    return of({"tweet_id": ROOT, "username": "ada", "replies": list(items), "reply_count": len(items), **values})


def test_x_tweet_fetcher_keeps_four_of_five_texts_in_order() -> None:
    posts = thread("replies.json").posts
    assert [(post.author, post.text) for post in posts] == [
        ("ben_sample", "First"),
        (None, "Nobody's twin"),
        ("cleo_test", "To Ben"),
        ("dora_test", "Second"),
    ]


def test_x_tweet_fetcher_nests_answers_under_the_reply_that_holds_them() -> None:
    ben, _, cleo, dora = thread("replies.json").posts
    assert (ben.parent_id, dora.parent_id) == (ROOT, ROOT)
    assert cleo.parent_id == ben.id


def test_an_entry_of_x_tweet_fetcher_without_a_name_is_what_comes_next_whomever_it_answers() -> None:
    nobody = thread("replies.json").posts[1]
    assert (nobody.text, nobody.parent_id, nobody.author) == ("Nobody's twin", None, None)


def test_x_tweet_fetcher_flags_an_answer_without_an_author() -> None:
    assert thread("replies.json").posts[1].flags == (Flag.AUTHOR_UNKNOWN,)


def test_x_tweet_fetcher_says_how_many_repetitions_it_dropped() -> None:
    reasons = [sentence(problem.reason) for problem in thread("replies.json").problems]
    assert "1 nested text of another reply, without an author; left out" in reasons


def test_x_tweet_fetcher_takes_zero_for_unknown_in_browser_output() -> None:
    ben = thread("replies.json").posts[0]
    assert (ben.likes, ben.replies, ben.views, ben.reposts) == (12, None, None, None)


def test_x_tweet_fetcher_moves_a_date_out_of_the_name() -> None:
    dora = thread("replies.json").posts[3]
    assert (dora.author_name, dora.time_given, dora.time_precision) == (None, "4 Mar 2024", "day")


def test_x_tweet_fetcher_leaves_a_date_as_name_where_the_time_is_given() -> None:
    (post,) = replies({"author": "@a", "author_name": "4 Mar 2024", "text": "x", "time_ago": "2h"}).posts
    assert (post.author_name, post.posted_at) == ("4 Mar 2024", CAPTURED - 7200)


def test_x_tweet_fetcher_keeps_only_web_links() -> None:
    assert thread("replies.json").posts[3].media == ("https://pbs.twimg.com/media/x.jpg",)


def test_x_tweet_fetcher_v3_from_nitter_has_real_zeros_and_no_parents() -> None:
    found = replies({"author": "@a", "text": "x", "likes": 0, "replies": 0, "views": 0}, backend="nitter")
    (post,) = found.posts
    assert (post.likes, post.replies, post.reposts, post.views, post.parent_id) == (0, 0, 0, None, None)


def test_x_tweet_fetcher_v3_from_a_browser_has_no_real_zeros() -> None:
    (post,) = replies({"author": "@a", "text": "x", "likes": 0}, backend="browser").posts
    assert (post.likes, post.reposts, post.parent_id) == (None, None, ROOT)


def test_x_tweet_fetcher_does_not_take_the_ledgers_parent_for_the_parent() -> None:
    item = {"author": "@a", "text": "x", "in_reply_to_status_id": ROOT}
    assert replies(item, backend="nitter").posts[0].parent_id is None


def test_x_tweet_fetcher_without_replies_passes_on_the_warning() -> None:
    found = replies(warning="未解析到评论。")
    assert (found.posts, found.verdict, sentences(found.reasons)) == ((), Verdict.FAILED, ("未解析到评论。",))


def test_x_tweet_fetcher_with_replies_and_a_warning_is_partial() -> None:
    assert replies({"author": "@a", "text": "x"}, warning="slow").verdict is Verdict.PARTIAL


def test_x_tweet_fetcher_passes_on_an_error() -> None:
    with pytest.raises(FetcherSaid, match="all backends failed"):
        replies(error="all backends failed", error_code="all_backends_failed")


def test_x_tweet_fetcher_finds_the_root_in_the_link_where_the_id_is_damaged() -> None:
    found = of({"url": f"https://x.com/ada/status/{ROOT}", "tweet_id": 1.9e18, "username": "ada", "replies": []})
    assert found.root_id == ROOT


def test_x_tweet_fetcher_refuses_replies_to_nobody_knows_what() -> None:
    with pytest.raises(PayloadError, match="does not say which post"):
        of({"username": "ada", "replies": [{"text": "x"}], "reply_count": 1})


def test_fields_of_a_wrong_type_are_unknown_and_reported_by_place() -> None:
    found = replies({"author": "@a", "text": 5, "likes": [], "tweet_id": {}, "time_ago": {}}, "no object", None)
    assert sorted(problem.place for problem in found.problems) == [
        "replies[0].likes",
        "replies[0].text",
        "replies[0].time_ago",
        "replies[0].tweet_id",
        "replies[1]",
        "replies[2]",
    ]
    assert [(post.text, post.likes) for post in found.posts] == [("", None)]


@pytest.mark.parametrize(
    ("given", "post_id", "flag"),
    [
        (1780666889137422518, "1780666889137422518", None),
        (" 1780666889137422518 ", "1780666889137422518", None),
        (1.7806668891374226e18, "1780666889137422592", Flag.DAMAGED_ID),
        ("1.78e+18", "1780000000000000000", Flag.DAMAGED_ID),
        (5.0, "5", None),
        (True, "", None),
        (None, "", None),
        (float("nan"), "", None),
        ("x" * 999, "", None),
    ],
)
def test_ids_become_text_and_rounded_ones_are_flagged(given: object, post_id: str, flag: Flag | None) -> None:
    assert identifier(given) == (post_id, flag)


def test_fxtwitter_keeps_the_thread_and_leaves_strangers_out() -> None:
    found = thread("conversation.json")
    assert [(post.id[-12], post.author, post.parent_id and post.parent_id[-12]) for post in found.posts] == [
        ("0", "ada_example", None),
        ("1", "ada_example", "0"),
        ("2", "ben_sample", "0"),
        ("3", "cleo_test", "2"),
        ("5", None, None),
    ]


def test_fxtwitter_says_how_many_posts_it_left_out() -> None:
    assert [
        (problem.place, sentence(problem.reason).split()[0]) for problem in thread("conversation.json").problems
    ] == [
        ("thread", "1"),
        ("replies", "3"),
    ]


def test_fxtwitter_keeps_a_tombstone_with_its_status() -> None:
    gone = thread("conversation.json").posts[-1]
    assert (gone.status, gone.text, gone.flags) == (PostStatus.SUSPENDED, "", ())


def test_fxtwitter_without_a_cursor_and_with_all_replies_is_complete() -> None:
    assert thread("conversation.json").verdict is Verdict.COMPLETE


def test_fxtwitter_with_a_cursor_is_partial() -> None:
    value = json.loads((READERS_DATA / "conversation.json").read_text())
    value["cursor"] = {"bottom": "more"}
    assert of(value).verdict is Verdict.PARTIAL


def fx(**values: object) -> dict[str, object]:
    return {"text": "t", "author": {"screen_name": "ada"}, **values}


def test_fxtwitter_keeps_a_long_chain_and_flags_where_it_breaks_off() -> None:
    start = int(ROOT)
    chain = [fx(id=str(start + n), replying_to={"status": str(start + n - 1)}) for n in range(2, 5002)]
    found = of({"code": 200, "status": fx(id=ROOT), "thread": [], "replies": chain})
    assert len(found.posts) == 5001
    assert [post.id for post in found.posts if Flag.ORPHAN in post.flags] == [str(start + 2)]


def test_fxtwitter_v1_names_its_parent_and_its_quote() -> None:
    tweet = fx(id=5, replying_to="ben", replying_to_status="4", retweets=2, quote={"url": "https://x.com/c/status/3"})
    (post,) = of({"code": 200, "message": "OK", "tweet": tweet}).posts
    assert (post.id, post.parent_id, post.reposts, post.links) == ("5", "4", 2, ("https://x.com/c/status/3",))
