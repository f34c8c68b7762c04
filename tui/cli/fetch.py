"""`pullquote fetch` and `pullquote sources`: from links into the library."""

import argparse
import asyncio
import json
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.errors import FetchError, InputError, PlugError, UsageError
from core.fetching import Fetched, FetchOutcome, FetchProgress, TellFetchProgress, fetch
from core.library.captures.visits import Visit
from core.models import Verdict
from core.sources import SOURCE_PLUGS, Notify, Source, sources_for
from core.text.terminal_safe import for_line
from core.words import words
from tui.cli.json_output import as_json, iso
from tui.cli.main import DONE, INPUT_AT_FAULT, INTERRUPTED, complain
from tui.cli.opened import Opened, opened
from tui.cli.outcomes import fetch_outcome


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how a fetch goes."""

    tell: TellFetchProgress
    say: Notify
    rest: Callable[[], object] = lambda: None
    """Leaves the terminal to others."""


def fetch_links(given: argparse.Namespace) -> int:
    """Fetch each link on its own: one that cannot be had keeps none of the others out."""
    code, visit = DONE, Visit()
    outcomes: list[dict[str, Any]] = []
    with opened(given) as here, _followed() if given.follow else watched() as watch:
        for link in given.link:
            try:
                found = asyncio.run(_fetched(here, link, given, watch, visit))
            except InputError as error:
                code = INPUT_AT_FAULT
                outcomes.append({"link": link, "error": str(error), "sources": []})
                complain(str(error))
                continue
            except (KeyboardInterrupt, asyncio.CancelledError):
                complain("Stopped; nothing had come yet.")
                return INTERRUPTED
            outcomes.append({"link": link, "error": None, **_outcome(found)})
            for one in found.fetched:
                _report(one, given)
                if one.reading.verdict is Verdict.FAILED:
                    code = INPUT_AT_FAULT
            if any(one.stopped for one in found.fetched):
                code = INTERRUPTED
                break
    if given.json:
        print(as_json(outcomes))
    return code


async def _fetched(here: Opened, link: str, given: argparse.Namespace, watch: Watch, visit: Visit) -> FetchOutcome:
    """Fetch one link; the signals that end programs end it as Ctrl+C does."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        if task is not None and hasattr(signal, name):
            loop.add_signal_handler(getattr(signal, name), task.cancel)
    sources, most = _sources(here, link, given.source), here.settings.sources.max_pages
    return await fetch(here.library, link, sources, watch.tell, watch.say, anew=given.anew, most=most, visit=visit)


def _sources(here: Opened, link: str, name: str) -> Iterator[Source]:
    """The sources to be tried: the one that the user names, or those that take the link. Raises UsageError."""
    settings = here.settings.sources
    if name == "auto":
        yield from sources_for(link, settings)
        return
    if name not in SOURCE_PLUGS.names():
        raise UsageError(f"--source wants auto or one of {', '.join(SOURCE_PLUGS.names())}, not ‘{name}’.")
    found = SOURCE_PLUGS.load(name, settings)
    if not found.takes(link):
        raise FetchError(f"{found.title} fetches no such link: ‘{link}’. `pullquote sources` says what each takes.")
    yield found


def _report(one: Fetched, given: argparse.Namespace) -> None:
    """Say what came of one source, in the form that was asked for."""
    if given.follow:
        posts = len(one.reading.posts)
        print(json.dumps({"outcome": fetch_outcome(one), "root_id": one.reading.root_id, "posts": posts}), flush=True)
        return
    if not given.json:
        print(for_line(fetch_outcome(one)))
        for reason in one.reading.reasons:
            print(for_line(f"  {words(reason)}"))
    for problem in one.reading.problems:
        complain(f"{one.source}: {problem.place}: {words(problem.reason)}")


@contextmanager
def _followed() -> Iterator[Watch]:
    """Tells another program how a fetch goes, as JSON Lines."""
    last: dict[str, Any] = {"thread_id": None, "root_id": "", "posts": 0, "done": 0, "total": 0, "told": ""}

    def say(**told: Any) -> None:
        last.update(told)
        print(json.dumps(last), flush=True)

    def tell(now: FetchProgress) -> None:
        done = max(now.posts - 1, 0)
        say(
            thread_id=now.thread_id, root_id=now.root_id, posts=done, done=done, total=now.claimed or 0, told=_told(now)
        )

    yield Watch(tell, lambda text: say(told=text))


@contextmanager
def watched() -> Iterator[Watch]:
    """Shows how a fetch goes on one line of the terminal; where there is none, each thing that is said once."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield Watch(lambda _now: None, _once(complain))
        return
    from rich.console import Console
    from rich.status import Status
    from rich.text import Text

    console = Console(stderr=True)
    with Status("", console=console) as status:

        def show(text: str) -> None:
            status.update(Text(f"{for_line(text)} · Ctrl+C stops, and keeps what came"))

        yield Watch(lambda now: show(_told(now)), show, status.stop)


def _once(say: Callable[[str], None]) -> Notify:
    """Says each thing once, whatever it counts down meanwhile."""
    said: set[str] = set()

    def notify(text: str) -> None:
        what = re.sub(r"^trying again in \d+ s: ", "", text)
        if what not in said:
            said.add(what)
            say(text)

    return notify


def _told(now: FetchProgress) -> str:
    """How far a fetch is, in a few words."""
    whole = f" of ≈ {now.claimed:,}" if now.claimed else ""
    return f"{now.source}: {now.note} · {max(now.posts - 1, 0):,}{whole} replies so far"


def _outcome(found: FetchOutcome) -> dict[str, Any]:
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


def list_sources(given: argparse.Namespace) -> None:
    """Every source with what it fetches."""
    with opened(given) as here:
        settings = here.settings.sources
    for name in SOURCE_PLUGS.names():
        try:
            one = SOURCE_PLUGS.load(name, settings)
        except PlugError as error:
            complain(str(error))
        else:
            print(f"{one.name:<16} {for_line(f'{one.title}: {one.fetches}')}")
