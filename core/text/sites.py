"""Sites: the host on which an id means a post, told by a link, whatever mirror, app or API the link goes through.

A site is the bare host of the web page (`x.com`, `lemmy.world`); "" is a site that is not known.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from core.text.links import split_link
from core.text.x_posts import X_SITE, is_on_x, x_post

_ALIASES: tuple[tuple[str, str], ...] = (
    (
        "reddit.com",
        r"(?:.+\.)?(?:reddit|redditmedia)\.com|redd\.it|(?:.+\.)?(?:teddit|libreddit|redlib|safereddit)\..+",
    ),
    ("news.ycombinator.com", r"hn\.algolia\.com|hacker-news\.firebaseio\.com|news\.ycombinator\.com"),
    ("youtube.com", r"(?:.+\.)?(?:youtube|youtube-nocookie)\.com|youtu\.be"),
    ("bilibili.com", r"(?:.+\.)?bilibili\.com|b23\.tv|bili2233\.cn"),
    ("weibo.com", r"(?:.+\.)?weibo\.(?:com|cn)"),
    ("bsky.app", r"(?:.+\.)?bsky\.(?:app|network|social)"),
    ("github.com", r"(?:api|gist)\.github\.com|github\.com"),
    ("zhihu.com", r"(?:.+\.)?zhihu\.com"),
    ("xiaohongshu.com", r"(?:.+\.)?xiaohongshu\.com|xhslink\.com"),
    ("douyin.com", r"(?:.+\.)?(?:ies)?douyin\.com"),
    ("kuaishou.com", r"(?:.+\.)?(?:kuaishou|gifshow|chenzhongtech)\.com"),
    ("tieba.baidu.com", r"(?:.+\.)?tieba\.baidu\.com"),
    ("tiktok.com", r"(?:.+\.)?tiktok\.com"),
    ("instagram.com", r"(?:.+\.)?(?:instagram\.com|instagr\.am)"),
    ("threads.com", r"(?:.+\.)?threads\.(?:com|net)"),
    ("facebook.com", r"(?:.+\.)?facebook\.com|fb\.watch"),
)
"""Sites with other hosts that show the same posts under the same ids."""
_KNOWN = tuple((site, re.compile(hosts)) for site, hosts in _ALIASES)
_PREFIX = re.compile(r"(?:www|m|mobile|old|amp)\.(?=[^.]+\.)")
"""What stands before a host for a kind of screen."""
_TOKEN = re.compile(r"[a-z0-9]+", re.IGNORECASE)
_KIND_OF_ID = re.compile(r"t[1-6]_(?=\w)")
"""What Reddit's API writes before an id, and its links do not."""
_MOST_LINKS = 400
"""Links by which a site is told."""


def site_of(link: str) -> str:
    """The site that a web address belongs to; "" for what is none."""
    parts = split_link(link)
    if parts is None:
        return ""
    host = (parts.hostname or "").rstrip(".").lower()
    if is_on_x(link) or x_post(link) is not None:
        return X_SITE
    for site, pattern in _KNOWN:
        if pattern.fullmatch(host):
            return site
    return _PREFIX.sub("", host, count=1) + _port(parts.netloc)


def _port(netloc: str) -> str:
    """The port of an address, where it names one that the web does not take by itself."""
    _, colon, port = netloc.rpartition(":")
    return f":{port}" if colon and port.isdecimal() and port not in ("80", "443") else ""


def canonical_site(name: str) -> str:
    """A site as it is kept, of a host that a person has typed."""
    return site_of(f"https://{name.strip()}/") if name.strip() else ""


def address_key(link: str | None) -> str:
    """A link as addresses are compared: its site and its path, and the query only where that names the post."""
    parts = split_link(link) if link else None
    if link is None or parts is None:
        return ""
    found = x_post(link)
    if found is not None:
        return f"{X_SITE}/{found.post_id}"
    query = "" if parts.path.rstrip("/").count("/") > 1 or not parts.query else f"?{parts.query}"
    return f"{site_of(link)}{parts.path.rstrip('/')}{query}"


def names_post(link: str, post_id: str) -> bool:
    """Whether the id stands in the link, part for part: so it is a number of the link's site."""
    wanted = _TOKEN.findall(_KIND_OF_ID.sub("", post_id))
    parts = split_link(link)
    if not wanted or parts is None:
        return False
    rest = iter(_TOKEN.findall(f"{parts.path} {parts.query} {parts.fragment}".lower()))
    return all(token.lower() in rest for token in wanted)


def site_by_links(named: Iterable[tuple[str, str | None]]) -> str:
    """The site on which most of the first posts, each an id with its link, have their ids; "" where none says so."""
    found = Counter(site_of(link) for post_id, link in islice(named, _MOST_LINKS) if link and names_post(link, post_id))
    return found.most_common(1)[0][0] if found else ""
