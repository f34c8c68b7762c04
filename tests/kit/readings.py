"""Invented and real captured files, read: the threads in them, and what tests compare of a thread."""

import json
from typing import Any

from core.models import Payload, Post, Reading
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


def counts(post: Post) -> tuple[int | None, ...]:
    """A post's likes, replies, views and reposts."""
    return post.likes, post.replies, post.views, post.reposts


def post_id(number: int) -> str:
    """The id that X gives a post a millisecond younger with each number."""
    return str(1_900_000_000_000_000_000 + number * 4_194_304)
