"""What a view can be sorted by: the counts that have a column, and what else the table shows of a post."""

from core.counts import SORTED_COUNTS

SORTS = ("thread", "state", *SORTED_COUNTS, "time", "author", "tags", "text")
"""Every sort; `thread` is the order in which the source gave the posts."""
DESCENDING_FIRST = frozenset(SORTED_COUNTS)
"""Sorts whose useful end is the high one."""
