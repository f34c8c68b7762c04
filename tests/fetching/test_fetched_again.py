"""A thread of Nitter that is fetched again: what is gone keeps its id, and only what was read whole says so."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.library import threads
from core.models import PostStatus, Verdict
from core.words.captures import details
from tests.kit.fetched import Fetching, fetching
from tests.kit.nitter_pages import CURSOR, FIRST, NEXT, PATH, ROOT, SECOND, THE_POST, Said, status_page
from tests.kit.played import Played, Request, http, page

DELETED = "This Post was deleted by the Post author."
SUSPENDED = "This Post is from a suspended account."


@pytest.fixture
def here(tmp_path: Path, nitter: Played) -> Fetching:
    return fetching(tmp_path, nitter=(nitter.url,))


async def test_posts_that_are_deleted_stay_the_posts_that_they_were(here: Fetching, nitter: Played) -> None:
    asked, answered = Said(61, "The green one.", "abe_long"), Said(62, "No, the red one.", "ona_feld")
    nitter.routes[PATH] = page(
        status_page(replace(THE_POST, replies=3), [replace(asked, answers=(answered,)), *FIRST[1:]])
    )
    await here.by("nitter")
    gone = replace(asked, gone=DELETED, answers=(answered,))
    nitter.routes[PATH] = page(status_page(replace(THE_POST, replies=3), [gone, replace(FIRST[1], gone=SUSPENDED)]))
    found = await here.by("nitter")
    assert (found.kept.new, found.kept.gone, found.reading.verdict) == (0, 0, Verdict.COMPLETE)
    kept = {post.id: post for post in here.posts(found.kept.thread_id)}
    assert (kept[asked.id].status, kept[asked.id].text) == (PostStatus.DELETED, "The green one.")
    assert kept[FIRST[1].id].status is PostStatus.SUSPENDED
    assert kept[answered.id].parent_id == asked.id


async def test_posts_that_are_not_shown_on_two_pages_are_two(here: Fetching, nitter: Played) -> None:
    first, second = Said(61, "", "abe_long", gone=DELETED), Said(71, "", "ona_feld", gone=DELETED)
    nitter.routes[PATH] = page(status_page(replace(THE_POST, replies=4), [*FIRST, first], cursor=CURSOR))
    nitter.routes[NEXT] = page(status_page(replace(THE_POST, replies=4), [second, *SECOND], earlier=True))
    found = await here.by("nitter")
    kept = {post.id: post for post in here.posts(found.kept.thread_id)}
    assert {kept[one.id].author for one in (first, second)} == {"abe_long", "ona_feld"}
    assert found.replies == 6


async def test_a_post_is_gone_only_where_every_page_that_could_hold_it_was_read(here: Fetching, nitter: Played) -> None:
    cut = Said(41, "Which museum?", replies=1, more=True)
    chain = f"/{cut.author}/status/{cut.id}"
    below, beside = Said(42, "The third one."), Said(43, "And the fourth.")
    nitter.routes[PATH] = page(status_page(replace(THE_POST, replies=1), [cut]))
    nitter.routes[chain] = page(status_page(cut, [below, beside], above=[THE_POST]))
    assert (await here.by("nitter")).reading.verdict is Verdict.COMPLETE
    for unread in (http(404, "no such page"), page("<title>Just a moment...</title>"), page(status_page(THE_POST, []))):
        nitter.routes[chain] = unread
        found = await here.by("nitter", restart=True)
        assert (found.reading.verdict, found.kept.gone) == (Verdict.PARTIAL, 0)
    nitter.routes[chain] = page(status_page(cut, [beside], above=[THE_POST]))
    found = await here.by("nitter", restart=True)
    assert (found.reading.verdict, found.kept.gone) == (Verdict.COMPLETE, 1)


async def test_a_capture_of_many_pages_names_the_first_of_them(here: Fetching, nitter: Played) -> None:
    def pages(request: Request) -> bytes:
        number = int(request.query.get("cursor", 0))
        cursor = str(number + 1) if number < 9 else ""
        return page(status_page(THE_POST, [Said(100 + number, f"Reply {number}")], cursor=cursor))

    nitter.routes = {PATH: pages}
    found = await here.by("nitter")
    (capture,) = threads.captures(here.library, found.kept.thread_id or 0)
    assert len(capture.names) == 10
    named = [line for line in details(capture) if line.startswith("from: ")]
    assert named[0] == f"from: {nitter.url}{PATH}"
    assert len(named) == 5
    assert "and 5 more payloads" in details(capture)


async def test_the_root_may_be_gone_too(here: Fetching, nitter: Played) -> None:
    await here.by("nitter")
    nitter.routes[PATH] = page(status_page(replace(THE_POST, gone=DELETED), FIRST, cursor=CURSOR))
    found = await here.by("nitter")
    root = next(post for post in here.posts(found.kept.thread_id) if post.id == ROOT)
    assert (root.status, root.text) == (PostStatus.DELETED, THE_POST.text)
    assert found.kept.new == 0
