"""What comes from the terminal in one piece: a text that an input method commits, or one that is pasted unbracketed.

Textual hands on single keys and does not say which of them came together. The parser is the one place that knows; it is
Textual's own and has no public name, so that what depends on it stands here alone.
"""

import sys
from collections.abc import Iterable, Sequence
from time import monotonic

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Event, Key
from textual.message import Message

from tui.keyboard.sequences import is_written

_PASTED = 40
"""Characters in one piece from which it can be no typing, not even what a slow line held back for seconds."""
_DIFFERENT = 10
"""Different characters that it then has; fewer are keys that repeat."""
_CONTINUES = 0.1
"""Seconds within which the next piece belongs to the paste before it."""


_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_LONGEST_MARK = len(_PASTE_BEGINS)
_BEGINS = "[O"
"""What begins a terminal's own sequences behind Esc."""
_WORDS = "bf"
"""Sent behind Esc by terminals for alt with an arrow, which moves by words in a field."""


def _is_apart(char: str) -> bool:
    """Whether a key that comes at once behind Esc was pressed for itself, and Textual would make one key of both."""
    return (
        char.isprintable()
        and char not in _BEGINS + _WORDS
        and (not char.isalnum() or f"\x1b{char}" in ANSI_SEQUENCES_KEYS)
    )


class InputBurst(Event, bubble=False):
    """Announces that the next keys came in one piece, and are rather text than keys."""

    def __init__(self, keys: int, *, pasted: bool = False) -> None:
        """`keys` counts them; without `pasted`, an input method wrote them."""
        super().__init__()
        self.keys, self.pasted = keys, pasted


class BurstParser(XTermParser):
    """Textual's parser, which announces the pieces that hold text, and knows Esc from the key behind it."""

    _pasted_at = float("-inf")
    _tail = ""
    """The end of what came before, in which a sequence may have begun."""
    _pasting = False

    def feed(self, data: str) -> Iterable[Message]:
        """The events in one piece of input, after its announcement where it needs one."""
        events = [event for part in self._parted(data) for event in self._parsed(part)]
        keys = [event for event in events if isinstance(event, Key)]
        written = [key.character for key in keys if key.character is not None and key.is_printable]
        pasted = bool(written) and self._is_paste(written)
        if pasted or (len(keys) > 1 and any(is_written(char) for char in written)):
            events.insert(0, InputBurst(len(keys), pasted=pasted))
        return events

    def _parsed(self, part: str) -> Iterable[Message]:
        """The events in a part of the input; nothing at all stands for an Esc that no key follows."""
        if part:
            return list(super().feed(part))
        if self._awaiting.timeout is None:
            return []
        # As if the time had passed that Textual waits for the rest of a sequence.
        self._timeout_time = float("-inf")
        return list(self.tick())

    def _parted(self, data: str) -> Iterable[str]:
        """The input, with an empty part between an Esc and a key that Textual would take for one key with it."""
        if not data:
            yield from super().feed("")  # type: ignore[misc]
            return
        before, start = self._tail, 0
        for at, char in enumerate(data):
            if before.endswith("\x1b") and not self._pasting and _is_apart(char):
                if at > start:
                    yield data[start:at]
                yield ""
                start = at
            before = (before + char)[-_LONGEST_MARK:]
            self._pasting = (self._pasting or before.endswith(_PASTE_BEGINS)) and not before.endswith(_PASTE_ENDS)
        self._tail = before
        yield data[start:]

    def _is_paste(self, written: Sequence[str]) -> bool:
        """Whether nobody can have typed this, or it goes on with what nobody can have typed."""
        now = monotonic()
        much = len(written) >= _PASTED and len(set(written)) >= _DIFFERENT
        if much or now - self._pasted_at < _CONTINUES:
            self._pasted_at = now
            return True
        return False


def announce_bursts() -> None:
    """Have the terminal's driver parse with `BurstParser`; on Windows every key stays alone."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        vars(linux_driver)["XTermParser"] = BurstParser
