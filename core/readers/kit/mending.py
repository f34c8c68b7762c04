"""What is decided of a post by itself: storable text, an id, a time and a link from that id, flags, a language.

Every decision about a post is gathered before the post is made anew, once.
"""

from collections import Counter
from hashlib import sha256
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from core.counts import COUNTS, count_values
from core.models import Flag, LangFrom, Post, PostStatus, TextLoss
from core.readers.kit.counts import LARGEST
from core.readers.kit.fields import NO_ID
from core.text.hidden_characters import is_plain, is_plain_name, name_flags, text_flags, visible
from core.text.language import detect_language
from core.text.language_tags import language_tag
from core.text.links import web_link
from core.text.names import is_same_account
from core.text.storable import is_storable, storable
from core.text.x_posts import best_time, is_coarse, linked_account, post_link, snowflake_time

TEXT_LIMIT = 64 * 1024
"""Bytes of UTF-8 that are kept of one text."""
EARLIEST = 1136073600
"""The first second of 2006; no post of a network that is read here is older, and no capture either."""
_NAME_LIMIT = 1000
_CLOCK_TOLERANCE = 300
_STRINGS = ("text", "id", "author", "author_name", "parent_id", "time_given", "lang", "url")
_strings = attrgetter(*_STRINGS)

_COUNTS_IN_DOUBT = (Flag.DOUBTFUL_COUNTS,)
"""Flags that call for no further care."""

Changes = dict[str, Any]
"""Fields of a post with the values that they are to have."""


class PostMender:
    """Mends the posts of one reading, which are given to it in their order: a parent has its id before its answers."""

    def __init__(self, root_id: str, captured_at: int | None, losses: TextLoss, *, on_x: bool, detect: bool) -> None:
        self._root_id, self._captured_at, self._losses = root_id, captured_at, losses
        self._on_x, self._detect = on_x, detect
        self._ids: dict[str, str] = {}
        """Provisional id -> id."""
        self._repeats: Counter[str] = Counter()

    def mended(self, post: Post) -> Post:
        """`post` with all that can be told of it without the others."""
        if self._on_x and _is_sound(post, self._captured_at):
            lang, lang_from = _language(post, post.text, self._detect)
            if lang is post.lang and not self._losses:
                return post
            losses = self._losses | post.losses if post.losses else self._losses
            return replace(post, lang=lang, lang_from=lang_from, losses=losses)
        changes: Changes = {}
        flags = [*post.flags]
        post = _with_storable_text(post, flags)
        self._check(post, changes, flags)
        self._name(post, changes)
        # A shorter text cannot reach the limit: a code point has at most four bytes.
        if len(post.text) * 4 > TEXT_LIMIT and len(encoded := post.text.encode()) > TEXT_LIMIT:
            changes["text"] = encoded[:TEXT_LIMIT].decode(errors="ignore")
            flags.append(Flag.CUT)
        if post.id == self._root_id == post.parent_id and Flag.DAMAGED_ID in flags:
            # A reply whose id was rounded to that of the root.
            changes["id"] = hash_id(changes.get("author", post.author), post.text, post.parent_id)
        changes["losses"] = self._losses | post.losses
        changes["lang"], changes["lang_from"] = _language(post, changes.get("text", post.text), self._detect)
        return replace(post, **changes, flags=tuple(dict.fromkeys(flags)))

    def id_of(self, root_id: str) -> str:
        """The id of a root, which may be a provisional one; no such id leaves a reading."""
        if not _is_provisional(root_id):
            return root_id
        return self._ids.get(root_id) or hash_id(None, root_id.lstrip(NO_ID), None)

    def _check(self, post: Post, changes: Changes, flags: list[Flag]) -> None:
        """Mend and flag the text, the author, the counts, the time and the link."""
        flags.extend(text_flags(post.text))
        _check_author(post, changes, flags)
        _check_counts(post, changes, flags, on_x=self._on_x)
        posted_at = _timed(post, changes) if self._on_x else post.posted_at
        latest = None if self._captured_at is None else self._captured_at + _CLOCK_TOLERANCE
        if posted_at is not None and (posted_at < EARLIEST or (latest is not None and posted_at > latest)):
            flags.append(Flag.ODD_TIME)
        if post.url is not None and web_link(post.url) is None:
            changes["url"] = None
        if self._on_x:
            _check_link(post, changes, flags)

    def _name(self, post: Post, changes: Changes) -> None:
        """Give the post and its parent their ids in place of provisional ones."""
        parent = post.parent_id
        if parent is not None and _is_provisional(parent):
            parent = changes["parent_id"] = self._ids.get(parent)
        if _is_provisional(post.id):
            found = hash_id(changes.get("author", post.author), post.text, parent)
            self._repeats[found] += 1
            changes["id"] = found if self._repeats[found] == 1 else f"{found}-{self._repeats[found]}"
            if post.id:
                self._ids[post.id] = changes["id"]


def hash_id(author: str | None, text: str, parent: str | None) -> str:
    """The id of a post without one, the same in every capture that has its author, text and parent."""
    return "h:" + sha256(f"{author or ''}\0{text}\0{parent or ''}".encode()).hexdigest()[:16]


def _is_provisional(post_id: str) -> bool:
    """Whether an id is one that a reader has made up, or none."""
    return not post_id or post_id.startswith(NO_ID)


def _is_sound(post: Post, captured_at: int | None) -> bool:
    """Whether a post of X has all but its language already, and nothing about it calls for mending or a flag."""
    author, name, url, posted_at = post.author, post.author_name, post.url, post.posted_at
    return (
        author is not None
        and url is not None
        and posted_at is not None
        and (not post.flags or post.flags == _COUNTS_IN_DOUBT)
        and url == post_link(author, post.id)
        and posted_at == snowflake_time(post.id)
        and (captured_at is None or posted_at <= captured_at + _CLOCK_TOLERANCE)
        and len(post.text) * 4 <= TEXT_LIMIT
        and is_plain(post.text)
        and (name is None or (len(name) <= _NAME_LIMIT and is_plain_name(name)))
        and _are_possible(post)
        and post.parent_id != ""
        # What is printable has no lone surrogates, and is no provisional id.
        and f"{post.parent_id}{post.time_given}{post.lang}{''.join(post.media)}{''.join(post.links)}".isprintable()
    )


def _are_possible(post: Post) -> bool:
    """Whether the counts can be true."""
    for value in count_values(post):
        if value is not None and not 0 <= value <= LARGEST:
            return False
    return post.likes is None or not post.views or post.likes <= post.views


def _with_storable_text(post: Post, flags: list[Flag]) -> Post:
    """`post` without lone surrogates, which no check that follows could take; nearly always the same object."""
    if is_storable("\n".join((*filter(None, _strings(post)), *post.media, *post.links))):
        return post
    flags.append(Flag.DAMAGED_TEXT)
    texts = {name: storable(value) for name, value in zip(_STRINGS, _strings(post), strict=True) if value}
    return post.with_changes(**texts, media=tuple(map(storable, post.media)), links=tuple(map(storable, post.links)))


def _check_author(post: Post, changes: Changes, flags: list[Flag]) -> None:
    """Strip what a handle cannot hold, bound the display name, and flag an unknown or misleading author."""
    if post.author is None:
        if post.status is PostStatus.LIVE:
            flags.append(Flag.AUTHOR_UNKNOWN)
    elif not (post.author.isascii() and post.author.isprintable()) or len(post.author) > _NAME_LIMIT:
        changes["author"] = visible(post.author)[:_NAME_LIMIT] or None
        if changes["author"] is None:
            flags.append(Flag.AUTHOR_UNKNOWN)
    flags.extend(name_flags(post.author, post.author_name))
    if post.author_name is not None and len(post.author_name) > _NAME_LIMIT:
        changes["author_name"] = post.author_name[:_NAME_LIMIT]
        flags.append(Flag.CUT)


def _check_counts(post: Post, changes: Changes, flags: list[Flag], *, on_x: bool) -> None:
    """Flag counts that cannot be, and leave those unknown that are no counts at all."""
    for count, value in zip(COUNTS, count_values(post), strict=True):
        least = -LARGEST if count.can_be_negative and not on_x else 0
        if value is not None and not least <= value <= LARGEST:
            flags.append(Flag.ODD_COUNTS)
            if not least <= value < 2**63:
                changes[count.name] = None
    if post.likes is not None and post.views and post.likes > post.views:
        flags.append(Flag.ODD_COUNTS)


def _timed(post: Post, changes: Changes) -> int | None:
    """The post's time, from its id where that knows it better than the source's print."""
    if post.shared_by is not None or (Flag.DAMAGED_ID in post.flags and is_coarse(post.id)):
        # The id of a share tells when it was shared.
        return post.posted_at
    posted_at, precision = best_time(post.id, post.posted_at, post.time_precision)
    if posted_at != post.posted_at:
        changes["posted_at"] = posted_at
        changes["time_precision"] = precision
    return posted_at


def _check_link(post: Post, changes: Changes, flags: list[Flag]) -> None:
    """Give a post of X its link, and flag an author whom the link contradicts."""
    author = changes.get("author", post.author)
    url = changes.get("url", post.url)
    if not isinstance(author, str):
        return
    if not isinstance(url, str):
        if post.shared_by is None and Flag.DAMAGED_ID not in flags and (link := post_link(author, post.id)):
            changes["url"] = link
    elif (account := linked_account(url)) and not is_same_account(account, author):
        flags.append(Flag.AUTHOR_LINK)


def _language(post: Post, text: str, detect: bool) -> tuple[str | None, LangFrom | None]:
    """A post's language: the source's word, else what the text shows; what was guessed before stands."""
    if post.lang_from in (LangFrom.SCRIPT, LangFrom.DETECTOR):
        return post.lang, post.lang_from
    if post.lang is not None and (lang := language_tag(post.lang)) is not None:
        return lang, LangFrom.SOURCE
    return detect_language(text, detect=detect)
