"""A link to an answer: the thread is the one that it stands in, from its first post, whatever was asked for."""

import pytest

from core.errors import FetchError, Unreachable
from core.library import threads
from core.models import Verdict
from tests.kit.fetched import Fetching
from tests.kit.networks import STATUSES, context, status
from tests.kit.played import Played, Request, as_json, http
from tests.kit.sentences import sentences


def kept_root(here: Fetching) -> list[str]:
    """The roots of the threads in the library."""
    return [thread.root_id for thread in threads.threads(here.library)]


async def test_of_an_answer_on_mastodon_the_thread_is_kept_under_its_first_post(here: Fetching, server: Played) -> None:
    root, first, second = status("10001", None, 2), status("10002", "10001", 1), status("10004", "10002")
    other = status("10003", "10001")
    server.routes |= {
        f"{STATUSES}/10004": as_json(second),
        f"{STATUSES}/10004/context": context([root, first]),
        f"{STATUSES}/10001": as_json(root),
        f"{STATUSES}/10001/context": context([], first, second, other),
    }
    found = await here.by("mastodon", f"{server.url}/@ada/10004")
    assert (found.reading.root_id, kept_root(here)) == ("10001", ["10001"])
    assert here.parents(found) == {"10001": None, "10002": "10001", "10004": "10002", "10003": "10001"}
    assert (found.pages, found.broken) == (4, None)
    again = await here.by("mastodon", f"{server.url}/@ada/10001")
    assert (again.kept.thread_id, again.kept.new) == (found.kept.thread_id, 0)


async def test_an_answer_deeper_than_a_server_shows_at_once_is_climbed_from(here: Fetching, server: Played) -> None:
    chain = [status(str(20000 + n), str(20000 + n - 1) if n else None, 1 if n < 99 else 0) for n in range(100)]

    def answer(request: Request) -> bytes:
        number, _, what = request.path.removeprefix(f"{STATUSES}/").partition("/")
        at = int(number) - 20000
        return context(chain[max(0, at - 40) : at], *chain[at + 1 : at + 21]) if what else as_json(chain[at])

    server.routes |= {f"{STATUSES}/{20000 + n}{end}": answer for n in range(100) for end in ("", "/context")}
    found = await here.by("mastodon", f"{server.url}/@ada/20099")
    assert (found.reading.root_id, kept_root(here), found.replies) == ("20000", ["20000"], 99)
    assert found.reading.verdict is Verdict.UNKNOWN


async def test_an_answer_whose_post_the_server_has_not_begins_its_thread_there(here: Fetching, server: Played) -> None:
    answer = status("10002", "10001", 1)
    server.routes |= {
        f"{STATUSES}/10002": as_json(answer),
        f"{STATUSES}/10002/context": context([], status("10003", "10002")),
    }
    found = await here.by("mastodon", f"{server.url}/@ada/10002")
    assert kept_root(here) == [found.reading.root_id]
    assert here.parents(found) == {"10002": "10001", "10003": "10002"}


async def test_a_first_post_that_is_not_given_by_itself_is_taken_from_what_is_above_the_answer(
    here: Fetching, server: Played
) -> None:
    root, first = status("10001", None, 1), status("10002", "10001")
    server.routes |= {
        f"{STATUSES}/10002": as_json(first),
        f"{STATUSES}/10002/context": context([root]),
        f"{STATUSES}/10001": http(404, "no"),
        f"{STATUSES}/10001/context": context([], first),
    }
    found = await here.by("mastodon", f"{server.url}/@ada/10002")
    assert (kept_root(here), here.parents(found)) == (["10001"], {"10001": None, "10002": "10001"})
    assert (found.broken, sentences(found.reading.reasons)) == (None, ())


async def test_a_fetch_that_is_stopped_on_the_way_to_the_first_post_begins_anew(here: Fetching, server: Played) -> None:
    root, first = status("10001", None, 1), status("10002", "10001")
    server.routes |= {
        f"{STATUSES}/10002": as_json(first),
        f"{STATUSES}/10002/context": [http(429, "", "Retry-After: 900"), context([root])],
    }
    with pytest.raises(Unreachable, match="15 minutes"):
        await here.by("mastodon", f"{server.url}/@ada/10002")
    assert here.is_untouched


async def test_a_way_up_without_an_end_is_left_after_as_many_pages_as_the_user_allows(
    here: Fetching, server: Played
) -> None:
    def answer(request: Request) -> bytes:
        number, _, what = request.path.removeprefix(f"{STATUSES}/").partition("/")
        above = status(str(int(number) + 1), str(int(number) + 2))
        return context([above]) if what else as_json(status(number, above["id"]))

    server.routes |= {f"{STATUSES}/{10000 + n}{end}": answer for n in range(50) for end in ("", "/context")}
    with pytest.raises(FetchError, match="20 pages"):
        await here.by("mastodon", f"{server.url}/@ada/10000", max_pages=20)
    assert here.is_untouched
    assert len(server.requests) == 20
