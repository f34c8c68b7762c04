"""The sources of forums and networks, each against a played server: all pages, all branches, to the end."""

from dataclasses import replace
from typing import Any

import pytest

from core.errors import FetchError
from core.models import Verdict
from tests.kit.fetched import Fetching
from tests.kit.networks import (
    ISSUE,
    POST,
    STATUSES,
    TREE,
    comment,
    context,
    counted,
    issue,
    lemmy_comment,
    lemmy_post,
    listing,
    more,
    node,
    reddit_post,
    remark,
    said,
    status,
    story,
    thing,
)
from tests.kit.played import Played, Request, as_json, http, played
from tests.kit.sentences import sentence, sentences

# Hacker News


async def test_hacker_news_gives_the_whole_tree_and_the_count_that_proves_it(here: Fetching, server: Played) -> None:
    server.routes |= {
        TREE: as_json(story(comment(9000002, 9000001, comment(9000003, 9000002)))),
        "/v0/item/9000001.json": counted(2),
    }
    found = await here.by("hackernews", "https://news.ycombinator.com/item?id=9000001")
    assert here.parents(found) == {"9000001": None, "9000002": "9000001", "9000003": "9000002"}
    assert (found.reading.verdict, found.reading.claimed, found.pages) == (Verdict.COMPLETE, 2, 2)


async def test_a_tree_with_less_than_the_count_is_partial(here: Fetching, server: Played) -> None:
    server.routes |= {TREE: as_json(story(comment(9000002, 9000001))), "/v0/item/9000001.json": counted(7)}
    found = await here.by("hackernews", "https://news.ycombinator.com/item?id=9000001")
    assert (found.reading.verdict, sentences(found.reading.reasons)) == (Verdict.PARTIAL, ("1 of ≈ 7 replies",))


async def test_of_a_comment_the_story_is_fetched(here: Fetching, server: Played) -> None:
    below = comment(9000002, 9000001, comment(9000003, 9000002))
    server.routes |= {
        "/api/v1/items/9000002": as_json(below),
        TREE: as_json(story(below, comment(9000004, 9000001))),
        "/v0/item/9000001.json": counted(3),
    }
    found = await here.by("hackernews", "https://news.ycombinator.com/item?id=9000002")
    assert found.reading.root_id == "9000001"
    assert here.parents(found) == {
        "9000001": None,
        "9000002": "9000001",
        "9000003": "9000002",
        "9000004": "9000001",
    }
    assert found.reading.verdict is Verdict.COMPLETE


async def test_a_story_that_nobody_answered_is_verified_empty(here: Fetching, server: Played) -> None:
    server.routes |= {TREE: as_json(story()), "/v0/item/9000001.json": counted(0)}
    found = await here.by("hackernews", "https://news.ycombinator.com/item?id=9000001")
    assert found.reading.verdict is Verdict.EMPTY


# Reddit


async def test_reddits_stubs_are_followed_to_the_last_comment(here: Fetching, server: Played) -> None:
    names = [f"m{number}" for number in range(150)]
    top = thing("a", "t3_1abcde", listing(more("t1_a")))
    first = [reddit_post(153), listing(top, more("t3_1abcde", *names))]

    def children(request: Request) -> bytes:
        asked = request.query["children"].split(",")
        assert request.query["link_id"] == "t3_1abcde"
        things = [thing(one, "t3_1abcde") for one in asked]
        if "m149" in asked:
            things.append(more("t1_m149", "last"))
        return as_json({"json": {"errors": [], "data": {"things": things}}})

    branch = [reddit_post(153), listing(thing("a", "t3_1abcde", listing(thing("b", "t1_a"))))]
    server.routes |= {
        "/comments/1abcde.json": as_json(first),
        "/api/morechildren.json": lambda request: (
            as_json({"json": {"errors": [], "data": {"things": [thing("last", "t1_m149")]}}})
            if request.query["children"] == "last"
            else children(request)
        ),
        "/comments/1abcde/_/a.json": as_json(branch),
    }
    found = await here.by("reddit", "https://www.reddit.com/r/pens/comments/1abcde/which_pen/")
    told = here.parents(found)
    assert len(told) == 154
    assert (told["t1_b"], told["t1_last"], told["t1_m42"]) == ("t1_a", "t1_m149", "t3_1abcde")
    assert (found.reading.verdict, sentences(found.reading.reasons)) == (Verdict.COMPLETE, ())
    assert [len(r.query["children"].split(",")) for r in server.requests if "children" in r.query] == [100, 50, 1]


async def test_a_stub_that_cannot_be_had_leaves_the_thread_partial(here: Fetching, server: Played) -> None:
    first = [reddit_post(9), listing(thing("a", "t3_1abcde"), more("t3_1abcde", "m1", "m2"))]
    server.routes |= {"/comments/1abcde.json": as_json(first), "/api/morechildren.json": http(403, "no")}
    found = await here.by("reddit", "https://redd.it/1abcde")
    assert found.reading.verdict is Verdict.PARTIAL
    assert any("2 comments behind" in reason for reason in sentences(found.reading.reasons))
    assert "403" in sentence(found.broken)


async def test_reddits_count_of_requests_is_heeded(here: Fetching, server: Played) -> None:
    left = ("X-Ratelimit-Remaining: 0.0", "X-Ratelimit-Reset: 300")
    first = [reddit_post(3), listing(thing("a", "t3_1abcde"), more("t3_1abcde", "m1", "m2"))]
    server.routes |= {"/comments/1abcde.json": as_json(first, *left)}
    found = await here.by("reddit", "https://redd.it/1abcde")
    assert "wants 5 minutes of rest" in sentence(found.broken)
    assert len(server.requests) == 1


async def test_a_link_for_sharing_is_said_to_be_one(here: Fetching) -> None:
    with pytest.raises(FetchError, match="copy the address from there"):
        await here.by("reddit", "https://www.reddit.com/r/pens/s/AbCdEf1234")


# Bluesky


def threads_of(server: Played, answers: dict[str, dict[str, Any]]) -> None:
    """Answer each uri with its thread."""
    server.routes["/xrpc/app.bsky.feed.getPostThread"] = lambda request: as_json(
        {"thread": answers[request.query["uri"]]}
    )


async def test_bluesky_asks_for_branches_that_were_cut(here: Fetching, server: Played) -> None:
    whole = node("root", None, node("a", "root", node("b", "a", count=2)), node("c", "root"))
    branch = node("b", "a", node("d", "b"), node("e", "b"))
    answers = {f"{POST}root": whole, "at://ada.example.com/app.bsky.feed.post/root": whole, f"{POST}b": branch}
    server.routes["/xrpc/app.bsky.feed.getPostThread"] = lambda request: as_json(
        {"thread": answers[request.query["uri"]]}
    )
    found = await here.by("bluesky", "https://bsky.app/profile/ada.example.com/post/root")
    keys = {id.rpartition("/")[2]: parent and parent.rpartition("/")[2] for id, parent in here.parents(found).items()}
    assert keys == {"root": None, "a": "root", "b": "a", "d": "b", "e": "b", "c": "root"}
    assert (found.reading.verdict, sentences(found.reading.reasons)) == (Verdict.COMPLETE, ())
    assert len(server.requests) == 2


async def test_of_an_answer_on_bluesky_the_thread_is_fetched_from_its_top(here: Fetching, server: Played) -> None:
    top = node("root", None, node("a", "root"), node("c", "root"))
    above = node("root", None, count=2)
    del above["replies"]
    below = node("a", "root", parent=above)
    answers = {"at://ada.example.com/app.bsky.feed.post/a": below, f"{POST}root": top}
    server.routes["/xrpc/app.bsky.feed.getPostThread"] = lambda request: as_json(
        {"thread": answers[request.query["uri"]]}
    )
    found = await here.by("bluesky", "https://bsky.app/profile/ada.example.com/post/a")
    assert found.reading.root_id == f"{POST}root"
    assert found.replies == 2
    assert found.reading.verdict is Verdict.COMPLETE


async def test_a_post_that_bluesky_has_not_is_said(here: Fetching, server: Played) -> None:
    gone = {"error": "NotFound", "message": "Post not found: at://x"}
    server.routes["/xrpc/app.bsky.feed.getPostThread"] = as_json(gone, status=400)
    with pytest.raises(FetchError, match="Post not found"):
        await here.by("bluesky", "https://bsky.app/profile/ada.example.com/post/a")
    assert here.is_untouched


# GitHub


async def test_github_turns_its_pages_and_the_token_goes_to_no_other_host(here: Fetching, server: Played) -> None:
    here.settings = replace(here.settings, keys={"github": "ghp_invented"})
    pages = {"1": [remark(n) for n in range(100)], "2": [remark(n) for n in range(100, 130)]}
    with played() as away:
        server.routes |= {
            ISSUE: http(301, "", f"Location: {away.url}{ISSUE}"),
            f"{ISSUE}/comments": lambda request: as_json(pages[request.query["page"]]),
        }
        away.routes[ISSUE] = issue(130)
        here.settings = replace(here.settings, reddit=away.url)
        with pytest.raises(FetchError, match="private network"):
            await here.by("github", "https://github.com/brolly/labels/issues/12")
        assert away.requests == []
    server.routes[ISSUE] = issue(130)
    found = await here.by("github", "https://github.com/brolly/labels/issues/12")
    assert (found.replies, found.reading.verdict, found.pages) == (130, Verdict.COMPLETE, 3)
    assert {request.headers.get("authorization") for request in server.requests} == {"Bearer ghp_invented"}


async def test_a_last_page_that_is_full_is_followed_by_an_empty_one_which_is_no_fault(
    here: Fetching, server: Played
) -> None:
    pages = {"1": [remark(n) for n in range(100)], "2": []}
    server.routes |= {
        ISSUE: issue(100),
        f"{ISSUE}/comments": lambda request: as_json(pages[request.query["page"]]),
    }
    found = await here.by("github", "https://github.com/brolly/labels/issues/12")
    assert (found.replies, found.pages, found.reading.verdict) == (100, 3, Verdict.COMPLETE)


async def test_a_github_that_gives_shorter_pages_than_asked_for_is_read_to_its_count(
    here: Fetching, server: Played
) -> None:
    def page(request: Request) -> bytes:
        first = (int(request.query["page"]) - 1) * 30
        return as_json([remark(n) for n in range(first, min(first + 30, 70))])

    server.routes |= {ISSUE: issue(75), f"{ISSUE}/comments": page}
    found = await here.by("github", "https://github.com/brolly/labels/issues/12#issuecomment-3")
    assert (found.replies, found.pages) == (70, 5)
    assert (found.reading.verdict, sentences(found.reading.reasons)) == (Verdict.PARTIAL, ("70 of ≈ 75 replies",))


async def test_a_pull_request_brings_the_remarks_on_its_code(here: Fetching, server: Played) -> None:
    pull = "/repos/brolly/labels/pulls/12"
    server.routes |= {
        ISSUE: issue(1, pull_request={"url": f"https://api.github.com{pull}"}),
        f"{ISSUE}/comments": as_json([remark(1)]),
        f"{pull}/comments": as_json([remark(2, "pull")]),
        f"{pull}/reviews": as_json([]),
    }
    found = await here.by("github", "https://github.com/brolly/labels/pull/12")
    assert here.parents(found) == {"brolly/labels#12": None, "1": "brolly/labels#12", "2": "brolly/labels#12"}


# Mastodon


async def test_mastodon_asks_for_branches_that_were_cut_and_never_says_complete(here: Fetching, server: Played) -> None:
    root, first = status("10001", None, 2), status("10002", "10001", 1)
    server.routes |= {
        f"{STATUSES}/10001": as_json(root),
        f"{STATUSES}/10001/context": context([], first, status("10003", "10001")),
        f"{STATUSES}/10002/context": context([root], status("10004", "10002")),
    }
    found = await here.by("mastodon", f"{server.url}/@ada/10001")
    assert here.parents(found) == {"10001": None, "10002": "10001", "10003": "10001", "10004": "10002"}
    assert (found.reading.verdict, sentences(found.reading.reasons)) == (Verdict.UNKNOWN, ())


async def test_an_answer_that_mastodon_counts_and_does_not_give_leaves_the_thread_partial_and_not_broken_off(
    here: Fetching, server: Played
) -> None:
    root, first = status("10001", None, 1), status("10002", "10001", 2)
    server.routes |= {
        f"{STATUSES}/10001": as_json(root),
        f"{STATUSES}/10001/context": context([], first, status("10003", "10002")),
        f"{STATUSES}/10002/context": http(404, "gone"),
    }
    found = await here.by("mastodon", f"{server.url}/@ada/10001")
    assert (found.replies, found.broken, found.reading.verdict) == (2, None, Verdict.PARTIAL)
    assert "1 post with more answers than are here (1 more)" in sentences(found.reading.reasons)


async def test_of_an_answer_on_mastodon_the_thread_is_fetched_from_its_top(here: Fetching, server: Played) -> None:
    root, first = status("10001", None, 2), status("10002", "10001", 0)
    server.routes |= {
        f"{STATUSES}/10002": as_json(first),
        f"{STATUSES}/10002/context": context([root]),
        f"{STATUSES}/10001/context": context([], first, status("10003", "10001")),
    }
    found = await here.by("mastodon", f"{server.url}/@ada/10002")
    assert found.reading.root_id == "10001"
    assert here.parents(found) == {"10001": None, "10002": "10001", "10003": "10001"}


async def test_what_mastodon_says_of_a_post_that_is_gone_is_passed_on(here: Fetching, server: Played) -> None:
    server.routes[f"{STATUSES}/10001"] = as_json({"error": "Record not found"}, status=404)
    with pytest.raises(FetchError, match="Record not found"):
        await here.by("mastodon", f"{server.url}/@ada/10001")
    assert here.is_untouched


# Lemmy


async def test_lemmys_old_api_is_read_page_by_page(here: Fetching, server: Played) -> None:
    pages = {
        "1": [lemmy_comment(number, f"0.{number}") for number in range(100, 150)],
        "2": [lemmy_comment(200, "0.100.200")],
    }
    server.routes |= {
        "/api/v3/post": as_json({"post_view": lemmy_post(51)}),
        "/api/v3/comment/list": lambda request: as_json({"comments": pages[request.query["page"]]}),
    }
    found = await here.by("lemmy", f"{server.url}/post/12")
    assert (found.replies, found.reading.verdict) == (51, Verdict.COMPLETE)
    assert here.parents(found)["200"] == "100"


async def test_a_full_last_page_of_lemmys_is_followed_by_an_empty_one(here: Fetching, server: Played) -> None:
    pages = {"1": [lemmy_comment(number, f"0.{number}") for number in range(100, 150)], "2": []}
    server.routes |= {
        "/api/v3/post": as_json({"post_view": lemmy_post(50)}),
        "/api/v3/comment/list": lambda request: as_json({"comments": pages[request.query["page"]]}),
    }
    found = await here.by("lemmy", f"{server.url}/post/12")
    assert (found.replies, found.reading.verdict, sentences(found.reading.reasons)) == (50, Verdict.COMPLETE, ())


async def test_lemmys_new_api_is_asked_where_the_old_one_is_not_there(here: Fetching, server: Played) -> None:
    def comments(request: Request) -> bytes:
        if "page_cursor" in request.query:
            return as_json({"comments": [lemmy_comment(200, "0.100.200")], "next_page": None})
        return as_json({"comments": [lemmy_comment(100, "0.100")], "next_page": "Cabc"})

    server.routes |= {"/api/v4/post": as_json({"post_view": lemmy_post(2)}), "/api/v4/comment/list": comments}
    found = await here.by("lemmy", f"{server.url}/post/12")
    assert (found.replies, found.reading.verdict, found.reading.problems) == (2, Verdict.COMPLETE, ())


async def test_of_a_comment_on_lemmy_the_post_is_fetched(here: Fetching, server: Played) -> None:
    server.routes |= {
        "/api/v3/comment": as_json({"comment_view": lemmy_comment(100, "0.100")}),
        "/api/v3/post": as_json({"post_view": lemmy_post(2)}),
        "/api/v3/comment/list": as_json({"comments": [lemmy_comment(100, "0.100"), lemmy_comment(101, "0.101")]}),
    }
    found = await here.by("lemmy", f"{server.url}/comment/100")
    assert (found.reading.root_id, found.replies, found.reading.verdict) == ("post/12", 2, Verdict.COMPLETE)


# Discourse


async def test_discourse_fetches_the_posts_that_the_first_page_lacks(here: Fetching, server: Played) -> None:
    total = 65
    topic = {
        "id": 57,
        "title": "Which pen?",
        "slug": "which-pen",
        "posts_count": total,
        "post_stream": {"posts": [said(n) for n in range(1, 21)], "stream": [1000 + n for n in range(1, total + 1)]},
    }

    def posts(request: Request) -> bytes:
        wanted = [int(part.partition("=")[2]) - 1000 for part in request.target.partition("?")[2].split("&")]
        assert len(wanted) <= 20
        return as_json({"post_stream": {"posts": [said(n, 3 if n == 40 else None) for n in wanted]}, "id": 57})

    server.routes |= {"/forum/t/57.json": as_json(topic), "/forum/t/57/posts.json": posts}
    found = await here.by("discourse", f"{server.url}/forum/t/which-pen/57/12")
    assert (found.replies, found.reading.verdict, sentences(found.reading.reasons)) == (total - 1, Verdict.COMPLETE, ())
    assert here.parents(found)["t/57/40"] == "t/57/3"
    assert found.pages == 4
