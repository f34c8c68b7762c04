"""`pullquote open`: a link, files or a kept thread, on the screen."""

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import InputError, NoSuchThread, UsageError
from core.library import Library, threads
from core.library.captures import visits
from core.library.captures.visits import SHOWS_NEW, Visit
from core.models import CapturedFrom, Thread
from core.text.links import is_link, link_fault
from core.words import words
from tui.cli.exits import complain
from tui.cli.opened import OpenLibrary, opened
from tui.cli.outcomes import import_outcome
from tui.cli.parsing import AUTO, reading_arguments, source_argument
from tui.cli.screen import show

if TYPE_CHECKING:
    from core.importing import Imported
    from tui.incoming import Incoming


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare what is opened, and how files are read."""
    command.add_argument("target", nargs="+", metavar="LINK|FILE|THREAD")
    command.add_argument("--anew", action="store_true", help="fetch a link that is kept once more")
    source_argument(command)
    reading_arguments(command)


def run(given: argparse.Namespace) -> int:
    """Import files and open their thread, or open a thread that is kept."""
    with opened(given) as here:
        links = [target for target in given.target if is_link(target) or link_fault(target)]
        if given.source != AUTO and not links:
            raise UsageError("--source says by what a link is fetched, and there is none.")
        wants_fetch = given.anew or given.source != AUTO
        if links and (wants_fetch or len(given.target) > 1 or not _is_kept(here.library, links[0])):
            return _show_fetched(here, given, links)
        if len(given.target) == 1 and given.target[0] != "-" and not Path(given.target[0]).exists():
            return _show_kept(here, _find_kept_thread(here.library, given.target[0]))
        *before, last = sorted(given.target, key=_is_large)
        visit = Visit()
        imports = _import_each(here, before, given, visit)
        if _is_large(last):
            return _show_large_file(here, last, given, visit)
        imports += _import_each(here, [last], given, visit)
        kept = [imported.kept.thread_id for imported in imports if imported.kept.thread_id is not None]
        if not kept:
            raise InputError("; ".join(import_outcome(imported) for imported in imports))
        return show(here, kept[0], _greeting(here.library, kept[0], imports))


def _greeting(library: Library, thread_id: int, imports: "Sequence[Imported]") -> str:
    """What files brought: of a thread that was there before what is new in it, of others everything."""
    fresh = [imported for imported in imports if not imported.kept.known]
    here = [imported for imported in fresh if imported.kept.thread_id == thread_id]
    summary = visits.visit_summary(library, thread_id) if any(imported.kept.since for imported in here) else None
    if summary is None:
        return " · ".join(import_outcome(imported) for imported in fresh)
    problems = sum(len(imported.reading.problems) for imported in here)
    parts = [f"{words(summary.reason)}; {SHOWS_NEW}", f"from {', '.join(imported.payload for imported in here)}"]
    parts += [f"{problems:,} left out or mended"] if problems else []
    return " · ".join([*parts, *(import_outcome(imported) for imported in fresh if imported not in here)])


def _import_each(here: OpenLibrary, names: Sequence[str], given: argparse.Namespace, visit: Visit) -> "list[Imported]":
    """Import files, one after the other, as one visit."""
    from tui.cli.import_files import import_file, import_options, progress_bar

    options = import_options(given)
    with progress_bar() as tell:
        return [imported for name in names for imported in import_file(here, name, options, tell, visit)]


def _is_large(name: str) -> bool:
    """Whether a file is so large that its thread is shown while it is read; what is packed is read first."""
    from core.importing.slices import LARGE

    return name != "-" and Path(name).is_file() and Path(name).stat().st_size >= LARGE


def _is_kept(library: Library, link: str) -> bool:
    """Whether the thread of a link is in the library, to its end as far as its source gave it."""
    from core.library.captures.fetched_pages import is_unfinished

    try:
        return not is_unfinished(library, threads.find_thread(library, link).id)
    except NoSuchThread:
        return False


def _show_kept(here: OpenLibrary, thread: Thread) -> int:
    """Open a kept thread; of one that was fetched, say from when it is."""
    said = ""
    if thread.url is not None and thread.captured_at is not None:
        at = datetime.fromtimestamp(thread.captured_at, UTC)
        how = "File dated" if thread.captured_from is CapturedFrom.FILE else "Captured"
        said = f"{how} {at:%Y-%m-%d %H:%M} UTC; {{key:fetch.again}} fetches it again."
    return show(here, thread.id, said)


def _show_fetched(here: OpenLibrary, given: argparse.Namespace, links: Sequence[str]) -> int:
    """Open a thread as soon as its first page is kept, while a process of its own goes on with the fetch."""
    from tui.cli.fetch import sources_named
    from tui.cli.watch import shown_progress
    from tui.incoming import Incoming

    if len(given.target) > 1:
        raise UsageError("‘open’ takes one link, or files; fetch several links with ‘pullquote fetch’.")
    # What cannot be fetched is said before anything is started.
    sources_named(here, links[0], given.source)
    arguments = ["--library", str(here.library.path), "--source", given.source]
    incoming = Incoming("fetch", [*arguments, "--", links[0]])
    with shown_progress() as watch:
        return _show_incoming(here, incoming, lambda text: watch.say(text or f"fetching {links[0]}"), watch.rest)


def _show_large_file(here: OpenLibrary, name: str, given: argparse.Namespace, visit: Visit) -> int:
    """Open a thread as soon as its first replies are kept, while a process of its own goes on with the file."""
    from tui.incoming import Incoming

    stated = [(name, getattr(given, name.replace("-", "_"))) for name in ("encoding", "captured-at")]
    stated += (
        [("map", value) for value in given.map] + [("root", value) for value in given.root] + [("visit", visit.number)]
    )
    options = [f"--{name}={value}" for name, value in stated if value] + (["--all"] if given.all else [])
    complain(f"reading {name} …")
    return _show_incoming(here, Incoming("import", ["--library", str(here.library.path), *options, "--", name]))


def _show_incoming(
    here: OpenLibrary,
    incoming: "Incoming",
    tell: Callable[[str], object] = lambda _told: None,
    then: Callable[[], object] = lambda: None,
) -> int:
    """Show the thread that a process brings; until its first replies are there `tell` is told what it does."""
    try:
        news = incoming.first(tell)
        then()
        return show(here, threads.thread(here.library, news.thread_id).id, news.outcome or "", incoming)
    finally:
        incoming.stop()


def _find_kept_thread(library: Library, name: str) -> Thread:
    """A thread of the library. Raises NoSuchThread, with a word on files where the name looks like one."""
    try:
        return threads.find_thread(library, name)
    except NoSuchThread as error:
        if "/" in name or "." in name:
            raise NoSuchThread(f"There is no file ‘{name}’, and no thread of that name in the library.") from error
        raise
