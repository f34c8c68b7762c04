"""Links to posts: which network and which post they lead to."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_ID = re.compile(r"/(?:[^/]+|i/web)/status(?:es)?/(\d{1,20})(?:/|$)")
_OF_X = re.compile(
    r"(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com"
    r"|(?:[a-z]+\.)?(?:fxtwitter|vxtwitter|fixupx|fixvx|twittpr)\.com"
    r"|(?:[a-z0-9-]+\.)*nitter\.[a-z0-9.-]+|xcancel\.com"
)
"""Hosts that show posts of X."""


@dataclass(frozen=True, slots=True)
class XLink:
    """A post of X."""

    post_id: str
    handle: str
    """As the link has it; `i` where it names none."""


def parts_of(link: str) -> SplitResult | None:
    """A web address in its parts; None where it is none, or holds a password, which would be kept with the thread."""
    link = link.strip()
    if re.match(r"[a-z0-9.-]+\.[a-z]{2,}/", link, re.IGNORECASE):
        link = "https://" + link
    try:
        found = urlsplit(link)
    except ValueError:
        return None
    return found if found.scheme in ("http", "https") and found.hostname and "@" not in found.netloc else None


def is_link(text: str) -> bool:
    """Whether a text is a web address."""
    return "://" in text and parts_of(text) is not None


def x_post(link: str, *, host: str = "") -> XLink | None:
    """The post of X that a link leads to, on X itself, on sites that show its posts, or on `host`."""
    parts = parts_of(link)
    if parts is None:
        return None
    name = (parts.hostname or "").lower()
    found = _ID.match(parts.path)
    if found is None or not (_OF_X.fullmatch(name) or (host and name == host)):
        return None
    handle = parts.path.split("/")[1]
    return XLink(found[1], handle if re.fullmatch(r"\w{1,20}", handle, re.ASCII) else "i")
