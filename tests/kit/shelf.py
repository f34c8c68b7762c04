"""A library with an invented thread, for tests that need no screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.desk import Desk
from core.library import Library, open_library, rows, thread_posts
from core.library.captures.in_progress import KeptCapture
from core.library.captures.readings import keep_reading
from core.library.page import quote_rows
from core.models import Mark, Payload, Post, Quote, Reading
from core.thread.history import History
from tests.kit.blank import filled_library, only_thread
from tests.kit.tables import stored_rows

ROOT = "100"
SITE = "invented.example"
"""The network of the invented thread."""
MARKS = ("mark", "tag", "post_tag", "translation", "thread")
"""The tables that the desk changes."""


def said(id: str, text: str = "", **more: Any) -> Post:
    """A reply to the root, by an author of its own."""
    return Post(id, text or f"reply {id}", **{"author": f"reader{id}", "parent_id": ROOT, **more})


def root(**more: Any) -> Post:
    """The post that the thread is about."""
    return Post(ROOT, "Our labels were copied by three museums.", **{"author": "brolly", **more})


def capture(library: Library, posts: Iterable[Post], name: str = "thread.json", **more: Any) -> KeptCapture:
    """Keep one capture of the invented thread, unlike every other in its bytes."""
    posts = tuple(posts)
    at = more.pop("captured_at", None)
    payload = Payload(name, repr((name, posts, more)).encode("utf-8", "replace"), at)
    told = {"format": "invented", "site": SITE, "root_id": ROOT, "posts": posts}
    return keep_reading(library, payload, Reading(**{**told, **more}))


@dataclass(frozen=True, slots=True)
class Shelf:
    """A thread in an open library, with a desk before it."""

    library: Library
    thread_id: int
    desk: Desk

    def seq(self, id: str) -> int:
        """The library's number of a post."""
        seq = thread_posts.seq_of(self.library, self.thread_id, id)
        assert seq is not None
        return seq

    def seqs(self, *ids: str) -> list[int]:
        """The library's numbers of several posts."""
        return [self.seq(id) for id in ids]

    def quote(self, id: str) -> Quote:
        """A post as the library has it now."""
        return rows.quote(self.library, self.seq(id), self.desk.lang)

    def mark(self, id: str) -> Mark:
        """What the writer added to a post."""
        return self.quote(id).mark

    def history(self, id: str) -> History:
        """What captures and rechecks said of a post."""
        (row,) = quote_rows(self.library, (self.seq(id),), self.desk.lang)
        return row.history or History()

    def tags(self) -> list[str]:
        """The names of the tags in section order."""
        return [tag.name for tag in self.desk.tags.all()]

    def marks(self) -> dict[str, list[Any]]:
        """Everything that the desk can change, as it is stored; a row of defaults says no more than none."""
        found = {table: stored_rows(self.library, table) for table in MARKS}
        found["mark"] = [row for row in found["mark"] if row[1:] != ("new", "", "", "", "[]", 0, 0, 0)]
        return found

    def reopened(self) -> "Shelf":
        """The same thread after the program was started anew."""
        self.library.close()
        return _shelf(open_library(self.library.path), self.thread_id)


def _shelf(library: Library, thread_id: int) -> Shelf:
    return Shelf(library, thread_id, Desk(library, thread_id, "zh"))


def shelf(folder: Path, posts: Iterable[Post], **reading: Any) -> Shelf:
    """A library in `folder` that holds one thread of these posts."""
    posts = tuple(posts)
    library = filled_library(
        folder / "library.db", repr((posts, reading)), lambda empty: capture(empty, posts, **reading)
    )
    return _shelf(library, only_thread(library))
