"""Texts of which a post shows an older or a poorer wording, because something of the writer's hangs on that."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from core.library.database import Library, in_chunks
from core.models import Flag, TextLoss


class _Observed(NamedTuple):
    """The text that a capture gave."""

    text: str | None
    """None where it is the one that is shown."""
    losses: int | None


def newer_texts(library: Library, rows: Iterable[Any]) -> dict[int, str]:
    """What posts say now, by their seqs: see `Quote.newer_text`; `rows` are rows of `core.library.rows.QUOTE`."""
    shown = {row.seq: row for row in rows if row.observed is not None}
    if not shown:
        return {}
    found: defaultdict[int, list[_Observed]] = defaultdict(list)
    for some, among in in_chunks(tuple(shown)):
        for post, *told in library.connection.execute(
            "SELECT o.post, o.text, o.losses FROM observation o JOIN capture c ON c.id = o.capture_id "
            f"WHERE o.post IN ({among}) ORDER BY o.post, coalesce(c.captured_at, c.read_at), c.id",
            tuple(some),
        ):
            found[post].append(_Observed(*told))
    newer = {seq: _newer_text(shown[seq], told) for seq, told in found.items() if any(one.text for one in told)}
    return {seq: text for seq, text in newer.items() if text is not None}


def _newer_text(row: Any, observed: list[_Observed]) -> str | None:
    """The text of the last capture where that was edited, or a truer one of the wording that is shown."""
    # Its patterns take a while to compile, which a start should not.
    from core.text.spelling import TextVersion
    from core.text.versions import Relation, is_better, text_relation

    def version(text: str, losses: int | None) -> TextVersion:
        return TextVersion(text, None if losses is None else TextLoss(losses))

    shown = version(row.text, row.losses)._replace(flags=row.flags.split())
    others = [version(one.text, one.losses) for one in observed if one.text is not None]
    relations = [text_relation(shown, other, alike=False) for other in others]
    if Flag.EDITED in shown.flags and observed[-1].text is not None and relations[-1] is Relation.EDITED:
        return others[-1].text
    truest = shown
    for other, relation in zip(others, relations, strict=True):
        if relation in (Relation.SAME, Relation.FULLER) and is_better(other, truest):
            truest = other
    return None if truest is shown else truest.text
