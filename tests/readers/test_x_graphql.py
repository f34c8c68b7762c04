"""X's web GraphQL on an invented conversation, and on the shapes that it has had since 2022."""

import copy
import json
from typing import Any

import pytest

from core.errors import FetcherSaid, PayloadError
from core.models import Flag, Payload, Post, PostStatus, Reading, Verdict
from core.readers import read, reader
from core.readers.kit.document import decode
from tests.kit import real
from tests.kit.places import DATA
from tests.kit.readings import post_id
from tests.kit.sentences import problem_sentences, sentence, sentences

READERS_DATA = DATA / "readers"
START = 1900000000000000000
CAPTURED = 1_750_000_000
WHOLE: dict[str, Any] = json.loads((READERS_DATA / "x_graphql.json").read_text())


def entries(value: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = value["data"]["threaded_conversation_with_injections_v2"]["instructions"][1][
        "entries"
    ]
    return found


def result(entry: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = entry["content"]["itemContent"]["tweet_results"]["result"]
    return found


def readings(value: object) -> list[Reading]:
    return read(Payload("x.json", json.dumps(value).encode(), CAPTURED))


def of(value: object) -> Reading:
    (found,) = readings(value)
    return found


def posts(value: object = WHOLE) -> dict[str, Post]:
    return {str(post.author): post for post in of(value).posts}


def lone(**changes: object) -> Post:
    tweet = copy.deepcopy(result(entries(WHOLE)[0]))
    tweet.pop("note_tweet")
    tweet["legacy"] |= {"entities": {}, **changes}
    (post,) = of({"data": {"tweetResult": {"result": tweet}}}).posts
    return post


def test_a_conversation_has_the_posts_that_belong_to_it_in_the_sources_order() -> None:
    assert [(post.author, post.parent_id) for post in of(WHOLE).posts] == [
        ("ada_example", None),
        ("ben_sample", post_id(0)),
        ("cleo_test", post_id(1)),
        ("gone_person", post_id(0)),
        ("dora_test", post_id(3)),
        (None, post_id(0)),
        ("finn_test", post_id(0)),
    ]


def test_what_was_left_out_is_said() -> None:
    assert sorted(said for _, said in problem_sentences(of(WHOLE).problems)) == [
        "1 post from X's recommendations; left out",
        "1 post from an advertiser; left out",
        "1 post of another conversation; left out",
    ]


def test_cursors_that_were_not_followed_make_it_partial() -> None:
    found = of(WHOLE)
    assert (found.claimed, found.verdict) == (6, Verdict.PARTIAL)
    assert sentences(found.reasons) == (
        "the source has further pages of replies",
        "cut short on the page (more replies): 1 chain",
    )


def test_a_page_without_cursors_that_has_all_replies_is_complete() -> None:
    value = copy.deepcopy(WHOLE)
    del entries(value)[-1], entries(value)[1]["content"]["items"][-1]
    result(entries(value)[0])["legacy"]["reply_count"] = 5
    assert of(value).verdict is Verdict.COMPLETE


def test_a_prompt_before_further_replies_is_a_reason() -> None:
    value = copy.deepcopy(WHOLE)
    entries(value)[-1]["content"]["itemContent"]["cursorType"] = "ShowMoreThreadsPrompt"
    assert "X keeps further replies behind a prompt" in sentences(of(value).reasons)


def test_a_long_post_has_its_whole_text_which_is_not_escaped() -> None:
    assert posts()["ada_example"].text == "A long post: if a < b & b &lt; c,\nsee https://example.org/proof?a=1&b=2"


def test_a_text_is_decoded_once_and_has_neither_names_before_it_nor_links_of_pictures() -> None:
    assert posts()["ben_sample"].text == "<3 👩‍🔬 Tom &amp; Jerry https://example.org/cartoon"


def test_the_range_that_is_displayed_counts_code_points() -> None:
    text = "@ada_example 👩‍🔬🇫🇷 done https://t.co/picpicpicp"
    assert lone(full_text=text, display_text_range=[13, text.index(" https")]).text == "👩‍🔬🇫🇷 done"


@pytest.mark.parametrize("span", [[4, 8], [0, 3], [5, 2], [0, 999], [-1, 4], "x", [0], [None, 4], [True, 4], None])
def test_a_range_that_would_cut_words_is_not_followed(span: object) -> None:
    assert lone(full_text="Just words here", display_text_range=span).text == "Just words here"


def test_a_post_that_is_a_picture_has_no_text() -> None:
    media = [{"url": "https://t.co/picpicpicp", "media_url_https": "https://pbs.twimg.com/media/one.jpg"}]
    post = lone(full_text="https://t.co/picpicpicp", display_text_range=[0, 0], entities={"media": media}, lang="zxx")
    assert (post.text, post.media, post.lang) == ("", ("https://pbs.twimg.com/media/one.jpg",), None)


def test_counts_are_those_of_the_source_and_views_are_unknown_where_it_gives_none() -> None:
    found = posts()
    assert [(found[name].likes, found[name].replies, found[name].views, found[name].reposts) for name in found][:3] == [
        (900, 6, 120_000, 12),
        (41, 2, 4_000, 1),
        (3, 0, None, 0),
    ]


def test_users_of_2022_and_of_2026_have_their_names() -> None:
    found = posts()
    assert [found[name].author_name for name in ("ada_example", "ben_sample")] == ["Ada", "Ben & Co"]


def test_the_best_video_and_the_quoted_post_are_linked() -> None:
    found = posts()
    assert found["ben_sample"].media == ("https://video.twimg.com/large.mp4",)
    assert found["cleo_test"].links == (f"https://x.com/quoted_one/status/{post_id(90)}",)


def test_a_post_that_is_not_shown_keeps_its_place_where_it_is_answered() -> None:
    gone = posts()["gone_person"]
    assert (gone.id, gone.text, gone.status) == (post_id(3), "", PostStatus.SUSPENDED)


def test_codes_for_no_language_are_none() -> None:
    assert [post.lang for post in of(WHOLE).posts] == ["en", "en", "zh", None, "en", None, None]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda value: value["data"],
        lambda value: {"data": {"timeline_response": value["data"]["threaded_conversation_with_injections_v2"]}},
        lambda value: {"data": {"threaded_conversation_with_injections": [*value["data"].values()][0]}},  # noqa: RUF015
        lambda value: {"result": {"data": {"data": value["data"]}}},
        lambda value: [value],
        lambda value: {"pages": [value]},
    ],
    ids=["bare", "android", "2022", "wrapped", "list", "pages"],
)
def test_the_conversation_is_found_in_whatever_is_around_it(wrap: Any) -> None:
    assert of(wrap(WHOLE)).posts == of(WHOLE).posts


def test_a_second_page_knows_its_root_without_having_it() -> None:
    value = copy.deepcopy(WHOLE)
    del entries(value)[0]
    found = of(value)
    assert (found.root_id, found.root_author, found.claimed, len(found.posts)) == (post_id(0), "ada_example", None, 6)


def test_two_pages_are_one_thread_and_the_last_one_tells_its_end() -> None:
    first, second = copy.deepcopy(WHOLE), copy.deepcopy(WHOLE)
    entries(first)[2:-1] = []
    entries(second)[:2] = []
    entries(second).pop()
    found = of([first, second])
    assert len(found.posts) == 7
    assert "the source has further pages of replies" not in sentences(found.reasons)


def test_an_ancestor_of_the_post_asked_for_is_in_the_thread_and_the_first_one_is_the_root() -> None:
    value = copy.deepcopy(WHOLE)
    ben = entries(value)[1]["content"]["items"][0]["item"]["itemContent"]["tweet_results"]["result"]
    asked = {"entryId": f"tweet-{post_id(1)}", "content": {"itemContent": {"tweet_results": {"result": ben}}}}
    entries(value)[1:] = [asked]
    found = of(value)
    assert (found.root_id, [post.author for post in found.posts]) == (post_id(0), ["ada_example", "ben_sample"])


def test_answers_to_a_post_before_its_edit_answer_it_as_it_is() -> None:
    value = copy.deepcopy(WHOLE)
    result(entries(value)[0])["edit_control"] = {
        "edit_control_initial": {"edit_tweet_ids": [post_id(-9), post_id(0)]},
    }
    finn = result_of_chain(entries(value)[5])
    finn["legacy"] |= {"in_reply_to_status_id_str": post_id(-9), "conversation_id_str": post_id(-9)}
    assert posts(value)["finn_test"].parent_id == post_id(0)


def result_of_chain(entry: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = entry["content"]["items"][0]["item"]["itemContent"]["tweet_results"]["result"]
    return found


def test_a_search_gives_a_reading_for_each_conversation() -> None:
    found = [entry for entry in entries(WHOLE) if entry["entryId"].startswith(("tweet-", "conversationthread-"))]
    timeline = {"timeline": {"instructions": [{"type": "TimelineAddEntries", "entries": found}]}}
    threads = readings({"data": {"search_by_raw_query": {"search_timeline": timeline}}})
    assert [(thread.root_id, len(thread.posts)) for thread in threads] == [(post_id(0), 5), (post_id(52), 1)]


def test_the_shape_of_the_android_application_is_read() -> None:
    tweet = {
        "__typename": "Tweet",
        "rest_id": post_id(7),
        "core": {"user_result": {"result": {"core": {"screen_name": "ada_example", "name": "Ada"}}}},
        "details": {"full_text": "One &amp; two", "display_text_range": [0, 13], "created_at_ms": "1741830274000"},
        "counts": {"favorite_count": 5, "reply_count": 0, "retweet_count": 1},
        "reply_to_results": {"rest_id": post_id(0)},
    }
    (post,) = of({"data": {"tweet_result": {"result": tweet}}}).posts
    assert (post.text, post.author, post.likes, post.reposts, post.parent_id) == (
        "One & two",
        "ada_example",
        5,
        1,
        post_id(0),
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"data": {"tweetResult": {"result": {"__typename": "TweetUnavailable", "reason": "Suspended"}}}}, "Suspended"),
        ({"errors": [{"message": "Not found", "code": 144}], "data": {}}, "Not found"),
        ({"errors": [{"message": "Over capacity"}], "data": {"tweetResult": {}}}, "Over capacity"),
    ],
)
def test_what_x_says_instead_of_a_post_is_passed_on(value: object, message: str) -> None:
    with pytest.raises(FetcherSaid, match=message):
        readings(value)


def test_an_answer_without_a_post_is_refused_in_words() -> None:
    with pytest.raises(PayloadError, match="without a post, deleted or withheld"):
        readings({"data": {"tweetResult": {}}})


def test_an_error_beside_posts_is_reported() -> None:
    found = of(WHOLE | {"errors": [{"message": "Timeout: part of it"}]})
    assert [sentence(problem.reason) for problem in found.problems if problem.place == "errors"] == [
        "Timeout: part of it"
    ]


def test_instructions_of_a_recipe_are_no_timeline() -> None:
    recipe = {"name": "Soup", "instructions": [{"type": "HowToStep", "text": "Boil"}]}
    assert not reader("x-graphql").detects(decode(Payload("x.json", json.dumps(recipe).encode())))


def test_a_post_without_an_author_is_flagged() -> None:
    value = copy.deepcopy(WHOLE)
    result(entries(value)[0])["core"] = {"user_results": {}}
    assert Flag.AUTHOR_UNKNOWN in of(value).posts[0].flags


# id, author, parent, likes, replies, views, reposts: taken from the files by eye.
SAMPLES = {
    "fx.TweetDetail.20.json": ("20", "jack", "just setting up my twttr", 263_921, 15_818, None, 123_880, "en"),
    "fx.TweetDetail.1902059299591090335.json": (
        "1902059299591090335",
        "carrionkid",
        "",
        68_091,
        85,
        1_223_553,
        6_738,
        None,
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_stored_capture_is_read_with_what_it_holds(name: str) -> None:
    (found,) = read(Payload(name, real.shared("samples", "x_graphql", name).read_bytes(), CAPTURED))
    (post,) = found.posts
    told = (post.id, post.author, post.text, post.likes, post.replies, post.views, post.reposts, post.lang)
    assert told == SAMPLES[name]
    assert (found.root_id, found.claimed, found.verdict, found.problems) == (post.id, post.replies, "partial", ())


def test_a_stored_capture_has_the_video_and_the_quoted_post() -> None:
    name = "fx.TweetDetail.1902059299591090335.json"
    (found,) = read(Payload(name, real.shared("samples", "x_graphql", name).read_bytes(), CAPTURED))
    (post,) = found.posts
    assert [link.partition("?")[0] for link in post.media] == [
        "https://video.twimg.com/ext_tw_video/1902059279190052864/pu/vid/avc1/576x1280/yhSQqEJfEU8wapy2.mp4"
    ]
    assert post.links == ("https://x.com/__itzt3z/status/1900793157786255768",)


def test_the_stored_tombstone_is_refused_with_its_words() -> None:
    name = "fx.TweetDetail.991503.json"
    data = real.shared("samples", "x_graphql", name).read_bytes()
    with pytest.raises(FetcherSaid, match="This Post is from a suspended account"):
        read(Payload(name, data, CAPTURED))
