"""`pullquote facts`: what a thread is made of, for people and for other programs."""

import argparse
from functools import reduce

from core.facts import Bar, Facts, Scope, combined, plots
from core.query import Node, parse
from core.text.terminal_safe import for_line, without_variation_selectors
from core.words import words
from tui.cli.json_output import as_json
from tui.cli.opened import opened
from tui.cli.parsing import json_arguments
from tui.widgets.columns import fit

_LABEL = 20


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the thread, which of its replies are counted, and the form."""
    command.add_argument("thread", metavar="THREAD")
    command.add_argument("--where", metavar="FILTER", default="", help="count only what a filter keeps")
    json_arguments(command, "facts")


def run(given: argparse.Namespace) -> None:
    """Print every plot as lines: label, count, share, and the filter that shows its replies."""
    from core.library.facts import count_facts

    with opened(given) as here:
        thread, node = here.thread(given.thread), parse(given.where)
        facts = reduce(Facts.joined, count_facts(here.library, Scope(thread.id, node)), Facts())
    if given.json:
        from tui.cli.json_models import BarJson, FactsJson

        replies = None if facts.spread is None else facts.spread.replies
        bars = {plot.name: [BarJson.from_bar(bar, _filter(bar, node)) for bar in plot.bars] for plot in plots(facts)}
        whole = FactsJson(thread=thread.root_id, filter=given.where.strip(), replies=replies, plots=bars)
        print(as_json(whole.model_dump()))
        return
    for section in plots(facts):
        print(for_line(" · ".join(words(part) for part in (section.title, section.note) if part)))
        for bar in section.bars:
            share = f"{bar.count / bar.of:.1%}" if bar.of else ""
            count = f"{'≈' if bar.about else ''}{bar.count:,}"
            shown = for_line(_filter(bar, node) or "–")
            label = fit(without_variation_selectors(for_line(words(bar.label))), _LABEL)
            print(f"  {label} {count:>12} {share:>6}  {shown}")


def _filter(bar: Bar, node: Node | None) -> str | None:
    """The filter that shows a bar's replies, or None where none does."""
    return None if bar.node is None else combined(node, bar.node)
