"""The drawer of tags: making, giving, renaming, merging and ordering them."""

from collections.abc import Iterable, Sequence

from core.desk.steps import ChangeResult, MarkEdits, change_result, clean_typed_text
from core.errors import MarkError
from core.library import views
from core.library.journal import JournalStep
from core.library.views import Tag
from core.text.counted import counted
from core.text.matching import fold

SLOTS = range(1, 10)
"""The keys that a tag can have."""
_NAMED = 30
"""Tags that an error names."""
LONGEST_NAME = 200
"""Characters in a tag's name."""


class TagEdits(MarkEdits):
    """The tags of one thread."""

    def add(self, seqs: Sequence[int], *names: str) -> ChangeResult:
        """Add tags, made where they are new; a new one gets the lowest free slot and the last section."""
        wanted = [_name(name) for name in names]
        with self.step(f"tag {counted(len(seqs), 'post')}: {_list(wanted)}") as step:
            for name in wanted:
                tag_id = self._id(step, name)
                self._attach(step, seqs, tag_id)
        return change_result(step)

    def remove(self, seqs: Sequence[int], *names: str) -> ChangeResult:
        """Take tags away, where the posts have them."""
        wanted = [self.named(name) for name in names]
        with self.step(f"untag {counted(len(seqs), 'post')}: {_list(tag.name for tag in wanted)}") as step:
            for tag in wanted:
                for seq in seqs:
                    step.drop("post_tag", (seq, tag.id))
        return change_result(step)

    def toggle(self, seqs: Sequence[int], name: str) -> ChangeResult:
        """Add a tag, or take it away where all of the posts have it."""
        found = self.quotes(seqs)
        existing = self.find(name)
        if existing and all(existing.name in each.mark.tags for each in found):
            return self.remove(seqs, name)
        return self.add(seqs, name)

    def rename(self, old: str, new: str) -> ChangeResult:
        """Rename a tag; raises MarkError where the new name is another tag's (merge them instead)."""
        tag, name = self.named(old), _name(new)
        other = self.find(name)
        if other and other.id != tag.id:
            raise MarkError(f"There is a tag ‘{other.name}’ already; merge ‘{tag.name}’ into it instead.")
        with self.step(f"rename tag {tag.name} to {name}") as step:
            step.put("tag", (tag.id,), name=name)
        return change_result(step)

    def merge(self, source: str, target: str) -> ChangeResult:
        """Give `target` to every post that has `source`, and remove `source`."""
        gone, kept = self.named(source), self.named(target)
        if gone.id == kept.id:
            raise MarkError(f"‘{gone.name}’ cannot be merged into itself.")
        posts = views.tagged(self.library, gone.id)
        with self.step(f"merge tag {gone.name} into {kept.name}") as step:
            self._attach(step, posts, kept.id)
            for seq in posts:
                step.drop("post_tag", (seq, gone.id))
            step.drop("tag", (gone.id,))
        return change_result(step)

    def delete(self, name: str) -> ChangeResult:
        """Remove a tag from every post, and from the list."""
        tag = self.named(name)
        with self.step(f"delete tag {tag.name}") as step:
            for seq in views.tagged(self.library, tag.id):
                step.drop("post_tag", (seq, tag.id))
            step.drop("tag", (tag.id,))
        return change_result(step)

    def set_slot(self, name: str, slot: int | None) -> ChangeResult:
        """Put a tag on a digit key; the tag that had it gets the other's key."""
        if slot is not None and slot not in SLOTS:
            raise MarkError(f"A tag's key is 1 to 9, not {slot}.")
        tag = self.named(name)
        with self.step(f"put tag {tag.name} on key {slot}" if slot else f"take tag {tag.name} off its key") as step:
            for other in self.slotted():
                if slot is not None and other.slot == slot and other.id != tag.id:
                    step.put("tag", (other.id,), slot=tag.slot)
            step.put("tag", (tag.id,), slot=slot)
        return change_result(step)

    def order(self, names: Sequence[str]) -> ChangeResult:
        """Put sections in this order; tags that are not named follow in the order that they had."""
        first = list(dict.fromkeys(self.named(name) for name in names))
        rest = [tag for tag in self.all() if tag not in first]
        with self.step("order the sections") as step:
            for position, tag in enumerate((*first, *rest)):
                step.put("tag", (tag.id,), position=position)
        return change_result(step)

    def introduce(self, tag: str, text: str) -> ChangeResult:
        """Set the introduction of the section that a tag feeds."""
        found = self.named(tag)
        with self.step(f"introduce {found.name}") as step:
            step.put("tag", (found.id,), introduction=clean_typed_text(text))
        return change_result(step)

    def move_quote(self, seq: int, tag: str, by: int) -> ChangeResult:
        """Move a starred quote up (negative) or down among the starred ones of its section."""
        found = self.named(tag)
        posts = views.tagged(self.library, found.id, starred=True)
        if seq not in posts:
            raise MarkError(f"The post is not a starred one of ‘{found.name}’.")
        places = sorted(views.tag_positions(self.library, found.id, posts))
        to = max(0, min(len(posts) - 1, posts.index(seq) + by))
        posts.remove(seq)
        posts.insert(to, seq)
        with self.step("move a quote") as step:
            for one, place in zip(posts, places, strict=True):
                step.put("post_tag", (one, found.id), position=place)
        return change_result(step)

    def retag(self, seq: int, source: str, target: str) -> ChangeResult:
        """Take one tag from a post and give it another, as one step; without `source`, only give."""
        given, gone = self.named(target), self.named(source) if source else None
        with self.step("move a quote to another section") as step:
            if gone and gone.id != given.id:
                step.drop("post_tag", (seq, gone.id))
            self._attach(step, (seq,), given.id)
        return change_result(step)

    def all(self) -> tuple[Tag, ...]:
        """The thread's tags in section order."""
        return views.tags(self.library, self.thread_id)

    def slotted(self) -> tuple[Tag, ...]:
        """The tags that a digit gives, in section order."""
        return views.tags_with_keys(self.library, self.thread_id)

    def named(self, name: str) -> Tag:
        """The tag of this name, case and accents aside. Raises MarkError where there is none."""
        found = self.find(name)
        if found is None:
            known = _some(views.tag_names(self.library, self.thread_id)) or "none yet"
            raise MarkError(f"There is no tag ‘{name}’. The tags are: {known}.")
        return found

    def find(self, name: str) -> Tag | None:
        """The tag of this name, case and accents aside, or None."""
        exact = views.tag_named(self.library, self.thread_id, name.strip())
        if exact is not None:
            return exact
        wanted = fold(name.strip())
        alike = next((one for one in views.tag_names(self.library, self.thread_id) if fold(one) == wanted), None)
        return None if alike is None else views.tag_named(self.library, self.thread_id, alike)

    def _id(self, step: JournalStep, name: str) -> int:
        """The tag's number, made where it is new."""
        found = self.find(name)
        return found.id if found else self._new(step, name)

    def _new(self, step: JournalStep, name: str) -> int:
        """Make a tag, with the lowest free slot and the last place."""
        taken = {tag.slot for tag in self.slotted()}
        free = next((slot for slot in SLOTS if slot not in taken), None)
        position = views.next_section_place(self.library, self.thread_id)
        return step.insert("tag", thread_id=self.thread_id, name=name, slot=free, position=position, introduction="")

    def _attach(self, step: JournalStep, seqs: Iterable[int], tag_id: int) -> None:
        """Give a tag to posts that lack it, after all tags that were given before."""
        have = set(views.tagged(self.library, tag_id))
        position = views.next_tag_position(self.library, self.thread_id)
        for seq in seqs:
            if seq not in have:
                step.put("post_tag", (seq, tag_id), position=position)
                position += 1


def _name(text: str) -> str:
    """A tag's name as kept: one line. Raises MarkError where nothing is left, or too much."""
    name = " ".join(clean_typed_text(text).split())
    if not fold(name):
        raise MarkError("A tag wants a name that can be seen.")
    if len(name) > LONGEST_NAME:
        raise MarkError(f"A tag's name has at most {LONGEST_NAME} characters, not {len(name)}.")
    return name


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _list(names: Iterable[str]) -> str:
    """Names, for a step's title."""
    return ", ".join(names)
