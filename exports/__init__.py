"""Articles and tables written for other programs: the protocol of an exporter, and the literal registry."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from core.article.outline import Article
from core.errors import ExportError
from core.settings.load import Settings


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What an article tells about its quotes; the root's author and the source are always named."""

    show_likes: bool = True
    show_handle: bool = True
    """Without it, neither names nor links to replies are shown."""
    show_links: bool = True

    @classmethod
    def from_settings(cls, settings: Settings) -> "ExportSettings":
        """What the user's settings say of it."""
        return cls(settings.show_likes, settings.show_handle, settings.show_links)


class Exporter(Protocol):
    """A format that an article can be written in."""

    name: str
    suffix: str
    """With its dot, for file names."""

    def render(self, article: Article, settings: ExportSettings, template: str | Path) -> str:
        """`article` in this format, by a shipped template's name or a template's path.

        Raises ExportError where the template is missing or wrong.
        """
        ...


EXPORTERS: Mapping[str, str] = {"markdown": "exports.templates:Markdown"}
"""Name of a format -> module and class, imported where it is used."""


def exporter(name: str) -> Exporter:
    """The exporter for the format `name`; raises ExportError for a format that is not there."""
    if name not in EXPORTERS:
        raise ExportError(f"There is no format {name!r}; choose one of: {', '.join(EXPORTERS)}.")
    module, _, attribute = EXPORTERS[name].partition(":")
    made: Exporter = getattr(import_module(module), attribute)()
    return made
