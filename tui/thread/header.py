"""What the first line of a thread's screen says."""

from core.library.view_results import ViewResult
from core.models import Thread, Verdict
from core.query.view import View
from core.words import verdict_words
from tui.widgets.reply_table import ReplyTable


def header_text(view: View, result: ViewResult, thread: Thread, root_seq: int | None, table: ReplyTable) -> str:
    """How much of the thread the view shows, in which order, by which filter, after what is selected in the table."""
    parts = [_how_many(view, result, thread, root_seq)]
    if thread.verdict is not Verdict.COMPLETE:
        parts.append(verdict_words(thread.verdict))
    if view.only is not None:
        parts.append("only the selected")
    parts.append(f"{view.sort} {'↓' if view.descending else '↑'}")
    if view.tree:
        parts.append("tree")
    if view.filter:
        parts.append(view.filter)
    parts.append(f"{thread.starred:,} starred")
    if result.folded:
        parts.append(f"{result.folded:,} folded as alike")
    if table.selected:
        parts.insert(0, f"{len(table.selected):,} selected")
    if table.visual_from is not None:
        parts.insert(0, "VISUAL")
    return " · ".join(parts)


def _how_many(view: View, result: ViewResult, thread: Thread, root_seq: int | None) -> str:
    """How many replies are shown of how many; where not all of the answer has come, at least so many."""
    if view.filter or view.only is not None:
        shown = len(result.order) - (1 if result.order[:1].count(root_seq or 0) else 0)
        return f"{shown:,}{'' if result.whole else '+'} of {thread.replies:,} replies"
    claimed = thread.claimed if thread.claimed is not None and thread.claimed > thread.replies else None
    return f"{thread.replies:,}{'' if claimed is None else f' of ≈ {claimed:,}'} replies"
