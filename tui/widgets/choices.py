"""A list to choose from: its keys, and a highlighted line that may be reversed."""

from dataclasses import replace

from textual.binding import Binding
from textual.style import Style
from textual.widgets import OptionList

from tui.keyboard.sections import in_section


class Choices(OptionList):
    """Textual's list with the program's keys, which forgets that a theme reverses the highlighted line."""

    BINDINGS = in_section(
        "Lists",
        Binding("j,down", "move(1)", "Next", show=False, id="cursor.down"),
        Binding("k,up", "move(-1)", "Previous", show=False, id="cursor.up"),
    )

    def action_move(self, by: int) -> None:
        """Move the highlight to the next line in a direction that can be chosen; at the end it stays."""
        at = (self.highlighted or 0) + by
        while 0 <= at < self.option_count and self.get_option_at_index(at).disabled:
            at += by
        if 0 <= at < self.option_count:
            self.highlighted = at

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of a line, with the reversal that its component asks for."""
        style = super().get_visual_style(*component_classes, partial=partial)
        reverse = any(self.get_component_styles(name).text_style.reverse for name in component_classes)
        return replace(style, reverse=True) if reverse else style
