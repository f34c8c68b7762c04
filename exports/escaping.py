"""The only way out for text into Markdown: whatever it holds, a renderer shows it to the letter.

A sign that could act is written as a decimal entity (`&#64;`): every renderer shows it as the sign, and none acts on
it. A backslash would be shown as it stands by python-markdown before some signs, and make a formula before brackets in
editors for WeChat. The signs and places are those of CommonMark 0.31, GitHub, pandoc, python-markdown and PyMdown,
kramdown, Hugo, Jekyll, Quarto, Obsidian and editors for WeChat; smart quotes and dashes are among them, for they change
letters. A sign is escaped only where one of these would act on it, for writers read the source. What is added besides:
`<…>` around a web address, and two spaces at the end of a line.
"""

import re
from urllib.parse import quote, urlsplit

from exports.characters import balanced, harmless

_SIGNS = re.compile(
    r"""
      (?P<web> https?://(?=[a-z0-9])[!-;=?-~]{1,2000}+ )
    | (?P<gap> \[(?:…|\.\.\.)\](?=[ \t]|\Z) )               # what an excerpt leaves out
    | \A(?: \#++|[>%:!]                                     # a heading, block quote, title, definition, container
        | [-+](?=[ \t]|\Z|[-+:=| \t]*\Z)                    # a list, rule, underline or table
        | =(?=[= \t]*\Z)                                    # an underline
        | \?{3} )                                           # an admonition
    | \A(?P<number> \(?(?:[0-9]+|[a-z]|[ivxlcdm]+) )(?P<dot> [.)] )(?=[ \t]|\Z)
    | [\\`"'@$^~|{[\]]                                      # act wherever they stand
    | &(?=\#|[0-9a-z]{1,32};)                               # an entity
    | <(?![ \t]|[-=][ \t]|[-=]?[0-9]{1,9}(?:[ \t,)]|\Z)|[^\x00-\x7f])
    | >(?=!)                                                # a spoiler
    | (?<![ \t])\*|\*(?![ \t])
    | (?<![a-z0-9])_|_(?![a-z0-9])
    | (?<=(?P<twice>[-+=.,>/%]))(?P=twice)                  # dashes, dots, marks, a link without a scheme
    | (?<=[!?]{3})[!?] | \+(?=-) | \((?=(?:c|r|p|tm)\)) | (?<=(?<![0-9])[1-7])/(?=[2-8](?![0-9]))  # shortened, ±, ©, ½
    | (?<!\#)\#++\Z                                         # the end of a heading
    | :(?=[a-z0-9_+-]{0,40}[a-z][a-z0-9_+-]{0,40}:|100:|1234:|[+-]1:)
    | (?<=www)\.(?![a-z0-9./?=,-]{0,200}(?:\s|\Z))
    | %(?=[0-9a-f]{2})                                      # decoded in links that a renderer makes
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE_LINK = re.compile(
    r"https?://(?:[a-z0-9?#&]|([-.,/+=])(?!\1)|:(?=[0-9])|(?<=[a-z0-9])_(?=[a-z0-9]))+[!):]?", re.IGNORECASE
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
    return _line(flat, block=False, first=True)


def paragraphs(text: str) -> str:
    """`text` as paragraphs of their own, with its line breaks; several blank lines count as one."""
    blocks: list[list[str]] = [[]]
    for line in (line.rstrip(" \t") for line in balanced(harmless(text).rstrip()).split("\n")):
        if line:
            blocks[-1].append(_line(line, block=True, first=not blocks[-1]))
        elif blocks[-1]:
            blocks.append([])
    return "\n\n".join("  \n".join(lines) for lines in blocks if lines)


def in_comment(text: str) -> str:
    """`text` on one line for an HTML comment, where only its end could act, and what a site generator runs first."""
    flat = " ".join(balanced(harmless(text)).split())
    return re.sub("(?<=-)[->!]|[<{]", lambda sign: _entities(sign[0]), flat)


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


def _line(line: str, *, block: bool, first: bool) -> str:
    """One line without its newline, escaped.

    `block` says that the line ends where it ends here; `first`, that a paragraph may begin here, where some renderers
    strip more than spaces and tabs.
    """
    body = line.lstrip() if first else line.lstrip(" \t")
    indent = line[: len(line) - len(body)]

    def escaped(match: re.Match[str]) -> str:
        if match["web"]:
            return web(match[0], match.string[match.end() : match.end() + 1])
        if match["gap"]:
            return match[0] if block else _entities("[") + _SIGNS.sub(escaped, match[0][1:])
        return (match["number"] or "") + _entities(match["dot"] or match[0])

    def web(found: str, after: str) -> str:
        if _BARE_LINK.fullmatch(found) and not after.strip():
            return found
        address = _address(found)
        if block and _ANGLE_LINK.fullmatch(address) and "xn--" not in address.lower():
            return f"<{address}>{_SIGNS.sub(escaped, found[len(address) :])}"
        # Half an address would be a link to somewhere else.
        return re.sub("[^a-zA-Z0-9]", lambda sign: _entities(sign[0]), found)

    # An entity for the first space keeps an indent that would else be stripped, or make a code block.
    return _entities(indent[:1]) + indent[1:] + _SIGNS.sub(escaped, body)


def _entities(signs: str) -> str:
    """Characters as decimal entities."""
    return "".join(f"&#{ord(sign)};" for sign in signs)


def _address(found: str) -> str:
    """`found` without the punctuation that belongs to the sentence around it, as GitHub cuts its links."""
    while found[-1] in _AFTER_LINKS and not (found[-1] == ")" and found.count("(") >= found.count(")")):
        found = found[:-1]
    return found
