"""What others wrote is text in every program that makes a page of Markdown, and its letters are theirs."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.escaping import inline, paragraphs, quote_block
from tests.kit.examples import examples
from tests.kit.real import need
from tests.kit.renderers import PANDOC_FORMATS, RENDERERS, Page, as_seen, pandoc
from tests.kit.seed import TWIN, choices

WORDS = [
    "I keep C++ and g++ and i++ apart", "++x++ and ==y== and ~z~ and ^w^", "{汉|hàn} [[wiki]] {#id .c}", "==", "a == b",
    "@nel_ost and -@nel_ost; [@nel_ost, p. 3]", "(@) a letter\n(@b) another", "me@mail.example", "@", "#", "##", "x ##",
    "12345678901. a number", "(ii) two\nmix. x\nA. B\n#. c\nd) e", "1986. A great year", "% a title\n% a name",
    "About ~30 of 40 | or ~50 = half", "cost $5, then $6; 100% of it: @home ^up", "H~2~O, 2^10^", "x: y\n: z\n:: w",
    "www.moor.example and http://moor.example/a_b?c=d&e=f.", "(https://moor.example/x_(y))", "https://moor.example/@nel/1",
    "https://moor.example/a--b...c", "\"https://moor.example/a\"", "https://moor.example/%7Enel看", "ftp://moor.example/x",
    "moor.example//x //moor.example/x", "it's \"so\" -- no --- 'yes' ... yes.... <<well>>", "5' 11\" 'n' rock'n'roll",
    "(c) 2026 (r) (tm) (p) +-3 1/2 3/4 24/7 ,, !!!!! ?????", "\\(x\\) \\[y\\] $a$ $$b$$ \\newpage \\*", "`a` ``b`` ```",
    "*a* **b** ***c*** _d_ __e__ f__g__h i_j_k 2*3*4 * * *", "中文_强调_和**粗体**结束", ":smile: :+1: 10:30:45 ::: x",
    "!!! note\n??? more\n/// x\n!x", ">!hidden!<", "||hidden||", "%%hidden%%", "{{ x }} {% y %} {{< z >}} {{% w %}}",
    "<b>x</b> <!-- y --> <x@y.example> <https://z.example> --> &amp; &#1 &copy; &copy 1 &lt;", "[TOC]\n[x]: y\n*[z]: w",
    "x\n---\ny\n===\nz\n-\nw\n+", "- a\n* b\n+ c\n> d\n# e\n## f ##\n g", "| a | b |\n|---|---|\n| 1 | 2 |", "C#",
    "F# ##", "+---+\n| x |\n+---+", "a  b\n-- --\n1  2", "~~~\nx\n~~~", "```\nx\n```", "    x\n\ty", "\u3000x",
    "[…] x […] y […]", "Table: x", "[^1] ^[x]\n[^1]: y", "- [ ] x", "xn--fiq228c.example", "¯\\_(ツ)_/¯ ^_^ <3 >_< ->",
    "a\\\nb", "a  \nb", "R&D at AT&T; 5 < 6 > 4", "“哭哭”（笑）……", "😭😭 #tag @x", "x ☂️ ☎ 1️⃣", "tel. 01-23--45", "=x=",
    "-x-", "+x+",
]  # fmt: skip
ELEMENTS = {"p", "br", "a"}
SIGNS = st.text(alphabet="#>-+=*_~`|\\[](){}<>!&;:.$^%@/'\" \n019aZxi,?中é", max_size=50)
PIECES = st.lists(st.sampled_from([*WORDS, " ", "\n", "x", "https://", "www.", "(", ")", "中"]), max_size=4).map(
    "".join
)


def shows(render: Callable[[str], str], text: str) -> None:
    """See that a program shows a text to the letter, in an article, in its block quote and in a heading."""
    quoted = Page(render(f"Before.\n\n{quote_block(paragraphs(text))}\n\nAfter.\n"))
    words = as_seen(text)
    assert quoted.text == "\n\n".join(part for part in ("Before.", words, "After.") if part)
    assert quoted.elements <= ELEMENTS | {"blockquote"}
    assert all(address.lower().startswith(("http://", "https://", "mailto:")) for address in quoted.addresses)
    heading = Page(render(f"Before.\n\n## {inline(text)}\n"))
    line = " ".join(as_seen(text).split())
    assert heading.text == "\n\n".join(part for part in ("Before.", line) if part)
    assert heading.elements <= ELEMENTS | {"h2"}


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("words", WORDS)
def test_words_are_shown_to_the_letter(words: str, name: str) -> None:
    shows(RENDERERS[name], words)


@pytest.mark.parametrize("name", RENDERERS)
def test_any_signs_are_shown_to_the_letter(name: str) -> None:
    @settings(max_examples=examples(200))
    @given(SIGNS | PIECES)
    def holds(text: str) -> None:
        shows(RENDERERS[name], text)

    holds()


@pytest.mark.real
@pytest.mark.parametrize("form", PANDOC_FORMATS)
def test_pandoc_shows_words_to_the_letter(form: str) -> None:
    need("pandoc")
    # A process for each would take minutes; a mark of its own stands around each.
    article = "\n\n".join(
        f"word{number}begins\n\n{quote_block(paragraphs(words))}\n\nword{number}ends"
        for number, words in enumerate(WORDS)
    )
    page = Page(pandoc(article, form))
    for number, words in enumerate(WORDS):
        shown = page.text.partition(f"word{number}begins")[2].partition(f"word{number}ends")[0]
        assert as_seen(shown) == as_seen(words)
    assert page.elements <= ELEMENTS | {"blockquote"}


@pytest.mark.real
def test_pandoc_shows_any_signs_to_the_letter() -> None:
    need("pandoc")

    @settings(max_examples=examples(60), deadline=None)
    @given(SIGNS | PIECES)
    def holds(text: str) -> None:
        shows(lambda markdown: pandoc(markdown, "markdown"), text)

    holds()


def shows_the_article(html: str) -> None:
    """See that a page of the twin's article has each quote by itself, and all words to the letter."""
    page = Page(html)
    chosen = choices(TWIN)
    assert html.count("<blockquote") == len(chosen) + 1
    for choice in chosen:
        assert as_seen(choice.text) in page.text
        assert as_seen(choice.translation) in page.text
    assert page.elements <= ELEMENTS | {"blockquote", "h1", "h2", "hr", "ul", "li", "em"}


@pytest.mark.parametrize("name", RENDERERS)
def test_a_whole_article_is_shown_as_it_is_meant(name: str) -> None:
    shows_the_article(RENDERERS[name]((TWIN / "article.md").read_text(encoding="utf-8")))


@pytest.mark.real
@pytest.mark.parametrize("form", PANDOC_FORMATS)
def test_pandoc_shows_a_whole_article_as_it_is_meant(form: str) -> None:
    need("pandoc")
    shows_the_article(pandoc((TWIN / "article.md").read_text(encoding="utf-8"), form))
