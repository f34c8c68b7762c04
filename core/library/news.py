"""What the newest visit to the source says of a post, as SQL conditions over `post p`."""

from collections.abc import Mapping

from core.models import News

_NEWEST = "SELECT c.id FROM capture c JOIN thread v ON v.id = c.thread_id WHERE c.visit = v.visit AND v.visit_before"
"""The captures of every thread's newest visit, where an earlier one had brought replies."""


def news_conditions(brought: str, observed: str) -> Mapping[News, str]:
    """When each kind of news is so; `brought` and `observed` say whether these captures of `p` are of that visit."""
    return {
        News.GONE: "p.gone IS NOT NULL",
        News.ADDED: brought,
        News.CHANGED: f"coalesce({observed} AND NOT {brought}, 0)",
    }


NEWS = news_conditions(f"p.capture_id IN ({_NEWEST})", f"p.observed IN ({_NEWEST})")
"""The conditions for a scan over many posts, which finds those captures once."""
