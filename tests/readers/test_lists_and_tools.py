"""Lists of Bluesky's posts, and what GitHub's command line prints, as the threads that they are of."""

from typing import Any

from core.models import Verdict
from tests.kit.readings import of, tree


def uri(key: str, account: str = "anna") -> str:
    """The uri of a post."""
    return f"at://did:plc:{account}/app.bsky.feed.post/{key}"


def view(key: str, text: str, account: str = "anna", parent: str = "", root: str = "") -> dict[str, Any]:
    """A post as a list shows it."""
    record: dict[str, Any] = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-02-10T09:00:00Z"}
    if parent:
        record["reply"] = {"root": {"uri": root or parent}, "parent": {"uri": parent}}
    author = {"did": f"did:plc:{account}", "handle": f"{account}.example"}
    return {"uri": uri(key, account), "author": author, "record": record, "replyCount": 1, "likeCount": 4}


ROOT = view("3a", "Which bridge?")
ANSWER = view("3b", "The old one.", "otis", uri("3a"))


def test_a_search_gives_each_thread_its_posts_with_their_parents() -> None:
    other = view("3z", "Good morning.", "petra")
    found = of({"posts": [ANSWER, other, ROOT], "hitsTotal": 3})
    assert [(one.format, one.root_id) for one in found] == [("bluesky", uri("3a")), ("bluesky", uri("3z", "petra"))]
    assert tree(found[0]) == [(uri("3b", "otis"), uri("3a"), "otis.example"), (uri("3a"), None, "anna.example")]


def test_a_list_that_goes_on_is_partial() -> None:
    (found,) = of({"posts": [ROOT], "cursor": "more"})
    assert found.verdict is Verdict.PARTIAL


def test_a_feed_shows_what_is_answered_and_who_passed_a_post_on() -> None:
    by = {"$type": "app.bsky.feed.defs#reasonRepost", "by": {"did": "did:plc:otis", "handle": "otis.example"}}
    (found,) = of({"feed": [{"post": ANSWER, "reply": {"root": ROOT, "parent": ROOT}}]})
    assert {post.id for post in found.posts} == {uri("3a"), uri("3b", "otis")}
    (found,) = of({"feed": [{"post": ROOT, "reason": by}]})
    assert (found.posts[0].author, found.posts[0].shared_by) == ("anna.example", "otis.example")


def test_a_bare_list_of_posts_and_one_post_are_read() -> None:
    assert tree(of([ROOT, ANSWER])[0]) == tree(of({"data": {"posts": [ROOT, ANSWER]}})[0])
    assert of(ROOT)[0].root_id == uri("3a")


PAGE = "https://github.com/pond/bridge/issues/12"
COMMENT = {
    "id": "IC_kwDO1",
    "author": {"login": "otis"},
    "body": "Not for me.",
    "createdAt": "2026-02-10T10:00:00Z",
    "reactionGroups": [{"content": "THUMBS_UP", "users": {"totalCount": 2}}],
    "url": f"{PAGE}#issuecomment-991",
}


def test_an_issue_of_the_command_line_is_that_of_the_api() -> None:
    issue = {"number": 12, "title": "It fails", "body": "Here.", "author": {"login": "anna"}, "url": PAGE}
    (found,) = of({**issue, "createdAt": "2026-02-10T09:00:00Z", "comments": [COMMENT], "reactionGroups": []})
    assert (found.format, found.root_id, found.claimed) == ("github", "pond/bridge#12", 1)
    assert tree(found) == [("pond/bridge#12", None, "anna"), ("991", "pond/bridge#12", "otis")]
    assert [(post.likes, post.url) for post in found.posts] == [(0, PAGE), (2, COMMENT["url"])]


def test_comments_of_the_command_line_name_their_issue_by_their_page() -> None:
    (found,) = of({"comments": [COMMENT]})
    assert (found.root_id, found.posts[0].id) == ("pond/bridge#12", "991")
