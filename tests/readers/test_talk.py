"""Hacker News and Reddit: their shapes, on invented threads."""

import json
from typing import Any

import pytest

from core.errors import PayloadError
from core.models import Flag, Payload, PostStatus, Verdict
from core.readers import read
from tests.kit.readings import CAPTURED, of, stored, thread, tree
from tests.kit.sentences import sentence, sentences


def test_hacker_news_tree_keeps_a_deleted_comment_that_is_answered() -> None:
    found = thread("hackernews_tree.json")
    assert tree(found) == [
        ("9000001", None, "ada_sample"),
        ("9000002", "9000001", "ben_sample"),
        ("9000004", "9000002", None),
        ("9000005", "9000004", "cleo_sample"),
    ]
    assert found.posts[2].status is PostStatus.DELETED
    assert [sentence(problem.reason) for problem in found.problems] == ["1 deleted post that nobody answers; left out"]
    assert [post.status for post in found.gone] == [PostStatus.DELETED]


def test_hacker_news_texts_are_what_its_page_shows() -> None:
    root, first, *_ = thread("hackernews_tree.json").posts
    assert root.text == "Ask HN: Pens & paper?\n\nWhich pen?\n\nI've tried two."
    assert first.text == "> Which pen?\n\nSee https://example.org/pens/a/long/list"
    assert first.links == ("https://example.org/pens/a/long/list",)


def test_hacker_news_counts_that_it_hides_are_unknown() -> None:
    """Points of comments are null there."""
    root, first, *_ = thread("hackernews_tree.json").posts
    assert (root.likes, first.likes, first.replies) == (42, None, None)


def test_hacker_news_items_name_the_answers_that_are_missing() -> None:
    """The claimed total, and the ids that lead nowhere, make it partial."""
    found = thread("hackernews_items.json")
    assert tree(found) == [
        ("9100001", None, "ada_sample"),
        ("9100002", "9100001", "ben_sample"),
        ("9100005", "9100002", "dora_sample"),
    ]
    assert (found.claimed, found.verdict) == (3, Verdict.PARTIAL)
    assert sentences(found.reasons) == ("2 of ≈ 3 replies", "1 answer that the items name and the payload lacks")
    assert (found.posts[2].status, found.posts[2].text) == (PostStatus.UNAVAILABLE, "")


def test_hacker_news_items_on_lines_of_their_own_are_one_thread() -> None:
    """The official API gives each item by itself."""
    bundle = stored("hackernews_items.json")
    lines = "\n".join(json.dumps(item) for item in [bundle["post"], *bundle["comments"]])
    (found,) = read(Payload("x.jsonl", lines.encode(), CAPTURED))
    assert tree(found) == tree(thread("hackernews_items.json"))


def test_hacker_news_comment_alone_belongs_to_its_story() -> None:
    """The story's id is known though it is not there."""
    (found,) = of(stored("hackernews_tree.json")["children"][0])
    assert (found.root_id, found.url) == ("9000001", "https://news.ycombinator.com/item?id=9000001")
    assert sentences(found.reasons) == ("the payload begins at a reply, not at the post",)


def test_hacker_news_comments_without_their_story_are_under_what_is_oldest() -> None:
    """A comment between them that is missing does not make a second thread."""
    comments = [
        {"by": "ben", "id": 11, "parent": 10, "text": "a", "time": 1740823260, "type": "comment"},
        {"by": "ada", "id": 15, "parent": 12, "text": "b", "time": 1740823261, "type": "comment"},
        None,
    ]
    (found,) = of(comments)
    assert (found.root_id, tree(found)) == ("10", [("11", "10", "ben"), ("15", "12", "ada")])


def test_hacker_news_search_gives_a_thread_for_each_story() -> None:
    hits = [
        {
            "objectID": "21",
            "story_id": 20,
            "parent_id": 20,
            "author": "ben",
            "comment_text": "a",
            "created_at_i": 1740823260,
        },
        {"objectID": "30", "author": "ada", "title": "B", "points": 3, "num_comments": 0, "created_at_i": 1740823260},
        {
            "objectID": "22",
            "story_id": 20,
            "parent_id": 21,
            "author": "ada",
            "comment_text": "c",
            "created_at_i": 1740823261,
        },
    ]
    first, second = of({"hits": hits, "nbHits": 9, "page": 0, "nbPages": 3})
    assert (first.root_id, tree(first)) == ("20", [("21", "20", "ben"), ("22", "21", "ada")])
    assert (second.root_id, second.posts[0].text, second.posts[0].likes) == ("30", "B", 3)
    assert sentences(first.reasons) == ("page 1 of 3 of a search",)


def test_reddit_nests_comments_and_counts_the_stubs() -> None:
    found = thread("reddit_thread.json")
    assert tree(found) == [
        ("t3_pen01", None, "ada_sample"),
        ("t1_c1", "t3_pen01", "ben_sample"),
        ("t1_c2", "t1_c1", None),
        ("t1_c3", "t1_c2", None),
    ]
    assert sentences(found.reasons) == (
        "3 of ≈ 9 replies",
        "5 comments behind 2 “more” stubs",
        "1 place where the thread continues on another page",
    )


def test_reddit_tells_a_gone_author_from_a_gone_text() -> None:
    """Who is unknown may still have said something."""
    _, _, removed, unsigned = thread("reddit_thread.json").posts
    assert (removed.status, removed.text) == (PostStatus.UNAVAILABLE, "")
    assert (unsigned.status, unsigned.text, unsigned.flags) == (PostStatus.LIVE, "Still here", (Flag.AUTHOR_UNKNOWN,))


def test_reddit_texts_are_unescaped_once_where_they_are_escaped() -> None:
    root, first, *_ = thread("reddit_thread.json").posts
    assert (root.text, first.text) == (
        "Pens & paper\n\nWhich > best?",
        "> Which\n\n&amp; [this](https://example.org/a_(b)).",
    )
    assert thread("reddit_more.json").posts[0].text == "Raw <b> & so on"


def test_reddit_scores_that_are_hidden_are_unknown_and_those_below_zero_are_kept() -> None:
    found = thread("reddit_thread.json")
    assert sorted(post.likes for post in found.posts if post.likes is not None) == [-4, 5, 12]
    assert None in [post.likes for post in found.posts]


def test_comments_of_an_inbox_name_their_post_by_their_page() -> None:
    told = {"id": "a", "name": "t1_a", "parent_id": "t1_b", "body": "Two nibs.", "author": "ada", "score": 2}
    page = "/r/pens/comments/1abcde/which_pen/a/?context=3"
    things = [{"kind": "t1", "data": {**told, "context": page, "created_utc": 1740823260.0}}]
    (found,) = of({"kind": "Listing", "data": {"children": things}})
    assert found.root_id == "t3_1abcde"
    assert tree(found) == [("t1_a", "t1_b", "ada")]


def test_reddit_more_children_belong_to_the_post_that_they_name() -> None:
    """The post's author is known from the comments of his own."""
    found = thread("reddit_more.json")
    assert (found.root_id, found.root_author, found.verdict) == ("t3_pen01", "ada_sample", Verdict.PARTIAL)
    assert tree(found) == [("t1_c7", "t1_c1", "cleo_sample"), ("t1_c8", "t1_c7", "ada_sample")]


def test_reddit_comments_without_their_kind_are_read() -> None:
    (found,) = of(
        [{"id": "x", "link_id": "t3_y", "parent_id": "t3_y", "author": "ben", "body": "a", "created_utc": 1740823260}]
    )
    assert tree(found) == [("t1_x", "t3_y", "ben")]


def test_reddit_says_which_posts_are_pictures() -> None:
    """A link to a picture is the post's medium, another one its link."""
    post = {
        "kind": "t3",
        "data": {"id": "a", "title": "T", "author": "ada", "url": "https://i.redd.it/a.jpg", "num_comments": 0},
    }
    (found,) = of({"kind": "Listing", "data": {"children": [post]}})
    assert (found.posts[0].media, found.posts[0].links, found.verdict) == (
        ("https://i.redd.it/a.jpg",),
        (),
        Verdict.EMPTY,
    )


@pytest.mark.parametrize("name", ["hackernews_tree.json", "reddit_thread.json"])
def test_answers_nested_a_hundred_deep_are_read(name: str) -> None:
    reddit = name.startswith("reddit")
    value: Any = "" if reddit else []
    for number in range(100, 0, -1):
        if reddit:
            data = {
                "id": f"c{number}",
                "link_id": "t3_a",
                "parent_id": f"t1_c{number - 1}",
                "body": "x",
                "replies": value,
            }
            value = {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": data}]}}
        else:
            value = [{"id": number, "type": "comment", "author": "a", "text": "x", "children": value}]
    (found,) = of(value)
    assert [post.parent_id for post in found.posts[1:]] == [post.id for post in found.posts[:-1]]


def test_a_reddit_feed_gives_the_post_and_its_newest_comments_flat() -> None:
    found = thread("feed_of_reddit.xml")
    assert (found.format, found.root_id, found.root_author) == ("reddit-feed", "t3_1abcde", "ada_sample")
    assert tree(found) == [("t3_1abcde", None, "ada_sample"), ("t1_k2x3y4", None, "ben_sample")]
    root, comment = found.posts
    assert root.text == "Which pen & paper?\n\nAny & all.\n\nSecond line."
    assert root.links == ("https://example.org/a",)
    assert (comment.text, comment.likes) == ("Two nibs, 3 < 4 😭", None)
    assert comment.url == "https://www.reddit.com/r/pens/comments/1abcde/which_pen/k2x3y4/"
    assert comment.posted_at == 1740826800
    assert found.verdict is Verdict.PARTIAL


def test_another_feed_is_still_refused_as_one() -> None:
    feed = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title><entry><id>1</id></entry></feed>'
    with pytest.raises(PayloadError, match="a feed"):
        read(Payload("x.xml", feed))
