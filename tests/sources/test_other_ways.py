"""Other ways to what one answer does not give: a second API, the next page, what is hidden."""

from dataclasses import replace
from typing import Any

import pytest

from core.errors import Unreachable
from core.models import Verdict
from tests.kit.fetched import Fetching
from tests.kit.networks import POST, TREE, comment, node, said, story
from tests.kit.played import Played, Request, as_json, http, played
from tests.kit.sentences import sentences

ITEM = "https://news.ycombinator.com/item?id="


def items(server: Played) -> None:
    """The official API with a story, two comments, and an answer to one of them."""
    story = {"id": 9000001, "type": "story", "by": "ada", "title": "Which pen?", "time": 1740823200, "score": 42}
    told = {"type": "comment", "time": 1740823260}
    found = [
        {**story, "descendants": 3, "kids": [9000002, 9000004]},
        {**told, "id": 9000002, "by": "eva", "text": "None.", "parent": 9000001, "kids": [9000003]},
        {**told, "id": 9000003, "by": "tom", "text": "Any.", "parent": 9000002},
        {**told, "id": 9000004, "by": "ona", "text": "Blue.", "parent": 9000001},
    ]
    server.routes |= {f"/v0/item/{one['id']}.json": as_json(one) for one in found}


WHOLE = {"9000001": None, "9000002": "9000001", "9000003": "9000002", "9000004": "9000001"}


@pytest.mark.parametrize("number", ["9000001", "9000003"])
async def test_where_algolia_fails_the_official_api_gives_the_whole_thread(
    here: Fetching, server: Played, number: str
) -> None:
    items(server)
    with played() as algolia:
        algolia.routes |= {f"/api/v1/items/{one}": http(503, "", "Retry-After: 900") for one in WHOLE}
        here.settings = replace(here.settings, hackernews=algolia.url)
        found = await here.by("hackernews", f"{ITEM}{number}")
    assert (found.reading.root_id, here.parents(found)) == ("9000001", WHOLE)
    assert (found.reading.verdict, found.broken) == (Verdict.COMPLETE, None)


async def test_a_story_that_algolia_has_not_though_it_has_the_comment_is_had_all_the_same(
    here: Fetching, server: Played
) -> None:
    items(server)
    server.routes |= {"/api/v1/items/9000003": as_json(comment(9000003, 9000002)), TREE: http(404, "no")}
    found = await here.by("hackernews", f"{ITEM}9000003")
    assert (found.reading.root_id, here.parents(found), found.reading.verdict) == (
        "9000001", WHOLE, Verdict.COMPLETE,
    )  # fmt: skip


async def test_where_both_apis_fail_both_are_told(here: Fetching, server: Played) -> None:
    server.routes |= {TREE: http(503, "busy", "Retry-After: 900"), "/v0/item/9000001.json": http(500, "down")}
    with pytest.raises(Unreachable, match="busy") as caught:
        await here.by("hackernews", f"{ITEM}9000001")
    assert here.is_untouched
    assert "minutes" in str(caught.value)


async def test_a_thread_whose_count_cannot_be_had_is_kept_and_not_called_complete(
    here: Fetching, server: Played
) -> None:
    server.routes |= {TREE: as_json(story(comment(9000002, 9000001))), "/v0/item/9000001.json": as_json(None)}
    found = await here.by("hackernews", f"{ITEM}9000001")
    assert (found.replies, found.broken) == (1, None)
    assert found.reading.verdict is not Verdict.COMPLETE


# Bluesky

THREAD, HIDDEN = "/xrpc/app.bsky.feed.getPostThread", "/xrpc/app.bsky.unspecced.getPostThreadOtherV2"
LINK = "https://bsky.app/profile/ada.example.com/post/root"


def plays(server: Played, whole: dict[str, Any], branches: dict[str, Any], hidden: dict[str, list[Any]]) -> None:
    """A thread by any name, branches and hidden answers by their post's key."""

    def thread(request: Request) -> bytes:
        return as_json({"thread": branches.get(request.query["uri"].rpartition("/")[2], whole)})

    def others(request: Request) -> bytes:
        found = hidden.get(request.query["anchor"].rpartition("/")[2])
        return http(400, "no such thing") if found is None else as_json({"thread": found})

    server.routes |= {THREAD: thread, HIDDEN: others}


def item(key: str, answers: str, depth: int = 1) -> dict[str, Any]:
    """An entry of a list of hidden answers."""
    value = {"$type": "app.bsky.unspecced.defs#threadItemPost", "post": node(key, answers)["post"]}
    return {"uri": f"{POST}{key}", "depth": depth, "value": value}


def keys(here: Fetching, found: Any) -> set[str]:
    return {id.rpartition("/")[2] for id in here.parents(found)}


async def test_a_branch_that_shows_fewer_answers_than_it_says_is_asked_again(here: Fetching, server: Played) -> None:
    few = node("a", "root", node("b", "a"), count=3)
    every = node("a", "root", *(node(key, "a") for key in "bcd"), count=3)
    plays(server, node("root", None, few), {"a": every}, {})
    found = await here.by("bluesky", LINK)
    assert keys(here, found) == {"root", "a", "b", "c", "d"}
    assert (found.reading.verdict, sentences(found.reading.reasons)) == (Verdict.COMPLETE, ())


async def test_hidden_answers_are_asked_for_where_the_thread_leaves_some_out(here: Fetching, server: Played) -> None:
    plays(server, node("root", None, node("a", "root"), count=2), {}, {"root": [item("h", "root")]})
    found = await here.by("bluesky", LINK)
    assert keys(here, found) == {"root", "a", "h"}
    assert (found.reading.verdict, found.reading.problems) == (Verdict.COMPLETE, ())


@pytest.mark.parametrize("hidden", [{}, {"root": [], "a": [], "b": [], "c": [], "d": []}])
async def test_where_nothing_hidden_is_given_the_thread_is_partial_and_not_broken_off(
    here: Fetching, server: Played, hidden: dict[str, list[Any]]
) -> None:
    branches = {key: node(key, "root", count=1) for key in "abcd"}
    plays(server, node("root", None, *branches.values(), count=5), branches, hidden)
    found = await here.by("bluesky", LINK)
    assert (keys(here, found), found.broken, found.reading.verdict) == ({"root", *"abcd"}, None, Verdict.PARTIAL)
    assert sentences(found.reading.reasons)[-1] == "5 posts with more answers than are here (5 more)"


# Discourse


@pytest.mark.parametrize("end", [404, 200])
async def test_a_topic_that_is_too_long_to_name_its_posts_is_read_page_by_page(
    here: Fetching, server: Played, end: int
) -> None:
    total = 10_050

    def page(request: Request) -> bytes:
        first = (int(request.query.get("page", 1)) - 1) * 670
        posts = [said(n + 1) for n in range(first, min(first + 670, total))]
        topic = {"id": 57, "title": "Which pen?", "slug": "which-pen", "posts_count": total}
        return as_json({**topic, "post_stream": {"posts": posts}}, status=200 if posts else end)

    server.routes["/t/57.json"] = page
    found = await here.by("discourse", f"{server.url}/t/which-pen/57/9000")
    assert (found.replies, found.broken, found.reading.verdict) == (total - 1, None, Verdict.COMPLETE)


async def test_a_long_topic_whose_pages_end_early_is_partial(here: Fetching, server: Played) -> None:
    topic = {"id": 57, "title": "Which pen?", "slug": "which-pen", "posts_count": 11_999}
    server.routes["/t/57.json"] = as_json({**topic, "post_stream": {"posts": [said(n) for n in range(1, 21)]}})
    server.routes["/t/57.json?page=2"] = http(404, "no")
    found = await here.by("discourse", f"{server.url}/t/which-pen/57")
    assert (found.replies, found.reading.verdict) == (19, Verdict.PARTIAL)
    assert sentences(found.reading.reasons) == ("19 of ≈ 11,998 replies",)
