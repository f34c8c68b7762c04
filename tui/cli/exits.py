"""How a command ends: exit codes, and what is said on standard error."""

import sys

from core.text.terminal_safe import for_screen

DONE, INPUT_AT_FAULT, USAGE, OURS, BROKEN_OFF, INTERRUPTED = 0, 1, 2, 3, 4, 130
_COMMANDS = {"edit.translation": "mark --translation", "translate": "translate"}
"""What does on the command line what an action does on the screen, for sentences that name one."""


def complain(text: str) -> None:
    """A sentence for the user, on standard error, cleaned; an action is named by the command that does the same."""
    from core.words import with_keys

    said = with_keys(text, lambda action: f"‘pullquote {_COMMANDS[action]}’" if action in _COMMANDS else action)
    print("pullquote: " + for_screen(said), file=sys.stderr)
