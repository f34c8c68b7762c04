"""Web addresses: what is one, its parts, and the server that it leads to."""

import re
from urllib.parse import SplitResult, urlsplit

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
    except ValueError:
        return None
    return found if found.scheme in ("http", "https") and found.hostname and "@" not in found.netloc else None


def is_link(text: str) -> bool:
    """Whether a text is a web address with its scheme."""
    return "://" in text and split_link(text) is not None


def origin(link: str) -> str:
    """The scheme and host of a link."""
    parts = urlsplit(link.strip() if "://" in link else f"https://{link.strip()}")
    return f"{parts.scheme}://{parts.netloc}"
