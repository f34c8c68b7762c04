"""Tags: nine slots on the digits, a picker, and adding and removing by name."""

import re
from functools import partial

from core.desk.tags import SLOTS
from core.errors import MarkError
from core.models import State
from core.text.counted import counted
from tui.commands.command import Command, in_section
from tui.commands.triage import decide
from tui.screens.dialogs.dialog import YesOrNo
from tui.screens.dialogs.tag_picker import Picked, TagPicker
from tui.thread.bench import Bench

_RECENT = 9
_BETWEEN = re.compile("[,;，；、]")


def toggle_slot(bench: Bench, slot: int) -> None:
    """Toggle the tag that has this key."""
    name = next((tag.name for tag in bench.desk.tags.slotted() if tag.slot == slot), None)
    if name is None:
        bench.say(f"No tag has the key {slot} yet; {{key:tag.pick}} makes one.")
    else:
        _toggle(bench, name)


def _toggle(bench: Bench, name: str) -> None:
    """Toggle a tag on the targets."""
    bench.change(lambda seqs: bench.desk.tags.toggle(seqs, name))


async def pick_tag(bench: Bench) -> None:
    """Find a tag or make one."""
    count = len(bench.targets())
    title = f"Tag {count:,} replies" if count != 1 else "Tag this reply"
    picked = await bench.open(TagPicker(bench.desk.tags.all(), title))
    if picked is None:
        return
    if picked.wish == "tag":
        _toggle(bench, picked.name)
    elif picked.wish == "accept":
        bench.change(
            lambda seqs: bench.desk.tags.add(seqs, picked.name),
            then=lambda: decide(bench, State.STARRED),
        )
    elif picked.wish == "rename":
        await _rename(bench, picked)
    else:
        bench.take_next_key(f"A key for ‘{picked.name}’: 1 to 9, 0 for none", lambda key: _give_key(bench, picked, key))


async def _rename(bench: Bench, picked: Picked) -> None:
    """Rename a tag, or merge it into another after asking."""
    name = await bench.ask(f"new name for ‘{picked.name}’", picked.name)
    if not name or not name.strip() or name.strip() == picked.name:
        return
    other = bench.desk.tags.find(name)
    if other is None or other.name == picked.name:
        bench.attempt(lambda: bench.desk.tags.rename(picked.name, name))
    elif await bench.open(
        YesOrNo(
            f"There is a tag ‘{other.name}’ with {counted(other.posts, 'post')} already.",
            f"merge ‘{picked.name}’ into it",
            "leave both as they are",
        )
    ):
        bench.attempt(lambda: bench.desk.tags.merge(picked.name, other.name))
    # `.` would make the old name anew.
    bench.last_change = None
    bench.table.forget_all()


def _give_key(bench: Bench, picked: Picked, key: str) -> None:
    """Put a tag on a digit."""
    if key in tuple("0123456789"):
        bench.attempt(lambda: bench.desk.tags.set_slot(picked.name, int(key) or None))
    else:
        bench.say("A tag's key is a digit.")


async def pick_recent_tag(bench: Bench) -> None:
    """Choose among the tags that were used last."""
    used = [tag for tag in bench.desk.tags.all() if tag.posts]
    latest = sorted(used, key=lambda tag: tag.given, reverse=True)[:_RECENT]
    picked = await bench.open(TagPicker(latest, "Tags used last", may_make=False))
    if picked is not None:
        _toggle(bench, picked.name)


async def add_tags(bench: Bench) -> None:
    """Add the tags that the writer types."""
    names = _names(await bench.ask("add tags (commas between them)"))
    if names:
        bench.change(lambda seqs: bench.desk.tags.add(seqs, *names))


async def remove_tags(bench: Bench) -> None:
    """Remove the tags that the writer types; those of the row stand there to begin with."""
    quote = bench.table.quote
    tags = () if quote is None else quote.mark.tags
    there = "" if any(_BETWEEN.search(tag) for tag in tags) else ", ".join(tags)
    names = _names(await bench.ask("remove tags (commas between them)", there))
    if names:
        bench.change(lambda seqs: bench.desk.tags.remove(seqs, *names))


async def tag_view(bench: Bench) -> None:
    """Change a tag on every reply in the view, after saying how many."""
    seqs = tuple(seq for seq in bench.result.order if seq != bench.root_seq)
    typed = (await bench.ask(f"tag all {len(seqs):,} replies in the view: +name adds, -name removes") or "").strip()
    if not typed:
        return
    takes_away = typed[0] in "-－"
    names = _names(typed.lstrip("+-＋－"))
    if not names:
        bench.say(str(MarkError("A tag wants a name.")))
    elif takes_away:
        bench.attempt(lambda: bench.desk.tags.remove(seqs, *names))
    else:
        bench.attempt(lambda: bench.desk.tags.add(seqs, *names))
    bench.table.forget_all()


def _names(typed: str | None) -> list[str]:
    """Names between commas or semicolons, plain, full-width or ideographic."""
    return [name for part in _BETWEEN.split(typed or "") if (name := part.strip())]


COMMANDS = in_section(
    "Tags",
    *(
        Command(f"tag.slot.{n}", str(n), f"Tag {n}", partial(toggle_slot, slot=n), f"Toggle the tag on {n}")
        for n in SLOTS
    ),
    Command("tag.pick", "t", "Tag", pick_tag, "Find a tag or make one; rename, merge, give it a key", footer=True),
    Command("tag.recent", "0", "Recent tag", pick_recent_tag, "One of the tags used last"),
    Command("tag.add", "+", "Add tags", add_tags, "Add tags by name, commas between them"),
    Command("tag.remove", "minus", "Remove tags", remove_tags, "Remove tags by name"),
    Command("tag.all", "*", "Tag the view", tag_view, "Tag every reply in the view"),
)
