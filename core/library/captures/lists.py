"""Lists of posts that name no root: their posts go to the threads that they belong to, as soon as those are kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from sqlite3 import Connection

from core.library.captures.joining import join_threads, refresh_thread
from core.library.captures.matching import (
    TELLING_DIGITS,
    is_list,
    is_other_author,
    is_other_text,
    known_threads,
)
from core.library.captures.merging import set_depths_and_parents
from core.library.captures.moving import hand_over
from core.library.captures.one_post import join_rows, rewrite_journal
from core.library.database import Library, in_chunks
from core.models import Post, Reading

_LOOKED_AT = 20_000
"""Posts of a list that are looked for in the threads."""


def parted_list(connection: Connection, reading: Reading) -> list[Reading]:
    """A list without a root as a reading for each kept thread that has some of its posts, and one for the others.

    Any other reading as it is. A list of one post is named by that post, where its id is a site's.
    """
    if not is_list(reading) or not reading.posts:
        return [reading]
    homes = _homes(connection, reading)
    groups: defaultdict[tuple[str, str] | None, list[Post]] = defaultdict(list)
    for post in reading.posts:
        groups[homes.get(post.id)].append(post)
    found = [
        replace(_part(reading, root_id, posts), site=site or reading.site)
        for (site, root_id), posts in ((home, posts) for home, posts in groups.items() if home is not None)
    ]
    rest = groups.get(None, [])
    if len(rest) == 1 and reading.site:
        found.append(_part(reading, rest[0].id, rest))
    elif rest:
        found.append(replace(reading, posts=tuple(rest)))
    return [found[0], *(replace(one, problems=()) for one in found[1:])]


def _part(reading: Reading, root_id: str, posts: Sequence[Post]) -> Reading:
    """The posts of a list that belong to one thread."""
    root = next((post for post in posts if post.id == root_id), None)
    return replace(
        reading,
        root_id=root_id,
        posts=tuple(posts),
        reasons=(),
        url=root.url if root else None,
        root_author=root.author if root else None,
    )


def _homes(connection: Connection, reading: Reading) -> dict[str, tuple[str, str]]:
    """A post's id -> site and root of the kept thread that has it."""
    posts = {post.id: post for post in reading.posts[:_LOOKED_AT]}
    found: dict[str, tuple[str, str]] = {}
    for thread in known_threads(connection, "NOT t.is_list AND (t.site = ?1 OR '' IN (t.site, ?1))", (reading.site,)):
        is_sure = bool(thread.site) and thread.site == reading.site
        for some, among in in_chunks(list(posts)):
            for post_id, author, text in connection.execute(
                f"SELECT id, author, text FROM post WHERE thread_id = ? AND id IN ({among}) UNION "
                f"SELECT root_id, root_author, '' FROM thread WHERE id = ? AND root_id IN ({among})",
                (thread.id, *some, thread.id, *some),
            ):
                post = posts[post_id]
                if _is_same(post, author, text, is_sure=is_sure):
                    found.setdefault(post_id, (thread.site, thread.root_id))
    return found


def _is_same(post: Post, author: str | None, text: str, *, is_sure: bool) -> bool:
    """Whether a post of a list is the one that is kept under its id."""
    is_other = is_other_author(author, post.author)
    if is_sure or (len(post.id) >= TELLING_DIGITS and author is not None and post.author is not None):
        return not (is_other and (is_other_text(text, post.text) or not text))
    return bool(text) and not is_other and not is_other_text(text, post.text)


def give_up_posts(library: Library, thread_id: int) -> None:
    """Let lists without a root give up the posts that the thread has too."""
    connection = library.connection
    (this,) = known_threads(connection, "t.id = ?", (thread_id,))
    if this.is_list:
        return
    lists = "t.is_list AND t.id != ?1 AND (t.site = ?2 OR '' IN (t.site, ?2))"
    for one in known_threads(connection, lists, (thread_id, this.site)):
        is_sure = bool(this.site) and this.site == one.site
        pairs = [
            (first, second)
            for first, second, author, text, other_author, other_text, post_id in connection.execute(
                "SELECT d.seq, s.seq, d.author, d.text, s.author, s.text, s.id FROM post s "
                "JOIN post d ON d.thread_id = ?2 AND d.id = s.id WHERE s.thread_id = ?1 ORDER BY s.seq",
                (one.id, thread_id),
            ).fetchall()
            if _is_same(Post(post_id, other_text, author=other_author), author, text, is_sure=is_sure)
        ]
        if pairs:
            _give_up(library, one.id, thread_id, pairs)


def _give_up(library: Library, listed: int, thread_id: int, pairs: Sequence[tuple[int, int]]) -> None:
    """Make the pairs one post each, in the thread; a list of which one post is left is that post's thread."""
    connection = library.connection
    left = [
        seq
        for (seq,) in connection.execute("SELECT seq FROM post WHERE thread_id = ?", (listed,))
        if seq not in {second for _, second in pairs}
    ]
    if not left:
        join_threads(library, listed, thread_id)
        return
    moving = [second for _, second in pairs]
    (site,) = connection.execute("SELECT site FROM thread WHERE id = ?", (listed,)).fetchone()
    hand_over(connection, set(moving), listed, thread_id)
    gone = join_rows(library, thread_id, pairs)
    rewrite_journal(connection, (thread_id,), gone, {}, thread_id)
    for one in (listed, thread_id):
        set_depths_and_parents(connection, one)
    if len(left) == 1 and site:
        connection.execute(
            "UPDATE thread SET root_id = (SELECT id FROM post WHERE seq = ?), is_list = 0, reasons = '[]' WHERE id = ?",
            (left[0], listed),
        )
    for one in (listed, thread_id):
        refresh_thread(connection, one)
