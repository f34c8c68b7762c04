"""What captures say of a post that is there already: each difference is kept with its date, and nothing is lost.

The truest text of a wording is shown, whichever capture brought it, unless an excerpt or a translation is made of
another; where the author has edited a post, the wording that was captured first stays. The counts that are shown are
the newest by the captures' dates, in whatever order they are imported; where nothing but a file's date tells them
apart, the largest. What had not been known is filled, and is no change.
"""

from collections.abc import Sequence, Set
from sqlite3 import Connection
from typing import NamedTuple

from core.counts import COUNT_NAMES, count_values
from core.library.captures.bound_texts import bound_texts
from core.library.captures.known_posts import KnownPost, known_posts, text_version
from core.library.captures.merged_counts import Precedence, differing, merged_counts, without_rounded
from core.library.captures.post_flags import flag_posts, unflag_where
from core.models import CapturedFrom, Flag, LangFrom, Post, PostStatus
from core.text.matching import folded_if_other
from core.text.names import is_same_account, is_same_name
from core.text.versions import OF_THE_TEXT, Relation, is_truer, text_relation

_COUNTS = ", ".join(COUNT_NAMES)
_SET_COUNTS = ", ".join(f"{name} = ?" for name in COUNT_NAMES)
_OF_THE_AUTHOR = {Flag.AUTHOR_UNKNOWN, Flag.AUTHOR_LINK, Flag.AUTHOR_NAME, Flag.AUTHOR_ROOT, Flag.MIXED_SCRIPT}


class Difference(NamedTuple):
    """What comparing a post with a later capture has shown."""

    changed: bool = False
    edited: bool = False


class _Comparison(NamedTuple):
    """A post of a capture beside what is known of it."""

    is_late: bool
    """Whether the capture was made before one that the post has."""
    to_shown: Relation
    to_last: Relation
    is_truer: bool
    """Whether its text is a truer one of the wording that is shown."""
    is_shown: bool
    """Whether that is to be shown from now on."""
    edited: bool
    """Whether the author has changed the text."""
    other_author: str | None
    other_name: str | None
    counts: tuple[int | None, ...]
    """The counts to show."""
    said: tuple[int | None, ...]
    """The counts that the capture gives, filled with what was known before it."""
    changed: bool
    """Whether the post is another than before, and not only better known."""
    differs: bool
    """Whether the capture says anything else of it."""


class CaptureComparison:
    """Compares the posts of one capture with those that the thread has already, and keeps each difference."""

    def __init__(self, connection: Connection, thread_id: int, capture_id: int) -> None:
        self._connection, self._thread_id, self._capture_id = connection, thread_id, capture_id
        self._at, captured_from, self._format = connection.execute(
            "SELECT captured_at, captured_from, format FROM capture WHERE id = ?", (capture_id,)
        ).fetchone()
        self._is_guessed = captured_from == CapturedFrom.FILE
        tools = connection.execute(
            "SELECT DISTINCT format, tool FROM capture WHERE thread_id = ? AND (found OR id = ?)",
            (thread_id, capture_id),
        ).fetchall()
        self._alike = len(tools) == 1
        self._bound: frozenset[int] | None = None

    def seen(self, ids: Sequence[str]) -> dict[str, KnownPost]:
        """The posts with these ids, as far as the thread has them."""
        return known_posts(self._connection, self._thread_id, ids)

    def observe(self, seen: KnownPost, post: Post) -> Difference:
        """Keep what differs from what is known of the post, fill what is not known, and show what is truer or newer."""
        if seen.author is None or seen.name is None:
            seen = self._named(seen, post)
        found = self._compared(seen, post)
        is_other_text = found.is_truer and seen.text != post.text
        if found.differs or is_other_text:
            self._keep(seen, None, None, seen.counts, seen.status, seen.capture_id)
        if found.is_shown:
            self._show(seen, post)
        if found.differs:
            self._keep_post(seen, post, found)
        if found.differs or found.counts != seen.counts:
            self._update(seen, post, found)
        # In one capture, nobody can say which of two texts is the newer one.
        twice = self._capture_id == (seen.observed or seen.capture_id)
        if found.edited:
            flag_posts(self._connection, (seen.seq,), (Flag.CONFLICT if twice else Flag.EDITED,))
        return Difference(found.changed and not found.is_late, found.edited and not found.is_late and not twice)

    def _compared(self, seen: KnownPost, post: Post) -> _Comparison:
        """A post beside what is known of it."""
        to_shown, to_last, is_truer = self._texts(seen, post)
        given = count_values(post)
        if Flag.ROUNDED_COUNTS in post.flags and not seen.has_flag(Flag.ROUNDED_COUNTS):
            given = without_rounded(seen.counts, given)
        precedence = self._precedence(seen, post)
        counts = merged_counts(seen.counts, given, precedence)
        is_late = self._is_late(seen)
        said = given if is_late else counts
        if precedence is not Precedence.GIVEN and not is_late:
            said = merged_counts(seen.counts, given, Precedence.GIVEN)
        author, name = _other_handle(seen.last_author, post.author), _other_name(seen.last_name, post.author_name)
        # Counts that were in doubt and are not any more have become known.
        was_doubtful = seen.has_flag(Flag.DOUBTFUL_COUNTS) and Flag.DOUBTFUL_COUNTS not in post.flags
        moved = counts != seen.counts and not was_doubtful and any(differing(seen.counts, counts))
        # A text that goes on from a stump of another wording than the one that is shown is no part of that either.
        edited = to_last is Relation.EDITED or (to_shown is Relation.EDITED and to_last is Relation.FULLER)
        # Tools write names in ways of their own.
        renamed = author is not None or (name is not None and self._alike)
        changed = edited or moved or seen.status != post.status or renamed
        is_shown = is_truer and (seen.text == post.text or seen.seq not in self.bound)
        is_other_text = to_shown is Relation.FULLER or (is_truer and not is_shown)
        return _Comparison(
            is_late=is_late,
            to_shown=to_shown,
            to_last=to_last,
            is_truer=is_truer,
            is_shown=is_shown,
            edited=edited,
            other_author=_other_handle(seen.author, post.author),
            other_name=_other_name(seen.name, post.author_name),
            counts=counts,
            said=said,
            changed=changed,
            differs=changed or name is not None or is_other_text or any(differing(seen.counts, given)),
        )

    def _texts(self, seen: KnownPost, post: Post) -> tuple[Relation, Relation, bool]:
        """How a text stands to the one that is shown and to the last one, and whether it is truer than that."""
        if post.text == seen.text == seen.last_text and int(post.losses) == seen.losses:
            return Relation.SAME, Relation.SAME, False
        shown, given = seen.shown, text_version(post, self._format)
        if not post.text and post.status is not PostStatus.LIVE:
            # A text that did not come says nothing.
            return Relation.SAME, Relation.SAME, False
        to_shown = text_relation(shown, given, alike=self._alike)
        to_last = to_shown
        if seen.last_text != seen.text:
            to_last = text_relation(seen.last, given, alike=self._alike)
        is_fuller = to_shown is Relation.FULLER
        return to_shown, to_last, is_fuller or (to_shown is Relation.SAME and is_truer(given, shown))

    def _is_late(self, seen: KnownPost) -> bool:
        """Whether this capture was made before what is known of a post."""
        return self._at is not None and seen.at is not None and self._at < seen.at

    def _precedence(self, seen: KnownPost, post: Post) -> Precedence:
        """Whose counts are shown, by the captures' dates and by what is doubtful."""
        was, now = seen.has_flag(Flag.DOUBTFUL_COUNTS), Flag.DOUBTFUL_COUNTS in post.flags
        if was != now:
            return Precedence.GIVEN if was else Precedence.KNOWN
        if self._at is None or seen.at is None:
            return Precedence.GIVEN
        # A file is never older than what is in it, but may be a late copy.
        if self._at == seen.at or (self._is_guessed if self._at > seen.at else seen.is_guessed):
            return Precedence.LARGEST
        return Precedence.KNOWN if self._at < seen.at else Precedence.GIVEN

    def _keep_post(self, seen: KnownPost, post: Post, found: _Comparison) -> None:
        """Keep what this capture says of the post, as far as that is not what is shown."""
        is_other = found.to_shown is Relation.EDITED or (found.is_truer and not found.is_shown)
        text = text_version(post, self._format) if is_other and post.text != seen.text else None
        self._keep(
            seen,
            text and text.text,
            text and int(post.losses),
            found.said,
            post.status,
            self._capture_id,
            found.other_author,
            found.other_name,
        )

    def _keep(
        self,
        seen: KnownPost,
        text: str | None,
        losses: int | None,
        counts: Sequence[int | None],
        status: str,
        capture_id: int,
        author: str | None = None,
        name: str | None = None,
    ) -> None:
        """Keep an observation, unless this capture has one already; None is what the post shows."""
        self._connection.execute(
            "INSERT OR IGNORE INTO observation "
            f"(post, capture_id, text, losses, status, author, author_name, {_COUNTS}) "
            f"VALUES (?, ?, ?, ?, ?, ?, ?{', ?' * len(COUNT_NAMES)})",
            (seen.seq, capture_id, text, losses, status, author, name, *counts),
        )

    def _update(self, seen: KnownPost, post: Post, found: _Comparison) -> None:
        """Show the counts and the status that are the newest, and remember which capture differed last."""
        is_last = found.changed and not found.is_late
        observed = self._capture_id if is_last else seen.observed or (seen.capture_id if found.differs else None)
        self._connection.execute(
            f"UPDATE post SET {_SET_COUNTS}, status = ?, observed = ? WHERE seq = ?",
            (*found.counts, seen.status if found.is_late else post.status, observed, seen.seq),
        )
        if seen.has_flag(Flag.DOUBTFUL_COUNTS) and Flag.DOUBTFUL_COUNTS not in post.flags:
            unflag_where(self._connection, Flag.DOUBTFUL_COUNTS, "seq = ?", (seen.seq,))

    def _show(self, seen: KnownPost, post: Post) -> None:
        """Show a truer text; the one that was shown stays with the captures that had it."""
        if post.text != seen.text:
            self._connection.execute(
                "UPDATE observation SET text = ?, losses = ? WHERE post = ? AND text IS NULL",
                (seen.text, seen.losses, seen.seq),
            )
        self._connection.execute(
            "UPDATE post SET text = ?, folded = ?, flags = ?, losses = ?, observed = coalesce(observed, ?) "
            "WHERE seq = ?",
            (
                post.text,
                None if post.text.isascii() else folded_if_other(post.text),
                _joined(seen.flags, post, OF_THE_TEXT),
                int(post.losses),
                None if post.text == seen.text else seen.capture_id,
                seen.seq,
            ),
        )
        if post.lang is not None and post.lang_from not in (None, LangFrom.SOURCE):
            # What was guessed of a poorer text.
            self._connection.execute(
                "UPDATE post SET lang = ?, lang_from = ? WHERE seq = ? AND lang_from NOT NULL",
                (post.lang, post.lang_from, seen.seq),
            )

    def _named(self, seen: KnownPost, post: Post) -> KnownPost:
        """Fill in who the author is, or their name; returns what is known then."""
        author, name = seen.author or post.author, seen.name
        if name is None and (post.author is None or is_same_account(author or "", post.author)):
            name = post.author_name
        if (author, name) == (seen.author, seen.name):
            return seen
        flags = seen.flags if seen.author == author else _joined(seen.flags, post, _OF_THE_AUTHOR)
        self._connection.execute(
            "UPDATE post SET author = ?, author_name = ?, folded_name = ?, flags = ? WHERE seq = ?",
            (author, name, None if name is None or name.isascii() else folded_if_other(name), flags, seen.seq),
        )
        last_author, last_name = seen.last_author or author, seen.last_name or name
        return seen._replace(author=author, name=name, flags=flags, last_author=last_author, last_name=last_name)

    @property
    def bound(self) -> frozenset[int]:
        """The posts whose text may not change."""
        if self._bound is None:
            self._bound = bound_texts(self._connection, self._thread_id)
        return self._bound


def _joined(before: str, post: Post, kind: Set[Flag]) -> str:
    """A post's flags, of which those of one kind are taken from another capture."""
    kept = [flag for flag in before.split() if flag not in kind]
    return " ".join(dict.fromkeys((*kept, *(flag.value for flag in post.flags if flag in kind))))


def _other_handle(known: str | None, given: str | None) -> str | None:
    """The handle that was given, where it is another than the known one."""
    return None if known is None or given is None or is_same_account(known, given) else given


def _other_name(known: str | None, given: str | None) -> str | None:
    """The display name that was given, where it is another than the known one."""
    return None if known is None or given is None or is_same_name(known, given) else given
