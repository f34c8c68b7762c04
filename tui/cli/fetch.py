"""`pullquote fetch`: from links into the library."""

import argparse
import asyncio
import json
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from core.errors import FetchError, InputError, UsageError
from core.fetching import Fetched, FetchOutcome, FetchProgress, fetch
from core.library.captures.visits import Visit
from core.models import Verdict
from core.sources import SOURCE_PLUGS, Source, sources_for
from core.text.links import link_fault
from core.text.terminal_safe import for_line
from core.transport.rests import one_round
from core.words import words
from tui.cli.exits import BROKEN_OFF, DONE, INPUT_AT_FAULT, INTERRUPTED, complain
from tui.cli.json_output import as_json, iso
from tui.cli.opened import OpenLibrary, opened
from tui.cli.outcomes import fetch_outcome
from tui.cli.parsing import AUTO, source_argument
from tui.cli.watch import FetchDisplay, progress_words, shown_progress


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the links, how they are fetched, and the form of the outcome."""
    command.add_argument("link", nargs="+", metavar="LINK")
    source_argument(command)
    command.add_argument("--anew", action="store_true", help="begin again where an earlier fetch was broken off")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the outcome as JSON")
    form.add_argument("--follow", action="store_true", help="the progress and the outcome as JSON Lines")


def run(given: argparse.Namespace) -> int:
    """Fetch each link on its own: one that cannot be had keeps none of the others out."""
    code, visit = DONE, Visit()
    outcomes: list[dict[str, Any]] = []
    with opened(given) as here, one_round(), _json_lines() if given.follow else shown_progress() as watch:
        for link in given.link:
            try:
                found = asyncio.run(_fetch_link(here, link, given, watch, visit))
            except InputError as error:
                code = INPUT_AT_FAULT
                outcomes.append({"link": link, "error": str(error), "sources": []})
                complain(str(error))
                continue
            except (KeyboardInterrupt, asyncio.CancelledError):
                complain("Stopped; nothing had come yet.")
                return INTERRUPTED
            outcomes.append({"link": link, "error": None, **_outcome_json(found)})
            for one in found.fetched:
                _report(one, given)
                if one.reading.verdict is Verdict.FAILED:
                    code = INPUT_AT_FAULT
            if found.is_broken_off:
                code = code or BROKEN_OFF
            if any(one.stopped for one in found.fetched):
                code = INTERRUPTED
                break
    if given.json:
        print(as_json(outcomes))
    return code


async def _fetch_link(
    here: OpenLibrary, link: str, given: argparse.Namespace, watch: FetchDisplay, visit: Visit
) -> FetchOutcome:
    """Fetch one link; the signals that end programs end it as Ctrl+C does."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        if task is not None and hasattr(signal, name):
            loop.add_signal_handler(getattr(signal, name), task.cancel)
    sources, most = sources_named(here, link, given.source), here.settings.sources.max_pages
    return await fetch(
        here.library, link, sources, watch.tell, watch.notify, restart=given.anew, max_pages=most, visit=visit
    )


def sources_named(here: OpenLibrary, link: str, name: str) -> Iterable[Source]:
    """The sources to be tried: the one that the user names, or those that take the link.

    Raises UsageError where there is none of that name, FetchError where it takes no such link, or that is none.
    """
    settings = here.settings.sources
    if fault := link_fault(link):
        raise FetchError(fault)
    if name == AUTO:
        return sources_for(link, settings)
    if name not in SOURCE_PLUGS.names():
        raise UsageError(f"--source wants auto or one of {', '.join(SOURCE_PLUGS.names())}, not ‘{name}’.")
    found = SOURCE_PLUGS.load(name, settings)
    if not found.takes(link):
        raise FetchError(f"{found.title} fetches no such link: ‘{link}’. `pullquote sources` says what each takes.")
    return (found,)


def _report(one: Fetched, given: argparse.Namespace) -> None:
    """Say what came of one source, in the form that was asked for."""
    if given.follow:
        posts = len(one.reading.posts)
        told = {"root_id": one.reading.root_id, "thread_id": one.kept.thread_id, "posts": posts}
        print(json.dumps({"outcome": fetch_outcome(one), **told}), flush=True)
        return
    if not given.json:
        print(for_line(fetch_outcome(one)))
        for reason in one.reading.reasons:
            print(for_line(f"  {words(reason)}"))
    for problem in one.reading.problems:
        complain(f"{one.source}: {problem.place}: {words(problem.reason)}")


@contextmanager
def _json_lines() -> Iterator[FetchDisplay]:
    """Tells another program how a fetch goes, as JSON Lines."""
    last: dict[str, Any] = {"thread_id": None, "root_id": "", "posts": 0, "done": 0, "total": 0, "told": ""}

    def say(**told: Any) -> None:
        last.update(told)
        print(json.dumps(last), flush=True)

    def tell(now: FetchProgress) -> None:
        done = max(now.posts - 1, 0)
        say(
            thread_id=now.thread_id,
            root_id=now.root_id,
            posts=done,
            done=done,
            total=now.claimed or 0,
            told=progress_words(now),
        )

    yield FetchDisplay(tell, lambda text: say(told=text), lambda why: say(told=words(why)))


def _outcome_json(found: FetchOutcome) -> dict[str, Any]:
    """What came of a link, for JSON."""
    return {
        "sources": [
            {
                "source": one.source,
                "thread": one.reading.root_id,
                "pages": one.pages,
                "posts": len(one.reading.posts),
                "replies": one.replies,
                "claimed": one.reading.claimed,
                "new": one.kept.new,
                "changed": one.kept.changed,
                "edited": one.kept.edited,
                "gone": one.kept.gone,
                "since": iso(one.kept.since),
                "verdict": one.reading.verdict,
                "reasons": [words(reason) for reason in one.reading.reasons],
                "problems": [{"place": each.place, "reason": words(each.reason)} for each in one.reading.problems],
                "stopped": words(one.broken) if one.broken else "",
            }
            for one in found.fetched
        ],
        "tried": [{"source": one.source, "why": words(one.why)} for one in found.tried],
    }
