"""`pullquote mark`: marks on posts, without the screen."""

import argparse
from collections.abc import Iterator

from core.changes import ChangeName
from core.desk import Desk
from core.errors import MarkError, UsageError
from core.library import threads
from core.models import State
from core.text.language_tags import is_language_tag
from core.text.terminal_safe import for_line
from core.words import change_words
from tui.cli.opened import opened


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the posts, and every mark."""
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


def run(given: argparse.Namespace) -> None:
    """Make every mark that was asked for, or none, in one order, and say what was done."""
    if given.to is not None and not is_language_tag(given.to):
        raise UsageError(f"--to wants a language such as zh or pt-BR, not ‘{given.to}’.")
    with opened(given) as here:
        thread = here.thread(given.thread)
        desk = here.desk(thread, given.to)
        seqs = list(dict.fromkeys(threads.find_post(here.library, thread.id, name) for name in given.post))
        with here.library.transaction():
            names = list(_make_marks(desk, seqs, given))
    if not names:
        raise UsageError("Nothing to do: name a mark, for example --star or --tag T.")
    for name in names:
        print(for_line(change_words(name)))


def _make_marks(desk: Desk, seqs: list[int], given: argparse.Namespace) -> Iterator[ChangeName]:
    """The changes, each by its name."""
    if given.state:
        yield desk.decide(seqs, State(given.state)).name
    if given.tag:
        yield desk.tags.add(seqs, *given.tag).name
    if given.untag:
        yield desk.tags.remove(seqs, *given.untag).name
    texts = {name: getattr(given, name) for name in ("lead_in", "comment", "note", "translation")}
    if any(text is not None for text in texts.values()):
        yield from (desk.write(seq, **texts).name for seq in seqs)
    if given.excerpt is not None:
        yield from (desk.excerpt(seq, _parse_spans(given.excerpt)).name for seq in seqs)
    if given.approve:
        yield desk.approve(seqs).name
    if given.rating is not None:
        yield desk.rate(seqs, given.rating).name
    if given.review is not None:
        yield desk.review(seqs, given.review).name
    if given.confirm is not None:
        yield desk.confirm(seqs, given.confirm).name
    if given.closing:
        if len(seqs) != 1:
            raise MarkError("An article has one closing quote; name one post.")
        yield desk.set_article(closing=seqs[0]).name


def _parse_spans(text: str) -> list[tuple[int, int]]:
    """`12:40,60:71` as spans. Raises MarkError."""
    try:
        pairs = [part.split(":") for part in text.split(",") if part.strip()]
        return [(int(start), int(end)) for start, end in pairs]
    except ValueError as error:
        raise UsageError(f"--excerpt wants spans such as 12:40 or 12:40,60:71, not ‘{text}’.") from error
