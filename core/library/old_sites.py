"""The sites of what older programs kept without them, told by formats and links."""

from core.text.sites import address_key, names_post, site_of

_SITES = {
    "x.com": "x-tweet-fetcher fxtwitter nitter camofox nitter-client x-tweet-fetcher-text twscrape gallery-dl bird "
    "tweet-detail x-replies-search x-graphql x-api-v2 x-api-v1 vxtwitter",
    "news.ycombinator.com": "hackernews",
    "reddit.com": "reddit reddit-feed",
    "bsky.app": "bluesky",
    "bilibili.com": "bilibili",
    "weibo.com": "weibo",
    "youtube.com": "youtube",
}
_BY_FORMAT = {format: site for site, formats in _SITES.items() for format in formats.split()}


def site_of_format(format: str) -> str:
    """The site on which a format has its ids; empty where it is of many."""
    return _BY_FORMAT.get(format.partition(" ")[0], "")


def site_of_post(post_id: str, link: str) -> str:
    """The site on which a post has its id, as its link tells; empty where it does not."""
    return site_of(link) if names_post(link, post_id) else ""


def address_of_link(link: str | None) -> str:
    """A link as addresses are compared."""
    return address_key(link)
