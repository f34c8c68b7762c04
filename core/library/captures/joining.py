"""Threads that turn out to be one: all that was captured of the one and added to it goes to the other."""

from collections.abc import Iterable
from sqlite3 import Connection

from core.library import orders, rows
from core.library.captures.matching import is_other_author, is_other_text
from core.library.captures.merging import set_depths_and_parents
from core.library.captures.numbering import Numbering, renumber
from core.library.captures.one_post import join_rows, rewrite_journal
from core.library.database import Library
from core.text.sites import address_key


def join_threads(library: Library, part: int, whole: int) -> None:
    """Make all of one thread a part of another: posts, marks, tags, captures, exports, and the journal for undo."""
    connection = library.connection
    _rename_posts(library, part, whole)
    tags = move_tags(connection, part, whole)
    connection.execute("UPDATE capture SET thread_id = ? WHERE thread_id = ?", (whole, part))
    pairs = _pairs(connection, part, whole)
    _move(connection, part, whole, {second for _, second in pairs})
    gone = join_rows(library, whole, pairs)
    rewrite_journal(connection, (part, whole), gone, tags, whole)
    connection.execute(
        "UPDATE journal SET state = 'dropped' WHERE thread_id = ?1 AND state = 'undone' "
        "AND id < (SELECT max(id) FROM journal WHERE thread_id = ?1 AND state = 'done')",
        (whole,),
    )
    _take_over(connection, part, whole)
    refresh_thread(connection, whole)
    set_depths_and_parents(connection, whole)
    # What one thread had brought as new, the other one may have had already.
    connection.execute(
        "UPDATE capture SET added = (SELECT count(*) FROM post p WHERE p.capture_id = capture.id) "
        "WHERE thread_id = ? AND added NOT NULL",
        (whole,),
    )


def _rename_posts(library: Library, part: int, whole: int) -> None:
    """Give the posts of a thread the ids that the other one has for them, and a stranger under one of those another."""
    connection = library.connection
    named = connection.execute("SELECT site, root_id, address FROM thread WHERE id = ?", (part,)).fetchone()
    seqs = [seq for (seq,) in connection.execute("SELECT seq FROM post WHERE thread_id = ? ORDER BY seq", (part,))]
    posts = [one.post for one in rows.quotes(library, seqs, "")]
    numbering = Numbering(connection, whole, *named)
    renumber(connection, part, numbering.own_names(posts))
    handles = zip(seqs, posts, numbering.with_own_handles(posts), strict=True)
    connection.executemany(
        "UPDATE post SET author = ? WHERE seq = ?",
        ((own.author, seq) for seq, post, own in handles if own.author != post.author),
    )
    strangers = {
        post_id: f"{named[0] or 'elsewhere'}:{post_id}"
        for post_id, author, text, other_author, other_text in connection.execute(
            "SELECT s.id, s.author, s.text, d.author, d.text "
            "FROM post s JOIN post d ON d.thread_id = ?2 AND d.id = s.id WHERE s.thread_id = ?1",
            (part, whole),
        )
        if is_other_author(author, other_author) and is_other_text(other_text, text)
    }
    renumber(connection, part, strangers)


def _pairs(connection: Connection, part: int, whole: int) -> list[tuple[int, int]]:
    """The posts that both threads have, as the seqs in the whole and in the part."""
    return connection.execute(
        "SELECT d.seq, s.seq FROM post s JOIN post d ON d.thread_id = ?2 AND d.id = s.id WHERE s.thread_id = ?1 "
        "ORDER BY s.seq",
        (part, whole),
    ).fetchall()


def _move(connection: Connection, part: int, whole: int, without: Iterable[int]) -> None:
    """Move the posts of a thread behind those of another, but for some."""
    seqs = [seq for (seq,) in connection.execute("SELECT seq FROM post WHERE thread_id = ? ORDER BY position", (part,))]
    (start,) = connection.execute(
        "SELECT coalesce(max(position) + 1, 0) FROM post WHERE thread_id = ?", (whole,)
    ).fetchone()
    left = set(without)
    moving = [seq for seq in seqs if seq not in left]
    connection.executemany(
        "UPDATE post SET thread_id = ?, position = ?, is_root = 0 WHERE seq = ?",
        ((whole, start + place, seq) for place, seq in enumerate(moving)),
    )


def move_tags(connection: Connection, part: int, whole: int) -> dict[int, int]:
    """Move a thread's tags behind those of another; returns those whose name is there already, with the tag there."""
    found = connection.execute("SELECT name, id, slot FROM tag WHERE thread_id = ?", (whole,)).fetchall()
    there = {name: number for name, number, _ in found}
    slots = {slot for _, _, slot in found if slot is not None}
    place = len(there)
    joined = {}
    for number, name, slot in connection.execute(
        "SELECT id, name, slot FROM tag WHERE thread_id = ? ORDER BY position", (part,)
    ).fetchall():
        if name in there:
            joined[number] = there[name]
            connection.execute("UPDATE OR IGNORE post_tag SET tag_id = ? WHERE tag_id = ?", (there[name], number))
            connection.execute("DELETE FROM post_tag WHERE tag_id = ?", (number,))
            connection.execute(
                "UPDATE tag SET introduction = o.introduction FROM tag o WHERE tag.introduction = '' "
                "AND o.id = ? AND tag.id = ?",
                (number, there[name]),
            )
            connection.execute("DELETE FROM tag WHERE id = ?", (number,))
            continue
        connection.execute(
            "UPDATE tag SET thread_id = ?, position = ?, slot = ? WHERE id = ?",
            (whole, place, None if slot in slots else slot, number),
        )
        place += 1
    return joined


def _take_over(connection: Connection, part: int, whole: int) -> None:
    """Give a thread what another one says of itself and it does not, and leave of that one no more than its number."""
    visits = sorted(
        {
            visit
            for row in connection.execute("SELECT visit, visit_before FROM thread WHERE id IN (?, ?)", (part, whole))
            for visit in row
            if visit is not None
        }
    )
    connection.execute(
        "UPDATE thread SET site = CASE thread.site WHEN '' THEN p.site ELSE thread.site END, "
        "title = CASE thread.title WHEN '' THEN p.title ELSE thread.title END, "
        "closing = coalesce(thread.closing, p.closing), mixed = max(thread.mixed, p.mixed), "
        "removed = CASE WHEN p.removed IS NULL THEN NULL ELSE thread.removed END, visit = ?3, visit_before = ?4, "
        "claimed = CASE WHEN thread.root_id = p.root_id THEN nullif(max(coalesce(thread.claimed, 0), "
        "coalesce(p.claimed, 0)), 0) ELSE thread.claimed END "
        "FROM thread p WHERE p.id = ?1 AND thread.id = ?2",
        (part, whole, visits[-1] if visits else None, visits[-2] if len(visits) > 1 else None),
    )
    for table in ("export", "joined_thread"):
        connection.execute(f"UPDATE {table} SET thread_id = ? WHERE thread_id = ?", (whole, part))
    for table in ("alike", "ordering"):
        connection.execute(f"DELETE FROM {table} WHERE thread_id = ?", (part,))
    connection.execute("DELETE FROM thread WHERE id = ?", (part,))
    connection.execute("INSERT INTO joined_thread (id, thread_id) VALUES (?, ?)", (part, whole))


def refresh_thread(connection: Connection, thread_id: int) -> None:
    """Let a thread say of itself what its posts say, now that some have come, gone or got other ids."""
    connection.execute(
        "UPDATE post SET is_root = NOT is_root WHERE thread_id = ?1 "
        "AND is_root != (id = (SELECT root_id FROM thread WHERE id = ?1))",
        (thread_id,),
    )
    connection.execute("DELETE FROM alike WHERE thread_id = ?", (thread_id,))
    connection.execute(
        "UPDATE thread SET compared = NULL, posts = (SELECT count(*) FROM post WHERE thread_id = ?1) WHERE id = ?1",
        (thread_id,),
    )
    learn_of_root(connection, thread_id)
    orders.forget_orders(connection, thread_id)


def learn_of_root(connection: Connection, thread_id: int) -> None:
    """Let a thread say of itself what its root says."""
    connection.execute(
        "UPDATE thread SET url = coalesce(thread.url, p.url), root_author = coalesce(thread.root_author, p.author), "
        "answers = p.parent_id FROM post p WHERE thread.id = ? AND p.thread_id = thread.id AND p.id = thread.root_id",
        (thread_id,),
    )
    url, address = connection.execute("SELECT url, address FROM thread WHERE id = ?", (thread_id,)).fetchone()
    if url and not address:
        connection.execute("UPDATE thread SET address = ? WHERE id = ?", (address_key(url), thread_id))
