"""Posts of X by their links and ids: where a link leads, whose post it says that is, and when an id was made.

A link to a post is `/HANDLE/status/NUMBER`, also with `statuses`, and `/i/status/NUMBER` or `/i/web/status/NUMBER`
where it names nobody; the number has at most 20 digits and ends the link, or `/`, `?` or `#` follows it.
"""

import re
from typing import NamedTuple

from core.models import TimePrecision
from core.text.links import split_link

X_SITE = "x.com"
"""The site on which ids are those of X."""
NOBODY = "i"
"""Stands for the handle in a link that names none."""
_PATH = r"/(?:(?:i|users)/)?(?P<handle>[^/?#\s]+)/status(?:es)?/(?P<post_id>[0-9]{1,20})(?=[/?#]|$)"
_ON_SITE = re.compile(_PATH, re.IGNORECASE)
_ANYWHERE = re.compile(r"(?:(?:https?://[^/?#@\s]+|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}))?" + _PATH, re.IGNORECASE)
_X = re.compile(r"(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com")
_MIRRORS = re.compile(
    r"(?:[a-z]+\.)?(?:fxtwitter|vxtwitter|fixupx|fixvx|twittpr)\.com|(?:[a-z0-9-]+\.)*nitter\.[a-z0-9.-]+|xcancel\.com"
)
"""Other hosts that show posts of X."""
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,20}")
NO_ACCOUNT = frozenset((NOBODY, "web"))
"""What may stand for a handle in links that name none."""

# Ids of X since late 2010: the upper bits are milliseconds since this moment.
_SNOWFLAKE_START = 1288834974657
_SNOWFLAKE_SHIFT = 22
_FIRST_SNOWFLAKE = 2**42
_AFTER_LAST_SNOWFLAKE = 2**63
_MOST_DIGITS = 19


class XLink(NamedTuple):
    """A link to a post of X."""

    handle: str
    """The account that the link names; NOBODY where it names none."""
    post_id: str

    @property
    def address(self) -> str:
        """The link as X itself writes it."""
        return f"https://x.com/{self.handle}/status/{self.post_id}"


def linked_post(link: object) -> XLink | None:
    """The post that a link leads to, whatever site shows it, also without the site; None for any other value."""
    match = _ANYWHERE.match(link.strip()) if isinstance(link, str) else None
    return _x_link(match) if match else None


def linked_id(link: object) -> str | None:
    """The id of the post that a link leads to; see `linked_post`."""
    match = _ANYWHERE.match(link.strip()) if isinstance(link, str) else None
    return match["post_id"] if match else None


def x_post(link: str, *, host: str = "") -> XLink | None:
    """The post of X that a link leads to, on X itself, on sites that show its posts, or on `host`."""
    parts = split_link(link)
    name = (parts.hostname or "").lower() if parts else ""
    if parts is None or not (_X.fullmatch(name) or _MIRRORS.fullmatch(name) or (host and name == host)):
        return None
    match = _ON_SITE.match(parts.path)
    return _x_link(match) if match else None


def is_on_x(link: str) -> bool:
    """Whether a link leads to X itself, to whatever page."""
    parts = split_link(link)
    return parts is not None and _X.fullmatch((parts.hostname or "").lower()) is not None


def linked_account(link: str | None) -> str | None:
    """The handle that a link to a post of X names, or None."""
    found = x_post(link) if link else None
    return found.handle if found and found.handle != NOBODY else None


def post_link(handle: str | None, post_id: str) -> str | None:
    """The link to a post of X; None where handle or id cannot be real. A handle that is not known is None."""
    handle = NOBODY if handle is None else handle
    # As `is_post_id`, which a million replies would feel.
    if len(post_id) > _MOST_DIGITS or not (post_id.isdecimal() and post_id.isascii() and _HANDLE.fullmatch(handle)):
        return None
    return f"https://x.com/{handle}/status/{post_id}"


def names_account(handle: str) -> bool:
    """Whether what stands in a link's place for a handle is that of an account."""
    return handle.lower() not in NO_ACCOUNT and _HANDLE.fullmatch(handle) is not None


def is_post_id(text: str) -> bool:
    """Whether a text can be the id of a post of X."""
    return len(text) <= _MOST_DIGITS and text.isdecimal() and text.isascii()


def snowflake_time(post_id: str) -> int | None:
    """The second in which the post with this id of X was made; None for an id that is too small or too large."""
    if len(post_id) > _MOST_DIGITS or not (post_id.isdecimal() and post_id.isascii()):
        return None
    number = int(post_id)
    if not _FIRST_SNOWFLAKE < number < _AFTER_LAST_SNOWFLAKE:
        return None
    return ((number >> _SNOWFLAKE_SHIFT) + _SNOWFLAKE_START) // 1000


def is_older(post_id: str, other_id: str) -> bool:
    """Whether a post was made before another one, as their ids tell; False where either is no id of X."""
    return post_id.isdecimal() and other_id.isdecimal() and int(post_id) < int(other_id)


def is_coarse(post_id: str) -> bool:
    """Whether a rounded id has lost so many digits that its time is off by more than a second ("1.78e+18")."""
    return post_id.endswith("0" * 10)


def best_time(post_id: str, posted_at: int | None, precision: TimePrecision) -> tuple[int | None, TimePrecision]:
    """A post's time and how well it is known, from its id where that knows it better than the source's print."""
    moment = snowflake_time(post_id)
    if moment is None or posted_at == moment:
        return posted_at, precision
    # A time printed to the minute is refined by an id that says the same minute.
    is_other = posted_at is not None and (posted_at % 60 or moment // 60 != posted_at // 60)
    return (posted_at, precision) if is_other and precision is TimePrecision.EXACT else (moment, TimePrecision.EXACT)


def _x_link(match: re.Match[str]) -> XLink:
    """The link that one of the patterns has found; what is no handle counts as none."""
    handle = match["handle"]
    return XLink(handle if names_account(handle) else NOBODY, match["post_id"])
