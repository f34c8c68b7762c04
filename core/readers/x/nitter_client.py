"""What x-tweet-fetcher prints besides its own JSON: `nitter_client.py --tweet`, and `--replies --text-only`."""

import re
from dataclasses import replace

from core.errors import PayloadError
from core.models import Flag, Post, PostStatus, Problem, Reading, TextLoss
from core.readers.kit.document import Document, Kind
from core.readers.kit.entities import unescaped
from core.readers.kit.fields import NO_ID, JsonObject
from core.readers.kit.json_parts import JsonPart
from core.readers.kit.readings import thread_reading
from core.readers.x.fetcher_faults import gone, is_nameless
from core.readers.x.x_tweet_fetcher import XTweetFetcherReader
from core.reasons import Reason, ReasonCode
from core.text.x_posts import linked_account, linked_id

_COUNTS = {"likes": "likes", "replies": "replies", "reposts": "retweets"}

_HEADER = re.compile(
    r"^(?:Replies to (?P<en>https?://\S{1,300})|(?P<zh>https?://\S{1,300}) 的评论区)[ \t\r]*$", re.MULTILINE
)
_ENTRY = re.compile(r"\[(\d{1,9})\] (.*) \((@?[^()\s]*)\) · ?(.*)")
_STATS = re.compile(r" {5}❤ (\S+)  💬 (\S+)  👁 (\S+)(?:  🖼 \d+ [^:]*: (.*))?")
_INDENT = " " * 5
_FIRST = 20_000
"""Characters in which the heading stands, behind what the tool says while it works."""


class NitterClientReader:
    """The JSON of nitter_client.py: a post with its replies beside each other, whatever they answer."""

    name = "nitter-client"
    title = "nitter_client.py JSON (--tweet)"
    site = "x.com"
    long_list = None
    losses = TextLoss.SHORT_LINKS | TextLoss.LINE_BREAKS | TextLoss.OTHER_WORDS

    def detects(self, document: Document) -> bool:
        """Whether this is an object with this tool's list of replies."""
        value = document.value
        return isinstance(value, dict) and "replies_list" in value and ("tweet_id" in value or "username" in value)

    def read(self, document: Document) -> list[Reading]:
        """One reading, with the post and its replies."""
        problems: list[Problem] = []
        value = document.value if isinstance(document.value, dict) else {}
        whole = JsonObject(value, "", problems, document.captured_at)
        root_id = whole.id("tweet_id") or linked_id(value.get("url"))
        if not root_id:
            raise PayloadError(Reason(ReasonCode.POST_NOT_NAMED_IN_FILE, names=(document.name,)))
        root = _post(whole, root_id, None)
        found = [_post(item, f"{NO_ID}{number}", None) for number, item in enumerate(whole.items("replies_list"))]
        # What is gone and has no id may be a post that is known already.
        posts = [post for post in found if post.status is PostStatus.LIVE or not post.id.startswith(NO_ID)]
        if len(posts) < len(found):
            whole.report("replies_list", ReasonCode.WITHHELD_BY_X, numbers=(len(found) - len(posts),))
        return [thread_reading(self.name, root_id, [root, *posts], tool="x-tweet-fetcher", problems=problems)]


def _post(item: JsonObject, provisional_id: str, parent: str | None) -> Post:
    """The post or a reply; Nitter knows no views where it gives 0."""
    flags: list[Flag] = []
    time = item.time("time")
    post_id = item.id("tweet_id", flags) or linked_id(item.values.get("url"))
    author, name = item.handle("username"), item.string("display_name")
    post = Post(
        id=post_id or provisional_id,
        text=unescaped(item.text("text")),
        author=author,
        author_name=name or None,
        parent_id=parent,
        **time.as_fields(),
        views=item.count("views", flags) or None,
        **item.counts(_COUNTS, flags),
        url=item.link("url"),
        media=item.links("media_urls"),
        flags=tuple(flags),
    )
    is_gone = not (post.text or post.media or item.values.get("time") or item.values.get("has_media"))
    return gone(post) if is_gone and is_nameless(name, author) else post


class TextOnlyReader:
    """The text of `--replies --text-only`, which has what its JSON has but for ids and nested answers."""

    name = "x-tweet-fetcher-text"
    title = "x-tweet-fetcher text (--replies --text-only)"
    site = "x.com"
    long_list = None
    losses = TextLoss.CUT | TextLoss.LINE_BREAKS | TextLoss.SHORT_LINKS | TextLoss.OTHER_WORDS

    def detects(self, document: Document) -> bool:
        """Whether there is this tool's heading with a link to a post."""
        found = _HEADER.search(document.text, 0, _FIRST) if document.kind is Kind.PLAIN else None
        return found is not None and linked_id(found["en"] or found["zh"]) is not None

    def read(self, document: Document) -> list[Reading]:
        """One reading, as of the JSON that says the same."""
        found = _HEADER.search(document.text, 0, _FIRST)
        url = (found["en"] or found["zh"]) if found else ""
        entries = _entries(document.text[found.end() :].split("\n")) if found else []
        values = {"url": url, "tweet_id": linked_id(url), "replies": entries}
        whole = replace(document, kind=Kind.JSON, text="", parts=(JsonPart("", values),))
        return [
            replace(one, format=self.name, root_author=linked_account(url)) for one in XTweetFetcherReader().read(whole)
        ]


def _entries(lines: list[str]) -> list[dict[str, object]]:
    """The replies, numbered from 1; a line of a text may look like the heading of the next one."""
    entries: list[dict[str, object]] = []
    head: re.Match[str] | None = None
    inside: list[str] = []
    has_ended = True
    for raw in lines:
        line = raw.removesuffix("\r")
        match = _ENTRY.fullmatch(line) if has_ended else None
        if match and int(match[1]) == len(entries) + (head is not None) + 1:
            if head:
                entries.append(_entry(head, inside))
            head, inside, has_ended = match, [], False
        elif head:
            inside.append(line)
            has_ended = has_ended or _STATS.fullmatch(line) is not None
    if head:
        entries.append(_entry(head, inside))
    return entries


def _entry(head: re.Match[str], inside: list[str]) -> dict[str, object]:
    """One reply as the JSON has it."""
    places = [place for place, line in enumerate(inside) if _STATS.fullmatch(line)]
    end = places[-1] if places else len(inside)
    text = "\n".join(inside[:end]).removeprefix(_INDENT)
    values: dict[str, object] = {
        "author": head[3],
        "author_name": head[2],
        "text": text if places else text.rstrip(),
        "time_ago": None if head[4] in ("", "None") else head[4],
    }
    if places and (stats := _STATS.fullmatch(inside[end])):
        values |= dict(zip(("likes", "replies", "views"), stats.groups(), strict=False))
        if stats[4]:
            values["media"] = stats[4].split(", ")
    return values
