"""What x-tweet-fetcher is known to garble, in each of its versions, on invented replies."""

import json
from typing import Any

import pytest

from core.errors import FetcherSaid
from core.models import DetailKind, Flag, Payload, Post, PostStatus, Reading, TextLoss, Verdict
from core.readers import read
from tests.kit.places import DATA

ROOT = "2022000000000000000"
MINUTE = "Feb 10, 2026 · 9:05 AM UTC"


def of(value: object) -> Reading:
    (found,) = read(Payload("x.json", json.dumps(value).encode(), 1_775_000_000))
    return found


def reply(number: int = 700, **changes: object) -> dict[str, Any]:
    """A reply as the browser of February 2026 writes it."""
    made = {"author": "@nan_b", "author_name": "Nan B", "text": "The old one.", "time_ago": "2h", "likes": 9}
    return made | {"replies": 2, "views": 0, "tweet_id": str(int(ROOT) + number)} | changes


def replies(*entries: dict[str, Any], **values: object) -> tuple[Post, ...]:
    url = f"https://x.com/orla_f/status/{ROOT}"
    return of({"url": url, "username": "orla_f", "tweet_id": ROOT, "replies": list(entries), **values}).posts


@pytest.mark.parametrize("views", [10, 52, 999])
def test_views_that_may_have_been_cut_at_their_comma_are_in_doubt(views: int) -> None:
    (post,) = replies(reply(views=views))
    assert (post.views, post.flags) == (views, (Flag.DOUBTFUL_COUNTS,))


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ({"views": 0}, {}),
        ({"views": 1_000}, {}),
        ({"views": 52, "retweets": 1}, {}),
        ({"views": 52, "time_ago": MINUTE}, {}),
        ({"views": 52}, {"views_supplemented": True}),
        ({"views": 52}, {"backend": "nitter"}),
    ],
)
def test_views_of_another_version_are_in_no_doubt(changes: dict[str, Any], values: dict[str, Any]) -> None:
    (post,) = replies(reply(**changes), **values)
    assert Flag.DOUBTFUL_COUNTS not in post.flags


def test_counts_that_are_those_of_the_first_answer_are_unknown() -> None:
    first = reply(701, likes=12, replies=1, views=1_900)
    post, answer = replies(reply(likes=12, replies=1, views=1_900, thread_replies=[first]))
    assert (post.likes, post.replies, post.views, post.flags) == (None, None, None, (Flag.DOUBTFUL_COUNTS,))
    assert (answer.likes, answer.replies, answer.views, answer.flags) == (12, 1, 1_900, ())


def test_a_reply_that_is_nested_in_itself_under_another_name_is_one_and_has_its_own_counts() -> None:
    counts = {"likes": 12, "replies": 1, "views": 1_900}
    answer = reply(701, text="Why?", author="@gil_m", author_name="Gil M")
    once_more = reply(author="@orla_f", **counts, thread_replies=[answer])
    post, other = replies(reply(**counts, thread_replies=[once_more]))
    assert (post.author, post.likes, post.views, post.flags) == ("nan_b", 12, 1_900, ())
    assert (other.author, other.parent_id) == ("gil_m", post.id)


@pytest.mark.parametrize("counts", [(0, 0, 0), (12, 2, 1_900)])
def test_counts_of_nobody_and_of_ones_own_are_kept(counts: tuple[int, int, int]) -> None:
    named = dict(zip(("likes", "replies", "views"), counts, strict=True))
    post = replies(reply(**named, thread_replies=[reply(701, likes=0, replies=0, views=0)]))[0]
    assert Flag.DOUBTFUL_COUNTS not in post.flags
    assert post.likes == (counts[0] or None)


@pytest.mark.parametrize(
    ("text", "link", "is_cut"),
    [
        ("Hey", "https://mill.example/a/long/way", True),
        ("See mill.example/a/long/way", "https://www.mill.example/a/long/way/", False),
        ("See mill.example/a/lo…", "https://mill.example/a/long/way", False),
        ("See https://mill.example/a", "https://mill.example/a", False),
    ],
)
def test_a_link_that_the_text_does_not_show_tells_that_it_was_cut_there(text: str, link: str, is_cut: bool) -> None:
    (post,) = replies(reply(text=text, links=[link]))
    assert (Flag.CUT_BY_SOURCE in post.flags) is is_cut
    assert TextLoss.CUT in post.losses


def test_a_page_that_the_tool_reads_itself_is_not_cut_at_links() -> None:
    (post,) = replies(reply(text="Hey", links=["https://mill.example/a"]), backend="nitter")
    assert (post.flags, TextLoss.CUT in post.losses) == ((), False)


@pytest.mark.parametrize("name", ["nan_b", "@nan_b", "", None])
def test_a_reply_without_words_and_time_whose_name_is_its_handle_is_gone(name: str | None) -> None:
    (post,) = replies(reply(text="", author_name=name, time_ago="", likes=0, replies=0), backend="nitter")
    assert (post.author, post.author_name, post.status) == ("nan_b", None, PostStatus.UNAVAILABLE)
    assert (post.likes, post.replies, post.views) == (None, None, None)


@pytest.mark.parametrize("changes", [{"media": ["https://pbs.twimg.com/media/a.jpg"]}, {"time_ago": MINUTE}])
def test_a_reply_that_is_a_picture_or_has_a_time_is_there(changes: dict[str, Any]) -> None:
    (post,) = replies(reply(**{"text": "", "author_name": "nan_b", "time_ago": ""} | changes), backend="nitter")
    assert post.status is PostStatus.LIVE


def test_an_entry_without_a_name_keeps_the_id_by_which_it_was_known() -> None:
    stub = {"text": "Somebody's words", "time_ago": None, "likes": 0, "replies": 0, "views": 0}
    _, first = replies(reply(thread_replies=[stub]))
    _, other = replies(reply(701, thread_replies=[stub]))
    assert (first.parent_id, other.parent_id) == (None, None)
    assert first.id.startswith("h:")
    assert first.id != other.id


def v4(**changes: object) -> dict[str, Any]:
    """A document of version 4."""
    url = f"https://x.com/orla_f/status/{ROOT}"
    made: dict[str, Any] = {"schema_version": "1.0", "source": "x", "source_url": f"{url}?s=20", "canonical_url": url}
    made |= {"post_id": ROOT, "kind": "post", "title": None, "author": {"name": "Orla F", "handle": "orla_f"}}
    made |= {"published_at": "Tue Feb 10 09:00:00 +0000 2026", "post_text": "Which mill?", "media": []}
    made |= {"content_text": "Which mill?", "content_markdown": "Which mill?", "quote": None, "language": "en"}
    return made | {"metrics": {"likes": 20, "reposts": 2, "replies": 4, "views": 0}} | changes


def test_a_document_of_version_4_is_its_post() -> None:
    found = of(v4())
    (post,) = found.posts
    assert (found.format, found.root_id, found.claimed, found.verdict) == ("x-tweet-fetcher", ROOT, 4, Verdict.PARTIAL)
    assert (post.text, post.author, post.author_name, post.posted_at) == ("Which mill?", "orla_f", "Orla F", 1770714000)
    assert (post.likes, post.reposts, post.views, post.lang) == (20, 2, None, "en")


def test_a_zero_of_version_4_proves_nothing() -> None:
    assert of(v4(metrics={"likes": 0, "reposts": 0, "replies": 0, "views": 0})).verdict is Verdict.UNKNOWN


def test_the_quoted_post_of_version_4_stands_beside_the_words() -> None:
    quote = {"post_id": "2021000000000000001", "text": "An old mill", "author": {"name": "Vi", "handle": "vi_lake"}}
    (post,) = of(v4(quote=quote)).posts
    (one,) = post.details
    assert (one.kind, one.text) == (DetailKind.QUOTED_POST, "@vi_lake: An old mill")
    assert one.url == "https://x.com/vi_lake/status/2021000000000000001"


def test_an_article_of_version_4_without_words_of_its_own_has_its_body() -> None:
    (post,) = of(v4(kind="article", title="The mill", post_text="", content_text="The mill\n\nIt stands.")).posts
    assert post.text == "The mill\n\nIt stands."


def test_an_error_of_version_4_is_passed_on() -> None:
    error = {"code": "not_found", "message": "there is no such post", "retryable": False}
    with pytest.raises(FetcherSaid, match="there is no such post"):
        of({"schema_version": "1.0", "source_url": f"https://x.com/i/status/{ROOT}", "error": error})


def test_a_gone_post_of_nitter_client_keeps_its_id() -> None:
    gone = {"text": "", "username": "nan_b", "display_name": "nan_b", "time": "", "likes": 0, "replies": 0}
    gone |= {"tweet_id": str(int(ROOT) + 5), "url": f"https://x.com/nan_b/status/{int(ROOT) + 5}", "media_urls": []}
    root = {"text": "Which mill?", "username": "orla_f", "tweet_id": ROOT, "time": MINUTE, "replies": 1}
    post = of(root | {"replies_list": [gone]}).posts[1]
    assert (post.author, post.status, post.likes) == ("nan_b", PostStatus.UNAVAILABLE, None)


def detail(number: int, handle: str, text: str, **more: object) -> dict[str, Any]:
    """A tweet of tweet-detail."""
    made = {"tweet_id": str(int(ROOT) + number), "text": text, "favorite_count": 3, "reply_count": 0}
    made |= {"user": {"screen_name": handle, "name": handle, "user_id": "30"}, "is_reply": False, "is_quote": False}
    return made | {"created_at": "Tue Feb 10 09:05:00 +0000 2026"} | more


def test_what_an_answer_that_quotes_answers_is_unknown_and_stays_in_the_thread() -> None:
    quoting = detail(1, "nan_b", "This", is_reply=True, is_quote=True, related_tweet_id="2021000000000000001")
    after = detail(2, "orla_f", "Thanks", is_reply=True, related_tweet_id=quoting["tweet_id"])
    found = of({"tweets": [detail(0, "orla_f", "Which mill?"), quoting, after]})
    assert found.root_id == ROOT
    assert [post.parent_id for post in found.posts] == [None, None, quoting["tweet_id"]]
    assert [one.url for one in found.posts[1].details] == ["https://x.com/i/status/2021000000000000001"]


def test_the_short_link_of_a_picture_is_no_word_of_tweet_detail() -> None:
    picture = {"media_url": ["https://pbs.twimg.com/media/a.jpg"]}
    found = of({"tweets": [detail(0, "orla_f", "See https://t.co/realrealre https://t.co/picpicpicp", **picture)]})
    (post,) = found.posts
    assert (post.text, post.losses) == ("See https://t.co/realrealre", TextLoss.HIDDEN_LINKS)
    assert post.author_id == "30"


def test_an_advertisement_of_tweet_detail_is_no_answer() -> None:
    advert = detail(1, "shop", "Buy", is_promoted=True)
    found = of({"tweets": [detail(0, "orla_f", "Which mill?"), advert]})
    assert [post.author for post in found.posts] == ["orla_f"]


def source(number: int = 0, **more: object) -> dict[str, Any]:
    """A post for whose replies x-replies-search has searched."""
    post_id = str(int(ROOT) + number)
    made = {"id": post_id, "key": "k", "label": "l", "author": "orla_f", "text": "Which mill?"}
    made |= {"url": f"https://x.com/orla_f/status/{post_id}", "publishedAt": "2026-02-10T09:00:00Z"}
    return made | more


def test_how_many_replies_the_source_itself_has_is_claimed() -> None:
    answer = {"id": str(int(ROOT) + 1), "sourceTweetId": ROOT, "author": "nan_b", "text": "The old one.", "likes": 3}
    found = of({"sourcePosts": [source(sourceReplyCount=40)], "replies": [answer]})
    assert (found.claimed, found.verdict, found.posts[0].posted_at) == (40, Verdict.PARTIAL, 1770714000)


def test_the_posts_that_were_searched_for_are_threads_of_their_own() -> None:
    found = read(Payload("posts.json", json.dumps([source(), source(500)]).encode()))
    assert [(one.root_id, len(one.posts)) for one in found] == [(ROOT, 1), (str(int(ROOT) + 500), 1)]


def test_what_an_account_has_passed_on_is_its_authors_and_each_post_a_thread() -> None:
    found = read(Payload("user_timeline.json", (DATA / "readers" / "user_timeline.json").read_bytes(), 1_775_000_000))
    (petra,), (ada,) = (one.posts for one in found)
    assert (petra.author, petra.shared_by, petra.likes) == ("petra_test", "ada_example", 213)
    assert (ada.author, ada.shared_by) == ("ada_example", None)
    assert [one.text for one in ada.details] == ["@vi_test: An old one"]


def test_a_comment_of_another_site_with_replies_is_not_taken_for_its_output() -> None:
    found = of({"username": "nan_b", "text": "The old one.", "replies": [{"username": "abe_l", "text": "Which?"}]})
    assert found.format == "generic"


def test_what_is_gone_without_an_id_is_no_row_for_it_may_be_known_already() -> None:
    gone = reply(text="", author_name="nan_b", time_ago="")
    del gone["tweet_id"]
    url = f"https://x.com/orla_f/status/{ROOT}"
    found = of({"url": url, "tweet_id": ROOT, "replies": [reply(701), gone, gone], "backend": "nitter"})
    assert len(found.posts) == 1
    assert [problem.reason.numbers for problem in found.problems] == [(2,)]


@pytest.mark.parametrize(("text", "is_doubtful"), [("The combination is 12 34 56", True), ("I paid 12 34", False)])
def test_numbers_at_a_texts_end_may_be_counts(text: str, is_doubtful: bool) -> None:
    (post,) = replies(reply(text=text))
    assert post.text == text
    assert (Flag.DOUBTFUL_COUNTS in post.flags) is is_doubtful


def test_replies_on_lines_of_their_own_are_a_list_and_no_threads_without_replies() -> None:
    lines = [
        {"author": "@otis", "text": "It holds.", "likes": 1, "replies": 3, "tweet_id": "2022000000000000711"},
        {"author": "@petra", "text": "Not for long.", "likes": 0, "replies": 0, "tweet_id": "2022000000000000712"},
    ]
    (found,) = read(Payload("replies.jsonl", "\n".join(map(json.dumps, lines)).encode(), None))
    assert (found.format, [post.author for post in found.posts]) == ("generic", ["otis", "petra"])


def test_a_thread_whose_only_reply_has_no_author_is_its_own_and_no_list() -> None:
    reply = {"author": "", "text": "It holds.", "likes": None, "tweet_id": "2022000000000000711"}
    thread = {"url": "https://x.com/anna/status/2022000000000000700", "username": "anna", "replies": [reply]}
    (found,) = read(Payload("thread.json", json.dumps({**thread, "tweet_id": "2022000000000000700"}).encode(), None))
    assert (found.format, found.root_id) == ("x-tweet-fetcher", "2022000000000000700")
