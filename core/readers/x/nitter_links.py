"""Links and icons of Nitter pages, shared by the readers of its HTML, its snapshots and what was made of them."""

import base64
import binascii
import re
from urllib.parse import unquote

from core.text.links import split_link, web_link
from core.text.x_posts import X_SITE, is_on_x, linked_post

_ICONS = "".join(map(chr, range(0xE800, 0xE900))) + "\ue0c3\uf111\uf128\uf309"
_ANY_ICON = re.compile(f"[{_ICONS}]")
_ICONS_AND_SPACE = _ICONS + " \t\n\r\u00a0"
_PICTURE = re.compile(r"/pic/(?:orig/)?(enc/)?(.+)")
_HOST = re.compile(r"[a-z0-9-]+\.twimg\.com/")
_FRONT_ENDS = re.compile(
    r"(?:^|[^a-z])(?:piped|invidious|yewtu|viewtube|poketube|redlib|libreddit|safereddit|teddit|nitter|xcancel)(?:[^a-z]|$)"
)
"""What stands in the names of sites that show YouTube, Reddit or X in their own way."""
_OF_YOUTUBE = re.compile(r"/watch\?(?:[^#]*&)?v=[\w-]{11}(?![\w-])|/(?:shorts|embed|live)/[\w-]{11}(?![\w-])")
_OF_REDDIT = re.compile(r"/r/\w{2,30}/(?:comments|s)/\w")
_OF_SHORT_LINKS = re.compile(r"/t\.co/\w")
_SITES = (
    (_OF_YOUTUBE, re.compile(r"(?:[a-z-]+\.)*(?:youtube|youtube-nocookie|youtubekids)\.com")),
    (_OF_REDDIT, re.compile(r"(?:[a-z-]+\.)*reddit\.com")),
    (_OF_SHORT_LINKS, re.compile(r"(?!)")),
)
"""How the paths look that only one site has, with that site's hosts."""


ABOVE = "before the main post"
"""The place of posts that the one which a page is about answers."""


def without_icons(text: str) -> str:
    """`text` without the letters of Nitter's icon font, and without the white space that they leave at its ends."""
    if text.isascii() or text.isprintable() or not _ANY_ICON.search(text):
        return text
    if text.rstrip()[-1:] in _ICONS:
        text = text.rstrip(_ICONS_AND_SPACE)
    if text.lstrip()[:1] in _ICONS:
        text = text.lstrip(_ICONS_AND_SPACE)
    return _ANY_ICON.sub("", text)


def media_link(path: str | None) -> str | None:
    """The original of a picture or video that Nitter serves at `path`, or None."""
    if not path:
        return None
    match = _PICTURE.search(path)
    if not match:
        return web_link(path)
    named = unquote(match[2])
    if match[1]:
        try:
            named = base64.b64decode(named.rstrip("/") + "==", altchars=b"-_").decode()
        except (binascii.Error, ValueError):
            return None
    named = named.partition("?")[0].removeprefix("https://").lstrip("/")
    return web_link(f"https://{named}" if _HOST.match(named) else f"https://pbs.twimg.com/{named}")


def outer_link(href: str | None) -> str | None:
    """Where a link in a text leads: the web, or a post; None for mentions, hashtags and searches."""
    if not href:
        return None
    if href.startswith("/") and (post := linked_post(href)):
        return post.address
    return web_link(href)


def may_be_put_in(link: str, page_host: str = "") -> bool:
    """Whether a Nitter may have put a host of its own choice in place of the one that the author's link names.

    An instance can be set to do so with links to YouTube, Reddit and X; `page_host` is the instance's own.
    """
    parts = split_link(link)
    host = (parts.hostname or "").lower() if parts else ""
    if parts is None or host == X_SITE or is_on_x(link):
        return False
    if (page_host and host == page_host) or _FRONT_ENDS.search(host):
        return True
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return any(sign.match(path) and not theirs.fullmatch(host) for sign, theirs in _SITES)
