"""Accessibility snapshots as Playwright prints them and Camofox marks them up, as a flat row of texts and links."""

import json
import re
from dataclasses import dataclass

_LINE = re.compile(r"(?P<indent>[ \t]*)- (?P<rest>.*)")
_KEY = re.compile(r'(?P<role>/?[A-Za-z]+)(?: (?P<name>"(?:[^"\\]|\\.)*"))?(?P<marks>(?: \[[^\]]*\])*)')
_QUOTED_KEY = re.compile(r"'((?:[^']|'')*)'")
_HEX_ESCAPE = re.compile(r"\\x([0-9a-fA-F]{2})")


@dataclass(slots=True)
class AriaNode:
    """A text or a link of a page."""

    role: str
    """`text`, `paragraph`, `link` or another role of ARIA."""
    text: str
    """What it says; for a link, its name."""
    url: str | None = None
    """Where a link leads; None for all but links."""
    is_card: bool = False
    """Whether a link holds more than a line of text, as the preview of a web page does."""

    @property
    def is_link(self) -> bool:
        """Whether this is a link that leads somewhere."""
        return self.url is not None


def aria_nodes(snapshot: str) -> list[AriaNode]:
    """The texts and links of `snapshot` in its order, however deep they stand; other lines are passed over."""
    found: list[AriaNode] = []
    link: AriaNode | None = None
    link_indent = 0
    for line in snapshot.split("\n"):
        parsed = _parsed(line)
        if parsed is None:
            continue
        indent, role, name, value = parsed
        if role == "/url":
            if link is not None:
                link.url = value
            continue
        inside = link is not None and indent > link_indent
        if link is not None and inside:
            link.is_card = link.is_card or role in ("heading", "paragraph", "img")
            link.text = link.text or value
            continue
        node = AriaNode(role, name or value)
        link, link_indent = (node, indent) if role == "link" else (None, 0)
        if role in ("link", "text", "paragraph"):
            found.append(node)
    return found


def _parsed(line: str) -> tuple[int, str, str, str] | None:
    """A line's indent, role, name and value; None for what is no line of a snapshot."""
    match = _LINE.match(line)
    if not match:
        return None
    rest = match["rest"].rstrip("\r")
    quoted = _QUOTED_KEY.match(rest)
    key = quoted[1].replace("''", "'") if quoted else rest
    parts = _KEY.match(key)
    if not parts:
        return None
    value = (rest[quoted.end() :] if quoted else key[parts.end() :]).strip()
    return (
        len(match["indent"]),
        parts["role"],
        _unquoted(parts["name"] or ""),
        _unquoted(value.removeprefix(":").strip()),
    )


def _unquoted(text: str) -> str:
    """A YAML scalar as the text that it stands for."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) < 2 or not text[0] == text[-1] == '"':
        return text
    try:
        value = json.loads(_HEX_ESCAPE.sub(r"\\u00\1", text), strict=False)
    except ValueError:
        return text[1:-1]
    return value if isinstance(value, str) else text
