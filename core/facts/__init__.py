"""What a thread is made of: replies by time, language, author and likes, how far the writer is, what the stars cover.

The library counts; here the counts become bars, each with the filter that shows its replies.
"""

from core.facts.plots import combined, plots
from core.facts.records import LIKES, MOST, Authors, Bar, Facts, Plot, Scope, Spread, TriageCounts

__all__ = [
    "LIKES",
    "MOST",
    "Authors",
    "Bar",
    "Facts",
    "Plot",
    "Scope",
    "Spread",
    "TriageCounts",
    "combined",
    "plots",
]
