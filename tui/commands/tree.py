"""The thread as a tree: flat or not, and its folds."""

from dataclasses import replace
from functools import partial

from tui.commands.command import Command, in_section
from tui.thread.bench import Bench
from tui.thread.resume import keep_place
from tui.widgets.tree_rows import TreeRows


def toggle_tree(bench: Bench) -> None:
    """Show the thread as a tree, or flat again."""
    if bench.view.tree:
        bench.show_view(replace(bench.view, tree=False))
    else:
        keys = (
            "{key:fold.toggle} folds, {key:fold.close.all} folds all, {key:col.left} and {key:col.right} close and "
            "open; {key:view.tree}: flat again"
        )
        bench.show_view(replace(bench.view, tree=True), then=lambda: bench.say(keys))
        if bench.views.question is not None:
            bench.say("The tree grows; Esc gives up.")
    keep_place(bench)


def _tree(bench: Bench) -> TreeRows | None:
    """The tree that is shown; None after saying that there is none."""
    rows = bench.table.rows
    if isinstance(rows, TreeRows):
        return rows
    bench.say("The thread is flat; {key:view.tree} shows it as a tree.")
    return None


def toggle_fold(bench: Bench) -> None:
    """Open the fold here, or close it."""
    tree, table = _tree(bench), bench.table
    if tree is None:
        return
    if tree.unfold(table.cursor):
        table.refold(table.cursor)
    else:
        close_fold(bench)


def open_fold(bench: Bench) -> None:
    """Open the fold here."""
    tree, table = _tree(bench), bench.table
    if tree is None:
        return
    if tree.unfold(table.cursor):
        table.refold(table.cursor)
    else:
        bench.say("Nothing is folded here.")


def close_fold(bench: Bench) -> None:
    """Close the fold here; what is no fold, or closed already, closes the one that it stands in."""
    tree, table = _tree(bench), bench.table
    if tree is None:
        return
    row = tree.fold(table.cursor)
    if row is None:
        bench.say("There is no fold here.")
    else:
        table.refold(row)


def fold_all(bench: Bench, closed: bool) -> None:
    """Close all folds, or open them."""
    tree, table = _tree(bench), bench.table
    if tree is not None:
        table.refold((tree.fold_all if closed else tree.unfold_all)(table.cursor))


COMMANDS = in_section(
    "The thread as a tree",
    Command("view.tree", "z v", "Tree", toggle_tree, "The thread as a tree, or flat again"),
    Command("fold.toggle", "z a", "Fold", toggle_fold, "Fold or unfold what is below"),
    Command("fold.open1", "z o", "Open fold", open_fold),
    Command("fold.close1", "z c", "Close fold", close_fold, "On a leaf, its parent's"),
    Command("fold.open.all", "z R", "Open all folds", partial(fold_all, closed=False)),
    Command("fold.close.all", "z M", "Close all folds", partial(fold_all, closed=True)),
)
