"""Discourse, GitHub and Lemmy on invented threads, and what holds for the readers of all forums."""

import json
from pathlib import Path

import pytest

from core.errors import FetcherSaid, PayloadError
from core.models import Payload, PostStatus, Verdict
from core.readers import READERS, read, reader
from core.readers.kit.document import decode
from core.readers.kit.forums import markdown_links
from tests.kit.readings import CAPTURED, READERS_DATA, of, stored, thread, tree
from tests.kit.sentences import sentences

FORUMS = ("hackernews", "reddit", "discourse", "github", "lemmy")


@pytest.mark.parametrize("file", sorted(READERS_DATA.iterdir()), ids=lambda file: file.name)
def test_a_file_of_a_forum_is_taken_by_its_own_reader_alone(file: Path) -> None:
    document = decode(Payload(file.name, file.read_bytes(), None))
    claimed = [name for name in READERS if name != "generic" and reader(name).detects(document)]
    own = [name for name in FORUMS if file.name.startswith(name)]
    assert claimed == own if own else not set(claimed) & set(FORUMS)


def test_discourse_finds_parents_by_their_numbers() -> None:
    found = thread("discourse_topic.json")
    assert tree(found) == [
        ("t/57/1", None, "ada_sample"),
        ("t/57/2", "t/57/1", "ben_sample"),
        ("t/57/4", "t/57/2", "cleo_sample"),
        ("t/57/5", "t/57/4", "dora_sample"),
    ]
    assert sentences(found.reasons) == ("3 of ≈ 4 replies", "1 post that the topic names and the payload lacks")


def test_discourse_texts_names_and_likes() -> None:
    """Quotations are marked, and no like is nought, for Discourse leaves that out."""
    root, ben, cleo, dora = thread("discourse_topic.json").posts
    assert (root.text, root.author_name, root.likes, root.views) == ("Pens & paper\n\nWhich pen?", "Ada Sample", 4, 321)
    assert (ben.text, ben.author_name, ben.likes) == ("> Which\n\nThis.\nYes :pen:", None, 0)
    assert (cleo.status, cleo.text, cleo.likes) == (PostStatus.DELETED, "", 0)
    assert dora.likes is None


def test_discourse_pages_in_one_payload_are_one_topic() -> None:
    """The numbers of one page are the parents of another."""
    topic = stored("discourse_topic.json")
    late = {
        "id": 506,
        "post_number": 6,
        "topic_id": 57,
        "username": "ben_sample",
        "cooked": "x",
        "reply_to_post_number": 5,
    }
    lines = "\n".join(json.dumps(page) for page in (topic, {"post_stream": {"posts": [late]}, "id": 57}))
    (found,) = read(Payload("https://forum.example.org/t/57.json", lines.encode(), CAPTURED))
    assert (found.verdict, found.url) == (Verdict.COMPLETE, "https://forum.example.org/t/pens-paper/57")
    assert (found.posts[-1].parent_id, found.posts[-1].url) == ("t/57/5", "https://forum.example.org/t/pens-paper/57/6")


def test_discourse_page_alone_names_the_same_thread_as_the_topic() -> None:
    """The number in the forum of a post on another page is not known there."""
    posts = [{"id": 9, "post_number": 8, "topic_id": 5, "username": "ben", "cooked": "x", "reply_to_post_number": 3}]
    (found,) = of({"post_stream": {"posts": posts}, "id": 5})
    assert (found.root_id, found.posts[0].parent_id, found.verdict) == ("t/5/1", "t/5/3", Verdict.PARTIAL)


def test_github_bundle_has_the_issue_above_its_comments() -> None:
    """The issue is known by its repository and number."""
    found = thread("github_comments.json")
    assert (found.root_author, found.verdict, found.claimed) == ("ada-sample", Verdict.COMPLETE, 2)
    assert tree(found) == [
        ("ada-sample/pen#12", None, "ada-sample"),
        ("7001", "ada-sample/pen#12", "ben-sample"),
        ("7002", "ada-sample/pen#12", None),
    ]
    root, first, _ = found.posts
    assert (root.text, root.likes) == ("It leaks\n\nAll over\nmy desk", 2)
    assert (first.media, first.links) == (("https://example.org/leak.png",), ("https://example.org/fix",))


@pytest.mark.parametrize("lines", [True, False])
def test_github_comments_alone_are_under_their_issues(lines: bool) -> None:
    link = "https://api.github.com/repos/ada-sample/pen/pulls/13"
    comments = [
        *stored("github_comments.json")["comments"],
        {"id": 1, "pull_request_url": link, "user": {"login": "ben"}, "body": "a", "diff_hunk": "@@"},
        {"id": 2, "in_reply_to_id": 1, "pull_request_url": link, "user": {"login": "ada"}, "body": "b"},
    ]
    text = "\n".join(map(json.dumps, comments)) if lines else json.dumps(comments)
    issue, pull = read(Payload("x", text.encode(), CAPTURED))
    assert (issue.root_id, len(issue.posts), issue.verdict) == ("ada-sample/pen#12", 2, Verdict.UNKNOWN)
    assert tree(pull) == [("1", "ada-sample/pen#13", "ben"), ("2", "1", "ada")]


def test_lemmy_parents_are_in_the_path_and_names_have_their_instance() -> None:
    """The post comes with its comments, and its author's name from one of them."""
    found = thread("lemmy_comments.json")
    assert tree(found) == [
        ("post/12", None, "ada_sample"),
        ("34", "post/12", "ben_sample@away.example.org"),
        ("35", "34", "ada_sample"),
    ]
    assert [post.likes for post in found.posts] == [None, 5, 1]
    assert found.posts[2].posted_at == 1740823320


def test_lemmy_version_1_has_its_counts_in_the_comment() -> None:
    comment = {"id": 3, "post_id": 1, "content": "a", "path": "0.3", "published_at": "2025-03-01T10:01:00Z", "score": 2}
    view = {"comment": {**comment, "child_count": 0}, "creator": {"id": 1, "name": "ada", "local": True}}
    (found,) = of({"items": [view], "next_page": "abc"})
    (post,) = found.posts
    assert (post.likes, post.replies, post.parent_id, post.posted_at) == (2, 0, "post/1", 1740823260)
    assert sentences(found.reasons) == ("the source has a next page",)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"message": "Not Found", "error": 404}, "Not Found"),
        ({"message": "API rate limit exceeded", "documentation_url": "https://docs.example.org"}, "API rate limit"),
        ({"errors": ["The requested URL could not be found."], "error_type": "not_found"}, "could not be found"),
        ({"error": "couldnt_find_post"}, "couldnt_find_post"),
        ({"json": {"errors": [["BAD_ID", "that id is bad"]]}}, "that id is bad"),
    ],
)
def test_a_forums_refusal_is_passed_on(value: object, words: str) -> None:
    with pytest.raises(FetcherSaid, match=words):
        of(value)


@pytest.mark.parametrize(
    "value",
    [
        {"hits": [], "nbHits": 0},
        {"kind": "Listing", "data": {"children": []}},
        {"post_stream": {"posts": []}, "id": 3},
    ],
)
def test_a_forums_empty_answer_is_no_thread(value: object) -> None:
    with pytest.raises(PayloadError, match="without any"):
        of(value)


@pytest.mark.parametrize(
    ("text", "links", "images"),
    [
        ("[a](https://example.org/a_(b)).", ("https://example.org/a_(b)",), ()),
        (
            "(see https://example.org/x, or <https://example.org/y>)",
            ("https://example.org/x", "https://example.org/y"),
            (),
        ),
        (
            "![p](https://example.org/p.png) **https://example.org/z**",
            ("https://example.org/z",),
            ("https://example.org/p.png",),
        ),
        ("none", (), ()),
    ],
)
def test_addresses_in_markdown_end_where_the_sentence_goes_on(
    text: str, links: tuple[str, ...], images: tuple[str, ...]
) -> None:
    """Brackets that belong to an address stay."""
    assert markdown_links(text) == (links, images)
