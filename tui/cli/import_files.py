"""`pullquote import`: files into the library."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from core.errors import PayloadError, UsageError
from core.importing import Imported, TellImportProgress, import_payloads
from core.importing.options import ImportOptions
from core.library import Library, threads
from core.library.captures import visits
from core.library.captures.visits import Visit
from core.models import Verdict
from core.text.terminal_safe import for_line
from core.transport.files import read_file, read_stream
from core.words import words
from tui.cli.exits import DONE, INPUT_AT_FAULT, INTERRUPTED, complain
from tui.cli.json_output import as_json, iso
from tui.cli.opened import OpenLibrary, opened
from tui.cli.outcomes import import_outcome, thread_named
from tui.cli.parsing import reading_arguments


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the files, how they are read, and the form of the outcome."""
    command.add_argument("files", nargs="+", metavar="FILE")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the outcome as JSON")
    form.add_argument("--follow", action="store_true", help="the progress and the outcome as JSON Lines")
    command.add_argument("--formats", action=_PrintFormats, nargs=0, help="list what is read, and leave")
    command.add_argument("--visit", type=int, help=argparse.SUPPRESS)
    reading_arguments(command)


class _PrintFormats(argparse.Action):
    """The option that lists the formats that are read, and leaves."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> NoReturn:
        """Print the formats by their names; files are not asked for."""
        from core.readers import readers_that

        for reader in readers_that(lambda _one: True):
            print(for_line(f"{reader.name}  {reader.title}"))
        parser.exit()


def run(given: argparse.Namespace) -> int:
    """Import each file on its own: one that cannot be read keeps none of the others out."""
    options = import_options(given)
    failed, visit, kept = False, Visit(given.visit), Counter[int]()
    outcomes: list[dict[str, Any]] = []
    with opened(given) as here, _json_lines() if given.follow else progress_bar() as tell:
        for name in given.files:
            try:
                imports = import_file(here, name, options, tell, visit)
            except KeyboardInterrupt:
                complain("Stopped. What came is kept; import the same again for the rest.")
                return INTERRUPTED
            except PayloadError as error:
                failed = True
                outcomes.append({"file": name, "error": str(error), "threads": []})
                complain(str(error))
                continue
            outcomes.append({"file": name, "error": None, "threads": [outcome_json(imported) for imported in imports]})
            failed |= any(imported.reading.verdict is Verdict.FAILED for imported in imports)
            for imported in imports:
                _report(imported, given)
            kept.update(
                imported.kept.thread_id for imported in imports if imported.kept.thread_id and not imported.kept.known
            )
        if not given.json and not given.follow:
            _report_together(here.library, [thread_id for thread_id, captures in kept.items() if captures > 1])
    if given.json:
        print(as_json(outcomes))
    return INPUT_AT_FAULT if failed else DONE


def _report(imported: Imported, given: argparse.Namespace) -> None:
    """Say what came of one thread, in the form that was asked for."""
    if given.follow:
        root_id = thread_named(imported) if imported.kept.thread_id is not None else ""
        line = {
            "outcome": import_outcome(imported),
            "root_id": root_id,
            "thread_id": imported.kept.thread_id,
            "posts": imported.posts,
        }
        print(json.dumps(line), flush=True)
    elif not given.json:
        print(for_line(import_outcome(imported)))
    if not given.follow:
        report_problems(imported)


def _report_together(library: Library, several: Iterable[int]) -> None:
    """Say what the files brought together of each thread of which there were several."""
    for thread_id in several:
        summary = visits.visit_summary(library, thread_id)
        if summary is not None:
            print(for_line(f"thread {threads.thread(library, thread_id).root_id}: {words(summary.reason)}"))


@contextmanager
def _json_lines() -> Iterator[TellImportProgress]:
    """Tells another program how far a large import is."""
    yield lambda progress: print(json.dumps(asdict(progress)), flush=True)


@contextmanager
def progress_bar() -> Iterator[TellImportProgress]:
    """Shows how far a large import is as a bar on the terminal, where there is one."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}", markup=False), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", visible=False)
        yield lambda now: bar.update(
            task, visible=True, total=now.total, completed=now.done, description=f"{now.posts:,} posts; Ctrl+C stops"
        )


def import_options(given: argparse.Namespace) -> ImportOptions:
    """What the arguments say of how files are read, and of which threads are meant. Raises UsageError."""
    return ImportOptions(
        encoding=given.encoding,
        captured_at=_time_from(given.captured_at),
        mapping=_column_mapping(given.map),
        roots=given.root,
        takes_all=given.all,
    )


def import_file(
    here: OpenLibrary, name: str, options: ImportOptions, tell: TellImportProgress, visit: Visit
) -> list[Imported]:
    """Import one file, or standard input where its name is `-`; `visit` is the command's. Raises PayloadError."""
    limit = here.settings.max_file_mb * 1024 * 1024
    if name == "-" and sys.stdin is None:
        raise PayloadError("Standard input is closed; name a file, or send one in with <.")
    payloads = read_stream(sys.stdin.buffer, limit=limit) if name == "-" else read_file(Path(name), limit=limit)
    return import_payloads(here.library, payloads, options, tell=tell, visit=visit)


def report_problems(imported: Imported) -> None:
    """Say on standard error what was left out or mended."""
    for problem in imported.reading.problems:
        complain(f"{imported.payload}: {problem.place}: {words(problem.reason)}")


def _time_from(text: str | None) -> int | None:
    """A time that the user gave, in seconds since 1970; without a zone it is UTC. Raises UsageError."""
    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--captured-at wants a time such as 2026-02-24T01:30Z, not ‘{text}’.") from error
    return int((given if given.tzinfo else given.replace(tzinfo=UTC)).timestamp())


def _column_mapping(given: Sequence[str]) -> dict[str, str]:
    """What `--map` says of columns: field -> column. Raises UsageError."""
    from core.readers.table.columns import FIELDS

    columns = {}
    for pair in given:
        field, equals, column = pair.partition("=")
        if not equals or field not in FIELDS:
            raise UsageError(f"--map wants FIELD=COLUMN, not ‘{pair}’; FIELD is one of {', '.join(FIELDS)}.")
        columns[field] = column
    return columns


def outcome_json(imported: Imported) -> dict[str, Any]:
    """What came of one thread of a file, for JSON."""
    reading, kept = imported.reading, imported.kept
    return {
        "thread": thread_named(imported),
        "format": reading.format,
        "posts": imported.posts,
        "new": kept.new,
        "changed": kept.changed,
        "edited": kept.edited,
        "gone": kept.gone,
        "since": iso(kept.since),
        "known": kept.known,
        "claimed": reading.claimed,
        "verdict": reading.verdict,
        "reasons": [words(reason) for reason in reading.reasons],
        "problems": [{"place": problem.place, "reason": words(problem.reason)} for problem in reading.problems],
    }
