"""A filter's tree in words for a reader."""

from collections.abc import Mapping

from core.query.fields import FIELDS
from core.query.tree import And, Between, Compare, Dated, Match, Node, Not, Operator, Or, Unknown, Words, span

_SAID: Mapping[Operator, str] = {"=": "exactly", ">": "over", ">=": "at least", "<": "under", "<=": "at most"}
_MATCHED = {"lang": "in ", "author": "by @", "tag": "tagged ", "id": "id "}
_NOT_KNOWN = {"tag": "without a tag", "rating": "unrated", "recheck": "never rechecked"}


def describe(node: Node) -> str:
    """What a filter keeps, in words for a reader; it may hold text as typed, so whoever shows it cleans it."""
    match node:
        case And(terms) | Or(terms):
            joint = " and " if isinstance(node, And) else " or "
            return joint.join(f"({describe(t)})" if isinstance(t, And | Or) else describe(t) for t in terms)
        case Not(term):
            return f"not ({describe(term)})" if isinstance(term, And | Or) else f"not {describe(term)}"
        case Words(words, place):
            return f"{place} contains “{words}”".lstrip()
        case Compare(name, op, value):
            return f"{name} {_SAID[op]} {value:,}"
        case Between(name, low, high):
            return f"{name} {low:,} to {high:,}"
        case Dated():
            return "posted " + span(node, "since ", "before ", " to ")
        case Unknown(name):
            return {"tag": "without a tag", "rating": "unrated", "recheck": "never rechecked"}.get(
                name, f"{name} unknown"
            )
        case Match(name, value, prefix):
            told = FIELDS[name].values.get(value, f"{_MATCHED.get(name, name)}{value}")
            return told + "…" * prefix
