"""A filter's tree in words for a reader."""

from collections.abc import Mapping

from core.query.fields import FIELDS
from core.query.tree import (
    And,
    Node,
    Not,
    NumberComparison,
    NumberRange,
    Operator,
    Or,
    TextMatch,
    TimeRange,
    UnknownValue,
    ValueMatch,
    span,
)

_OPERATOR_WORDS: Mapping[Operator, str] = {"=": "exactly", ">": "over", ">=": "at least", "<": "under", "<=": "at most"}
_FIELD_WORDS = {"lang": "in ", "author": "by @", "tag": "tagged ", "id": "id "}
_UNKNOWN_WORDS = {"tag": "without a tag", "rating": "unrated", "recheck": "never rechecked"}


def describe(node: Node) -> str:
    """What a filter keeps, in words for a reader; it may hold text as typed, so whoever shows it cleans it."""
    match node:
        case And(terms) | Or(terms):
            joint = " and " if isinstance(node, And) else " or "
            return joint.join(f"({describe(t)})" if isinstance(t, And | Or) else describe(t) for t in terms)
        case Not(term):
            return f"not ({describe(term)})" if isinstance(term, And | Or) else f"not {describe(term)}"
        case TextMatch(words, place):
            return f"{place} contains “{words}”".lstrip()
        case NumberComparison(name, op, value):
            return f"{name} {_OPERATOR_WORDS[op]} {value:,}"
        case NumberRange(name, low, high):
            return f"{name} {low:,} to {high:,}"
        case TimeRange():
            return "posted " + span(node, "since ", "before ", " to ")
        case UnknownValue(name):
            return _UNKNOWN_WORDS.get(name, f"{name} unknown")
        case ValueMatch(name, value, prefix):
            words = FIELDS[name].values.get(value, f"{_FIELD_WORDS.get(name, name)}{value}")
            return words + "…" * prefix
