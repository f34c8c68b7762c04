"""The command line: which commands there are, and how each failure ends."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper

from core.errors import PullquoteError, UsageError
from tui.cli.exits import DONE, INPUT_AT_FAULT, INTERRUPTED, OURS, USAGE, complain

COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("demo", "open an invented thread, in a library of its own"),
    "open": ("open", "fetch a link or import files and open the thread, or open a kept one"),
    "import": ("import_files", "keep what fetchers wrote; - is standard input"),
    "fetch": (
        "fetch",
        "fetch threads by their links, keep them, say how complete they are; exit code 4 where one broke off",
    ),
    "sources": ("sources", "list the sources, and what each fetches"),
    "threads": ("threads", "list the library's threads"),
    "captures": ("captures", "list a thread's captures, and how complete each is"),
    "posts": ("posts", "list a thread's posts"),
    "facts": ("facts", "count a thread: by time, language, author and likes, and what the stars cover"),
    "mark": ("mark", "make marks on posts"),
    "tags": ("tags", "list a thread's tags, or change them"),
    "remove": ("remove", "take threads from the list; undo brings them back"),
    "part": ("part", "make of one capture a thread of its own, where two threads were mixed"),
    "undo": ("undo", "take a thread's latest change back; without a thread, the latest removal"),
    "redo": ("redo", "make the undone change again"),
    "history": ("history", "list a thread's latest changes"),
    "recheck": ("recheck", "look at the quoted posts again; exit code 1 where one is not live"),
    "translate": ("translate", "draft translations by machine"),
    "export": ("export", "write a thread's article skeleton"),
    "doctor": ("doctor", "test what is around the program, with a fix for each finding"),
    "keys": ("keys", "list the keys and the names by which a key file binds them anew"),
}
"""Name of a command -> its module in tui.cli, which has `arguments` and `run`, and what it does in a line."""


def run() -> None:
    """The `pullquote` command."""
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    # A reply has letters that no other encoding has, and what is printed is kept in files.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; returns the exit code. A failure is a sentence on standard error."""
    try:
        given = parser().parse_args(arguments)
        code = int(given.run(given) or DONE)
        # Here and not at the interpreter's end, where nobody could say what went wrong.
        sys.stdout.flush()
    except UsageError as error:
        complain(str(error))
        return USAGE
    except PullquoteError as error:
        complain(str(error))
        return INPUT_AT_FAULT
    except KeyboardInterrupt:
        complain("Interrupted. What was done before is kept.")
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return DONE
    except OSError as error:
        _discard_output()
        complain(f"{error.filename or 'Standard output'} cannot be used: {error.strerror or error}.")
        return INPUT_AT_FAULT
    except Exception as error:
        from tui.terminal.crash import report

        complain(report(error))
        return OURS
    else:
        return code


def _discard_output() -> None:
    """Send what is still to be printed nowhere, for where it went takes no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parser() -> argparse.ArgumentParser:
    """Every command; the options of one are declared in its own module, which is imported when it is called."""
    from tui.cli.parsing import make_parser

    return make_parser(COMMANDS)
