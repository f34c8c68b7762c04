"""Templates: the shipped ones, a writer's own, and what goes wrong in them."""

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import get_type_hints

import pytest
from markdown_it import MarkdownIt

from core.article.outline import Article, Section
from core.errors import ExportError, PlugError
from core.models import Capture, Mark, Post, Quote, Thread, Translation, TranslationState, Verdict
from core.reasons import Reason
from exports import EXPORTERS, TEMPLATES, exporter, render_article
from exports.settings import ExportSettings
from exports.view import ArticleView, ElsewhereView, HeldBackView, QuoteView, SectionView, article_view

CANARY = "{{ 7 * 7 }} {% for x in range(9) %}y{% endfor %} {# gone #} {{< youtube x >}} {{ article }}"


def article(text: str = CANARY, *, tag: str = "mine", own: str = "*mine*") -> Article:
    """An article of one quote, the same text in every field but those that the writer fills."""
    post = Post(id="1", text=text, author=text, author_name=text, url="https://a.example/1", likes=3)
    why = Reason.written(text)
    quote = Quote(1, post, Mark(lead_in=own, comment=own), None, 1, False, 0)
    thread = Thread(1, "0", "https://a.example/0", text, text, 1, 5, 1, 1, None, Verdict.PARTIAL, (why,))
    return Article(thread, own, None, (Section(tag, own, (quote,)),), None, (), "en", ((quote, why),))


def render_template(article: Article, template: str | Path, settings: ExportSettings) -> str:
    """An article as Markdown."""
    return render_article("markdown", article, settings, template)


def own(tmp_path: Path, source: str) -> Path:
    """A writer's own template."""
    path = tmp_path / "mine.md.j2"
    path.write_text(source, "utf-8")
    return path


def test_a_template_is_shipped_for_each_language() -> None:
    assert list(TEMPLATES) == ["en", "zh"]


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_registered_exporter_renders_every_shipped_template(name: str) -> None:
    made = exporter(name)
    assert made.name == name
    assert made.suffix.startswith(".")
    for template in TEMPLATES:
        assert made.render(article_view(article("x", tag="y"), ExportSettings()), template).strip()


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(PlugError, match="markdown"):
        exporter("papyrus")


@pytest.mark.parametrize("name", ["en", "zh"])
def test_template_code_in_a_reply_is_neither_run_nor_passed_on(name: str) -> None:
    text = render_template(article(), name, ExportSettings())
    assert "49" not in text
    assert "yyyyyyyyy" not in text
    assert not any(opening in text for opening in ("{{", "{%", "{#"))
    assert text.count("&#123;&#123; 7 * 7 }}") >= 6


@pytest.mark.parametrize("name", ["en", "zh"])
@pytest.mark.parametrize(
    "text", ["## x", "x\n---", "x\n===", "# a\n## b", "<h2>x</h2>", "1. ## x", "> ## x", "\n\n## x\n\n"]
)
def test_headings_are_as_many_as_sections_whatever_the_texts_hold(text: str, name: str) -> None:
    one = article(text, tag=text)
    made = replace(one.quotes[0], translation=Translation("en", text, TranslationState.EDITED))
    two = (Section(text, "", (made, made)), Section("b", "", (made,)))
    capture = Capture(1, 1, 0, 0, "x", text, (), Verdict.PARTIAL, (), None, 1)
    whole = replace(one, root=replace(made, is_root=True), sections=two, closing=made, captures=(capture,))
    tokens = MarkdownIt("commonmark").enable("table").parse(render_template(whole, name, ExportSettings()))
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h2"]


def test_a_careless_template_cannot_let_text_out_unescaped(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        "{% for section in article.sections %}{% for quote in section.quotes %}"
        "{{ quote.text }}\n{{ quote.text ~ '' }}\n{{ '%s %r' % (quote.text, quote.text) }}\n{{ [quote.text] }}\n"
        "{{ [quote.text] | join }}\n{{ quote }}\n{{ quote.text | string }}\n{{ quote.text | paragraphs }}\n"
        "{% endfor %}{% endfor %}",
    )
    text = render_template(article("# <b>*x*</b>"), path, ExportSettings())
    assert "<b>" not in text
    assert "*x*" not in text
    assert text.startswith("&#35; ")


@pytest.mark.parametrize(
    "reach",
    [
        "article.title._raw",
        "article.title.__class__",
        "article.title|attr('_raw')",
        "[article.title]|map(attribute='_raw')|first",
        "'{0._raw}'.format(article.title)",
    ],
)
def test_the_text_behind_the_words_is_out_of_reach(tmp_path: Path, reach: str) -> None:
    with pytest.raises(ExportError, match=r"mine\.md\.j2"):
        render_template(article("plain"), own(tmp_path, f"{{{{ {reach} }}}}"), ExportSettings())


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("one\n{% for x in %}\n", 2, "Expected an expression"),
        ("one\ntwo\n{{ article.titel }}\n", 3, "titel"),
        ("{{ nothing }}", 1, "'nothing' is undefined"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("\n{{ article.title | shout }}", 2, "shout"),
        ("\n\n{% include 'other.md.j2' %}", 3, "other.md.j2"),
        ("{% include '../../pyproject.toml' %}", 1, "pyproject"),
        ("\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 2, "recursion"),
    ],
)
def test_an_error_in_a_template_names_file_line_and_reason(tmp_path: Path, source: str, line: int, reason: str) -> None:
    with pytest.raises(ExportError) as caught:
        render_template(article(), own(tmp_path, source), ExportSettings())
    assert f"mine.md.j2, line {line}: " in str(caught.value)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 9999999 }}",
        "{% for a in range(900000) %}{{ 'x' * 1000 }}{% endfor %}",
        "{% for a in range(10 ** 30) %}{% endfor %}",
        "{{ 'x' | center(10 ** 12) }}",
    ],
)
def test_a_runaway_template_is_stopped(tmp_path: Path, source: str) -> None:
    with pytest.raises(ExportError, match=r"mine\.md\.j2.*(steps|too large|characters|too large to convert|memory)"):
        render_template(article(), own(tmp_path, source), ExportSettings())


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in 'abcdefghijklmnopqrstuvwxyz' %}" * 9 + "{% endfor %}" * 9,
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
    ],
)
def test_a_template_that_computes_on_and_on_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setattr("exports.template_apart.SECONDS", 1)
    with pytest.raises(ExportError, match=r"mine\.md\.j2.*more than 1 seconds"):
        render_template(article(), own(tmp_path, source), ExportSettings())


def test_a_template_that_wants_more_memory_than_there_is_is_told_so(tmp_path: Path) -> None:
    doubling = "{% set n = namespace(s='x' * 1000) %}{% for a in range(30) %}{% set n.s = n.s ~ n.s %}{% endfor %}"
    with pytest.raises(ExportError, match=r"mine\.md\.j2.*memory"):
        render_template(article(), own(tmp_path, doubling), ExportSettings())


def test_a_template_of_ones_own_can_use_a_shipped_one(tmp_path: Path) -> None:
    path = own(tmp_path, "{% include 'en.md.j2' %}")
    assert render_template(article("x"), path, ExportSettings()) == render_template(
        article("x"), "en", ExportSettings()
    )


def test_front_matter_takes_a_title_that_yaml_reads_back(tmp_path: Path) -> None:
    title = '---\n"x": # [1] {{ y }}'
    text = render_template(
        article(own=title), own(tmp_path, "---\ntitle: {{ article.title | yaml }}\n---\n"), ExportSettings()
    )
    assert text == '---\ntitle: "---\\n\\"x\\": # [1] \\u007b\\u007b y }}"\n---\n'


def test_what_is_unknown_prints_nothing(tmp_path: Path) -> None:
    assert render_template(article("x"), own(tmp_path, "[{{ article.captured }}]"), ExportSettings()) == "[]"


def test_a_missing_template_names_the_shipped_ones(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="en, zh"):
        render_template(article(), tmp_path / "none.md.j2", ExportSettings())


def test_a_template_in_another_encoding_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "mine.md.j2"
    path.write_bytes("标题".encode("gbk"))
    with pytest.raises(ExportError, match="byte 0"):
        render_template(article(), path, ExportSettings())


def test_a_directory_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="There is no template"):
        render_template(article(), tmp_path, ExportSettings())


def test_a_view_is_in_no_format_yet() -> None:
    view = article_view(article("# *x*"), ExportSettings())
    quote = view.sections[0].quotes[0]
    assert (view.title, quote.text, quote.link) == ("*mine*", "# *x*", "https://a.example/1")


@pytest.mark.parametrize("record", [ArticleView, SectionView, QuoteView, HeldBackView, ElsewhereView])
def test_every_text_of_a_view_is_marked_as_coming_from_outside_but_for_the_programs_own(record: type) -> None:
    ours = {"date", "posted", "captured", "verdict", "verdict_words", "lang"}
    plain = {field.name for field in fields(record) if re.search(r"\bstr\b", str(get_type_hints(record)[field.name]))}
    assert plain - {"counts"} <= ours
