"""How complete a capture is, in a word or two."""

from core.models import Verdict

WORDS = {
    Verdict.COMPLETE: "complete",
    Verdict.PARTIAL: "partial",
    Verdict.EMPTY: "verified empty",
    Verdict.FAILED: "failed",
    Verdict.UNKNOWN: "end unknown",
}
"""A verdict in a word or two; of a source that says nothing of its end, that."""
