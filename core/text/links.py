"""Web addresses: what is one, its parts, and the server that it leads to."""

import re
from urllib.parse import SplitResult, urlsplit

from core.reasons import Reason, ReasonCode

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f]")
_WITHOUT_SCHEME = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}/", re.IGNORECASE)


def web_link(value: object) -> str | None:
    """`value` if it is an http or https link, otherwise None."""
    if not isinstance(value, str):
        return None
    link = value.strip()
    return link if _WEB.match(link) and not _UNSAFE.search(link) else None


def split_link(link: str) -> SplitResult | None:
    """A web address in its parts; None where it is none, or holds a password, which would be kept with the thread."""
    link = link.strip()
    if _WITHOUT_SCHEME.match(link):
        link = "https://" + link
    try:
        found = urlsplit(link)
        # A port is not looked at until it is asked for; nobody can be reached at 0.
        is_port = found.port != 0
    except ValueError:
        return None
    is_web = found.scheme in ("http", "https") and found.hostname and is_port and not _UNSAFE.search(found.netloc)
    return found if is_web and "@" not in found.netloc else None


def is_link(text: str) -> bool:
    """Whether a text is a web address with its scheme."""
    return "://" in text and split_link(text) is not None


def link_fault(text: str) -> Reason | None:
    """What is wrong with a text that begins as a web address does; None where it is one, or does not."""
    text = text.strip()
    if not re.match("https?://", text, re.IGNORECASE) or split_link(text) is not None:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return Reason(ReasonCode.NO_WEB_ADDRESS, names=(text,))
    if "@" in parts.netloc:
        return Reason(ReasonCode.LINK_WITH_PASSWORD)
    try:
        is_port = parts.port != 0
    except ValueError:
        is_port = False
    if not is_port:
        return Reason(ReasonCode.NO_PORT, names=(parts.netloc.rpartition(":")[2],))
    return Reason(ReasonCode.NO_WEB_ADDRESS, names=(text,))


def origin(link: str) -> str:
    """The scheme and host of a link; empty where it is none."""
    try:
        parts = urlsplit(link.strip() if "://" in link else f"https://{link.strip()}")
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
