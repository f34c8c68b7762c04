"""A chain of posts in which one author goes on, as one text."""

from dataclasses import dataclass

from rich.text import Text

from core.models import Quote
from core.text.counted import counted
from core.text.terminal_safe import for_screen, without_variation_selectors
from tui.widgets.missing_text import missing_words

HERE = "› "
"""Stands before the part that the cursor is on."""
_LONGEST_PART = 1_000
"""Characters that are shown of each part beside the one under the cursor."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Parts of a chain, one of which the cursor is on."""

    parts: tuple[Quote, ...]
    first: int
    """The number of the first of `parts`."""
    total: int
    """How many parts the chain has."""
    at: int
    """The number of the part under the cursor."""


def chain_text(chain: Chain, here: Text, *, reveal: bool) -> Text:
    """The parts in order, with `here` for the text of the one under the cursor."""
    out = Text()
    if chain.first > 1:
        out.append(f"[{counted(chain.first - 1, 'earlier part')}]\n\n", "dim")
    for number, part in enumerate(chain.parts, chain.first):
        if number == chain.at:
            out.append(f"{HERE}{number}/{chain.total}\n", "bold")
            out.append_text(here)
            out.append("\n\n")
        else:
            out.append(f"  {number}/{chain.total}\n", "dim")
            out.append(_text(part, reveal) + "\n\n")
    last = chain.first + len(chain.parts) - 1
    if last < chain.total:
        out.append(f"[{counted(chain.total - last, 'later part')}]\n", "dim")
    out.rstrip()
    return out


def _text(part: Quote, reveal: bool) -> str:
    """A part as it was written."""
    whole = part.post.text
    text = whole[:_LONGEST_PART]
    shown = for_screen(text, reveal=True) if reveal else without_variation_selectors(for_screen(text))
    return (shown or f"[{missing_words(part.post)}]") + (" …" if len(whole) > _LONGEST_PART else "")
