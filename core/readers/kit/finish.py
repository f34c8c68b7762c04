"""What every reading gets after its reader: ids, times, flags, merged duplicates, sound parents, a verdict.

A reader gives a post without an id a provisional one that begins with `NO_ID`, so that its answers can name it;
here it becomes `h:` and a hash of author, text and parent, the same in every capture.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from operator import attrgetter

from core.models import Flag, LangFrom, Post, PostStatus, Problem, Reading, Verdict
from core.readers.kit.counts import LARGEST
from core.readers.kit.fields import NO_ID
from core.readers.kit.parents import sound_parents
from core.readers.kit.readings import find_post
from core.reasons import Reason, ReasonCode
from core.text.hidden_characters import is_plain, is_plain_name, name_flags, text_flags, visible
from core.text.language import detect_language
from core.text.language_tags import language_tag
from core.text.links import web_link
from core.text.names import is_same_account
from core.text.storable import is_storable, storable
from core.text.x_posts import best_time, is_coarse, linked_account, post_link, snowflake_time
from core.thread.attribution import find_impersonations

TEXT_LIMIT = 64 * 1024
"""Bytes of UTF-8 that are kept of one text."""
MOST_DETECTED = 100_000
"""Posts of a reading whose languages a detector is asked for; more would make a large import notably slower."""
_NAME_LIMIT = 1000
_PROBLEM_LIMIT = 200
_EARLIEST = 1136073600
"""The first second of 2006; no post of a network that is read here is older, and no capture either."""
_CLOCK_TOLERANCE = 300
_STRINGS = ("text", "id", "author", "author_name", "parent_id", "time_given", "lang", "url")
_strings = attrgetter(*_STRINGS)
_COUNTS = ("likes", "replies", "views", "reposts")
_counts = attrgetter(*_COUNTS)


def finish(reading: Reading, *, captured_at: int | None, on_x: bool, detect: bool = True) -> Reading:
    """`reading` with everything that does not depend on the format.

    `captured_at` is when the payload was fetched, where known; `on_x` says that ids and links are those of X. Without
    `detect` a language is told by the source or the script alone, which takes no time.
    """
    if captured_at is not None and captured_at < _EARLIEST:
        captured_at = None
    root_id = storable(reading.root_id)
    named = _named(_mended(post, captured_at, on_x) for post in reading.posts)
    merged, conflicts = _merged(_apart_from(root_id, named))
    posts = sound_parents(merged, root_id)
    if doubts := find_impersonations(posts, root_id, visible(reading.root_author or "") or None):
        posts = [_doubted(post, doubts[post.id]) if post.id in doubts else post for post in posts]
    detect = detect and len(posts) <= MOST_DETECTED
    root = find_post(posts, root_id)
    verdict, reasons = verdict_of(reading, len(posts) - (root is not None))
    author = visible(reading.root_author or "") or (root.author if root else None)
    return replace(
        reading,
        root_id=root_id,
        posts=tuple(_in_language(post, detect) for post in posts),
        url=web_link(reading.url) or (post_link(author or None, root_id) if on_x else None),
        root_author=author and storable(author),
        verdict=verdict,
        reasons=tuple(map(_storable_reason, reasons)),
        problems=shortened((*reading.problems, *conflicts)),
        captured_at=reading.captured_at,
    )


def _mended(post: Post, captured_at: int | None, on_x: bool) -> Post:
    """`post` with storable text, a time and a link from its id, and flags."""
    if on_x and _is_sound(post, captured_at):
        return post
    flags = list(post.flags)
    changes: dict[str, object] = {}
    told = "\n".join((*filter(None, _strings(post)), *post.media, *post.links))
    if not is_storable(told):
        flags.append(Flag.DAMAGED_TEXT)
        post = post.with_changes(
            **{name: storable(value) for name, value in zip(_STRINGS, _strings(post), strict=True) if value},
            media=tuple(map(storable, post.media)),
            links=tuple(map(storable, post.links)),
        )
    flags.extend(text_flags(post.text))
    _check_author(post, changes, flags)
    _check_counts(post, changes, flags, on_x=on_x)
    posted_at = _timed(post, changes) if on_x else post.posted_at
    if posted_at is not None and (
        posted_at < _EARLIEST or (captured_at is not None and posted_at > captured_at + _CLOCK_TOLERANCE)
    ):
        flags.append(Flag.ODD_TIME)
    if post.url is not None and web_link(post.url) is None:
        changes["url"] = None
    if on_x:
        _check_link(post, changes, flags)
    if flags:
        changes["flags"] = tuple(dict.fromkeys(flags))
    return post.with_changes(**changes) if changes else post


def _is_sound(post: Post, captured_at: int | None) -> bool:
    """Whether a post of X has its time and its link already, and nothing about it calls for mending or a flag."""
    author, name, url, posted_at = post.author, post.author_name, post.url, post.posted_at
    return (
        author is not None
        and url is not None
        and posted_at is not None
        and not post.flags
        and url == post_link(author, post.id)
        and posted_at == snowflake_time(post.id)
        and (captured_at is None or posted_at <= captured_at + _CLOCK_TOLERANCE)
        and is_plain(post.text)
        and (name is None or (len(name) <= _NAME_LIMIT and is_plain_name(name)))
        and _are_possible(post)
        # What is printable has no lone surrogates.
        and f"{post.parent_id}{post.time_given}{post.lang}{''.join(post.media)}{''.join(post.links)}".isprintable()
    )


def _are_possible(post: Post) -> bool:
    """Whether the counts can be true."""
    for value in _counts(post):
        if value is not None and not 0 <= value <= LARGEST:
            return False
    return post.likes is None or not post.views or post.likes <= post.views


def _check_author(post: Post, changes: dict[str, object], flags: list[Flag]) -> None:
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


def _check_counts(post: Post, changes: dict[str, object], flags: list[Flag], *, on_x: bool) -> None:
    """Flag counts that cannot be; where votes against are counted too, likes may be below zero."""
    for name, value in zip(_COUNTS, _counts(post), strict=True):
        least = -LARGEST if name == "likes" and not on_x else 0
        if value is not None and not least <= value <= LARGEST:
            flags.append(Flag.ODD_COUNTS)
            if not least <= value < 2**63:
                changes[name] = None
    if post.likes is not None and post.views and post.likes > post.views:
        flags.append(Flag.ODD_COUNTS)


def _timed(post: Post, changes: dict[str, object]) -> int | None:
    """The post's time, from its id where that knows it better than the source's print."""
    if Flag.DAMAGED_ID in post.flags and is_coarse(post.id):
        return post.posted_at
    posted_at, precision = best_time(post.id, post.posted_at, post.time_precision)
    if posted_at != post.posted_at:
        changes["posted_at"] = posted_at
        changes["time_precision"] = precision
    return posted_at


def _check_link(post: Post, changes: dict[str, object], flags: list[Flag]) -> None:
    """Give a post of X its link, and flag an author whom the link contradicts."""
    author = changes.get("author", post.author)
    url = changes.get("url", post.url)
    if not isinstance(author, str):
        return
    if not isinstance(url, str):
        if Flag.DAMAGED_ID not in flags and (link := post_link(author, post.id)):
            changes["url"] = link
    elif (account := linked_account(url)) and not is_same_account(account, author):
        flags.append(Flag.AUTHOR_LINK)


def _doubted(post: Post, flag: Flag) -> Post:
    """`post` with one more flag."""
    return post.with_changes(flags=tuple(dict.fromkeys((*post.flags, flag))))


def _has_two_authors(first: Post, second: Post) -> bool:
    """Whether two copies of a post name different accounts."""
    return bool(first.author and second.author) and not is_same_account(first.author or "", second.author or "")


def _in_language(post: Post, detect: bool) -> Post:
    """`post` with its language: the source's word, else what the text shows; what was guessed before stands."""
    if post.lang_from in (LangFrom.SCRIPT, LangFrom.DETECTOR):
        return post
    if post.lang is not None and (lang := language_tag(post.lang)) is not None:
        return post.with_changes(lang=lang, lang_from=LangFrom.SOURCE)
    lang, lang_from = detect_language(post.text, detect=detect)
    return post if lang is post.lang else post.with_changes(lang=lang, lang_from=lang_from)


def _named(posts: Iterable[Post]) -> list[Post]:
    """`posts` with an id each, and texts within the limit; parents are named before their answers."""
    final: dict[str, str] = {}
    repeats: Counter[str] = Counter()
    named = []
    for post in posts:
        changes: dict[str, object] = {}
        parent = post.parent_id
        if parent is not None and (not parent or parent.startswith(NO_ID)):
            parent = changes["parent_id"] = final.get(parent)
        if not post.id or post.id.startswith(NO_ID):
            found = _hash_id(post, parent)
            repeats[found] += 1
            changes["id"] = found if repeats[found] == 1 else f"{found}-{repeats[found]}"
            if post.id:
                final[post.id] = str(changes["id"])
        # A shorter text cannot reach the limit: a code point has at most four bytes.
        if len(post.text) * 4 > TEXT_LIMIT and len(encoded := post.text.encode()) > TEXT_LIMIT:
            changes["text"] = encoded[:TEXT_LIMIT].decode(errors="ignore")
            changes["flags"] = tuple(dict.fromkeys((*post.flags, Flag.CUT)))
        named.append(post.with_changes(**changes) if changes else post)
    return named


def _hash_id(post: Post, parent: str | None) -> str:
    """The id of a post without one, the same in every capture that has its author, text and parent."""
    told = f"{post.author or ''}\0{post.text}\0{parent or ''}"
    return "h:" + sha256(told.encode()).hexdigest()[:16]


def _apart_from(root_id: str, posts: list[Post]) -> list[Post]:
    """`posts`, where a reply whose id was rounded to the root's own gets one of its own instead."""
    return [
        post.with_changes(id=_hash_id(post, post.parent_id))
        if post.id == root_id and Flag.DAMAGED_ID in post.flags and post.parent_id == root_id
        else post
        for post in posts
    ]


def _merged(posts: list[Post]) -> tuple[list[Post], list[Problem]]:
    """`posts` with each id once, and what was conflicting about ids that came twice."""
    by_id: dict[str, Post] = {}
    conflicts = []
    for post in posts:
        first = by_id.setdefault(post.id, post)
        if first is post:
            continue
        if first.text and post.text and first.text != post.text:
            if Flag.DAMAGED_ID in post.flags:
                # Two ids that were rounded to one number belong to two posts.
                other = post.with_changes(id=_hash_id(post, post.parent_id))
                by_id.setdefault(other.id, other)
                continue
            by_id[post.id] = _doubted(first, Flag.CONFLICT)
            conflicts.append(Problem(f"post {post.id}", Reason(ReasonCode.TWO_TEXTS)))
        else:
            by_id[post.id] = _filled(first, post)
        if _has_two_authors(first, post):
            by_id[post.id] = _doubted(by_id[post.id], Flag.AUTHOR_CONFLICT)
            conflicts.append(Problem(f"post {post.id}", Reason(ReasonCode.TWO_AUTHORS)))
    return list(by_id.values()), conflicts


def _filled(first: Post, second: Post) -> Post:
    """`first` with its gaps filled from `second`, another copy of the same post."""
    names = (
        "author",
        "author_name",
        "parent_id",
        "likes",
        "replies",
        "views",
        "reposts",
        "lang",
        "url",
        "media",
        "links",
    )
    changes: dict[str, object] = {
        name: getattr(second, name) for name in names if getattr(first, name) in (None, ()) and getattr(second, name)
    }
    if first.posted_at is None and second.posted_at is not None:
        changes |= {name: getattr(second, name) for name in ("posted_at", "time_precision", "time_given")}
    if not first.text and second.text:
        changes |= {"text": second.text, "status": second.status}
    flags = dict.fromkeys((*first.flags, *second.flags))
    if changes.get("author") or first.author:
        flags.pop(Flag.AUTHOR_UNKNOWN, None)
    return first.with_changes(**changes, flags=tuple(flags))


def verdict_of(reading: Reading, found: int) -> tuple[Verdict, tuple[Reason, ...]]:
    """How complete the reading is, given how many replies were found."""
    claimed, verdict = reading.claimed, reading.verdict
    if verdict is Verdict.FAILED:
        return verdict, reading.reasons
    if claimed is not None and claimed > found:
        return Verdict.PARTIAL, (Reason(ReasonCode.FEWER_REPLIES, (found, claimed)), *reading.reasons)
    if verdict is Verdict.PARTIAL:
        return verdict, reading.reasons
    if claimed == 0 and found == 0:
        return Verdict.EMPTY, reading.reasons
    if verdict is Verdict.COMPLETE and claimed is None:
        return Verdict.UNKNOWN, reading.reasons
    return verdict, reading.reasons


def shortened(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The first of `problems`, storable, with the number of those that are not listed."""
    listed = tuple(Problem(storable(one.place), _storable_reason(one.reason)) for one in problems[:_PROBLEM_LIMIT])
    rest = len(problems) - len(listed)
    return (*listed, Problem("payload", Reason(ReasonCode.MORE_PROBLEMS, (rest,)))) if rest else listed


def _storable_reason(reason: Reason) -> Reason:
    """`reason` with names that a file can hold."""
    return replace(reason, names=tuple(map(storable, reason.names))) if reason.names else reason
