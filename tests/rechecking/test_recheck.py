"""Quoted posts, looked at again: what each network's answers mean, and what is never taken for a deletion."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import FetchError, Unreachable
from core.library import open_library
from core.library.captures import payloads
from core.models import Payload, Post, State
from core.rechecking import RECHECKS, compare_posts, recheck_of
from core.rechecking.run import recheck
from core.thread.rechecks import RecheckFinding, RecheckOutcome
from core.transport import SourceSettings
from tests.kit.commands import Commands
from tests.kit.played import Played, as_json, http, silence
from tests.kit.shelf import Shelf, said, shelf

X = "https://x.com/ada/status/1900000000000000011"
POST = Post("1900000000000000011", "Frame it.", "ada", "Ada", url=X)


def finding(name: str, post: Post, answer: object) -> RecheckFinding:
    """What a network's recheck makes of an answer: a value, bytes, or an error."""
    by = recheck_of(post, frozenset({name}), SourceSettings())
    assert by is not None
    assert by.name == name
    if isinstance(answer, FetchError):
        return by.judge(post, answer)
    data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return by.judge(post, Payload("https://a.example/", data, 1_790_000_000))


def fx(text: str = "Frame it.", author: str = "ada", **more: Any) -> dict[str, Any]:
    tweet = {"id": POST.id, "url": X, "text": text, "author": {"screen_name": author, "name": "Ada"}, "likes": 3}
    return {"code": 200, "message": "OK", "tweet": {**tweet, "created_timestamp": 1741797420, **more}}


def tombstone(reason: str) -> dict[str, Any]:
    return {"code": 404, "message": "NOT_FOUND", "tweet": {"type": "tombstone", "reason": reason, "id": POST.id}}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (fx(), RecheckOutcome.LIVE),
        (fx("Frame  it. https://t.co/abc"), RecheckOutcome.LIVE),
        (fx("@brolly Frame it."), RecheckOutcome.LIVE),
        (fx("Burn it."), RecheckOutcome.EDITED),
        (fx(author="ada_new"), RecheckOutcome.RENAMED),
        (tombstone("suspended"), RecheckOutcome.SUSPENDED),
        (tombstone("deleted"), RecheckOutcome.DELETED),
        (tombstone("private"), RecheckOutcome.PROTECTED),
        ({"code": 404, "message": "NOT_FOUND", "tweet": None}, RecheckOutcome.DELETED),
        ({"code": 401, "message": "PRIVATE_TWEET", "tweet": None}, RecheckOutcome.PROTECTED),
        ({"code": 500, "message": "API_FAIL", "tweet": None}, RecheckOutcome.UNKNOWN),
        (b"<html><title>Just a moment...</title>", RecheckOutcome.UNKNOWN),
        (b"", RecheckOutcome.UNKNOWN),
        (b"[]", RecheckOutcome.UNKNOWN),
        (Unreachable("429", 429), RecheckOutcome.UNKNOWN),
        (Unreachable("no whole answer within 60 s"), RecheckOutcome.UNKNOWN),
        (FetchError("403", 403), RecheckOutcome.UNKNOWN),
    ],
)
def test_of_a_post_of_x(answer: object, outcome: RecheckOutcome) -> None:
    assert finding("fxtwitter", POST, answer).outcome is outcome


def test_an_edit_comes_with_the_other_text() -> None:
    assert finding("fxtwitter", POST, fx("Burn it.")) == RecheckFinding(RecheckOutcome.EDITED, "Burn it.")


def test_another_handle_comes_with_it() -> None:
    assert compare_posts(POST, Post(POST.id, "Frame it.", "ada_new")).detail == "@ada_new"


HN = Post("9000002", "Two nibs.", "ada", url="https://news.ycombinator.com/item?id=9000002")
REDDIT = Post("t1_a", "Two nibs.", "ada", url="https://www.reddit.com/r/pens/comments/1abcde/_/a/")
SKY = Post(
    "at://did:plc:invented/app.bsky.feed.post/a",
    "Two nibs.",
    "ada.example.com",
    url="https://bsky.app/profile/ada.example.com/post/a",
)
HUB = Post("77", "Two nibs.", "ada", url="https://github.com/brolly/labels/issues/12#issuecomment-77")
TOOT = Post("10002", "Two nibs.", "ada", url="https://social.example/@ada/10002")
LEMMY = Post("35", "Two nibs.", "ada", url="https://home.example/comment/35")
TOPIC = Post("1002", "Two nibs.", "ada", url="https://forum.example/t/which-pen/57/2")


def item(text: str = "Two nibs.", **more: Any) -> dict[str, Any]:
    return {"id": 9000002, "type": "comment", "by": "ada", "parent": 9000001, "text": text, "time": 1740823260, **more}


def comment(body: str = "Two nibs.", author: str = "ada") -> dict[str, Any]:
    told = {"id": "a", "name": "t1_a", "parent_id": "t3_1abcde", "link_id": "t3_1abcde", "replies": "", "score": 1}
    data = {**told, "body": body, "author": author, "created_utc": 1740823260.0}
    return {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": data}], "after": None}}


def node(text: str = "Two nibs.") -> dict[str, Any]:
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-02-07T16:28:18.966Z"}
    post = {"uri": SKY.id, "author": {"did": "did:plc:invented", "handle": "ada.example.com"}, "record": record}
    return {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": {**post, "replyCount": 0}, "replies": []}}


def remark(body: str = "Two nibs.") -> dict[str, Any]:
    about = "https://api.github.com/repos/brolly/labels/issues/12"
    return {"id": 77, "body": body, "user": {"login": "ada"}, "created_at": "2026-02-08T16:28:18Z", "issue_url": about}


def status(content: str = "<p>Two nibs.</p>") -> dict[str, Any]:
    account = {"id": "7", "username": "ada", "acct": "ada", "display_name": "Ada"}
    return {"id": "10002", "in_reply_to_id": "10001", "created_at": "2026-02-07T16:28:18Z", "content": content,
            "account": account, "visibility": "public", "replies_count": 0}  # fmt: skip


def lemmy(content: str = "Two nibs.", **more: Any) -> dict[str, Any]:
    told = {"id": 35, "creator_id": 2, "post_id": 12, "content": content, "path": "0.35", "deleted": False,
            "removed": False, "published": "2025-03-01T10:01:00Z", **more}  # fmt: skip
    told.setdefault("ap_id", "https://home.example/comment/35")
    post = {"id": 12, "name": "Which pen?", "creator_id": 1, "ap_id": "https://home.example/post/12",
            "published": "2025-03-01T10:00:00Z", "deleted": False, "removed": False}  # fmt: skip
    creator = {"id": 2, "name": "ada", "local": True, "actor_id": "https://home.example/u/ada"}
    return {"comment_view": {"comment": told, "creator": creator, "counts": {"score": 1}, "post": post}}


def forum(cooked: str = "<p>Two nibs.</p>", **more: Any) -> dict[str, Any]:
    return {"id": 1002, "post_number": 2, "topic_id": 57, "username": "ada", "cooked": cooked, "post_type": 1,
            "created_at": "2026-02-07T16:28:18.966Z", **more}  # fmt: skip


GONE, LATER = FetchError("404 Not Found", 404), Unreachable("429 Too Many Requests", 429)


@pytest.mark.parametrize(
    ("name", "post", "answer", "outcome"),
    [
        ("hackernews", HN, item(), RecheckOutcome.LIVE),
        ("hackernews", HN, item("One nib."), RecheckOutcome.EDITED),
        (
            "hackernews",
            HN,
            {"id": 9000002, "type": "comment", "deleted": True, "time": 1740823260},
            RecheckOutcome.DELETED,
        ),
        ("hackernews", HN, item(dead=True), RecheckOutcome.DELETED),
        ("hackernews", HN, b"null", RecheckOutcome.DELETED),
        ("hackernews", HN, LATER, RecheckOutcome.UNKNOWN),
        ("reddit", REDDIT, comment(), RecheckOutcome.LIVE),
        ("reddit", REDDIT, comment("One nib."), RecheckOutcome.EDITED),
        ("reddit", REDDIT, comment("[deleted]", "[deleted]"), RecheckOutcome.DELETED),
        ("reddit", REDDIT, {"kind": "Listing", "data": {"children": []}}, RecheckOutcome.DELETED),
        ("reddit", REDDIT, LATER, RecheckOutcome.UNKNOWN),
        ("reddit", REDDIT, FetchError("403", 403), RecheckOutcome.UNKNOWN),
        ("bluesky", SKY, node(), RecheckOutcome.LIVE),
        ("bluesky", SKY, node("One nib."), RecheckOutcome.EDITED),
        ("bluesky", SKY, {"error": "NotFound", "message": "Post not found"}, RecheckOutcome.DELETED),
        ("bluesky", SKY, {"error": "InternalServerError"}, RecheckOutcome.UNKNOWN),
        ("github", HUB, remark(), RecheckOutcome.LIVE),
        ("github", HUB, remark("One nib."), RecheckOutcome.EDITED),
        ("github", HUB, GONE, RecheckOutcome.DELETED),
        ("github", HUB, FetchError("403", 403), RecheckOutcome.PROTECTED),
        ("mastodon", TOOT, status(), RecheckOutcome.LIVE),
        ("mastodon", TOOT, status("<p>One nib.</p>"), RecheckOutcome.EDITED),
        ("mastodon", TOOT, GONE, RecheckOutcome.DELETED),
        ("mastodon", TOOT, FetchError("403", 403), RecheckOutcome.PROTECTED),
        ("mastodon", TOOT, FetchError("401", 401), RecheckOutcome.UNKNOWN),
        ("mastodon", TOOT, LATER, RecheckOutcome.UNKNOWN),
        ("lemmy", LEMMY, lemmy(), RecheckOutcome.LIVE),
        ("lemmy", LEMMY, lemmy("One nib."), RecheckOutcome.EDITED),
        ("lemmy", LEMMY, lemmy(deleted=True), RecheckOutcome.DELETED),
        ("lemmy", LEMMY, FetchError("400 couldnt_find_comment", 400), RecheckOutcome.DELETED),
        ("discourse", TOPIC, forum(), RecheckOutcome.LIVE),
        ("discourse", TOPIC, forum("<p>One nib.</p>"), RecheckOutcome.EDITED),
        ("discourse", TOPIC.with_changes(id="t/57/2"), forum(), RecheckOutcome.LIVE),
        ("discourse", TOPIC, GONE, RecheckOutcome.DELETED),
        ("discourse", TOPIC, LATER, RecheckOutcome.UNKNOWN),
    ],
)
def test_of_a_post_of_another_network(name: str, post: Post, answer: object, outcome: RecheckOutcome) -> None:
    assert finding(name, post, answer).outcome is outcome


def test_a_status_that_a_foreign_server_knows_by_another_number_is_unknown_there() -> None:
    away = Post("10002", "Two nibs.", "ada@away.example", url="https://away.example/@ada/55501")
    assert finding("mastodon", away, GONE).outcome is RecheckOutcome.UNKNOWN


@pytest.mark.parametrize("name", RECHECKS)
def test_each_recheck_has_a_source_of_its_name(name: str) -> None:
    from core.sources import source

    assert source(name, SourceSettings()).name == name


def test_a_post_without_a_link_can_be_looked_at_by_nobody() -> None:
    assert recheck_of(Post("1", "a", "ada"), frozenset({"generic"}), SourceSettings()) is None


# The command


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    """A thread of X with three starred replies."""
    posts = [said(f"190000000000000001{n}", f"Reply {n}.", author=f"reader{n}",
                  url=f"https://x.com/reader{n}/status/190000000000000001{n}") for n in (1, 2, 3)]  # fmt: skip
    made = shelf(tmp_path, posts)
    made.desk.decide(made.seqs(*(post.id for post in posts)), State.STARRED)
    return made


def reply(number: int, text: str = "", author: str = "") -> bytes:
    id, author = f"190000000000000001{number}", author or f"reader{number}"
    tweet = {"id": id, "url": f"https://x.com/{author}/status/{id}", "text": text or f"Reply {number}.",
             "author": {"screen_name": author, "name": author}, "created_timestamp": 1741797420}  # fmt: skip
    return as_json({"code": 200, "message": "OK", "tweet": tweet})


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: Played, kept: Shelf
) -> Commands:
    settings = tmp_path / "config.toml"
    settings.write_text(f'[sources]\nfxtwitter = "{server.url}"\nmax_wait = 0\nfetch_timeout = 1\n')
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(settings))
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(kept.library.path))
    return Commands(capsys)


def path_of(number: int) -> str:
    return f"/reader{number}/status/190000000000000001{number}"


def test_starred_posts_are_looked_at_again_and_the_code_says_whether_all_are_live(
    command: Commands, server: Played
) -> None:
    server.routes |= {path_of(n): reply(n) for n in (1, 2, 3)}
    lines = command("recheck", "100").lines
    assert [line.split()[2] for line in lines] == ["live"] * 3
    assert len(server.requests) == 3


def test_what_is_not_live_is_told_post_by_post(command: Commands, server: Played) -> None:
    gone = {"code": 404, "message": "NOT_FOUND", "tweet": {"type": "tombstone", "reason": "deleted"}}
    server.routes |= {path_of(1): reply(1, "Reworded."), path_of(2): as_json(gone, status=404), path_of(3): silence}
    found = command("recheck", "100", "--json", code=1).json
    assert [(one["outcome"], one["author"]) for one in found] == [
        ("edited", "reader1"), ("deleted", "reader2"), ("unknown", "reader3"),
    ]  # fmt: skip
    assert found[0]["detail"] == "Reworded."


def test_a_rate_limit_is_unknown_and_never_deleted(command: Commands, server: Played) -> None:
    server.routes |= {path_of(n): http(429, "slowly", "Retry-After: 60") for n in (1, 2, 3)}
    assert {one["outcome"] for one in command("recheck", "100", "--json", code=1).json} == {"unknown"}


def test_what_was_found_is_kept_with_the_answer_and_shown(command: Commands, server: Played, kept: Shelf) -> None:
    gone = {"code": 404, "message": "NOT_FOUND", "tweet": {"type": "tombstone", "reason": "suspended"}}
    server.routes |= {path_of(1): reply(1), path_of(2): as_json(gone, status=404), path_of(3): reply(3, author="other")}
    command("recheck", "100", code=1)
    found = {one["id"]: one["recheck"] for one in command("posts", "100", "--json").json if one["recheck"]}
    assert [found[f"190000000000000001{n}"]["outcome"] for n in (1, 2, 3)] == ["live", "suspended", "renamed"]
    assert [one["id"] for one in command("posts", "100", "--json", "--where", "recheck:suspended").json] == [
        "1900000000000000012"
    ]
    library = open_library(kept.library.path)
    (number,) = library.connection.execute("SELECT payload_id FROM recheck WHERE outcome = 'suspended'").fetchone()
    assert json.loads(payloads.payload_data(library.connection, number)) == gone
    library.close()


def test_a_look_that_said_nothing_does_not_hide_one_that_did(command: Commands, server: Played) -> None:
    gone = {"code": 404, "message": "NOT_FOUND", "tweet": None}
    server.routes[path_of(2)] = as_json(gone, status=404)
    command("recheck", "100", "1900000000000000012", code=1)
    server.routes[path_of(2)] = http(429, "", "Retry-After: 60")
    command("recheck", "100", "1900000000000000012", code=1)
    (one,) = command("posts", "100", "--json", "--where", "id:1900000000000000012").json
    assert one["recheck"]["outcome"] == "deleted"


def test_the_export_says_which_quotes_no_longer_stand(command: Commands, server: Played) -> None:
    gone = {"code": 404, "message": "NOT_FOUND", "tweet": None}
    server.routes |= {path_of(1): reply(1), path_of(2): as_json(gone, status=404), path_of(3): reply(3)}
    command("recheck", "100", code=1)
    ran = command("export", "100", "-o", "-")
    assert "1900000000000000012 by @reader2 is quoted: looked at again" in ran.err
    assert "1900000000000000011 by" not in ran.err
    assert "Reply 2." in ran.out


async def test_a_login_that_is_refused_says_nothing_of_a_post(tmp_path: Path, server: Played) -> None:
    made = shelf(tmp_path, [said(REDDIT.id, url=REDDIT.url, author="ada")], format="reddit")
    server.routes["/api/v1/access_token"] = as_json({"error": 404}, status=404)
    settings = SourceSettings(reddit=server.url, keys={"reddit": "an-id:wrong"})
    quotes = [made.quote(REDDIT.id)]
    found = [one async for one in recheck(made.library, made.thread_id, quotes, settings, lambda _why: None)]
    assert [one.finding.outcome for one in found] == [RecheckOutcome.UNKNOWN]


async def test_posts_of_reddit_are_looked_at_by_the_app_that_is_set(tmp_path: Path, server: Played) -> None:
    made = shelf(tmp_path, [said(REDDIT.id, "Two nibs.", url=REDDIT.url, author="ada")], format="reddit")
    server.routes |= {
        "/api/v1/access_token": as_json({"access_token": "invented"}),
        "/api/info.json": lambda request: (
            as_json(comment()) if request.headers.get("authorization") == "Bearer invented" else http(403, "no")
        ),
    }
    settings = SourceSettings(reddit=server.url, keys={"reddit": "an-id:a-secret"})
    quotes = [made.quote(REDDIT.id)]
    found = [one async for one in recheck(made.library, made.thread_id, quotes, settings, lambda _why: None)]
    assert [one.finding.outcome for one in found] == [RecheckOutcome.LIVE]


def test_without_a_starred_post_there_is_nothing_to_look_at(command: Commands, kept: Shelf) -> None:
    kept.desk.decide(kept.seqs(*(f"190000000000000001{n}" for n in (1, 2, 3))), State.NEW)
    assert "No post is starred" in command("recheck", "100", code=1).err


async def test_the_pane_says_what_the_last_look_found(tmp_path: Path) -> None:
    from core.library import rechecks
    from tests.kit.stage import stage

    async with stage(tmp_path) as it:
        rechecks.keep_finding(
            it.library, it.seq("103"), RecheckFinding(RecheckOutcome.DELETED, "FxTwitter says: deleted [/b]"), None
        )
        rechecks.keep_finding(it.library, it.seq("101"), RecheckFinding(RecheckOutcome.EDITED, "You own none."), None)
        await it.go("101")
        assert "edited; it now says: You own none." in it.pane
        await it.go("103")
        assert "deleted (FxTwitter says: deleted [/b])" in it.pane
