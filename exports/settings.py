"""What the user's settings say of an article."""

from dataclasses import dataclass

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
