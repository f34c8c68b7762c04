"""Counts over a thread's replies, for `core.facts`: one scan for each question, whatever the filter."""

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from sqlite3 import Connection

from core.counts import PLOTTED_COUNTS
from core.facts import CLASSES, MOST, Authors, CountSpread, Scope, Spread, TriageCounts
from core.library.database import Library
from core.library.filter_sql import filter_condition
from core.models import State
from core.text.language_tags import primary_language

_HOUR, _MINUTE = 3_600, 60
_SHORT = 12 * _HOUR
"""A thread that lasted no longer is counted by the minute."""
_LARGE = 20_000
"""Posts above which authors who wrote once are not sorted."""
_IN_FILE_ORDER = "post p INDEXED BY post_by_thread"
"""Every reply is read: another index would jump about in the file."""
_HANDLE = "CASE WHEN length(CAST(p.author AS BLOB)) != length(p.author) THEN fold(p.author) ELSE lower(p.author) END"
"""What the filter compares a handle by."""
_ACCOUNT = f"{_HANDLE} || coalesce('#' || p.author_id, '')"
"""What tells accounts apart: two people may go by one name."""
_RADIX, _UNCOUNTED, _UNTIMED = 64, 63, -(2**40)
"""More than there are classes of a count, and what stands for an unknown count and an unknown hour."""
_INEXACT = "sum(p.time_precision = 'relative'), sum(p.time_precision = 'day')"
"""Replies whose time was reckoned from the capture, and those of which only the day is known."""
_AT = f"coalesce(p.posted_at / {_HOUR}, {_UNTIMED})"


def _class_of(name: str) -> str:
    """The place in CLASSES of a count's value, as SQL."""
    below = " ".join(f"WHEN p.{name} < {above} THEN {n}" for n, (_, above) in enumerate(pairwise(CLASSES)))
    return f"CASE {below} WHEN p.{name} >= {CLASSES[-1]} THEN {len(CLASSES) - 1} ELSE {_UNCOUNTED} END"


def count_facts(library: Library, scope: Scope) -> Iterator[Spread | TriageCounts | Authors]:
    """All counts, each as soon as it is there; a second connection counts the authors at the same time."""
    with ThreadPoolExecutor(1) as threads:
        counting = threads.submit(_handles, library.others(1)[0], scope)
        found = count_spread(library, scope)
        yield found
        yield count_triage(library, scope)
        authors, told, unnamed, most = counting.result()
        yield Authors(found.replies, authors + found.replies - told, unnamed, most)


def count_spread(library: Library, scope: Scope) -> Spread:
    """How the replies spread over time, languages and counts; all but the first count take a scan of their own."""
    connection = library.connection
    first, *others = PLOTTED_COUNTS
    replies, parameters = _replies(scope)
    times: Counter[int] = Counter()
    about: Counter[int] = Counter()
    dated: Counter[int] = Counter()
    languages: Counter[str] = Counter()
    classes: Counter[int] = Counter()
    total, unit = 0.0, _HOUR
    # Hour and class are one number, which sorts faster than two.
    for place, lang, count, guessed, whole_day, known in connection.execute(
        f"SELECT {_AT} * {_RADIX} + {_class_of(first)}, p.lang, count(*), {_INEXACT}, total(p.{first}) {replies} "
        "GROUP BY 1, 2",
        parameters,
    ):
        hour, number = divmod(place, _RADIX)
        languages[primary_language(lang)] += count
        total += known
        if number != _UNCOUNTED:
            classes[CLASSES[number]] += count
        if hour != _UNTIMED:
            times[hour * _HOUR] += count
            about[hour * _HOUR] += guessed
            dated[hour * _HOUR] += whole_day
    if times and max(times) - min(times) < _SHORT:
        times, about, dated, unit = *_by_minute(connection, scope), _MINUTE
    counts = {first: CountSpread(classes, round(total))} | {
        name: _spread_of(connection, scope, name) for name in others
    }
    return Spread(languages.total(), unit, times, +about, languages, counts, +dated)


def _spread_of(connection: Connection, scope: Scope, name: str) -> CountSpread:
    """How one count spreads over the replies."""
    replies, parameters = _replies(scope)
    rows = connection.execute(
        f"SELECT {_class_of(name)}, count(*), total(p.{name}) {replies} GROUP BY 1", parameters
    ).fetchall()
    classes = {CLASSES[number]: count for number, count, _ in rows if number != _UNCOUNTED}
    return CountSpread(classes, round(sum(known for _, _, known in rows)))


def _by_minute(connection: Connection, scope: Scope) -> tuple[Counter[int], Counter[int], Counter[int]]:
    """Replies by the first second of their minute, and those of them whose time is reckoned or a day's."""
    replies, parameters = _replies(scope)
    rows = connection.execute(
        f"SELECT p.posted_at / {_MINUTE} * {_MINUTE}, count(*), {_INEXACT} "
        f"{replies} AND p.posted_at IS NOT NULL GROUP BY 1",
        parameters,
    ).fetchall()
    times, about, dated = ({row[0]: row[column] for row in rows} for column in (1, 2, 3))
    return Counter(times), Counter(about), Counter(dated)


def _handles(connection: Connection, scope: Scope) -> tuple[int, int, int, tuple[tuple[str, int], ...]]:
    """How many authors were sorted, their replies and the unnamed ones, the unnamed, and who wrote most.

    Handles that differ in case only are one. In a large thread those who wrote once are not sorted: they are what is
    left of all replies.
    """
    replies, parameters = _replies(scope)
    (posts,) = connection.execute("SELECT posts FROM thread WHERE id = ?", (scope.thread_id,)).fetchone()
    rows = connection.execute(
        "SELECT author, n, count(author) OVER (), sum(n) OVER (), total(n) FILTER (WHERE author IS NULL) OVER () "
        f"FROM (SELECT nullif(p.author, '') AS author, count(*) AS n {replies} GROUP BY nullif({_ACCOUNT}, '') "
        f"HAVING n >= {2 if posts > _LARGE else 1} OR author IS NULL) ORDER BY n DESC, author LIMIT {MOST + 1}",
        parameters,
    ).fetchall()
    _, _, authors, told, unnamed = rows[0] if rows else (None, 0, 0, 0, 0)
    most = tuple((author, n) for author, n, *_ in rows if author is not None)
    return authors, told, int(unnamed), most[:MOST]


def count_triage(library: Library, scope: Scope) -> TriageCounts:
    """How far the writer is, and what was starred; only what was touched is read."""
    condition, parameters = _condition(scope)
    marked = f"FROM mark m CROSS JOIN post p ON p.seq = m.post WHERE {condition}"
    starred = f"{marked} AND m.state = 'starred'"
    ask = library.connection.execute
    states = ask(f"SELECT m.state, count(*) {marked} AND m.state != 'new' GROUP BY 1", parameters).fetchall()
    languages: Counter[str] = Counter()
    for lang, count in ask(f"SELECT p.lang, count(*) {starred} GROUP BY 1", parameters):
        languages[primary_language(lang)] += count
    sums = ", ".join(f"total(p.{name}), count(*) - count(p.{name})" for name in PLOTTED_COUNTS)
    known = ask(f"SELECT {sums} {starred}", parameters).fetchone()
    twice = ask(
        f"SELECT p.author, count(*) AS n {starred} AND coalesce(p.author, '') != '' "
        f"GROUP BY {_ACCOUNT} HAVING n > 1 ORDER BY n DESC, p.author",
        parameters,
    ).fetchall()
    (untagged,) = ask(
        f"SELECT count(*) {starred} AND NOT EXISTS (SELECT 1 FROM post_tag pt WHERE pt.post = p.seq)", parameters
    ).fetchone()
    return TriageCounts(
        states={State(state): count for state, count in states},
        tags=_tags(library.connection, scope),
        untagged=untagged,
        totals=dict(zip(PLOTTED_COUNTS, map(round, known[::2]), strict=True)),
        unknown=dict(zip(PLOTTED_COUNTS, known[1::2], strict=True)),
        languages=languages,
        twice=tuple(twice),
    )


def _tags(connection: Connection, scope: Scope) -> tuple[tuple[str, int], ...]:
    """Tags in section order, with the replies that carry them."""
    condition, parameters = _condition(scope)
    rows = connection.execute(
        "SELECT g.name, count(*) FROM tag g CROSS JOIN post_tag pt ON pt.tag_id = g.id "
        "CROSS JOIN post p ON p.seq = pt.post "
        f"WHERE g.thread_id = p.thread_id AND {condition} GROUP BY g.id ORDER BY g.position, g.id",
        parameters,
    )
    return tuple(rows)


def _replies(scope: Scope) -> tuple[str, list[object]]:
    """The replies of a scope as the rest of a SELECT, and its parameters."""
    condition, parameters = _condition(scope)
    return f"FROM {_IN_FILE_ORDER} WHERE {condition}", parameters


def _condition(scope: Scope) -> tuple[str, list[object]]:
    """Which rows of `post p` are meant, and the parameters."""
    clause, values = filter_condition(scope.node)
    condition, parameters = f"p.thread_id = ? AND p.is_root = 0 AND ({clause})", [scope.thread_id, *values]
    if scope.only is not None:
        condition += " AND p.seq IN (SELECT value FROM json_each(?))"
        parameters.append(json.dumps(sorted(scope.only)))
    return condition, parameters
