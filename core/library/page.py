"""A page of quotes with all that is shown beside them, as one question."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.counts import COUNT_NAMES, count_values
from core.library.database import Library, in_chunks
from core.library.named_columns import NamedColumns
from core.library.newer_texts import newer_texts
from core.library.rechecks import NEWEST_RECHECK
from core.library.rows import QUOTE, QUOTE_TABLES, quote_from, tags_of
from core.models import Quote, TextLoss
from core.thread.history import History, Observation, RecheckedState

_AT = "coalesce(c.captured_at, c.read_at)"
"""When a capture was made, as far as that is known."""
_PAGE = NamedColumns(
    {
        **QUOTE,
        "parent": "q.seq",
        "added_after": f"CASE WHEN b.visit = h.visit THEN (SELECT max({_AT}) FROM capture c "
        "WHERE c.thread_id = h.id AND c.visit = h.visit_before) END",
        "gone_at": f"(SELECT {_AT} FROM capture c WHERE c.id = p.gone)",
        "rechecked_at": "r.at",
        "recheck": "r.outcome",
        "recheck_detail": "r.detail",
    }
)
_PAGE_TABLES = f"""
{QUOTE_TABLES}
LEFT JOIN post q ON q.thread_id = p.thread_id AND q.id = p.parent_id
LEFT JOIN recheck r ON r.id = {NEWEST_RECHECK}
"""
_WITH_PARENTS = """
SELECT s.seq FROM post s WHERE s.seq IN ({among}) UNION SELECT q.seq FROM post s
JOIN post q ON q.thread_id = s.thread_id AND q.id = s.parent_id WHERE s.seq IN ({among})
"""
_OBSERVATION = NamedColumns(
    {
        "post": "o.post",
        "at": _AT,
        "text": "coalesce(o.text, p.text)",
        "losses": "CASE WHEN o.text IS NULL THEN p.losses ELSE o.losses END",
        "status": "o.status",
        "author": "coalesce(o.author, p.author)",
        "name": "coalesce(o.author_name, p.author_name)",
        **{name: f"o.{name}" for name in COUNT_NAMES},
    }
)


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with what is shown beside it."""

    quote: Quote
    parent: Quote | None
    """The post that it answers, where that was captured."""
    history: History | None
    """What captures and rechecks said of it, where they say anything."""

    @property
    def look(self) -> RecheckedState | None:
        """The newest recheck that said anything of it."""
        return None if self.history is None else self.history.look


def quote_rows(library: Library, seqs: Sequence[int], lang: str) -> list[QuoteRow]:
    """The posts `seqs` with their marks, translations into `lang`, parents and histories, in the order asked for."""
    rows: dict[int, Any] = {}
    for some, among in in_chunks(seqs):
        found = library.connection.execute(
            f"SELECT {_PAGE.sql} FROM {_PAGE_TABLES} WHERE p.seq IN ({_WITH_PARENTS.format(among=among)})",
            (lang, *some, *some),
        )
        rows.update((row.seq, row) for row in _PAGE.named(found))
    tags = tags_of(library, tuple(rows))
    newer = newer_texts(library, rows.values())
    quotes = {seq: quote_from(row, tags.get(seq, ()), lang, newer.get(seq)) for seq, row in rows.items()}
    observed = _observations(library, [seq for seq in seqs if seq in rows and rows[seq].observed is not None])
    return [
        QuoteRow(quotes[seq], quotes.get(rows[seq].parent), _history(rows[seq], observed.get(seq, ())))
        for seq in seqs
        if seq in rows
    ]


def _observations(library: Library, seqs: Sequence[int]) -> dict[int, list[Observation]]:
    """What captures said of posts that they differed in, the oldest first."""
    found: dict[int, list[Observation]] = defaultdict(list)
    for some, among in in_chunks(seqs):
        rows = library.connection.execute(
            f"SELECT {_OBSERVATION.sql} FROM observation o "
            "JOIN post p ON p.seq = o.post JOIN capture c ON c.id = o.capture_id "
            f"WHERE o.post IN ({among}) ORDER BY o.post, {_AT}, c.id",
            tuple(some),
        )
        for row in _OBSERVATION.named(rows):
            counts: dict[str, Any] = dict(zip(COUNT_NAMES, count_values(row), strict=True))
            losses = None if row.losses is None else TextLoss(row.losses)
            found[row.post].append(Observation(row.at, row.text, row.status, row.author, row.name, losses, **counts))
    return found


def _history(row: Any, observations: Sequence[Observation]) -> History | None:
    """What a row of the page and its observations say of a post, or None where that is nothing."""
    recheck = None
    if row.recheck is not None:
        recheck = RecheckedState(row.rechecked_at, row.recheck, row.recheck_detail)
    if not observations and recheck is None and row.added_after is None and row.gone_at is None:
        return None
    return History(tuple(observations), row.added_after, row.gone_at, recheck)
