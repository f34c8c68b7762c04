"""What a thread is made of: replies by time, language, author and counts, how far the writer is, what the stars cover.

The library counts; here the counts become bars, each with the filter that shows its replies.
"""

from core.facts.plots import combined, plots
from core.facts.records import CLASSES, MOST, Authors, Bar, CountSpread, Facts, Plot, Scope, Spread, TriageCounts

__all__ = [
    "CLASSES",
    "MOST",
    "Authors",
    "Bar",
    "CountSpread",
    "Facts",
    "Plot",
    "Scope",
    "Spread",
    "TriageCounts",
    "combined",
    "plots",
]
