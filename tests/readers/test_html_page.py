"""HTML that is written to cost a parser minutes or gigabytes is refused before it is parsed."""

import pytest

from core.errors import PayloadError
from core.models import Payload
from core.readers import read
from core.readers.kit.html_page import DEEPEST, is_costly, parsed_page
from core.readers.kit.html_text import html_text
from tests.kit.nitter_pages import FIRST, THE_POST, Said, status_page

LEFT_OPEN = "".join(f"<b id=b{number}>" for number in range(1000))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300_000,
        "<b></i>" * 300_000,
        "<div><template></div>" * 100_000,
        f"<p>{LEFT_OPEN}</p>" + "<p>x</p>" * 2000,
        "<div " + " ".join(f"a{number}" for number in range(100_000)) + ">",
        "<!-- <div> --><script>'<div>'</script>" + "<section>" * 2000,
    ],
    ids=["nested", "closed under another name", "behind a template", "left open", "attributes", "after a script"],
)
def test_what_a_parser_would_take_minutes_for_is_known_by_its_tags(html: str) -> None:
    assert is_costly(html)
    with pytest.raises(PayloadError, match="nested too deeply"):
        parsed_page(html, "page.html")


@pytest.mark.parametrize(
    "html",
    [
        "<p>one" * 50_000,
        "<ul>" + "<li>one" * 50_000,
        "<div><br></div>" * 50_000,
        "<script>" + "'<div>'" * 5000 + "</script>",
        "<!--" + "<div>" * 5000,
        "<" * 100_000,
        "<p>" + "<a href=x><b>one</b></a> " * 20_000,
        "<div>" * (DEEPEST - 1),
        "<img src='" + "x y " * 20_000 + "'>",
    ],
    ids=["paragraphs", "a list", "voids", "a script", "a comment", "signs", "links", "the limit", "a long attribute"],
)
def test_a_long_page_is_no_costly_one(html: str) -> None:
    assert not is_costly(html)


def test_a_page_of_many_replies_is_read_whole() -> None:
    replies = [Said(100 + number, f"Reply {number}", answers=FIRST[:1]) for number in range(3000)]
    (found,) = read(Payload("page.html", status_page(THE_POST, replies).encode()))
    assert len(found.posts) > 3000


def test_a_page_nested_without_end_is_refused_as_a_file_too() -> None:
    page = status_page(THE_POST, FIRST).replace("</body>", "<div>" * 300_000)
    with pytest.raises(PayloadError, match="nested too deeply"):
        read(Payload("page.html", page.encode()))


def test_a_text_nested_without_end_keeps_its_words() -> None:
    assert html_text("<b>" * 4000 + "Frame it &amp; send it back.") == "Frame it & send it back."
