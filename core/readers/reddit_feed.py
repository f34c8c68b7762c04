"""A Reddit post's comments as an Atom feed, `/comments/ID/.rss`: the newest of them, flat, without scores."""

import re
from typing import TYPE_CHECKING

from core.errors import PayloadError
from core.models import Post, PostStatus, Problem, Reading
from core.readers.kit.document import Document, Kind
from core.readers.kit.forums import with_title
from core.readers.kit.html_page import parsed_page
from core.readers.kit.html_text import html_as_text
from core.readers.kit.readings import thread_reading, with_problems
from core.readers.kit.times import PostTime, post_time
from core.reasons import Reason, ReasonCode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SIGN = re.compile(r"<feed\b[^>]{0,500}>.{0,2000}?reddit\.com/|<id>t[13]_[a-z0-9]{1,12}</id>", re.DOTALL)
_POST = re.compile(r"/comments/([a-z0-9]{1,12})(?:/|$)")
_START = 20_000


class RedditFeedReader:
    """The Atom feed of a Reddit post."""

    name = "reddit-feed"
    title = "Reddit feed (a post's .rss)"
    site = "reddit.com"
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether this is a feed of reddit.com."""
        start = document.text[:_START]
        return document.kind is Kind.HTML and "<feed" in start and bool(_SIGN.search(start))

    def read(self, document: Document) -> list[Reading]:
        """One reading for each post that the feed's entries are under."""
        threads: dict[str, list[Post]] = {}
        problems: list[Problem] = []
        for number, entry in enumerate(parsed_page(document.text, document.name).css("entry")):
            link = _attribute(entry, "link", "href")
            about, id = _POST.search(link), _words(entry, "id")
            if about is None or not re.fullmatch(r"t[13]_[a-z0-9]{1,12}", id):
                problems.append(Problem(f"entry {number + 1}", Reason(ReasonCode.NO_POST_OR_COMMENT)))
                continue
            threads.setdefault(f"t3_{about[1]}", []).append(_post(entry, id, link, document.captured_at))
        if not threads:
            raise PayloadError(Reason(ReasonCode.FEED_WITHOUT_POST, names=(document.name,)))
        found = [_reading(self.name, root_id, posts) for root_id, posts in threads.items()]
        return with_problems(found, problems)


def _reading(name: str, root_id: str, posts: list[Post]) -> Reading:
    """What a feed has of one post; how much that is it does not say."""
    return thread_reading(
        name,
        root_id,
        posts,
        tool="Reddit feed",
        reasons=[Reason(ReasonCode.NEWEST_ONLY)],
        url=f"https://www.reddit.com/comments/{root_id[3:]}/",
    )


def _post(entry: "LexborNode", id: str, link: str, captured_at: int | None) -> Post:
    """One entry, whose text is in the part that Reddit marks as the author's."""
    content = parsed_page(_words(entry, "content"), link).css_first("div.md")
    told = html_as_text(content.html or "" if content is not None else "")
    author = _words(entry, "name").removeprefix("/u/")
    time = post_time(_words(entry, "published") or _words(entry, "updated"), captured_at) or PostTime()
    is_comment = id.startswith("t1_")
    gone = told.text in ("[deleted]", "[removed]")
    return Post(
        id=id,
        text="" if gone else told.text if is_comment else with_title(_words(entry, "title"), told.text),
        author=None if author in ("", "[deleted]") else author,
        **time.as_fields(),
        url=link,
        media=told.images,
        links=told.links,
        status=PostStatus.DELETED if gone else PostStatus.LIVE,
    )


def _words(entry: "LexborNode", tag: str) -> str:
    """The text of an element of an entry."""
    found = entry.css_first(tag)
    return found.text().strip() if found is not None else ""


def _attribute(entry: "LexborNode", tag: str, name: str) -> str:
    """An attribute of an element of an entry."""
    found = entry.css_first(tag)
    return (found.attributes.get(name) or "") if found is not None else ""
