"""The command line: what there is, and how each failure ends."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

from core.errors import PullquoteError, UsageError
from core.text.terminal_safe import for_screen

DONE, INPUT_AT_FAULT, USAGE, OURS, INTERRUPTED = 0, 1, 2, 3, 130

_EPILOG = """\
THREAD is a root post's id, a link to it, or a unique beginning of the id; POST likewise.
Exit codes: 0 done, 1 the input is at fault, 2 usage, 3 our own fault.
In the program, ? lists the keys.
"""


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
    given = parser().parse_args(arguments)
    try:
        code = int(given.do(given) or DONE)
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


def complain(text: str) -> None:
    """A sentence for the user, on standard error, cleaned."""
    print("pullquote: " + for_screen(text), file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    """A parser that repeats no argument to the terminal as it came, and takes values that begin with a dash."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse, with `--sort -likes` as `--sort=-likes`: argparse takes the one for a missing value."""
        joined: list[str] = []
        for argument in args or ():
            options = self._option_string_actions
            before = options.get(joined[-1]) if joined else None
            wants_value = before is not None and before.nargs is None
            if wants_value and argument.startswith("-") and argument not in options:
                joined[-1] += f"={argument}"
            else:
                joined.append(argument)
        return super().parse_known_args(joined, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and leave."""
        super().error(for_screen(message))


def _command(module: str, name: str) -> Callable[[argparse.Namespace], int | None]:
    """A command's function, imported when it is called."""

    def do(given: argparse.Namespace) -> int | None:
        found: Callable[[argparse.Namespace], int | None] = getattr(import_module(f"tui.cli.{module}"), name)
        return found(given)

    return do


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    common = _Parser(add_help=False)
    common.add_argument(
        "--library",
        metavar="PATH",
        default=argparse.SUPPRESS,
        help="another library than the usual one (also PULLQUOTE_LIBRARY)",
    )
    top = _Parser(
        prog="pullquote",
        description="From a fetched thread of replies to an article skeleton, every quotation to the letter.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    top.add_argument(
        "--version", action="version", version=_Version("%(prog)s"), help="say which version this is, and leave"
    )
    top.set_defaults(do=_command("screen", "browse"))
    commands = top.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, module: str, function: str, help: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help, parents=[common], epilog=_EPILOG)
        made.set_defaults(do=_command(module, function))
        return made

    demo = command("demo", "screen", "demo", "open an invented thread, in a library of its own")
    demo.add_argument("--headless", action="store_true", help="curate it by its script, and print the article skeleton")
    demo.add_argument("--reset", action="store_true", help="begin the demo anew; its marks are lost")
    demo.add_argument("--curated", action="store_true", help="open it with the script's marks made")
    demo.add_argument("--template", metavar="T", help="zh, en, or a template's file")

    opening = command(
        "open", "screen", "open_target", "fetch a link or import files and open the thread, or open a kept one"
    )
    opening.add_argument("target", nargs="+", metavar="LINK|FILE|THREAD")
    opening.add_argument("--anew", action="store_true", help="fetch a link that is kept once more")
    _reading(opening)

    importing = command("import", "import_files", "import_files", "keep what fetchers wrote; - is standard input")
    importing.add_argument("files", nargs="+", metavar="FILE")
    told = importing.add_mutually_exclusive_group()
    told.add_argument("--json", action="store_true", help="the outcome as JSON")
    told.add_argument("--follow", action="store_true", help="the progress and the outcome as JSON Lines")
    importing.add_argument("--visit", type=int, help=argparse.SUPPRESS)
    _reading(importing)

    fetching = command(
        "fetch", "fetch", "fetch_links", "fetch threads by their links, keep them, say how complete they are"
    )
    fetching.add_argument("link", nargs="+", metavar="LINK")
    fetching.add_argument(
        "--source", metavar="NAME", default="auto", help="auto, or one that `pullquote sources` lists"
    )
    fetching.add_argument("--anew", action="store_true", help="begin again where an earlier fetch was broken off")
    heard = fetching.add_mutually_exclusive_group()
    heard.add_argument("--json", action="store_true", help="the outcome as JSON")
    heard.add_argument("--follow", action="store_true", help="the progress and the outcome as JSON Lines")
    command("sources", "fetch", "list_sources", "list the sources, and what each fetches")

    listing = command("threads", "listing", "list_threads", "list the library's threads")
    listing.add_argument("--json", action="store_true", help="as JSON")

    captures = command("captures", "captures", "list_captures", "list a thread's captures, and how complete each is")
    captures.add_argument("thread", metavar="THREAD")
    captures.add_argument("--json", action="store_true", help="as JSON")

    posts = command("posts", "listing", "list_posts", "list a thread's posts")
    posts.add_argument("thread", metavar="THREAD")
    posts.add_argument(
        "--where", metavar="FILTER", default="", help='for example: likes:>40 tag:meme -is:rejected "two words"'
    )
    posts.add_argument(
        "--sort", metavar="KEY", default="thread", help="thread, likes, -likes, time, author, … (- descends)"
    )
    posts.add_argument("--limit", metavar="N", type=int, help="at most this many")
    form = posts.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument("--csv", action="store_true", help="as CSV; a cell that a spreadsheet would run begins with '")
    form.add_argument("--raw-csv", action="store_true", help="as CSV, cells to the letter: not for spreadsheets")

    facts = command(
        "facts", "facts", "facts", "count a thread: by time, language, author and likes, and what the stars cover"
    )
    facts.add_argument("thread", metavar="THREAD")
    facts.add_argument("--where", metavar="FILTER", default="", help="count only what a filter keeps")
    facts.add_argument("--json", action="store_true", help="as JSON")

    _marking(command("mark", "mark", "mark", "make marks on posts"))
    _tags(command("tags", "mark", "tags", "list a thread's tags, or change them"))

    for name, help in (("undo", "take the thread's latest change back"), ("redo", "make the undone change again")):
        command(name, "mark", name, help).add_argument("thread", metavar="THREAD")
    history = command("history", "listing", "list_history", "list a thread's latest changes")
    history.add_argument("thread", metavar="THREAD")

    again = command(
        "recheck", "recheck", "recheck_posts", "look at the quoted posts again; exit code 1 where one is not live"
    )
    again.add_argument("thread", metavar="THREAD")
    again.add_argument("post", nargs="*", metavar="POST", help="the starred posts, if none is named")
    again.add_argument("--json", action="store_true", help="the findings as JSON")

    draft = command("translate", "translate", "translate", "draft translations by machine")
    draft.add_argument("thread", metavar="THREAD")
    draft.add_argument("post", nargs="*", metavar="POST", help="starred posts without a translation, if none is named")

    export = command("export", "export", "export", "write a thread's article skeleton")
    export.add_argument("thread", metavar="THREAD")
    export.add_argument("-o", "--output", metavar="FILE", required=True, help="the file to write; - is standard output")
    export.add_argument("--format", metavar="NAME", help="markdown, or what another package adds")
    export.add_argument("--template", metavar="T", help="zh, en, or a template's file")
    export.add_argument("--title", metavar="TEXT", help="set the article's title")
    export.add_argument("--force", action="store_true", help="overwrite a file that was changed since our last write")

    doctor = command("doctor", "doctor", "doctor", "test what is around the program, with a fix for each finding")
    doctor.add_argument("--online", action="store_true", help="ask the translation engine too, over the network")
    doctor.add_argument("--json", action="store_true", help="the findings as JSON")

    command("keys", "listing", "list_keys", "list the keys and the names by which a key file binds them anew")
    return top


def _reading(command: argparse.ArgumentParser) -> None:
    """How files are read."""
    command.add_argument(
        "--encoding", metavar="NAME", help="the text encoding, where a file does not say (e.g. gb18030)"
    )
    command.add_argument("--captured-at", metavar="TIME", help="when it was fetched (ISO 8601); else the file's date")
    command.add_argument(
        "--map",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        help="of a list or table: which column is what, for example likes=fav_count; FIELD= for none",
    )
    command.add_argument("--root", metavar="ID|LINK", help="of a list or table: the post that was answered")


def _marking(command: argparse.ArgumentParser) -> None:
    """What `mark` can set."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument("post", nargs="+", metavar="POST")
    state = command.add_mutually_exclusive_group()
    for name, help in (
        ("starred", "choose them for the article"),
        ("rejected", "decide against them"),
        ("skipped", "decide later"),
        ("new", "make them undecided"),
    ):
        flag = {"starred": "--star", "rejected": "--reject", "skipped": "--skip", "new": "--undecided"}[name]
        state.add_argument(flag, dest="state", action="store_const", const=name, help=help)
    state.add_argument("--unstar", dest="state", action="store_const", const="new", help="likewise")
    command.add_argument("--tag", metavar="T", action="append", default=[], help="add a tag; made where it is new")
    command.add_argument("--untag", metavar="T", action="append", default=[], help="take a tag away")
    command.add_argument("--translation", metavar="TEXT", help="set the translation; empty removes it")
    command.add_argument("--to", metavar="LANG", help="the translation's language, if not the configured one")
    command.add_argument("--approve", action="store_true", help="approve the translation")
    command.add_argument("--lead-in", metavar="TEXT", help="the paragraph above the quote")
    command.add_argument("--comment", metavar="TEXT", help="the paragraph below the quote")
    command.add_argument("--note", metavar="TEXT", help="a private note, never exported")
    command.add_argument(
        "--excerpt", metavar="S:E,…", help="quote only these characters (from 0); empty quotes the whole"
    )
    command.add_argument("--rating", metavar="N", type=int, help="0 to 5")
    command.add_argument("--review", action=argparse.BooleanOptionalAction, help="flag for checking, or not")
    command.add_argument("--confirm", action=argparse.BooleanOptionalAction, help="vouch for the author, or not")
    command.add_argument("--closing", action="store_true", help="make it the article's one last quote")


def _tags(command: argparse.ArgumentParser) -> None:
    """What `tags` can change."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument("--json", action="store_true", help="as JSON")
    change = command.add_mutually_exclusive_group()
    change.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help="rename a tag")
    change.add_argument(
        "--merge", nargs=2, metavar=("FROM", "INTO"), help="give INTO to all that have FROM, and drop FROM"
    )
    change.add_argument("--delete", metavar="T", help="remove a tag from every post")
    change.add_argument("--order", nargs="+", metavar="T", help="put the sections in this order")
    change.add_argument("--key", nargs=2, metavar=("T", "N"), help="put a tag on the digit N; 0 for none")
    change.add_argument("--introduce", nargs=2, metavar=("T", "TEXT"), help="set the introduction of the tag's section")


class _Version(str):
    """The version, looked up when it is printed."""

    __slots__ = ()

    def __mod__(self, _values: object) -> str:
        from importlib.metadata import version

        return f"pullquote {version('pullquote')}"
