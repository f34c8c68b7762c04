"""What X's own APIs and vxTwitter answered, on invented threads and on stored captures."""

import json
from typing import Any

import pytest

from core.errors import FetcherSaid, PayloadError
from core.models import Flag, Payload, PostStatus, Reading, Verdict
from core.readers import read
from tests.kit import real
from tests.kit.places import DATA
from tests.kit.readings import counts, post_id
from tests.kit.sentences import sentences

READERS_DATA = DATA / "readers"
START = 1900000000000000000
CAPTURED = 1_750_000_000


def data(name: str) -> list[Reading]:
    return read(Payload(name, (READERS_DATA / name).read_bytes(), CAPTURED))


def of(*values: object) -> list[Reading]:
    return read(Payload("x.jsonl", "\n".join(json.dumps(value) for value in values).encode(), CAPTURED))


def sample(folder: str, name: str) -> Reading:
    (found,) = read(Payload(name, real.shared("samples", folder, name).read_bytes(), CAPTURED))
    return found


def told(found: Reading) -> list[tuple[object, ...]]:
    return [
        (post.id, post.author, post.author_name, post.parent_id, post.text, counts(post), post.media, post.links)
        for post in found.posts
    ]


PAGES: list[dict[str, Any]] = [json.loads(line) for line in (READERS_DATA / "x_api_v2.jsonl").read_text().splitlines()]


def test_pages_of_twarc2_are_one_thread_with_the_root_that_came_along() -> None:
    (found,) = data("x_api_v2.jsonl")
    assert (found.root_id, found.root_author, found.claimed, found.tool) == (post_id(0), "ada_example", 4, "twarc2")
    assert [(post.author, post.parent_id) for post in found.posts] == [
        ("ada_example", None),
        ("cleo_test", post_id(1)),
        ("ben_sample", post_id(0)),
        ("ben_sample", post_id(3)),
        (None, None),
    ]


def test_twarc2_says_when_it_fetched() -> None:
    assert data("x_api_v2.jsonl")[0].captured_at == 1_741_910_405


def test_a_post_that_api_v2_does_not_give_has_its_status_where_it_is_answered() -> None:
    gone = data("x_api_v2.jsonl")[0].posts[-1]
    assert (gone.id, gone.status, gone.text) == (post_id(3), PostStatus.PROTECTED, "")


def test_api_v2_texts_have_full_links_and_not_those_of_pictures_and_quoted_posts() -> None:
    (found,) = data("x_api_v2.jsonl")
    assert [post.text for post in found.posts] == [
        "Is it Tom & Jerry? https://example.org/cartoon",
        "@ben_sample Yes",
        "@ada_example No",
        "@someone_gone Really?",
        "",
    ]
    assert found.posts[1].media == ("https://pbs.twimg.com/media/two.jpg",)
    assert found.posts[3].links == (f"https://x.com/ben_sample/status/{post_id(60)}",)


def test_api_v2_counts_are_kept() -> None:
    assert counts(data("x_api_v2.jsonl")[0].posts[1]) == (3, 2, 40, 1)


def test_a_count_of_views_that_is_0_is_unknown_in_api_v2() -> None:
    tweet = {"id": "5", "text": "x", "public_metrics": {"impression_count": 0, "like_count": 0}}
    assert counts(of({"data": tweet})[0].posts[0]) == (0, None, None, None)


def test_a_page_of_api_v2_that_is_not_the_last_is_partial() -> None:
    (found,) = data("x_api_v2.json")
    assert (found.verdict, sentences(found.reasons)) == (
        Verdict.PARTIAL,
        ("2 of ≈ 4 replies", "the source has further pages"),
    )


def flattened() -> list[dict[str, Any]]:
    """The posts of the two pages as `twarc2 flatten` writes them."""
    made = []
    for page in PAGES:
        users = {user["id"]: user for user in page["includes"]["users"]}
        others = {tweet["id"]: tweet for tweet in page["includes"]["tweets"]}
        media = {one["media_key"]: one for one in page["includes"].get("media", [])}
        for tweet in page["data"]:
            flat = {**tweet, "author": users[tweet["author_id"]], "__twarc": page["__twarc"]}
            if tweet["in_reply_to_user_id"] in users:
                flat["in_reply_to_user"] = users[tweet["in_reply_to_user_id"]]
            flat["referenced_tweets"] = [
                {**others[one["id"]], **one, "author": users[others[one["id"]]["author_id"]]}
                if one["id"] in others
                else one
                for one in tweet["referenced_tweets"]
            ]
            if keys := tweet.get("attachments", {}).get("media_keys"):
                flat["attachments"] = {"media_keys": keys, "media": [media[key] for key in keys]}
            made.append(flat)
    return made


@pytest.mark.parametrize("as_list", [False, True])
def test_flattened_posts_are_what_the_pages_are(as_list: bool) -> None:
    (found,) = of(flattened()) if as_list else of(*flattened())
    assert told(found) == told(data("x_api_v2.jsonl")[0])[:-1]


def test_lines_of_a_stream_are_read_as_pages_of_one_post() -> None:
    lines = [
        {"data": tweet, "includes": page["includes"], "matching_rules": [{"id": "1", "tag": "x"}]}
        for page in PAGES
        for tweet in page["data"]
    ]
    (found,) = of(*lines)
    assert told(found) == told(data("x_api_v2.jsonl")[0])[:-1]


def test_a_root_that_is_not_there_has_its_author_from_those_who_answer() -> None:
    page = {**PAGES[0], "includes": {"users": PAGES[0]["includes"]["users"]}}
    (found,) = of(page)
    assert (found.root_id, found.root_author, len(found.posts)) == (post_id(0), "ada_example", 2)


def test_without_conversations_the_chain_of_answers_leads_to_the_root() -> None:
    tweets = [
        {"id": "7", "text": "c", "author_id": "1", "referenced_tweets": [{"type": "replied_to", "id": "6"}]},
        {"id": "6", "text": "b", "author_id": "1", "referenced_tweets": [{"type": "replied_to", "id": "5"}]},
        {"id": "9", "text": "d", "author_id": "1"},
    ]
    assert [(found.root_id, len(found.posts)) for found in of({"data": tweets})] == [("5", 2), ("9", 1)]


@pytest.mark.parametrize(
    ("note", "text"),
    [("a &amp;lt; b &gt; c", "a &lt; b > c"), ("a & b &lt; c", "a & b &lt; c"), ("if a < b", "if a < b")],
)
def test_a_long_post_of_api_v2_is_decoded_only_where_it_is_escaped(note: str, text: str) -> None:
    tweet = {"id": "5", "text": "a…", "author_id": "1", "note_tweet": {"text": note}}
    assert of({"data": tweet})[0].posts[0].text == text


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        ({"meta": {"result_count": 0}}, PayloadError, "without posts"),
        (
            {"errors": [{"title": "Not Found Error", "detail": "Could not find tweet", "resource_type": "tweet"}]},
            FetcherSaid,
            "Could not find tweet",
        ),
    ],
)
def test_answers_of_api_v2_without_posts_are_refused(value: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        of(value)


def test_a_search_of_api_v1_is_sorted_into_conversations_by_what_is_answered() -> None:
    thread, other = data("x_api_v1.json")
    assert (thread.root_id, thread.root_author) == (post_id(0), "ada_example")
    assert [(post.author, post.parent_id) for post in thread.posts] == [
        ("cleo_test", post_id(1)),
        ("ben_sample", post_id(0)),
    ]
    assert [post.author for post in other.posts] == ["dora_test"]


def test_a_search_of_api_v1_with_a_next_page_is_partial() -> None:
    found = data("x_api_v1.json")[0]
    assert (found.verdict, sentences(found.reasons)) == (Verdict.PARTIAL, ("the source has further pages",))


def test_a_long_post_of_api_v1_has_its_whole_text() -> None:
    ben = data("x_api_v1.json")[0].posts[1]
    assert ben.text == "A long answer > 280. " * 12 + "End."


def test_api_v1_gives_no_number_of_replies() -> None:
    assert counts(data("x_api_v1.json")[0].posts[0]) == (7, None, None, 2)


def test_a_quoted_post_of_api_v1_is_a_link_and_no_text() -> None:
    (post,) = data("x_api_v1.json")[1].posts
    assert (post.text, post.links) == ("Of another thread", (f"https://x.com/quoted_one/status/{post_id(71)}",))


STATUSES = json.loads((READERS_DATA / "x_api_v1.json").read_text())["statuses"]


@pytest.mark.parametrize(
    "values",
    [[STATUSES], STATUSES, [{"results": STATUSES, "next": "abc"}]],
    ids=["list", "lines", "premium"],
)
def test_api_v1_posts_are_read_however_they_are_listed(values: list[object]) -> None:
    assert [found.posts for found in of(*values)] == [found.posts for found in data("x_api_v1.json")]


def test_the_archive_of_ones_own_posts_is_read_without_an_author() -> None:
    own = {"id_str": "5", "full_text": "Mine &lt;3", "display_text_range": ["0", "8"], "favorite_count": "4"}
    archive = "window.YTD.tweets.part0 = " + json.dumps([{"tweet": own}])
    (found,) = read(Payload("tweets.js", archive.encode(), CAPTURED))
    (post,) = found.posts
    assert (post.id, post.text, post.author, post.likes) == ("5", "Mine <3", None, 4)


def test_the_webs_answers_of_2020_are_read_with_their_conversations() -> None:
    tweet = {key: value for key, value in STATUSES[0].items() if key != "user"} | {
        "user_id_str": "5",
        "conversation_id_str": post_id(0),
        "full_text": "Deeper",
    }
    value = {"globalObjects": {"tweets": {"x": tweet}, "users": {"5": {"screen_name": "cleo_test", "name": "Cleo"}}}}
    (found,) = of(value)
    assert (found.root_id, found.posts[0].author, found.posts[0].text) == (post_id(0), "cleo_test", "Deeper")


def test_vxtwitter_gives_one_post_of_a_thread() -> None:
    (found,) = data("vxtwitter.json")
    (post,) = found.posts
    assert (found.root_id, found.root_author, found.tool) == (post_id(0), "ada_example", "vxTwitter")
    assert (post.id, post.author, post.parent_id, post.text) == (
        post_id(1),
        "ben_sample",
        post_id(0),
        "@ada_example Tom & Jerry",
    )
    assert (counts(post), post.lang, found.captured_at) == ((8, 0, None, 1), None, 1_741_914_000)


def test_vxtwitter_posts_on_lines_are_one_thread() -> None:
    one = json.loads((READERS_DATA / "vxtwitter.json").read_text())
    root = {**one, "tweetID": post_id(0), "tweetURL": None, "replyingToID": None, "replies": 1}
    (found,) = of(root, one)
    assert (len(found.posts), found.claimed, found.root_author) == (2, 1, "ben_sample")


@pytest.mark.parametrize("broken", [None, {}, "", 1.5])
def test_vxtwitter_without_an_id_is_refused(broken: object) -> None:
    with pytest.raises(PayloadError, match="does not give the post's id"):
        of({"tweetID": broken, "user_screen_name": "ada", "text": "x"})


# Taken from the files by eye: root, author, parent, counts, text.
VX = {
    "derived.vx.poll.0.json": ("elonmusk", None, (33991, 10731, None, 6056), "Bring back Vine?"),
    "derived.vx.poll.1.json": (
        "cremieuxrecueil",
        "1780666831310877100",
        (1300, 34, None, 15),
        "@elonmusk Do it for the Vine.",
    ),
    "derived.vx.poll.2.json": (
        "TheQuartering",
        "1780666831310877100",
        (2046, 89, None, 25),
        "@elonmusk Just integrate into X under a different tab.  No reason to have it be separate.",
    ),
    "derived.vx.video.0.json": (
        "TheFigen_",
        None,
        (30817, 534, None, 4063),
        "This is not science fiction.\nNightscape in Nanjing, China",
    ),
}


@pytest.mark.parametrize("name", VX)
def test_vxtwitters_stored_files_are_read_with_what_they_hold(name: str) -> None:
    found = sample("vxtwitter", name)
    (post,) = found.posts
    assert (post.author, post.parent_id, counts(post), post.text) == VX[name]
    assert found.root_id == (post.parent_id or post.id)
    assert found.captured_at == 1_795_406_209


def test_twarcs_stored_file_with_a_video_has_its_best_link() -> None:
    (post,) = sample("twarc2_jsonl", "twarc.media_tweet.jsonl").posts
    assert (post.id, post.author, post.text) == ("1558553189766631429", "IgorBrigadir", "She's GOING with it! 🐍")
    assert (counts(post), post.posted_at) == ((93, 3, None, 13), 1_660_423_011)
    assert post.media == (
        "https://video.twimg.com/ext_tw_video/1558552952549277696/pu/vid/1280x720/WiZrNZKT2lMzK5zA.mp4?tag=12",
    )


def test_twarcs_stored_reply_has_the_root_that_came_along_but_not_the_quoted_post() -> None:
    found = sample("twarc2_jsonl", "twarc.quoted_edit.jsonl")
    assert (found.root_id, found.claimed) == ("1576994789110992896", 14)
    assert [(post.id, post.author, post.parent_id, counts(post), post.lang) for post in found.posts] == [
        ("1576994789110992896", "wongmjane", None, (39, 14, None, 3), None),
        ("1576995594388000768", "dappdavid99", "1576994789110992896", (1, 1, None, 0), "en"),
    ]
    assert found.posts[1].text == "Test"


def test_twarcs_stored_repost_is_the_originals_words_and_says_who_passed_it_on() -> None:
    (post,) = sample("twarc2_jsonl", "twarc.two_tweets.jsonl").posts
    assert (post.id, post.author, post.shared_by, post.parent_id, post.text) == (
        "1394735776701816833",
        "bibaigna96",
        "LachiVeronica",
        None,
        "#POIUYTREWQ",
    )


def test_an_edited_posts_link_to_itself_is_no_word_of_it() -> None:
    root = sample("twarc2_jsonl", "twarc.quoted_edit.jsonl").posts[0]
    assert (root.text, root.links, root.flags) == ("hey :)", (), (Flag.EDITED_BEFORE,))
