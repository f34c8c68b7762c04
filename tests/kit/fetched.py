"""Fetching in tests: a library, settings for a played server, and a fetch to its end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.fetching import Fetched, FetchProgress, fetch_by
from core.library import Library, rows, thread_posts
from core.models import Post
from core.reasons import Reason
from core.sources import source
from core.transport import SourceSettings
from core.words import words
from tests.kit.blank import new_library
from tests.kit.tables import stored_rows

LINK = "https://x.com/brolly/status/1900000000000000001"


@dataclass(slots=True)
class Heard:
    """What was told while a fetch went on."""

    progress: list[FetchProgress] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def hear(self, why: Reason) -> None:
        """Take what is waited for, in words."""
        self.said.append(words(why))


@dataclass(slots=True)
class Fetching:
    """A library to fetch into."""

    library: Library
    settings: SourceSettings
    heard: Heard = field(default_factory=Heard)

    async def by(self, name: str, link: str = LINK, **more: Any) -> Fetched:
        """Fetch by one source."""
        made = source(name, self.settings)
        return await fetch_by(self.library, link, made, self.heard.progress.append, self.heard.hear, **more)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return len(stored_rows(self.library, table))

    def posts(self, thread_id: int | None) -> Sequence[Post]:
        """The posts of a thread as they are kept, in the source's order."""
        assert thread_id is not None
        return [
            quote.post
            for quote in rows.quotes(self.library, thread_posts.posts_after(self.library, thread_id, 0), "zh")
        ]

    def parents(self, found: Fetched) -> dict[str, str | None]:
        """Each kept post's id with what it answers."""
        return {post.id: post.parent_id for post in self.posts(found.kept.thread_id)}

    @property
    def is_untouched(self) -> bool:
        """Whether the library is as it was made."""
        return not any(self.count(table) for table in ("thread", "capture", "payload", "post", "capture_payload"))


def fetching(folder: Path, **settings: Any) -> Fetching:
    """A new library, and settings with short waits."""
    given = {"fetch_timeout": 5, "max_wait": 2, **settings}
    return Fetching(new_library(folder / "library.db"), SourceSettings(**given))
