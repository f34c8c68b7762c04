"""Where the pages of an instance lead, asked over HTTP and by a real browser: no further than they should."""

from dataclasses import replace

import pytest

from core.errors import FetchError
from core.models import PostStatus, Verdict
from core.reasons import Reason, ReasonCode
from tests.kit.fetched import Fetching
from tests.kit.instances import pages_asked
from tests.kit.nitter_pages import (
    CURSOR,
    FIRST,
    NEXT,
    PATH,
    ROOT,
    SECOND,
    THE_POST,
    Said,
    status_page,
    two_pages,
)
from tests.kit.played import Played, http, page, played
from tests.kit.sentences import sentence, sentences


@pytest.fixture
def here(at_instance: Fetching) -> Fetching:
    return at_instance


async def test_a_chain_below_a_post_that_is_not_shown_stays_a_reason(here: Fetching, by: str, nitter: Played) -> None:
    gone = Said(61, "", "abe_long", gone="This Post was deleted by the Post author.")
    cut = Said(60, "Which label?", answers=(gone,), more=True)
    nitter.routes[PATH] = page(status_page(replace(THE_POST, replies=1), [cut]))
    found = await here.by(by)
    assert found.reading.verdict is Verdict.PARTIAL
    assert [reason.code for reason in found.reading.reasons] == [ReasonCode.CUT_CHAINS_WITHOUT_LINK]
    parents = {post.id: (post.parent_id, post.status) for post in here.posts(found.kept.thread_id)}
    assert parents[gone.id] == (cut.id, PostStatus.DELETED)


async def test_a_chain_that_leads_elsewhere_is_not_followed(here: Fetching, by: str, nitter: Played) -> None:
    with played() as inside:
        inside.routes["/ada/status/7"] = page(status_page(Said(7, "secret", "ada"), []))
        links = [f"{inside.url}/ada/status/7", f"//{inside.url[7:]}/ada/status/8",
                 nitter.url.replace("//", "//brolly@") + "/ada/status/7", "http://[::1/ada/status/7"]  # fmt: skip
        cut = [Said(60 + number, "Which label?", more=link) for number, link in enumerate(links)]
        nitter.routes[PATH] = page(status_page(replace(THE_POST, replies=4), cut))
        found = await here.by(by)
        assert (found.replies, found.reading.verdict, found.broken) == (4, Verdict.PARTIAL, None)
        assert f"{len(links)} pages could not be had" in "; ".join(sentences(found.reading.reasons))
        assert inside.requests == []
    assert pages_asked(nitter) == [PATH]


async def test_a_base_in_the_page_leads_nowhere_else(here: Fetching, by: str, nitter: Played) -> None:
    with played() as inside:
        first, _ = two_pages()
        nitter.routes[PATH] = page(first.replace("<head>", f'<head><base href="{inside.url}/">'))
        found = await here.by(by)
        assert (found.replies, found.reading.verdict) == (4, Verdict.COMPLETE)
        assert not [target for target in inside.asked if "/status/" in target or "cursor" in target]


async def test_the_page_of_another_post_is_not_taken_for_the_one_that_was_asked_for(
    here: Fetching, by: str, nitter: Played
) -> None:
    stranger = status_page(Said(900, "Buy umbrellas", "tom"), [Said(901, "Two, please.")])
    nitter.routes[NEXT] = page(stranger)
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (3, Verdict.PARTIAL)
    assert "the page of another post" in sentence(found.broken)
    nitter.routes[PATH] = page(stranger)
    with pytest.raises(FetchError, match="the page of another post"):
        await here.by(by, restart=True)


async def test_a_further_page_that_is_another_posts_makes_the_thread_partial(
    here: Fetching, by: str, nitter: Played
) -> None:
    stranger = Said(900, "Buy umbrellas", "tom")
    link = f"/tom/status/{stranger.id}?cursor=tom"
    first = status_page(replace(THE_POST, replies=3), FIRST, cursor=CURSOR).replace(f"?cursor={CURSOR}", link)
    nitter.routes |= {PATH: page(first), link: page(status_page(stranger, [Said(901, "Two, please.")]))}
    found = await here.by(by)
    assert (found.replies, found.reading.verdict) == (3, Verdict.PARTIAL)
    assert found.reading.reasons == (Reason(ReasonCode.PAGES_OF_OTHERS, (1,)),)


async def test_every_link_that_says_more_is_followed(here: Fetching, by: str, nitter: Played) -> None:
    other = '<div class="show-more"><a href="?cursor=other">Load more</a></div></body>'
    nitter.routes[PATH] = page(two_pages()[0].replace("</body>", other))
    nitter.routes[f"{PATH}?cursor=other"] = page(status_page(THE_POST, [Said(80, "Mine too.")]))
    assert (await here.by(by)).replies == 5


async def test_a_redirect_to_another_site_is_noticed(here: Fetching, by: str, nitter: Played) -> None:
    with played() as inside:
        inside.routes[PATH] = page(two_pages()[0])
        nitter.routes[PATH] = http(302, "", f"Location: {inside.url}{PATH}")
        with pytest.raises(FetchError, match="another site"):
            await here.by(by)
    assert here.is_untouched


async def test_a_redirect_on_the_same_instance_is_followed(here: Fetching, by: str, nitter: Played) -> None:
    nitter.routes["/i/status/" + ROOT] = http(302, "", f"Location: {PATH}")
    found = await here.by(by, f"https://x.com/i/status/{ROOT}")
    assert found.replies == 4


async def test_a_page_that_was_moved_round_and_round_is_left(here: Fetching, by: str, nitter: Played) -> None:
    nitter.routes[PATH] = http(302, "", f"Location: {PATH}")
    with pytest.raises(FetchError, match="in a circle"):
        await here.by(by)


async def test_a_page_that_leads_on_to_another_site_by_itself_is_not_read(
    here: Fetching, by: str, nitter: Played
) -> None:
    with played() as other:
        other.routes[PATH] = page(two_pages()[0])
        nitter.routes[PATH] = page(f'<meta http-equiv="refresh" content="0; url={other.url}{PATH}">')
        with pytest.raises(FetchError, match="another site" if by == "camofox" else "a web page"):
            await here.by(by)
    assert here.is_untouched


async def test_pages_that_lead_round_and_round_are_each_asked_once(here: Fetching, by: str, nitter: Played) -> None:
    third = f"{PATH}?cursor=third"
    replies = [Said(80, "Mine too.")]
    nitter.routes[NEXT] = page(status_page(THE_POST, SECOND, cursor="third"))
    nitter.routes[third] = page(status_page(THE_POST, replies, cursor=CURSOR))
    await here.by(by)
    assert pages_asked(nitter) == [PATH, NEXT, third]


@pytest.mark.parametrize("link", ["/settings", "/i/status/0", "/about?x=1"])
async def test_a_chain_that_leads_to_no_post_is_cut_short_and_not_followed(
    here: Fetching, by: str, nitter: Played, link: str
) -> None:
    nitter.routes[PATH] = page(status_page(replace(THE_POST, replies=1), [Said(60, "Which label?", more=link)]))
    found = await here.by(by)
    assert found.reading.reasons == (Reason(ReasonCode.CUT_CHAINS_WITHOUT_LINK, (1,)),)
    assert link not in nitter.asked
