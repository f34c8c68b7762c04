"""How many examples hypothesis tries: a quarter between two edits, all of them in CI."""

import os

IS_THOROUGH = os.environ.get("PULLQUOTE_THOROUGH") == "1"


def examples(full: int) -> int:
    """How many of a property's examples are tried in this run."""
    return full if IS_THOROUGH else max(10, full // 4)
