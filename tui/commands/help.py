"""Help, on every screen that has keys of its own."""

from typing import Any, Protocol

from textual.screen import Screen

from tui.commands.command import Command, in_section


class OnScreen(Protocol):
    """Anything that stands on a screen, or is one."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen whose keys are listed."""
        ...


async def show_help(bench: OnScreen) -> None:
    """Show every key of this screen."""
    from tui.screens.help import HelpScreen

    screen = bench.screen
    await screen.app.push_screen_wait(HelpScreen(screen.active_bindings.values()))


COMMANDS = in_section(
    "Help",
    Command("help", "question_mark,f1", "Help", show_help, "The keys of this screen", footer=True),
)
