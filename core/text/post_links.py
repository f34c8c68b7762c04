"""Links to posts as they may be printed: without what names not the post, but the one who looked at it."""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, urlencode

from core.text.links import split_link

_NAMES_THE_POST: Mapping[str, set[str]] = {
    "news.ycombinator.com": {"id"},
    "youtube.com": {"v", "lc"},
    "youtu.be": {"lc"},
    "bilibili.com": {"p"},
    "facebook.com": {"story_fbid", "fbid", "id", "v", "comment_id"},
    "x.com": set(),
    "twitter.com": set(),
    "reddit.com": set(),
    "bsky.app": set(),
    "weibo.com": set(),
    "weibo.cn": set(),
    "github.com": set(),
    "instagram.com": set(),
    "threads.net": set(),
    "tiktok.com": set(),
    "zhihu.com": set(),
    "vk.com": {"w", "reply"},
    "xiaohongshu.com": set(),
}
"""What of a query names the post, for each site."""
_NAMES_POSTS_ELSEWHERE = frozenset(
    (
        "id",
        "p",
        "t",
        "tid",
        "pid",
        "fid",
        "f",
        "aid",
        "cid",
        "mid",
        "topic",
        "thread",
        "post",
        "msg",
        "showtopic",
        "comment",
    )
)
"""What names a post by its number on sites of other software, such as forums."""
_PLACE = re.compile(r"[\w./-]{1,60}")


def link_of_post(link: str) -> str:
    """`link` as it may be printed: of its query, and of what stands behind `#`, only what names the post."""
    found = split_link(link)
    if found is None or not (found.query or found.fragment):
        return link
    pairs = [(name, value) for name, value in parse_qsl(found.query) if _names_a_post(found, name, value)]
    place = found.fragment if _PLACE.fullmatch(found.fragment) else ""
    return found._replace(query=urlencode(pairs), fragment=place).geturl()


def _names_a_post(link: SplitResult, name: str, value: str) -> bool:
    """Whether a part of a link's query says which post it leads to."""
    host = (link.hostname or "").lower()
    for site, names in _NAMES_THE_POST.items():
        if host == site or host.endswith(f".{site}"):
            return name in names
    by_number = name in _NAMES_POSTS_ELSEWHERE and value.isdecimal()
    return by_number or (name == "v" and link.path.endswith("/watch"))
