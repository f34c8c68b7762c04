"""Tags: nine slots on the digits, a picker, and adding and removing by name."""

import re

from textual.binding import Binding

from core.desk.tags import SLOTS
from core.errors import MarkError
from core.models import Mark
from core.text.counted import counted
from tui.keyboard.order import flow
from tui.screens.dialogs.dialog import YesOrNo
from tui.screens.dialogs.tag_picker import Picked, TagPicker
from tui.screens.triage import Triage

_RECENT = 9
_BETWEEN = re.compile("[,;，；、]")


class Tagging(Triage):
    """Tags: nine on the digits, all of them in the picker."""

    BINDINGS = [
        *(
            Binding(str(n), f"slot({n})", f"Tag {n}", show=False, id=f"tag.slot.{n}", tooltip=f"Toggle the tag on {n}")
            for n in SLOTS
        ),
        Binding("t", "pick_tag", "Tag", id="tag.pick", tooltip="Find a tag or make one; rename, merge, give it a key"),
        Binding("0", "recent_tag", "Recent tag", show=False, id="tag.recent", tooltip="One of the tags used last"),
        Binding("+", "add_tags", "Add tags", show=False, id="tag.add", tooltip="Add tags by name, commas between them"),
        Binding("minus", "remove_tags", "Remove tags", show=False, id="tag.remove", tooltip="Remove tags by name"),
        Binding("*", "tag_view", "Tag the view", show=False, id="tag.all", tooltip="Tag every reply in the view"),
    ]

    def action_slot(self, slot: int) -> None:
        """Toggle the tag that has this key."""
        name = next((tag.name for tag in self.desk.tags.slotted() if tag.slot == slot), None)
        if name is None:
            self.say(f"No tag has the key {slot} yet; t makes one.")
        else:
            self._toggle(name)

    def _toggle(self, name: str) -> None:
        """Toggle a tag on the targets."""
        self.change(f"tag {name}", lambda seqs: self.desk.tags.toggle(seqs, name))

    @flow
    async def action_pick_tag(self) -> None:
        """Find a tag or make one."""
        count = len(self.targets())
        title = f"Tag {count:,} replies" if count != 1 else "Tag this reply"
        picked = await self.app.push_screen_wait(TagPicker(self.desk.tags.all(), title))
        if picked is None:
            return
        if picked.wish == "tag":
            self._toggle(picked.name)
        elif picked.wish == "accept":
            self.change(
                f"tag {picked.name}",
                lambda seqs: self.desk.tags.add(seqs, picked.name),
                then=lambda: self.action_decide("starred"),
            )
        elif picked.wish == "rename":
            await self._rename(picked)
        else:
            self.take_next_key(
                f"A key for ‘{picked.name}’: 1 to 9, 0 for none", lambda key: self._give_key(picked, key)
            )

    async def _rename(self, picked: Picked) -> None:
        """Rename a tag, or merge it into another after asking."""
        name = await self.ask(f"new name for ‘{picked.name}’", picked.name)
        if not name or not name.strip() or name.strip() == picked.name:
            return
        other = self.desk.tags.find(name)
        if other is None or other.name == picked.name:
            self.attempt(lambda: self.desk.tags.rename(picked.name, name))
        elif await self.app.push_screen_wait(
            YesOrNo(
                f"There is a tag ‘{other.name}’ with {counted(other.posts, 'post')} already.",
                f"merge ‘{picked.name}’ into it",
                "leave both as they are",
            )
        ):
            self.attempt(lambda: self.desk.tags.merge(picked.name, other.name))
        # `.` would make the old name anew.
        self.last_change = None
        self.table.forget_all()

    def _give_key(self, picked: Picked, key: str) -> None:
        """Put a tag on a digit."""
        if key in tuple("0123456789"):
            self.attempt(lambda: self.desk.tags.set_slot(picked.name, int(key) or None))
        else:
            self.say("A tag's key is a digit.")

    @flow
    async def action_recent_tag(self) -> None:
        """Choose among the tags that were used last."""
        used = [tag for tag in self.desk.tags.all() if tag.posts]
        latest = sorted(used, key=lambda tag: tag.given, reverse=True)[:_RECENT]
        picked = await self.app.push_screen_wait(TagPicker(latest, "Tags used last", may_make=False))
        if picked is not None:
            self._toggle(picked.name)

    @flow
    async def action_add_tags(self) -> None:
        """Add tags by name."""
        names = _names(await self.ask("add tags (commas between them)"))
        if names:
            self.change(f"tag {', '.join(names)}", lambda seqs: self.desk.tags.add(seqs, *names))

    @flow
    async def action_remove_tags(self) -> None:
        """Remove tags by name."""
        tags = self._mark().tags
        there = "" if any(_BETWEEN.search(tag) for tag in tags) else ", ".join(tags)
        names = _names(await self.ask("remove tags (commas between them)", there))
        if names:
            self.change(f"untag {', '.join(names)}", lambda seqs: self.desk.tags.remove(seqs, *names))

    def _mark(self) -> Mark:
        """The mark under the cursor."""
        return Mark() if self.table.quote is None else self.table.quote.mark

    @flow
    async def action_tag_view(self) -> None:
        """Change a tag on every reply in the view, after saying how many."""
        seqs = tuple(seq for seq in self.piece.order if seq != self.root_seq)
        typed = (await self.ask(f"tag all {len(seqs):,} replies in the view: +name adds, -name removes") or "").strip()
        if not typed:
            return
        takes_away = typed[0] in "-－"
        names = _names(typed.lstrip("+-＋－"))
        if not names:
            self.say(str(MarkError("A tag wants a name.")))
        elif takes_away:
            self.attempt(lambda: self.desk.tags.remove(seqs, *names))
        else:
            self.attempt(lambda: self.desk.tags.add(seqs, *names))
        self.table.forget_all()


def _names(typed: str | None) -> list[str]:
    """Names between commas or semicolons, plain, full-width or ideographic."""
    return [name for part in _BETWEEN.split(typed or "") if (name := part.strip())]
