"""Posted HTML becomes the text that its network shows."""

import pytest

from core.readers.kit.html_text import html_as_text, html_text

LONG = "https://example.org/a/very/long/way"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("it&#x27;s 1 &lt; 2 &amp;amp; done", "it's 1 < 2 &amp; done"),
        ("<b>it&#x27;s</b> 1 &lt; 2 &amp;amp; done", "it's 1 < 2 &amp; done"),
        ("one<p>two<p>three", "one\n\ntwo\n\nthree"),
        ("<p>one</p>\n<p>two</p>\n", "one\n\ntwo"),
        ("<p>one<br>two<br />\nthree</p>", "one\ntwo\nthree"),
        ("<p>one<br></p><p>two</p>", "one\n\ntwo"),
        ("one\n  <i>two</i>\tthree", "one two three"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("so:<p><pre><code>  if a:\n    b\n</code></pre>\nyes", "so:\n\n  if a:\n    b\n\nyes"),
        ("<ul><li>one</li><li>two</li></ul>", "• one\n• two"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("a\u00a0 b <b></b>", "a\u00a0 b"),
        ("a<script>b</script><style>c</style>", "a"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_text_is_laid_out_as_a_browser_does(html: str, text: str) -> None:
    assert html_text(html) == text


def test_a_quotation_is_marked_as_not_the_authors() -> None:
    """Each of its lines begins with a sign, and its own author stands before it."""
    html = (
        '<aside class="quote" data-post="2"><div class="title"><div class="quote-controls"></div>'
        '<img class="avatar" alt="" src="https://example.org/a.png"> ada:</div>\n'
        "<blockquote>\n<p>One.</p>\n<p>Two.</p></blockquote></aside>\n<p>No.</p>"
    )
    assert html_as_text(html) == ("ada:\n\n> One.\n>\n> Two.\n\nNo.", (), ())


@pytest.mark.parametrize(
    "anchor",
    [
        "https:&#x2F;&#x2F;example.org&#x2F;a&#x2F;ve...",
        "example.org/a/very…",
        "www.example.org/a/…/way",
        '<span class="invisible">https://</span><span class="ellipsis">example.org/a/very</span>'
        '<span class="invisible">/long/way</span>',
    ],
)
def test_a_link_that_is_cut_shows_its_whole_address(anchor: str) -> None:
    html = f'<p>See <a href="{LONG}" rel="nofollow">{anchor}</a>.</p>'
    assert html_as_text(html) == (f"See {LONG}.", (LONG,), ())


@pytest.mark.parametrize("anchor", ["read on…", "网页链接", "..."])
def test_a_links_own_words_are_kept(anchor: str) -> None:
    """Dots alone do not make an address."""
    assert html_as_text(f'<a href="{LONG}">{anchor}</a>') == (anchor, (LONG,), ())


def test_mentions_and_hashtags_are_as_written_and_no_links() -> None:
    """They lead to the network's own pages."""
    html = (
        '<span class="h-card"><a href="https://example.org/@ada" class="u-url mention">@<span>ada</span></a></span> '
        '<a href="https://example.org/tags/ink" class="mention hashtag" rel="tag">#<span>ink</span></a>'
    )
    assert html_as_text(html) == ("@ada #ink", (), ())


@pytest.mark.parametrize(
    ("image", "text"),
    [
        ('<img class="emoji" alt=":smile:" src="https://example.org/s.png">', ":smile:"),
        ('<span class="url-icon"><img alt=[心] src="https://example.org/s.png"></span>', "[心]"),
        ('<img draggable="false" alt="😀" src="https://example.org/s.png">', "😀"),
    ],
)
def test_an_emoji_that_is_a_picture_shows_its_name(image: str, text: str) -> None:
    assert html_as_text(f"Yes {image}!") == (f"Yes {text}!", (), ())


def test_pictures_are_taken_out_of_the_text() -> None:
    """What describes them is not shown to those who see them."""
    html = (
        '<div class="lightbox-wrapper"><a class="lightbox" href="//example.org/big.png">'
        '<img src="//example.org/big.png" alt="a cat"><div class="meta"><span>cat.png</span></div></a></div>'
        '<img src="/local.png" alt="x">Look'
    )
    assert html_as_text(html) == ("Look", (), ("https://example.org/big.png",))


def test_a_box_about_a_linked_page_is_its_address() -> None:
    """The box's words are not the author's."""
    html = f'<p>See</p><aside class="onebox" data-onebox-src="{LONG}"><h3>Title</h3><p>Words</p></aside><p>!</p>'
    assert html_as_text(html) == (f"See\n\n{LONG}\n\n!", (LONG,), ())


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<blockquote>x" * 4_000,
        "<ul><li>" * 4_000 + "x",
        f'<a href="{LONG}">' + "<span>" * 4_000 + "x…",
        "<b><i>" * 2_000 + "</b></i>" * 2_000 + "x",
        "<" * 100_000 + "x",
        "<!--x",
        "<frameset>x",
        "<img alt='[' src='//['><a href='http://['>x…</a>",
    ],
    ids=["divs", "quotes", "lists", "spans", "crossed", "angles", "comment", "frames", "brackets"],
)
def test_html_that_nobody_writes_ends_soon(html: str) -> None:
    """Deep, crossed or broken elements are text like any other."""
    assert isinstance(html_text(html), str)


def test_half_a_character_is_seen() -> None:
    """A lone surrogate becomes the sign for what is damaged."""
    assert html_text("a\ud800<b>b</b>") == "a\ufffdb"
