"""What is remembered of a thread as a tree, so that its folds stay closed from one view to the next."""

from array import array
from collections.abc import Callable, Iterator

from core.library import Library, tree_results
from core.library.view_results import ViewResult
from core.query.view import View
from core.thread.ancestry import Ancestry
from tui.widgets.table_rows import TableRows
from tui.widgets.tree_rows import TreeRows

Shown = tuple[str, frozenset[int] | None]
"""What a view shows, however it is sorted."""
_WHOLE: Shown = ("", None)


class TreeMemory:
    """Who answers whom, and which folds are closed: of the whole thread, and of the view that was shown last."""

    def __init__(self) -> None:
        self._ancestry: Ancestry | None = None
        """Who answers whom, as it was read last."""
        self._closed: dict[Shown, array[int]] = {}
        """The folds that are closed, as seqs."""

    def remember(self, view: View, rows: TableRows) -> None:
        """Remember the folds of a view that is about to give way to another."""
        if isinstance(rows, TreeRows):
            self._closed = {shown: closed for shown, closed in self._closed.items() if shown == _WHOLE}
            self._closed[(view.filter, view.only)] = rows.folds.closed

    def results(
        self, library: Library, thread_id: int, posts: int, view: View, stop: Callable[[], bool]
    ) -> Iterator[ViewResult]:
        """The answer to a view as a tree; who answers whom is read again where there are other than `posts`."""
        known = self._ancestry if self._ancestry is not None and self._ancestry.posts == posts else None
        closed = self._closed.get((view.filter, view.only), array("i"))
        return tree_results.tree_results(library, thread_id, view, known, closed, stop)

    def learn(self, rows: TreeRows) -> None:
        """Remember who answers whom in a tree that is shown."""
        self._ancestry = rows.folds.tree.ancestry
