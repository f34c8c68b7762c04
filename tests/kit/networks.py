"""What networks answer, in their own words: invented stories, posts, statuses and comments."""

from typing import Any

from tests.kit.played import as_json

TREE = "/api/v1/items/9000001"


def comment(number: int, parent: int, *children: dict[str, Any]) -> dict[str, Any]:
    """A comment of Hacker News, as Algolia gives it with its answers."""
    told = {"type": "comment", "author": f"reader{number}", "text": f"Comment {number}.", "points": None}
    return {
        "id": number,
        "created_at_i": 1740823260,
        "parent_id": parent,
        "story_id": 9000001,
        "options": [],
        "children": list(children),
        **told,
    }


def story(*children: dict[str, Any]) -> dict[str, Any]:
    """A story of Hacker News with its comments."""
    told = {"type": "story", "author": "ada", "title": "Which pen?", "url": None, "points": 42, "text": None}
    return {
        "id": 9000001,
        "created_at_i": 1740823200,
        "parent_id": None,
        "story_id": 9000001,
        "options": [],
        "children": list(children),
        **told,
    }


def counted(number: int) -> bytes:
    """The official API's item, with how many comments there are."""
    told = {"id": 9000001, "type": "story", "by": "ada", "title": "Which pen?", "time": 1740823200, "score": 42}
    return as_json({**told, "descendants": number, "kids": [9000002] if number else []})


def thing(number: str, parent: str, replies: object = "", **more: Any) -> dict[str, Any]:
    """A comment of Reddit."""
    told = {"body": f"Comment {number}.", "author": f"reader_{number}", "score": 3, "created_utc": 1740823260.0}
    data = {"id": number, "name": f"t1_{number}", "parent_id": parent, "link_id": "t3_1abcde", "replies": replies}
    return {"kind": "t1", "data": {**data, **told, **more}}


def listing(*children: dict[str, Any]) -> dict[str, Any]:
    """A listing of Reddit."""
    return {"kind": "Listing", "data": {"after": None, "before": None, "children": list(children)}}


def more(parent: str, *children: str) -> dict[str, Any]:
    """A "more" stub of Reddit."""
    data = {"count": len(children), "name": "t1__", "id": children[0] if children else "_", "parent_id": parent}
    return {"kind": "more", "data": {**data, "children": list(children)}}


def reddit_post(total: int) -> dict[str, Any]:
    """A post of Reddit that states how many comments it has."""
    told = {"title": "Which pen?", "selftext": "Any.", "author": "ada", "score": 12, "created_utc": 1740823200.0}
    data = {
        "id": "1abcde",
        "name": "t3_1abcde",
        "num_comments": total,
        "subreddit": "pens",
        "permalink": "/r/pens/comments/1abcde/which_pen/",
    }
    return listing({"kind": "t3", "data": {**data, **told}})


DID = "did:plc:invented"

POST = f"at://{DID}/app.bsky.feed.post/"


def node(
    key: str, answers: str | None, *replies: dict[str, Any], count: int | None = None, **rest: Any
) -> dict[str, Any]:
    """A post in a thread of Bluesky, and the one that it answers."""
    reply = {"root": {"uri": f"{POST}root", "cid": "c"}, "parent": {"uri": f"{POST}{answers}", "cid": "c"}}
    record = {"$type": "app.bsky.feed.post", "text": f"Post {key}.", "createdAt": "2026-02-07T16:28:18.966Z"}
    post = {
        "uri": f"{POST}{key}",
        "cid": "c",
        "author": {"did": DID, "handle": "ada.example.com", "displayName": "Ada"},
        "record": {**record, **({"reply": reply} if answers else {})},
        "replyCount": len(replies) if count is None else count,
        "repostCount": 0,
        "likeCount": 1,
        "indexedAt": "2026-02-07T16:28:19Z",
    }
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": list(replies), **rest}


ISSUE = "/repos/brolly/labels/issues/12"


def issue(comments: int, **more: Any) -> bytes:
    """An issue of GitHub."""
    api = f"https://api.github.com{ISSUE}"
    told = {
        "title": "Labels",
        "body": "They were copied.",
        "user": {"login": "ada"},
        "created_at": "2026-02-07T16:28:18Z",
    }
    links = {"url": api, "comments_url": f"{api}/comments", "html_url": "https://github.com/brolly/labels/issues/12"}
    return as_json({"id": 1, "number": 12, "comments": comments, **told, **links, **more})


def remark(number: int, kind: str = "issue") -> dict[str, Any]:
    """A comment on an issue, or on the code of a pull request."""
    about = (
        {"issue_url": f"https://api.github.com{ISSUE}"}
        if kind == "issue"
        else {"pull_request_url": "https://api.github.com/repos/brolly/labels/pulls/12"}
    )
    return {
        "id": number,
        "body": f"Remark {number}.",
        "user": {"login": "eva"},
        "created_at": "2026-02-08T16:28:18Z",
        **about,
    }


STATUSES = "/api/v1/statuses"


def status(number: str, parent: str | None, replies: int = 0) -> dict[str, Any]:
    """A status of Mastodon."""
    counts = {"replies_count": replies, "reblogs_count": 0, "favourites_count": 2}
    account = {"id": "7", "username": "ada", "acct": "ada", "display_name": "Ada"}
    return {
        "id": number,
        "in_reply_to_id": parent,
        "created_at": "2026-02-07T16:28:18.966Z",
        "content": f"<p>Post {number}</p>",
        "account": account,
        "visibility": "public",
        "spoiler_text": "",
        "url": f"https://social.example/@ada/{number}",
        **counts,
    }


def context(above: list[dict[str, Any]], *below: dict[str, Any]) -> bytes:
    """What a status of Mastodon answers, and what answers it."""
    return as_json({"ancestors": above, "descendants": list(below)})


def lemmy_post(comments: int) -> dict[str, Any]:
    """A post of Lemmy."""
    post = {
        "id": 12,
        "name": "Which pen?",
        "body": "Any.",
        "creator_id": 1,
        "ap_id": "https://home.example/post/12",
        "published": "2025-03-01T10:00:00Z",
        "deleted": False,
        "removed": False,
    }
    creator = {"id": 1, "name": "ada", "local": True, "actor_id": "https://home.example/u/ada"}
    return {"post": post, "creator": creator, "counts": {"score": 4, "comments": comments}}


def lemmy_comment(number: int, path: str) -> dict[str, Any]:
    """A comment of Lemmy, with its path."""
    told = {
        "id": number,
        "creator_id": 2,
        "post_id": 12,
        "content": f"Comment {number}",
        "path": path,
        "deleted": False,
        "removed": False,
        "published": "2025-03-01T10:01:00Z",
        "ap_id": f"https://home.example/comment/{number}",
    }
    creator = {"id": 2, "name": "eva", "local": True, "actor_id": "https://home.example/u/eva"}
    return {
        "comment": told,
        "creator": creator,
        "counts": {"score": 1, "child_count": 0},
        "post": lemmy_post(0)["post"],
    }


def said(number: int, to: int | None = None) -> dict[str, Any]:
    """A post of a Discourse topic."""
    return {
        "id": 1000 + number,
        "post_number": number,
        "topic_id": 57,
        "username": f"reader{number}",
        "cooked": f"<p>Post {number}</p>",
        "created_at": "2026-02-07T16:28:18.966Z",
        "reply_to_post_number": to,
        "reply_count": 0,
        "post_type": 1,
    }
