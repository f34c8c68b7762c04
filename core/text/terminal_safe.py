"""The only way out for text to a terminal: control, bidirectional and invisible characters become visible or go.

The terminal protects nobody: an escape sequence in a reply would be obeyed. Every string from outside passes through
`for_screen` or `for_line` before it is drawn, printed, logged or put into an error message.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby

from core.text.controls import TAGGED_FLAG, control_picture

_ODD = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff\U0001d173-\U0001d17a]"
)
_STACKED = re.compile(r"[^\w\s\x00-\u02ff]{5,}")
"""Where marks may be stacked: combining ones are no word characters, in any script."""
_OVERRIDES = {"\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO"}
_JOINERS = "\u200c\u200d"
_WIDENED = re.compile("(.)\ufe0f(?!\u200d)")
_MARKS_SHOWN = 4
_FLAG_OR_ODD = re.compile(f"{TAGGED_FLAG}|{_ODD.pattern}")


def for_screen(text: str, *, reveal: bool = False) -> str:
    """`text` as it may be shown over several lines; only `\\n` is left of the control characters.

    With `reveal`, invisible characters are shown as their code points instead of being dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return _STACKED.sub(_unstack, _replaced(text, lambda match: _sign(match[0], text, match.start(), reveal)))


def for_line(text: str, *, reveal: bool = False) -> str:
    """`text` on one line: like `for_screen`, with every run of white space as one space."""
    return " ".join(for_screen(text, reveal=reveal).split())


def _replaced(text: str, sign: Callable[[re.Match[str]], str]) -> str:
    """`text` with a `sign` for each odd character, but for those that make a flag."""
    if "\U0001f3f4" not in text:
        return _ODD.sub(sign, text)
    return _FLAG_OR_ODD.sub(lambda match: sign(match) if len(match[0]) == 1 else match[0], text)


def _sign(char: str, text: str, at: int, reveal: bool) -> str:
    """What stands for one odd character at index `at` of `text`."""
    code = ord(char)
    if char == "\n" or code in (0x2028, 0x2029):
        return "\n"
    if char == "\t":
        return "    "
    if shown := control_picture(code):
        return shown
    if char in _OVERRIDES:
        return f"‹{_OVERRIDES[char]}›"
    if 0xD800 <= code <= 0xDFFF or code == 0xFFFD:
        return "\ufffd"
    if reveal:
        return f"‹U+{code:04X}›"
    if (char in _JOINERS or 0xFE00 <= code <= 0xFE0F) and at and _joins(text[at - 1]):
        return char
    return ""


def _joins(before: str) -> bool:
    """Whether a joiner or variation selector has something to act on in the character before it."""
    return unicodedata.category(before)[0] in "LMS" or before in "#*0123456789\ufe0f"


def _unstack(match: re.Match[str]) -> str:
    """At most four combining marks on one base, and how many more there were."""
    shown = []
    for combining, run in groupby(match.group(), lambda char: unicodedata.category(char) in ("Mn", "Me")):
        chars = "".join(run)
        more = len(chars) - _MARKS_SHOWN if combining else 0
        shown.append(f"{chars[:_MARKS_SHOWN]}+{more}" if more > 0 else chars)
    return "".join(shown)


def without_variation_selectors(text: str) -> str:
    """`text` without the selectors that ask for an emoji's wide form where terminals disagree about its width.

    What is left of ☂️ is ☂, of 1️⃣ is 1⃣: one cell everywhere. Families and flags, which are joined, stay.
    """
    if "\ufe0f" not in text:
        return text
    return _WIDENED.sub(lambda match: match[0] if unicodedata.east_asian_width(match[1]) in "WF" else match[1], text)


def same_length_for_screen(text: str) -> str:
    """`text` for an editor whose offsets must fit the original: one harmless character for each odd one.

    Only `\\n` breaks lines; the length is that of `text`.
    """
    if text.isascii() and text.isprintable():
        return text
    return _replaced(text, lambda match: _placeholder(match[0]))


def _placeholder(char: str) -> str:
    """One character that stands for an odd one."""
    code = ord(char)
    if char == "\n" or char in _JOINERS or 0xFE00 <= code <= 0xFE0F:
        return char
    if char == "\t":
        return " "
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"
