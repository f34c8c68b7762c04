"""The stored real files are read with exactly what they hold; the facts below were taken from them by eye."""

import json
from pathlib import Path

import pytest

from core.errors import FetcherSaid, PayloadError
from core.models import Flag, Payload, Post, Reading, Verdict
from core.readers import read
from tests.kit.places import SHARED
from tests.kit.readings import counts
from tests.kit.sentences import sentence

SAMPLES = SHARED / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")

CAPTURED = 1_780_000_000
VINE = "1780666831310877100"
FORTNITE = "1682072224013099008"

VINE_REPLIES = [
    ("1780666889137422518", "cremieuxrecueil", "Do it for the Vine."),
    (
        "1780667172303348094",
        "TheQuartering",
        "Just integrate into X under a different tab. No reason to have it be separate.",
    ),
    ("1780670304609509436", "DonutOperator", "Please. Keep it to short form tho."),
]
# id, author, parent, likes, replies, views
FORTNITE_REPLIES = [
    ("1697284191950348589", "Mike48702293", FORTNITE, 0, 1, 306),
    ("1697295406260953510", "FortniteStatus", "1697284191950348589", 1, 0, 298),
    ("1696563126227947775", "MV5C_", FORTNITE, 1, 1, 441),
    ("1696590973185180136", "FortniteStatus", "1696563126227947775", 3, 0, 554),
    ("1682074315682988045", "2_vedo", FORTNITE, 2, 1, 7153),
    ("1682076558897430540", "FortniteStatus", "1682074315682988045", 15, 4, 6980),
    ("1683417497502973956", "Evil_Queen2020", FORTNITE, 2, 1, 3846),
    ("1683538093448544278", "FortniteStatus", "1683417497502973956", 4, 2, 3637),
    ("1694048154403148198", "AlexRod1016", FORTNITE, 1, 1, 852),
    ("1694054280494227696", "FortniteStatus", "1694048154403148198", 2, 2, 875),
]
FORTNITE_FILES = [
    "fxtwitter/derived.fx_v2.2_conversation_1682072224013099008.json",
    "nitter_html/derived.nitter_b0d9c1d.issue56.1682072224013099008.html",
    "camofox_snapshot/derived.issue56.1682072224013099008.nitter_status.json",
    "camofox_snapshot/derived.issue56.1682072224013099008.nitter_status.snapshot.txt",
]
VINE_PAGES = [
    "nitter_html/derived.nitter_b0d9c1d.poll.1780666831310877100.html",
    "camofox_snapshot/derived.poll.1780666831310877100.nitter_status.json",
    "camofox_snapshot/derived.poll.1780666831310877100.nitter_status.snapshot.txt",
]
XTF = "x_tweet_fetcher/derived.fetch_tweet_replies.feb2026.poll.1780666831310877100.json"
XTF_MARCH = "x_tweet_fetcher/derived.fetch_tweet_replies.mar2026.poll.1780666831310877100.json"
XTF_VIDEO = "x_tweet_fetcher/derived.fetch_tweet_replies.feb2026.video.1671508600538161153.json"
XTF_V3 = "x_tweet_fetcher/derived.xtf_v3_replies.poll.1780666831310877100.json"


def sample(path: str, under: Path = SAMPLES) -> Reading:
    (found,) = read(Payload(path, (under / path).read_bytes(), CAPTURED))
    return found


def told(post: Post) -> tuple[str, str | None, str]:
    return post.id, post.author, " ".join(post.text.split())


@pytest.mark.parametrize("path", [XTF, XTF_MARCH, XTF_V3])
def test_x_tweet_fetchers_three_replies_are_all_there_is(path: str) -> None:
    found = sample(path)
    assert (found.root_id, found.root_author, found.claimed) == (VINE, "elonmusk", None)
    assert found.verdict is Verdict.UNKNOWN
    assert [told(post) for post in found.posts] == VINE_REPLIES


@pytest.mark.parametrize(("path", "parent"), [(XTF, VINE), (XTF_MARCH, VINE), (XTF_V3, None)])
def test_x_tweet_fetchers_replies_answer_the_root_only_where_that_is_sure(path: str, parent: str | None) -> None:
    assert {post.parent_id for post in sample(path).posts} == {parent}


def test_x_tweet_fetchers_counts_of_february_are_unknown() -> None:
    assert {counts(post) for post in sample(XTF).posts} == {(None, None, None, None)}


def test_x_tweet_fetchers_counts_of_march_are_kept_without_the_views() -> None:
    assert [counts(post) for post in sample(XTF_MARCH).posts] == [
        (1300, 34, None, None),
        (2046, 89, None, None),
        (1883, 15, None, None),
    ]


def test_x_tweet_fetchers_counts_of_version_3_are_kept() -> None:
    assert [counts(post) for post in sample(XTF_V3).posts] == [
        (1300, 34, 125130, 15),
        (2046, 89, 208895, 25),
        (1883, 15, 110233, 17),
    ]


@pytest.mark.parametrize("path", [XTF, XTF_V3, *VINE_PAGES])
def test_the_same_reply_has_the_same_time_in_every_format(path: str) -> None:
    found = {post.id: post for post in sample(path).posts}
    # 2024-04-17 18:37, 18:38 and 18:50 UTC as printed; the seconds are those of the ids.
    assert [found[post_id].posted_at for post_id, _, _ in VINE_REPLIES] == [1713379044, 1713379111, 1713379858]


def test_x_tweet_fetchers_dates_in_the_names_place_are_no_names() -> None:
    assert {post.author_name for post in sample(XTF).posts} == {None}


def test_x_tweet_fetchers_names_of_version_3_are_kept() -> None:
    assert [post.author_name for post in sample(XTF_V3).posts] == ["Crémieux", "TheQuartering", "Donut Operator 🍩"]


def test_x_tweet_fetchers_nine_replies_have_neither_repetitions_nor_icons() -> None:
    found = sample(XTF_VIDEO)
    assert [post.text for post in found.posts] == [
        "Yeah, Nanjing is a great city, great place to visit.",
        "That looks beautiful. Clean. Compare that to California",
        "This is Nanjing Zendai Himalayas Center.",
        "Just like the anime’s",
        "There are more details here.",
        "Cool buildings",
        "If Nanjing's nightscape were a movie, it would be a blockbuster hit that leaves you starstruck!",
        "Wow, I'd love to see the science behind the architecture and how those buildings were constructed!",
        "Dystopian",
    ]
    assert [sentence(problem.reason) for problem in found.problems] == [
        "6 nested texts of another reply, without an author; left out"
    ]
    assert found.posts[2].media == ("https://pbs.twimg.com/media/FzO6vTraMAcRbum.jpg",)


def test_x_tweet_fetchers_counts_that_cannot_be_are_flagged() -> None:
    first = sample(XTF_VIDEO).posts[0]
    assert counts(first) == (137, 4, 52, None)
    assert first.flags == (Flag.DOUBTFUL_COUNTS, Flag.ODD_COUNTS)


@pytest.mark.parametrize("path", FORTNITE_FILES)
def test_ten_replies_in_five_chains_are_nested_alike_in_every_format(path: str) -> None:
    found = sample(path)
    assert (found.root_id, found.root_author, found.claimed) == (FORTNITE, "FortniteStatus", 798)
    assert found.verdict is Verdict.PARTIAL
    root, *replies = found.posts
    assert counts(root) == (3101, 798, 1543491, 233)
    assert root.posted_at == 1689872244
    assert [(p.id, p.author, p.parent_id, p.likes, p.replies, p.views) for p in replies] == FORTNITE_REPLIES
    assert {post.reposts for post in replies} == {0}


@pytest.mark.parametrize("path", FORTNITE_FILES)
def test_the_links_and_pictures_are_alike_in_every_format(path: str) -> None:
    root, *replies = sample(path).posts
    assert root.links == (
        "http://fn.gg/support",
        "http://fn.gg/accounts",
        "https://trello.com/b/Bs7hgkma/fortnite-community-issues",
        "https://status.epicgames.com",
    )
    assert replies[5].links == ("http://fn.gg/LowFPS",)
    pictures = [link.partition("?")[0] for link in (*root.media, *replies[2].media)]
    assert pictures == [
        "https://pbs.twimg.com/media/F1fqNNNakAANOVQ.jpg",
        "https://pbs.twimg.com/media/F4tnKreX0AYJitt.jpg",
    ]


def test_fxtwitters_texts_are_those_of_the_file() -> None:
    value = json.loads((SAMPLES / FORTNITE_FILES[0]).read_text(encoding="utf-8"))
    items = [value["status"], *value["replies"]]
    texts = {item["id"]: item["text"][item["raw_text"]["display_text_range"][0] :] for item in items}
    assert {post.id: post.text for post in sample(FORTNITE_FILES[0]).posts} == texts


def test_nitters_texts_keep_their_newlines() -> None:
    texts = [post.text for post in sample(FORTNITE_FILES[1]).posts]
    assert texts[0].startswith(
        "Your one-stop shop for everything live status for #Fortnite!\n\n🗣️ Tweet @FortniteStatus for help!\n\n💁 Reach"
    )
    assert texts[0].endswith(
        "https://trello.com/b/Bs7hgkma/fortnite-community-issues\n\n🚦 Visit the Status page for server status: "
        "https://status.epicgames.com"
    )
    assert texts[6] == (
        "Hey there!👋\n\nPlease check your in-game settings to see if your FPS is set to 60. If it is, set it to your "
        "monitor's refresh rate, or Unlimited. Give this article a visit, it has many other great steps for you to "
        "look over: http://fn.gg/LowFPS. \n\nIf it persists, let us know🖥️"
    )
    assert texts[7].startswith("@FortniteStatus plz fix")


@pytest.mark.parametrize("path", FORTNITE_FILES[2:])
def test_a_snapshots_texts_are_the_pages_but_for_white_space(path: str) -> None:
    page = [" ".join(post.text.split()) for post in sample(FORTNITE_FILES[1]).posts]
    assert [post.text for post in sample(path).posts] == page


@pytest.mark.parametrize("path", VINE_PAGES)
def test_a_poll_is_no_part_of_the_text(path: str) -> None:
    found = sample(path)
    root, *replies = found.posts
    assert (root.id, root.text, root.author_name) == (VINE, "Bring back Vine?", "Elon Musk")
    assert counts(root) == (33991, 10731, 15188632, 6056)
    assert [told(post) for post in replies] == VINE_REPLIES
    assert (found.claimed, found.verdict) == (10731, Verdict.PARTIAL)
    assert {post.parent_id for post in replies} == {VINE}


def test_nitter_keeps_two_spaces_that_a_snapshot_loses() -> None:
    assert sample(VINE_PAGES[0]).posts[2].text.startswith("Just integrate into X under a different tab.  No reason")


def test_a_post_that_only_quotes_has_no_text_and_not_the_quoted_author() -> None:
    found = sample("nitter_html/derived.nitter_b0d9c1d.quote_visibility.1902059299591090335.html")
    (root,) = found.posts
    assert (root.id, root.author, root.author_name, root.text) == ("1902059299591090335", "carrionkid", "harlow", "")
    assert counts(root) == (68091, 85, 1223553, 6738)
    assert root.links == ("https://x.com/__itzt3z/status/1900793157786255768",)


@pytest.mark.parametrize(
    ("path", "root", "moment", "told_counts"),
    [
        ("derived.fx_v1.status_1780666831310877100.json", VINE, 1713379030, (33991, 10731, 15188632, 6056)),
        ("derived.fx_v1.status_20.json", "20", 1142974214, (263922, 15818, None, 123879)),
        ("derived.fx_v2.2_conversation_20.json", "20", 1142974214, (263921, 15818, None, 123880)),
    ],
)
def test_fxtwitters_single_posts_are_read(
    path: str, root: str, moment: int, told_counts: tuple[int | None, ...]
) -> None:
    found = sample(f"fxtwitter/{path}")
    (post,) = found.posts
    assert (found.root_id, post.posted_at, post.time_precision, counts(post)) == (root, moment, "exact", told_counts)
    assert (found.verdict, found.claimed) == (Verdict.PARTIAL, told_counts[1])
    assert post.flags == ()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("derived.fx_v1.status_991204.json", "NOT_FOUND"),
        ("derived.fx_v1.status_991503.json", "This post is from a suspended account"),
        ("derived.fx_v2.2_conversation_991503.json", "This post is from a suspended account"),
    ],
)
def test_fxtwitters_refusals_are_passed_on(path: str, message: str) -> None:
    with pytest.raises(FetcherSaid, match=message):
        sample(f"fxtwitter/{path}")


def test_a_block_page_is_named_as_one() -> None:
    with pytest.raises(PayloadError, match="refuses access"):
        sample("error_pages/old_reddit_network_policy_block.html")


def test_the_articles_post_is_read_with_its_counts() -> None:
    found = sample("post.json", SHARED / "seed")
    (root,) = found.posts
    assert (found.root_id, found.claimed, root.author, root.author_name) == (
        "2025997928242811253",
        4141,
        "AnthropicAI",
        "Anthropic",
    )
    assert counts(root) == (33505, 4141, 9050000, 8044)
    assert root.posted_at == 1771870521
    assert root.text.count("\n\n") == 1


@pytest.mark.parametrize(("path", "number", "likes"), [("replies.json", 19, 251), ("replies.later.json", 21, 290)])
def test_the_articles_replies_are_read_with_their_likes(path: str, number: int, likes: int) -> None:
    found = sample(path, SHARED / "seed")
    assert len(found.posts) == number
    assert [(post.author, post.likes) for post in found.posts if post.likes] == [
        ("cneuralnetwork", likes),
        ("reader05", 121),
        ("reader11", 44),
    ]
    assert {post.parent_id for post in found.posts} == {"2025997928242811253"}
    assert {(post.time_given, post.posted_at, post.time_precision) for post in found.posts} == {
        ("7h", CAPTURED - 7 * 3600, "relative")
    }


def test_the_articles_replies_keep_their_ids_in_the_later_capture() -> None:
    earlier = {post.id for post in sample("replies.json", SHARED / "seed").posts}
    later = [post for post in sample("replies.later.json", SHARED / "seed").posts if post.id not in earlier]
    assert [post.text for post in later] == [
        "Banger 🤣",
        "How dare they steal the stuff Anthropic stole from human coders??",
    ]
