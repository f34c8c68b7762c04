"""What the captures said of posts, where they differ."""

from collections import defaultdict
from collections.abc import Sequence

from core.counts import COUNT_NAMES
from core.library import rechecks
from core.library.database import Library
from core.thread.history import History, Observation

_CHUNK = 500
"""Parameters in one IN list."""
_AT = "coalesce(c.captured_at, c.read_at)"
_COUNTS = ", ".join(f"o.{name}" for name in COUNT_NAMES)


def histories(library: Library, seqs: Sequence[int]) -> dict[int, History]:
    """The histories of those of the posts that have one."""
    found: dict[int, History] = {}
    for start in range(0, len(seqs), _CHUNK):
        some = tuple(seqs[start : start + _CHUNK])
        among = ",".join("?" * len(some))
        observed: dict[int, list[Observation]] = defaultdict(list)
        for row in library.connection.execute(
            f"SELECT o.post, {_AT}, coalesce(o.text, p.text), o.status, coalesce(o.author, p.author), "
            f"coalesce(o.author_name, p.author_name), {_COUNTS} FROM observation o "
            "JOIN post p ON p.seq = o.post JOIN capture c ON c.id = o.capture_id "
            f"WHERE o.post IN ({among}) ORDER BY o.post, {_AT}, c.id",
            some,
        ):
            counts = dict(zip(COUNT_NAMES, row[6:], strict=True))
            observed[row[0]].append(Observation(*row[1:6], **counts))
        looks = rechecks.newest_findings(library, some)
        for seq, added, gone in library.connection.execute(
            f"SELECT p.seq, CASE WHEN b.visit = t.visit THEN (SELECT max({_AT}) FROM capture c "
            "WHERE c.thread_id = t.id AND c.visit = t.visit_before) END, "
            f"(SELECT {_AT} FROM capture c WHERE c.id = p.gone) "
            "FROM post p JOIN thread t ON t.id = p.thread_id JOIN capture b ON b.id = p.capture_id "
            f"WHERE p.seq IN ({among})",
            some,
        ):
            if seq in observed or seq in looks or added is not None or gone is not None:
                found[seq] = History(tuple(observed.get(seq, ())), added, gone, looks.get(seq))
    return found
