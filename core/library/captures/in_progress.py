"""A capture on its way into the library: of a file, of the slices of a large one, or of the pages of a fetch.

From its beginning on the library says of a capture that it is not finished, and at its end that it is; whatever breaks
off in between leaves behind what is true, and a capture of several parts goes on from there.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from sqlite3 import Connection
from typing import Any

from core.counts import COUNT_NAMES
from core.library import duplicates, orders
from core.library.captures import payloads, visits
from core.library.captures.attribution import flag_other_authors
from core.library.captures.capture_threads import (
    is_of_whole_thread,
    move_root,
    new_thread,
    update_thread,
)
from core.library.captures.joining import learn_of_root, refresh_thread
from core.library.captures.matching import strangers
from core.library.captures.merging import merge_posts, post_insertion, set_depths_and_parents
from core.library.captures.numbering import MADE, Numbering
from core.library.captures.settling import settle_thread
from core.library.captures.visits import Visit
from core.library.database import Library
from core.library.reason_columns import problems_column, reasons_column
from core.library.thread_posts import seq_of
from core.models import CapturedFrom, Payload, Post, Problem, Reading
from core.reasons import Reason, ReasonCode
from core.text.sites import address_key
from core.text.storable import storable

MOST_PROBLEMS = 1_000
"""Problems that are remembered of a capture that has not finished."""


@dataclass(frozen=True, slots=True)
class KeptCapture:
    """What keeping a capture did."""

    thread_id: int | None
    """None where the reading held no post, and only its payload was kept."""
    new: int = 0
    changed: int = 0
    """Posts seen before, with another text, status or count."""
    known: bool = False
    """The very same payload had been kept before; nothing was added."""
    edited: int = 0
    """Of those that changed, whose text had been another."""
    gone: int = 0
    """Replies of earlier captures that this one, being complete, did not have."""
    problems: tuple[Problem, ...] = ()
    """Posts that were not joined with those that the thread has under their ids."""
    since: int | None = None
    """When the visit before this one was made; None where that had no replies, or was none."""
    root_id: str = ""
    """The root of the thread that it is part of now, which may have another number than what was read."""


@dataclass(slots=True)
class CaptureInProgress:
    """A capture of one thread, from its beginning to its end."""

    library: Library
    thread_id: int
    capture_id: int
    payload_id: int
    whole: bool = True
    """Whether it speaks of its thread as a whole; not so of a capture of a single reply."""
    found: int = 0
    """Posts of the capture that are kept, also by an earlier attempt."""
    parts: int = 0
    """Slices or pages that are kept, also by an earlier attempt."""
    problems: list[Problem] = field(default_factory=list)
    """What was left out or mended in the slices that are kept."""
    loose: bool = False
    """Whether posts may answer others that came apart from them, so that depths are set anew at the end."""
    new: int = 0
    changed: int = 0
    refused: dict[str, Problem] = field(default_factory=dict)
    """Posts that are not those which the thread has under their ids, and counts that speak against its date."""
    _merged: dict[str, str | None] = field(default_factory=dict)
    """What the posts of earlier pages answer, by their ids."""

    def take(self, posts: Sequence[Post]) -> int:
        """Merge a batch of posts with those that the thread has; returns how many are new to it."""
        with self.library.transaction() as connection:
            new, changed = merge_posts(connection, self.thread_id, self.capture_id, self._own_posts(posts))
        self.new, self.changed = self.new + new, self.changed + changed
        return new

    def known_gone(self, gone: Sequence[Post]) -> list[Post]:
        """Those of the posts of which the source says only that they are gone that the thread has."""
        own = self.numbering.own_posts(gone) if gone else ()
        return [post for post in own if seq_of(self.library, self.thread_id, post.id) is not None]

    def _own_posts(self, posts: Sequence[Post]) -> Sequence[Post]:
        """`posts` under the thread's ids, without those under whose ids it has a stranger's."""
        connection = self.library.connection
        if not connection.execute("SELECT posts FROM thread WHERE id = ?", (self.thread_id,)).fetchone()[0]:
            return posts
        posts = self.numbering.own_posts(posts)
        others = strangers(connection, self.thread_id, posts)
        if not others:
            return posts
        flag_other_authors(connection, others.values())
        # They are there, and so not gone.
        visits.keep_known_before(connection, self.capture_id, list(others.values()))
        reason = Reason(ReasonCode.ANOTHER_POST)
        self.refused |= {post_id: Problem(f"post {post_id}", reason) for post_id in others}
        return [post for post in posts if post.id not in others]

    @property
    def numbering(self) -> Numbering:
        """How the capture's ids become the thread's."""
        connection = self.library.connection
        site, root_id, address = connection.execute(
            "SELECT coalesce(site, ''), coalesce(root_id, ''), coalesce(address, '') FROM capture WHERE id = ?",
            (self.capture_id,),
        ).fetchone()
        return Numbering(connection, self.thread_id, site, root_id, address)

    # Slices of a large file

    def take_slice(self, rows: Sequence[tuple[Any, ...]], evidence: bytes) -> range | None:
        """Keep the next slice, given as rows, with its share of the payload's bytes; returns the seqs of its posts.

        None where the thread has some of the posts already, or knows them by other ids: then nothing is kept, and
        `merge_slice` wants the posts.
        """
        if any(row[0].startswith(MADE) for row in rows) or not self.numbering.is_plain():
            return None
        try:
            with self.library.transaction() as connection:
                (start,) = connection.execute("SELECT posts FROM thread WHERE id = ?", (self.thread_id,)).fetchone()
                (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM post").fetchone()
                before = connection.total_changes
                connection.executemany(post_insertion(self.thread_id, self.capture_id, start), rows)
                _check_all_new(connection.total_changes - before, len(rows))
                connection.execute("UPDATE thread SET posts = posts + ? WHERE id = ?", (len(rows), self.thread_id))
                visits.count_brought(connection, self.capture_id, len(rows))
                self._keep_part(len(rows), evidence)
        except _PostsAreKnown:
            return None
        self.new += len(rows)
        return range(last + 1, last + 1 + len(rows))

    def merge_slice(self, posts: Sequence[Post], evidence: bytes) -> None:
        """Keep the next slice, some of whose posts the thread has."""
        with self.library.transaction():
            self.take(posts)
            self._keep_part(len(posts), evidence)
        self.loose = True

    def count_found(self) -> None:
        """Count the posts of all slices, each once."""
        self.found = visits.posts_of_capture(self.library.connection, self.capture_id)

    def _keep_part(self, posts: int, evidence: bytes) -> None:
        """Count a slice's posts, and keep its share of the payload."""
        connection = self.library.connection
        payloads.keep_part(connection, self.payload_id, self.parts, evidence)
        self.parts, self.found = self.parts + 1, self.found + posts
        connection.execute(
            "UPDATE capture SET found = ?, slices = ?, problems = ? WHERE id = ?",
            (self.found, self.parts, problems_column(self.problems[:MOST_PROBLEMS]), self.capture_id),
        )

    # Pages of a fetch

    def keep_page(self, payload: Payload) -> None:
        """Keep the next page's bytes."""
        with self.library.transaction() as connection:
            connection.execute(
                "INSERT INTO capture_payload (capture_id, place, payload_id, captured_at) VALUES (?, ?, ?, ?)",
                (self.capture_id, self.parts, payloads.keep_payload(connection, payload), payload.captured_at),
            )
        self.parts += 1

    def take_pages(self, reading: Reading) -> None:
        """Merge the posts of all pages so far; those that were merged before only where they now answer another."""
        with self.library.transaction() as connection:
            self._move_root(reading)
            reading = replace(reading, posts=tuple(self.numbering.own_posts(reading.posts)))
            fresh = [post for post in reading.posts if post.id not in self._merged]
            moved = [
                (post.parent_id, " ".join(post.flags), self.thread_id, post.id, self._merged[post.id])
                for post in reading.posts
                if post.id in self._merged and post.parent_id != self._merged[post.id]
            ]
            self.take((*fresh, *self.known_gone(reading.gone)))
            connection.executemany(
                "UPDATE post SET parent_id = ?, flags = ? WHERE thread_id = ? AND id = ? AND parent_id IS ?", moved
            )
            set_depths_and_parents(connection, self.thread_id)
            self.describe(reading)
        self._merged.update((post.id, post.parent_id) for post in reading.posts)
        self.loose = False

    def _move_root(self, reading: Reading) -> None:
        """Put the thread under the root that the pages name now, where an earlier page had named a reply."""
        connection = self.library.connection
        (named,) = connection.execute("SELECT root_id FROM capture WHERE id = ?", (self.capture_id,)).fetchone()
        if named == reading.root_id:
            return
        name_capture(connection, self.capture_id, reading)
        (root_id,) = connection.execute("SELECT root_id FROM thread WHERE id = ?", (self.thread_id,)).fetchone()
        if root_id == named:
            move_root(connection, self.thread_id, reading)
            refresh_thread(connection, self.thread_id)
        self.whole = is_of_whole_thread(connection, self.thread_id, reading)

    # The end

    def describe(self, reading: Reading) -> None:
        """Keep the verdict of what has come so far, for the capture and with it for the thread."""
        self.found = len(reading.posts) or self.found
        with self.library.transaction() as connection:
            connection.execute(
                "UPDATE capture SET verdict = ?, reasons = ?, problems = ?, claimed = ?, found = ? WHERE id = ?",
                (
                    *verdict_columns(reading, self.refused.values()),
                    reading.claimed if self.whole else None,
                    self.found,
                    self.capture_id,
                ),
            )
            if self.whole:
                update_thread(connection, self.thread_id, reading)

    def finish(self, reading: Reading, made: orders.Orders | None = None) -> KeptCapture:
        """Close the capture with the verdict of all of it; `made` are the thread's orders, where they are known."""
        with self.library.transaction() as connection:
            if self.loose:
                set_depths_and_parents(connection, self.thread_id)
            self._note_smaller_counts(connection)
            self.describe(reading)
            connection.execute("UPDATE capture SET finished = 1 WHERE id = ?", (self.capture_id,))
            come = visits.finish_visit(connection, self.thread_id, self.capture_id, whole=self.whole)
            for sort, both in (made or {}).items():
                orders.keep_orders(connection, self.thread_id, sort, both)
            learn_of_root(connection, self.thread_id)
            added = self._added()
            self.thread_id = settle_thread(self.library, self.thread_id)
            self.new -= added - self._added()
        named = connection.execute("SELECT root_id FROM thread WHERE id = ?", (self.thread_id,)).fetchone()
        return KeptCapture(
            self.thread_id,
            self.new,
            self.changed,
            edited=come.edited,
            gone=come.gone,
            problems=tuple(self.refused.values()),
            since=come.since,
            root_id=named[0] if named else "",
        )

    def _added(self) -> int:
        """How many posts the capture was the first to bring."""
        row = self.library.connection.execute("SELECT added FROM capture WHERE id = ?", (self.capture_id,)).fetchone()
        return int(row[0] or 0)

    def _note_smaller_counts(self, connection: Connection) -> None:
        """Say so where only a file's date puts this capture in order, and counts speak against it."""
        is_smaller = " OR ".join(f"o.{name} < p.{name}" for name in COUNT_NAMES)
        (smaller,) = connection.execute(
            "SELECT count(*) FROM capture c JOIN post p ON p.thread_id = c.thread_id AND p.observed NOT NULL "
            f"JOIN observation o ON o.post = p.seq AND o.capture_id = c.id WHERE c.id = ? AND c.captured_from = ? "
            f"AND ({is_smaller})",
            (self.capture_id, CapturedFrom.FILE),
        ).fetchone()
        if smaller:
            self.refused["counts"] = Problem("payload", Reason(ReasonCode.COUNTS_SMALLER, (smaller,)))


class _PostsAreKnown(Exception):
    """The thread has some of a slice's posts already."""


def _check_all_new(inserted: int, wanted: int) -> None:
    """Raise where the thread had some of the posts."""
    if inserted < wanted:
        raise _PostsAreKnown


def begin_capture(
    library: Library, thread_id: int | None, payload: Payload, payload_id: int, reading: Reading, visit: Visit
) -> CaptureInProgress:
    """Open a capture that says what `reading` does; of a new thread where `thread_id` is None."""
    connection = library.connection
    thread_id = thread_id or new_thread(connection, reading)
    (posts,) = connection.execute("SELECT posts FROM thread WHERE id = ?", (thread_id,)).fetchone()
    capture_id = add_capture(connection, thread_id, payload, payload_id, reading, visit, finished=False)
    whole = is_of_whole_thread(connection, thread_id, reading)
    return CaptureInProgress(library, thread_id, capture_id, payload_id, whole, loose=posts > 0)


def add_capture(
    connection: Connection,
    thread_id: int | None,
    payload: Payload,
    payload_id: int,
    reading: Reading,
    visit: Visit,
    *,
    finished: bool,
) -> int:
    """Add the row of a new capture, which becomes one of the visit's; returns its number."""
    cursor = connection.execute(
        "INSERT INTO capture (thread_id, payload_id, name, read_at, captured_at, format, tool, verdict, reasons, "
        "problems, claimed, found, finished, captured_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            thread_id,
            payload_id,
            storable(payload.name),
            int(time.time()),
            payload.captured_at if reading.captured_at is None else reading.captured_at,
            reading.format,
            reading.tool,
            *verdict_columns(reading),
            reading.claimed,
            len(reading.posts),
            int(finished),
            _captured_from(payload, reading),
        ),
    )
    capture_id = int(cursor.lastrowid or 0)
    name_capture(connection, capture_id, reading)
    return visits.add_to_visit(connection, capture_id, visit)


def name_capture(connection: Connection, capture_id: int, reading: Reading) -> None:
    """Keep by which names a capture knows its thread."""
    connection.execute(
        "UPDATE capture SET site = ?, root_id = ?, address = ? WHERE id = ?",
        (reading.site, reading.root_id, address_key(reading.url), capture_id),
    )


def _captured_from(payload: Payload, reading: Reading) -> CapturedFrom | None:
    """What says when the capture was made; None where nothing does."""
    if reading.captured_at is not None:
        return CapturedFrom.PAYLOAD
    return None if payload.captured_at is None else payload.captured_from


def verdict_columns(reading: Reading, more: Iterable[Problem] = ()) -> tuple[str, str, str]:
    """A reading's verdict, its reasons and what was left out or mended, as they are kept with a capture."""
    return reading.verdict, reasons_column(reading.reasons), problems_column((*reading.problems, *more))


def prepare_views(library: Library, thread_id: int) -> None:
    """Make ready what views of a thread need, now that its posts have changed: orders, and which are alike."""
    orders.prepare_orders(library, thread_id)
    duplicates.find_duplicates_if_small(library, thread_id)
