"""A fetch: page by page into the library, broken off and gone on with, from one source to the next."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FetchError, Unreachable
from core.fetching import STOPPED, fetch
from core.library import thread_posts, threads, view_results
from core.library.captures import payloads, visits
from core.library.captures.visits import VisitSummary
from core.models import Verdict
from core.query.view import View
from core.sources import sources_for
from core.words import words
from tests.kit.fetched import LINK, Fetching, fetching
from tests.kit.nitter_pages import (
    AUTHOR,
    CURSOR,
    FIRST,
    NEXT,
    PATH,
    ROOT,
    SECOND,
    THE_POST,
    Said,
    error_page,
    status_page,
    two_pages,
)
from tests.kit.played import Played, Request, http, page, played, silence_when_asked
from tests.kit.sentences import sentence, sentences
from tui.cli.outcomes import fetch_outcome


@pytest.fixture
def here(tmp_path: Path, nitter: Played) -> Fetching:
    return fetching(tmp_path, nitter=(nitter.url,), camofox=f"{nitter.url}/no-camofox", fxtwitter=nitter.url)


async def test_all_pages_make_one_capture_that_is_complete(here: Fetching, nitter: Played) -> None:
    found = await here.by("nitter")
    assert (found.pages, found.replies, found.reading.verdict, found.broken) == (2, 4, Verdict.COMPLETE, None)
    assert here.count("capture") == 1
    (capture,) = threads.captures(here.library, found.kept.thread_id or 0)
    assert (capture.verdict, capture.found, capture.claimed) == (Verdict.COMPLETE, 5, 4)
    assert nitter.asked == [PATH, NEXT]


async def test_every_page_is_kept_byte_for_byte(here: Fetching) -> None:
    await here.by("nitter")
    kept = here.library.connection.execute("SELECT id, name FROM payload ORDER BY id").fetchall()
    assert [payloads.payload_data(here.library.connection, id).decode() for id, _ in kept] == list(two_pages())
    assert [name for _, name in kept] == [here.settings.nitter[0] + PATH, here.settings.nitter[0] + NEXT]


async def test_texts_parents_and_authors_come_through_to_the_letter(here: Fetching) -> None:
    found = await here.by("nitter")
    told = {post.id: (post.author, post.parent_id, post.text) for post in here.posts(found.kept.thread_id)}
    expected: dict[str, tuple[str | None, str | None, str]] = {ROOT: (AUTHOR, None, THE_POST.text)}
    for reply in (*FIRST, *SECOND):
        expected[reply.id] = (reply.author, ROOT, reply.text)
        for answer in reply.answers:
            expected[answer.id] = (answer.author, reply.id, answer.text)
    assert told == expected


async def test_a_first_page_that_cannot_be_had_changes_nothing(here: Fetching, nitter: Played) -> None:
    nitter.routes[PATH] = http(404, error_page("Tweet not found"))
    with pytest.raises(FetchError, match="404"):
        await here.by("nitter")
    assert here.is_untouched


async def test_a_page_that_is_no_thread_changes_nothing(here: Fetching, nitter: Played) -> None:
    nitter.routes[PATH] = page("<title>Verifying your browser…</title>")
    with pytest.raises(Exception, match="asks who is browsing"):
        await here.by("nitter")
    assert here.is_untouched


async def test_a_later_page_that_cannot_be_had_breaks_the_fetch_off_and_keeps_what_came(
    here: Fetching, nitter: Played
) -> None:
    nitter.routes[NEXT] = http(503, "busy", "Retry-After: 900")
    found = await here.by("nitter")
    assert (found.pages, found.replies, found.reading.verdict) == (1, 3, Verdict.PARTIAL)
    assert "wants 15 minutes of rest" in sentence(found.broken)
    assert any("broken off" in reason for reason in sentences(found.reading.reasons))
    assert found.reading.claimed == 4


async def test_the_same_fetch_goes_on_where_it_was_broken_off(here: Fetching, nitter: Played) -> None:
    well = nitter.routes[NEXT]
    nitter.routes[NEXT] = http(503, "busy", "Retry-After: 900")
    first = await here.by("nitter")
    nitter.routes[NEXT] = well
    nitter.requests.clear()
    second = await here.by("nitter")
    assert nitter.asked == [NEXT]
    assert (second.kept.thread_id, second.pages, second.replies) == (first.kept.thread_id, 2, 4)
    assert second.reading.verdict is Verdict.COMPLETE
    assert here.count("capture") == 1
    assert threads.thread(here.library, second.kept.thread_id or 0).verdict is Verdict.COMPLETE


async def test_a_cursor_that_leads_nowhere_any_more_begins_the_fetch_anew(here: Fetching, nitter: Played) -> None:
    well = nitter.routes[NEXT]
    nitter.routes[NEXT] = http(503, "busy", "Retry-After: 900")
    await here.by("nitter")
    first, second = two_pages("another")
    nitter.routes |= {PATH: page(first), NEXT: http(404, error_page("no such cursor")), f"{PATH}?cursor=another": well}
    found = await here.by("nitter")
    assert (found.pages, found.replies, found.reading.verdict) == (2, 4, Verdict.COMPLETE)
    assert second


async def test_a_fetch_to_its_end_is_made_again_from_the_start(here: Fetching, nitter: Played) -> None:
    await here.by("nitter")
    nitter.requests.clear()
    found = await here.by("nitter")
    assert nitter.asked == [PATH, NEXT]
    assert (found.kept.new, found.kept.changed) == (0, 0)
    assert here.count("capture") == 2


async def test_rate_limited_pages_are_not_taken_for_the_end(here: Fetching, nitter: Played) -> None:
    nitter.routes[NEXT] = page(error_page("Instance has been rate limited. Use another instance or try again later."))
    found = await here.by("nitter")
    assert found.reading.verdict is Verdict.PARTIAL
    assert "rate limited" in sentence(found.broken)


async def test_a_fetch_that_is_cancelled_keeps_what_came_and_goes_on_later(here: Fetching, nitter: Played) -> None:
    asked = asyncio.Event()
    well = nitter.routes[NEXT]
    nitter.routes[NEXT] = silence_when_asked(asked)
    under_way = asyncio.create_task(here.by("nitter"))
    await asked.wait()
    under_way.cancel()
    found = await under_way
    assert (found.broken, found.stopped, found.replies) == (STOPPED, True, 3)
    assert found.reading.verdict is Verdict.PARTIAL
    nitter.routes[NEXT] = well
    assert (await here.by("nitter")).reading.verdict is Verdict.COMPLETE


async def test_a_fetch_that_is_cancelled_before_anything_came_changes_nothing(here: Fetching, nitter: Played) -> None:
    asked = asyncio.Event()
    nitter.routes[PATH] = silence_when_asked(asked)
    under_way = asyncio.create_task(here.by("nitter"))
    await asked.wait()
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    assert here.is_untouched


async def test_more_pages_than_are_wanted_break_the_fetch_off(here: Fetching) -> None:
    found = await here.by("nitter", max_pages=1)
    assert (found.pages, found.reading.verdict) == (1, Verdict.PARTIAL)
    assert "more than 1 pages" in sentence(found.broken)


async def test_pages_that_lead_on_and_on_without_anything_new_are_left(here: Fetching, nitter: Played) -> None:
    def again(request: Request) -> bytes:
        number = int(request.query.get("cursor", "0"))
        return page(status_page(THE_POST, SECOND, cursor=str(number + 1)))

    nitter.routes = {PATH: again}
    here.settings = replace(here.settings, nitter=(nitter.url,))
    found = await here.by("nitter")
    assert 20 <= len(nitter.requests) <= 40
    assert "brought nothing new" in sentence(found.broken)


async def test_a_page_that_leads_to_itself_is_asked_once(here: Fetching, nitter: Played) -> None:
    nitter.routes[NEXT] = page(status_page(THE_POST, SECOND, cursor=CURSOR))
    await here.by("nitter")
    assert nitter.asked == [PATH, NEXT]


async def test_a_chain_that_the_page_cuts_short_is_followed_after_the_pages(here: Fetching, nitter: Played) -> None:
    cut = Said(41, "Which museum?", replies=1, more=True)
    below = Said(42, "The third one.", replies=1, more=True)
    last = Said(43, "And the fourth.")
    nitter.routes |= {
        PATH: page(status_page(replace(THE_POST, replies=7), [*FIRST, cut], cursor=CURSOR)),
        f"/{cut.author}/status/{cut.id}": page(status_page(cut, [below], above=[THE_POST])),
        f"/{below.author}/status/{below.id}": page(status_page(below, [last], above=[THE_POST, cut])),
    }
    found = await here.by("nitter")
    parents = {post.id: post.parent_id for post in here.posts(found.kept.thread_id)}
    assert (parents[cut.id], parents[below.id], parents[last.id]) == (ROOT, cut.id, below.id)
    assert nitter.asked == [PATH, NEXT, f"/{cut.author}/status/{cut.id}", f"/{below.author}/status/{below.id}"]
    assert (found.reading.verdict, found.reading.reasons, found.reading.problems) == (Verdict.COMPLETE, (), ())
    assert found.reading.claimed == 7


async def test_chains_are_left_alone_where_the_settings_say_so_and_the_thread_is_partial(
    here: Fetching, nitter: Played
) -> None:
    cut = Said(41, "Which museum?", replies=1, more=True)
    nitter.routes[PATH] = page(status_page(THE_POST, [cut]))
    here.settings = replace(here.settings, deep=False)
    found = await here.by("nitter")
    assert nitter.asked == [PATH]
    assert found.reading.verdict is Verdict.PARTIAL
    assert any("cut short" in reason for reason in sentences(found.reading.reasons))


async def test_progress_says_what_is_asked_and_how_much_there_is(here: Fetching) -> None:
    await here.by("nitter")
    first, second = here.heard.progress
    assert (first.note, first.posts, first.thread_id) == ("the post and its first replies", 0, None)
    assert (second.note, second.posts, second.claimed, second.root_id) == ("replies, page 2", 4, 4, ROOT)


async def test_auto_goes_from_one_source_to_the_next_and_says_why(here: Fetching, nitter: Played) -> None:
    here.settings = type(here.settings)(
        nitter=(nitter.url,), fxtwitter=f"{nitter.url}/fx", order=("fxtwitter", "nitter"), max_wait=2
    )
    chosen = sources_for(LINK, here.settings)
    outcome = await fetch(here.library, LINK, chosen, here.heard.progress.append, here.heard.hear)
    assert [one.source for one in outcome.fetched] == ["nitter"]
    (tried,) = outcome.tried
    assert tried.source == "fxtwitter"
    assert "404" in sentence(tried.why)
    assert any("Trying Nitter" in said for said in here.heard.said)


async def test_auto_that_finds_nothing_names_all_that_it_tried(here: Fetching, nitter: Played) -> None:
    nitter.routes.clear()
    chosen = sources_for(LINK, here.settings)
    with pytest.raises(FetchError) as caught:
        await fetch(here.library, LINK, chosen, here.heard.progress.append, here.heard.hear)
    assert all(name in str(caught.value) for name in ("nitter", "camofox", "x-tweet-fetcher", "fxtwitter"))
    assert here.is_untouched


async def test_a_link_that_nothing_takes_is_refused(here: Fetching) -> None:
    link = "gopher://brolly.example/1"
    with pytest.raises(FetchError, match="No source takes"):
        await fetch(here.library, link, sources_for(link, here.settings), print, print)


async def test_a_server_that_does_not_answer_is_tried_again_and_then_given_up(here: Fetching, nitter: Played) -> None:
    nitter.routes[PATH] = http(500, "oops", "Retry-After: 0")
    with pytest.raises(Unreachable, match="4 times"):
        await here.by("nitter")
    assert len(nitter.requests) == 4


async def test_a_thread_that_is_fetched_again_says_what_is_new_changed_and_gone(here: Fetching, nitter: Played) -> None:
    first = await here.by("nitter")
    assert (first.kept.since, first.kept.gone) == (None, 0)
    (lost,) = SECOND
    told = [replace(one, likes=one.likes + 9) for one in FIRST]
    nitter.routes[PATH] = page(status_page(THE_POST, told, cursor=CURSOR))
    nitter.routes[NEXT] = page(status_page(THE_POST, (Said(31, "A fourth museum has called"),), earlier=True))
    again = await here.by("nitter")
    kept = again.kept
    assert again.reading.verdict is Verdict.COMPLETE
    assert (kept.new, kept.changed, kept.edited, kept.gone) == (1, len(FIRST), 0, 1)
    assert kept.since is not None
    assert "1 new since" in fetch_outcome(again)
    thread_id = kept.thread_id or 0
    assert visits.visit_summary(here.library, thread_id) == VisitSummary(kept.since, 1, len(FIRST), 0, 1)
    gone = thread_posts.seq_of(here.library, thread_id, lost.id)
    assert list(view_results.whole_order(here.library, thread_id, View("is:gone"))) == [gone]


async def test_a_fetch_that_is_broken_off_makes_nothing_gone_and_goes_on_as_the_same_visit(
    here: Fetching, nitter: Played
) -> None:
    await here.by("nitter")
    nitter.routes[NEXT] = http(503, "busy", "Retry-After: 900")
    broken = await here.by("nitter")
    assert broken.kept.gone == 0
    nitter.routes[NEXT] = page(status_page(THE_POST, (*SECOND, Said(31, "A fourth museum has called"))))
    whole = await here.by("nitter")
    assert whole.kept.gone == 0
    assert [one.added for one in threads.captures(here.library, whole.kept.thread_id or 0)] == [1, 5]
    assert len(view_results.whole_order(here.library, whole.kept.thread_id or 0, View("is:added"))) == 1


async def test_a_capture_of_several_pages_names_them_all(here: Fetching) -> None:
    found = await here.by("nitter")
    (capture,) = threads.captures(here.library, found.kept.thread_id or 0)
    assert capture.names == (here.settings.nitter[0] + PATH, here.settings.nitter[0] + NEXT)


async def test_a_link_that_leads_elsewhere_is_not_followed_and_makes_the_thread_partial(
    here: Fetching, nitter: Played
) -> None:
    with played() as inside:
        inside.routes["/secret"] = page(status_page(THE_POST, SECOND))
        first, _ = two_pages()
        for link in (f"{inside.url}/secret?cursor=1", "file:///etc/passwd?cursor=1", "http://[::1?cursor=1"):
            nitter.routes[PATH] = page(first.replace(f"?cursor={CURSOR}", link))
            found = await here.by("nitter", restart=True)
            assert (found.replies, found.reading.verdict, found.broken) == (3, Verdict.PARTIAL, None)
            assert any("1 page could not be had" in reason for reason in sentences(found.reading.reasons))
            assert any("nothing was sent there" in words(problem.reason) for problem in found.reading.problems)
        assert inside.requests == []


async def test_a_page_that_was_missed_before_the_fetch_was_broken_off_is_asked_again(
    here: Fetching, nitter: Played
) -> None:
    cut = Said(41, "Which museum?", replies=1, more=True)
    chain = f"/{cut.author}/status/{cut.id}"
    later = Said(51, "And mine?", replies=1, more=True)
    broken = f"/{later.author}/status/{later.id}"
    nitter.routes |= {PATH: page(status_page(THE_POST, [cut, later])), broken: http(503, "busy", "Retry-After: 900")}
    first = await here.by("nitter")
    assert "busy" in sentence(first.broken)
    nitter.requests.clear()
    nitter.routes[chain] = page(status_page(cut, [Said(42, "The third one.")], above=[THE_POST]))
    nitter.routes[broken] = page(status_page(later, [Said(52, "Yours too.")], above=[THE_POST]))
    found = await here.by("nitter")
    assert nitter.asked == [broken, chain]
    assert found.reading.verdict is Verdict.COMPLETE


async def test_a_fetch_goes_on_whatever_link_names_the_post(here: Fetching, nitter: Played) -> None:
    well = nitter.routes[NEXT]
    nitter.routes[NEXT] = http(503, "busy", "Retry-After: 900")
    await here.by("nitter")
    nitter.routes[NEXT] = well
    nitter.requests.clear()
    found = await here.by("nitter", f"https://twitter.com/i/web/status/{ROOT}")
    assert (nitter.asked, found.pages) == ([NEXT], 2)


async def test_a_page_nested_without_end_is_refused_and_what_came_before_stays(here: Fetching, nitter: Played) -> None:
    nitter.routes[NEXT] = page(status_page(THE_POST, SECOND).replace("</body>", "<div>" * 300_000))
    found = await here.by("nitter")
    assert (found.replies, found.reading.verdict) == (3, Verdict.PARTIAL)
    assert "nested too deeply" in sentence(found.broken)
