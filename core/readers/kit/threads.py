"""Posts that come mixed, sorted into threads by what belongs together."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Told = TypeVar("Told")


class ThreadGroups:
    """Which ids belong to one thread."""

    def __init__(self) -> None:
        self._leaders: dict[str, str] = {}

    def together(self, ids: Sequence[str]) -> None:
        """Say that all of `ids` are of one thread."""
        for one in ids[1:]:
            self._leaders[self._leader(one)] = self._leader(ids[0])

    def groups(self, told: Iterable[Told], id_of: Callable[[Told], str]) -> list[list[Told]]:
        """`told` by threads, both in the order in which they come."""
        found: dict[str, list[Told]] = {}
        for one in told:
            found.setdefault(self._leader(id_of(one)), []).append(one)
        return list(found.values())

    def _leader(self, one: str) -> str:
        """The id that stands for all of a thread."""
        path = []
        while (above := self._leaders.get(one, one)) != one:
            path.append(one)
            one = above
        self._leaders.update(dict.fromkeys(path, one))
        return one
