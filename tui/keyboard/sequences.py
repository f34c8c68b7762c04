"""Keys: two-key sequences, the plain twins of full-width keys, what is no key, and how a key is shown.

A sequence is declared like any other key, as a `Binding` whose key has a space in it (`Binding("g u", …)`), so that
footer, help, palette and the user's key file treat it alike.
"""

import unicodedata
from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from textual.binding import Binding
from textual.events import Event, Key
from textual.keys import format_key

_FULL_WIDTH = {
    "。": ".",
    "、": "/",
    "【": "[",
    "】": "]",
    "《": "<",
    "》": ">",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "　": " ",
}
"""What a Chinese input method sends for punctuation keys, beside the full-width forms of ASCII."""


def as_plain_key(event: Event) -> Event:
    """The event, or for the key of a full-width character that of its plain twin."""
    char = event.character if isinstance(event, Key) else None
    twin = None if char is None else _twin(char)
    return event if twin is None else Key(key_name(twin), twin)


def is_written(char: str) -> bool:
    """Whether only an input method writes this character: Han, kana, hangul, and what else is wide and no plain key."""
    return not char.isascii() and unicodedata.east_asian_width(char) in "WFH" and _twin(char) is None


def _twin(char: str) -> str | None:
    """The ASCII character on whose key an input method writes `char`, or None."""
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    return _FULL_WIDTH.get(char)


def key_name(char: str) -> str:
    """Textual's name for the key that sends one ASCII character."""
    if char == " ":
        return "space"
    return next(iter(Binding.make_bindings([(char if char != "," else "comma", "x", "")]))).key


def spelled(keys: str) -> str:
    """A key or sequence in the form that `Sequences` compares: each key by its name, single spaces between."""
    return " ".join(key_name(part) if len(part) == 1 else part for part in keys.split())


def key_display(keys: str) -> str:
    """A key or sequence as help and footer print it."""
    return " ".join(format_key(part) for part in keys.split())


class Sequences:
    """Follows a writer through two-key sequences."""

    def __init__(self, sequences: Iterable[str]) -> None:
        """`sequences` are binding keys; those without a space are ignored."""
        self._known = {spelled(keys): keys for keys in sequences if " " in keys.strip()}
        self._first = {keys.split()[0] for keys in self._known}
        self.pending = ""
        """The first key of a sequence that has begun, by its name."""

    def feed(self, key: str) -> str | None:
        """Take a key. Returns the binding key of a finished sequence, "" where the key was taken, None where not."""
        if self.pending:
            whole, self.pending = f"{self.pending} {key}", ""
            return self._known.get(whole, "")
        if key in self._first:
            self.pending = key
            return ""
        return None


@runtime_checkable
class FollowsSequences(Protocol):
    """A screen on which a sequence of keys may have begun."""

    def cut_off(self, why: str) -> None:
        """Forget what has begun, for what came is no key, and say why."""
        ...
