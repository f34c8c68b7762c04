"""Invented and real threads of forums, read."""

import json
from typing import Any

from core.models import Payload, Reading
from core.readers import read
from tests.kit.places import DATA
from tests.kit.real import shared

READERS_DATA = DATA / "readers"
CAPTURED = 1_790_000_000


def thread(name: str) -> Reading:
    """The one thread of an invented file."""
    (found,) = read(Payload(name, (READERS_DATA / name).read_bytes(), CAPTURED))
    return found


def of(value: object, name: str = "x.json") -> list[Reading]:
    """The threads of a JSON value."""
    return read(Payload(name, json.dumps(value).encode(), CAPTURED))


def sample(*path: str) -> list[Reading]:
    """The threads of a real file."""
    return read(Payload(path[-1], shared("samples", *path).read_bytes(), CAPTURED))


def tree(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    """Each post's id, what it answers, and its author."""
    return [(post.id, post.parent_id, post.author) for post in reading.posts]


def stored(name: str) -> Any:
    """An invented file's value."""
    return json.loads((READERS_DATA / name).read_bytes())
