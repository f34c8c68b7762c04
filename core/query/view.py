"""A view: a question to the library, as an immutable value that can describe itself."""

from dataclasses import dataclass, replace

from core.models import Verdict
from core.query import Node, parse
from core.sorts import DESCENDING_FIRST
from core.thread.completeness import WORDS


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

    def describe(
        self,
        shown: int,
        replies: int,
        starred: int,
        claimed: int | None = None,
        *,
        counted: bool = True,
        verdict: Verdict = Verdict.COMPLETE,
        alike: int = 0,
    ) -> str:
        """The view in words, for the header: how many of how many, order, filter, stars; not `counted`, at least.

        A `verdict` other than complete stands beside the number of replies; `alike` are folded away.
        """
        total = f"{replies:,}"
        if claimed is not None and claimed > replies:
            total += f" of ≈ {claimed:,}"
        narrowed = self.filter or self.only is not None
        parts = [f"{shown:,}{'' if counted else '+'} of {replies:,} replies" if narrowed else f"{total} replies"]
        if verdict is not Verdict.COMPLETE:
            parts.append(WORDS[verdict])
        if self.only is not None:
            parts.append("only the selected")
        parts.append(f"{self.sort} {'↓' if self.descending else '↑'}")
        if self.tree:
            parts.append("tree")
        if self.filter:
            parts.append(self.filter)
        parts.append(f"{starred:,} starred")
        if alike:
            parts.append(f"{alike:,} folded as alike")
        return " · ".join(parts)
