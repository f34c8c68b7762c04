"""A filter's text to its tree, in one pass."""

import re

from core.errors import QueryError
from core.query.fields import FIELDS, NUMBERS
from core.query.tree import SIGNS, And, Node, Not, Or
from core.query.values import text_match, typed_match

MAX_TERMS = 200
"""A filter with more is refused, as SQLite would refuse its expression."""
MAX_DEPTH = 15
"""How deep parentheses and negations may nest; SQLite's parser, whose stack holds 100 signs, fails at about 20."""

_ENDS = rf"(?=[{SIGNS}]|\Z)"
_OPEN, _CLOSE = re.compile(r"\s*[(（]"), re.compile(r"\s*[)）]")
_OR, _AND = re.compile(rf"\s*(?:[|｜]|OR{_ENDS})"), re.compile(rf"\s*AND{_ENDS}")
_NOT = re.compile(rf"\s*(?:NOT{_ENDS}|[-－](?=[^\s|｜)）]))")
_STOP = re.compile(rf"\s*(?:\Z|[)）|｜]|OR{_ENDS})")
_WORD = re.compile(rf"[^{SIGNS}]+")
_HEAD = re.compile(r"([A-Za-z][A-Za-z_-]*)(?:[:：](?!//)|(?=[<>=≤≥＜＞＝]))")
_QUOTED = {
    first: re.compile(rf"{first}((?:\\[\\{last}]|[^{last}])*+){last}") for first, last in ('""', "“”", "””", "＂＂")
}


def parse(text: str) -> Node | None:
    """The tree of a filter, or None where it is empty. Raises QueryError."""
    if not text.strip():
        return None
    parser = _Parser(text)
    node = parser.or_expression(0)
    if not parser.ended():
        raise QueryError("This parenthesis closes nothing; remove it, or put it in quotes.", parser.column())
    return node


class _Parser:
    """One pass over a filter; each method reads one construct, nested `depth` deep."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.count = 0

    def or_expression(self, depth: int) -> Node:
        """One term, or several with OR between them."""
        terms = [self.and_expression(depth)]
        while self.take(_OR):
            terms.append(self.and_expression(depth))
        return terms[0] if len(terms) == 1 else Or(tuple(terms))

    def and_expression(self, depth: int) -> Node:
        """One term, or several side by side, which AND may join."""
        terms = [self.term(depth)]
        while self.take(_AND) or not _STOP.match(self.text, self.at):
            terms.append(self.term(depth))
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def term(self, depth: int) -> Node:
        """A term, a negated one, or a group."""
        column = self.column()
        if _STOP.match(self.text, self.at) or _AND.match(self.text, self.at):
            raise QueryError("A term is missing here; add one, or put AND, OR, NOT or the sign in quotes.", column)
        if depth > MAX_DEPTH:
            raise QueryError(f"The filter nests more than {MAX_DEPTH} deep; make it flatter.", column)
        if self.take(_NOT):
            return Not(self.term(depth + 1))
        if not self.take(_OPEN):
            return self.words_or_field(column)
        inner = self.or_expression(depth + 1)
        if not self.take(_CLOSE):
            raise QueryError("This parenthesis is not closed; add ) where the group ends.", column)
        return inner

    def words_or_field(self, column: int) -> Node:
        """Words to look for, or a field with its value."""
        self.count += 1
        if self.count > MAX_TERMS:
            raise QueryError(f"The filter has more than {MAX_TERMS} terms; leave some out.", column)
        self.at = column - 1
        words = self.quoted()
        if words is not None:
            return text_match(words, "", column)
        head = _HEAD.match(self.text, self.at)
        name = head[1].lower() if head else ""
        name = "date" if name == "time" else name
        if not head or (head[0] == head[1] and name not in (*NUMBERS, "date")):
            return text_match(self.word(), "", column)
        if name not in FIELDS:
            raise QueryError(_no_field(head[1]), column)
        self.at = head.end()
        value = self.quoted()
        bare = value is None
        return typed_match(name, self.word() if value is None else value, bare, head.end() + 1)

    def quoted(self) -> str | None:
        r"""What stands in quotes here, or None where nothing does; `\"` and `\\` stand for the second character."""
        opener = self.text[self.at : self.at + 1]
        if opener not in _QUOTED:
            return None
        found = _QUOTED[opener].match(self.text, self.at)
        if found is None:
            wanted = rf"add one at the end, and write \{opener} for a quote inside"
            raise QueryError(f"This quote is not closed; {wanted}.", self.at + 1)
        self.at = found.end()
        return re.sub(rf"\\([\\{found[0][-1]}])", r"\1", found[1])

    def word(self) -> str:
        """The characters up to the next sign or space, which may be none."""
        found = _WORD.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def take(self, sign: re.Pattern[str]) -> bool:
        """Step over `sign`, and say whether it was there."""
        found = sign.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found is not None

    def ended(self) -> bool:
        """Whether nothing but space is left."""
        return not self.text[self.at :].strip()

    def column(self) -> int:
        """Where the next construct begins, counted from 1."""
        return len(self.text) - len(self.text[self.at :].lstrip()) + 1


def _no_field(name: str) -> str:
    """Why `name` is no field, with the nearest one that is."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), FIELDS, 1)
    hint = f"did you mean ‘{near[0]}’?" if near else f"the fields are {', '.join(FIELDS)}."
    return f"There is no field ‘{name}’; {hint} To search for the words themselves, put them in quotes."
