"""A thread as a tree, read and changed: chains as one text, and what a change does to replies that are folded away."""

from collections.abc import Callable, Sequence

from core.desk import ChangeResult
from core.library import Library, rows
from core.models import Quote
from core.settings.load import Settings
from core.text.counted import counted
from tui.screens.folding import Folding
from tui.widgets.chain import Chain

AROUND = 25
"""Parts of a chain that the pane shows before and after the one under the cursor."""


class Branches(Folding):
    """The thread as a tree."""

    def __init__(self, library: Library, thread_id: int, settings: Settings, greeting: str = "") -> None:
        """`greeting` is said when the screen stands."""
        super().__init__(library, thread_id, settings, greeting)
        self._taken: tuple[int, ...] | None = None
        """What the writer said that a change is to act on."""

    # Changes

    def targets(self) -> tuple[int, ...]:
        """What the writer said that a change acts on; else the selection, or the post under the cursor."""
        return super().targets() if self._taken is None else self._taken

    def change(
        self, name: str, change: Callable[[Sequence[int]], ChangeResult], then: Callable[[], None] = lambda: None
    ) -> bool:
        """Make a change on the targets; where replies are folded away below them, ask whether it is meant for them too.

        True where it was made now; `then` follows when it was made.
        """
        table = self.table
        if self._taken is None and not table.selected:
            if table.placeholder is not None:
                self.say("This post was never captured: keys act on its replies, not on it.")
                return False
            if hidden := self._hidden():
                self._ask_about(hidden, lambda: super(Branches, self).change(name, change, then))
                return False
        return super().change(name, change, then)

    def _hidden(self) -> tuple[int, ...]:
        """The posts of the view that are folded away below the cursor."""
        folds, place = self.folds, self.table.place
        if folds is None or not folds.is_closed(place):
            return ()
        return tuple(folds.tree.seqs[at] for at in folds.tree.below(place) if folds.tree.hits[at])

    def _ask_about(self, hidden: tuple[int, ...], change: Callable[[], bool]) -> None:
        """Ask whether a change is meant for what is folded away, and make it."""
        seq = self.table.seq
        if seq is None:
            return

        def answered(key: str) -> None:
            if key not in ("y", "enter"):
                self.say("Nothing was changed: y takes all, Enter only this reply.")
                return
            self._taken = (seq, *hidden) if key == "y" else (seq,)
            try:
                change()
            finally:
                self._taken = None

        self.take_next_key(
            f"This reply and the {len(hidden):,} folded below it? y all · Enter only this · Esc none", answered
        )

    # The pane

    def refresh_pane(self) -> None:
        """The quote under the cursor, or what is known of a post that was never captured."""
        placeholder = self.table.placeholder
        if placeholder is None:
            super().refresh_pane()
        else:
            self.pane.tell(self._about_missing(placeholder))

    def _about_missing(self, placeholder: int) -> str:
        """What is known of a post that was never captured."""
        tree, place = self.table.folds, self.table.place
        answers = 0 if tree is None else tree.tree.answers(place)
        return (
            f"[not captured: {self.missing(placeholder)}]\n\n"
            f"Answered here by {counted(answers, 'post')}, but no capture holds it: it was deleted, is hidden by the "
            "source, or was not fetched. A capture that has it fills its place.\n\n"
            "Keys act on its replies, not on it."
        )

    def chain(self, quote: Quote) -> Chain | None:
        """The chain that a post is part of, in a tree."""
        if self.folds is None:
            return None
        kin = self.folds.tree.kin
        node = kin.node(quote.seq)
        if node is None or not kin.part[node]:
            return None
        nodes = kin.chain_of(node, AROUND)
        parts = rows.quotes(self.library, [kin.seqs[one] for one in nodes], self.settings.language)
        return Chain(tuple(parts), kin.part[nodes[0]], kin.parts[node], kin.part[node])
