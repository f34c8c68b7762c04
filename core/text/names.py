"""Handles and display names: whether two are one, whatever case, signs, widths and look-alike letters they have."""

import unicodedata
from functools import lru_cache

_SHORT = 6
"""Letters below which a name of one word is anybody's."""
_LOOKALIKES = str.maketrans(
    "авекмнорстухіјѕһԁԛԝαβεηικμνορτυχγ",
    "abekmhopctyxijshdqwabenikmvoptuxy",
)
"""Small Cyrillic and Greek letters, and the Latin ones that they pass for."""


def account_key(handle: str) -> str:
    """A handle as it is compared: case does not count."""
    return handle.casefold()


def is_same_account(one: str, other: str) -> bool:
    """Whether two handles are one account's."""
    return account_key(one) == account_key(other)


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A display name as it is compared: without case, full-width forms, signs, emoji and look-alikes."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(filter(str.isalnum, folded.translate(_LOOKALIKES))) or folded.strip()


def is_same_name(one: str, other: str) -> bool:
    """Whether two display names read the same, or one is the other cut short."""
    if one == other or name_key(one) == name_key(other):
        return True
    short, long = sorted((one, other), key=len)
    return short.endswith(("…", "...")) and long.startswith(short.rstrip("….").rstrip())


def is_distinctive_name(name: str) -> bool:
    """Whether a display name is so long that two who have it are hardly two people by chance."""
    return len(name.split()) > 1 or len(name_key(name)) >= _SHORT
