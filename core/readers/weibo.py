"""Weibo's comments and reposts: pages of `hotflow` and of its kin, `repostTimeline`, a search, a single post.

Comments need not say which post they are on; a thread whose post is unknown is named after its first comment.
"""

from collections.abc import Iterator, Mapping

from core.errors import PayloadError
from core.models import Flag, Post, Problem, Reading, Verdict
from core.readers.kit.document import Document
from core.readers.kit.entries import first_objects, json_objects
from core.readers.kit.fetcher_errors import fetcher_error, fetcher_message
from core.readers.kit.fields import JsonObject
from core.readers.kit.readings import find_post, thread_reading, with_problems
from core.readers.weibo_posts import is_entry, named_post, post_of, post_page
from core.reasons import Reason, ReasonCode

_LISTS = ("rootComment", "root_comments", "hot_data", "data", "comments", "reposts", "statuses", "list")
"""Where a page keeps its comments and posts."""
_MORE = ("max_id", "next_cursor")
"""What is 0 on the last page."""


class WeiboReader:
    """The JSON of Weibo's comments and posts."""

    name = "weibo"
    title = "Weibo comments and reposts (hotflow, repostTimeline, search)"
    site = "weibo.com"
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether every value is a page with comments or posts of Weibo, or one of them."""
        found = first_objects(document)
        return bool(found) and all(map(_is_told, found))

    def read(self, document: Document) -> list[Reading]:
        """One reading for each post that is commented on or reposted."""
        problems: list[Problem] = []
        threads: dict[str, _Thread] = {}
        for page in json_objects(document, problems):
            message = fetcher_message(page.values)
            if message and page.values is document.value:
                raise fetcher_error(message, document.name)
            _take(page, threads)
        if not threads:
            raise PayloadError(Reason(ReasonCode.WEIBO_WITHOUT_COMMENT, names=(document.name,)))
        return with_problems([thread.reading(self.name) for thread in threads.values()], problems)


def _is_told(value: Mapping[str, object]) -> bool:
    """Whether an object is an entry, or a page with one."""
    if is_entry(value):
        return True
    return any(is_entry(one) for holder in _plain_holders(value) for one in _first_of_each(holder))


def _plain_holders(value: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """A page and its `data`."""
    yield value
    data = value.get("data")
    if isinstance(data, dict):
        yield data


def _first_of_each(holder: Mapping[str, object]) -> Iterator[object]:
    """The entry that a page is, and the first of each of its lists."""
    yield from (holder.get("status"), holder)
    for key in _LISTS:
        listed = holder.get(key)
        if isinstance(listed, list):
            yield from listed[:1]
    cards = holder.get("cards")
    for card in cards[:9] if isinstance(cards, list) else ():
        if isinstance(card, dict):
            group = card.get("card_group")
            yield card.get("mblog")
            yield from (one.get("mblog") for one in (group if isinstance(group, list) else ()) if isinstance(one, dict))


def _take(page: JsonObject, threads: dict[str, "_Thread"]) -> None:
    """Sort a page's entries to the posts that they are on."""
    entries = [*_entries(page)]
    if not entries:
        return
    named = [_root(item, name) for name, item in entries]
    # All comments of a page are on one post, although only some of them may name it.
    shared = named_post(page.values) or next((one for one in named if one), "")
    unknown = f"under:{entries[0][1].id('id') or 'unknown'}"
    for (_, item), root_id in zip(entries, named, strict=True):
        found = root_id or shared or unknown
        threads.setdefault(found, _Thread(found)).add(item)
    at = threads[named[-1] or shared or unknown]
    if any(name not in ("", "cards") for name, _ in entries):
        at.add_page(page)


def _entries(page: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    """The comments and posts of a page, and the name of the list that each is in; that of a single post is empty."""
    if is_entry(page.values):
        yield "", page
        return
    data = page.item("data") if isinstance(page.values.get("data"), dict) else None
    for holder in filter(None, (page, data)):
        if holder is data and is_entry(holder.values):
            yield "", holder
            continue
        if is_entry(holder.values.get("status")) and (status := holder.item("status")):
            yield "", status
        for key in _LISTS:
            if isinstance(holder.values.get(key), list):
                yield from ((key, item) for item in holder.items(key) if is_entry(item.values))
        if isinstance(holder.values.get("cards"), list):
            yield from (("cards", item) for card in holder.items("cards") for item in _of_card(card))


def _of_card(card: JsonObject) -> Iterator[JsonObject]:
    """The posts on a card of a search, which may hold further cards."""
    inner = [*card.items("card_group")] if isinstance(card.values.get("card_group"), list) else []
    for one in (card, *inner):
        post = one.item("mblog") if is_entry(one.values.get("mblog")) else None
        if post:
            yield post


def _root(item: JsonObject, listed: str) -> str:
    """The post that a comment or repost is on, or a post's own id; empty where it does not say."""
    for key in ("retweeted_status", "status"):
        if is_entry(item.values.get(key)) and (post := item.item(key)):
            return _id(post)
    return _id(item) if listed in ("", "cards", "statuses", "list") and "rootid" not in item.values else ""


def _id(item: JsonObject) -> str:
    """The id of a post or a comment."""
    return item.id("idstr") or item.id("id") or item.id("mid")


class _Thread:
    """What is known of a post and of what is on it."""

    def __init__(self, root_id: str) -> None:
        self.root_id = root_id
        self.posts: list[Post] = []
        self.claimed: int | None = None
        self.more: bool | None = None
        self.lacking = 0

    def add(self, entry: JsonObject) -> None:
        """Take a comment or repost with what is inside it: the post that it is on before it, its answers after it."""
        for key in ("retweeted_status", "status"):
            above = entry.item(key) if is_entry(entry.values.get(key)) else None
            if above and not find_post(self.posts, self.root_id):
                self.posts.append(post_of(above, self.root_id, None))
        is_root = _id(entry) == self.root_id
        pending = [(entry, None if is_root else self.root_id)]
        while pending:
            item, parent = pending.pop()
            post = post_of(item, _id(item), parent)
            self.posts.append(post)
            answers = [*item.items("comments")] if isinstance(item.values.get("comments"), list) else []
            if not is_root and post.replies is not None:
                self.lacking += max(0, post.replies - len(answers)) if "rootid" in item.values else 0
            pending += [(answer, post.id) for answer in answers if is_entry(answer.values)][::-1]

    def add_page(self, page: JsonObject) -> None:
        """Take what a page says about the whole."""
        flags: list[Flag] = []
        data = page.item("data") if isinstance(page.values.get("data"), dict) else None
        for holder in filter(None, (page, data)):
            total = holder.count("total_number", flags)
            self.claimed = total if self.claimed is None else max(self.claimed, total or 0)
            for key in _MORE:
                if key in holder.values:
                    self.more = holder.values[key] not in (0, "0", None, "", -1)

    def reading(self, name: str) -> Reading:
        """The thread as a Reading."""
        is_known = not self.root_id.startswith("under:")
        reasons = []
        if self.more:
            reasons.append(Reason(ReasonCode.FURTHER_PAGES))
        if self.lacking:
            reasons.append(Reason(ReasonCode.ANSWERS_MISSING, (self.lacking,)))
        if not is_known:
            reasons.append(Reason(ReasonCode.POST_NOT_NAMED))
        ends = self.more is False and not self.lacking
        return thread_reading(
            name,
            self.root_id,
            self.posts,
            tool="Weibo",
            url=post_page(self.root_id) if is_known else None,
            claimed=self.claimed,
            verdict=Verdict.COMPLETE if ends else Verdict.UNKNOWN,
            reasons=reasons,
        )
