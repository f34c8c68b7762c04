"""How a command ends: exit codes, and what is said on standard error."""

import sys

from core.text.terminal_safe import for_screen

DONE, INPUT_AT_FAULT, USAGE, OURS, INTERRUPTED = 0, 1, 2, 3, 130


def complain(text: str) -> None:
    """A sentence for the user, on standard error, cleaned."""
    print("pullquote: " + for_screen(text), file=sys.stderr)
