"""The form in which text is compared: case, accents and full-width forms aside."""

import unicodedata


def fold(text: str) -> str:
    """`text` in the form that searches compare: NFKD without marks, case-folded, without invisible characters.

    Chinese, Japanese and Korean keep their letters; full-width Latin and half-width kana become their plain twins.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", text).translate(_BARE)).casefold()


class _Bare(dict[int, int | None]):
    """Code point -> itself, or None for a mark or an invisible character; learnt as texts are folded."""

    def __missing__(self, code: int) -> int | None:
        """What becomes of a code point that has not been met yet."""
        self[code] = None if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf") else code
        return self[code]


_BARE = _Bare()
