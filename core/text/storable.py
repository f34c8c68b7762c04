"""Text that files and databases can hold."""

import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` with lone halves of surrogate pairs, which nothing can store, as U+FFFD."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def is_storable(text: str) -> bool:
    """Whether `text` has no lone half of a surrogate pair."""
    return text.isascii() or not _LONE_SURROGATE.search(text)
