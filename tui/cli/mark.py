"""`pullquote mark`, `tags`, `undo` and `redo`: the desk without the screen."""

import argparse
import re
from collections.abc import Iterator

from core.changes import ChangeName
from core.desk import ChangeResult, Desk
from core.errors import MarkError, UsageError
from core.library import threads
from core.library.journal import JournalEntry
from core.models import State
from core.text.language_tags import is_language_tag
from core.text.terminal_safe import for_line
from core.words import change_words
from tui.cli.json_output import as_json
from tui.cli.opened import opened


def mark(given: argparse.Namespace) -> None:
    """Make every mark that was asked for, or none, in one order, and say what was done."""
    if given.to is not None and not is_language_tag(given.to):
        raise UsageError(f"--to wants a language such as zh or pt-BR, not ‘{given.to}’.")
    with opened(given) as here:
        thread = here.thread(given.thread)
        desk = here.desk(thread, given.to)
        seqs = list(dict.fromkeys(threads.find_post(here.library, thread.id, name) for name in given.post))
        with here.library.transaction():
            names = list(_made(desk, seqs, given))
    if not names:
        raise UsageError("Nothing to do: name a mark, for example --star or --tag T.")
    for name in names:
        print(for_line(change_words(name)))


def _made(desk: Desk, seqs: list[int], given: argparse.Namespace) -> Iterator[ChangeName]:
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
        yield from (desk.excerpt(seq, _spans(given.excerpt)).name for seq in seqs)
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


def _spans(text: str) -> list[tuple[int, int]]:
    """`12:40,60:71` as spans. Raises MarkError."""
    try:
        pairs = [part.split(":") for part in text.split(",") if part.strip()]
        return [(int(start), int(end)) for start, end in pairs]
    except ValueError as error:
        raise UsageError(f"--excerpt wants spans such as 12:40 or 12:40,60:71, not ‘{text}’.") from error


def tags(given: argparse.Namespace) -> None:
    """List the tags in section order, after changing them where that was asked."""
    with opened(given) as here:
        drawer = here.desk(here.thread(given.thread)).tags
        done: ChangeResult | None = None
        if given.rename:
            done = drawer.rename(*given.rename)
        elif given.merge:
            done = drawer.merge(*given.merge)
        elif given.delete:
            done = drawer.delete(given.delete)
        elif given.order:
            done = drawer.order(given.order)
        elif given.introduce:
            done = drawer.introduce(*given.introduce)
        elif given.key:
            name, digit = given.key
            done = drawer.set_slot(name, _digit(digit))
        there = drawer.all()
    if given.json:
        fields = ("name", "slot", "posts", "introduction")
        print(as_json([{f: getattr(tag, f) for f in fields} for tag in there]))
        return
    if done is not None:
        print(for_line(change_words(done.name)))
    for tag in there:
        print(for_line(f"{tag.slot or '–'}  {tag.name}  {tag.posts:,}"))


def _digit(text: str) -> int | None:
    """A key from 1 to 9, or None for 0."""
    if not re.fullmatch("[0-9]", text):
        raise UsageError(f"--key wants a digit, not ‘{text}’.")
    return int(text) or None


def undo(given: argparse.Namespace) -> None:
    """Take the latest change back."""
    with opened(given) as here:
        _say("undid", here.desk(here.thread(given.thread)).undo())


def redo(given: argparse.Namespace) -> None:
    """Make the undone change again."""
    with opened(given) as here:
        _say("redid", here.desk(here.thread(given.thread)).redo())


def _say(verb: str, entry: JournalEntry | None) -> None:
    """What was undone or redone."""
    print(for_line(f"{verb}: {change_words(entry.name)}" if entry else f"nothing to {verb[:2] + 'do'}"))
