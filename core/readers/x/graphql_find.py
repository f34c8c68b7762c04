"""Where in an answer of X's web GraphQL the timelines and the posts are, whatever is wrapped around them."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from core.readers.kit.json_values import objects_at, value_at

Values = Mapping[str, object]
_DEEPEST = 9
_SINGLE = ("tweetResult", "tweet_result", "tweet_results", "tweet_result_by_rest_id")
"""The fields of the operations that answer one post, or several."""
_CONTENTS = ("itemContent", "content")
_KINDS = ("Tweet", "TweetWithVisibilityResults", "TweetTombstone", "TweetUnavailable", "TweetPreviewDisplay")
ENTRY_POST = re.compile(r"(?:^|-)(?:tweet|tombstone)-(\d{1,20})$")
"""The name of an entry that is a post."""


class Timeline(NamedTuple):
    """The instructions of one answer."""

    instructions: list[Values]
    is_conversation: bool
    """Whether they show one post with its replies, not a search or a person's posts."""


class Single(NamedTuple):
    """A post outside of any timeline; empty where it is deleted or withheld."""

    result: Values


def timelines_in(value: object, most: int | None = None) -> Iterator[Timeline | Single]:
    """The timelines and single posts of a JSON value, those that are nested least first.

    `most` bounds how many objects and lists are looked into.
    """
    pending: deque[tuple[str, object, int]] = deque([("", value, 0)])
    looked_into = 0
    while pending and (most is None or looked_into < most):
        key, here, depth = pending.popleft()
        looked_into += 1
        if isinstance(here, list):
            pending.extend((key, one, depth + 1) for one in here if depth < _DEEPEST and isinstance(one, dict | list))
            continue
        if not isinstance(here, dict):
            continue
        instructions = objects_at(here, "instructions")
        if any(map(_is_instruction, instructions)):
            yield Timeline(instructions, "conversation" in key or key in ("timelineResponse", "timeline_response"))
        elif isinstance(here.get("entryId"), str) and isinstance(here.get("content"), dict):
            yield Timeline([{"entry": here}], False)
        elif is_post(here):
            yield Single(here)
        elif key in _SINGLE and not is_post(here.get("result")) and not here.get("result"):
            yield Single({})
        elif depth < _DEEPEST:
            pending.extend(
                (name, one, depth + 1) for name, one in here.items() if isinstance(one, dict | list) and name != "_raw"
            )


def _is_instruction(values: Values) -> bool:
    """Whether this is an instruction of a timeline, and not a step of something else."""
    kind = values.get("type") or values.get("__typename")
    known = isinstance(kind, str) and kind.startswith("Timeline")
    return known or any("entryId" in entry for entry in objects_at(values, "entries")[:3])


def is_post(value: object) -> bool:
    """Whether this is a post, or what stands for one that is not shown."""
    if not isinstance(value, dict):
        return False
    if value.get("__typename") in _KINDS:
        return True
    told = value.get("legacy") or value.get("details")
    return "rest_id" in value and isinstance(told, dict) and "full_text" in told


def entries_of(timeline: Timeline) -> Iterator[tuple[str, Values]]:
    """The entries of a timeline with their names, in its order."""
    for instruction in timeline.instructions:
        entries = objects_at(instruction, "entries")
        entry = instruction.get("entry")
        if isinstance(entry, dict):
            entries = [*entries, entry]
        for one in entries:
            yield _name(one), one
        if items := objects_at(instruction, "moduleItems"):
            yield str(instruction.get("moduleEntryId") or ""), {"content": {"items": items}}


def items_of(entry: Values) -> list[tuple[str, Values]] | None:
    """The items of a module with their names; None for an entry that is one item."""
    if not isinstance(value_at(entry, "content", "items"), list):
        return None
    items = objects_at(entry, "content", "items")
    return [(_name(item), _content(item.get("item"))) for item in items]


def content_of(entry: Values) -> Values:
    """What an entry holds that is one item."""
    return _content(entry.get("content"))


def result_of(content: Values) -> Values | None:
    """The post of an item: empty where X says nothing of it, None where the item is something else."""
    for key in _SINGLE:
        if isinstance(holder := content.get(key), dict):
            result = holder.get("result")
            return result if isinstance(result, dict) else {}
    if isinstance(content.get("tombstoneInfo"), dict):
        return {"__typename": "TweetTombstone", "tombstone": content["tombstoneInfo"]}
    return None


def _content(value: object) -> Values:
    """The content of an item, which older answers wrap differently."""
    inner = next((one for key in _CONTENTS if isinstance(one := value_at(value, key), dict)), value)
    return inner if isinstance(inner, dict) else {}


def _name(values: Values) -> str:
    """The name of an entry or item."""
    name = values.get("entryId") or values.get("entry_id")
    return name if isinstance(name, str) else ""
