"""The form in which text is compared: case, accents and full-width forms aside."""

import unicodedata


def fold(text: str) -> str:
    """`text` in the form that searches compare: NFKD without marks, case-folded, without invisible characters.

    Chinese, Japanese and Korean keep their letters; full-width Latin and half-width kana become their plain twins.
    """
    if text.isascii():
        return text.lower()
    kept = (c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return unicodedata.normalize("NFC", "".join(kept)).casefold()
