"""Links as texts print them, and the addresses that they lead to: each tool writes the same one in its own way."""

import re
from typing import NamedTuple
from urllib.parse import unquote

_PRINTED = re.compile(
    # With a scheme, or a host with what may be behind it, also cut; bounded, for a text may be made to be slow.
    r"https?://(?:[!-~]+|(?<=[/=])[^\s!-~…]+)+…?"
    r"|(?<![a-z0-9@._/-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![a-z0-9@_-])(?::\d{1,5})?"
    r"(?:[/?#](?:[!-~]+|(?<=[/=])[^\s!-~…]+)*)?(?:…|\.{2,})?",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:…|\.{2,})$")
_BEFORE_ADDRESS = re.compile(r"^(?:https?://)?(?:www\d?\.)?", re.IGNORECASE)
_HALF_A_SIGN = re.compile(r"%[0-9a-f]?$", re.IGNORECASE)
_BEHIND = ".,;:!?'\"*_(<>[]{}。，、；：！？）」』”’…"
"""Signs at a link's end that belong to the sentence."""
_HOSTS = {
    "twitter.com": "x.com",
    "mobile.twitter.com": "x.com",
    "mobile.x.com": "x.com",
    "m.youtube.com": "youtube.com",
}
_ALSO_IN_FRONT = frozenset({"youtube.com", "youtu.be", "x.com", "reddit.com", "old.reddit.com", "medium.com"})
"""Hosts in whose place a page may put one of its own."""
_OF_X = re.compile(r"t\.co/|pic\.x\.com/|pic\.twitter\.com/")
_POST_OF_X = re.compile(r"x\.com/(?:\w+|i/web)/status/\d+")


class PrintedLink(NamedTuple):
    """A link in a text, and where in it."""

    start: int
    end: int
    host: str
    path: str
    """What stands behind the host, with its slash; decoded, without a slash or sentence's sign at the end."""
    cut: bool
    """Whether its end was left out for the eye."""
    has_scheme: bool

    @property
    def address(self) -> str:
        """The address, without what tools print or leave out as they like."""
        return self.host + self.path

    @property
    def is_short(self) -> bool:
        """Whether X has put it in place of what the author wrote or attached, so that it may lead to anything."""
        return bool(_OF_X.match(self.address))

    @property
    def is_attachment(self) -> bool:
        """Whether at a text's end it may stand for a picture or a quoted post."""
        return self.is_short or bool(_POST_OF_X.match(self.address))

    def leads_where(self, other: "PrintedLink") -> bool:
        """Whether it may lead to where `other` leads, by all that the two print."""
        if self.is_short or other.is_short or self.address == other.address:
            return True
        if (self.cut and other.address.startswith(self.address)) or (
            other.cut and self.address.startswith(other.address)
        ):
            return True
        return self.path == other.path != "" and not _ALSO_IN_FRONT.isdisjoint((self.host, other.host))


def printed_links(text: str) -> list[PrintedLink]:
    """The links in a text, and words that look like a bare host."""
    return [_printed_link(match) for match in _PRINTED.finditer(text)] if "." in text else []


def _printed_link(match: re.Match[str]) -> PrintedLink:
    """What a match of `_PRINTED` is as a link."""
    printed, end = match[0], match.end()
    dots = _CUT.search(printed)
    if dots:
        printed = printed[: dots.start()]
    else:
        printed = _without_sentence(printed)
        end = match.start() + len(printed)
    address = _BEFORE_ADDRESS.sub("", printed)
    place = min((at for sign in "/?#" if (at := address.find(sign)) >= 0), default=len(address))
    host, path = address[:place].lower(), address[place:]
    if "%" in path:
        path = unquote(_HALF_A_SIGN.sub("", path) if dots else path)
    has_scheme = printed[:8].lower().startswith(("http://", "https://"))
    return PrintedLink(match.start(), end, _HOSTS.get(host, host), path.rstrip("/"), bool(dots), has_scheme)


def _without_sentence(printed: str) -> str:
    """A link without the signs of the sentence behind it, or a bracket that was opened before it."""
    while True:
        shorter = printed.rstrip(_BEHIND)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == printed:
            return printed
        printed = shorter
