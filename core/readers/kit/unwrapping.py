"""Posts taken out of what a browser or a collector has put around them, each with its own moment."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from core.models import Problem
from core.readers.kit.json_parts import JsonPart, quick_value
from core.readers.kit.saved_answer import SavedAnswer
from core.readers.kit.times import post_time
from core.reasons import Reason, ReasonCode

_ITEM, _META, _DATA = "item_id", "__import_meta", "data"
_MOMENTS = ("last_updated", "timestamp_collected")
"""When Zeeschuimer last saw an item, in milliseconds."""
_OWN_IDS = ("id", "rest_id", "id_str", "pk", "cid", "code")


class SavedPage(NamedTuple):
    """A page that a browser or a crawler saved."""

    place: str
    text: str
    fetched_at: int | None


class Unwrapped(NamedTuple):
    """What was inside."""

    parts: tuple[JsonPart, ...]
    problems: tuple[Problem, ...]
    fetched_at: int | None
    """The newest moment that was told."""
    pages: tuple[SavedPage, ...] = ()


def from_answers(answers: Iterable[SavedAnswer]) -> Unwrapped:
    """The JSON and the pages that servers answered."""
    parts, problems, pages, moments = [], [], [], []
    for answer in answers:
        data = answer.data.lstrip()
        if (value := quick_value(data)) is not None:
            parts.append(JsonPart(answer.place, value))
            moments.append(answer.fetched_at)
        elif "json" in answer.kind.lower() and data[:1] in (b"{", b"["):
            problems.append(Problem(answer.place, Reason(ReasonCode.BROKEN_JSON)))
        elif answer.is_page:
            pages.append(SavedPage(answer.place, data.decode("utf-8", "replace"), answer.fetched_at))
    return Unwrapped(tuple(parts), tuple(problems), _newest(moments), tuple(pages))


def from_collector(parts: Sequence[JsonPart]) -> Unwrapped | None:
    """The items that Zeeschuimer has collected, also as 4CAT passes them on; None where these are none.

    What a network shows for money is no post of the thread and is left out.
    """
    first = parts[0].value if parts else None
    if not _is_collected(first[0] if isinstance(first, list) and first else first):
        return None
    entries = [entry for part in parts for entry in _entries(part)]
    if not all(_is_collected(entry.value) for entry in entries):
        return None
    found, moments, advertised = [], [], 0
    for entry in entries:
        value: Any = entry.value
        around = value.get(_META, value)
        item = value[_DATA] if _META not in value else {key: one for key, one in value.items() if key != _META}
        if item.get("promoted") or around.get("promoted"):
            advertised += 1
            continue
        moments += [_moment(around.get(name)) for name in _MOMENTS]
        found.append(JsonPart(entry.place, _with_id(item, around.get(_ITEM))))
    left_out = [Problem("payload", Reason(ReasonCode.ADVERTISED, (advertised,)))] if advertised else []
    return Unwrapped(tuple(found), tuple(left_out), _newest(moments))


def _entries(part: JsonPart) -> list[JsonPart]:
    """The entries of a list, or the value itself."""
    if not isinstance(part.value, list):
        return [part]
    return [JsonPart(f"{part.place}[{number}]", entry) for number, entry in enumerate(part.value)]


def _is_collected(value: object) -> bool:
    """Whether an object is an item with what its collector noted around it."""
    if not isinstance(value, dict):
        return False
    around = value.get(_META)
    if isinstance(around, dict):
        return "source_platform" in around
    return isinstance(value.get(_DATA), dict) and _ITEM in value and "source_platform" in value


def _with_id(item: Mapping[str, object], item_id: object) -> object:
    """An item, with the id under which it was collected where it has none of its own."""
    return item if item_id is None or any(key in item for key in _OWN_IDS) else {**item, _ITEM: item_id}


def _moment(value: object) -> int | None:
    """A moment in seconds."""
    found = post_time(value, None)
    return found.posted_at if found else None


def _newest(moments: Iterable[int | None]) -> int | None:
    """The last of the moments that are known."""
    return max((one for one in moments if one is not None), default=None)
