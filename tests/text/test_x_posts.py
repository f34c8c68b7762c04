"""Links to posts of X and their ids: one rule for what is one, whatever odd thing stands in a link's place."""

import pytest

from core.text.x_posts import is_on_x, linked_account, linked_id, linked_post, post_link, snowflake_time, x_post

ID = "1900000000000000001"


@pytest.mark.parametrize(
    "link",
    [
        f"https://x.com/brolly/status/{ID}",
        f"https://x.com/brolly/status/{ID}?s=20&t=abc#m",
        f"https://www.x.com/brolly/status/{ID}/photo/1",
        f"https://mobile.twitter.com/brolly/statuses/{ID}",
        f"HTTPS://X.COM/brolly/status/{ID}",
        f"https://fxtwitter.com/brolly/status/{ID}",
        f"https://nitter.example.org/brolly/status/{ID}#m",
        f"https://xcancel.com/brolly/status/{ID}",
        f"x.com/brolly/status/{ID}",
        f"  https://x.com/brolly/status/{ID}\n",
    ],
)
def test_a_link_to_a_post_is_known_wherever_it_is_shown(link: str) -> None:
    assert x_post(link) == linked_post(link) == ("brolly", ID)
    assert linked_account(link) == "brolly"


@pytest.mark.parametrize("path", ["i/web/status", "i/status", "web/status", "ada%20brolly/status", "@/status"])
def test_a_link_without_a_handle_is_a_link_to_the_post_of_nobody(path: str) -> None:
    link = f"https://x.com/{path}/{ID}"
    assert x_post(link) == ("i", ID)
    assert linked_account(link) is None


@pytest.mark.parametrize(
    "link",
    [
        "https://x.com/brolly",
        f"https://example.com/brolly/status/{ID}",
        f"https://evilx.com/brolly/status/{ID}",
        f"https://x.com.evil.example/brolly/status/{ID}",
        f"https://x.com@evil.example/brolly/status/{ID}",
        f"https://ada:key@x.com/brolly/status/{ID}",
        f"javascript://x.com/brolly/status/{ID}",
        f"https://x.com/search?q=/brolly/status/{ID}",
        f"https://x.com/#/brolly/status/{ID}",
        f"/brolly/status/{ID}",
        ID,
        "https://[/brolly/status/1",
        "",
    ],
)
def test_other_links_are_not_taken_for_posts_of_x(link: str) -> None:
    assert x_post(link) is None
    assert linked_account(link) is None


def test_the_address_of_an_instance_shows_posts_of_x_where_it_is_named() -> None:
    assert x_post(f"http://localhost:8080/brolly/status/{ID}", host="localhost") == ("brolly", ID)
    assert x_post(f"http://localhost:8080/brolly/status/{ID}") is None


@pytest.mark.parametrize(
    "link", [f"/brolly/status/{ID}#m", f"http://[::1]:80/brolly/status/{ID}", f"a.b/c/status/{ID}/"]
)
def test_a_page_links_to_its_own_posts_by_path_and_any_site_by_address(link: str) -> None:
    assert linked_id(link) == ID


@pytest.mark.parametrize(
    "odd",
    [
        None,
        1900000000000000001,
        b"/a/status/1",
        "/a/status/",
        "/a/status/12x",
        "/a/status/x12",
        f"/a/status/{ID}00",
        "/a/status/１２",
        "/a b/status/12",
        "see /a/status/12",
        "//a/status/12",
        "/status/12",
        "a/status/12",
        "https://ada:key@x.com/a/status/12",
    ],
)
def test_what_is_no_link_to_a_post_has_no_id(odd: object) -> None:
    assert linked_id(odd) is None


@pytest.mark.parametrize("part", ["a", "a.", "/", "a/", "/a/status/1", "https://", "x.com/"])
def test_a_hostile_link_is_looked_at_in_no_time(part: str) -> None:
    """Within the test's limit of time, that is."""
    assert linked_post("!" + part * 100_000) is None
    linked_post(part * 100_000 + "!")


@pytest.mark.parametrize(
    ("handle", "post_id", "link"),
    [
        ("brolly", ID, f"https://x.com/brolly/status/{ID}"),
        (None, "20", "https://x.com/i/status/20"),
        ("", ID, None),
        ("bro lly", ID, None),
        ("ada/status/1?", ID, None),
        ("brolly@museum.example", ID, None),
        ("a" * 21, ID, None),
        ("brolly", "", None),
        ("brolly", "h:0123456789abcdef", None),
        ("brolly", "1" * 20, None),
        ("brolly", "١٢", None),
        ("brolly", "-1", None),
    ],
)
def test_a_link_is_made_only_of_what_can_be_real(handle: str | None, post_id: str, link: str | None) -> None:
    assert post_link(handle, post_id) == link


@pytest.mark.parametrize(
    ("link", "wanted"),
    [("https://x.com/brolly", True), ("twitter.com/a", True), ("https://nitter.net/a", False), ("x.com", False)],
)
def test_xs_own_pages_are_told_from_those_that_show_its_posts(link: str, wanted: bool) -> None:
    assert is_on_x(link) is wanted


def test_an_id_tells_the_second_in_which_it_was_made() -> None:
    assert snowflake_time(ID) == 1741830274
    assert snowflake_time("20") is None
    assert snowflake_time("١٩٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠١") is None
