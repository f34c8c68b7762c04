"""The terminal program."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette
from textual.driver import Driver
from textual.events import DescendantFocus, Event, Key, Paste
from textual.screen import Screen
from textual.widgets import Input, TextArea

from core.library import Library
from core.settings.load import Settings
from tui.keyboard.bursts import InputBurst, announce_bursts
from tui.keyboard.queue import KeyQueue
from tui.keyboard.sequences import FollowsSequences, key_display
from tui.palette import BoundActions, Palette
from tui.terminal.crash import report
from tui.terminal.hangup import leave_on_signals
from tui.themes import TERMINAL, theme, unknown_theme
from tui.widgets.bars import Status

if TYPE_CHECKING:
    from tui.incoming import Incoming


class PullquoteApp(App[None]):
    """Opens on a thread, or on the library's list of threads."""

    CSS_PATH = "pullquote.tcss"
    TITLE = "pullquote"
    COMMANDS = {BoundActions}
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        library: Library,
        settings: Settings,
        thread_id: int | None = None,
        keys: Mapping[str, str] | None = None,
        greeting: str = "",
        incoming: "Incoming | None" = None,
    ) -> None:
        """`keys` are the user's own, by binding id; `greeting` is said when the screen stands.

        `incoming` is an import of the thread that still goes on.
        """
        colours = theme(settings.theme)
        # Said at once, for NO_COLOR is obeyed by other means where the terminal's own colours are used.
        super().__init__(ansi_color=True if (colours or TERMINAL).ansi else None)
        self.crash = ""
        """What to say of a crash, once the terminal is itself again."""
        self._library, self._settings, self._opens_on = library, settings, thread_id
        self._incoming = incoming
        self._greeting = greeting if colours else unknown_theme(settings.theme, greeting)
        self.keys = KeyQueue(self, self._hand_on, self._say_no_key)
        self.set_keymap(dict(keys or {}))
        self.register_theme(TERMINAL)
        self.theme = (colours or TERMINAL).name

    def on_mount(self) -> None:
        """Begin to hand on keys, and to listen for the end of the line."""
        if not self.is_headless:
            leave_on_signals(self)
        self.run_worker(self.keys.run(), name="keys", group="keys")

    async def on_event(self, event: Event) -> None:
        """Keys and pastes go through their own queue, in the order in which they were typed."""
        if isinstance(event, Key | Paste | InputBurst) and not event.is_forwarded:
            self.keys.take(event)
        else:
            await super().on_event(event)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Let no cursor blink, for that would write to the line while nobody types."""
        if isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False

    async def _hand_on(self, event: Event) -> None:
        """Give a key to Textual, whose fields take the space of Chinese writing for something unprintable."""
        field = self.focused
        if isinstance(event, Key) and event.character == "\u3000" and isinstance(field, Input | TextArea):
            field.post_message(Paste("\u3000"))
        else:
            await super().on_event(event)

    def _say_no_key(self, why: str) -> None:
        """Say where the writer looks why what came is no key; a sequence of keys that has begun is over."""
        screen = self.screen
        if isinstance(screen, FollowsSequences):
            screen.cut_off(why)
        elif lines := screen.query(Status):
            lines.first().say(why)
        elif why:
            self.notify(why, markup=False)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, which tells the keys of a hand from a text that comes in one piece."""
        announce_bursts()
        return super().get_driver_class()

    def action_command_palette(self) -> None:
        """Open the palette, unless it is open."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(id="--command-palette"))

    def get_default_screen(self) -> Screen[None]:
        """The thread, or the list."""
        if self._opens_on is None:
            from tui.screens.library import LibraryScreen

            return LibraryScreen(self._library, self._settings)
        from tui.thread.screen import ThreadScreen

        return ThreadScreen(self._library, self._opens_on, self._settings, self._greeting, self._incoming)

    def get_key_display(self, binding: Binding) -> str:
        """Sequences as their keys, one after the other."""
        return binding.key_display or key_display(binding.key)

    def _fatal_error(self) -> None:
        """Leave a file instead of a traceback, which would show a writer our code and the terminal their replies."""
        self.crash = report(self._exception or sys.exc_info()[1] or RuntimeError())
        self._close_messages_no_wait()
