"""What comes from the terminal in one piece: a text that an input method commits, or one that is pasted unbracketed.

Textual hands on single keys and does not say which of them came together. The parser is the one place that knows; it is
Textual's own and has no public name, so that what depends on it stands here alone.
"""

import sys
from collections.abc import Iterable, Sequence
from time import monotonic

from textual._xterm_parser import XTermParser
from textual.events import Event, Key
from textual.message import Message

from tui.keys import is_written

_PASTED = 100
"""Characters in one piece from which it can be no typing, not even what a slow line held back for seconds."""
_DIFFERENT = 20
"""Different characters that it then has; fewer are keys that repeat."""
_CONTINUES = 0.1
"""Seconds within which the next piece belongs to the paste before it."""


class Piece(Event, bubble=False):
    """Announces that the next keys came in one piece, and are rather text than keys."""

    def __init__(self, keys: int, *, pasted: bool = False) -> None:
        """`keys` counts them; without `pasted`, an input method wrote them."""
        super().__init__()
        self.keys, self.pasted = keys, pasted


class PieceParser(XTermParser):
    """Textual's parser, which announces the pieces that hold text."""

    _pasted_at = float("-inf")

    def feed(self, data: str) -> Iterable[Message]:
        """The events in one piece of input, after its announcement where it needs one."""
        events = list(super().feed(data))
        keys = [event for event in events if isinstance(event, Key)]
        written = [key.character for key in keys if key.character is not None and key.is_printable]
        pasted = bool(written) and self._is_paste(written)
        if pasted or (len(keys) > 1 and any(is_written(char) for char in written)):
            events.insert(0, Piece(len(keys), pasted=pasted))
        return events

    def _is_paste(self, written: Sequence[str]) -> bool:
        """Whether nobody can have typed this, or it goes on with what nobody can have typed."""
        now = monotonic()
        much = len(written) >= _PASTED and len(set(written)) >= _DIFFERENT
        if much or now - self._pasted_at < _CONTINUES:
            self._pasted_at = now
            return True
        return False


def announce_pieces() -> None:
    """Have the terminal's driver parse with `PieceParser`; on Windows every key stays alone."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        vars(linux_driver)["XTermParser"] = PieceParser
