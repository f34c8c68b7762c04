"""What a writer says of a file: how it is read, when it was captured, and which of its threads are meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a writer says of a file."""

    encoding: str | None = None
    captured_at: int | None = None
    """Seconds since 1970; None for what the file says, or else its date."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field -> column, for lists of an unknown format."""
    roots: Sequence[str] = ()
    """The ids of the posts that were answered, or links to them."""
    takes_all: bool = False
    """Whether each thread of a search, a profile or a list is meant."""

    @property
    def explains(self) -> bool:
        """Whether it says how the file is read."""
        return bool(self.encoding or self.mapping or self.roots)
