"""A filter's tree as a SQL condition.

The statement around it has `post p`, and the connection knows `fold(text)`.
Every condition is true or false and never NULL, so that NOT is the plain complement.
"""

from collections.abc import Mapping

from core.counts import COUNT_NAMES
from core.library.news import NEWS
from core.library.rechecks import NEWEST_RECHECK
from core.query import And, Node, Not, NumberComparison, NumberRange, Or, TextMatch, TimeRange, UnknownValue, ValueMatch
from core.text.matching import fold
from core.text.storable import storable

LONGEST_PATTERN = 10_000
"""Longer needles go without LIKE, for SQLite refuses patterns over 50,000 bytes."""

_NUMBERS = {
    **{name: f"p.{name}" for name in COUNT_NAMES},
    "rating": "coalesce((SELECT m.rating FROM mark m WHERE m.post = p.seq), 0)",
}
_OPERATORS = {"=": "=", ">": ">", ">=": ">=", "<": "<", "<=": "<="}


def _folded(column: str) -> str:
    """`fold` of a column, NULL for NULL; Python is called only where the text is not ASCII."""
    is_other = f"length(CAST({column} AS BLOB)) != length({column})"
    return f"CASE WHEN {is_other} THEN fold({column}) ELSE lower({column}) END"


def _translated(condition: str) -> str:
    """Whether the post has a translation that fits; those that do are found once, for they are few."""
    return f"p.seq IN (SELECT t.post FROM translation t WHERE {condition})"


def _marked(condition: str) -> str:
    """Whether the post has a mark that fits; the marks that do are found once, for they are few."""
    return f"p.seq IN (SELECT m.post FROM mark m WHERE {condition})"


_UNKNOWN = {name: f"{column} IS NULL" for name, column in _NUMBERS.items()} | {
    "rating": "p.seq NOT IN (SELECT m.post FROM mark m WHERE m.rating != 0)",
    "date": "p.posted_at IS NULL",
    "lang": "coalesce(p.lang, '') = ''",
    "author": "coalesce(p.author, '') = ''",
    "tag": "p.seq NOT IN (SELECT pt.post FROM post_tag pt)",
    "recheck": "p.seq NOT IN (SELECT r.post FROM recheck r)",
}
_ROOT_AUTHOR = f"(SELECT {_folded('h.root_author')} FROM thread h WHERE h.id = p.thread_id)"
_IS = {
    "starred": _marked("m.state = 'starred'"),
    "rejected": _marked("m.state = 'rejected'"),
    "skipped": _marked("m.state = 'skipped'"),
    "new": "p.seq NOT IN (SELECT m.post FROM mark m WHERE m.state != 'new')",
    "decided": _marked("m.state IN ('starred', 'rejected')"),
    "root": "p.is_root != 0",
    "reply": "p.is_root = 0",
    "top": "p.depth = 1",
    "nested": "p.depth > 1",
    "op": f"coalesce({_folded('p.author')} = {_ROOT_AUTHOR}, 0)",
    "deleted": "p.status != 'live'",
    "review": _marked("m.review != 0"),
    "confirmed": _marked("m.confirmed != 0"),
    "machine": _translated("t.state = 'machine'"),
    "edited": _translated("t.state = 'edited'"),
    "approved": _translated("t.state = 'approved'"),
    **{news.value: condition for news, condition in NEWS.items()},
}
_HAS = {
    "translation": _translated("1"),
    "note": _marked("m.note != ''"),
    "lead-in": _marked("m.lead_in != ''"),
    "comment": _marked("m.comment != ''"),
    "excerpt": _marked("m.excerpt != '[]'"),
    "media": "coalesce(p.media, '[]') != '[]'",
    "link": "coalesce(p.links, '[]') != '[]'",
    "flag": "p.flags != ''",
    "tag": "p.seq IN (SELECT pt.post FROM post_tag pt)",
    "rating": _marked("m.rating != 0"),
    "history": "p.observed IS NOT NULL",
    "copies": "p.seq IN (SELECT a.post FROM alike a)",
}
_FIXED: Mapping[str, Mapping[str, str]] = {"is": _IS, "has": _HAS}


def filter_condition(node: Node | None) -> tuple[str, list[object]]:
    """A condition over `p`, and the parameters for its question marks in order; None keeps every post."""
    values: list[object] = []
    return ("1" if node is None else _condition(node, values)), values


def _condition(node: Node, values: list[object]) -> str:
    """`node` in parentheses; what it compares with is added to `values`."""
    match node:
        case And(terms):
            return "(" + " AND ".join(_condition(term, values) for term in terms) + ")"
        case Or(terms):
            return "(" + " OR ".join(_condition(term, values) for term in terms) + ")"
        case Not(term):
            return f"(NOT {_condition(term, values)})"
        case TextMatch(words, place):
            return _words(fold(storable(words)), place, values)
        case ValueMatch(name, value, prefix):
            return f"({_matched(name, storable(value), prefix, values)})"
        case NumberComparison(name, op, number):
            values.append(number)
            return f"coalesce({_NUMBERS[name]} {_OPERATORS[op]} ?, 0)"
        case NumberRange(name, low, high):
            values += (low, high)
            return f"coalesce({_NUMBERS[name]} BETWEEN ? AND ?, 0)"
        case TimeRange(start, end):
            bounds = [("p.posted_at >= ?", start), ("p.posted_at < ?", end)]
            values += (second for _, second in bounds if second is not None)
            return f"coalesce({' AND '.join(sql for sql, second in bounds if second is not None)}, 0)"
        case UnknownValue(name):
            return f"({_UNKNOWN[name]})"


def _words(needle: str, place: str, values: list[object]) -> str:
    """Whether a folded `needle` stands in the texts that `place` names."""
    if place == "text":
        quick = _contains("coalesce(p.folded, p.text)", needle, values)
        values.append(needle)
        return f"({quick} OR (p.flags != '' AND instr(lower(coalesce(p.folded, p.text)), ?) > 0))"
    if place == "note":
        return _marked(_contains(_folded("m.note"), needle, values))
    if place == "author":
        by_name = _contains("coalesce(p.folded_name, p.author_name)", needle, values)
        return f"({by_name} OR {_contains(_folded('p.author'), needle, values)})"
    if place == "translation":
        return _translated(_contains("coalesce(t.folded, t.text)", needle, values))
    return f"({_words(needle, 'text', values)} OR {_words(needle, 'translation', values)})"


def _contains(haystack: str, needle: str, values: list[object]) -> str:
    """Whether an expression contains `needle`; LIKE is twice as fast, but stops at a NUL on either side."""
    if "\0" in needle or len(needle) > LONGEST_PATTERN:
        values.append(needle)
        return f"coalesce(instr(lower({haystack}), ?) > 0, 0)"
    escaped = needle.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    values.append(f"%{escaped}%")
    return rf"coalesce({haystack} LIKE ? ESCAPE '\', 0)"


def _matched(name: str, value: str, prefix: bool, values: list[object]) -> str:
    """Whether a post has `value`, or begins with it."""
    if name in _FIXED:
        return _FIXED[name][value]
    values.append(fold(value) if name in ("author", "tag") else value)
    fits = "instr({}, ?) = 1" if prefix else "{} = ?"
    match name:
        case "tag":
            tags = f"SELECT g.id FROM tag g WHERE {fits.format('fold(g.name)')}"
            return f"p.seq IN (SELECT pt.post FROM post_tag pt WHERE pt.tag_id IN ({tags}))"
        case "author":
            return f"coalesce({fits.format(_folded('p.author'))}, 0)"
        case "id":
            return fits.format("p.id")
        case "recheck":
            return f"coalesce((SELECT r.outcome FROM recheck r WHERE r.id = {NEWEST_RECHECK}) = ?, 0)"
        case "flag":
            return "instr(' ' || p.flags || ' ', ' ' || ? || ' ') > 0"
    return "coalesce(instr(lower(p.lang) || '-', lower(?) || '-') = 1, 0)"
