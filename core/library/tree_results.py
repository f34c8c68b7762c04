"""Views as trees: who answers whom in the library, and the answer to a view as it hangs together."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.library import threads, view_results
from core.library.database import Library
from core.library.thread_posts import seq_of
from core.library.view_results import ViewResult
from core.query.view import View
from core.thread.ancestry import Ancestry, Stopped, ancestry
from core.thread.folds import Folds
from core.thread.tree import build_tree

_ANSWERS = """
SELECT p.seq, p.author, q.seq, CASE WHEN q.seq IS NULL THEN p.parent_id END
FROM post p
LEFT JOIN post q ON q.thread_id = p.thread_id AND q.id = p.parent_id
WHERE p.thread_id = ? ORDER BY p.seq
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeResult(ViewResult):
    """All of an answer, and the tree that it makes."""

    folds: Folds


def ancestry_of(library: Library, thread_id: int, stop: Callable[[], bool] = lambda: False) -> Ancestry:
    """Who answers whom in a thread. Raises core.thread.ancestry.Stopped where `stop` says so."""
    root_id = threads.thread(library, thread_id).root_id
    rows = library.connection.execute(_ANSWERS, (thread_id,))
    return ancestry(rows, seq_of(library, thread_id, root_id), root_id, stop)


def tree_results(
    library: Library,
    thread_id: int,
    view: View,
    known: Ancestry | None,
    closed: "array[int]",
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[ViewResult]:
    """The answer to a view: posts one under another first, then as a tree with the folds `closed`.

    `known` is who answers whom, where that was read before; nothing more comes once `stop` says so.
    """
    for piece in view_results.view_results(library, thread_id, view, stop):
        yield ViewResult(piece.order, whole=False)
        if piece.whole:
            try:
                grown = build_tree(known or ancestry_of(library, thread_id, stop), piece.order, stop)
            except Stopped:
                return
            yield TreeResult(piece.order, whole=True, folds=Folds(grown, closed))


def missing_id(library: Library, placeholder: int) -> str | None:
    """The id of the post that a placeholder stands for, as the first that answers it gives it."""
    row = library.connection.execute("SELECT parent_id FROM post WHERE seq = ?", (-placeholder,)).fetchone()
    return None if row is None else row[0]
