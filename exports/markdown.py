"""The exporter for Markdown: the article goes through a template, which sees only texts that escape themselves."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from exports import TEMPLATE_PLUGS, TEMPLATES, escaping
from exports.characters import balanced, harmless
from exports.own_markdown import contained_block, contained_line
from exports.sandbox import render_file, template_macro
from exports.view import ArticleView, OutsideLink, OutsideText, QuoteView, WriterMarkdown


class MarkdownExporter:
    """Renders articles and quotes as Markdown."""

    name = "markdown"
    suffix = ".md"

    def render(self, article: ArticleView, template: str | Path) -> str:
        """`article` through a template, which is the name of one that ships or that a package adds, or a path.

        A template sees `article` (see `for_template`) and can import from a shipped one. Nothing in a reply is ever
        taken for template code. One that does not ship has so much time and memory. Raises ExportError with file, line
        and reason where the template is wrong.
        """
        name = str(template)
        if name in TEMPLATES:
            return render_here(TEMPLATES[name], article)
        from exports.template_apart import render_apart

        return render_apart(TEMPLATE_PLUGS.load(name) if name in TEMPLATE_PLUGS.names() else Path(template), article)

    def render_quote(self, quote: QuoteView, lang: str) -> str:
        """One quote as it stands in an article in the language `lang`, or in English where no template is in it."""
        entry = template_macro(f"{lang if lang in TEMPLATES else 'en'}.quote.j2", "entry", _FILTERS)
        return str(entry(for_template(quote))).strip() + "\n"


def render_here(path: Path, article: ArticleView) -> str:
    """`article` through the template in a file, in this process. Raises ExportError where the template is wrong."""
    return render_file(path, _FILTERS, article=for_template(article))


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class EscapedText:
    """Text that escapes itself; as a string it is one line of Markdown, and it is false when blank."""

    _raw: str

    def __str__(self) -> str:
        return escaping.inline(self._raw)

    __repr__ = __str__

    def __bool__(self) -> bool:
        return bool(self._raw.strip())

    def paragraphs(self, before: str = "", after: str = "") -> str:
        """The text with its line breaks, as Markdown, between `before` and `after`."""
        return escaping.paragraphs(f"{before}{self._raw.strip()}{after}" if before or after else self._raw)

    def yaml(self) -> str:
        """The text as a quoted YAML string, for front matter."""
        return json.dumps(balanced(harmless(self._raw)), ensure_ascii=False).replace("{", "\\u007b")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OwnMarkdown:
    """Markdown of the writer's own, which reaches no further than its place; as a string it is on one line."""

    _raw: str

    def __str__(self) -> str:
        return contained_line(self._raw).text

    def __repr__(self) -> str:
        return escaping.inline(self._raw)

    def __bool__(self) -> bool:
        return bool(self._raw.strip())

    def paragraphs(self, before: str = "", after: str = "") -> str:
        """It with its blocks, between `before` and `after`."""
        return f"{before}{contained_block(self._raw).text}{after}"

    def yaml(self) -> str:
        """It as a quoted YAML string, for front matter."""
        return EscapedText(self._raw).yaml()


def for_template(value: Any) -> Any:
    """A view, or a value in one, as a template may have it: whatever the template does, no text gets out unescaped.

    Text from outside is an EscapedText, Markdown of the writer's an OwnMarkdown, and a link is fit for `[…](link)` and
    `<link>`, or None; everything else is as it is in the view.
    """
    if isinstance(value, WriterMarkdown):
        return OwnMarkdown(value)
    if isinstance(value, OutsideLink):
        return escaping.link(value)
    if isinstance(value, OutsideText):
        return EscapedText(str(value))
    if isinstance(value, tuple):
        return tuple(map(for_template, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: for_template(getattr(value, field.name)) for field in fields(value)})
    return value


def _paragraphs(value: object, before: str = "", after: str = "") -> str:
    """Text as paragraphs; a string is Markdown that the template made itself."""
    if isinstance(value, EscapedText | OwnMarkdown):
        return value.paragraphs(before, after)
    return f"{before}{value}{after}"


def _comment(value: object) -> str:
    """Text for an HTML comment, which is read in the source: no more than what could end it, or run, is escaped."""
    raw = value._raw if isinstance(value, EscapedText | OwnMarkdown) else str(value)
    return escaping.in_comment(raw)


_FILTERS: Mapping[str, Callable[..., str]] = {
    "inline": str,
    "comment": _comment,
    "paragraphs": _paragraphs,
    "quote": lambda value: escaping.quote_block(_paragraphs(value)),
    "yaml": lambda text: str(text.yaml()),
    "grouped": lambda number: f"{number:,}",
}
