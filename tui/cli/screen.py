"""Opening the screen, where the terminal can show it."""

import os
import sys
from typing import TYPE_CHECKING

from core.errors import InputError
from core.text.terminal_safe import for_screen
from tui.cli.exits import DONE, OURS
from tui.cli.opened import OpenLibrary

if TYPE_CHECKING:
    from tui.incoming import Incoming


def show(here: OpenLibrary, thread_id: int | None, greeting: str = "", incoming: "Incoming | None" = None) -> int:
    """Run the screen; returns the exit code. `incoming` is the import that still goes on."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "") in ("", "dumb"):
        raise InputError(
            "The screen wants a terminal that can move its cursor. Without one: pullquote import, posts, mark, export."
        )
    _refuse_unless_utf8()
    from tui.app import PullquoteApp

    keys, warnings = own_keys()
    said = " · ".join(part for part in (*here.warnings, *warnings, greeting) if part)
    app = PullquoteApp(here.library, here.settings, thread_id, keys, said, incoming)
    # Where a program asks for the mouse, GNU screen keeps Esc back until the next key.
    app.run(mouse="STY" not in os.environ)
    if app.crash:
        sys.stderr.write("pullquote: " + for_screen(app.crash) + "\n")
        return OURS
    return app.return_code or DONE


def _refuse_unless_utf8() -> None:
    """Raise InputError where neither the locale nor the terminal knows UTF-8.

    On many servers the locale is plain C under a terminal that knows it well, so the terminal has the last word.
    """
    from core.doctor.surroundings import is_utf8

    if is_utf8(os.environ):
        return
    from tui.terminal.cursor_position import columns_of, is_terminal

    columns = columns_of(["\u00e9"]) if is_terminal() else None
    if columns is not None and columns != [1]:
        raise InputError(
            "This terminal does not read UTF-8, in which replies are written. Start it with UTF-8 (xterm -u8, "
            "screen -U, tmux -u), and set LANG=C.UTF-8. Without a screen: pullquote posts, mark, export."
        )


def own_keys() -> tuple[dict[str, str], tuple[str, ...]]:
    """The user's own keys, and what is wrong with them; every screen is asked for its actions only if there are any."""
    from core.settings.locations import keys_file

    if not keys_file().exists():
        return {}, ()
    from core.settings.load import load_keys
    from tui.commands.all_keys import action_names, without_clashes

    keys, warnings = load_keys(known=action_names())
    fitting, clashes = without_clashes(keys)
    return fitting, (*warnings, *clashes)
