"""A large JSON payload cut into small ones of the same format, which several processes read side by side.

What holds for each slice must hold for the whole: only readers that name their list of posts (`long_list`) say so.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.models import Payload, Problem
from core.readers import detect, readers_that
from core.readers.kit.document import decode

LARGE = 8 * 1024 * 1024
"""Bytes from which a payload is cut."""
_SIZE = 700_000
"""Bytes that a slice has, more or less."""
_ANSWERS_KEY = "thread_replies"
_ANSWERS = f'"{_ANSWERS_KEY}"'.encode()
_LONGEST = 4_000
"""Entries that a slice has at the most."""


@dataclass(frozen=True, slots=True)
class Slices:
    """A payload's frame and the entries of its long list, still as bytes."""

    payload: Payload
    key: str
    """The field that holds the list."""
    before: bytes = field(repr=False)
    """The other fields, up to the list."""
    entries: Sequence[bytes] = field(repr=False)
    """Anything that has a buffer."""
    step: int
    """Entries of a slice."""

    def __len__(self) -> int:
        return -(-len(self.entries) // self.step)

    def __getitem__(self, number: int) -> Payload:
        """A slice as a payload of its own, with what its last entry is compared with."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        start = number * self.step
        entries = [bytes(entry) for entry in self.entries[start : start + self.step]]
        if (behind := self._behind(number)) is not None:
            entries.append(json.dumps(behind).encode())
        return replace(self.payload, data=self.before + b"[" + b",".join(entries) + b"]}")

    def of_others(self, number: int, root: str | None) -> tuple[str, ...]:
        """The ids of posts that stand in a slice and are another's: the `root`, the first one's, and what is behind."""
        ids = [root] if root and number else []
        if (behind := self._behind(number)) is not None:
            ids.append(str(behind["tweet_id"]))
        return tuple(ids)

    def _behind(self, number: int) -> dict[str, object] | None:
        """The entry behind a slice, without its answers, where an answer to the last one in it may repeat it."""
        end = (number + 1) * self.step
        if end >= len(self.entries) or _ANSWERS not in bytes(self.entries[end - 1]):
            return None
        found = json.loads(bytes(self.entries[end]))
        if not (isinstance(found, dict) and found.get("tweet_id")):
            return None
        return {key: value for key, value in found.items() if key != _ANSWERS_KEY}

    def share(self, number: int) -> bytes:
        """A slice's share of the payload's bytes; the shares of all slices make up the payload."""
        size = -(-len(self.payload.data) // len(self))
        return self.payload.data[number * size : (number + 1) * size]

    def placed(self, number: int, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """A slice's problems, with their places as they are in the whole."""
        start = number * self.step
        pattern = re.compile(rf"^{re.escape(self.key)}\[(\d+)\]")
        found = []
        for one in problems:
            match = pattern.match(one.place)
            if match is None:
                found.append(one)
            elif int(match[1]) < self.step:
                found.append(replace(one, place=f"{self.key}[{int(match[1]) + start}]{one.place[match.end() :]}"))
        return tuple(found)


def cut(payload: Payload) -> Slices | None:
    """`payload` in slices; None where it is small, no JSON object in UTF-8, or of a format that is read as a whole."""
    if len(payload.data) < LARGE or not payload.data[:64].lstrip().startswith(b"{"):
        return None
    import msgspec

    try:
        fields = msgspec.json.decode(payload.data, type=dict[str, msgspec.Raw])
        key = max(fields, key=lambda name: len(memoryview(fields[name])), default="")
        if not any(readers_that(lambda one: one.long_list == key)):
            return None
        entries = msgspec.json.decode(fields[key], type=list[msgspec.Raw])
    except msgspec.DecodeError:
        return None
    rest = [msgspec.json.encode(name) + b":" + value for name, value in fields.items() if name != key]
    before = b"{" + b"".join(one + b"," for one in rest) + msgspec.json.encode(key) + b":"
    size = sum(map(len, rest)) + len(memoryview(fields[key]))
    step = max(1, min(_LONGEST, len(entries) * _SIZE // max(size, 1)))
    slices = Slices(payload, key, before, entries, step)
    return slices if len(slices) > 1 and _is_of_that_format(slices) else None


def _is_of_that_format(slices: Slices) -> bool:
    """Whether the first slice is of a format that this list belongs to."""
    found = detect(decode(slices[0]))
    return found is not None and found.long_list == slices.key
