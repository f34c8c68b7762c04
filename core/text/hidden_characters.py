"""Finding what a text may hide: bidirectional controls, invisible characters, control characters, mixed scripts."""

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

from core.models import Flag
from core.text.controls import TAGGED_FLAG
from core.text.scripts import HAN
from core.text.storable import is_storable

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OVERRIDES = "\u202d\u202e"
_OPENING_EMBEDDINGS = "\u202a\u202b"
_POP_EMBEDDING = "\u202c"
_OPENING_ISOLATES = "\u2066\u2067\u2068"
_POP_ISOLATE = "\u2069"

_ALWAYS_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
)
_IN_CONTEXT = "\u200b-\u200d\ufe00-\ufe0f\u180b-\u180d"
_ALWAYS = re.compile(f"[{_ALWAYS_INVISIBLE}\U000e0001]")
_CONTEXT = re.compile(f"[{_IN_CONTEXT}\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
# One range beyond the BMP, though it takes in more than is looked for: each costs a comparison per character.
_SUSPECT = re.compile(
    f"[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff{_ALWAYS_INVISIBLE}{_IN_CONTEXT}"
    "\U000e0000-\U000e0fff]"
)
_TAGGED_FLAG = re.compile(TAGGED_FLAG)

_JOINING_SCRIPTS = ((0x0590, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x18AF), (0xA840, 0xA8FF), (0x11000, 0x11FFF))
"""Right-to-left, Indic and Mongolian letters, which joiners shape."""
_UNSPACED_SCRIPTS = ((0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF))
"""Thai, Lao, Tibetan, Burmese and Khmer, which a zero-width space divides into words."""
_PICTURES = (
    (0x00A9, 0x00AE),
    (0x203C, 0x203C),
    (0x2049, 0x2049),
    (0x2100, 0x2BFF),
    (0x3030, 0x303D),
    (0x3297, 0x3299),
    (0x1F000, 0x1FAFF),
)
_ANY_PICTURE = "".join(f"{chr(first)}-{chr(last)}" for first, last in _PICTURES)
_IN_PICTURE = re.compile(
    f"\ufe0f(?<=[{_ANY_PICTURE}]\ufe0f)|\u200d(?<=[{_ANY_PICTURE}\ufe0f]\u200d)(?=[{_ANY_PICTURE}])"
)
"""Selectors and joiners that emoji are commonly made of; a joiner may follow a selector."""
_IDEOGRAPH = re.compile(f"[{HAN}]")
_MONGOLIAN = ((0x1800, 0x18AF),)
_KEYCAPS = "0123456789#*"
_LOOKALIKES = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
_BESIDE_LATIN = re.compile(
    "[\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u1f00-\u1fff\u2c80-\u2cff\ua640-\ua69f\uab70-\uabbf]"
)
"""Letters of the scripts that look like Latin, or like each other."""
_SUSPECT_IN_NAME = re.compile(_SUSPECT.pattern[:-1] + _BESIDE_LATIN.pattern[1:])
_WORD = re.compile(r"[^\W\d_]+")


def text_flags(text: str) -> tuple[Flag, ...]:
    """What a reader of `text` would not see; empty for ordinary text of any script, emoji included."""
    if text.isascii():
        return () if text.isprintable() or not _CONTROL.search(text) else (Flag.CONTROL,)
    if not _SUSPECT.search(text) or not _SUSPECT.search(_IN_PICTURE.sub("", text)):
        return ()
    found = []
    if _unbalanced(text):
        found.append(Flag.BIDI)
    if _hides_characters(text):
        found.append(Flag.INVISIBLE)
    if _CONTROL.search(text):
        found.append(Flag.CONTROL)
    return tuple(found)


def is_plain(text: str) -> bool:
    """Whether `text` has nothing to flag, and no lone surrogate either."""
    if (text.isascii() and text.isprintable()) or not _SUSPECT.search(text):
        return True
    return is_storable(text) and not text_flags(text)


def is_plain_name(name: str) -> bool:
    """Whether a display name has nothing to flag, and no lone surrogate either."""
    if (name.isascii() and name.isprintable()) or not _SUSPECT_IN_NAME.search(name):
        return True
    return is_plain(name) and not mixes_scripts(name)


def name_flags(handle: str | None, name: str | None) -> tuple[Flag, ...]:
    """What an author's handle and display name hide, mixed scripts included."""
    found: list[Flag] = []
    for text in (handle, name):
        if text is None or (text.isascii() and text.isprintable()):
            continue
        found.extend(text_flags(text))
        if mixes_scripts(text):
            found.append(Flag.MIXED_SCRIPT)
    return tuple(dict.fromkeys(found))


def mixes_scripts(text: str) -> bool:
    """Whether one word of `text` has letters of two scripts that look alike, as Latin and Cyrillic do."""
    if text.isascii() or not _BESIDE_LATIN.search(text):
        return False
    return any(
        len({_script(letter) for letter in word} & _LOOKALIKES) > 1
        for word in _WORD.findall(text)
        if not word.isascii()
    )


def visible(text: str) -> str:
    """`text` without control and invisible characters, for a handle, where none belongs."""
    if text.isascii() and text.isprintable():
        return text
    kept = (c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))
    return _CONTEXT.sub("", _ALWAYS.sub("", "".join(kept)))


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The first word of a letter's Unicode name, which is its script for the scripts that matter here."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _unbalanced(text: str) -> bool:
    """Whether bidirectional controls override, or reach beyond their own line."""
    if not _BIDI.search(text):
        return False
    if any(c in text for c in _OVERRIDES):
        return True
    return any(
        _leaks(line, _OPENING_EMBEDDINGS, _POP_EMBEDDING) or _leaks(line, _OPENING_ISOLATES, _POP_ISOLATE)
        for line in text.splitlines()
    )


def _leaks(line: str, opening: str, closing: str) -> bool:
    """Whether `opening` and `closing` characters of `line` do not pair up."""
    steps = [1 if c in opening else -1 for c in line if c in opening or c == closing]
    levels = list(accumulate(steps))
    return bool(levels) and (min(levels) < 0 or levels[-1] != 0)


def _hides_characters(text: str) -> bool:
    """Whether `text` has an invisible character that its surroundings do not explain."""
    if _ALWAYS.search(text):
        return True
    plain = _TAGGED_FLAG.sub("\U0001f3f4", text)
    return any(not _explained(plain, match.start()) for match in _CONTEXT.finditer(plain))


def _explained(text: str, at: int) -> bool:
    """Whether the joiner, selector or zero-width space at `at` does what it is made for."""
    sign = text[at]
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    if sign == "\u200b":
        return _within(before, _UNSPACED_SCRIPTS) or _within(after, _UNSPACED_SCRIPTS)
    if sign == "\u200c":
        return _within(before, _JOINING_SCRIPTS)
    if sign == "\u200d":
        joins_pictures = (_within(before, _PICTURES) or before == "\ufe0f") and _within(after, _PICTURES)
        return joins_pictures or _within(before, _JOINING_SCRIPTS) or _within(after, _JOINING_SCRIPTS)
    if "\ufe00" <= sign <= "\ufe0f":
        return bool(before) and (
            _within(before, _PICTURES)
            or before in _KEYCAPS
            or _IDEOGRAPH.match(before) is not None
            or _is_symbol(before)
        )
    if "\u180b" <= sign <= "\u180d":
        return _within(before, _MONGOLIAN)
    return sign >= "\U000e0100" and _IDEOGRAPH.match(before) is not None


def _within(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    """Whether `char` is in one of the `ranges`; the empty string is in none."""
    return bool(char) and any(first <= ord(char) <= last for first, last in ranges)


def _is_symbol(char: str) -> bool:
    """Whether `char` is a mathematical or other symbol beyond ASCII, which may have variants."""
    return not char.isascii() and unicodedata.category(char) in ("Sm", "So")
