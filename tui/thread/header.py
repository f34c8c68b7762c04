"""What the first line of a thread's screen says."""

from core.library.view_results import ViewResult
from core.models import Thread
from core.query.view import View
from tui.widgets.reply_table import ReplyTable


def header_text(view: View, result: ViewResult, thread: Thread, root_seq: int | None, table: ReplyTable) -> str:
    """What the view is and how much of the thread it shows, after what is selected in it."""
    shown = len(result.order) - (1 if result.order[:1].count(root_seq or 0) else 0)
    text = view.describe(
        shown,
        thread.replies,
        thread.starred,
        thread.claimed,
        counted=result.whole,
        verdict=thread.verdict,
        alike=result.folded,
    )
    if table.selected:
        text = f"{len(table.selected):,} selected · {text}"
    return f"VISUAL · {text}" if table.visual_from is not None else text
