"""Links, names and tags in a text: where each of them ends."""

import pytest

from core.text.links_in_text import LINK, NAME_OR_TAG


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("see https://a.example/b?c=d#e now", "see | now"),
        ("看https://a.example/b好文章", "看|好文章"),
        ("https://a.example/雨伞/雨伞 look", "| look"),
        ("https://例え.example/x", "|"),
        ("www.a.example/b, they say", "| they say"),
        ("as on a.example/lab… and", "as on | and"),
        ("pic.twitter.com/abc", "|"),
        ("no.link here, 3.5/5 and and/or", "no.link here, 3.5/5 and and/or"),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(text: str, rest: str) -> None:
    assert LINK.sub("|", text) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@ada and @bo@m.example!", "| and |!"),
        ("#茶壶 ＠小雨 hi", "| | hi"),
        ("$TEA for $5", "| for $5"),
        ("ada@museum.example", "ada@museum.example"),
    ],
)
def test_names_and_tags_are_told_from_prices_and_addresses(text: str, rest: str) -> None:
    assert NAME_OR_TAG.sub("|", text) == rest
