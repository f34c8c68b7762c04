"""What is read of one slice of a large payload, in a form that goes from one process to another in no time."""

import marshal
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.counts import SORTED_COUNTS
from core.library.captures.merging import depths
from core.library.orders import COLUMNS
from core.library.rows import POST_COLUMNS, post_row
from core.models import Flag, Payload, Problem, Reading, TextLoss, Verdict
from core.readers import detect, finish_for
from core.readers.kit.document import decode
from core.readers.kit.json_parts import without_gc
from core.reasons import reason_from, reasons_from

_PLACES = {name: place for place, name in enumerate(POST_COLUMNS)}
_SORTED_BY = {**{name: name for name in SORTED_COUNTS}, "time": "posted_at"}
_TEXT, _FOLDED, _AUTHOR = _PLACES["text"], _PLACES["folded"], _PLACES["author"]
_KEY = 32
"""Characters of a text that a sort compares."""


@dataclass(frozen=True, slots=True)
class ReadSlice:
    """A slice's posts as rows, and what the slice says of its thread."""

    reading: Reading
    """Without posts; its verdict is the reader's own, which does not count them."""
    rows: Sequence[tuple[object, ...]]
    """As `core.library.rows.POST_COLUMNS` has them; positions count from the slice's beginning."""
    values: Mapping[str, Sequence[Any]]
    """What each sort compares, row by row; see `core.library.orders.COLUMNS`."""
    loose: bool
    """Whether a post answers one that is not in the slice."""

    def to_bytes(self) -> bytes:
        """The slice as bytes, for another process; `read_slice_from` reads them."""
        one = self.reading
        told = (
            one.format,
            one.root_id,
            one.tool,
            one.url,
            one.root_author,
            one.claimed,
            str(one.verdict),
            [reason.as_data() for reason in one.reasons],
            tuple((problem.place, problem.reason.as_data()) for problem in one.problems),
            one.captured_at,
            one.site,
            int(one.losses),
        )
        return marshal.dumps((told, list(self.rows), dict(self.values), self.loose))


def read_slice_from(data: bytes) -> ReadSlice:
    """The part that `to_bytes` made bytes of."""
    told, rows, values, loose = marshal.loads(data)
    format, root_id, tool, url, root_author, claimed, verdict, reasons, problems, captured_at, site, losses = told
    reading = Reading(
        format=format,
        root_id=root_id,
        posts=(),
        tool=tool,
        url=url,
        root_author=root_author,
        claimed=claimed,
        verdict=Verdict(verdict),
        reasons=reasons_from(reasons),
        problems=tuple(Problem(place, reason_from(reason)) for place, reason in problems),
        captured_at=captured_at,
        site=site,
        losses=TextLoss(losses),
    )
    return ReadSlice(reading, rows, values, loose)


def read_slice(payload: Payload, without: Collection[str] = ()) -> tuple[Reading, Reading]:
    """A slice as its reader reads it, and finished; `without` are posts that another slice has. Raises PayloadError.

    The post that was answered often stands in the frame, and so in every slice. The detector of languages would take a
    quarter of the time that all the rest does, and is not asked.
    """
    document = decode(payload)
    found = detect(document)
    assert found is not None, "a payload is cut only where its first slice has a reader"
    with without_gc():
        (raw,) = found.read(document)
        done = finish_for(found, raw, document.captured_at, document.name, detect=False)
    return raw, replace(done, posts=tuple(post for post in done.posts if post.id not in without))


def read_slice_rows(payload: Payload, without: Collection[str] = ()) -> ReadSlice:
    """A slice's part; see `read_slice`. Raises PayloadError where it cannot be read."""
    raw, done = read_slice(payload, without)
    levels = depths({post.id: post.parent_id for post in done.posts}, done.root_id)
    rows = [post_row(post, place, levels[post.id], post.id == done.root_id) for place, post in enumerate(done.posts)]
    reading = replace(done, posts=(), verdict=raw.verdict, reasons=raw.reasons)
    return ReadSlice(reading, rows, _values(rows), any(Flag.ORPHAN in post.flags for post in done.posts))


def _values(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """The values by which each sort compares the rows."""
    found = {sort: [row[_PLACES[column]] for row in rows] for sort, column in _SORTED_BY.items()}
    found["author"] = [None if row[_AUTHOR] is None else _lower(row[_AUTHOR]) for row in rows]
    found["text"] = [_lower((row[_TEXT] if row[_FOLDED] is None else row[_FOLDED])[:_KEY]) for row in rows]
    assert found.keys() == COLUMNS.keys()
    return found


def _lower(text: str) -> str:
    """`text` in lower case as SQLite's `lower` has it, which knows ASCII only."""
    # Bytes are lowered in ASCII alone, and several times faster than through a table of characters.
    return text.lower() if text.isascii() else text.encode().lower().decode()
