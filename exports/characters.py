"""Text as it may leave the library for a file: no character that acts on a terminal or on the text around it."""

import re

from core.text.controls import control_picture, without_hidden_letters

_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_POP_EMBEDDING, _POP_ISOLATE = "\u202c", "\u2069"
_ISOLATES = "\u2066\u2067\u2068"


def harmless(text: str) -> str:
    """`text` with every line end as a newline, every other control as a visible sign, and without hidden letters.

    Tabs stay; a lone surrogate, which no file can hold, becomes U+FFFD.
    """
    return _ACTING.sub(_sign, _NEWLINES.sub("\n", without_hidden_letters(text)))


def _sign(match: re.Match[str]) -> str:
    """The visible sign of one control character."""
    return control_picture(ord(match[0])) or "\ufffd"


def balanced(text: str) -> str:
    """`text` with its bidirectional controls paired, so that none reaches past the end.

    What is open at the end is closed there; a closing control without its partner, which would close something
    outside, is left out.
    """
    if not _BIDI.search(text):
        return text
    waiting: list[str] = []

    def paired(match: re.Match[str]) -> str:
        control = match[0]
        if control not in (_POP_EMBEDDING, _POP_ISOLATE):
            waiting.append(_POP_ISOLATE if control in _ISOLATES else _POP_EMBEDDING)
            return control
        if control == _POP_ISOLATE and _POP_ISOLATE in waiting:
            # The end of an isolate also ends the embeddings that were opened within it (UAX 9, X6a).
            while waiting.pop() != _POP_ISOLATE:
                pass
            return control
        if control == _POP_EMBEDDING and waiting[-1:] == [_POP_EMBEDDING]:
            waiting.pop()
            return control
        return ""

    return _BIDI.sub(paired, text) + "".join(reversed(waiting))
