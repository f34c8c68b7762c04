"""What captures say of a post that is there already: each difference is kept with its date, and nothing is lost.

The text that was captured first stays, for excerpts and translations are made of it. Only where a tool had cut it off,
and nothing has been made of it, does the whole text take its place: a quotation should be what the author said.
The counts and the status that are shown are the newest by the captures' dates, in whatever order they are imported.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from sqlite3 import Connection
from typing import NamedTuple

from core.counts import COUNT_NAMES, count_values
from core.library.database import in_chunks
from core.models import Flag, Post
from core.text.matching import folded_if_other
from core.text.names import is_same_account, is_same_name
from core.text.versions import Relation, text_relation

_COUNTS = ", ".join(COUNT_NAMES)
_SET_COUNTS = ", ".join(f"{name} = ?" for name in COUNT_NAMES)
_CUTTING = frozenset({"x-tweet-fetcher"})
"""Formats whose tool cuts off texts in one of its versions and not in another."""
_OF_THE_TEXT = {Flag.BIDI, Flag.INVISIBLE, Flag.CONTROL, Flag.CUT, Flag.DAMAGED_TEXT}
_OF_THE_AUTHOR = {Flag.AUTHOR_UNKNOWN, Flag.AUTHOR_LINK, Flag.AUTHOR_NAME, Flag.AUTHOR_ROOT, Flag.MIXED_SCRIPT}


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that the thread has already, as far as a later capture is compared with it."""

    id: str
    seq: int
    capture_id: int
    """The capture that brought it."""
    observed: int | None
    """The capture that differed last."""
    text: str
    status: str
    author: str | None
    name: str | None
    flags: str
    last_text: str
    """The text, author and name of the capture that differed last."""
    last_author: str | None
    last_name: str | None
    at: int | None
    """When the newest of these captures was made."""
    counts: tuple[int | None, ...]
    """In the order of COUNTS."""


_KNOWN_POST = {
    "id": "p.id",
    "seq": "p.seq",
    "capture_id": "p.capture_id",
    "observed": "p.observed",
    "text": "p.text",
    "status": "p.status",
    "author": "p.author",
    "name": "p.author_name",
    "flags": "p.flags",
    "last_text": "coalesce(o.text, p.text)",
    "last_author": "coalesce(o.author, p.author)",
    "last_name": "coalesce(o.author_name, p.author_name)",
    "at": "max(coalesce(f.captured_at, l.captured_at), coalesce(l.captured_at, f.captured_at))",
}
"""What is read of a known post besides its counts, by the fields of KnownPost."""
_KNOWN_POSTS = (
    f"SELECT {', '.join(_KNOWN_POST[field.name] for field in fields(KnownPost) if field.name != 'counts')}, "
    f"{', '.join(f'p.{name}' for name in COUNT_NAMES)} "
    "FROM post p JOIN capture f ON f.id = p.capture_id LEFT JOIN capture l ON l.id = p.observed "
    "LEFT JOIN observation o ON o.post = p.seq AND o.capture_id = p.observed"
)


class Difference(NamedTuple):
    """What comparing a post with a later capture has shown."""

    changed: bool = False
    edited: bool = False


class CaptureComparison:
    """Compares the posts of one capture with those that the thread has already, and keeps each difference."""

    def __init__(self, connection: Connection, thread_id: int, capture_id: int) -> None:
        self._connection, self._thread_id, self._capture_id = connection, thread_id, capture_id
        (self._at,) = connection.execute("SELECT captured_at FROM capture WHERE id = ?", (capture_id,)).fetchone()
        tools = connection.execute(
            "SELECT DISTINCT format, tool FROM capture WHERE thread_id = ? AND (found OR id = ?)",
            (thread_id, capture_id),
        ).fetchall()
        # Where several tools were at work, a text that has grown was mostly cut before.
        self._alike = len(tools) == 1 and tools[0][0] not in _CUTTING
        self._bound: frozenset[int] | None = None

    def seen(self, ids: Sequence[str]) -> dict[str, KnownPost]:
        """The posts with these ids, as far as the thread has them."""
        found: dict[str, KnownPost] = {}
        for some, among in in_chunks(ids):
            for row in self._connection.execute(
                f"{_KNOWN_POSTS} WHERE p.thread_id = ? AND p.id IN ({among})", (self._thread_id, *some)
            ):
                values = (*row[: len(_KNOWN_POST)], row[len(_KNOWN_POST) :])
                known = KnownPost(*values)
                found[known.id] = known
        return found

    def observe(self, seen: KnownPost, post: Post) -> Difference:
        """Keep what differs from what is known of the post, fill what is not known, and show what is newer."""
        late = self._at is not None and seen.at is not None and self._at < seen.at
        given = count_values(post)
        older, newer = (given, seen.counts) if late else (seen.counts, given)
        counts = tuple(old if new is None else new for old, new in zip(older, newer, strict=True))
        to_shown = self._relation(seen.text, post.text)
        to_last = to_shown if seen.last_text == seen.text else self._relation(seen.last_text, post.text)
        author, name = _other_handle(seen.author, post.author), _other_name(seen.name, post.author_name)
        if seen.author is None or seen.name is None:
            self._name(seen, post)
        whole = to_shown is Relation.FULLER and seen.seq not in self.bound
        differs = (
            to_last in (Relation.EDITED, Relation.FULLER)
            or any(new not in (None, old) for old, new in zip(seen.counts, given, strict=True))
            or seen.status != post.status
            or _other_handle(seen.last_author, post.author) is not None
            or _other_name(seen.last_name, post.author_name) is not None
        )
        if differs:
            self._keep(seen, None, seen.counts, seen.status, seen.capture_id)
        if whole:
            self._show_whole(seen, post)
        if not differs:
            return Difference()
        apart = to_shown in (Relation.EDITED, Relation.FULLER) and not whole
        said = post.text if apart else None
        self._keep(seen, said, given if late else counts, post.status, self._capture_id, author, name)
        self._connection.execute(
            f"UPDATE post SET {_SET_COUNTS}, status = ?, observed = ? WHERE seq = ?",
            (
                *counts,
                seen.status if late else post.status,
                (seen.observed or seen.capture_id) if late else self._capture_id,
                seen.seq,
            ),
        )
        edited = to_last is Relation.EDITED
        # In one capture, nobody can say which of two texts is the newer one.
        twice = self._capture_id == (seen.observed or seen.capture_id)
        if edited:
            self._warn(seen, Flag.CONFLICT if twice else Flag.EDITED)
        return Difference(not late, edited and not late and not twice)

    def _relation(self, earlier: str, later: str) -> Relation:
        """How a text that came now stands to one that was there; one that did not come says nothing."""
        return Relation.SAME if not later or later == earlier else text_relation(earlier, later, alike=self._alike)

    def _keep(
        self,
        seen: KnownPost,
        text: str | None,
        counts: Sequence[int | None],
        status: str,
        capture_id: int,
        author: str | None = None,
        name: str | None = None,
    ) -> None:
        """Keep an observation, unless this capture has one already; None is what the post shows."""
        self._connection.execute(
            f"INSERT OR IGNORE INTO observation (post, capture_id, text, status, author, author_name, {_COUNTS}) "
            f"VALUES (?, ?, ?, ?, ?, ?{', ?' * len(COUNT_NAMES)})",
            (seen.seq, capture_id, text, status, author, name, *counts),
        )

    def _show_whole(self, seen: KnownPost, post: Post) -> None:
        """Show the text of which what is shown was only the beginning; that one stays with its captures."""
        self._connection.execute(
            "UPDATE observation SET text = ? WHERE post = ? AND text IS NULL", (seen.text, seen.seq)
        )
        self._connection.execute(
            "UPDATE post SET text = ?, folded = ?, flags = ? WHERE seq = ?",
            (
                post.text,
                None if post.text.isascii() else folded_if_other(post.text),
                _joined(seen.flags, post, _OF_THE_TEXT),
                seen.seq,
            ),
        )

    def _name(self, seen: KnownPost, post: Post) -> None:
        """Fill in who the author is, or their name."""
        author, name = seen.author or post.author, seen.name
        if name is None and (post.author is None or is_same_account(author or "", post.author)):
            name = post.author_name
        if (author, name) != (seen.author, seen.name):
            flags = seen.flags if seen.author == author else _joined(seen.flags, post, _OF_THE_AUTHOR)
            self._connection.execute(
                "UPDATE post SET author = ?, author_name = ?, folded_name = ?, flags = ? WHERE seq = ?",
                (author, name, None if name is None or name.isascii() else folded_if_other(name), flags, seen.seq),
            )

    def _warn(self, seen: KnownPost, flag: Flag) -> None:
        """Flag the post as one that has two texts."""
        self._connection.execute(
            "UPDATE post SET flags = trim(flags || ' ' || ?1) "
            "WHERE seq = ?2 AND instr(' ' || flags || ' ', ' ' || ?1 || ' ') = 0",
            (flag, seen.seq),
        )

    @property
    def bound(self) -> frozenset[int]:
        """The posts of whose text an excerpt or a translation is made, or would be after an undo or a redo."""
        if self._bound is None:
            self._bound = _bound(self._connection, self._thread_id)
        return self._bound


def _joined(before: str, post: Post, kind: set[Flag]) -> str:
    """A post's flags, of which those of one kind are taken from another capture."""
    kept = [flag for flag in before.split() if flag not in kind]
    return " ".join(dict.fromkeys((*kept, *(flag.value for flag in post.flags if flag in kind))))


def _other_handle(known: str | None, given: str | None) -> str | None:
    """The handle that was given, where it is another than the known one."""
    return None if known is None or given is None or is_same_account(known, given) else given


def _other_name(known: str | None, given: str | None) -> str | None:
    """The display name that was given, where it is another than the known one."""
    return None if known is None or given is None or is_same_name(known, given) else given


def _bound(connection: Connection, thread_id: int) -> frozenset[int]:
    """See `CaptureComparison.bound`; the journal knows what an undo or a redo would bring."""
    found = {
        seq
        for (seq,) in connection.execute(
            "SELECT m.post FROM mark m CROSS JOIN post p ON p.seq = m.post "
            "WHERE p.thread_id = ?1 AND m.excerpt != '[]' UNION "
            " SELECT t.post FROM translation t CROSS JOIN post p ON p.seq = t.post WHERE p.thread_id = ?1",
            (thread_id,),
        )
    }
    for (changes,) in connection.execute(
        "SELECT changes FROM journal WHERE thread_id = ? "
        "AND (instr(changes, 'excerpt') OR instr(changes, 'translation'))",
        (thread_id,),
    ):
        for table, key, before, after in json.loads(changes):
            if table == "translation" or (table == "mark" and "excerpt" in {**(before or {}), **(after or {})}):
                found.add(key[0])
    return frozenset(found)
