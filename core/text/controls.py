"""Characters that nobody sees: controls as visible signs, the same on the screen and in files, and hidden letters."""

import re

TAGGED_FLAG = "\U0001f3f4[\U000e0061-\U000e007a]{2}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,4}\U000e007f"
"""The pattern of a region's flag (UTS 51): a black flag and the region's code in letters that are not shown (gbeng)."""
_HIDDEN_LETTERS = re.compile(f"({TAGGED_FLAG})|[\U000e0000-\U000e007f]+")


def without_hidden_letters(text: str) -> str:
    """`text` without letters that are not shown, which spell what only machines read; a region's flag keeps its own."""
    return text if text.isascii() else _HIDDEN_LETTERS.sub(r"\1", text)


def control_picture(code: int) -> str | None:
    """What stands for a C0, DEL or C1 control character, or None where `code` is none of them."""
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"‹{code:02X}›" if 0x80 <= code < 0xA0 else None
