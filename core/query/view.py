"""A view: a question to the library, as an immutable value."""

from dataclasses import dataclass, replace

from core.query import Node, parse
from core.sorts import DESCENDING_FIRST


@dataclass(frozen=True, slots=True)
class View:
    """Filter and sort. What is unknown sorts last, whichever way."""

    filter: str = ""
    sort: str = "likes"
    descending: bool = True
    only: frozenset[int] | None = None
    """Nothing but these posts, as seqs; None for all."""
    folded: bool = False
    """Of posts that are alike only the first, but in a tree."""
    tree: bool = False
    """Each post under the one that it answers; siblings keep the sort's order."""

    @property
    def node(self) -> Node | None:
        """The filter as a tree; raises QueryError where it does not parse."""
        return parse(self.filter)

    def sorted_by(self, sort: str, descending: bool | None = None) -> "View":
        """This view in another order; without a direction, the one that `sort` is mostly wanted in."""
        return replace(self, sort=sort, descending=sort in DESCENDING_FIRST if descending is None else descending)

    def filtered(self, text: str) -> "View":
        """This view with another filter. Raises QueryError where it does not parse."""
        parse(text)
        return replace(self, filter=text.strip())
