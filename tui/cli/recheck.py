"""`pullquote recheck`: whether quoted posts still stand at their source as they were captured."""

import argparse
import asyncio
from contextlib import aclosing
from typing import Any

from core.errors import InputError
from core.library import rows, thread_posts, threads
from core.models import Quote, State
from core.rechecking.run import Rechecked, recheck
from core.text.terminal_safe import for_line
from core.thread.rechecks import RecheckOutcome
from tui.cli.exits import DONE, INPUT_AT_FAULT, INTERRUPTED, complain
from tui.cli.json_output import as_json
from tui.cli.opened import OpenLibrary, opened
from tui.cli.watch import FetchDisplay, shown_progress


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the posts, and the form."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument("post", nargs="*", metavar="POST", help="the starred posts, if none is named")
    command.add_argument("--json", action="store_true", help="the findings as JSON")


def run(given: argparse.Namespace) -> int:
    """Look at the named posts, or the starred ones, and say what each is now."""
    rechecks: list[Rechecked] = []
    with opened(given) as here, shown_progress() as watch:
        thread = here.thread(given.thread)
        named = [threads.find_post(here.library, thread.id, name) for name in given.post]
        seqs = named or list(thread_posts.posts_in_state(here.library, thread.id, State.STARRED))
        quotes = rows.quotes(here.library, seqs, here.settings.language)
        if not quotes:
            raise InputError("No post is starred, and none was named; star what is to be quoted, or name posts.")
        try:
            asyncio.run(_recheck_each(here, thread.id, quotes, watch, rechecks))
        except KeyboardInterrupt:
            complain(f"Stopped after {len(rechecks):,} of {len(quotes):,}; what was found is kept.")
            return INTERRUPTED
        finally:
            watch.rest()
            _print(rechecks, given)
    return DONE if all(rechecked.finding.outcome is RecheckOutcome.LIVE for rechecked in rechecks) else INPUT_AT_FAULT


async def _recheck_each(
    here: OpenLibrary, thread_id: int, quotes: list[Quote], watch: FetchDisplay, rechecks: list[Rechecked]
) -> None:
    """Put each finding into `found` as it comes."""
    looking = recheck(here.library, thread_id, quotes, here.settings.sources, watch.notify)
    async with aclosing(looking) as findings:
        async for rechecked in findings:
            rechecks.append(rechecked)
            watch.say(f"{len(rechecks):,} of {len(quotes):,} posts looked at")


def _print(rechecks: list[Rechecked], given: argparse.Namespace) -> None:
    """Print a line for each post, or JSON."""
    if given.json:
        print(as_json([_finding_json(rechecked) for rechecked in rechecks]))
        return
    for rechecked in rechecks:
        post, finding = rechecked.quote.post, rechecked.finding
        who = f"@{post.author}" if post.author else "–"
        detail = f"  {finding.detail}" if finding.detail else ""
        print(for_line(f"{post.id}  {who}  {finding.outcome}{detail}"))


def _finding_json(rechecked: Rechecked) -> dict[str, Any]:
    """What was found of one post, for JSON."""
    post, finding = rechecked.quote.post, rechecked.finding
    return {
        "id": post.id,
        "author": post.author,
        "url": post.url,
        "outcome": finding.outcome,
        "detail": finding.detail,
    }
