"""Character entities in texts that some interfaces hand out escaped, and some tools pass on so."""

import re
from html import unescape

_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|#39);")
_RAW = re.compile(r"[<>]|&(?!(?:amp|lt|gt|quot|#39);)")


def unescaped(text: str) -> str:
    """`text` with its entities decoded once, unless a raw `<`, `>` or `&` shows that nothing in it was escaped."""
    return unescape(text) if _ESCAPED.search(text) and not _RAW.search(text) else text
