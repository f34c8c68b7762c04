"""The thread as a tree: flat or not, folds, and moving along the branches."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from textual.binding import Binding

from core.library import Library, tree_results
from core.library.tree_results import TreeResult
from core.library.view_results import ViewResult
from core.query.view import View
from core.settings.load import Settings
from core.thread.ancestry import MISSING_ROOT, Ancestry
from core.thread.folds import Folds
from tui.screens.looking import Looking
from tui.screens.triage import Triage
from tui.widgets.reply_table import ReplyTable
from tui.widgets.tree_table import TreeTable

Shown = tuple[str, frozenset[int] | None]
"""What a view shows, however it is sorted."""
_WHOLE: Shown = ("", None)


class Folding(Looking, Triage):
    """The thread as a tree: folds, parents, the next reply to the post itself."""

    BINDINGS = [
        Binding(
            "z v", "toggle_tree", "Tree", show=False, id="view.tree", tooltip="The thread as a tree, or flat again"
        ),
        Binding("z a", "fold('toggle')", "Fold", show=False, id="fold.toggle", tooltip="Fold or unfold what is below"),
        Binding("z o", "fold('open')", "Open fold", show=False, id="fold.open1"),
        Binding("z c", "fold('close')", "Close fold", show=False, id="fold.close1", tooltip="On a leaf, its parent's"),
        Binding("z R", "fold_all(False)", "Open all folds", show=False, id="fold.open.all"),
        Binding("z M", "fold_all(True)", "Close all folds", show=False, id="fold.close.all"),
    ]

    def __init__(self, library: Library, thread_id: int, settings: Settings, greeting: str = "") -> None:
        """`greeting` is said when the screen stands."""
        super().__init__(library, thread_id, settings, greeting)
        self._kin: Ancestry | None = None
        """Who answers whom, as it was read last."""
        self._growing = False
        """Whether a tree was asked for that is not yet shown."""
        self._folded: dict[Shown, array[int]] = {}
        """The folds that are closed, as seqs, of the whole thread and of the view that was shown last."""

    def make_table(self) -> ReplyTable:
        """The reply table, which can hold a tree."""
        return TreeTable(self.fetch, self.missing, id="table")

    @property
    def table(self) -> TreeTable:
        """The reply table."""
        return self.query_one(TreeTable)

    @property
    def folds(self) -> Folds | None:
        """The tree that is shown, or None."""
        return self.table.folds

    def missing(self, placeholder: int) -> str:
        """The id of the post that a placeholder stands for."""
        if placeholder == MISSING_ROOT:
            return self.thread.root_id
        return tree_results.missing_id(self.library, placeholder) or "?"

    # Views

    def action_toggle_tree(self) -> None:
        """The thread as a tree, or flat again."""
        self._growing = not self.view.tree
        self.show_view(replace(self.view, tree=self._growing))
        if self._growing:
            self.say("The tree grows; Esc gives up.")
        self.keep_place()

    def show_view(self, view: View, stay_on: int | None = None, then: Callable[[], None] = lambda: None) -> None:
        """Show another view; folds of the whole thread, and of a view in another order, stay as they are."""
        if self.folds is not None:
            for key in [key for key in self._folded if key != _WHOLE]:
                del self._folded[key]
            self._folded[(self.view.filter, self.view.only)] = self.folds.closed
        super().show_view(view, stay_on, then)

    def pieces(self, library: Library, view: View, stop: Callable[[], bool]) -> Iterator[ViewResult]:
        """The answer to a view, as a tree where the view says so."""
        if not view.tree:
            return super().pieces(library, view, stop)
        closed = self._folded.get((view.filter, view.only), array("i"))
        return tree_results.tree_results(library, self.thread.id, view, self._known_kin(), closed, stop)

    def _known_kin(self) -> Ancestry | None:
        """Who answers whom, unless posts have come since."""
        posts = self.thread.replies + (self.root_seq is not None)
        return self._kin if self._kin is not None and self._kin.posts == posts else None

    def take(self, view: View, piece: ViewResult, stay_on: int | None) -> None:
        """Show a piece of a view."""
        self.table.folds = piece.folds if isinstance(piece, TreeResult) else None
        if self.folds is not None:
            self._kin = self.folds.tree.kin
        super().take(view, piece, stay_on)
        if self._growing and self.folds is not None:
            self._growing = False
            self.say("z a folds, z M folds all, h and l close and open; z v: flat again")

    # Folds

    def action_fold(self, way: str) -> None:
        """Open or close the fold here; what is no fold, or closed already, closes the one that it stands in."""
        folds, place = self.folds, self.table.place
        if folds is None:
            self.say("The thread is flat; z v shows it as a tree.")
        elif folds.is_closed(place) and way != "close":
            folds.open(place)
            self.table.refold(place)
        elif way == "open":
            self.say("Nothing is folded here.")
        else:
            self._close(folds, place)

    def _close(self, folds: Folds, place: int) -> None:
        """Close the fold of a line, or the one around it."""
        if not folds.close(place):
            place = folds.tree.up[place]
            if not folds.close(place):
                self.say("There is no fold here.")
                return
        self.table.refold(place)

    def action_fold_all(self, closed: bool) -> None:
        """Close all folds, or open them."""
        folds, place = self.folds, self.table.place
        if folds is None:
            self.say("The thread is flat; z v shows it as a tree.")
        elif closed:
            folds.close_all()
            self.table.refold(folds.tree.top(place))
        else:
            folds.open_all()
            self.table.refold(place)

    def on_tree_table_fold_asked(self, event: TreeTable.FoldAsked) -> None:
        """To the left: close the fold or go to the parent; to the right: open it or go to the first reply."""
        folds, place = self.folds, self.table.place
        if folds is None:
            return
        if event.by < 0:
            if folds.close(place):
                self.table.refold(place)
            else:
                self.table.go_to_place(folds.tree.up[place])
        elif folds.open(place):
            self.table.refold(place)
        elif folds.tree.size[place] > 1:
            self.table.go_to_place(place + 1)

    # Along the branches

    def action_parent(self) -> None:
        """Go to the post that this one answers."""
        folds, place, quote = self.folds, self.table.place, self.table.quote
        above = 0 if folds is None else folds.tree.up[place]
        root = quote is not None and quote.post.parent_id == self.thread.root_id
        if folds is None or place == 0 or not (above or root):
            super().action_parent()
            return
        if quote is not None:
            self.places["apostrophe"] = quote.seq
        self.table.go_to_place(above)

    def action_top_level(self, direction: int) -> None:
        """Go to the next reply that answers the post itself."""
        folds, place = self.folds, self.table.place
        if folds is None:
            super().action_top_level(direction)
            return
        tree = folds.tree
        top = tree.top(place)
        if direction > 0:
            place = top + tree.size[top] if place else 1
            if place < len(tree.seqs):
                self.table.go_to_place(place)
        elif place:
            self.table.go_to_place(top if top < place else tree.top(place - 1))

    def action_next_hit(self, direction: int) -> None:
        """Go to the nearest hit in a direction, folded away or not, and round the end."""
        if self.folds is None:
            super().action_next_hit(direction)
        elif not self._go_to_next(direction, self.table.hits.__contains__):
            self.say("Nothing in this view fits; / searches for something else.")

    def action_next_undecided(self, direction: int) -> None:
        """Go to the nearest undecided reply in a direction, folded away or not, and round the end."""
        if self.folds is None:
            super().action_next_undecided(direction)
        elif not self._go_to_next(direction, lambda seq: seq not in self.decided and seq != self.root_seq):
            self.say("Every reply in this view is decided or skipped; f is:skipped shows the skipped ones.")

    def _go_to_next(self, direction: int, wanted: Callable[[int], bool]) -> bool:
        """Go to the next post of the view that is wanted, which may be where the cursor is; False where none is."""
        folds, here = self.folds, self.table.place
        if folds is None:
            return False
        after, before = range(here + 1, len(folds.tree.seqs)), range(here + 1)
        places = chain(after, before) if direction > 0 else chain(reversed(before[:-1]), reversed(after), (here,))
        found = next((at for at in places if folds.tree.hits[at] and wanted(folds.tree.seqs[at])), None)
        if found is not None:
            self.table.go_to_place(found)
        return found is not None

    def action_select_subtree(self) -> None:
        """Select this reply and all below it."""
        folds, place = self.folds, self.table.place
        if folds is None or self.view.filter or self.view.only is not None:
            super().action_select_subtree()
        else:
            below = folds.tree.seqs[place : place + folds.tree.size[place]]
            self._select(self.table.selected.union(seq for seq in below if seq > 0))
