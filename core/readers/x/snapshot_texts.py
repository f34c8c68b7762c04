"""Texts of a snapshot: put together from the pieces that links cut them into, and parted from a poll behind them."""

import re

_POLL_END = re.compile(r"\s\d[\d,.]* votes? • [^•]*$")
_POLL_CHOICE = re.compile(r"(?:^|\s)(\d{1,3})% ?")
_CLOSES = ".,!?;:…)]}'’”»%、。，！？；：）】」』"
_OPENS = "([{‘“«（【「『"


def joined(pieces: list[str]) -> str:
    """The text that a page showed in `pieces`, for a snapshot cuts it wherever a link begins or ends."""
    text = ""
    for piece in pieces:
        glued = not text or piece[:1] in _CLOSES or text[-1] in _OPENS
        text += piece if glued else f" {piece}"
    return text


def without_poll(text: str) -> tuple[str, list[str]]:
    """`text` without a poll's choices at its end, whose shares make up 100%, and those choices."""
    end = _POLL_END.search(text)
    if not end:
        return text, []
    total, until = 0, end.start()
    choices: list[str] = []
    for choice in reversed(list(_POLL_CHOICE.finditer(text, 0, end.start()))):
        choices.insert(0, text[choice.end() : until])
        total, until = total + int(choice[1]), choice.start()
        if total >= 98:
            return text[: choice.start()], choices
    return text, []
