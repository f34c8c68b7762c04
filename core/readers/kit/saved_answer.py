"""What a server answered, as a browser or a crawler has saved it."""

import re
from typing import NamedTuple

_OPERATION = re.compile(r"([^/?#]+)/?(?:[?#]|$)")


class SavedAnswer(NamedTuple):
    """What a server answered, and when."""

    place: str
    """For example `response 12 (TweetDetail)`."""
    data: bytes
    fetched_at: int | None
    kind: str
    """What the server says that it is, such as `application/json`."""

    @property
    def is_page(self) -> bool:
        """Whether it is a page or a feed, and not what a page loads."""
        return any(one in self.kind.lower() for one in ("html", "xml")) and self.data.lstrip()[:1] == b"<"


def operation_of(url: object) -> str:
    """The last part of an address's path, by which a person knows what was asked; empty where there is none."""
    called = _OPERATION.search(url[:2_000]) if isinstance(url, str) else None
    return called[1][:60] if called else ""
