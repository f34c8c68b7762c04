"""The filter language: text to a tree that prints itself again.

`likes:>40 -is:rejected (memory OR "two words")`: terms side by side all hold, and `OR` or `|` binds looser than that.
Negation is the plain complement: `-likes:>40` also keeps the posts whose likes are not known.
Words are found anywhere in a text, inside words too, for Chinese has no spaces; see `core.text.matching.fold`.
"""

from core.query.fields import FIELDS, NUMBERS, Field
from core.query.parser import MAX_DEPTH, MAX_TERMS, parse
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
)
from core.query.values import MAX_NUMBER

__all__ = [
    "FIELDS",
    "MAX_DEPTH",
    "MAX_NUMBER",
    "MAX_TERMS",
    "NUMBERS",
    "And",
    "Field",
    "Node",
    "Not",
    "NumberComparison",
    "NumberRange",
    "Operator",
    "Or",
    "TextMatch",
    "TimeRange",
    "UnknownValue",
    "ValueMatch",
    "parse",
]
