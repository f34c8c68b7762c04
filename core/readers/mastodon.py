"""Statuses of Mastodon and its kin (Pleroma, Mitra and others): one, a list, and the context of one.

A context holds what a status answers and what answers it, and not the status itself, which may stand beside it or in
a file of its own. The root is the topmost post of the thread that is here, or else the one that its answers name.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from core.errors import PayloadError
from core.models import DetailKind, Flag, Post, PostDetail, Problem, Reading
from core.readers.kit.answer_counts import completeness
from core.readers.kit.details import alt_texts, detail, poll, quoted_post
from core.readers.kit.document import Document
from core.readers.kit.entries import first_objects, json_objects
from core.readers.kit.fields import NO_ID, JsonObject
from core.readers.kit.html_text import html_as_text
from core.readers.kit.readings import find_post, thread_reading, with_problems
from core.readers.kit.threads import join_conversations, root_ids
from core.reasons import Reason, ReasonCode

_COUNTS = {"likes": "favourites_count", "replies": "replies_count", "reposts": "reblogs_count"}

_AROUND = ("ancestors", "descendants")
_BESIDE = ("status", "post", "toot", "root")
"""Where a file that holds both keeps the status beside its context."""


class _Told(NamedTuple):
    """A status, and where it stood."""

    item: JsonObject
    post: Post
    answers: bool
    """Whether it is one of a context's answers, and so never the root."""


class MastodonReader:
    """The JSON of Mastodon's statuses and contexts."""

    name = "mastodon"
    title = "Mastodon and Pleroma statuses (a status, its context, a list)"
    site = ""
    long_list = None

    def detects(self, document: Document) -> bool:
        """Whether every value is a status or a context, or a list of them."""
        found = first_objects(document)
        return bool(found) and all(_is_status(one) or _holds(one) for one in found)

    def read(self, document: Document) -> list[Reading]:
        """One reading for each thread."""
        problems: list[Problem] = []
        conversations: dict[str, str] = {}
        told: list[_Told] = []
        for one in json_objects(document, problems):
            found = [*_statuses(one)]
            told += found
            if "statuses" not in one.values:
                named = [name for status in found for name in (status.post.id, status.post.parent_id) if name]
                join_conversations(conversations, named)
        if not told:
            raise PayloadError(Reason(ReasonCode.MASTODON_WITHOUT_STATUS, names=(document.name,)))
        roots = root_ids((status.post for status in told), conversations)
        threads: dict[str, list[_Told]] = {}
        for status in told:
            threads.setdefault(roots[status.post.id], []).append(status)
        is_single = len(told) == 1 and not told[0].answers
        return with_problems([_reading(self.name, group, is_single) for group in threads.values()], problems)


def _is_status(value: object) -> bool:
    """Whether an object is a status."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("account"), dict)
        and ("content" in value or "reblog" in value)
        and any(key in value for key in ("in_reply_to_id", "favourites_count", "visibility", "spoiler_text"))
    )


def _holds(value: object) -> bool:
    """Whether an object is a context, or has one or a list of statuses inside."""
    if not isinstance(value, dict):
        return False
    if any(isinstance(value.get(key), list) for key in _AROUND):
        lists = [value[key] for key in _AROUND if isinstance(value.get(key), list)]
        return all(_is_status(one) for found in lists for one in found[:1])
    if isinstance(inner := value.get("context"), dict):
        return all(isinstance(inner.get(key), list) for key in _AROUND)
    listed = value.get("statuses")
    return isinstance(listed, list) and bool(listed) and all(map(_is_status, listed))


def _statuses(one: JsonObject) -> Iterator[_Told]:
    """The statuses in an object: those that it answers, itself, and those that answer it."""
    context = one.item("context") if isinstance(one.values.get("context"), dict) else one
    beside = [held for key in _BESIDE if _is_status(one.values.get(key)) and (held := one.item(key))]
    own = [one] if _is_status(one.values) else beside
    number = 0
    for key, found in (
        ("ancestors", context.items("ancestors") if context else ()),
        ("", own),
        ("descendants", context.items("descendants") if context else ()),
        ("statuses", one.items("statuses")),
    ):
        for item in found:
            number += 1
            # A boost has no words of its own.
            told = item.item("reblog") if isinstance(item.values.get("reblog"), dict) else item
            if told:
                post = _post(told, f"{NO_ID}{one.place}.{number}")
                if told is not item:
                    post = post.with_changes(shared_by=_handle(item.item("account")))
                yield _Told(told, post, key == "descendants")


def _reading(name: str, told: list[_Told], is_single: bool) -> Reading:
    """The reading of one thread, from its statuses in their order."""
    told = list({one.post.id: one for one in reversed(told)}.values())[::-1]
    posts = [one.post for one in told]
    root_id = posts[0].id if is_single else _root_id(told)
    claimed, verdict, reasons = completeness(posts, root_id)
    here = {root_id, *(post.id for post in posts)}
    if any(one.answers and one.post.parent_id and one.post.parent_id not in here for one in told):
        reasons = (*reasons, Reason(ReasonCode.CONTEXT_ALONE))
    reading = thread_reading(
        name,
        root_id,
        posts,
        tool="Mastodon",
        reasons=reasons,
        verdict=verdict,
        root_author=None if find_post(posts, root_id) else _answered(told, root_id),
        claimed=claimed,
    )
    root = find_post(posts, root_id)
    # A server has only those answers to a copy from elsewhere that it has heard of.
    return replace(reading, claimed=None) if root and not root.replies and "@" in (root.author or "") else reading


def _root_id(told: list[_Told]) -> str:
    """The topmost post, or where that is not here the one that most of those without their parent answer."""
    here = {one.post.id for one in told}
    tops = [one for one in told if one.post.parent_id not in here]
    first = next((one for one in tops if not one.answers and one.post.parent_id is None), None)
    if first is not None:
        return first.post.id
    missing = Counter(one.post.parent_id for one in tops if one.post.parent_id is not None)
    return str(missing.most_common(1)[0][0]) if missing else told[0].post.id


def _answered(told: list[_Told], root_id: str) -> str | None:
    """The account whose post is answered, as its answers name it."""
    for one in told:
        if one.post.parent_id != root_id:
            continue
        account = one.item.id("in_reply_to_account_id")
        named = [mention for mention in one.item.items("mentions") if account and mention.id("id") == account]
        if named and (handle := named[0].handle("acct")):
            return handle
        kin = one.item.values.get("pleroma")
        if isinstance(kin, Mapping) and isinstance(handle := kin.get("in_reply_to_account_acct"), str):
            return handle.lstrip("@") or None
    return None


def _post(item: JsonObject, provisional_id: str) -> Post:
    """One status; the words before which it is hidden stand beside its text, as do a poll and what it quotes."""
    flags: list[Flag] = []
    account = item.item("account")
    author, name = _handle(account), _shown_name(account)
    time = item.time("created_at")
    told = html_as_text(item.text("content"))
    if item.values.get("edited_at"):
        flags.append(Flag.EDITED_BEFORE)
    return Post(
        id=item.id("id", flags) or provisional_id,
        text=told.text,
        author=author,
        author_name=name if name and name != author else None,
        parent_id=item.id("in_reply_to_id") or None,
        **time.as_fields(),
        **item.counts(_COUNTS, flags),
        lang=item.language("language"),
        url=_page(item),
        media=_media(item, told.images),
        links=_links(item, told.links),
        flags=tuple(flags),
        details=tuple(_details(item)),
    )


def _handle(account: JsonObject | None) -> str | None:
    """The account's handle, as its server names it."""
    return (account.handle("acct") or account.handle("username")) if account else None


def _shown_name(account: JsonObject | None) -> str | None:
    """The account's display name, without the codes of the pictures that its server shows in it."""
    name = account.string("display_name") if account else None
    if not account or not name:
        return None
    for emoji in account.items("emojis"):
        if code := emoji.string("shortcode"):
            name = name.replace(f":{code}:", " ")
    return " ".join(name.split()) or None


def _details(item: JsonObject) -> Iterator[PostDetail]:
    """What stands beside a status's text."""
    yield from detail(DetailKind.CONTENT_WARNING, item.string("spoiler_text"))
    if asked := item.item("poll"):
        yield from poll(option.string("title") for option in asked.items("options"))
    if quoted := _quoted(item):
        told = html_as_text(quoted.string("content") or "")
        yield from quoted_post(_handle(quoted.item("account")), told.text, _page(quoted))
    yield from alt_texts(
        (picture.string("description"), picture.link("url") if picture.values.get("url") else None)
        for picture in item.items("media_attachments")
    )


def _quoted(item: JsonObject) -> JsonObject | None:
    """The status that a status quotes, where it is given whole."""
    quote = item.item("quote") if isinstance(item.values.get("quote"), dict) else None
    return quote.item("quoted_status") if quote and "quoted_status" in quote.values else quote


def _page(item: JsonObject) -> str | None:
    """The status's page; its address as an object where it names none."""
    return item.link("url") if item.values.get("url") else item.link("uri")


def _media(item: JsonObject, images: tuple[str, ...]) -> tuple[str, ...]:
    """What is attached, at its origin where the server has no copy, and the pictures in the text."""
    found = [
        one.link("url") if one.values.get("url") else one.link("remote_url") for one in item.items("media_attachments")
    ]
    return tuple(dict.fromkeys(link for link in (*found, *images) if link))


def _links(item: JsonObject, inside: tuple[str, ...]) -> tuple[str, ...]:
    """The text's links, the page of its card, and the status that is quoted."""
    card, quoted = item.item("card"), _quoted(item)
    found = [*inside, card.link("url") if card else None, _page(quoted) if quoted else None]
    return tuple(dict.fromkeys(link for link in found if link))
