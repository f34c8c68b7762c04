"""The form in which text is compared: case, accents and full-width forms aside."""

import re
import unicodedata
from functools import cache

_STEADY = (
    "\x00-\x9f\xa1-\xa7\xa9\xab\xac\xae\xb0\xb1\xb6\xb7\xbb\xbf\xd7\xdf\xe6\xf7\xf8"  # Latin
    "\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0410-\u0418\u041a-\u0438\u043a-\u044f"  # Greek, Cyrillic
    "\u05d0-\u05ea\u0627-\u064a\u0679-\u06bf\u0e01-\u0e30\u0e40-\u0e46"  # Hebrew, Arabic, Thai
    "\u2010\u2012-\u2016\u2018-\u2023\u2500-\u2a0b\u3001-\u3029"  # punctuation, symbols
    "\u3041-\u304b\u304d\u304f\u3051\u3053\u3055\u3057\u3059\u305b\u305d\u305f\u3061\u3063\u3064"
    "\u3066\u3068\u306a-\u306f\u3072\u3075\u3078\u307b\u307e-\u3093"  # hiragana
    "\u30a1-\u30ab\u30ad\u30af\u30b1\u30b3\u30b5\u30b7\u30b9\u30bb\u30bd\u30bf\u30c1\u30c3\u30c4"
    "\u30c6\u30c8\u30ca-\u30cf\u30d2\u30d5\u30d8\u30db\u30de-\u30f3\u30fb\u30fc"  # katakana
    "\u3400-\u9fff\uac00-\ud7a3"  # ideographs, Hangul syllables
    "\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\U00020000-\U0002f7ff"  # emoji, rarer ideographs
)
"""Common characters of which NFKD and NFC together change nothing; none of them melts into the one before it."""
_WIDE = (("，", ","), ("！", "!"), ("？", "?"), ("：", ":"), ("（", "("), ("）", ")"))
"""Full-width signs that are common in Chinese, and their plain twins."""


def fold(text: str) -> str:
    """`text` in the form that searches compare: NFKD without marks, case-folded, without invisible characters.

    Chinese, Japanese and Korean keep their letters; full-width Latin and half-width kana become their plain twins.
    """
    if text.isascii():
        return text.lower()
    if "，" in text:
        # A text has many of these, and all of a kind are replaced in the time that one takes below.
        for wide, plain in _WIDE:
            text = text.replace(wide, plain)
    parts = _others().split(text)
    if len(parts) > 1:
        parts[1::2] = map(_BARE.__getitem__, parts[1::2])
        text = unicodedata.normalize("NFC", "".join(parts))
    return text.casefold()


def folded_if_other(text: str) -> str | None:
    """`text` folded, or None where that is `text` itself but for the case of ASCII letters, which SQL ignores."""
    folded = fold(text)
    return None if folded == text or folded.encode() == text.encode().lower() else folded


@cache
def _others() -> re.Pattern[str]:
    """A pattern for each character that is not steady; compiling it takes 2 ms, which a start should not."""
    return re.compile(f"([^{_STEADY}])")


class _Bare(dict[str, str]):
    """A character -> what is left of it without marks; learnt as texts are folded."""

    def __missing__(self, char: str) -> str:
        """What is left of a character that has not been met yet."""
        parts = unicodedata.normalize("NFKD", char)
        self[char] = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Me", "Cf"))
        return self[char]


_BARE = _Bare()
