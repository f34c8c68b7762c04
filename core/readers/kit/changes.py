"""Making posts and copies of posts, fast enough for a million replies."""

from dataclasses import MISSING, field, fields, make_dataclass
from operator import attrgetter
from typing import Any

from core.models import Post

_NAMES = tuple(one.name for one in fields(Post))
_values = attrgetter(*_NAMES)
_PLACES = {name: place for place, name in enumerate(_NAMES)}

Draft: Any = make_dataclass(
    "Draft",
    [(one.name, object, field() if one.default is MISSING else field(default=one.default)) for one in fields(Post)],
    slots=True,
)
"""The fields of a post in a record that is not frozen, which is made in a quarter of the time; see `closed`."""


def as_post(draft: Any) -> Post:
    """The draft itself as a Post, which is what Post makes of the same values; it must not be changed any more."""
    # Python allows this of two classes with the same slots.
    draft.__class__ = Post
    post: Post = draft
    return post


def with_changes(post: Post, **changes: object) -> Post:
    """`post` with `changes`; several times faster than `dataclasses.replace`."""
    values = list(_values(post))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    return as_post(Draft(*values))
