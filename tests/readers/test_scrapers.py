"""What scrapers of X write, on invented threads and on the stored files."""

import json

import pytest

from core.errors import FetcherSaid, PayloadError
from core.models import Flag, Payload, PostStatus, Reading, Verdict
from core.readers import READERS, read, reader
from core.readers.kit.document import decode
from tests.kit.places import DATA
from tests.kit.readings import counts
from tests.kit.real import shared
from tests.kit.sentences import problem_sentences

READERS_DATA = DATA / "readers"
CAPTURED = 1_780_000_000
ROOT, BEN, CLEO = "1900000000000000000", "1900000000000000001", "1900000000000000002"
VINE = "1780666831310877100"
OURS = {
    "twscrape.jsonl": "twscrape",
    "gallery_dl.json": "gallery-dl",
    "bird.json": "bird",
    "nitter_client.json": "nitter-client",
    "text_only.txt": "x-tweet-fetcher-text",
    "tweet_detail.json": "tweet-detail",
    "replies_search.json": "x-replies-search",
}


def payload(name: str) -> Payload:
    return Payload(name, (READERS_DATA / name).read_bytes(), CAPTURED)


def threads(name: str) -> list[Reading]:
    return read(payload(name))


def thread(name: str) -> Reading:
    (found,) = threads(name)
    return found


def of(value: object) -> list[Reading]:
    return read(Payload("x.json", json.dumps(value).encode(), CAPTURED))


def lines(*values: object) -> list[Reading]:
    return read(Payload("x.jsonl", "\n".join(map(json.dumps, values)).encode(), CAPTURED))


def line(number: int) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        (READERS_DATA / "twscrape.jsonl").read_text(encoding="utf-8").splitlines()[number]
    )
    return found


@pytest.mark.parametrize(("name", "expected"), OURS.items())
def test_each_file_is_taken_by_one_reader_besides_the_generic_one(name: str, expected: str) -> None:
    document = decode(payload(name))
    assert [one for one in READERS if one != "generic" and reader(one).detects(document)] == [expected]


@pytest.mark.parametrize("name", OURS)
def test_no_invented_file_has_a_problem(name: str) -> None:
    assert [problem for found in threads(name) for problem in found.problems] == []


def test_twscrape_gives_one_reading_for_each_conversation() -> None:
    first, second = threads("twscrape.jsonl")
    assert [(post.id, post.author, post.parent_id) for post in first.posts] == [
        (ROOT, "ada_example", None),
        (BEN, "ben_sample", ROOT),
    ]
    assert (first.claimed, first.verdict) == (2, Verdict.PARTIAL)
    assert (second.root_id, second.root_author, len(second.posts)) == ("1900000000000000007", "dora_test", 1)


def test_twscrapes_texts_are_shown_as_x_shows_them() -> None:
    root, ben = threads("twscrape.jsonl")[0].posts
    assert (root.text, ben.text) == ("Tea & coffee https://tea.example/green", "Green, please")


def test_twscrapes_counts_times_and_languages_are_kept() -> None:
    root, ben = threads("twscrape.jsonl")[0].posts
    assert (counts(root), counts(ben)) == ((40, 2, 500, 3), (5, 1, None, 0))
    assert (root.posted_at, ben.posted_at) == (1_741_812_600, 1_741_813_200)
    assert (root.lang, ben.lang) == ("en", None)


def test_twscrape_names_the_picture_and_the_best_video() -> None:
    root, ben = threads("twscrape.jsonl")[0].posts
    assert root.media == ("https://pbs.twimg.com/media/tea.jpg",)
    assert ben.media == ("https://video.twimg.com/high.mp4",)


def test_twscrapes_ids_as_text_are_trusted_more_than_rounded_numbers() -> None:
    (found,) = of([line(1) | {"id": 1.9e18, "conversationId": 1.9e18, "inReplyToTweetId": 1.9e18}])
    (post,) = found.posts
    assert (post.id, post.parent_id, found.root_id, post.flags) == (BEN, ROOT, ROOT, ())


def test_a_raw_ampersand_shows_that_a_text_was_not_escaped() -> None:
    (found,) = of([line(1) | {"rawContent": "Q & A on &amp;", "displayTextRange": None}])
    assert found.posts[0].text == "Q & A on &amp;"


def test_snscrapes_older_names_are_known() -> None:
    old = {
        "_type": "snscrape.modules.twitter.Tweet",
        "id": int(BEN),
        "date": "2025-03-12T21:00:00+00:00",
        "user": {"username": "ben_sample", "displayname": "Ben"},
        "content": "Look https://t.co/aaaaaaaaaa",
        "likeCount": 5,
        "conversationId": int(ROOT),
        "outlinks": ["https://tea.example/green"],
        "tcooutlinks": ["https://t.co/aaaaaaaaaa"],
        "media": [{"_type": "snscrape.modules.twitter.Photo", "fullUrl": "https://pbs.twimg.com/media/tea.jpg"}],
    }
    (found,) = lines(old, old)
    (post,) = found.posts
    assert (found.tool, post.text) == ("snscrape", "Look https://tea.example/green")
    assert (post.links, post.media) == (("https://tea.example/green",), ("https://pbs.twimg.com/media/tea.jpg",))


def test_snscrapes_tombstone_is_a_post_that_is_not_shown() -> None:
    answer = line(1) | {"inReplyToTweetId": 5, "inReplyToTweetIdStr": "5"}
    (found,) = lines(line(0), answer, {"_type": "snscrape.modules.twitter.Tombstone", "id": 5})
    assert [(post.id, post.status) for post in found.posts] == [
        (ROOT, PostStatus.LIVE),
        (BEN, PostStatus.LIVE),
        ("5", PostStatus.UNAVAILABLE),
    ]


def test_what_is_no_tweet_among_tweets_is_reported() -> None:
    found = lines(line(0), {"_type": "snscrape.modules.twitter.User"}, line(1))[0]
    assert list(problem_sentences(found.problems)) == [("line 2", "no tweet; left out")]


def test_gallery_dl_makes_one_post_of_a_tweet_with_two_pictures() -> None:
    found = thread("gallery_dl.json")
    assert [(post.id, post.author, post.author_name, post.parent_id) for post in found.posts] == [
        (ROOT, "ada_example", "Ada", None),
        (BEN, "ben_sample", "Ben", ROOT),
    ]
    assert [counts(post) for post in found.posts] == [(40, 1, 500, 3), (5, 0, 60, 0)]
    assert found.posts[0].media == (
        "https://pbs.twimg.com/media/one.jpg?name=orig",
        "https://pbs.twimg.com/media/two.jpg?name=orig",
    )
    assert found.posts[0].links == ("https://x.com/i/status/1890000000000000000",)


def test_gallery_dls_times_are_utc() -> None:
    assert [(post.posted_at, post.time_precision) for post in thread("gallery_dl.json").posts] == [
        (1_741_812_600, "exact"),
        (1_741_813_200, "exact"),
    ]


def test_gallery_dls_error_is_passed_on() -> None:
    with pytest.raises(FetcherSaid, match="AuthRequired: 'cookies' needed"):
        of([[-1, {"error": "AuthRequired", "message": "'cookies' needed"}]])


def test_gallery_dl_of_another_site_is_refused_by_name() -> None:
    with pytest.raises(PayloadError, match="of pixiv, not of X"):
        of([[2, {"category": "pixiv", "id": 5}], [3, "https://i.example/a.png", {"category": "pixiv", "id": 5}]])


def test_birds_replies_are_under_the_conversation_without_its_root() -> None:
    found = thread("bird.json")
    assert (found.root_id, found.root_author) == (ROOT, None)
    assert [(post.id, post.author, post.parent_id) for post in found.posts] == [
        (BEN, "ben_sample", ROOT),
        (CLEO, "cleo_test", ROOT),
    ]


def test_birds_texts_are_decoded_and_otherwise_as_they_were_sent() -> None:
    assert thread("bird.json").posts[0].text == "@ada_example Tea <3"


def test_birds_cursor_makes_it_partial() -> None:
    value = json.loads((READERS_DATA / "bird.json").read_text())
    assert thread("bird.json").verdict is Verdict.PARTIAL
    assert of(value | {"nextCursor": None})[0].verdict is Verdict.UNKNOWN


def test_birds_raw_answer_has_views_and_language() -> None:
    ben, cleo = thread("bird.json").posts
    assert [(post.views, post.lang) for post in (ben, cleo)] == [(None, None), (61, "en")]
    assert cleo.links == ("https://x.com/dora_test/status/1890000000000000000",)


def test_birds_single_post_is_a_thread_without_replies() -> None:
    value = json.loads((READERS_DATA / "bird.json").read_text())["tweets"][0]
    del value["inReplyToStatusId"], value["conversationId"]
    (found,) = of(value)
    assert (found.root_id, found.claimed, [post.id for post in found.posts]) == (BEN, 1, [BEN])


def test_birds_empty_page_is_refused() -> None:
    with pytest.raises(PayloadError, match="page of bird without a tweet"):
        of({"tweets": [], "nextCursor": None})


def test_nitter_client_has_the_post_and_its_replies() -> None:
    found = thread("nitter_client.json")
    assert [(post.id, post.author, post.parent_id) for post in found.posts] == [
        (ROOT, "ada_example", None),
        (BEN, "ben_sample", None),
    ]
    assert [counts(post) for post in found.posts] == [(5, 2, None, 1), (0, 1, 9, 0)]
    assert (found.claimed, found.verdict) == (2, Verdict.PARTIAL)


def test_nitter_clients_own_text_is_decoded() -> None:
    assert thread("nitter_client.json").posts[0].text == 'Tea & "coffee"'


def test_text_only_keeps_a_line_that_looks_like_the_next_reply() -> None:
    found = thread("text_only.txt")
    assert (found.root_id, found.root_author) == (ROOT, "ada_example")
    assert [(post.author, post.author_name, post.text) for post in found.posts] == [
        ("ben_sample", "Ben", "Tea\n[2] Nobody (@no_one) · 5h"),
        ("cleo_test", None, "None"),
    ]


def test_text_only_has_counts_times_and_media() -> None:
    ben, cleo = thread("text_only.txt").posts
    assert (counts(ben), counts(cleo)) == ((3, 1, 60, None), (None, None, None, None))
    assert (ben.time_given, cleo.time_given) == ("12h", "23 Oct 2025")
    assert ben.media == ("https://pbs.twimg.com/media/tea.jpg",)


def test_text_only_in_chinese_is_the_same() -> None:
    english = (READERS_DATA / "text_only.txt").read_text(encoding="utf-8")
    link = f"https://x.com/ada_example/status/{ROOT}"
    chinese = english.replace(f"Replies to {link}", f"{link} 的评论区").replace("1 image(s)", "1 张图片")
    assert chinese != english
    (found,) = read(Payload("text_only.txt", chinese.encode(), CAPTURED))
    assert found.posts == thread("text_only.txt").posts


def test_tweet_detail_tells_a_reply_from_a_quotation() -> None:
    found = thread("tweet_detail.json")
    root, ben = found.posts
    assert (root.id, root.parent_id, root.links) == (ROOT, None, ("https://x.com/i/status/1890000000000000000",))
    assert (ben.author, ben.text, ben.parent_id, ben.links) == ("ben_sample", "Tea > coffee", ROOT, ())
    assert (found.claimed, found.verdict) == (9, Verdict.PARTIAL)
    assert (counts(root), counts(ben)) == ((40, 9, 500, 3), (5, 0, None, 0))


def test_a_search_for_replies_to_two_posts_makes_two_readings() -> None:
    first, second = threads("replies_search.json")
    assert [(post.id, post.author, post.parent_id, post.likes) for post in first.posts] == [
        (ROOT, "ada_example", None, 40),
        (BEN, "ben_sample", ROOT, 5),
        (CLEO, "dora_test", ROOT, 1),
    ]
    assert (second.root_id, [post.author for post in second.posts]) == ("1900000000000000007", ["cleo_test"])
    assert {first.captured_at, second.captured_at} == {1_741_852_800}


def bird_sample(name: str) -> Reading:
    path = shared("samples", "bird", f"derived.bird_{name}.poll{VINE}.json")
    (found,) = read(Payload(path.name, path.read_bytes(), CAPTURED))
    return found


VINE_REPLIES = [
    ("1780666889137422518", "cremieuxrecueil", VINE, 1300, 34, 15, 1713379044),
    ("1780667172303348094", "TheQuartering", VINE, 2046, 89, 25, 1713379111),
    ("1780670304609509436", "DonutOperator", VINE, 1883, 15, 17, 1713379858),
]


@pytest.mark.parametrize(("name", "start"), [("replies", 0), ("replies_paged", 0), ("thread", 1)])
def test_birds_stored_files_have_three_replies_to_one_post(name: str, start: int) -> None:
    found = bird_sample(name)
    told = [(p.id, p.author, p.parent_id, p.likes, p.replies, p.reposts, p.posted_at) for p in found.posts]
    assert (found.format, found.root_id, told[start:], len(told)) == ("bird", VINE, VINE_REPLIES, 3 + start)
    assert found.problems == ()


def test_birds_stored_thread_has_its_root() -> None:
    found = bird_sample("thread")
    root = found.posts[0]
    assert (root.id, root.author, root.text, counts(root)) == (
        VINE,
        "elonmusk",
        "Bring back Vine?",
        (33991, 10731, None, 6056),
    )
    assert (found.claimed, found.verdict) == (10731, Verdict.PARTIAL)


def test_gallery_dls_stored_file_is_one_post() -> None:
    path = shared("samples", "gallery_dl", "derived.1981392980062704078.json")
    (found,) = read(Payload(path.name, path.read_bytes(), CAPTURED))
    (post,) = found.posts
    assert (found.format, found.root_id, found.claimed, found.verdict) == (
        "gallery-dl",
        "1981392980062704078",
        76,
        Verdict.PARTIAL,
    )
    assert (post.author, post.author_name, post.lang, post.posted_at) == ("CNN", "CNN", "en", 1_761_235_873)
    assert counts(post) == (150, 76, 85622, 46)
    assert post.text == "Mortgage rates fall to lowest level in more than a year. https://cnn.it/48J1Qzt"
    assert post.flags == ()


@pytest.mark.parametrize("name", ["bird.json", "gallery_dl.json", "tweet_detail.json"])
def test_rounded_ids_are_flagged(name: str) -> None:
    text = (READERS_DATA / name).read_text(encoding="utf-8")
    for post_id in (BEN, f'"{BEN}"'):
        text = text.replace(f'id": {post_id}', 'id": 1.9e18')
    found = read(Payload(name, text.encode(), CAPTURED))[0]
    assert any(Flag.DAMAGED_ID in post.flags for post in found.posts)
