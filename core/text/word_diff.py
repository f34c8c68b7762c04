"""Two texts compared word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from core.text.scripts import HAN, HANGUL, KANA

_UNSPACED = HAN + KANA + HANGUL
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|\s+|[^\w\s]+")
"""A word; one letter where a script writes none between spaces; white space; signs."""
_MOST = 1_000
"""Words up to which two texts are compared; more would keep a writer waiting."""


def differences(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The parts of both texts in order, each as what was there before and what is there now, of which one may be empty.

    Long texts come as one part that was replaced.
    """
    old, new = (_WORD.findall(text) for text in (before, after))
    if max(len(old), len(new)) > _MOST:
        yield before, after
        return
    for _, start, end, low, high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[start:end]), "".join(new[low:high])
