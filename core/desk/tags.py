"""The edits of tags: making, giving, renaming, merging and ordering them."""

from collections.abc import Sequence

from core.changes import ChangeName, ChangeVerb
from core.desk.steps import ChangeResult, MarkEdits, clean_typed_text
from core.errors import MarkError
from core.library import tags
from core.library.marks import Marks
from core.library.tags import Tag
from core.text.matching import fold

SLOTS = range(1, 10)
"""The keys that a tag can have."""
_NAMED = 30
"""Tags that an error names."""
LONGEST_NAME = 200
"""Characters in a tag's name."""


class TagEdits(MarkEdits):
    """Edits of the tags of one thread, each a step that can be undone."""

    def add(self, seqs: Sequence[int], *names: str) -> ChangeResult:
        """Add tags, made where they are new; a new one gets the lowest free slot and the last section."""
        wanted = [_name(name) for name in names]

        def add(marks: Marks) -> None:
            for name in wanted:
                found = self.find(name)
                marks.give_tag(seqs, found.id if found else marks.make_tag(name, self._free_slot()))

        return self.change(ChangeName(ChangeVerb.TAG, len(seqs), tuple(wanted)), add)

    def remove(self, seqs: Sequence[int], *names: str) -> ChangeResult:
        """Take tags away, where the posts have them."""
        wanted = [self.named(name) for name in names]

        def remove(marks: Marks) -> None:
            for tag in wanted:
                marks.take_tag(seqs, tag.id)

        return self.change(ChangeName(ChangeVerb.UNTAG, len(seqs), tuple(tag.name for tag in wanted)), remove)

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
        return self.change(
            ChangeName(ChangeVerb.RENAME_TAG, names=(tag.name, name)), lambda marks: marks.rename_tag(tag.id, name)
        )

    def merge(self, source: str, target: str) -> ChangeResult:
        """Give `target` to every post that has `source`, and remove `source`."""
        gone, kept = self.named(source), self.named(target)
        if gone.id == kept.id:
            raise MarkError(f"‘{gone.name}’ cannot be merged into itself.")

        def merge(marks: Marks) -> None:
            marks.give_tag(tags.tagged_posts(self.library, gone.id), kept.id)
            marks.delete_tag(gone.id)

        return self.change(ChangeName(ChangeVerb.MERGE_TAG, names=(gone.name, kept.name)), merge)

    def delete(self, name: str) -> ChangeResult:
        """Remove a tag from every post, and from the list."""
        tag = self.named(name)
        return self.change(ChangeName(ChangeVerb.DELETE_TAG, names=(tag.name,)), lambda marks: marks.delete_tag(tag.id))

    def set_slot(self, name: str, slot: int | None) -> ChangeResult:
        """Put a tag on a digit key; the tag that had it gets the other's key."""
        if slot is not None and slot not in SLOTS:
            raise MarkError(f"A tag's key is 1 to 9, not {slot}.")
        tag = self.named(name)

        def set_slot(marks: Marks) -> None:
            for other in self.slotted():
                if slot is not None and other.slot == slot and other.id != tag.id:
                    marks.set_tag_slot(other.id, tag.slot)
            marks.set_tag_slot(tag.id, slot)

        put = ChangeName(ChangeVerb.PUT_TAG_ON_KEY, names=(tag.name, str(slot)))
        return self.change(put if slot else ChangeName(ChangeVerb.TAKE_TAG_OFF_KEY, names=(tag.name,)), set_slot)

    def order(self, names: Sequence[str]) -> ChangeResult:
        """Put sections in this order; tags that are not named follow in the order that they had."""
        first = list(dict.fromkeys(self.named(name) for name in names))
        rest = [tag for tag in self.all() if tag not in first]
        order = [tag.id for tag in (*first, *rest)]
        return self.change(ChangeName(ChangeVerb.ORDER_SECTIONS), lambda marks: marks.order_sections(order))

    def introduce(self, tag: str, text: str) -> ChangeResult:
        """Set the introduction of the section that a tag feeds."""
        found, words = self.named(tag), clean_typed_text(text)
        name = ChangeName(ChangeVerb.INTRODUCE, names=(found.name,))
        return self.change(name, lambda marks: marks.set_introduction(found.id, words))

    def move_quote(self, seq: int, tag: str, by: int) -> ChangeResult:
        """Move a starred quote up (negative) or down among the starred ones of its section."""
        found = self.named(tag)
        posts = tags.tagged_posts(self.library, found.id, starred=True)
        if seq not in posts:
            raise MarkError(f"The post is not a starred one of ‘{found.name}’.")
        to = max(0, min(len(posts) - 1, posts.index(seq) + by))
        posts.remove(seq)
        posts.insert(to, seq)
        return self.change(ChangeName(ChangeVerb.MOVE_QUOTE), lambda marks: marks.order_quotes(found.id, posts))

    def retag(self, seq: int, source: str, target: str) -> ChangeResult:
        """Take one tag from a post and give it another, as one step; without `source`, only give."""
        given, gone = self.named(target), self.named(source) if source else None

        def retag(marks: Marks) -> None:
            if gone and gone.id != given.id:
                marks.take_tag((seq,), gone.id)
            marks.give_tag((seq,), given.id)

        return self.change(ChangeName(ChangeVerb.MOVE_TO_SECTION), retag)

    def all(self) -> tuple[Tag, ...]:
        """The thread's tags in section order."""
        return tags.tags(self.library, self.thread_id)

    def slotted(self) -> tuple[Tag, ...]:
        """The tags that a digit gives, in section order."""
        return tags.tags_with_keys(self.library, self.thread_id)

    def named(self, name: str) -> Tag:
        """The tag of this name, case and accents aside. Raises MarkError where there is none."""
        found = self.find(name)
        if found is None:
            known = _some(tags.tag_names(self.library, self.thread_id)) or "none yet"
            raise MarkError(f"There is no tag ‘{name}’. The tags are: {known}.")
        return found

    def find(self, name: str) -> Tag | None:
        """The tag of this name, case and accents aside, or None."""
        exact = tags.tag_named(self.library, self.thread_id, name.strip())
        if exact is not None:
            return exact
        wanted = fold(name.strip())
        alike = next((one for one in tags.tag_names(self.library, self.thread_id) if fold(one) == wanted), None)
        return None if alike is None else tags.tag_named(self.library, self.thread_id, alike)

    def _free_slot(self) -> int | None:
        """The lowest key that no tag has."""
        taken = {tag.slot for tag in self.slotted()}
        return next((slot for slot in SLOTS if slot not in taken), None)


def _name(text: str) -> str:
    """A tag's name as kept: one line. Raises MarkError where nothing is left, or too much."""
    name = " ".join(clean_typed_text(text).split())
    if not fold(name):
        raise MarkError("A tag wants a name that can be seen.")
    if len(name) > LONGEST_NAME:
        raise MarkError(f"A tag's name has at most {LONGEST_NAME} characters, not {len(name)}.")
    return name


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are, in a line."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
