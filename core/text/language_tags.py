"""Tags of languages (BCP 47): what is one, what a source's code says, and whether two name one language."""

import re

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_CODE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8})*)")
_SAYS_NOTHING = re.compile(r"und|zxx|mis|mul|art|q[a-t][a-z]")
"""Codes for no, any or an invented language, and the private range, in which X says why it names none (`qme` …)."""
_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv"}
"""Codes that ISO 639 withdrew, and some sources still use."""


def is_language_tag(text: str) -> bool:
    """Whether `text` can be a BCP 47 tag, such as `en`, `zh-Hant` or `fil`."""
    return _TAG.fullmatch(text) is not None


def language_tag(code: str | None) -> str | None:
    """A source's word for a language, as BCP 47; None for the codes that say nothing, and for what is no code."""
    match = _CODE.fullmatch(code.strip()) if code else None
    if match is None:
        return None
    base = match[1].lower()
    return None if _SAYS_NOTHING.fullmatch(base) else _RENAMED.get(base, base) + match[2].replace("_", "-")


def primary_language(tag: str | None) -> str:
    """The language of a BCP 47 tag, without script and country; empty where there is no tag."""
    return (tag or "").partition("-")[0].lower()


def is_same_language(one: str, other: str) -> bool:
    """Whether two tags name one language, whatever script or country they add."""
    return primary_language(one) == primary_language(other)
