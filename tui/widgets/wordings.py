"""What a post's later captures say instead, for the reading pane."""

from collections.abc import Callable

from rich.text import Text

from core.models import Quote
from core.thread.history import History, dates, wordings

_LONGEST_WORDING = 20_000
"""Characters of one text that are laid out."""


def append_wordings(out: Text, history: History, quote: Quote, clean: Callable[[str], str]) -> None:
    """Add each other text of a post, with its date: [-what went-] and {+what came+} where the author has edited it.

    A truer text that is only spelled in another way stands at the end.
    """
    others = wordings(history, quote.post)
    for wording in others:
        if wording.edited:
            from core.text.word_diff import differences

            out.append(f"\n── edited by the author ({dates((wording.since, wording.at))})\n", "dim")
            for before, after in differences(wording.before[:_LONGEST_WORDING], wording.after[:_LONGEST_WORDING]):
                if before == after:
                    out.append(clean(before))
                    continue
                if before:
                    out.append(f"[-{clean(before)}-]", "dim")
                if after:
                    out.append("{+" + clean(after) + "+}", "bold")
            out.append("\n")
        elif wording.after == quote.post.text:
            out.append(f"\n── cut off before the capture of {dates((wording.at,))}\n", "dim")
        else:
            out.append(f"\n── fuller in the capture of {dates((wording.at,))}\n", "dim")
            out.append(clean(wording.after[:_LONGEST_WORDING]) + "\n")
    newer = quote.newer_text
    if newer is not None and newer not in {wording.after for wording in others}:
        out.append("\n── as another capture has it; what was made of this text keeps it here\n", "dim")
        out.append(clean(newer[:_LONGEST_WORDING]) + "\n")
