"""The only way out for text into Markdown: whatever it holds, a renderer shows it to the letter.

The rules cover CommonMark 0.31, GitHub's extensions, and what site generators add: mathematics, footnotes, emoji
names, heading attributes, shortcodes. A character is escaped only where it could act, for writers read the source.
What is added is one of: a backslash before ASCII punctuation, `&amp;`, `&lt;`, `&gt;`, a numeric entity, `<…>` around
a web address, and two spaces at the end of a line.
"""

import re
from urllib.parse import quote, urlsplit

from exports.characters import balanced, harmless

_RULES = r"""
      (?P<start> \A(?: [#>]                                 # a heading or block quote
        | [-+](?=[ \t]|\Z|[-+:=| \t]*\Z)                    # a list, rule, underline or table
        | =(?=[= \t]*\Z)                                    # an underline
        | :(?=[ \t:]|[-:| \t]*\Z) ) )                       # a definition, container or table
    | (?P<number> \A\(?(?:[0-9]{1,9}|[a-z]|[ivx]{2,8}) )(?P<dot>[.)])(?=[ \t]|\Z)
    | (?P<gap> \[(?:…|\.\.\.)\](?=[ \t]|\Z) )               # what an excerpt leaves out
    | (?P<entity> &(?=\#?[0-9a-z]{1,32};) )
    | (?P<tag> <(?![ \t]|[-=][ \t]|[-=]?[0-9]{1,9}(?:[ \t,)]|\Z)|[^\x00-\x7f]) )
    | (?P<close> (?:(?<=--)|(?<=--!))> )                    # the end of a comment
    | (?P<brace> \{ )                                       # a template, shortcode or attribute
    | (?P<formula> \\(?=[][()]) )                           # \( and \[ open mathematics
    | (?P<pair> [$^] )                                      # harmless alone
    | (?P<always> [\\`\[\]~|] )
    | (?P<star> (?<![ \t])\*|\*(?![ \t]) )
    | (?P<run> (?<!\w)_++|(?<!_)_++(?!\w)|(?<!\s)={2,}+|={2,}+(?!\s) )
    | (?P<end> (?<![^ \t])\#(?=\#*\Z) )                     # the end of a heading
    | (?P<emoji> :(?=[a-z0-9_+-]{0,40}[a-z][a-z0-9_+-]{0,40}:|100:|1234:|[+-]1:) )
    | (?P<slash> /(?=/(?:\S|\Z)) )                          # a link with another scheme, or none
    | (?P<mail> (?<=[\w.+-])@(?=\w) )
    | (?P<www> (?<=www)\.(?![a-z0-9./?=,-]{0,200}(?:\s|\Z)) )
    | (?P<code> %(?=[0-9a-f]{2}) )                          # decoded in links that a renderer makes
    | (?P<puny> (?<=xn)-(?=-) )                             # likewise
    """
_WITHOUT_LINKS = re.compile(_RULES, re.VERBOSE | re.IGNORECASE)
_WITH_LINKS = re.compile(
    rf"(?P<web> https?://(?=[a-z0-9])[!-;=?-~]{{1,2000}}+ ) | {_RULES}", re.VERBOSE | re.IGNORECASE
)
_ENTITIES = {"entity": "&amp;", "tag": "&lt;", "close": "&gt;", "brace": "&#123;", "formula": "&#92;"}
_BARE_LINK = re.compile(
    r"https?://(?:[a-zA-Z0-9.?,#@+:&-]|/(?!/)|=(?!=)|(?<=[a-zA-Z0-9])_(?=[a-zA-Z0-9]))+[!'\"):]*", re.IGNORECASE
)
_ANGLE_LINK = re.compile(r"[a-zA-Z0-9./?,#@+:&=_!'()*~$-]+")
_AFTER_LINKS = "!\"'*,-.:;?_~)"
_SAFE_IN_LINKS = "/?#:@!&+,=~%-._"
_BAD_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def inline(text: str) -> str:
    """`text` on one line, for a heading, a name, or a place within a sentence; newlines become spaces.

    Safe wherever a template puts it, a line's start and an HTML comment included.
    """
    flat = re.sub(r"[ \t]*\n[ \t\n]*", " ", balanced(harmless(text).strip())).replace("\t", " ")
    return _line(flat, pairs="$^", block=False, first=True)


def paragraphs(text: str) -> str:
    """`text` as paragraphs of their own, with its line breaks; several blank lines count as one."""
    whole = balanced(harmless(text).rstrip())
    pairs = "".join(char for char in "$^" if whole.count(char) > 1)
    blocks: list[list[str]] = [[]]
    for line in (line.rstrip(" \t") for line in whole.split("\n")):
        if line:
            blocks[-1].append(_line(line, pairs=pairs, block=True, first=not blocks[-1]))
        elif blocks[-1]:
            blocks.append([])
    return "\n\n".join("  \n".join(lines) for lines in blocks if lines)


def quote_block(markdown: str) -> str:
    """Markdown as a block quote."""
    return "\n".join(f"> {line}" if line.strip() else ">" for line in markdown.split("\n"))


def link(url: str) -> str | None:
    """`url` fit for `[…](url)` and `<url>`, or None where it is no plain link to http or https.

    Whatever could end the link or start something else is percent-encoded. A link with a user name before the host
    is refused, because it shows one site and opens another.
    """
    if harmless(url) != url or re.search(r"\s", url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9._-]+", host) or "@" in parts.netloc:
        return None
    site = f"{parts.scheme}://{host}" + ("" if port is None else f":{port}")
    rest = _BAD_PERCENT.sub("%25", url[len(parts.scheme) + 3 + len(parts.netloc) :])
    return site + quote(rest, safe=_SAFE_IN_LINKS)


def _line(line: str, *, pairs: str, block: bool, first: bool) -> str:
    """One line without its newline, escaped.

    `pairs` are the characters that act only in twos and may find a partner; `block` says that the line ends where it
    ends here; `first`, that a paragraph may begin here, where some renderers strip more than spaces and tabs.
    """
    body = line.lstrip() if first else line.lstrip(" \t")
    indent = line[: len(line) - len(body)]

    def escaped(match: re.Match[str]) -> str:
        kind, found = str(match.lastgroup), match[0]
        if kind == "dot":
            return f"{match['number']}\\{match['dot']}"
        if kind == "web":
            return web(found, match.string[match.end() : match.end() + 1])
        if kind == "gap":
            return found if block or match.end() < len(match.string) else f"\\[{found[1:-1]}\\]"
        if kind == "pair" and found not in pairs:
            return found
        if kind == "slash":
            return "/\\"
        return _ENTITIES.get(kind) or "".join(f"\\{char}" for char in found)

    def web(found: str, after: str) -> str:
        if _BARE_LINK.fullmatch(found) and not after.strip() and "xn--" not in found.lower():
            return found
        address = _address(found)
        if block and _ANGLE_LINK.fullmatch(address) and "xn--" not in address.lower():
            return f"<{address}>{_WITHOUT_LINKS.sub(escaped, found[len(address) :])}"
        scheme, _, rest = found.partition("//")
        return f"{scheme}/\\/{_WITHOUT_LINKS.sub(escaped, rest)}"

    text = _WITH_LINKS.sub(escaped, body)
    # An entity for the first space keeps an indent that would else be stripped, or make a code block.
    return f"&#{ord(indent[0])};{indent[1:]}{text}" if indent else text


def _address(found: str) -> str:
    """`found` without the punctuation that belongs to the sentence around it, as GitHub cuts its links."""
    while found[-1] in _AFTER_LINKS and not (found[-1] == ")" and found.count("(") >= found.count(")")):
        found = found[:-1]
    return found
