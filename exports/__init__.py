"""Articles and tables written for other programs: the protocol of an exporter, and the registry of exporters."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.article.outline import Article
from core.plugs import PlugKind
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

        Raises ExportError where the template is missing or wrong. A format without templates need not look at it.
        """
        ...


EXPORTERS: Mapping[str, str] = {"markdown": "exports.sandbox:Markdown"}
"""Name of a format -> module and class, imported where it is used."""
EXPORTER_PLUGS: PlugKind[Exporter] = PlugKind("exporter", EXPORTERS, Exporter)


def exporter(name: str) -> Exporter:
    """The exporter for the format `name`. Raises PlugError where there is none, or its package is broken."""
    return EXPORTER_PLUGS.load(name)
