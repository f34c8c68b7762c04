"""Copies of a post with some fields changed, made fast enough for 100,000 replies."""

from dataclasses import fields
from operator import attrgetter

from core.models import Post

_NAMES = tuple(field.name for field in fields(Post))
_values = attrgetter(*_NAMES)
_PLACES = {name: place for place, name in enumerate(_NAMES)}


def changed(post: Post, **changes: object) -> Post:
    """`post` with `changes`; several times faster than `dataclasses.replace`."""
    values = list(_values(post))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    return Post(*values)
