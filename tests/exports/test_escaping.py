"""Text comes back to the letter from every renderer, and creates nothing."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from exports.escaping import inline, link, paragraphs, quote_block
from tests.kit.examples import examples

TEXTUAL = {"paragraph_open", "paragraph_close", "inline"}
INSIDE = {"text", "text_special", "softbreak", "hardbreak", "link_open", "link_close"}

HOSTILE = [
    "# x", "#x", "####### x", "x\n===", "x\n---", "---", "- - -", "***", "___", "===", "1. x", "12) x", "(1) x", "a) x",
    "+ x", "+", "- x", "-", "* x", "> x", ">x", "```\nx\n```", "~~~\nx", "    code", "\tcode", "x\n\n    code",
    "| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n--|--\n1 | 2", "a\n:-:", "a\n:--\nb", "a\n-:", "a\n-|-",
    "![pic](https://evil.example/x.png)", "[x](javascript:alert(1))", "[x]: javascript:alert(1)\n[x]", "[[x]]",
    "<javascript:alert(1)>", "javascript:alert(1)", "<https://evil.example>", "<a@b.example>", "a@b.example",
    "**x**", "*x*", "__x__", "_x_", "~~x~~", "~x~", "==x==", "x^2^", "H~2~O", "`x`", "``", "x \\", "x\\\ny", "x  \ny",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- x -->", "-->", "--!>", "<?php x ?>", "<% x %>",
    "<![CDATA[x]]>", "&amp;", "&lt;b&gt;", "&#35; x", "&#x23; x", "&copy;", "AT&T", "[^1]", "[^1]: x", "^[x]",
    "- [ ] x",
    "$x$", "$$\nx\n$$", "\\(x\\)", "\\[x\\]", "\\begin{x}", ":smile:", ":+1:", "::: note\nx\n:::", ": x", "term\n: x",
    "{{ x }}", "{% x %}", "{{< x >}}", "{{% x %}}", "x {#id}", "x {.c}", "{: .c}", "{++x++}", "x #", "x ##",
    "@someone", "https://a.example/_x_/*y*", "https://a.example/%E4%BD%A0", "see http://a.example/a_b, and",
    "https://a.example/a`b`", "https://a.example/{{x}}", "(https://a.example/x_(y))", "https://a.example/?a=1&copy;=2",
    "www.a.example/_x_", "a.example/%E4%BD%A0", "//a.example/x", "ftp://a.example/x", "mailto:a@b.example",
    "https://xn--fiq228c.example/", "xn--fiq228c.com", "https://a.example*x*", "https://a.example看",
    "HTTPS://A.EXAMPLE",
    "http://ftp://a.example/x",
    "http://http://<x>",
    "http://http://a.example<x>",
    "http://a.example*-->",
    "http://", "https://https://a.example", "¯\\_(ツ)_/¯", "^_^", "a * b * c", "2*3*4", "a__b__c", "[…] x", "x […]",
    "[…](https://a.example)", "!", "x\n\n\n\ny", "x\n y", "x\n\u3000y", "\u3000\u3000x", "\u3000", "\u00a0x",
    "[!NOTE]\nx", "didn't y'all", "snake_case and a__b", "C++ and C#", "@someone, look", "costs $5", "It's \"fine\"",
]  # fmt: skip

PLAIN = [
    "didn’t y’all steal it?", "5 > 3 and 3 < 5", "I <3 this", "snake_case", "v2.5", "C and C#, then F", "a -> b",
    "R&D at AT&T", "模型蒸馏怎么就成了偷窃，“哭哭”（笑）……", "100% sure!", "look, someone", "my #2 is a (good) one",
    "costs 5 dollars", "10:30:45", "2 * 3 = 6", "a = b", "So… what?", "https://t.co/Abc123",
    "see https://a.example/a_b?c=d.", "well - no", "1.5 times", "-5 degrees", "It’s “fine”; really", "a/b", "x […] y",
    "50-50", "24/7", "😭😭",
]  # fmt: skip


def github() -> MarkdownIt:
    pytest.importorskip("linkify_it", reason="linkify-it-py makes the links")
    return MarkdownIt("gfm-like")


def everything() -> MarkdownIt:
    """A renderer with what site generators and note programs add."""
    pytest.importorskip("mdit_py_plugins", reason="mdit-py-plugins brings footnotes and mathematics")
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.texmath import texmath_plugin

    made = github().use(footnote_plugin).use(dollarmath_plugin).use(deflist_plugin).use(attrs_plugin)
    return made.use(container_plugin, "note").use(texmath_plugin, "dollars")


MAKERS: dict[str, Callable[[], MarkdownIt]] = {
    "commonmark": lambda: MarkdownIt("commonmark"),
    "tables": lambda: MarkdownIt("commonmark").enable(["table", "strikethrough"]),
    "breaks": lambda: MarkdownIt("commonmark", {"breaks": True}),
    "github": github,
    "everything": everything,
}


@pytest.fixture(params=MAKERS)
def parser(request: pytest.FixtureRequest) -> MarkdownIt:
    return MAKERS[request.param]()


def shown(markdown: str, renderer: MarkdownIt, also: frozenset[str] = frozenset()) -> str:
    """The literal text of `markdown`, which may hold nothing but paragraphs."""
    blocks = []
    for token in renderer.parse(markdown):
        assert token.type in TEXTUAL | also, f"{token.type} in {markdown!r}"
        if token.type != "inline":
            continue
        for child in token.children or ():
            assert child.type in INSIDE, f"{child.type} in {markdown!r}"
            if child.type == "link_open":
                assert re.match("https?://", str(child.attrs["href"]), re.IGNORECASE), child.attrs
        blocks.append("".join("\n" if c.type.endswith("break") else c.content for c in token.children or ()))
    return "\n\n".join(blocks)


def as_expected(text: str) -> str:
    """`text` without white space at line ends, and with one blank line for several."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def on_one_line(text: str) -> str:
    """`text` with its line breaks as single spaces."""
    return re.sub(r"[ \t]*\n[ \t\n]*", " ", text.strip()).replace("\t", " ")


@pytest.mark.parametrize("text", HOSTILE + PLAIN)
def test_a_reply_is_shown_to_the_letter_and_creates_nothing(text: str, parser: MarkdownIt) -> None:
    assert as_expected(shown(paragraphs(text), parser)) == as_expected(text)


@pytest.mark.parametrize("text", HOSTILE + PLAIN)
def test_a_line_of_text_is_shown_to_the_letter_wherever_it_stands(text: str, parser: MarkdownIt) -> None:
    flat = on_one_line(text)
    assert shown(inline(text), parser).strip() == flat
    heading = frozenset({"heading_open", "heading_close"})
    tokens = parser.parse(f"## {inline(text)}\n")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert shown(f"## {inline(text)}\n", parser, heading).strip() == flat


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quoted_reply_stays_within_its_block_quote(text: str) -> None:
    tokens = everything().parse(quote_block(paragraphs(text)) + "\n\nafter\n")
    assert tokens[0].type == "blockquote_open"
    assert [token.content for token in tokens if token.level == 1 and token.type == "inline"] == ["after"]


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert paragraphs(text) == text


NASTY = st.text(alphabet="#>-+=*_~`|\\[](){}<>!&;:.$^%@/'\" \t\n019aZxiv,?httpsw.comn…é中\u3000\u00a0😭", max_size=60)
PIECES = st.lists(
    st.sampled_from(
        [*HOSTILE, " ", "\n", "\n\n", "  ", "x", "中", "http://", "www.", "*", "_", "-", "|", "`", "<", "&", ")"]
    ),
    max_size=6,
).map("".join)


def test_any_text_comes_back_to_the_letter(parser: MarkdownIt) -> None:
    @settings(max_examples=examples(200))
    @given(NASTY | PIECES)
    def holds(text: str) -> None:
        assert as_expected(shown(paragraphs(text), parser)) == as_expected(text)

    holds()


def test_any_text_comes_back_on_one_line(parser: MarkdownIt) -> None:
    @settings(max_examples=examples(200))
    @given(NASTY | PIECES)
    def holds(text: str) -> None:
        assert shown(inline(text), parser).strip() == on_one_line(text)

    holds()


@settings(max_examples=examples(150))
@given(NASTY | PIECES | st.text(max_size=40))
def test_no_text_can_open_a_template_or_end_a_comment(text: str) -> None:
    for markdown in (inline(text), paragraphs(text)):
        assert not re.search(r"\{[{%#<]|-->|--!>|<(?!https?://)[a-z/!?%]", markdown, re.IGNORECASE)


@settings(max_examples=examples(150))
@given(st.text(max_size=40))
def test_no_control_character_or_lone_surrogate_leaves(text: str) -> None:
    for markdown in (inline(text), paragraphs(text)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", markdown)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("\x1b]52;c;x\x07", "␛&#93;52;c;x␇"),
        ("a\x00b", "a␀b"),
        ("a\x7fb", "a␡b"),
        ("a\x9bb", "a‹9B›b"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_a_control_character_becomes_a_visible_sign(text: str, sign: str) -> None:
    assert paragraphs(text) == sign


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_a_line_break(end: str) -> None:
    assert paragraphs(f"one{end}two") == "one  \ntwo"
    assert inline(f"one{end}two") == "one two"


def test_letters_that_are_not_shown_do_not_leave_but_for_those_of_a_regions_flag() -> None:
    hidden, flag = (
        "".join(chr(0xE0000 + ord(letter)) for letter in "obey"),
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    )
    assert paragraphs(f"a🏴{hidden * 9}\U000e007f b{hidden} {flag}") == f"a🏴 b {flag}"


def test_paragraphs_and_line_breaks_are_kept() -> None:
    assert paragraphs("one\ntwo\n\nthree") == "one  \ntwo\n\nthree"
    assert quote_block("one  \ntwo\n\nthree") == "> one  \n> two\n>\n> three"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb\u202cc", "a\u202eb\u202cc"),
        ("a\u202eb", "a\u202eb\u202c"),
        ("a\u2067b\u202ec", "a\u2067b\u202ec\u202c\u2069"),
        ("a\u2066\u202bb\u2069c", "a\u2066\u202bb\u2069c"),
        ("a\u202cb\u2069c", "abc"),
        ("שלום עולם", "שלום עולם"),
    ],
)
def test_bidirectional_controls_are_closed_where_the_text_ends(text: str, expected: str) -> None:
    assert paragraphs(text) == expected
    assert inline(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?y=1&z=2#w", "https://a.example/x?y=1&z=2#w"),
        ("https://a.example/@b/1", "https://a.example/@b/1"),
        ("https://a.example/a)b(c", "https://a.example/a%29b%28c"),
        ("https://a.example/<b>", "https://a.example/%3Cb%3E"),
        ("https://a.example/{{x}}", "https://a.example/%7B%7Bx%7D%7D"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%E4%BD%A0", "https://a.example/%E4%BD%A0"),
        ("https://a.example/你", "https://a.example/%E4%BD%A0"),
        ("https://a.example/?x=1&copy;", "https://a.example/?x=1&copy%3B"),
        ("https://例子.example:8080/x", "https://xn--fsqu00a.example:8080/x"),
        ("http://http/x", "http://http/x"),
        ("HTTPS://A.example/X", "https://a.example/X"),
    ],
)
def test_a_link_is_encoded_where_it_could_break_out(url: str, expected: str) -> None:
    assert link(url) == expected


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "//a.example", "", "https://", "https://a b.example",
     "https://a.example/x\ny", "https://a.example/\x1b", "https://x.com@evil.example/", "https://a.example:x/",
     "https://a)b/", "https://[::1/"],
)  # fmt: skip
def test_what_is_no_plain_web_link_is_no_link(url: str) -> None:
    assert link(url) is None


def test_a_reply_of_64_kib_loses_nothing() -> None:
    for piece in (
        "^",
        "$",
        "www.",
        ":a",
        "https://",
        "[",
        "_a",
        "<",
        "&a",
        "a ",
        "中",
        "//",
        "=",
        ")",
        "https://a.example/)",
        "#",
        "-",
        ".",
        "!",
        "1/2",
        "@a:",
    ):
        text = piece * (65536 // len(piece))
        assert len(paragraphs(text + "x")) >= len(text.strip()), piece
