"""Articles and tables written for other programs: the protocol of an exporter, and the registry of exporters."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.plugs import PlugKind
from exports.settings import ExportSettings

if TYPE_CHECKING:
    from core.article.outline import Article
    from core.models import Quote
    from exports.view import ArticleView, QuoteView


class Exporter(Protocol):
    """A format that an article can be written in."""

    name: str
    suffix: str
    """With its dot, for file names."""

    def render(self, article: "ArticleView", template: str | Path) -> str:
        """`article` in this format, by a template's name or path; a format without templates need not look at it.

        Its texts are as they were written: the exporter makes them harmless. Raises ExportError where the template is
        missing or wrong.
        """
        ...

    def render_quote(self, quote: "QuoteView", lang: str) -> str:
        """One quote as it stands in an article in the language `lang`."""
        ...


EXPORTERS: Mapping[str, str] = {"markdown": "exports.markdown:MarkdownExporter"}
"""Name of a format -> module and class, imported where it is used."""
EXPORTER_PLUGS: PlugKind[Exporter] = PlugKind("exporter", EXPORTERS, Exporter)

TEMPLATE_FOLDER = Path(__file__).parent / "templates"
_SUFFIX = ".md.j2"
TEMPLATES: Mapping[str, Path] = {
    path.name[: -len(_SUFFIX)]: path for path in sorted(TEMPLATE_FOLDER.glob(f"*{_SUFFIX}"))
}
"""Name of a template that ships, which is that of its language -> file."""
TEMPLATE_PLUGS: PlugKind[Path] = PlugKind("template", TEMPLATES, Path)


def exporter(name: str) -> Exporter:
    """The exporter for the format `name`. Raises PlugError where there is none, or its package is broken."""
    return EXPORTER_PLUGS.load(name)


def render_article(name: str, article: "Article", settings: ExportSettings, template: str | Path) -> str:
    """An article in the format `name`, by a template's name or path.

    Raises PlugError where there is no such format, and ExportError where the template is missing or wrong.
    """
    from exports.view import article_view

    # A template that ships is in one language, and what we say in it is in the same.
    tongue = str(template) if str(template) in TEMPLATES else ""
    return exporter(name).render(article_view(article, settings, tongue), template)


def render_quote(name: str, quote: "Quote", lang: str, settings: ExportSettings) -> str:
    """One quote in the format `name`, as it stands in an article in the language `lang`."""
    from exports.view import quote_view

    return exporter(name).render_quote(quote_view(quote, lang, settings), lang)
