"""Parsing arguments: each command declares its own in its module, which is imported when the command is called."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import NoReturn

from core.text.terminal_safe import for_screen

_EPILOG = """\
THREAD is a root post's id, a link to it, or a unique beginning of the id; POST likewise.
An id that threads of several sites have is told apart as site/id, or by thread:NUMBER.
Exit codes: 0 done, 1 the input is at fault, 2 usage, 3 our own fault,
4 a fetch broke off, and what came is kept.
In the program, ? lists the keys.
"""


AUTO = "auto"
"""Asks the sources that take a link, one after the other."""


class Parser(argparse.ArgumentParser):
    """A parser that repeats no argument to the terminal as it came, and takes values that begin with a dash."""

    module = ""
    """The command's module, whose arguments are not declared yet."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse, with `--sort -likes` as `--sort=-likes`: argparse takes the one for a missing value."""
        if self.module:
            command, self.module = import_module(self.module), ""
            command.arguments(self)
        joined: list[str] = []
        for argument in args or ():
            options = self._option_string_actions
            before = options.get(joined[-1]) if joined else None
            wants_value = before is not None and before.nargs is None
            # `--` says that no more options follow, and is the value of none.
            if wants_value and argument.startswith("-") and argument != "--" and argument not in options:
                joined[-1] += f"={argument}"
            else:
                joined.append(argument)
        return super().parse_known_args(joined, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and leave."""
        super().error(for_screen(message))


def make_parser(commands: Mapping[str, tuple[str, str]]) -> Parser:
    """The parser of every command, by name, module and help."""
    common = Parser(add_help=False)
    common.add_argument(
        "--library",
        metavar="PATH",
        default=argparse.SUPPRESS,
        help="another library than the usual one (also PULLQUOTE_LIBRARY)",
    )
    top = Parser(
        prog="pullquote",
        description="From a fetched thread of replies to an article skeleton, every quotation to the letter.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    top.add_argument(
        "--version", action="version", version=_Version("%(prog)s"), help="say which version this is, and leave"
    )
    top.set_defaults(run=_run_of("tui.cli.browse"))
    made = top.add_subparsers(title="commands", metavar="COMMAND")
    for name, (module, help) in commands.items():
        command = made.add_parser(name, help=help, description=help, parents=[common], epilog=_EPILOG)
        command.module = f"tui.cli.{module}"
        command.set_defaults(run=_run_of(command.module))
    return top


def _run_of(module: str) -> Callable[[argparse.Namespace], int | None]:
    """A command's function, whose module is imported when it is called."""

    def run(given: argparse.Namespace) -> int | None:
        run: Callable[[argparse.Namespace], int | None] = import_module(module).run
        return run(given)

    return run


def source_argument(command: argparse.ArgumentParser) -> None:
    """Declare the option that names a source."""
    command.add_argument("--source", metavar="NAME", default=AUTO, help="auto, or one that `pullquote sources` lists")


def reading_arguments(command: argparse.ArgumentParser) -> None:
    """Declare how files are read."""
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
    command.add_argument(
        "--root",
        metavar="ID|LINK",
        action="append",
        default=[],
        help="of a list or table: the post that was answered; of a search: a thread to keep, also several",
    )
    command.add_argument("--all", action="store_true", help="of a search, a profile or a timeline: keep each thread")


def json_arguments(command: argparse._ActionsContainer, name: str) -> None:
    """Declare the JSON that `json_models.DOCUMENTS` describes under a command's name."""
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument(
        "--json-schema",
        action=_PrintSchema,
        const=name,
        nargs=0,
        help="say what the JSON holds, as JSON Schema, and leave",
    )


class _PrintSchema(argparse.Action):
    """The option that prints the schema of a command's JSON, and leaves."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> NoReturn:
        """Print the schema; a command's other arguments are not asked for."""
        from tui.cli.json_models import DOCUMENTS
        from tui.cli.json_output import as_json

        print(as_json(DOCUMENTS[str(self.const)].json_schema()))
        parser.exit()


class _Version(str):
    """The program's version, looked up when it is printed."""

    __slots__ = ()

    def __mod__(self, _values: object) -> str:
        from importlib.metadata import version

        return f"pullquote {version('pullquote')}"
