"""Text that arrives where keys are wanted: it must trigger nothing, and the writer is told why once."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste

from tui.keyboard.bursts import InputBurst
from tui.keyboard.sequences import is_written

INPUT_METHOD = "The input method is on: switch it off (Shift or Ctrl+Space) to use the keys."
PASTED = "Pasted text is not run as keys; f or / first."


class NonKeyInput:
    """Follows what is no key, so that one run of it is told of once."""

    def __init__(self, app: App[Any], say: Callable[[str], None]) -> None:
        """`say` puts a sentence where the writer looks."""
        self._app, self._say = app, say
        self._told = ""
        self._cut: InputBurst | None = None
        """The piece whose rest is refused, for an input method's text stands in it."""

    def key_came(self) -> None:
        """An ordinary key ends the run, and takes what was told off the line."""
        if self._told:
            self._told = ""
            self._say("")

    def refused(self, event: Event, piece: InputBurst | None) -> str:
        """Why the event is no key, or nothing where it is one.

        A key before the first written character of a piece stays a key, for over a slow line it may have been typed
        just before; what comes after it belongs to the text, its full stop and its digits too. A written character
        that comes alone may be one that the writer has bound.
        """
        if isinstance(event, Paste) or (piece is not None and piece.pasted):
            return PASTED
        char = event.character if isinstance(event, Key) else None
        if piece is not None and (piece is self._cut or (char is not None and not char.isascii())):
            self._cut = piece
            return INPUT_METHOD
        if char is None or not is_written(char):
            return ""
        return "" if any(char in keys.split() for keys in self._app.screen.active_bindings) else INPUT_METHOD

    def tell(self, why: str) -> None:
        """Say why what came is no key, unless this run of text was told of; a sequence that has begun is over."""
        if why != self._told:
            self._told = why
            self._say(why)
