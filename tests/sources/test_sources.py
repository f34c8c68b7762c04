"""Every source: what it is, which links it takes, and where that is written down."""

import pytest

from core.readers import READERS
from core.sources import SOURCES, source, sources_for
from core.transport import Request, SourceSettings, request_from
from tests.kit.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKS = {
    "hackernews": ["https://news.ycombinator.com/item?id=9000001", "https://hn.algolia.com/api/v1/items/9000001"],
    "reddit": [
        "https://www.reddit.com/r/pens/comments/1abcde/which_pen/",
        "https://old.reddit.com/r/pens/comments/1abcde/which_pen/k2x3y4/?context=3",
        "https://reddit.com/comments/1abcde",
        "https://redd.it/1abcde",
        "https://www.reddit.com/r/pens/s/AbCdEf1234",
    ],
    "bluesky": [
        "https://bsky.app/profile/ada.example.com/post/3kabcdefghi2x",
        "https://bsky.app/profile/did:plc:invented234567/post/3kabcdefghi2x",
    ],
    "github": [
        "https://github.com/brolly/labels/issues/12",
        "https://github.com/brolly/labels/pull/7#issuecomment-99",
        "https://github.com/brolly/labels/pull/7/files",
    ],
    "mastodon": [
        "https://social.example/@ada/113000000000000001",
        "https://social.example/@ada@away.example/113000000000000001",
        "https://social.example/users/ada/statuses/113000000000000001",
        "https://pleroma.example/notice/9zIH9GTinvented1AB",
    ],
    "lemmy": ["https://home.example/post/12", "https://home.example/post/12/35", "https://home.example/comment/35"],
    "discourse": [
        "https://forum.example/t/which-pen/57",
        "https://forum.example/t/which-pen/57/4",
        "https://forum.example/t/57",
        "https://example.org/forum/t/which-pen/57",
    ],
    "nitter": ["https://x.com/brolly/status/1900000000000000001"],
}
NOBODYS = (
    "https://news.ycombinator.com/news",
    "https://news.ycombinator.com/item?id=x",
    "https://www.reddit.com/r/pens/",
    "https://bsky.app/profile/ada.example.com",
    "https://github.com/brolly/labels",
    "https://medium.example/@ada/on-pens-and-paper-1a2b3c",
    "https://example.org/",
    "https://user:secret@news.ycombinator.com/item?id=1",
    "ftp://news.ycombinator.com/item?id=1",
    "1900000000000000001",
    "",
)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_is_what_its_name_says_and_the_readme_has_it(name: str) -> None:
    made = source(name, SourceSettings())
    assert made.name == name
    assert made.title
    assert made.fetches
    assert made.formats
    assert set(made.formats) <= READERS.keys()
    assert f"| `{name}` |" in README


@pytest.mark.parametrize(("name", "link"), [(name, link) for name, links in LINKS.items() for link in links])
def test_a_link_is_taken_by_the_source_of_its_network_and_by_no_other(name: str, link: str) -> None:
    of_x = {"nitter", "camofox", "x-tweet-fetcher", "fxtwitter"}
    takers = {one.name for one in sources_for(link, SourceSettings())}
    assert takers == (of_x if name == "nitter" else {name})


@pytest.mark.parametrize("link", NOBODYS)
def test_what_is_no_link_to_a_thread_is_taken_by_none(link: str) -> None:
    assert [one.name for one in sources_for(link, SourceSettings())] == []


def test_what_the_user_orders_is_tried_in_that_order_and_nothing_else_is() -> None:
    settings = SourceSettings(order=("fxtwitter", "camofox"))
    assert [one.name for one in sources_for(LINKS["nitter"][0], settings)] == ["fxtwitter", "camofox"]
    assert [one.name for one in sources_for(LINKS["hackernews"][0], settings)] == ["hackernews"]


def test_what_is_still_to_be_asked_survives_being_kept() -> None:
    from dataclasses import asdict
    from json import dumps, loads

    ask = Request("https://a.example", "a note", "kind", 2, (404,), (Request("https://b.example"),))
    assert request_from(loads(dumps(asdict(ask)))) == ask


def test_no_source_shows_its_keys() -> None:
    assert "secret" not in repr(SourceSettings(keys={"github": "secret"}))


def test_what_an_older_library_kept_to_be_asked_is_asked_still() -> None:
    kept = {"url": "https://a.example/1", "otherwise": [{"url": "https://a.example/2", "otherwise": []}]}
    assert request_from(kept) == Request("https://a.example/1", fallbacks=(Request("https://a.example/2"),))
