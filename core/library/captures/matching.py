"""The kept threads that a reading belongs to: by site and id, by address, by a post that both have, and never by a
number alone that means another post elsewhere.

Posts of one id that differ in author and text are two posts. Where most of what a reading shares with a thread is so,
it is another thread; where the site of one of them is not known, nothing may be so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from sqlite3 import Connection

from core.library.database import in_chunks
from core.models import Post, Reading
from core.reasons import ReasonCode
from core.text.names import is_same_account
from core.text.sites import address_key, site_of
from core.text.spelling import TextVersion
from core.text.versions import Relation, text_relation

_LOOKED_AT = 400
"""Posts of a reading that are compared with those of a thread."""
_ROW_DIGITS, TELLING_DIGITS = 6, 15
"""Digits up to which a number may be that of a row, and from which one alone tells a post from all others."""


@dataclass(frozen=True, slots=True)
class KnownThread:
    """A kept thread, as far as a reading is compared with it."""

    id: int
    site: str
    root_id: str
    root_author: str | None
    is_list: bool


_KNOWN = "t.id, t.site, t.root_id, t.root_author, t.is_list"


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a reading and a thread say of the posts that both have."""

    same: int
    """Posts that are one: the same author, or an unknown one, and the same words."""
    doubtful: int
    """Posts of which either differs."""
    other: int
    """Posts of which both do."""


def is_list(reading: Reading) -> bool:
    """Whether nothing in the reading names the post that its posts are under."""
    return any(reason.code is ReasonCode.ROOT_NOT_NAMED for reason in reading.reasons)


def known_threads(connection: Connection, condition: str, values: Sequence[object] = ()) -> list[KnownThread]:
    """The kept threads, as `t`, for which a condition holds, in the order in which they came."""
    rows = connection.execute(f"SELECT {_KNOWN} FROM thread t WHERE {condition} ORDER BY t.id", tuple(values))
    return [KnownThread(id, site, root_id, author, bool(listed)) for id, site, root_id, author, listed in rows]


def matching_thread(connection: Connection, reading: Reading) -> KnownThread | None:
    """The kept thread that the reading is of, or in which it stands as a part; None where there is none."""
    for found in _candidates(connection, reading):
        fitting = [one for one in found if fits(connection, one, reading)]
        if fitting:
            return fitting[0]
    return None


def _candidates(connection: Connection, reading: Reading) -> Iterator[list[KnownThread]]:
    """The threads that may be meant, the surest first."""
    found = known_threads(connection, "t.root_id = ?", (reading.root_id,))
    yield [one for one in found if one.site == reading.site]
    if address := address_key(reading.url):
        yield known_threads(connection, "t.address = ?", (address,))
    elif homes := _homes(reading):
        marks = ",".join("?" * len(homes))
        held = f"EXISTS (SELECT 1 FROM post p WHERE p.thread_id = t.id AND p.url IN ({marks}))"
        yield known_threads(connection, f"NOT t.is_list AND t.site NOT IN ('', ?) AND {held}", (reading.site, *homes))
    yield [one for one in found if one.site != reading.site]
    if is_list(reading):
        yield _lists(connection, reading)
        return
    root = next((post for post in reading.posts if post.id == reading.root_id), None)
    for post_id in (reading.root_id, root.parent_id if root else None):
        if post_id:
            holds = "NOT t.is_list AND (EXISTS (SELECT 1 FROM post p WHERE p.thread_id = t.id AND p.id = ?1)"
            yield known_threads(connection, f"{holds} OR t.root_id = ?1)", (post_id,))


def _lists(connection: Connection, reading: Reading) -> list[KnownThread]:
    """The lists of posts without a root that have at least half of the reading's posts."""
    ids = [post.id for post in islice(reading.posts, _LOOKED_AT)]
    found = []
    for one in known_threads(connection, "t.is_list AND t.root_id != ?", (reading.root_id,)):
        if 2 * len(_kept(connection, one.id, ids)) >= len(ids):
            found.append(one)
    return found


def fits(connection: Connection, thread: KnownThread, reading: Reading) -> bool:
    """Whether nothing speaks against the reading being of the thread, and enough for it."""
    is_sure = bool(thread.site) and thread.site == reading.site
    shared = _compared(connection, thread, reading)
    if is_sure and not thread.is_list:
        return shared.other <= shared.same + shared.doubtful
    if thread.site and reading.site and not is_sure:
        # Two servers, which have numbers of their own: an address alone makes their posts one.
        if not (address := address_key(reading.url)):
            return _has_copies_of(connection, thread, reading)
        return bool(known_threads(connection, "t.id = ? AND t.address = ?", (thread.id, address)))
    if shared.other + shared.doubtful > shared.same or (shared.other and not shared.same):
        return False
    return shared.same > 0 or not (thread.is_list or _wants_proof(thread, reading))


def _homes(reading: Reading) -> dict[str, Post]:
    """The posts that a reading has copies of, by their addresses on the servers where they were written."""
    if not reading.site:
        return {}
    posts = islice(reading.posts, _LOOKED_AT)
    return {post.url: post for post in posts if post.url and site_of(post.url) not in ("", reading.site)}


def _has_copies_of(connection: Connection, thread: KnownThread, reading: Reading) -> bool:
    """Whether a reading that does not know its root's address has copies of posts that the thread has at home."""
    homes = {url: post for url, post in _homes(reading).items() if site_of(url) == thread.site}
    marks = ",".join("?" * len(homes))
    kept = connection.execute(
        f"SELECT url, text FROM post WHERE thread_id = ? AND url IN ({marks})", (thread.id, *homes)
    ).fetchall()
    return any(not is_other_text(text, homes[url].text) for url, text in kept)


def _wants_proof(thread: KnownThread, reading: Reading) -> bool:
    """Whether the root's id alone is too common a number to make one thread of two."""
    digits = reading.root_id.rpartition("/")[2]
    if not digits.isdecimal():
        return False
    if thread.root_author and reading.root_author and is_same_account(thread.root_author, reading.root_author):
        return False
    return len(digits) <= _ROW_DIGITS or (bool(thread.site or reading.site) and len(digits) < TELLING_DIGITS)


def _compared(connection: Connection, thread: KnownThread, reading: Reading) -> _Shared:
    """What both say of the posts that both have."""
    posts = {post.id: post for post in islice(reading.posts, _LOOKED_AT)}
    same = doubtful = other = 0
    for post_id, author, text in _kept(connection, thread.id, list(posts)):
        post = posts[post_id]
        by_other, has_other_words = is_other_author(author, post.author), is_other_text(text, post.text)
        is_telling = author is not None and post.author is not None and len(post_id) > _ROW_DIGITS
        if by_other and has_other_words:
            other += 1
        elif by_other or (has_other_words and not is_telling):
            doubtful += 1
        else:
            same += 1
    return _Shared(same, doubtful, other)


def _kept(connection: Connection, thread_id: int, ids: Sequence[str]) -> list[tuple[str, str | None, str]]:
    """The posts of a thread that have one of the ids, each with its author and text."""
    found: list[tuple[str, str | None, str]] = []
    for some, among in in_chunks(ids):
        found += connection.execute(
            f"SELECT id, author, text FROM post WHERE thread_id = ? AND id IN ({among})", (thread_id, *some)
        )
    return found


def is_other_author(kept: str | None, author: str | None) -> bool:
    """Whether two captures name two authors; one that names none contradicts nobody."""
    return kept is not None and author is not None and not is_same_account(kept, author)


def is_other_text(kept: str, text: str) -> bool:
    """Whether two texts have other words, and neither is the beginning of the other."""
    if not kept or not text:
        return False
    return text_relation(TextVersion(kept), TextVersion(text), alike=False) is Relation.EDITED


def strangers(connection: Connection, thread_id: int, posts: Iterable[Post]) -> dict[str, int]:
    """The ids among the posts under which the thread has a post of another author and other words, with its seq."""
    by_id = {post.id: post for post in posts if post.author is not None and post.text}
    found: dict[str, int] = {}
    for some, among in in_chunks(list(by_id)):
        for post_id, seq, author in connection.execute(
            f"SELECT id, seq, author FROM post WHERE thread_id = ? AND author NOT NULL AND id IN ({among})",
            (thread_id, *some),
        ).fetchall():
            if is_other_author(author, by_id[post_id].author):
                (text,) = connection.execute("SELECT text FROM post WHERE seq = ?", (seq,)).fetchone()
                if is_other_text(text, by_id[post_id].text):
                    found[post_id] = seq
    return found
