"""A list to choose from, whose highlighted line may be reversed."""

from dataclasses import replace

from textual.style import Style
from textual.widgets import OptionList


class Choices(OptionList):
    """Textual's list, which forgets that a theme reverses the highlighted line."""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of a line, with the reversal that its component asks for."""
        style = super().get_visual_style(*component_classes, partial=partial)
        reverse = any(self.get_component_styles(name).text_style.reverse for name in component_classes)
        return replace(style, reverse=True) if reverse else style
