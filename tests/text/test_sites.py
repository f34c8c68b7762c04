"""Sites: which host an id belongs to, as links tell it."""

import pytest

from core.text.sites import address_key, canonical_site, names_post, site_by_links, site_of


@pytest.mark.parametrize(
    ("link", "site"),
    [
        ("https://twitter.com/moor_hen/status/31", "x.com"),
        ("https://mobile.twitter.com/moor_hen/status/31?s=20", "x.com"),
        ("https://nitter.fen.example/moor_hen/status/31", "x.com"),
        ("https://old.reddit.com/r/fens/comments/1fen1/_/", "reddit.com"),
        ("https://redd.it/1fen1", "reddit.com"),
        ("https://m.weibo.cn/detail/5200000000000001", "weibo.com"),
        ("https://hn.algolia.com/api/v1/items/31", "news.ycombinator.com"),
        ("https://api.github.com/repos/fen/reeds/issues/3", "github.com"),
        ("https://youtu.be/abc", "youtube.com"),
        ("https://www.fen.example/t/reeds/31", "fen.example"),
        ("https://FEN.example./post/31", "fen.example"),
        ("https://fen.example:8443/post/31", "fen.example:8443"),
        ("https://m.io/post/31", "m.io"),
        ("fen.example", ""),
        ("no link", ""),
    ],
)
def test_a_link_tells_the_site_whatever_mirror_app_or_interface_it_goes_through(link: str, site: str) -> None:
    assert site_of(link) == site


def test_a_host_that_a_person_types_is_the_site_that_it_stands_for() -> None:
    assert [canonical_site(name) for name in ("Twitter.com", "www.fen.example", "")] == ["x.com", "fen.example", ""]


def test_one_address_is_one_however_it_is_written() -> None:
    ways = ("https://fen.example/@moor/31", "http://www.FEN.example/@moor/31/", "https://fen.example/@moor/31#top")
    assert len({address_key(way) for way in ways}) == 1
    assert address_key("https://x.com/moor_hen/status/31?t=secret") == address_key("https://nitter.net/other/status/31")
    assert address_key("https://news.ycombinator.com/item?id=31") != address_key(
        "https://news.ycombinator.com/item?id=32"
    )


@pytest.mark.parametrize(
    ("link", "post_id", "names"),
    [
        ("https://fen.example/post/31", "post/31", True),
        ("https://fen.example/comment/31", "31", True),
        ("https://fen.example/@moor/1150031", "31", False),
        ("https://git.example/fen/reeds/issues/3", "fen/reeds#3", True),
        ("https://www.reddit.com/r/fens/comments/1fen1/_/mfen2/", "t1_mfen2", True),
        ("https://other.example/@moor/77", "31", False),
    ],
)
def test_a_link_names_a_post_whose_id_stands_in_it_part_for_part(link: str, post_id: str, names: bool) -> None:
    assert names_post(link, post_id) is names


def test_the_site_is_where_the_ids_stand_in_the_links_and_not_where_the_most_posts_come_from() -> None:
    told = [
        ("31", "https://fen.example/@moor/31"),
        ("32", "https://marsh.example/@reed/9001"),
        ("33", "https://marsh.example/@rush/9002"),
    ]
    assert site_by_links(told) == "fen.example"
    assert site_by_links(told[1:]) == ""
