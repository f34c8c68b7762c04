"""One thread on an instance that has a bad day in every way at once: both ways of asking end with the same."""

from dataclasses import replace

import pytest

from core.models import PostStatus, Verdict
from core.reasons import Reason, ReasonCode
from core.words import words
from tests.kit.fetched import Fetching
from tests.kit.instances import CHALLENGE
from tests.kit.nitter_pages import AUTHOR, CURSOR, NEXT, PATH, ROOT, THE_POST, Said, error_page, status_page
from tests.kit.played import Played, http, page, played

GONE = Said(31, "", "abe_long", gone="This Post was deleted by the Post author.")
BELOW_GONE = Said(32, "I saw it before it went.", "ona_feld")
CUT = Said(41, "Which museum?", "jo_tarn", replies=2, more=True)
DEEPER = Said(42, "The third one.", "petra_holm", replies=1, more=True)
DEEPEST = Said(43, "And\nthe  fourth.", AUTHOR, "Brolly & Sons")
LOST = Said(51, "", "vi_lake", gone="This Post is from a suspended account.")
ENDS_LOST = Said(50, "Ask them.", "cleo_w", answers=(LOST,), more=True)
LAST = Said(61, "看到了。", "kanshu", "看书的人")


def chain_of(post: Said) -> str:
    return f"/{post.author}/status/{post.id}"


@pytest.fixture
def here(at_instance: Fetching) -> Fetching:
    return at_instance


async def test_what_comes_of_a_bad_day_is_whole_but_for_what_nobody_can_have(
    here: Fetching, by: str, nitter: Played
) -> None:
    root = replace(THE_POST, replies=5)
    with played() as stranger:
        abroad = Said(71, "Read on over there.", "tom", more=f"{stranger.url}/tom/status/1900000000000000099")
        first = status_page(root, [replace(GONE, answers=(BELOW_GONE,)), CUT], cursor=CURSOR)
        nitter.routes |= {
            PATH: [http(502, "Bad Gateway"), page(first)],
            NEXT: [http(429, error_page("Instance has been rate limited."), "Retry-After: 1"),
                   page(status_page(root, [ENDS_LOST, abroad, LAST], earlier=True))],
            chain_of(CUT): [http(500, "oops"), page(status_page(CUT, [DEEPER], above=[root]))],
            chain_of(DEEPER): page(status_page(DEEPER, [DEEPEST], above=[root, CUT])),
        }  # fmt: skip
        found = await here.by(by)
        assert stranger.requests == []
    kept = {post.id: post for post in here.posts(found.kept.thread_id)}
    assert {post.id: (post.parent_id, post.status, post.text) for post in kept.values()} == {
        ROOT: (None, PostStatus.LIVE, THE_POST.text),
        GONE.id: (ROOT, PostStatus.DELETED, ""),
        BELOW_GONE.id: (GONE.id, PostStatus.LIVE, BELOW_GONE.text),
        CUT.id: (ROOT, PostStatus.LIVE, CUT.text),
        DEEPER.id: (CUT.id, PostStatus.LIVE, DEEPER.text),
        DEEPEST.id: (DEEPER.id, PostStatus.LIVE, DEEPEST.text),
        ENDS_LOST.id: (ROOT, PostStatus.LIVE, ENDS_LOST.text),
        LOST.id: (ENDS_LOST.id, PostStatus.SUSPENDED, ""),
        abroad.id: (ROOT, PostStatus.LIVE, abroad.text),
        LAST.id: (ROOT, PostStatus.LIVE, LAST.text),
    }
    assert found.reading.verdict is Verdict.PARTIAL
    assert Reason(ReasonCode.CUT_CHAINS_WITHOUT_LINK, (1,)) in found.reading.reasons
    assert Reason(ReasonCode.PAGES_NOT_HAD, (1,)) in found.reading.reasons
    assert any("nothing was sent there" in words(problem.reason) for problem in found.reading.problems)


async def test_a_bad_day_that_ends_in_a_challenge_goes_on_the_day_after(
    here: Fetching, by: str, nitter: Played
) -> None:
    root = replace(THE_POST, replies=2)
    nitter.routes |= {
        PATH: page(status_page(root, [CUT], cursor=CURSOR)),
        NEXT: page(status_page(root, [LAST], earlier=True)),
        chain_of(CUT): page(CHALLENGE),
    }
    broken = await here.by(by)
    assert (broken.replies, broken.reading.verdict) == (2, Verdict.PARTIAL)
    nitter.requests.clear()
    nitter.routes |= {
        chain_of(CUT): page(status_page(CUT, [DEEPER], above=[root])),
        chain_of(DEEPER): page(status_page(DEEPER, [DEEPEST], above=[root, CUT])),
    }
    found = await here.by(by)
    assert [target for target in nitter.asked if "/status/" in target] == [chain_of(CUT), chain_of(DEEPER)]
    assert (found.replies, found.reading.verdict) == (4, Verdict.COMPLETE)
