"""What a change of marks is called: a verb, how many posts it was made on, and names; `core.words` says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ChangeVerb(StrEnum):
    """What a change of marks did to posts, tags or the article."""

    WRITTEN = "written"
    """What an older program called it."""
    STAR = "star"
    REJECT = "reject"
    SKIP = "skip"
    MAKE_UNDECIDED = "make-undecided"
    RATE = "rate"
    FLAG = "flag"
    UNFLAG = "unflag"
    CONFIRM = "confirm"
    NO_LONGER_CONFIRM = "no-longer-confirm"
    WRITE = "write"
    CHOOSE_EXCERPT = "choose-excerpt"
    QUOTE_WHOLE = "quote-whole"
    TRANSLATE = "translate"
    APPROVE = "approve"
    UN_APPROVE = "un-approve"
    NAME_ARTICLE = "name-article"
    CHOOSE_CLOSING = "choose-closing"
    TAG = "tag"
    UNTAG = "untag"
    RENAME_TAG = "rename-tag"
    MERGE_TAG = "merge-tag"
    DELETE_TAG = "delete-tag"
    PUT_TAG_ON_KEY = "put-tag-on-key"
    TAKE_TAG_OFF_KEY = "take-tag-off-key"
    ORDER_SECTIONS = "order-sections"
    INTRODUCE = "introduce"
    MOVE_QUOTE = "move-quote"
    MOVE_TO_SECTION = "move-to-section"
    REMOVE_THREAD = "remove-thread"


@dataclass(frozen=True, slots=True)
class ChangeName:
    """What a change is called in the journal and on the status line."""

    verb: ChangeVerb
    count: int = 0
    """Posts that it was made on; 0 where it is about none, or about one that needs no counting."""
    names: tuple[str, ...] = ()
    """Tags, fields or a rating."""

    def as_data(self) -> dict[str, Any]:
        """As plain data for JSON, without what is empty."""
        parts = {"count": self.count, "names": list(self.names)}
        return {"verb": str(self.verb), **{name: value for name, value in parts.items() if value}}


def change_name_from(data: Mapping[str, Any]) -> ChangeName:
    """The name that `ChangeName.as_data` has made plain data of."""
    return ChangeName(ChangeVerb(data["verb"]), data.get("count", 0), tuple(data.get("names", ())))
