"""Posts of one reading that come with the same id: copies of one post, which are joined, or two posts in conflict."""

from collections.abc import Iterable

from core.counts import COUNT_NAMES
from core.models import Flag, LangFrom, Post, Problem
from core.readers.kit.mending import Changes, hash_id
from core.reasons import Reason, ReasonCode
from core.text.names import is_same_account

_GAPS = ("author", "author_name", "parent_id", *COUNT_NAMES, "url", "media", "links")
"""Fields that a copy fills where the first one has nothing."""


def join_copies(posts: Iterable[Post]) -> tuple[list[Post], list[Problem]]:
    """`posts` with each id once, and what was conflicting about ids that came twice."""
    by_id: dict[str, Post] = {}
    conflicts: list[Problem] = []
    for post in posts:
        first = by_id.setdefault(post.id, post)
        if first is post:
            continue
        has_two_texts = bool(first.text and post.text and first.text != post.text)
        if has_two_texts and Flag.DAMAGED_ID in post.flags:
            # Two ids that were rounded to one number belong to two posts.
            other = post.with_changes(id=hash_id(post.author, post.text, post.parent_id))
            by_id.setdefault(other.id, other)
            continue
        if has_two_texts:
            first, post, has_two_texts = _by_truth(first, post)
        by_id[post.id] = _joined(first, post, has_two_texts, conflicts)
    return list(by_id.values()), conflicts


def _by_truth(first: Post, copy: Post) -> tuple[Post, Post, bool]:
    """Two posts of one id, both with the truer text, and whether that cannot be said, for they say different things."""
    # Its patterns take a while to compile, and hardly any reading has such copies.
    from core.text.spelling import TextVersion
    from core.text.versions import Relation, is_truer, text_relation

    one, other = (TextVersion(post.text, post.losses, post.flags) for post in (first, copy))
    relation = text_relation(one, other, alike=True)
    if relation is Relation.EDITED:
        return first, copy, True
    if relation is Relation.FULLER or (relation is Relation.SAME and is_truer(other, one)):
        return _with_text_of(copy, first), copy, False
    return first, _with_text_of(first, copy), False


def _with_text_of(truer: Post, post: Post) -> Post:
    """`post` with the text of another one of its id, and what is known to be wrong with that."""
    from core.text.versions import OF_THE_TEXT

    kept = [flag for flag in post.flags if flag not in OF_THE_TEXT]
    flags = dict.fromkeys((*kept, *(flag for flag in truer.flags if flag in OF_THE_TEXT)))
    return post.with_changes(text=truer.text, losses=truer.losses, flags=(*flags,))


def _joined(first: Post, copy: Post, has_two_texts: bool, conflicts: list[Problem]) -> Post:
    """`first` with what `copy` adds to it; what the two disagree about is flagged and added to `conflicts`."""
    changes: Changes = {} if has_two_texts else _filled_gaps(first, copy)
    flags = dict.fromkeys(first.flags if has_two_texts else (*first.flags, *copy.flags))
    if not has_two_texts and (first.author or changes.get("author")):
        flags.pop(Flag.AUTHOR_UNKNOWN, None)
    found = [(Flag.CONFLICT, ReasonCode.TWO_TEXTS)] if has_two_texts else []
    if first.author and copy.author and not is_same_account(first.author, copy.author):
        found.append((Flag.AUTHOR_CONFLICT, ReasonCode.TWO_AUTHORS))
    conflicts += [Problem(f"post {first.id}", Reason(code)) for _, code in found]
    return first.with_changes(**changes, flags=(*flags, *(flag for flag, _ in found if flag not in flags)))


def _filled_gaps(first: Post, copy: Post) -> Changes:
    """What `first` lacks and `copy` has."""
    nothing = (None, (), "")
    changes: Changes = {
        name: value
        for name in _GAPS
        if getattr(first, name) in nothing and (value := getattr(copy, name)) not in nothing
    }
    if first.posted_at is None and copy.posted_at is not None:
        changes |= {name: getattr(copy, name) for name in ("posted_at", "time_precision", "time_given")}
    if not first.text and copy.text:
        changes |= {"text": copy.text, "status": copy.status}
    # The source's word goes before a guess.
    is_better = copy.lang_from is LangFrom.SOURCE and first.lang_from is not LangFrom.SOURCE
    if copy.lang is not None and (first.lang is None or is_better):
        changes |= {"lang": copy.lang, "lang_from": copy.lang_from}
    return changes
