"""What every reading gets after its reader: ids, times, flags, joined copies, sound parents, a verdict.

A reader gives a post without an id a provisional one that begins with `NO_ID`, so that its answers can name it;
here it becomes `h:` and a hash of author, text and parent, the same in every capture.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from core.models import Flag, Post, Problem, Reading, TextLoss, Verdict
from core.readers.kit.mending import EARLIEST, PostMender
from core.readers.kit.parents import unsound_parents
from core.readers.kit.readings import capped, find_post
from core.readers.kit.same_ids import join_copies
from core.reasons import Reason, ReasonCode
from core.text.hidden_characters import visible
from core.text.links import is_link, web_link
from core.text.sites import site_by_links, site_of
from core.text.storable import storable
from core.text.x_posts import X_SITE, post_link
from core.thread.attribution import find_impersonations

MOST_DETECTED = 100_000
"""Posts of a reading whose languages a detector is asked for; more would make a large import notably slower."""
_PROBLEM_LIMIT = 200


def finish(
    reading: Reading,
    *,
    captured_at: int | None,
    site: str = "",
    losses: TextLoss = TextLoss.NONE,
    detect: bool = True,
    name: str = "",
) -> Reading:
    """`reading` with everything that does not depend on the format.

    `captured_at` is when the payload was fetched, where known; `site` is that of the reader, where the reading itself
    names none, and `losses` are the reader's. Without `detect` a language is told by the source or the script alone,
    which takes no time. `name` is the payload's, which may be its address.
    """
    on_x = (reading.site or site) == X_SITE
    if captured_at is not None and captured_at < EARLIEST:
        captured_at = None
    root_id = storable(reading.root_id)
    detect = detect and len(reading.posts) <= MOST_DETECTED
    mender = PostMender(root_id, captured_at, losses | reading.losses, on_x=on_x, detect=detect)
    joined, conflicts = join_copies(map(mender.mended, reading.posts))
    root_id = mender.id_of(root_id)
    posts = _flagged(joined, root_id, visible(reading.root_author or "") or None)
    root = find_post(posts, root_id)
    verdict, reasons = verdict_of(reading, len(posts) - (root is not None))
    author = visible(reading.root_author or "") or (root.author if root else None)
    url = web_link(reading.url) or (post_link(author or None, root_id) if on_x else None)
    return replace(
        reading,
        root_id=root_id,
        site=reading.site or site or _site(posts, root_id, url, name),
        posts=posts,
        url=url,
        root_author=author and storable(author),
        verdict=verdict,
        reasons=tuple(map(_storable_reason, reasons)),
        problems=shortened((*reading.problems, *conflicts)),
        captured_at=reading.captured_at,
    )


def _site(posts: Sequence[Post], root_id: str, url: str | None, name: str) -> str:
    """The site on which the ids are, where neither the reader nor the reading names it.

    A link that has the post's own id in it is of that site; a copy of a post from elsewhere has another one's number.
    Where no link has, it is the address that the payload was fetched from.
    """
    return site_by_links([(root_id, url), *((post.id, post.url) for post in posts)]) or (
        site_of(name) if is_link(name) else ""
    )


def _flagged(posts: Sequence[Post], root_id: str, root_author: str | None) -> tuple[Post, ...]:
    """`posts` with what is odd about them among the others; a parent that closes a cycle is taken away."""
    found: defaultdict[str, list[Flag]] = defaultdict(list)
    for odd in (unsound_parents(posts, root_id), find_impersonations(posts, root_id, root_author)):
        for post_id, flag in odd.items():
            found[post_id].append(flag)
    if not found:
        return tuple(posts)
    return tuple(_with_flags(post, found[post.id]) if post.id in found else post for post in posts)


def _with_flags(post: Post, flags: Sequence[Flag]) -> Post:
    """`post` with more flags."""
    parent = None if Flag.CYCLE in flags else post.parent_id
    return post.with_changes(parent_id=parent, flags=tuple(dict.fromkeys((*post.flags, *flags))))


def verdict_of(reading: Reading, found: int) -> tuple[Verdict, tuple[Reason, ...]]:
    """How complete the reading is, given how many replies were found and what was left out."""
    return capped(*_by_count(reading, found), reading.problems)


def _by_count(reading: Reading, found: int) -> tuple[Verdict, tuple[Reason, ...]]:
    """How complete the reading is by what it says itself, given how many replies were found."""
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
